"""Who has done more than its share: by place of claim, by last address and as a stock, side by side.

Each way of counting has its own definition, date and vintage; none is the right one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from partage.apportion import METHODS
from partage.core.errors import InputRefused
from partage.core.situation import Figure
from partage.keys import shares_of
from partage.keys.reading import number
from partage.packs.pack import Pack
from partage.packs.periods import span
from partage.report.table import Table


@dataclass(frozen=True, slots=True)
class Basis:
    """One way of counting who received people: a measure, the whole country's, and a period."""

    name: str
    measure: str
    whole: str
    period: str


@dataclass(frozen=True, slots=True)
class Owed:
    """One region on one basis: persons received, by population, and the difference, or unknown."""

    region: str
    basis: Basis
    received: Fraction | None
    share: Fraction | None  # received, of the whole
    population: Fraction | None  # its share of the population
    more: Fraction | None  # persons received above its population share; below 0 = fewer


BASES = (
    Basis("by place of claim, 2023", "claims-annual", "claims-annual", "2023"),
    Basis("by last address, 2023", "claims-last-address", "claims-annual", "2023"),
    Basis("as a stock on 1 January 2023", "stock", "stock", "2023-01-01"),
    Basis("as a stock on 1 January 2024", "stock", "stock", "2024-01-01"),
)


@dataclass(frozen=True, slots=True)
class Memory:
    """What a key with a memory would give today: persons due per region, and on what it rests."""

    name: str
    persons: Mapping[str, int]
    total: int
    rests_on: str


def with_memory(
    pack: Pack, regions: Sequence[str], persons: int, day: date, lots: tuple[str, ...]
) -> list[Memory]:
    """The same persons by population, and corrected for who received whom, by claims and as a stock."""
    ways: tuple[tuple[str, str, dict[str, Any]], ...] = (
        ("by population", "population", {}),
        ("corrected by claims of 12 months", "history-corrected", {"received": "claims"}),
        ("corrected by the stock", "history-corrected", {"received": "stock", "months": 0}),
    )
    out = []
    for name, key, params in ways:
        shares = shares_of(key, params, regions, pack.figures, day, persons=persons)
        due = METHODS["hamilton"](persons, shares, lots)
        given = {str(region): n for region, n in due.persons}
        out.append(Memory(name, given, persons, f"{shares.definition}; {shares.origin}"))
    return out


def memory_table(ways: Sequence[Memory], pack: Pack) -> Table:
    """Persons due, a column for each way of remembering."""
    return Table(
        f"{ways[0].total:,} persons shared out, with and without a memory of who received whom",
        ("region", "name", *(way.name for way in ways)),
        tuple(
            (region, pack.region(region).name_en, *(way.persons[region] for way in ways))
            for region in sorted(ways[0].persons)
        ),
        tuple(f"{way.name}: {way.rests_on}" for way in ways),
    )


def owed(
    pack: Pack, regions: Sequence[str], bases: Sequence[Basis] = BASES, country: str = "CA"
) -> list[Owed]:
    """Each region on each basis; what no figure says is unknown, never 0."""
    out = []
    for basis in bases:
        days = span(basis.period)
        if days is None:
            raise InputRefused(f"'{basis.period}' is not a period.", "Write 2023 or 2023-01-01.")
        whole = _value(pack, basis.whole, country, basis.period)
        people_on = f"{days[0].year}-07-01" if days[0] != days[1] else basis.period
        for region in regions:
            received = _received(pack, basis, region, whole)
            people, all_people = (
                _value(pack, "population", r, people_on) for r in (region, country)
            )
            part = people / all_people if people is not None and all_people else None
            share = received / whole if received is not None and whole else None
            more = (
                received - part * whole
                if received is not None and part is not None and whole is not None
                else None
            )
            out.append(Owed(region, basis, received, share, part, more))
    return out


def owed_table(rows: Sequence[Owed], pack: Pack) -> Table:
    """The bases side by side: share received, share of the population, persons above or below."""
    bases = list(dict.fromkeys(row.basis for row in rows))
    regions = list(dict.fromkeys(row.region for row in rows))
    cells = {(row.region, row.basis): row for row in rows}
    notes = []
    for basis in bases:
        for measure in (basis.measure, f"{basis.measure}-share"):
            figure = _figure(pack, measure, regions, basis.period)
            if figure is not None:
                notes.append(
                    f"{basis.name}: {figure.definition} (vintage {figure.vintage}; {figure.origin})"
                )
    return Table(
        "who received more than its population share, three ways of counting",
        ("region", "name", *(basis.name for basis in bases)),
        tuple(
            (region, pack.region(region).name_en, *(_cell(cells[region, basis]) for basis in bases))
            for region in regions
        ),
        ("share received / share of the population: persons above (+) or below (-)", *notes),
    )


def _cell(row: Owed) -> str:
    if row.share is None or row.population is None or row.more is None:
        return "unknown"
    return f"{float(100 * row.share):.1f} % / {float(100 * row.population):.1f} %: {round(row.more):+,}"


def _received(pack: Pack, basis: Basis, region: str, whole: Fraction | None) -> Fraction | None:
    found = _value(pack, basis.measure, region, basis.period)
    percent = _value(pack, f"{basis.measure}-share", region, basis.period)
    if found is not None or percent is None or whole is None:
        return found
    return percent * whole / 100  # a share in whole percent was published, not a number


def _value(pack: Pack, measure: str, region: str, period: str) -> Fraction | None:
    figure = _figure(pack, measure, [region], period)
    if figure is not None:
        return number(figure)
    if measure == "claims-annual":  # the twelve months, where nobody published the year
        months = [
            f for f in pack.figures
            if f.measure == "claims" and f.region == region and f.period.startswith(f"{period}-")
        ]  # fmt: skip
        return sum((number(f) for f in months), Fraction(0)) if len(months) == 12 else None
    return None


def _figure(pack: Pack, measure: str, regions: Sequence[str], period: str) -> Figure | None:
    return next(
        (
            f
            for f in pack.figures
            if f.measure == measure and f.period == period and f.region in regions
        ),
        None,
    )
