"""What a road to a plan answers, and what a plan is worth, exactly."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from partage.core.errors import Unavailable
from partage.place.certificate import Certificate
from partage.place.instance import Instance, Ints


class NoPlanInTime(Unavailable):
    """The search found no plan in its time; whoever has one already keeps it.

    ``bound``: what no plan can be worth more than, as far as it was shown (None: nothing was).
    """

    def __init__(self, what: str, do: str = "", bound: int | None = None) -> None:
        super().__init__(what, do)
        self.bound = bound


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
    return _short(instance, persons)


def _short(instance: Instance, persons: Ints) -> tuple[int, int]:
    """The same, of the persons at each site (sites,)."""
    per_region = np.zeros(len(instance.region_floor), np.int64)
    np.add.at(per_region, instance.region, persons)
    site = int(np.maximum(instance.floor - persons, 0).sum())
    region = int(np.maximum(instance.region_floor - per_region, 0).sum())
    return site, region


@dataclass(frozen=True, slots=True, eq=False)
class Placed:
    """A plan and its worth: ``site`` (rows,) or, for rows of several households, ``counts``."""

    site: Ints | None
    counts: Ints | None
    value: int


def placed(instance: Instance, site_of: Ints) -> Placed:
    """A plan of rows that stand for one household each."""
    return Placed(site_of.astype(np.int32), None, plan_value(instance, site_of))


def placed_counts(instance: Instance, counts: Ints) -> Placed:
    """A plan of grouped rows, counts (rows, sites)."""
    many = counts.astype(np.int64)
    left = instance.count - many.sum(axis=1)
    value = int((np.where(many > 0, instance.value, 0).astype(np.int64) * many).sum())
    value += int((instance.unplaced.astype(np.int64) * left).sum())
    persons = many.T @ instance.need[:, 0].astype(np.int64)
    site, region = _short(instance, persons)
    value -= int(instance.floor_penalty) * site + int(instance.region_penalty) * region
    return Placed(None, counts, value)


def fits(instance: Instance, site_of: Ints) -> bool:
    """Whether a plan keeps every hard limit of the instance."""
    if site_of.shape != (instance.households,) or (instance.count != 1).any():
        return False
    rows = np.flatnonzero(site_of >= 0)
    at = site_of[rows]
    if len(at) and (at.max() >= instance.sites or (instance.value[rows, at] < 0).any()):
        return False
    used = np.zeros(instance.capacity.shape, np.int64)
    np.add.at(used, at, instance.need[rows].astype(np.int64))
    in_region = np.zeros(len(instance.region_floor), np.int64)
    np.add.at(in_region, instance.region, used[:, 0])
    if (used > instance.capacity).any() or (in_region > instance.region_ceiling).any():
        return False
    short_site, short_region = _short(instance, used[:, 0])
    kept = instance.keep_value[:, rows, at].astype(np.int64).sum(axis=1)
    kept -= instance.keep_floor_penalty.astype(np.int64) * short_site
    kept -= instance.keep_region_penalty.astype(np.int64) * short_region
    return bool((kept >= instance.keep_least).all())


def open_bound(instance: Instance) -> int:
    """The bound that needs no search and no prices: everybody at their best site."""
    best = np.maximum(instance.value.max(axis=1, initial=-1), instance.unplaced)
    return int((best.astype(np.int64) * instance.count).sum())
