"""A placement problem as one integer program, built for the peers from the arrays alone.

Nothing of the engine is used, so that a fault of its own program cannot hide in theirs.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

Arrays = dict[str, Any]

MOST = np.iinfo(np.int32).max  # as a ceiling: none


def whole_format(a: Arrays) -> Arrays:
    """The arrays with the neutral value of every optional one that is absent."""
    n, m = a["value"].shape
    region = a.get("region", np.zeros(m, np.int16))
    regions = max(int(region.max()) + 1, len(a.get("region_floor", ())))
    keep = a.get("keep_value", np.zeros((0, n, m), np.int32))
    neutral = {
        "region": region,
        "region_floor": np.zeros(regions, np.int32),
        "region_ceiling": np.full(regions, MOST),
        "region_penalty": np.int32(0),
        "keep_value": keep,
        "keep_floor_penalty": np.zeros(len(keep), np.int32),
        "keep_region_penalty": np.zeros(len(keep), np.int32),
        "keep_least": np.full(len(keep), -(2**53), np.int64),
    }
    return neutral | a


@dataclass(frozen=True, slots=True, eq=False)
class Program:
    """`max cost·x + offset`, `0 <= x <= upper`, `lower <= A·x <= higher`; A by columns.

    Columns: an allowed pair each (whole numbers), then persons short at each site, then in each region.
    Rows: one place a household; capacities; floors of sites; ceilings, then dues, of regions; kept tiers.
    """

    pairs: Any  # (pairs, 2)
    cost: Any
    upper: Any
    lower: Any
    higher: Any
    start: Any
    index: Any
    number: Any
    offset: int

    def rows(self) -> Iterator[tuple[Any, Any, float, float]]:
        """Each row that can bind: its columns, their numbers, and its two limits."""
        column = np.repeat(np.arange(len(self.cost)), np.diff(self.start))
        order = np.argsort(self.index, kind="stable")
        ends = np.searchsorted(self.index[order], np.arange(len(self.lower) + 1))
        for row, (low, high) in enumerate(zip(self.lower, self.higher, strict=True)):
            mine = order[ends[row] : ends[row + 1]]
            if np.isfinite(low) or np.isfinite(high):
                yield column[mine], self.number[mine], low, high


def program(a: Arrays) -> Program:
    """The program of an instance in the whole format."""
    n, m = a["value"].shape
    k, regions, tiers = a["need"].shape[1], len(a["region_floor"]), len(a["keep_value"])
    pairs = np.argwhere(a["value"] >= 0)
    i, j = pairs[:, 0], pairs[:, 1]
    floor, most = n + m * k, n + m * k + m  # where the blocks of rows begin
    due, keep = most + regions, most + 2 * regions
    row, number = _pairs(a, i, j, (floor, most, due, keep))
    short_row, short_number = _shortfalls(a, floor, due, keep)
    lower, higher = np.full(keep + tiers, -np.inf), np.full(keep + tiers, np.inf)
    higher[:n], higher[n:floor] = a["count"], a["capacity"].reshape(-1)
    higher[most:due] = np.where(a["region_ceiling"] < MOST, a["region_ceiling"], np.inf)
    lower[floor:most] = np.where(a["floor"] > 0, a["floor"], -np.inf)
    lower[due:keep] = np.where(a["region_floor"] > 0, a["region_floor"], -np.inf)
    lower[keep:] = a["keep_least"]
    some, short_some = number != 0, short_number != 0
    length = np.concatenate([some.sum(1), short_some.sum(1)])
    toll = [np.repeat(a["floor_penalty"], m), np.repeat(a["region_penalty"], regions)]
    gain = a["value"][i, j].astype(float) - a["unplaced"][i]
    return Program(
        pairs=pairs,
        cost=np.concatenate([gain, *(-part.astype(float) for part in toll)]),
        upper=np.concatenate([a["count"][i], a["floor"], a["region_floor"]]).astype(float),
        lower=lower,
        higher=higher,
        start=np.concatenate([[0], length.cumsum()]).astype(np.int32),
        index=np.concatenate([row[some], short_row[short_some]]).astype(np.int32),
        number=np.concatenate([number[some], short_number[short_some]]),
        offset=int((a["unplaced"].astype(np.int64) * a["count"]).sum()),
    )


def _pairs(a: Arrays, i: Any, j: Any, at: tuple[int, int, int, int]) -> tuple[Any, Any]:
    """Rows and numbers of every pair's column: (pairs, entries) each."""
    n, k = len(a["count"]), a["need"].shape[1]
    floor, most, due, keep = at
    persons, region = a["need"][i, 0].astype(float), a["region"][j].astype(np.int64)
    rows = [i, *(n + j * k + s for s in range(k)), floor + j, most + region, due + region]
    numbers = [np.ones(len(i)), *(a["need"][i, s].astype(float) for s in range(k))]
    numbers += [
        persons * (a["floor"][j] > 0),
        persons * (a["region_ceiling"][region] < MOST),
        persons * (a["region_floor"][region] > 0),
    ]
    for tier, kept in enumerate(a["keep_value"]):
        rows.append(np.full(len(i), keep + tier))
        numbers.append(kept[i, j].astype(float))
    return np.stack(rows, 1), np.stack(numbers, 1)


def _shortfalls(a: Arrays, floor: int, due: int, keep: int) -> tuple[Any, Any]:
    """Rows and numbers of the columns of persons short: towards their floor, and off each kept tier."""
    m, regions, tiers = len(a["floor"]), len(a["region_floor"]), len(a["keep_value"])
    own = np.concatenate([floor + np.arange(m), due + np.arange(regions)])[:, None]
    kept = np.tile(keep + np.arange(tiers), (m + regions, 1))
    off = np.vstack(
        [
            np.tile(a["keep_floor_penalty"].astype(float), (m, 1)),
            np.tile(a["keep_region_penalty"].astype(float), (regions, 1)),
        ]
    )
    return np.hstack([own, kept]), np.hstack([np.ones((m + regions, 1)), -off])


def plan_from(a: Arrays, pairs: Any, amount: Any) -> dict[str, Any]:
    """The plan that gives those amounts to those pairs, in whole households."""
    whole = np.rint(amount).astype(np.int64)
    n, m = a["value"].shape
    if (a["count"] == 1).all():
        site = np.full(n, -1, np.int32)
        site[pairs[whole > 0, 0]] = pairs[whole > 0, 1]
        return {"site": site}
    counts = np.zeros((n, m), np.int32)
    counts[pairs[:, 0], pairs[:, 1]] = whole
    return {"counts": counts}
