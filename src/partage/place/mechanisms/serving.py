"""One household after another: the loop of the mechanisms that serve instead of searching."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable

import numpy as np

from partage.core.errors import InputRefused
from partage.place.instance import Instance, Ints
from partage.place.solved import Solved, plan_value


class Free:
    """What is left while households are served: units per site, persons per region."""

    def __init__(self, instance: Instance) -> None:
        self.instance = instance
        self.left = instance.capacity.astype(np.int64).copy()  # (sites, services)
        self.at = np.zeros(instance.sites, np.int64)  # persons per site
        self.given = np.zeros(len(instance.region_floor), np.int64)  # persons per region

    def fits(self, i: int) -> Ints:
        """The sites that are allowed for a row and have room for all of it now."""
        case = self.instance
        need = case.need[i]
        room = (self.left >= need).all(axis=1)
        below = self.given[case.region] + need[0] <= case.region_ceiling[case.region]
        return np.flatnonzero((case.value[i] >= 0) & room & below)

    def due(self) -> Ints:
        """Persons still due to each region; negative where it has more than its due."""
        left: Ints = self.instance.region_floor.astype(np.int64) - self.given
        return left

    def take(self, i: int, j: int) -> None:
        """Row ``i`` has its place at site ``j``."""
        self.left[j] -= self.instance.need[i]
        self.at[j] += int(self.instance.need[i, 0])
        self.given[self.instance.region[j]] += int(self.instance.need[i, 0])


def serve(
    instance: Instance, order: Iterable[int], choose: Callable[[Free, int, Ints], int]
) -> Solved:
    """A plan made row by row in that order; nobody is served twice, nothing is taken back."""
    if (instance.count != 1).any():
        raise InputRefused(
            "A row of the instance stands for several households, which this mechanism cannot serve.",
            "Give each household a row of its own (count = 1).",
        )
    started = time.perf_counter()
    free = Free(instance)
    site_of = np.full(instance.households, -1, np.int32)
    for i in order:
        fits = free.fits(i)
        if len(fits):
            site_of[i] = choose(free, i, fits)
            free.take(i, int(site_of[i]))
    value = plan_value(instance, site_of)
    best = np.maximum(instance.value.max(axis=1, initial=-1), instance.unplaced)
    bound = max(value, int(best.astype(np.int64).sum()))
    return Solved(site_of, value, bound, bound == value, time.perf_counter() - started)


def by_waiting(instance: Instance) -> list[int]:
    """Rows from the longest wait to the shortest; as they stand where no wait is known."""
    if not instance.order.size:
        return list(range(instance.households))
    return [int(i) for i in np.argsort(instance.order, kind="stable")]


def most_room(free: Free, fits: Ints) -> int:
    """Of these sites the one with most free places for persons; the first of equals."""
    return int(fits[np.argmax(free.left[fits, 0])])
