"""Small random instances as arrays: every kind of limit, and the odd shapes that break solvers."""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import strategies as st

from partage.place.instance import Instance, instance_from


@st.composite
def instances(
    draw: st.DrawFn, most: int = 6, sites: int = 3, grouped: bool = False, tiers: bool = True
) -> Instance:
    """Up to ``most`` rows at up to ``sites`` sites; few levels of worth, so that ties are common."""
    n, m, k = draw(st.integers(0, most)), draw(st.integers(1, sites)), draw(st.integers(1, 2))
    regions = draw(st.integers(1, 2))
    top = draw(st.sampled_from([1, 3, 50]))

    def ints(shape: tuple[int, ...], low: int, high: int) -> Any:
        size = int(np.prod(shape))
        return np.array(
            draw(st.lists(st.integers(low, high), min_size=size, max_size=size))
        ).reshape(shape)

    penalty, region_penalty = draw(st.integers(0, 9)), draw(st.integers(0, 9))
    arrays = {
        "value": ints((n, m), -1, top), "need": ints((n, k), 0, 3), "capacity": ints((m, k), 0, 6),
        "floor": ints((m,), 0, 5), "floor_penalty": np.array(penalty), "unplaced": ints((n,), -9, 1),
        "count": ints((n,), 1, 3) if grouped else np.ones(n, int),
        "region": ints((m,), 0, regions - 1), "region_floor": ints((regions,), 0, 6),
        "region_ceiling": ints((regions,), 0, 12), "region_penalty": np.array(region_penalty),
    }  # fmt: skip
    if tiers and draw(st.booleans()):
        arrays |= {
            "keep_value": ints((1, n, m), 0, 3), "keep_floor_penalty": ints((1,), 0, 2),
            "keep_region_penalty": ints((1,), 0, 2), "keep_least": np.array([-1000]),
        }  # fmt: skip
    return instance_from(arrays)[0]


def apart(instance: Instance) -> Instance:
    """The same with a row for each household of a grouped row."""
    often = instance.count
    arrays = {
        name: np.repeat(getattr(instance, name), often, axis=0)
        for name in ("value", "need", "unplaced")
    }
    arrays["keep_value"] = np.repeat(instance.keep_value, often, axis=1)
    arrays["count"] = np.ones(int(often.sum()), int)
    for name in (
        "capacity", "floor", "floor_penalty", "region", "region_floor", "region_ceiling", "region_penalty",
        "keep_floor_penalty", "keep_region_penalty", "keep_least",
    ):  # fmt: skip
        arrays[name] = getattr(instance, name)
    return instance_from(arrays)[0]


def drawn(seed: int, rows: int, sites: int, services: int = 3, **shape: Any) -> Instance:
    """A larger instance from a seed. ``shape``: slack, barred, levels (of worth), sizes, floor, due."""
    r = np.random.default_rng([seed, rows, sites])
    persons = r.integers(1, shape.get("sizes", 5), rows, endpoint=True)
    need = np.stack([persons, *(r.binomial(persons, 0.4) for _ in range(services - 1))], axis=1)
    levels = shape.get("levels", 10_000)
    value = r.integers(0, levels, (rows, sites), endpoint=True) * persons[:, None]
    value[r.random((rows, sites)) < shape.get("barred", 0.1)] = -1
    share = r.dirichlet(np.full(sites, 5.0))[:, None]
    capacity = np.floor(shape.get("slack", 1.05) * need.sum(axis=0) * share).astype(int)
    arrays = {
        "value": value, "need": need, "capacity": capacity,
        "floor": (shape.get("floor", 0.5) * capacity[:, 0]).astype(int),
        "floor_penalty": np.array(levels), "unplaced": -levels * persons, "count": np.ones(rows, int),
    }  # fmt: skip
    if "due" in shape:
        regions = 3
        arrays |= {
            "region": r.integers(0, regions, sites),
            "region_floor": np.full(regions, int(shape["due"] * persons.sum() / regions)),
            "region_ceiling": np.full(regions, int(1.2 * persons.sum() / regions)),
            "region_penalty": np.array(levels // 2),
        }
    return instance_from(arrays)[0]
