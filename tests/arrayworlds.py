"""Placement problems as arrays, made up; and what they mean, worked out again in the plainest way.

Nothing of ``partage`` is used to work anything out here: loops and fractions, as a reader of
docs/reference/arrays.md would write them.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import numpy as np
from hypothesis import strategies as st

Arrays = dict[str, Any]
Choice = tuple[int, ...]  # a site a row, -1 = no place


@st.composite
def tiny_arrays(draw: st.DrawFn, rows: int = 4, grouped: bool = False) -> Arrays:
    """Everything the format has, small enough that every plan can be tried; one plan fits at least."""
    n, m, k = draw(st.integers(0, rows)), draw(st.integers(1, 3)), draw(st.integers(1, 3))
    regions, tiers = draw(st.integers(1, 2)), draw(st.integers(0, 2))

    def ints(low: int, high: int, *shape: int) -> np.ndarray:
        size = int(np.prod(shape))
        numbers = draw(st.lists(st.integers(low, high), min_size=size, max_size=size))
        return np.array(numbers, np.int64).reshape(shape)

    made = {
        "value": ints(-2, 9, n, m), "need": ints(0, 3, n, k), "capacity": ints(0, 6, m, k),
        "floor": ints(0, 4, m), "floor_penalty": ints(0, 3), "unplaced": ints(-4, 3, n),
        "count": ints(1, 3, n) if grouped else np.ones(n, np.int64),
        "region": ints(0, regions - 1, m), "region_floor": ints(0, 5, regions),
        "region_ceiling": ints(0, 9, regions), "region_penalty": ints(0, 3),
        "keep_value": ints(-2, 5, tiers, n, m), "keep_floor_penalty": ints(0, 2, tiers),
        "keep_region_penalty": ints(0, 2, tiers), "keep_least": np.zeros(tiers, np.int64),
    }  # fmt: skip
    fitting = [kept for plan in plans(made) if (kept := worth(made, plan)) is not None]
    chosen = fitting[draw(st.integers(0, len(fitting) - 1))] if tiers else None
    if chosen is not None:
        slack = ints(0, 1, tiers)
        made["keep_least"] = np.array(chosen[1], np.int64) - slack
    return made


def plans(a: Arrays) -> Iterator[Choice]:
    """Every way to give each row one site or none (only meant for rows that count once)."""
    sites = [[-1, *(j for j, v in enumerate(row) if v >= 0)] for row in a["value"].tolist()]
    return itertools.product(*sites)


def counts_of(a: Arrays, plan: Choice) -> list[list[int]]:
    """A plan of sites as so many of each row at each site."""
    sites = len(a["capacity"])
    return [
        [int(n) if j == at else 0 for j in range(sites)]
        for n, at in zip(a["count"].tolist(), plan, strict=True)
    ]


def worth(a: Arrays, plan: Choice) -> tuple[int, list[int]] | None:
    """The value of a plan and what it reaches of each kept priority; None if it breaks a hard limit
    (the kept priorities themselves are left to the caller)."""
    return worth_of_counts(a, counts_of(a, plan))


def worth_of_counts(a: Arrays, counts: list[list[int]]) -> tuple[int, list[int]] | None:
    sites, services = a["capacity"].shape
    used = [[0] * services for _ in range(sites)]
    value, kept = 0, [0] * len(a["keep_value"])
    for i, row in enumerate(counts):
        value += (int(a["count"][i]) - sum(row)) * int(a["unplaced"][i])
        for j, number in enumerate(row):
            if number and a["value"][i, j] < 0:
                return None
            value += number * int(a["value"][i, j])
            for t in range(len(kept)):
                kept[t] += number * int(a["keep_value"][t, i, j])
            for s in range(services):
                used[j][s] += number * int(a["need"][i, s])
    for j in range(sites):
        for s in range(services):
            if used[j][s] > a["capacity"][j, s]:
                return None
    short_sites = sum(max(0, int(a["floor"][j]) - used[j][0]) for j in range(sites))
    short_regions = 0
    for r in range(len(a["region_floor"])):
        persons = sum(used[j][0] for j in range(sites) if a["region"][j] == r)
        if persons > a["region_ceiling"][r]:
            return None
        short_regions += max(0, int(a["region_floor"][r]) - persons)
    value -= int(a["floor_penalty"]) * short_sites + int(a["region_penalty"]) * short_regions
    for t in range(len(kept)):
        kept[t] -= int(a["keep_floor_penalty"][t]) * short_sites
        kept[t] -= int(a["keep_region_penalty"][t]) * short_regions
    return value, kept


def fits(a: Arrays, plan: Choice) -> bool:
    """Whether a plan keeps every hard limit, the kept priorities too."""
    found = worth(a, plan)
    return found is not None and all(k >= b for k, b in zip(found[1], a["keep_least"], strict=True))


def best_value(a: Arrays) -> int:
    """The most that any plan is worth, by trying all of them."""
    return max(found[0] for plan in plans(a) if fits(a, plan) and (found := worth(a, plan)))


@st.composite
def prices_for(draw: st.DrawFn, a: Arrays, tier: int | None = None) -> Arrays:
    """Any admissible prices at all; with ``tier`` for that kept priority."""
    sites, services = a["capacity"].shape
    scale = draw(st.integers(1, 6))
    tiers, regions = len(a["keep_value"]) if tier is None else tier, len(a["region_floor"])
    short_site = a["floor_penalty"] if tier is None else a["keep_floor_penalty"][tier]
    short_region = a["region_penalty"] if tier is None else a["keep_region_penalty"][tier]

    def ints(high: int, *shape: int) -> np.ndarray:
        size = int(np.prod(shape))
        numbers = draw(st.lists(st.integers(0, high), min_size=size, max_size=size))
        return np.array(numbers, np.int64).reshape(shape)

    keep = ints(8, tiers)
    most_floor = scale * int(short_site) + int((keep * a["keep_floor_penalty"][:tiers]).sum())
    most_due = scale * int(short_region) + int((keep * a["keep_region_penalty"][:tiers]).sum())
    return {
        "scale": np.array(scale, np.int64), "price": ints(12, sites, services),
        "floor_price": ints(most_floor, sites), "region_price": ints(12, regions),
        "region_floor_price": ints(most_due, regions), "keep_price": keep,
    }  # fmt: skip


def bound_again(a: Arrays, c: Arrays, tier: int | None = None) -> Fraction:
    """What no plan can be worth more than, in value units, by the formula as it stands in the docs.

    With ``tier``: what no plan can reach of that kept priority, among those that keep the ones before it.
    """
    scale = int(c["scale"])
    before = len(a["keep_value"]) if tier is None else tier
    pairs = a["value"] if tier is None else a["keep_value"][tier]
    sites, services = a["capacity"].shape
    total = Fraction(0)
    for j in range(sites):
        for s in range(services):
            total += Fraction(int(a["capacity"][j, s]) * int(c["price"][j, s]), scale)
        total -= Fraction(int(a["floor"][j]) * int(c["floor_price"][j]), scale)
    for r in range(len(a["region_floor"])):
        total += Fraction(int(a["region_ceiling"][r]) * int(c["region_price"][r]), scale)
        total -= Fraction(int(a["region_floor"][r]) * int(c["region_floor_price"][r]), scale)
    for t in range(before):
        total -= Fraction(int(a["keep_least"][t]) * int(c["keep_price"][t]), scale)
    for i in range(len(a["value"])):
        best = Fraction(int(a["unplaced"][i]) if tier is None else 0)
        for j in range(sites):
            if a["value"][i, j] < 0:
                continue
            net = Fraction(int(pairs[i, j]))
            for t in range(before):
                net += Fraction(int(c["keep_price"][t]) * int(a["keep_value"][t, i, j]), scale)
            for s in range(services):
                net -= Fraction(int(a["need"][i, s]) * int(c["price"][j, s]), scale)
            r = int(a["region"][j])
            a_person = (
                int(c["floor_price"][j]) - int(c["region_price"][r])
                + int(c["region_floor_price"][r])
            )  # fmt: skip
            net += Fraction(int(a["need"][i, 0]) * a_person, scale)
            best = max(best, net)
        total += int(a["count"][i]) * best
    return total


def small_arrays(seed: int, rows: int = 40, sites: int = 6, services: int = 3) -> Arrays:
    """A problem as bench/instances draws them, small: sizes, services, floors, dues, some pairs not allowed."""
    luck = np.random.Generator(np.random.PCG64(seed))
    size = luck.choice([1, 2, 3, 4, 5], rows, p=[0.5, 0.2, 0.15, 0.1, 0.05])
    need = np.stack([size] + [luck.binomial(size, 0.3) for _ in range(services - 1)], 1)
    value = luck.integers(1, 1000, (rows, sites)) * size[:, None]
    value[luck.random((rows, sites)) < 0.15] = -1
    share = luck.dirichlet(np.full(sites, 6.0))
    capacity = np.ceil(need.sum(0)[None, :] * share[:, None] * 1.1).astype(np.int64) + 1
    region = np.arange(sites) % 2
    due = np.array([int(need[:, 0].sum() * 0.45)] * 2)
    return {
        "value": value, "need": need, "capacity": capacity,
        "floor": np.floor(0.7 * need[:, 0].sum() * share).astype(np.int64),
        "floor_penalty": np.array(300), "unplaced": -1000 * size, "count": np.ones(rows, np.int64),
        "region": region, "region_floor": due,
        "region_ceiling": np.array([int(need[:, 0].sum() * 0.6)] * 2),
        "region_penalty": np.array(200), "keep_value": np.zeros((0, rows, sites), np.int64),
        "keep_floor_penalty": np.zeros(0, np.int64), "keep_region_penalty": np.zeros(0, np.int64),
        "keep_least": np.zeros(0, np.int64),
    }  # fmt: skip
