"""Periods as a pack writes them, each naming its calendar, and the days each covers."""

from __future__ import annotations

import calendar
import re
from datetime import date

DAY = re.compile(r"^\d{4}-\d{2}-\d{2}\Z", re.ASCII)
MONTH = re.compile(r"^(\d{4})-(\d{2})\Z", re.ASCII)
QUARTER = re.compile(r"^(\d{4})-Q([1-4])\Z", re.ASCII)
YEAR = re.compile(r"^(\d{4})\Z", re.ASCII)
FISCAL = re.compile(r"^FY(\d{4})-(\d{2})\Z", re.ASCII)  # April to March
YEARS = range(1900, 2200)  # so that adding a notice or a horizon to a day never leaves the calendar


def read_day(text: str) -> date | None:
    """The day that ``2023-02-20`` says; None for any other form, or a year outside 1900-2199."""
    if not DAY.match(text):
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.year in YEARS else None


def span(period: str) -> tuple[date, date] | None:
    """The first and last day of a period, or None where the text is not one.

    ``2023-02-20`` · ``2023-02`` · ``2022-Q4`` and ``2022`` (calendar) · ``FY2022-23`` (April to
    March) · ``2023-02-16/2023-02-26`` and the like, whose first part does not begin after the second.
    """
    first, slash, last = period.partition("/")
    if not slash:
        return _span(period)
    one, other = _span(first), _span(last)
    if one is None or other is None or one[0] > other[0] or one[1] > other[1]:
        return None
    return one[0], other[1]


def _span(period: str) -> tuple[date, date] | None:
    if match := FISCAL.match(period):
        year = int(match[1])
        return _months(year, 4, 12) if int(match[2]) == (year + 1) % 100 else None
    if match := QUARTER.match(period):
        return _months(int(match[1]), 3 * int(match[2]) - 2, 3)
    if match := MONTH.match(period):
        return _months(int(match[1]), int(match[2]), 1)
    if match := YEAR.match(period):
        return _months(int(match[1]), 1, 12)
    day = read_day(period)
    return (day, day) if day is not None else None


def _months(year: int, month: int, number: int) -> tuple[date, date] | None:
    if year not in YEARS or not 1 <= month <= 12:
        return None
    end_year, end_month = divmod(12 * year + month - 2 + number, 12)
    days = calendar.monthrange(end_year, end_month + 1)[1]
    return date(year, month, 1), date(end_year, end_month + 1, days)
