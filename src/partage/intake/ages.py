"""Birth dates as persons by age band. A birth date is used here and kept nowhere."""

from __future__ import annotations

import calendar
import re
from collections import Counter
from datetime import date

from partage.core.household import Ages

MAX_YEARS = 120  # nobody is known to have lived longer than two years more
NOT_KNOWN = ("unknown", "?")
BANDS = ((5, "under_5"), (18, "from_5_to_17"), (65, "from_18_to_64"), (MAX_YEARS + 1, "from_65"))
WRITTEN = re.compile(r"^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$", re.ASCII)
DO = "write dates such as 1990-05-17, 1990-05 or 1990, and unknown for a person of unknown age"
AFTER = "correct it; count a child that was born since in the age columns, without birth dates"


def ages_from(text: str, first: date, last: date) -> tuple[Ages, list[tuple[str, str]]]:
    """The persons born on the dates in a cell by age band on the day of entry, and what is wrong.

    ``first`` and ``last`` are the days that it may have been where they entered: whoever was a minor
    on one of them is one. A year or a month alone gives a band only if every day of it gives the same;
    otherwise, and for ``unknown``, the age is not known. What is wrong names no date.
    """
    counts: Counter[str] = Counter()
    faults = []
    for number, piece in enumerate(text.split(";"), start=1):
        days = _days(piece.strip().lower())
        wrong = _wrong(days, first, last) if days else ()
        if days is None:
            faults.append((f"has no date at place {number} that can be read", DO))
        elif wrong:
            faults.append((f"has a date at place {number} that lies {wrong[0]}", wrong[1]))
        else:
            counts[_band(days, first)] += 1
    return Ages(**counts), faults


def _days(text: str) -> tuple[date, ...] | None:
    """The first and the last day that are meant; nothing for an age that is not known."""
    if text in NOT_KNOWN:
        return ()
    found = WRITTEN.match(text)
    if found is None:
        return None
    year, month, day = (int(part) if part else 0 for part in found.groups())
    try:
        if day:
            return (date(year, month, day),) * 2
        if found[2]:
            return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
        return date(year, 1, 1), date(year, 12, 31)
    except ValueError:
        return None


def _wrong(days: tuple[date, ...], first: date, last: date) -> tuple[str, str] | tuple[()]:
    if days[0] > last:
        return "after the entry", AFTER
    if _years(days[1], first) > MAX_YEARS:
        return f"more than {MAX_YEARS} years before the entry", "correct it, or write unknown"
    return ()


def _band(days: tuple[date, ...], on: date) -> str:
    bands = {next(name for below, name in BANDS if _years(day, on) < below) for day in days}
    return bands.pop() if len(bands) == 1 else "unknown"


def _years(born: date, on: date) -> int:
    """Whole years on a day; who is born on 29 February is a year older on 1 March. Below 0: none yet."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))
