"""Periods of a statement: a month, a calendar year, or a fiscal year that begins on 1 April."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from partage.core.errors import InputRefused, shown
from partage.packs.periods import span


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """Whole days from ``first`` to ``last``, both included; a night belongs to the day it begins on.

    ``name`` is as it was asked for: it says which calendar.
    """

    first: date
    last: date
    name: str = ""

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise InputRefused(
                f"The period ends on {self.last}, before it begins on {self.first}.",
                "Give the earlier day first.",
            )

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.first <= day <= self.last

    @property
    def days(self) -> tuple[date, ...]:
        """Every day, in order."""
        number = (self.last - self.first).days + 1
        return tuple(self.first + timedelta(days=n) for n in range(number))


def fiscal_year(day: date) -> date:
    """The 1 April on which the fiscal year of a day begins."""
    return date(day.year if day.month >= 4 else day.year - 1, 4, 1)


def period_of(text: str) -> Period:
    """The period of ``2023-02``, ``2022-Q4``, ``2023`` (January to December), ``FY2022-23`` (April to
    March) or ``2023-02-16/2023-02-26``."""
    said = text.strip()
    days = span(said)
    first, slash, last = said.partition("/")
    ends = (span(first), span(last)) if slash else (None, None)
    if ends[0] is not None and ends[1] is not None and ends[1][1] < ends[0][0]:
        return Period(ends[0][0], ends[1][1], said)  # which refuses it, and says which day is wrong
    if days is None:
        raise InputRefused(
            f"{shown(text)} is not a period.",
            "Write a month as 2023-02, a quarter as 2022-Q4, a calendar year as 2023, a fiscal year as "
            "FY2022-23.",
        )
    return Period(*days, said)
