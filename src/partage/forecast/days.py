"""Days: months split by a stated profile. Labelled as such and never scored: no daily series exists."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np

from partage.core.errors import InputRefused
from partage.core.streams import Stream

EVEN = (1.0,) * 7  # Monday to Sunday
MOST_DAYS = 62
SAYS = (
    "Days are months split by a profile of weekdays: every day alike unless another is given. "
    "No series of days is published, so days are not scored."
)


def split_days(
    paths: np.ndarray, first: int, start: date, days: int, stream: Stream,
    profile: Sequence[float] = EVEN,
) -> np.ndarray:  # fmt: skip
    """Persons a day, whole, (runs, days), from the start day on, out of months (runs, months).

    ``first`` is the number of the first month of the paths. Each path's month is shared out at random
    among its days with the weights of the profile, so that days add up to their month. Refused: days
    outside the months, a profile without seven weights of which one is above 0.
    """
    weights = np.asarray(profile, dtype=float)
    if (
        weights.shape != (7,)
        or not np.isfinite(weights).all()
        or weights.min() < 0
        or not weights.any()
    ):
        raise InputRefused(
            "A profile of weekdays has seven weights of 0 or more, Monday to Sunday, not all 0.",
            "Write it as 1,1,1,1,1,1.5,1.5.",
        )
    if not 1 <= days <= MOST_DAYS:
        raise InputRefused(f"{days} days cannot be shown.", f"Ask for 1 to {MOST_DAYS}.")
    end = start + timedelta(days=days - 1)
    months = range(_number(start), _number(end) + 1)
    if months.start < first or months.stop > first + paths.shape[1]:
        raise InputRefused(
            f"The days from {start} to {end} lie outside the months looked ahead to.",
            "Choose a day after the last known month and a horizon that reaches far enough.",
        )
    generator = stream.child("days").generator()
    out = np.empty((len(paths), days), dtype=np.int64)
    for month in months:
        of_month = _days(month)
        share = np.array([weights[day.weekday()] for day in of_month])
        drawn = generator.multinomial(paths[:, month - first].astype(np.int64), share / share.sum())
        for column, day in enumerate(of_month):
            if start <= day <= end:
                out[:, (day - start).days] = drawn[:, column]
    return out


def _number(day: date) -> int:
    return 12 * day.year + day.month - 1


def _days(month: int) -> list[date]:
    day = date(month // 12, month % 12 + 1, 1)
    found = []
    while _number(day) == month:
        found.append(day)
        day += timedelta(days=1)
    return found
