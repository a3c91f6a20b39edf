"""Placement problems as linear programs: columns, and rows that limit them; nothing solves them here."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from partage.place.instance import Instance, Ints

INFINITE = float("inf")


@dataclass(frozen=True, slots=True, eq=False)
class Program:
    """``max`` (or ``min``) ``cost·x + offset``, ``0 <= x <= upper``, ``lower <= A·x <= higher``.

    A stands by rows (start, index, entry); ``whole`` says which columns must be whole numbers.
    """

    cost: Ints
    upper: Ints
    whole: Ints
    lower: Ints
    higher: Ints
    start: Ints
    index: Ints
    entry: Ints
    offset: float
    maximise: bool


@dataclass(frozen=True, slots=True, eq=False)
class Linear:
    """The program with a column a pair of a household and a site.

    Columns: ``pairs`` (pairs, 2), then persons short at each site, then in each region. Rows, each block
    where ``at`` says it begins: one place a household; capacity of each site and service; floor of each
    site; ceiling, then floor, of each region; one kept tier each.
    """

    pairs: Ints
    program: Program
    at: dict[str, int]


def linear(instance: Instance, pairs: Ints | None = None) -> Linear:
    """The program of an instance, or of those pairs of it only."""
    n, m = instance.value.shape
    k, regions, tiers = (
        instance.need.shape[1],
        len(instance.region_floor),
        len(instance.keep_least),
    )
    if pairs is None:
        pairs = np.argwhere(instance.value >= 0)
    i, j = pairs[:, 0], pairs[:, 1]
    x = len(pairs)
    at = {"household": 0, "capacity": n}
    at["floor"] = at["capacity"] + m * k
    at["ceiling"] = at["floor"] + m
    at["due"] = at["ceiling"] + regions
    at["keep"] = at["due"] + regions
    rows = at["keep"] + tiers
    columns = np.arange(x)
    persons = instance.need[i, 0].astype(float)
    short = x + np.arange(m)
    missing = x + m + np.arange(regions)
    parts: list[tuple[Ints, Ints, Ints]] = [(i, columns, np.ones(x))]
    for service in range(k):
        units = instance.need[i, service].astype(float)
        parts.append((at["capacity"] + j * k + service, columns, units))
    parts.append((at["floor"] + j, columns, persons))
    parts.append((at["floor"] + np.arange(m), short, np.ones(m)))
    parts.append((at["ceiling"] + instance.region[j].astype(np.int64), columns, persons))
    parts.append((at["due"] + instance.region[j].astype(np.int64), columns, persons))
    parts.append((at["due"] + np.arange(regions), missing, np.ones(regions)))
    for tier in range(tiers):
        row = at["keep"] + tier
        parts.append((np.full(x, row), columns, instance.keep_value[tier][i, j].astype(float)))
        parts.append(
            (np.full(m, row), short, np.full(m, -float(instance.keep_floor_penalty[tier])))
        )
        parts.append(
            (
                np.full(regions, row),
                missing,
                np.full(regions, -float(instance.keep_region_penalty[tier])),
            )
        )
    start, index, entry = by_rows(parts, rows)
    lower, higher = np.full(rows, -INFINITE), np.full(rows, INFINITE)
    higher[:n] = instance.count
    higher[n : at["floor"]] = instance.capacity.reshape(-1)
    lower[at["floor"] : at["ceiling"]] = np.where(instance.floor > 0, instance.floor, -INFINITE)
    higher[at["ceiling"] : at["due"]] = instance.region_ceiling
    lower[at["due"] : at["keep"]] = np.where(
        instance.region_floor > 0, instance.region_floor, -INFINITE
    )
    lower[at["keep"] :] = instance.keep_least
    cost = np.concatenate(
        [
            instance.value[i, j].astype(float) - instance.unplaced[i],
            np.full(m, -float(instance.floor_penalty)),
            np.full(regions, -float(instance.region_penalty)),
        ]
    )
    upper = np.concatenate(
        [
            instance.count[i].astype(float),
            instance.floor.astype(float),
            np.maximum(instance.region_floor, 0).astype(float),
        ]
    )
    whole = np.arange(len(cost)) < x
    offset = float((instance.unplaced.astype(np.int64) * instance.count).sum())
    return Linear(
        pairs,
        Program(cost, upper, whole, lower, higher, start, index, entry, offset, True),
        at,
    )


def by_rows(parts: list[tuple[Ints, Ints, Ints]], rows: int) -> tuple[Ints, Ints, Ints]:
    """Entries (row, column, number) as one matrix by rows; zeros left out."""
    row = np.concatenate([p[0] for p in parts])
    column = np.concatenate([p[1] for p in parts])
    number = np.concatenate([p[2] for p in parts])
    some = number != 0
    row, column, number = row[some], column[some], number[some]
    order = np.lexsort((column, row))
    start = np.zeros(rows + 1, np.int32)
    np.cumsum(np.bincount(row, minlength=rows), out=start[1:])
    return start, column[order].astype(np.int32), number[order]
