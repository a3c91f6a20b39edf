"""What a road to a plan answers, and what a plan is worth, exactly."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from partage.core.errors import Unavailable
from partage.place.certificate import Certificate
from partage.place.instance import Instance, Ints


class NoPlanInTime(Unavailable):
    """The search found no plan in its time; whoever has one already keeps it."""


@dataclass(frozen=True, slots=True)
class Solved:
    """A plan, its value, and the best bound that was shown by any means.

    ``certificate`` are the prices behind the bound that anyone can check again, if the road found some.
    """

    site_of: Ints  # (households,), -1 = unplaced
    value: int
    bound: int
    proven: bool
    seconds: float
    certificate: Certificate | None = None


def plan_value(instance: Instance, site_of: Ints) -> int:
    """The exact value of a plan: worths, unplaced, less what each shortfall costs."""
    rows = np.flatnonzero(site_of >= 0)
    value = int(instance.value[rows, site_of[rows]].astype(np.int64).sum())
    value += int(instance.unplaced[site_of < 0].astype(np.int64).sum())
    short_site, short_region = shortfalls(instance, site_of)
    return (
        value
        - int(instance.floor_penalty) * short_site
        - (int(instance.region_penalty) * short_region)
    )


def shortfalls(instance: Instance, site_of: Ints) -> tuple[int, int]:
    """Persons short of the floors of sites, and of regions."""
    rows = np.flatnonzero(site_of >= 0)
    persons = np.zeros(instance.sites, np.int64)
    np.add.at(persons, site_of[rows], instance.need[rows, 0].astype(np.int64))
    per_region = np.zeros(len(instance.region_floor), np.int64)
    np.add.at(per_region, instance.region, persons)
    site = int(np.maximum(instance.floor - persons, 0).sum())
    region = int(np.maximum(instance.region_floor - per_region, 0).sum())
    return site, region


def open_bound(instance: Instance) -> int:
    """The bound that needs no search and no prices: everybody at their best site."""
    best = np.maximum(instance.value.max(axis=1, initial=-1), instance.unplaced)
    return int((best.astype(np.int64) * instance.count).sum())
