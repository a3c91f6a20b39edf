"""What a scenario expected of each stream of arrivals, beside what was published since; misses are told.

The scenario itself never reads these months: they are looked up here, once it has been run.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from partage.simulate.compiled import Compiled
from partage.simulate.drawn import draw
from partage.simulate.entries import published

RUNS = 2000
AT = (0.1, 0.5, 0.9)


@dataclass(frozen=True, slots=True)
class Outcome:
    """One stream over the whole months after what was known: expected (80 % band), and published."""

    stream: str
    first: date
    last: date
    low: int
    middle: int
    high: int
    published: int

    @property
    def inside(self) -> bool:
        """Whether the band holds what was published."""
        return self.low <= self.published <= self.high


def outcomes(made: Compiled, seed: str) -> tuple[Outcome, ...]:
    """Each stream with months that were published later; nothing where there is none.

    The luck of single days is left out: over months it is small beside the levels.
    """
    scenario, world = made.scenario, made.world
    if scenario.as_of is None:
        return ()
    drawn = draw(made, seed, 0, RUNS)
    days = np.arange(world.rate.shape[0])
    mean = float((world.share * world.need[:, 0]).sum())
    found = []
    for e, stream in enumerate(scenario.arrivals):
        later = {
            month: row
            for month, row in published(made.pack, stream, None).items()
            if row[0] > scenario.as_of
            and row[0] >= scenario.first_day
            and row[1] <= scenario.last_day
        }
        if not later:
            continue
        first, last = min(r[0] for r in later.values()), max(r[1] for r in later.values())
        start, end = (first - scenario.first_day).days, (last - scenario.first_day).days
        within = days[(days >= start) & (days <= end)]
        persons = drawn.level[:, e][:, world.stretch[within]] @ (world.rate[within, e] * mean)
        low, middle, high = (int(x) for x in np.quantile(persons, AT))
        found.append(
            Outcome(stream.id, first, last, low, middle, high, sum(r[2] for r in later.values()))
        )
    return tuple(found)
