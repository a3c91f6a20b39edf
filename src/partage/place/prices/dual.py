"""The dual of a placement problem as arrays that compiled code reads."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from partage.place.instance import Instance, Ints
from partage.place.prices import passes

BLUR = 0.05  # value units that the lots may add to the value of a plan in all


@dataclass(frozen=True, slots=True, eq=False)
class Dual:
    """An instance without kept priorities, from the side of its prices.

    A price per site and service (the first of a site less its floor price), then one per region that has a
    limit: ``upper`` and ``lower`` are the slopes of the dual above and below 0, ``low`` how far below 0 a
    price may go. ``kind_of`` (rows,) numbers rows with the same needs, ``kind_need`` (kinds, services).
    ``of_region`` (regions,) is the number of each region's price, -1 where it has none, ``region`` (sites,)
    that of each site's region.
    """

    instance: Instance
    unplaced: Ints
    count: Ints
    persons: Ints  # (rows,), at least 1
    kind_of: Ints
    kind_need: Ints
    of_region: Ints
    region: Ints
    upper: Ints
    lower: Ints
    has_left: Ints
    low: Ints
    hair: float

    @property
    def prices(self) -> int:
        """How many there are."""
        return len(self.upper)

    @property
    def rows(self) -> int:
        """Rows of the instance."""
        return self.instance.households

    @classmethod
    def of(cls, instance: Instance) -> Dual:
        """The dual of an instance. Its kept priorities, if it has any, are not in it."""
        m, services = instance.capacity.shape
        kind_of, first = passes.kinds(instance.need)
        persons = instance.need[:, 0].astype(np.float64)
        total = float((persons * instance.count).sum())
        upper = instance.capacity.astype(np.float64).reshape(-1)
        lower, low = np.zeros(m * services), np.zeros(m * services)
        lower[::services] = np.minimum(instance.floor, instance.capacity[:, 0])
        low[::services] = -float(instance.floor_penalty)
        due = np.clip(instance.region_floor, 0, instance.region_ceiling).astype(np.float64)
        ceiling = np.maximum(np.minimum(instance.region_ceiling, np.ceil(total)), due)
        penalty = float(instance.region_penalty)
        limited = (instance.region_ceiling < total) | ((due > 0) & (penalty > 0))
        number = np.where(limited, m * services + np.cumsum(limited) - 1, -1)
        upper = np.concatenate([upper, ceiling[limited]])
        lower = np.concatenate([lower, due[limited]])
        low = np.concatenate([low, np.full(int(limited.sum()), -penalty)])
        has_left = (lower > 0) & (low < 0)
        return cls(
            instance=instance,
            unplaced=instance.unplaced.astype(np.float64),
            count=instance.count.astype(np.float64),
            persons=np.maximum(persons, 1.0),
            kind_of=kind_of,
            kind_need=instance.need[first].astype(np.float64),
            of_region=number,
            region=number[instance.region],
            upper=upper,
            lower=lower,
            has_left=has_left,
            low=np.where(has_left, low, 0.0),
            hair=BLUR / max(1.0, float(instance.count.sum())),
        )

    def with_capacity(self, instance: Instance) -> Dual:
        """The dual of the same rows with the places of ``instance``."""
        m, services = instance.capacity.shape
        upper, lower = self.upper.copy(), self.lower.copy()
        upper[: m * services] = instance.capacity.reshape(-1)
        lower[: m * services : services] = np.minimum(instance.floor, instance.capacity[:, 0])
        has_left = (lower > 0) & (self.low < 0)
        return replace(self, instance=instance, upper=upper, lower=lower, has_left=has_left)

    def table(self, y: Ints) -> Ints:
        """What a row of each kind pays at each site (kinds, sites)."""
        m, services = self.instance.capacity.shape
        price = y[: m * services].reshape(m, services).copy()
        some = self.region >= 0
        price[some, 0] += y[self.region[some]]
        paid: Ints = self.kind_need @ price.T
        return paid

    def nets(self, rows: Ints, y: Ints | None = None) -> Ints:
        """Worth less price of every pair of these rows (rows, sites + 1), the last column no place."""
        m = self.instance.sites
        table = np.zeros((len(self.kind_need), m)) if y is None else self.table(y)
        out = np.empty((len(rows), m + 1))
        passes.nets(self.instance.value, self.unplaced, self.kind_of, table, self.hair, rows, out)
        return out
