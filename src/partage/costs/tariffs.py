"""What a unit costs at a site on a day: dated rates in cents, one at a time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from partage.core.findings import Finding
from partage.core.rates import UNITS, Tariff
from partage.costs.periods import Period

COUNTED = (
    "person-night",
    "room-night",
    "school-seat",
    "trip",
    "caseload",
)  # the units that a statement has a quantity for


def tariff_on(tariffs: Iterable[Tariff], site: str, unit: str, day: date) -> Tariff | None:
    """The one rate of a site, unit and day; None where there is none, or more than one."""
    found = [t for t in tariffs if (t.site, t.unit) == (site, unit) and t.holds(day)]
    return found[0] if len(found) == 1 else None


def check_tariffs(tariffs: Sequence[Tariff]) -> list[Finding]:
    """Every fault of a table of rates in one go: what overlaps, what ends before it begins, odd units."""
    found: list[Finding] = []
    for t in tariffs:
        where = f"tariff {t.site} {t.unit} from {t.first}"
        if t.unit not in UNITS:
            found.append(
                Finding(where, f"has the unit '{t.unit}'", f"one of {', '.join(UNITS)}", "fault")
            )
        if t.last is not None and t.last < t.first:
            found.append(
                Finding(where, f"ends on {t.last}, before it begins", "correct a day", "fault")
            )
        if t.cents < 0:
            found.append(Finding(where, "is below nought", "correct the amount", "fault"))
    before: Tariff | None = None  # of the same site and unit, the one that holds longest
    for t in sorted(tariffs, key=lambda t: (t.site, t.unit, t.first)):
        if before is None or (before.site, before.unit) != (t.site, t.unit):
            before = t
            continue
        if before.last is None or t.first <= before.last:
            found.append(
                Finding(
                    f"tariff {t.site} {t.unit} from {t.first}",
                    f"begins while the one from {before.first} still holds: two rates for one night",
                    f"end the one before on {t.first - timedelta(days=1)}"
                    if before.first < t.first
                    else "both begin that day: keep one of the two",
                    "fault",
                )
            )
        if before.last is not None and (t.last is None or t.last > before.last):
            before = t
    return found


def not_counted(tariffs: Iterable[Tariff], claimant: str, period: Period) -> list[Finding]:
    """A finding for every rate of a claimant in a period whose unit nobody counts (meals, flights):
    what it stands for would be in no sum without a word."""
    return [
        Finding(
            f"{t.site} {t.unit} from {t.first}",
            f"has a rate in this period, and this record has no count of the unit {t.unit}",
            "state it apart with its papers, and end the rate here",
            "fault",
        )
        for t in tariffs
        if t.unit in UNITS
        and t.unit not in COUNTED
        and t.incurred_by == claimant
        and t.first <= period.last
        and (t.last is None or period.first <= t.last)
    ]
