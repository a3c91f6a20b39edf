"""Who has waited longest is served first: what an office does by hand when it follows its rules."""

from __future__ import annotations

from collections.abc import Mapping

from partage.core.streams import Stream
from partage.place.instance import Instance, Ints
from partage.place.mechanisms.optimum import Wishes
from partage.place.mechanisms.serving import Free, by_waiting, most_room, serve
from partage.place.solved import Solved


def greedy(
    instance: Instance,
    wishes: Wishes | None,
    due: Mapping[str, int] | None,
    stream: Stream,
    budget: float,
) -> Solved:
    """The longest wait first, each household to the best site that is left; nothing is taken back.

    Best by the priorities in their order; among equals the site with most free places.
    """
    return serve(instance, by_waiting(instance), _best)


def _best(free: Free, i: int, fits: Ints) -> int:
    worth = [_worths(free, i, int(j)) for j in fits]
    top = max(worth)
    return most_room(free, fits[[n for n, own in enumerate(worth) if own == top]])


def _worths(free: Free, i: int, j: int) -> tuple[int, ...]:
    """What one site is worth to one row, priority by priority, with what it adds to the floors."""
    case = free.instance
    persons = int(case.need[i, 0])
    region = max(0, min(persons, int(free.due()[case.region[j]])))
    site = max(0, min(persons, int(case.floor[j]) - int(free.at[j])))
    kept = [
        int(case.keep_value[t, i, j])
        + int(case.keep_region_penalty[t]) * region
        + int(case.keep_floor_penalty[t]) * site
        for t in range(len(case.keep_least))
    ]
    last = int(case.value[i, j]) + int(case.region_penalty) * region
    return (*kept, last + int(case.floor_penalty) * site)
