"""Reading figures for a key: one period for all regions, exact values, nothing guessed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from partage.core.errors import InputRefused
from partage.core.situation import Figure, Origin
from partage.core.units import RegionId
from partage.packs.periods import span

NUMBER = re.compile(r"^\d+(\.\d+)?\Z", re.ASCII)
Values = dict[RegionId, Fraction]


@dataclass(frozen=True, slots=True)
class Reading:
    """One measure for several regions over one period; ``figure`` stands for where it is from."""

    measure: str
    period: str
    values: Values
    figure: Figure

    @property
    def total(self) -> Fraction:
        """The sum over the regions."""
        return sum(self.values.values(), Fraction(0))

    def shares(self) -> Values:
        """Each region's part of the sum; refused where there is nothing to divide."""
        total = self.total
        if not total:
            raise InputRefused(
                f"All figures for {self.measure} in {self.period} are 0.",
                "A key needs something to divide; correct the figures.",
            )
        return {region: value / total for region, value in self.values.items()}

    def __str__(self) -> str:
        return f"{self.figure.definition} ({self.period}; vintage {self.figure.vintage})"


def checked(regions: Sequence[str]) -> list[RegionId]:
    """The regions in one order; refused if there is none or one stands twice."""
    if not regions:
        raise InputRefused("No region takes part in the key.", "Record an agreement first.")
    if len(set(regions)) != len(regions):
        raise InputRefused("A region stands twice in the key.", "Name each region once.")
    return [RegionId(region) for region in sorted(regions)]


def read(
    measure: str, regions: Sequence[str], history: Iterable[Figure], at: date, period: str = ""
) -> Reading:
    """The measure for all regions over one period: the one asked for, or the latest over by then.

    Refused: a region without a figure, a period without figures, a value that is negative or no
    number. A figure that is not over by ``at`` is not known on that day and never used.
    """
    names = checked(regions)
    wanted = set(names)
    by_region: dict[str, dict[str, Figure]] = {name: {} for name in names}
    for figure in history:
        if figure.measure == measure and figure.region in wanted and _over(figure.period, at):
            by_region[figure.region][figure.period] = figure
    for name, found in by_region.items():
        if not found or (period and period not in found):
            when = f"in {period}" if period else f"on or before {at}"
            raise InputRefused(
                f"There is no {measure} figure for {name} {when}.",
                "Add one to figures.csv, with its source.",
            )
    chosen = period or _latest_common(measure, by_region)
    figures = {RegionId(name): found[chosen] for name, found in by_region.items()}
    values = {name: number(figure) for name, figure in figures.items()}
    return Reading(measure, chosen, values, figures[names[0]])


def read_window(
    measure: str,
    regions: Sequence[str],
    history: Iterable[Figure],
    window: str,
    *,
    missing_is_zero: bool = False,
) -> Reading:
    """The sum of a measure over every period inside a window such as ``2022-01/2022-12``.

    Refused: a region without any figure there, or (unless ``missing_is_zero``, as the Commission
    counted in 2015) without one that another region has, or a window that is not covered whole.
    """
    edges = span(window)
    if edges is None:
        raise InputRefused(f"'{window}' is not a window of time.", "Write it as 2022-01/2022-12.")
    names = checked(regions)
    found: dict[RegionId, dict[str, Figure]] = {name: {} for name in names}
    for figure in history:
        if figure.measure == measure and figure.region in found:
            days = span(figure.period)
            if days is not None and edges[0] <= days[0] and days[1] <= edges[1]:
                found[RegionId(figure.region)][figure.period] = figure
    periods = {period for figures in found.values() for period in figures}
    if not missing_is_zero:
        _check_covered(measure, periods, edges)
    for name, figures in found.items():
        lacking = sorted(periods - set(figures))
        if not figures or (lacking and not missing_is_zero):
            raise InputRefused(
                f"There is no {measure} figure for {name} in {lacking[0] if lacking else window}.",
                "Add it to figures.csv with its source; absence is not zero.",
            )
    values = {
        name: sum((number(figure) for figure in figures.values()), Fraction(0))
        for name, figures in found.items()
    }
    return Reading(measure, window, values, next(iter(found[names[0]].values())))


def _check_covered(measure: str, periods: Iterable[str], edges: tuple[date, date]) -> None:
    """Refuse a window that the periods of the figures leave open somewhere, or cover twice."""
    next_day = edges[0]
    for first, last in sorted(days for period in periods if (days := span(period)) is not None):
        if first < next_day:
            raise InputRefused(
                f"The {measure} figures count {first} twice, in two periods.",
                "Keep one way of counting per measure.",
            )
        if first > next_day:
            break
        next_day = last + timedelta(days=1)
    if next_day <= edges[1]:
        raise InputRefused(
            f"There is no {measure} figure for {next_day:%Y-%m}, which the window {edges[0]} to "
            f"{edges[1]} asks for.",
            "Choose a window that the figures cover; absence is not zero.",
        )


def number(figure: Figure) -> Fraction:
    """The exact value of a figure; refused if it is negative or no number."""
    text = figure.value.strip()
    if not NUMBER.match(text):
        raise InputRefused(
            f"The {figure.measure} of {figure.region} in {figure.period} is '{figure.value}'.",
            "It must be a number of 0 or more, such as 8742975 or 5.4.",
        )
    return Fraction(text)


def positive(reading: Reading) -> Reading:
    """The same reading; refused where a value is 0, which nobody can divide by."""
    for region, value in reading.values.items():
        if not value:
            raise InputRefused(
                f"The {reading.measure} of {region} in {reading.period} is '0'.",
                "It must be above 0 here; correct the figure.",
            )
    return reading


def fraction(value: object, what: str) -> Fraction:
    """An exact parameter, written ``"1/2"``, ``0.9`` as text, or a whole number."""
    if isinstance(value, (int, Fraction)) and not isinstance(value, bool):
        return Fraction(value)
    if isinstance(value, str):
        try:
            return Fraction(value)
        except (ValueError, ZeroDivisionError):
            pass
    raise InputRefused(
        f"{what} is '{value}'.", 'Write it as "1/2" or "0.9", in quotes: it is exact.'
    )


def joined(*readings: Reading) -> Origin:
    """Where several readings come from, the lowest grade of them and every assumption."""
    origins = [reading.figure.origin for reading in readings]
    grades = [origin.grade for origin in origins]
    return Origin(
        source="; ".join(dict.fromkeys(o.source for o in origins if o.source)),
        grade=max(grades) if all(grades) else "",
        assumption="; ".join(dict.fromkeys(o.assumption for o in origins if o.assumption)),
    )


def _over(period: str, at: date) -> bool:
    days = span(period)
    return days is not None and days[1] <= at


def _latest_common(measure: str, by_region: Mapping[str, Mapping[str, Figure]]) -> str:
    common = set.intersection(*(set(found) for found in by_region.values()))
    if not common:
        raise InputRefused(
            f"No one date has a {measure} figure for all of {', '.join(by_region)}.",
            "Add the missing figures to figures.csv.",
        )
    return max(common, key=lambda period: (span(period) or (date.min, date.min))[::-1])
