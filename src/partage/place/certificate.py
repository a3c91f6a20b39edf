"""The certificate: prices that bound what any plan could be worth, re-checked by anyone in one pass.

It knows the array format and nothing else of ``place``. By weak duality every admissible set of prices
gives a bound; good prices give a tight one. The formula is in docs/reference/arrays.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from operator import mul
from typing import Any

import numpy as np

from partage.core.errors import InputRefused
from partage.place.instance import Instance, Ints

SAFE = 2**62  # beyond it, whole numbers of the machine could wrap: Python's own are used instead
SCALE_BITS = 20  # prices are rounded to 2^-20 of a value unit, or less finely where they are large
BLOCK = 1 << 16  # pairs worked on at once
NAMES = ("scale", "price", "floor_price", "region_price", "region_floor_price", "keep_price")


@dataclass(frozen=True, slots=True, eq=False)
class Certificate:
    """Prices in 1/``scale`` of a value unit, all int64.

    ``price`` (sites, services) of a unit of capacity; ``floor_price`` (sites,) of a person towards a
    floor; ``region_price`` (regions,) of a person under a ceiling; ``region_floor_price`` (regions,) of
    a person towards what is due; ``keep_price`` (tiers,) of a unit of a kept priority.
    """

    scale: int
    price: Ints
    floor_price: Ints
    region_price: Ints
    region_floor_price: Ints
    keep_price: Ints

    def arrays(self) -> dict[str, Ints]:
        """The arrays of the plan file."""
        return {name: np.asarray(getattr(self, name), np.int64) for name in NAMES}

    @classmethod
    def of(cls, arrays: dict[str, Ints]) -> Certificate:
        """The certificate among the arrays of a plan file; refused if it is not one."""
        missing = [name for name in NAMES if name not in arrays]
        if missing:
            raise InputRefused(
                f"The plan has no certificate: it lacks {', '.join(missing)}.",
                "Ask for the plan with its certificate, as 'partage solve --out' writes it.",
            )
        for name in NAMES:
            if np.asarray(arrays[name]).dtype != np.int64:
                raise InputRefused(
                    f"'{name}' of the certificate is {np.asarray(arrays[name]).dtype}, not int64.",
                    "A certificate is exact: write it in whole numbers of 64 bits.",
                )
        if np.ndim(arrays["scale"]) != 0:
            raise InputRefused("'scale' of the certificate is not one number.", "Write one.")
        return cls(int(arrays["scale"]), *(arrays[name] for name in NAMES[1:]))


def no_prices(instance: Instance) -> Certificate:
    """The certificate that prices nothing: everybody at their best site."""
    regions = len(instance.region_floor)
    return Certificate(
        1,
        np.zeros(instance.capacity.shape, np.int64),
        np.zeros(instance.sites, np.int64),
        np.zeros(regions, np.int64),
        np.zeros(regions, np.int64),
        np.zeros(len(instance.keep_least), np.int64),
    )


def whole_prices(
    instance: Instance, *, price: Ints, floor: Ints, region: Ints, due: Ints, keep: Ints
) -> Certificate:
    """Prices in value units as whole, admissible ones; below 0 they count as 0."""
    parts = [np.maximum(part, 0.0) for part in (price, floor, region, due, keep)]
    largest = max(float(part.max(initial=0.0)) for part in parts)
    scale = 1 << max(0, min(SCALE_BITS, 40 - int(largest).bit_length()))
    price, floor, region, due, keep = (np.rint(part * scale).astype(np.int64) for part in parts)

    def most(penalty: Ints, kept: Ints) -> int:
        return scale * int(penalty) + int((keep * kept.astype(np.int64)).sum())

    found = Certificate(
        scale,
        price,
        np.minimum(floor, most(instance.floor_penalty, instance.keep_floor_penalty)),
        region,
        np.minimum(due, most(instance.region_penalty, instance.keep_region_penalty)),
        keep,
    )
    assert not inadmissible(instance, found)
    return found


def inadmissible(instance: Instance, certificate: Certificate) -> list[str]:
    """Why these numbers bound nothing: shapes, signs and limits that weak duality needs."""
    c = certificate
    regions, tiers = len(instance.region_floor), len(instance.keep_least)
    shapes = {
        "price": instance.capacity.shape,
        "floor_price": (instance.sites,),
        "region_price": (regions,),
        "region_floor_price": (regions,),
        "keep_price": (tiers,),
    }
    faults = [
        f"'{name}' has the shape {getattr(c, name).shape}, not {shape}"
        for name, shape in shapes.items()
        if getattr(c, name).shape != shape
    ]
    if c.scale < 1:
        faults.append(f"'scale' is {c.scale}, not 1 or more")
    if faults:
        return faults
    faults = [f"'{name}' has a negative price" for name in shapes if (getattr(c, name) < 0).any()]
    for name, penalty, kept in (
        ("floor_price", instance.floor_penalty, instance.keep_floor_penalty),
        ("region_floor_price", instance.region_penalty, instance.keep_region_penalty),
    ):
        most = c.scale * int(penalty) + sum(
            int(k) * int(p) for k, p in zip(c.keep_price, kept, strict=True)
        )
        if any(int(price) > most for price in getattr(c, name)):
            faults.append(f"'{name}' is above what a person short may cost, {most}")
    return faults


def bound_of(instance: Instance, certificate: Certificate) -> int:
    """What no plan can be worth more than, in 1/``scale`` of a value unit; exact.

    Refused: numbers that are not admissible.
    """
    faults = inadmissible(instance, certificate)
    if faults:
        raise InputRefused(f"The certificate bounds nothing: {faults[0]}.", "Do not rely on it.")
    c = certificate
    owed = [
        (1, instance.capacity.reshape(-1), c.price.reshape(-1)),
        (-1, instance.floor, c.floor_price),
        (1, instance.region_ceiling, c.region_price),
        (-1, instance.region_floor, c.region_floor_price),
        (-1, instance.keep_least, c.keep_price),
    ]
    total = sum(
        sign * int(units) * int(price)
        for sign, numbers, prices in owed
        for units, price in zip(numbers.tolist(), prices.tolist(), strict=True)
        if price
    )
    return total + _served(instance, c)


def _served(instance: Instance, c: Certificate) -> int:
    """The sum over households of the best that is left to them at these prices."""
    kind: Any = np.int64 if _largest(instance, c) < SAFE else object
    price = c.price.astype(kind).T
    charge = (
        c.floor_price.astype(kind)
        + (c.region_floor_price - c.region_price).astype(kind)[instance.region]
    )
    step = max(1, BLOCK // max(1, instance.sites))
    total = 0
    for a in range(0, instance.households, step):
        part = slice(a, a + step)
        need = instance.need[part].astype(kind)
        net = instance.value[part].astype(kind) * c.scale
        for k, kept in zip(c.keep_price, instance.keep_value, strict=True):
            if k:
                net += kept[part].astype(kind) * int(k)
        net -= need @ price
        net += need[:, :1] * charge
        best = instance.unplaced[part].astype(kind) * c.scale
        net = np.where(instance.value[part] >= 0, net, best[:, None])
        best = np.maximum(best, net.max(axis=1))
        total += sum(map(mul, best.tolist(), instance.count[part].tolist()))
    return total


def _largest(instance: Instance, c: Certificate) -> int:
    """A number that nothing computed for one pair can pass."""

    def most(array: Ints) -> int:
        return max((abs(int(array.min())), abs(int(array.max())))) if array.size else 0

    largest = c.scale * (most(instance.value) + most(instance.unplaced))
    largest += sum(
        int(k) * most(kept) for k, kept in zip(c.keep_price, instance.keep_value, strict=True)
    )
    largest += sum(
        most(instance.need[:, k]) * most(c.price[:, k]) for k in range(instance.need.shape[1])
    )
    return largest + most(instance.need[:, 0]) * (
        most(c.floor_price) + most(c.region_price) + most(c.region_floor_price)
    )
