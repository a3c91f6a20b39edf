"""How often plans are overridden, why, and how far officers differ; nobody is named or ranked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from statistics import median
from typing import Any

from partage.core.units import week_of
from partage.report.table import Table

LEAST_OFFICERS = 5  # below, a spread would point at a person


def override_report(plans: Sequence[Mapping[str, Any]], per_officer: Sequence[int]) -> list[Table]:
    """Overrides by reason and by week, of all lines proposed, and their spread over officers.

    ``plans`` are the rows of every plan proposed in earnest; ``per_officer`` counts overrides of each
    officer who made any, in no order. The lines of a plan that an override made are those of the plan
    it stands instead of: they are counted once.
    """
    first = [p for p in plans if not p.get("instead_of")]
    overridden = [p for p in plans if p["state"] == "overridden"]
    lines = sum(int(p["lines"]) for p in first)
    why = Counter(str(p["why"]) for p in overridden)
    reasons = Table(
        "plans overridden, by reason",
        ("reason", "overrides", "other lines moved"),
        tuple(
            (
                name,
                n,
                sum(int(p["moved"]) - 1 for p in overridden if p["why"] == name and p["moved"]),
            )
            for name, n in sorted(why.items(), key=lambda pair: (-pair[1], pair[0]))
        ),
        (f"{len(overridden)} of {lines} lines proposed: {_percent(len(overridden), lines)}",),
    )
    weeks: dict[str, list[int]] = {}
    for plan in plans:
        row = weeks.setdefault(week_of(date.fromisoformat(plan["day"])), [0, 0])
        row[0] += 0 if plan.get("instead_of") else int(plan["lines"])
        row[1] += plan["state"] == "overridden"
    by_week = Table(
        "plans overridden, by week",
        ("week", "lines proposed", "overrides", "rate"),
        tuple((week, n, k, _percent(k, n)) for week, (n, k) in sorted(weeks.items())),
    )
    if len(per_officer) >= LEAST_OFFICERS:
        low, high = min(per_officer), max(per_officer)
        note = (
            f"{len(per_officer)} officers; fewest {low}, median {median(per_officer)}, most {high}"
        )
    else:
        note = f"fewer than {LEAST_OFFICERS} officers overrode: no spread is shown"
    return [reasons, by_week, Table("spread over officers", ("",), (), (note,))]


def _percent(part: int, whole: int) -> str:
    return f"{float(100 * Fraction(part, whole)):.1f} %" if whole else "none proposed"
