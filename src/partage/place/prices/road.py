"""Exact prices and what they leave open, by compiled passes: the road for many households."""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from partage.place.certificate import SAFE, Certificate, bound_of, whole_prices
from partage.place.instance import Instance, Ints
from partage.place.moves import Near
from partage.place.prices import passes
from partage.place.prices.descent import Corner, Lowest, lowest
from partage.place.prices.dual import Dual

PAIRS = 1 << 16  # pairs that room is made for at first
MOST_PAIRS = 1 << 19  # more moves than that are not handed out: no search would end


class Priced:
    """An instance without kept priorities, with its exact prices."""

    def __init__(self, dual: Dual, found: Lowest) -> None:
        self.dual, self.found = dual, found
        self.certificate = certificate_at(dual, found.corner.y)
        self._table = self._whole_table()

    @classmethod
    def of(
        cls, instance: Instance, deadline: float = np.inf, start: Corner | None = None
    ) -> Priced:
        """The exact prices of an instance; where the time is up before, prices on the way there."""
        dual = Dual.of(instance)
        return cls(dual, lowest(dual, deadline=deadline, start=start))

    def fill(self) -> Ints:
        """A plan made in one pass at these prices, who has most to lose first: sites (rows,) or counts."""
        dual, instance = self.dual, self.dual.instance
        table = self._table / self.certificate.scale
        best, margin = np.empty(dual.rows, np.int64), np.empty(dual.rows)
        passes.best_two(
            instance.value, dual.unplaced, dual.kind_of, table, dual.hair, np.arange(dual.rows), best,
            margin,
        )  # fmt: skip
        order = np.argsort(-margin, kind="stable")
        single = bool((instance.count == 1).all())
        counts = np.full((dual.rows, 1), -1, np.int32)
        if not single:
            counts = np.zeros((dual.rows, instance.sites), np.int32)
        passes.fill(
            instance.value, instance.unplaced, instance.count, instance.need, dual.kind_of, table,
            instance.region, order, instance.capacity.astype(np.int64),
            instance.region_ceiling.astype(np.int64), counts,
        )  # fmt: skip
        return counts[:, 0] if single and counts.shape[1] == 1 else counts

    def _whole_table(self) -> Ints:
        """What a row of each kind pays at each site, in 1/scale, as whole numbers."""
        c = self.certificate
        instance = self.dual.instance
        per_person = c.floor_price + (c.region_floor_price - c.region_price)[instance.region]
        need = self.dual.kind_need.astype(np.int64)
        table: Ints = need @ c.price.T - need[:, :1] * per_person
        return table

    def bound(self) -> Fraction:
        """The bound of the certificate, the same as ``bound_of`` works out, in one compiled pass."""
        c, instance = self.certificate, self.dual.instance
        largest = c.scale * int(
            max(abs(int(instance.value.max(initial=0))), abs(int(instance.unplaced.min(initial=0))))
        )
        largest += int(np.abs(self._table).max(initial=0))
        if largest * int(instance.count.astype(np.int64).sum()) >= SAFE:
            return Fraction(bound_of(instance, c), c.scale)
        served = passes.bound(
            instance.value,
            instance.unplaced,
            instance.count,
            self.dual.kind_of,
            self._table,
            c.scale,
        )
        owed = (
            _total(instance.capacity, c.price)
            - _total(instance.floor, c.floor_price)
            + _total(instance.region_ceiling, c.region_price)
            - _total(instance.region_floor, c.region_floor_price)
        )
        return Fraction(owed + int(served), c.scale)

    def near(self, width: float) -> Near | None:
        """Each row's best site at the certificate's prices, and the moves of at most that regret.

        None: there are more than a search could look at.
        """
        dual = self.dual
        own = np.empty(dual.rows, np.int64)
        table = self._table / self.certificate.scale
        room = PAIRS
        while True:
            row, to = np.empty(room, np.int64), np.empty(room, np.int64)
            lost = np.empty(room)
            found = passes.near(
                dual.instance.value, dual.unplaced, dual.kind_of, table, width, own, row, to, lost
            )
            if found <= room:
                return Near(own, row[:found], to[:found], lost[:found])
            if found > MOST_PAIRS:
                return None
            room = found


def certificate_at(dual: Dual, y: Ints) -> Certificate:
    """The prices as a certificate: what is below 0 is the price of a floor."""
    instance = dual.instance
    m, services = instance.capacity.shape
    price = np.maximum(y[: m * services].reshape(m, services), 0.0)
    beds = y[: m * services : services]
    penalty = float(instance.floor_penalty)
    above = (
        instance.floor > instance.capacity[:, 0]
    )  # a floor above capacity is missed whatever is done
    floor = np.where(above, penalty, np.minimum(np.maximum(-beds, 0.0), penalty))
    price[:, 0] = np.where(above, np.maximum(beds + penalty, 0.0), price[:, 0])
    regions = len(instance.region_floor)
    of_region = np.zeros(regions)
    some = dual.of_region >= 0
    of_region[some] = y[dual.of_region[some]]
    above = instance.region_floor > instance.region_ceiling
    most = float(instance.region_penalty)
    due = np.where(above, most, np.minimum(np.maximum(-of_region, 0.0), most))
    region = np.where(above, np.maximum(of_region + most, 0.0), np.maximum(of_region, 0.0))
    keep = np.zeros(len(instance.keep_least))
    return whole_prices(instance, price=price, floor=floor, region=region, due=due, keep=keep)


def _total(units: Ints, prices: Ints) -> int:
    some = prices != 0
    pairs = zip(units[some].tolist(), prices[some].tolist(), strict=True)
    return sum(int(u) * int(p) for u, p in pairs)
