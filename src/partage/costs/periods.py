"""Periods of a statement: a month, a calendar year, or a fiscal year that begins on 1 April."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from partage.core.errors import InputRefused, shown

_MONTH = re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])")
_YEAR = re.compile(r"[0-9]{4}")
_FISCAL = re.compile(r"([0-9]{4})/([0-9]{4})")


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """Whole days from ``first`` to ``last``, both included; a night belongs to the day it begins on.

    ``kind``: month, calendar (year), fiscal (1 April to 31 March) or days.
    """

    first: date
    last: date
    kind: str = "days"

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

    @property
    def name(self) -> str:
        """As it is asked for: 2023-02, 2023, 2022/2023."""
        if self.kind == "month":
            return f"{self.first:%Y-%m}"
        if self.kind == "calendar":
            return f"{self.first.year}"
        if self.kind == "fiscal":
            return f"{self.first.year}/{self.last.year}"
        return f"{self.first}..{self.last}"


def period_of(text: str) -> Period:
    """The period of ``2023-02``, ``2023`` (January to December) or ``2022/2023`` (April to March)."""
    said = text.strip()
    if month := _MONTH.fullmatch(said):
        year, number = int(month[1]), int(month[2])
        first = date(year, number, 1)
        following = date(year + number // 12, number % 12 + 1, 1)
        return Period(first, following - timedelta(days=1), "month")
    if _YEAR.fullmatch(said):
        return Period(date(int(said), 1, 1), date(int(said), 12, 31), "calendar")
    fiscal = _FISCAL.fullmatch(said)
    if fiscal and int(fiscal[2]) == int(fiscal[1]) + 1:
        return Period(date(int(fiscal[1]), 4, 1), date(int(fiscal[2]), 3, 31), "fiscal")
    raise InputRefused(
        f"{shown(text)} is not a period.",
        "Write a month as 2023-02, a calendar year as 2023, a fiscal year as 2022/2023.",
    )
