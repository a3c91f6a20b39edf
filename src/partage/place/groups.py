"""Rows that are alike in everything are one row with a count: a search need not tell them apart."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from partage.place.instance import Instance, Ints


def group(instance: Instance) -> tuple[Instance, Ints]:
    """The same problem with one row for rows of the same worths and needs, and the group of each row.

    Groups stand in the order of their first rows. What only mechanisms that serve in order read is dropped.
    """
    alike = np.concatenate(
        [instance.value, instance.need, instance.unplaced[:, None], *instance.keep_value], axis=1
    )
    _, first, of = np.unique(alike, axis=0, return_index=True, return_inverse=True)
    order = np.argsort(first)
    rank = np.argsort(order)
    of = rank[of.reshape(-1)]
    rows = first[order]
    count = np.bincount(of, instance.count, len(rows)).astype(np.int32)
    grouped = replace(
        instance,
        value=instance.value[rows],
        need=instance.need[rows],
        unplaced=instance.unplaced[rows],
        count=count,
        keep_value=instance.keep_value[:, rows],
        order=np.zeros(0, np.int32),
        km=np.zeros((0, 0), np.int32),
    )
    return grouped, of


def ungroup(counts: Ints, of: Ints, count: Ints) -> Ints:
    """The counts of each row (rows, sites) from those of its group: rows and sites in their order."""
    left = counts.astype(np.int64).copy()
    out = np.zeros((len(of), counts.shape[1]), np.int32)
    for i, g in enumerate(of.tolist()):
        open_ = int(count[i])
        for j in np.flatnonzero(left[g]).tolist():
            taken = min(open_, int(left[g, j]))
            out[i, j] = taken
            left[g, j] -= taken
            open_ -= taken
            if not open_:
                break
    return out
