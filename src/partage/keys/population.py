"""The population key: persons who live there, divided by all who live in the regions that take part."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from partage.core.errors import InputRefused
from partage.core.shares import Shares
from partage.core.situation import Figure, Origin
from partage.core.units import RegionId

MEASURE = "population"


def population(regions: Sequence[str], history: Sequence[Figure], at: date) -> Shares:
    """Share of each region in the population of those regions, from the latest figures by then.

    ``history`` are figures; for each region the latest period on or before ``at`` counts, and
    the period is the same for all: a key never mixes dates. Refused: no region, a region twice,
    a figure that is missing or not a positive whole number.
    Source: population shares as in the federal proposal of 2024 (exact here, not rounded).
    """
    if not regions:
        raise InputRefused("No region takes part in the key.", "Record an agreement first.")
    if len(set(regions)) != len(regions):
        raise InputRefused("A region stands twice in the key.", "Name each region once.")
    period = _common_period(regions, history, at)
    chosen = {f.region: f for f in history if f.measure == MEASURE and f.period == period}
    counts: list[tuple[RegionId, int]] = []
    for region in sorted(regions):
        count = _whole(chosen[region])
        counts.append((RegionId(region), count))
    total = sum(count for _, count in counts)
    first = chosen[sorted(regions)[0]]
    return Shares(
        key="population",
        of=tuple((region, Fraction(count, total)) for region, count in counts),
        basis=tuple((region, f"{count:,} of {total:,} on {period}") for region, count in counts),
        definition=f"{first.definition} ({period}; vintage {first.vintage})",
        origin=Origin(
            source=first.origin.source,
            assumption=first.origin.assumption,
            grade=first.origin.grade,
        ),
    )


def _common_period(regions: Sequence[str], history: Sequence[Figure], at: date) -> str:
    periods: set[str] | None = None
    for region in regions:
        have = {
            f.period
            for f in history
            if f.measure == MEASURE and f.region == region and f.period <= at.isoformat()
        }
        if not have:
            raise InputRefused(
                f"There is no population figure for {region} on or before {at}.",
                "Add one to figures.csv, with its source.",
            )
        periods = have if periods is None else periods & have
    if not periods:
        raise InputRefused(
            f"No one date has a population figure for all of {', '.join(sorted(regions))}.",
            "Add the missing figures to figures.csv.",
        )
    return max(periods)


def _whole(figure: Figure) -> int:
    text = figure.value.strip()
    if not text.isdigit() or int(text) == 0:
        raise InputRefused(
            f"The population of {figure.region} on {figure.period} is '{figure.value}'.",
            "It must be a positive whole number.",
        )
    return int(text)
