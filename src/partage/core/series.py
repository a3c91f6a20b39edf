"""Monthly counts as they are published: rounded, suppressed or missing, and each known as an interval."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from partage.core.errors import InputRefused, shown
from partage.core.situation import Origin

MONTH = re.compile(r"^(\d{4})-(\d{2})\Z", re.ASCII)
YEARS = range(1900, 2200)


def month_number(text: str) -> int:
    """The month that ``2023-02`` says, as twelve times its year and the months before it.

    Refused: any other form.
    """
    match = MONTH.match(text.strip())
    if match and int(match[1]) in YEARS and 1 <= int(match[2]) <= 12:
        return 12 * int(match[1]) + int(match[2]) - 1
    raise InputRefused(f"{shown(text)} is not a month.", "Write it as 2023-02.")


def month_name(number: int) -> str:
    """``2023-02`` for a month's number."""
    return f"{number // 12}-{number % 12 + 1:02d}"


@dataclass(frozen=True, slots=True)
class Monthly:
    """Persons counted a month in one place: the least and the most that each figure can mean.

    ``first`` is the number of the first month (``month_number``). A figure rounded to 5 lies between
    two less and two more; a suppressed one between 1 and 5; a month that was not published is None in
    both (a gap is a gap, never 0).
    """

    region: str  # ISO 3166-2, the country's code, or the country's code and -ZZ where not known
    office: str  # airport, land_border, inland, other, all
    first: int
    low: tuple[int | None, ...]  # (months,)
    high: tuple[int | None, ...]  # (months,)
    origin: Origin

    @property
    def id(self) -> str:
        """``CA-QC/land_border``."""
        return f"{self.region}/{self.office}"

    @property
    def last(self) -> int:
        """The number of the last month."""
        return self.first + len(self.low) - 1

    def middle(self) -> tuple[float | None, ...]:
        """The middle of each interval: the published figure itself where one was published."""
        return tuple(
            None if a is None or b is None else (a + b) / 2
            for a, b in zip(self.low, self.high, strict=True)
        )

    def until(self, last: int) -> Monthly:
        """The series as it was known when that month was the last."""
        keep = max(0, last - self.first + 1)
        return replace(self, low=self.low[:keep], high=self.high[:keep])


def read_count(text: str) -> tuple[int | None, int | None]:
    """The interval that a published cell means; a ValueError where it means nothing.

    ``0`` is nobody (1 to 5 would have been suppressed) · ``1-5`` is suppressed · empty was not
    published · any other multiple of 5 is a count rounded to 5, and ``5`` a count of 6 or 7.
    """
    if not text:
        return None, None
    if text == "1-5":
        return 1, 5
    if not text.isascii() or not text.isdigit() or len(text) > 8 or int(text) % 5:
        raise ValueError("neither empty, 1-5 nor a whole number rounded to 5")
    value = int(text)
    return (0, 0) if value == 0 else (max(6, value - 2), value + 2)
