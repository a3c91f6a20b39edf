"""Who has waited longest is served first: what an office does by hand when it follows its rules."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

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
    """The best of these sites, priority by priority, with what the row adds to floors and dues there."""
    case, persons = free.instance, int(free.instance.need[i, 0])
    region = np.clip(free.due()[case.region[fits]], 0, persons)
    site = np.clip(case.floor[fits].astype(np.int64) - free.at[fits], 0, persons)
    left = np.arange(len(fits))
    tiers = zip(case.keep_value, case.keep_region_penalty, case.keep_floor_penalty, strict=True)
    for worth, due, floor in (*tiers, (case.value, case.region_penalty, case.floor_penalty)):
        own = worth[i, fits[left]].astype(np.int64)
        own += int(due) * region[left] + int(floor) * site[left]
        left = left[own == own.max()]
    return most_room(free, fits[left])
