"""How long people stay, where only those who left were averaged: estimated with those still there counted.

Niagara Falls, 1 February 2023 to 1 February 2024: 4,896 came, 2,018 were there at the end, and those who
left had stayed 113 days on average. That mean leaves out the long stays, which had not ended.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from partage.core.errors import InputRefused

LONGEST = 3650.0  # days


def still_there(mean: float, start: float, came: Sequence[float]) -> float:
    """Persons there at the end, if a stay ends with the same chance every day; ``came`` is by day."""
    days = len(came)
    return start * math.exp(-days / mean) + sum(
        n * math.exp(-(days - day) / mean) for day, n in enumerate(came)
    )


def mean_of_leavers(mean: float, came: Sequence[float]) -> float:
    """The mean stay of those among ``came`` who have left by the end: less than the mean of all."""
    days, left, stayed = len(came), 0.0, 0.0
    for day, n in enumerate(came):
        seen = (days - day) / mean
        gone = 1 - math.exp(-seen)
        left += n * gone
        stayed += n * mean * (1 - math.exp(-seen) * (1 + seen))
    return stayed / left if left else 0.0


def mean_stay(start: float, came: Sequence[float], there_at_end: float) -> float:
    """The mean stay that leaves so many there at the end (bisection).

    Refused: more at the end than were there and came, or nobody at all.
    """
    if not 0 < there_at_end < start + sum(came):
        raise InputRefused(
            f"{there_at_end:,.0f} persons cannot be there of {start + sum(came):,.0f} who were or came.",
            "Correct the counts.",
        )
    low, high = 0.01, LONGEST
    while high - low > 0.01:
        middle = (low + high) / 2
        if still_there(middle, start, came) < there_at_end:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def range_of(
    starts: Iterable[float], profiles: Iterable[Sequence[float]], there_at_end: float
) -> tuple[float, float]:
    """The least and the most mean stay over what was there before, and over how people may have come."""
    shapes = list(profiles)
    found = [mean_stay(start, came, there_at_end) for start in starts for came in shapes]
    return min(found), max(found)


def surge(total: float, days: int, early: int, share: float) -> list[float]:
    """So many persons over so many days, a share of them in the first days, each part evenly."""
    return [
        total * share / early if day < early else total * (1 - share) / (days - early)
        for day in range(days)
    ]
