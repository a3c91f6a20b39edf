"""Who pays what share of which costs in which period: dated rules with their sources."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from partage.core.findings import Finding
from partage.core.rates import SharingRule


def rule_on(
    rules: Iterable[SharingRule], claimant: str, category: str, day: date
) -> tuple[SharingRule | None, str]:
    """The one rule that holds; else None and why there is none. Two that contradict are a fault of the
    table (``check_rules``), and the night is blocked (``contradicting``)."""
    found = [r for r in rules if r.holds(claimant, category, day)]
    if len(found) == 1:
        return found[0], ""
    return None, f"no rule says who bears {category} of {claimant} on {day}"


def contradicting(
    rules: Iterable[SharingRule], claimant: str, category: str, day: date
) -> tuple[str, ...]:
    """The ids of the rules that hold, where more than one does."""
    found = tuple(r.id for r in rules if r.holds(claimant, category, day))
    return found if len(found) > 1 else ()


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
