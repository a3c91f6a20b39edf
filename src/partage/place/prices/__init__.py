"""Exact prices for problems too large for a general solver, by pivots in the space of prices."""

from __future__ import annotations

import time
from functools import cache


@cache
def load_kernels() -> float:
    """Compiles, or loads what was compiled before, everything compiled here; the seconds it took.

    Once in a process. The first time on a machine it takes about half a minute.
    """
    begun = time.perf_counter()
    import numpy as np

    from partage.place.instance import instance_from
    from partage.place.prices.online import Book

    r = np.random.default_rng(1)
    capacity = np.full((3, 2), 9)
    small = instance_from(
        {
            "value": r.integers(0, 9, (20, 3)), "need": np.ones((20, 2), int), "capacity": capacity,
            "floor": np.full(3, 2), "floor_penalty": np.array(9), "unplaced": np.zeros(20, int),
            "count": np.ones(20, int),
        }
    )[0]  # fmt: skip
    book = Book(small, np.full(20, -1, np.int32))
    book.priced.fill()
    book.priced.near(1.0)
    book.again(small.capacity - 1)
    return time.perf_counter() - begun
