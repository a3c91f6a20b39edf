"""A hindcast: a past day, what could be known by then, and what is asked of the days that followed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from partage.core.situation import Origin


@dataclass(frozen=True, slots=True)
class Prior:
    """A number that is not known: its range, how it is spread over it, and where that comes from.

    ``instead`` is another shape, drawn beside, so that one sees what the answer owes to the first.
    """

    name: str
    least: float
    most: float
    shape: str  # even | arcsine | log | log-triangle | whole | observed | bound
    instead: str
    origin: Origin
    closed: tuple[date, date] | None = None  # of ``observed``: months that do not count

    @property
    def free(self) -> bool:
        """Whether it is a number of its own; a bound is a limit on others."""
        return self.shape != "bound"


@dataclass(frozen=True, slots=True)
class Hindcast:
    """What is read, what is left out, what is given, what is asked, and every number beside the data."""

    id: str
    until: date  # nothing dated later is read
    without: tuple[date, date]  # nor anything of these days
    offer_to_all: date
    region: str
    measure: str
    recent_months: int
    first_transfer: date
    predicts: date
    cities: tuple[str, ...]
    starts: tuple[str, ...]  # those with a count
    counted: str
    given: str
    given_on: date
    asked: str
    set_aside: Mapping[str, str]  # place -> why its count is read and not used
    priors: Mapping[str, Prior]
    fixed: Mapping[str, float]
    assumptions: tuple[str, ...]
