"""Claimants a month: one row a place, an office and a year; every cell an interval or a gap."""

from __future__ import annotations

from collections.abc import Collection

from partage.core.series import Monthly, read_count
from partage.packs.tables import Line, build

OFFICES = ("airport", "land_border", "inland", "other", "all")
CLAIMANTS = ("region", "office", "year", *(f"m{month:02d}" for month in range(1, 13)))
YEARS = range(1900, 2200)
GAP = (None, None)

Interval = tuple[int | None, int | None]


def read_claimants(lines: list[Line], regions: Collection[str]) -> tuple[Monthly, ...]:
    """A series per region and office, in the order of the file; years without a row are gaps.

    ``regions`` are those of the pack; the country (``CA``) and a region that is not known (``CA-ZZ``)
    may stand beside them.
    """
    countries = {code.partition("-")[0] for code in regions}
    scopes = {*regions, *countries, *(f"{country}-ZZ" for country in countries)}
    years: dict[tuple[str, str], dict[int, Monthly]] = {}
    for one in build(
        lines, lambda row: _year(row, scopes), lambda y: (y.region, y.office, y.first), "year"
    ):
        years.setdefault((one.region, one.office), {})[one.first] = one
    return tuple(_joined(found) for found in years.values())


def _year(row: Line, scopes: Collection[str]) -> Monthly:
    year = row.whole("year", YEARS.stop - 1)
    if row.good and year not in YEARS:
        row.fault("year", f"'{year}' is not a year", "write it as 2023")
    office = row.text("office")
    if office and office not in OFFICES:
        row.fault("office", f"'{office}' is not an office", f"use one of {', '.join(OFFICES)}")
    cells = [_cell(row, f"m{month:02d}") for month in range(1, 13)]
    low, high = zip(*cells, strict=True)
    region = row.code("region", scopes, "region or country")
    return Monthly(region, office, 12 * year, low, high, row.origin())


def _cell(row: Line, column: str) -> Interval:
    try:
        return read_count(row.cells[column])
    except ValueError as error:
        row.fault(column, f"'{row.cells[column]}' is {error}", "correct it, or leave it empty")
        return GAP


def _joined(years: dict[int, Monthly]) -> Monthly:
    """The years as one series from its first known month to its last."""
    start, end = min(years), max(years)
    cells: list[Interval] = []
    for first in range(start, end + 12, 12):
        found = years.get(first)
        cells += zip(found.low, found.high, strict=True) if found else [GAP] * 12
    known = [number for number, cell in enumerate(cells) if cell != GAP] or [0]
    low, high = zip(*cells[known[0] : known[-1] + 1], strict=True)
    newest = years[end]
    return Monthly(newest.region, newest.office, start + known[0], low, high, newest.origin)
