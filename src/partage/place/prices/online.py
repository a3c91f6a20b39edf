"""Between plans: one household decided from standing prices, and a plan again that moves few."""

from __future__ import annotations

import time
from dataclasses import replace

import numpy as np
from numba import njit

from partage.place.answer import Answer, answer_of
from partage.place.certificate import Certificate
from partage.place.instance import Instance, Ints
from partage.place.prices.descent import Corner, lowest
from partage.place.prices.road import Priced
from partage.place.solved import plan_value


class Standing:
    """Prices that stand until the next plan: ``price`` (sites, services), of a bed less its floor's."""

    def __init__(self, instance: Instance, certificate: Certificate) -> None:
        c = certificate
        price = c.price / c.scale
        per_person = c.floor_price + (c.region_floor_price - c.region_price)[instance.region]
        price[:, 0] -= per_person / c.scale
        self.price = np.ascontiguousarray(price)
        self._by_service = np.ascontiguousarray(price.T)

    def decide(self, value: Ints, need: Ints, unplaced: int) -> int:
        """The site of most worth at these prices for one household, -1 if no place is worth more.

        ``value`` (sites,) int32, negative = not allowed; ``need`` (services,) int16.
        """
        return int(_decide(self.price, value, need, unplaced))

    def decide_many(self, value: Ints, need: Ints, unplaced: Ints) -> Ints:
        """The same for many households: (households, sites), (households, services), (households,)."""
        site = np.empty(len(value), np.int32)
        _decide_many(self._by_service, value, need, unplaced, site)
        return site


@njit(cache=True, nogil=True)
def _decide(price, value, need, unplaced):
    m, k = price.shape
    best, at = float(unplaced), -1
    for j in range(m):
        if value[j] >= 0:
            net = float(value[j])
            for s in range(k):
                net -= need[s] * price[j, s]
            if net > best:
                best, at = net, j
    return at


@njit(cache=True, nogil=True, fastmath={"nnan", "nsz", "reassoc", "contract"})
def _decide_many(by_service, value, need, unplaced, site):
    k, m = by_service.shape
    pay = np.empty(m)
    for i in range(len(value)):
        pay[:] = 0.0
        for s in range(k):
            units = float(need[i, s])
            if units != 0.0:
                for j in range(m):
                    pay[j] += units * by_service[s, j]
        best, at = float(unplaced[i]), -1
        for j in range(m):
            net = value[i, j] - pay[j]
            if net > best and value[i, j] >= 0:
                best, at = net, j
        site[i] = at


class Book:
    """A plan with its prices, kept so that a change of places costs milliseconds and moves few."""

    def __init__(self, instance: Instance, site_of: Ints) -> None:
        self.instance, self.site_of = instance, site_of.astype(np.int32)
        self.priced = Priced.of(instance)

    def again(self, capacity: Ints) -> Answer:
        """The plan after the places changed: who need not move stays; with prices for the new places.

        Households are moved where a site has too little now, one by one, each time the one that gives up
        least, to a place that is free; who finds none keeps no place and is named in the plan. Prices are
        exact for the new places. The book itself stays as it was.
        """
        begun = time.perf_counter()
        instance = replace(self.instance, capacity=capacity)
        old = self.priced.found.corner
        start = Corner(
            old.y.copy(),
            old.what.copy(),
            old.row.copy(),
            old.own.copy(),
            old.other.copy(),
            old.side.copy(),
        )
        dual = self.priced.dual.with_capacity(instance)
        priced = Priced(dual, lowest(dual, start=start))
        site_of = self.site_of.copy()
        left = instance.capacity.astype(np.int64)
        room = instance.region_ceiling.astype(np.int64)
        _taken(site_of, instance.need, instance.region, left, room)
        _make_room(
            instance.value, instance.unplaced, instance.need, instance.region, left, room, site_of
        )
        price_bound = priced.bound()
        value = plan_value(instance, site_of)
        bound = price_bound.__floor__()
        return answer_of(
            instance,
            site_of,
            None,
            priced.certificate,
            price_bound=price_bound,
            bound=bound,
            proof="prices" if bound <= value else "",
            road="again",
            seconds=time.perf_counter() - begun,
            passes=priced.found.passes,
            previous=self.site_of,
            value=value,
        )


@njit(cache=True, nogil=True)
def _taken(site_of, need, region, left, room):
    """Takes what a plan uses off what is there; less than nothing where it does not fit."""
    for i in range(len(site_of)):
        j = site_of[i]
        if j >= 0:
            for s in range(need.shape[1]):
                left[j, s] -= need[i, s]
            room[region[j]] -= need[i, 0]


@njit(cache=True, nogil=True)
def _fits(i, j, here, need, region, left, room):
    for s in range(need.shape[1]):
        if need[i, s] > left[j, s]:
            return False
    return region[j] == region[here] or need[i, 0] <= room[region[j]]


@njit(cache=True, nogil=True)
def _make_room(value, unplaced, need, region, left, room, site_of):
    """Moves households from sites that have too little, least loss per unit missing first."""
    n, m = value.shape
    k = need.shape[1]
    for site in range(m):
        while True:
            lacks = False
            for s in range(k):
                lacks = lacks or left[site, s] < 0
            if not lacks:
                break
            who, to, least = -1, -1, np.inf
            for i in range(n):
                if site_of[i] != site:
                    continue
                eased = 0
                for s in range(k):
                    if left[site, s] < 0:
                        eased += min(np.int64(need[i, s]), -left[site, s])
                if eased == 0:
                    continue
                best, at = unplaced[i], -1
                for j in range(m):
                    if j == site or value[i, j] < 0 or value[i, j] <= best:
                        continue
                    if _fits(i, j, site, need, region, left, room):
                        best, at = value[i, j], j
                loss = (value[i, site] - best) / eased
                if loss < least:
                    who, to, least = i, at, loss
            if who < 0:
                break
            for s in range(k):
                left[site, s] += need[who, s]
                if to >= 0:
                    left[to, s] -= need[who, s]
            room[region[site]] += need[who, 0]
            if to >= 0:
                room[region[to]] -= need[who, 0]
            site_of[who] = to
