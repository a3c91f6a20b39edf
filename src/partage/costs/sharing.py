"""Who pays what share of which costs in which period: dated rules with their sources."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from partage.core.findings import Finding
from partage.core.situation import Origin


@dataclass(frozen=True, slots=True)
class SharingRule:
    """``payer`` bears ``share`` of what ``claimant`` spends on a category, from ``first`` to ``last``.

    ``cap_cents`` is the most that is paid under it for a fiscal year (None: none is known).
    """

    id: str
    payer: str
    claimant: str
    category: str
    share: Fraction
    first: date
    last: date | None
    cap_cents: int | None
    origin: Origin

    def holds(self, claimant: str, category: str, day: date) -> bool:
        """Whether it speaks of that claimant, category and day."""
        if (claimant, category) != (self.claimant, self.category):
            return False
        return self.first <= day and (self.last is None or day <= self.last)


def rule_on(
    rules: Iterable[SharingRule], claimant: str, category: str, day: date
) -> tuple[SharingRule | None, str]:
    """The one rule that holds; else None and why: there is none, or two contradict each other."""
    found = [r for r in rules if r.holds(claimant, category, day)]
    if len(found) == 1:
        return found[0], ""
    if not found:
        return None, f"no rule says who bears {category} of {claimant} on {day}"
    return None, f"{' and '.join(r.id for r in found)} both speak of {category} on {day}"


def check_rules(rules: Sequence[SharingRule]) -> list[Finding]:
    """Every fault of a table of rules in one go."""
    found: list[Finding] = []
    for number, r in enumerate(rules):
        where = f"cost-sharing rule {r.id}"
        if not 0 <= r.share <= 1:
            found.append(Finding(where, f"has the share {r.share}", "give 0 to 1", "fault"))
        if r.last is not None and r.last < r.first:
            found.append(
                Finding(where, f"ends on {r.last}, before it begins", "correct a day", "fault")
            )
        if r.cap_cents is not None and r.cap_cents < 0:
            found.append(Finding(where, "has a cap below nought", "correct the amount", "fault"))
        for other in rules[:number]:
            same = (r.claimant, r.category) == (other.claimant, other.category)
            first = max(r.first, other.first)
            if same and all(one.last is None or first <= one.last for one in (r, other)):
                found.append(
                    Finding(
                        where, f"and {other.id} both hold on {first}", "end one of them", "fault"
                    )
                )
    return found
