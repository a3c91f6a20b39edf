"""Keys in proportion to one measure: population, or shares that a law or a ministry published."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from partage.core.errors import InputRefused
from partage.core.shares import Shares
from partage.core.situation import Figure
from partage.keys.reading import Reading, joined, positive, read


def population(regions: Sequence[str], history: Sequence[Figure], at: date) -> Shares:
    """Share of each region in the population of those regions, from the latest figures by then.

    ``history`` are figures; the period is the same for all: a key never mixes dates. Refused: no
    region, a region twice, a figure that is missing, 0 or not a number.
    Source: population shares as in the federal proposal of 2024 (exact here, not rounded).
    """
    return in_proportion("population", positive(read("population", regions, history, at)))


def published_shares(
    regions: Sequence[str], history: Sequence[Figure], at: date, *, measure: str, year: str = ""
) -> Shares:
    """Shares that somebody published, as data: those of the latest year that is over, or of ``year``.

    Among some of the regions they are taken in proportion. Refused: published percentages that do
    not sum to exactly 100 over all the regions that have one.
    """
    reading = read(measure, regions, history, at, year)
    whole = [f for f in history if f.measure == measure and f.period == reading.period]
    total = read(measure, [f.region for f in whole], whole, at, reading.period).total
    if total != 100:
        raise InputRefused(
            f"The published shares '{measure}' of {reading.period} sum to {float(total):.5f}, not 100.",
            "Give every region its share, as published.",
        )
    return in_proportion("published-shares", reading)


def koenigstein(
    regions: Sequence[str], history: Sequence[Figure], at: date, *, year: str = ""
) -> Shares:
    """The Königstein shares of the year before, as published (2/3 tax revenue, 1/3 population).

    Source: AsylG § 45 (the key of the preceding year); Bundesanzeiger, per year.
    """
    shares = published_shares(regions, history, at, measure="koenigstein-share", year=year)
    return Shares("koenigstein", shares.of, shares.basis, shares.definition, shares.origin)


def in_proportion(key: str, reading: Reading) -> Shares:
    """Shares in proportion to what was read."""
    total = reading.total
    return Shares(
        key=key,
        of=tuple(reading.shares().items()),
        basis=tuple(
            (region, f"{plainly(value)} of {plainly(total)} ({reading.measure}, {reading.period})")
            for region, value in reading.values.items()
        ),
        definition=str(reading),
        origin=joined(reading),
    )


def plainly(value: Fraction) -> str:
    """A number as people write it; decimals only where it has them."""
    return f"{value.numerator:,}" if value.denominator == 1 else f"{float(value):,.5f}".rstrip("0")
