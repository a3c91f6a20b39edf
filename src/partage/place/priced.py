"""What prices say of each pair and of a whole plan, exactly: worth, price, net, and where a gap lies.

It knows the array format and the certificate, and nothing else of ``place``. All numbers are whole, in
1/``scale`` of a value unit, as in the certificate; the formula is in docs/reference/arrays.md.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from partage.place.certificate import Certificate
from partage.place.instance import Instance, Ints


@dataclass(frozen=True, slots=True)
class Priced:
    """One row at given prices: worth, price and net of each site, and of no place at all.

    ``worth`` and ``price`` (sites,): whole numbers of Python, in 1/``scale`` of a value unit; where a site
    is not allowed they say nothing. ``nowhere`` is the worth of no place, which has no price.
    """

    allowed: tuple[bool, ...]
    worth: tuple[int, ...]
    price: tuple[int, ...]
    nowhere: int

    def net(self, site: int) -> int:
        """Worth less price of a site; of no place for -1."""
        return self.nowhere if site < 0 else self.worth[site] - self.price[site]

    @property
    def best(self) -> int:
        """The most that any allowed site, or no place, leaves at these prices."""
        nets = [self.net(site) for site, may in enumerate(self.allowed) if may]
        return max([self.nowhere, *nets])

    def regret(self, site: int) -> int:
        """What the row gives up at a site, or with no place: 0 where that is a best answer."""
        return self.best - self.net(site)


def priced_rows(instance: Instance, certificate: Certificate, rows: Ints) -> list[Priced]:
    """Those rows at the prices, exactly: worth = scale*value + sum K*keep_value, and
    price = need*P - persons*(F - C + G). Rows are numbers (rows,)."""
    c = certificate
    worth, price = _worth_and_price(instance, c, rows)
    allowed = instance.value[rows] >= 0
    lists = (allowed.tolist(), worth.tolist(), price.tolist(), instance.unplaced[rows].tolist())
    return [
        Priced(tuple(may), tuple(own), tuple(pays), int(unplaced) * c.scale)
        for may, own, pays, unplaced in zip(*lists, strict=True)
    ]


def _worth_and_price(instance: Instance, c: Certificate, rows: Ints) -> tuple[Ints, Ints]:
    """Worth and price of each pair (rows, sites), in whole numbers that are too large for nothing."""
    worth = instance.value[rows].astype(object) * c.scale
    for k, kept in zip(c.keep_price.tolist(), instance.keep_value, strict=True):
        if k:
            worth += kept[rows].astype(object) * k
    need = instance.need[rows].astype(object)
    charge = c.floor_price.astype(object) - c.region_price.astype(object)[instance.region]
    charge += c.region_floor_price.astype(object)[instance.region]
    return worth, need @ c.price.astype(object).T - need[:, :1] * charge


def gap_parts(instance: Instance, site_of: Ints, certificate: Certificate) -> dict[str, int]:
    """What lies between the bound of the prices and the value of a plan, part by part; sums to it exactly.

    ``regret``: what rows give up; ``capacity``: units that have a price and are not used; ``ceiling``,
    ``floor``, ``due``: persons that a region could still have, and that a site or region has above what it
    should, or lacks, at their prices; ``kept``: what higher priorities have above what they must. Each is 0
    or more for a plan within its limits. ``site_of`` (rows,), -1 = no place; rows stand for one household.
    """
    c = certificate
    rows = np.arange(instance.households)
    priced = priced_rows(instance, c, rows)
    placed = np.flatnonzero(site_of >= 0)
    at = site_of[placed]
    used = np.zeros(instance.capacity.shape, np.int64)
    np.add.at(used, at, instance.need[placed].astype(np.int64))
    region = np.zeros(len(instance.region_floor), np.int64)
    np.add.at(region, instance.region, used[:, 0])
    kept = instance.keep_value[:, placed, at].astype(np.int64).sum(axis=1)
    short_site = np.maximum(instance.floor - used[:, 0], 0)
    short_region = np.maximum(instance.region_floor - region, 0)
    kept -= instance.keep_floor_penalty.astype(np.int64) * short_site.sum()
    kept -= instance.keep_region_penalty.astype(np.int64) * short_region.sum()
    return {
        "regret": sum(one.regret(int(site)) for one, site in zip(priced, site_of, strict=True)),
        "capacity": _times(instance.capacity - used, c.price),
        "ceiling": _times(instance.region_ceiling - region, c.region_price),
        "floor": _times(used[:, 0] - instance.floor, c.floor_price)
        + _most(instance.floor_penalty, instance.keep_floor_penalty, c) * int(short_site.sum()),
        "due": _times(region - instance.region_floor, c.region_floor_price)
        + _most(instance.region_penalty, instance.keep_region_penalty, c) * int(short_region.sum()),
        "kept": _times(kept - instance.keep_least, c.keep_price),
    }


def _most(penalty: Ints, kept: Ints, c: Certificate) -> int:
    """What a person short costs, with the priorities that are kept."""
    return c.scale * int(penalty) + _times(kept, c.keep_price)


def _times(units: Ints, prices: Ints) -> int:
    pairs = zip(units.reshape(-1).tolist(), prices.reshape(-1).tolist(), strict=True)
    return sum(int(n) * int(p) for n, p in pairs if p)


def close_calls(
    instance: Instance,
    site_of: Ints,
    certificate: Certificate,
    *,
    hair: float,
    draw: float,
) -> Ints:
    """Rows whose site and second choice differ at the prices by more than ``draw`` and at most ``hair``.

    Both in value units a person; the second choice is the other site with most net that could take the
    whole row if it were empty. A difference within ``draw`` is a draw between equals, not a hair.
    Answers booleans (rows,); a row without a place never is one.
    """
    close = np.zeros(instance.households, bool)
    placed = np.flatnonzero(site_of >= 0)
    for row, one in zip(placed.tolist(), priced_rows(instance, certificate, placed), strict=True):
        here = int(site_of[row])
        fits = (instance.need[row] <= instance.capacity).all(axis=1)
        others = [
            one.net(site)
            for site, may in enumerate(one.allowed)
            if may and site != here and fits[site]
        ]
        if others:
            unit = certificate.scale * max(1, int(instance.need[row, 0]))
            apart = abs(one.net(here) - max(others))
            close[row] = draw * unit < apart <= hair * unit
    return close
