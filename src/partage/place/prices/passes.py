"""Compiled passes over all pairs: what each row would choose at given prices, and by how much."""

from __future__ import annotations

import numpy as np
from numba import njit

NEVER = -1e300  # worth of what is not allowed


@njit(cache=True, nogil=True, inline="always")
def lot(i, j):
    """A number in [0, 1) that belongs to a pair: it parts equal worths, always in the same way."""
    x = np.uint64(i) * np.uint64(0x9E3779B97F4A7C15) + np.uint64(j) * np.uint64(0xBF58476D1CE4E5B9)
    x ^= x >> np.uint64(31)
    x *= np.uint64(0x94D049BB133111EB)
    x ^= x >> np.uint64(29)
    return float(x >> np.uint64(11)) / 9007199254740992.0


@njit(cache=True, nogil=True, fastmath={"nnan", "nsz", "reassoc", "contract"})
def best_two(value, unplaced, kind_of, table, hair, rows, best, margin):
    """Each row's best site at these prices (``sites`` = no place) and how far the second is behind.

    ``table`` (kinds, sites): what a row of that kind pays at a site. ``hair`` times a lot parts equals.
    """
    m = value.shape[1]
    net = np.empty(m)
    for n in range(len(rows)):
        i = rows[n]
        pay, worth = table[kind_of[i]], value[i]
        for j in range(m):
            net[j] = worth[j] - pay[j] if worth[j] >= 0 else NEVER
        first = unplaced[i]
        for j in range(m):
            first = max(first, net[j])
        at = m
        second = NEVER
        if first > unplaced[i]:
            second = unplaced[i]
            at = 0
            while net[at] != first:
                at += 1
            net[at] = NEVER
        for j in range(m):
            second = max(second, net[j])
        margin[n] = first - second
        best[n] = at
        if first - second <= hair:
            if at < m:
                net[at] = first
            best[n], margin[n] = _by_lot(net, unplaced[i], hair, i)


@njit(cache=True, nogil=True)
def _by_lot(net, none, hair, i):
    """The best of a row whose first and second are within a hair, by their lots; and its margin."""
    m = len(net)
    first, second, at = none + hair * lot(i, m), NEVER, m
    for j in range(m):
        if net[j] > NEVER:
            own = net[j] + hair * lot(i, j)
            if own > first:
                first, second, at = own, first, j
            else:
                second = max(second, own)
    return at, first - second


@njit(cache=True, nogil=True)
def nets(value, unplaced, kind_of, table, hair, rows, out):
    """Worth less price of every pair of these rows; the last column is no place; -inf not allowed."""
    m = value.shape[1]
    for n in range(len(rows)):
        i = rows[n]
        pay = table[kind_of[i]]
        for j in range(m):
            if value[i, j] >= 0:
                out[n, j] = value[i, j] + hair * lot(i, j) - pay[j]
            else:
                out[n, j] = -np.inf
        out[n, m] = unplaced[i] + hair * lot(i, m)


@njit(cache=True, nogil=True)
def near(value, unplaced, kind_of, table, width, own, row, to, lost):
    """Each row's best site (``sites`` = no place), and the pairs that give up at most ``width``.

    Writes as many pairs as ``row`` holds; returns how many there are.
    """
    n, m = value.shape
    found = 0
    net = np.empty(m + 1)
    for i in range(n):
        pay, worth = table[kind_of[i]], value[i]
        net[m] = unplaced[i]
        for j in range(m):
            net[j] = worth[j] - pay[j] if worth[j] >= 0 else NEVER
        at = 0
        for j in range(1, m + 1):
            if net[j] > net[at]:
                at = j
        own[i] = at
        least = net[at] - width
        for j in range(m + 1):
            if net[j] >= least and j != at:
                if found < len(row):
                    row[found], to[found], lost[found] = i, j, net[at] - net[j]
                found += 1
    return found


@njit(cache=True, nogil=True)
def bound(value, unplaced, count, kind_of, table, scale):
    """The sum over rows of count times the best that is left at whole prices, in 1/scale; exact."""
    n, m = value.shape
    total = np.int64(0)
    for i in range(n):
        pay, worth = table[kind_of[i]], value[i]
        best = np.int64(unplaced[i]) * scale
        for j in range(m):
            if worth[j] >= 0:
                best = max(best, np.int64(worth[j]) * scale - pay[j])
        total += best * count[i]
    return total


@njit(cache=True, nogil=True)
def fill(value, unplaced, count, need, kind_of, table, region, order, left, room, counts):
    """Serves rows in that order, each to the site of most worth at these prices where one still fits.

    ``left`` (sites, services) and ``room`` (regions,) are what is free, and used up; ``counts`` takes the
    site of each row (rows, 1), -1 for none, or (rows, sites) how many of a grouped row are at each.
    """
    m, k = value.shape[1], need.shape[1]
    for i in order:
        pay, worth = table[kind_of[i]], value[i]
        often = count[i]
        while often > 0:
            top, at, most = NEVER, -1, 0
            for j in range(m):
                if worth[j] < 0 or worth[j] < unplaced[i] or worth[j] - pay[j] <= top:
                    continue
                fit = often
                for s in range(k):
                    if need[i, s] > 0:
                        fit = min(fit, left[j, s] // need[i, s])
                if need[i, 0] > 0:
                    fit = min(fit, room[region[j]] // need[i, 0])
                if fit > 0:
                    top, at, most = worth[j] - pay[j], j, fit
            if at < 0:
                break
            for s in range(k):
                left[at, s] -= most * need[i, s]
            room[region[at]] -= most * need[i, 0]
            often -= most
            if counts.shape[1] == 1:
                counts[i, 0] = at
            else:
                counts[i, at] += most


@njit(cache=True, nogil=True)
def use(best, rows, weight, need, region, slope):
    """Takes what these rows use at their best sites off the slopes; (sites*services + regions,)."""
    m, k = len(region), need.shape[1]
    for n in range(len(rows)):
        j = best[n]
        if j == m:
            continue
        i = rows[n]
        for s in range(k):
            slope[j * k + s] -= weight[n] * need[i, s]
        if region[j] >= 0:
            slope[region[j]] -= weight[n] * need[i, 0]


@njit(cache=True, nogil=True)
def kinds(need):
    """Rows with the same needs are of one kind: (kind of each row, a row of each kind)."""
    n = need.shape[0]
    size = 1024
    slots = np.full(size, -1, np.int64)
    of = np.empty(n, np.int32)
    first = np.empty(n, np.int64)
    found = 0
    for i in range(n):
        if 2 * found >= size:  # a larger table
            size *= 4
            slots = np.full(size, -1, np.int64)
            for f in range(found):
                slots[_slot(need, first[f], slots, first, size)] = f
        at = _slot(need, i, slots, first, size)
        if slots[at] < 0:
            slots[at] = found
            first[found] = i
            found += 1
        of[i] = slots[at]
    return of, first[:found].copy()


@njit(cache=True, nogil=True)
def _slot(need, i, slots, first, size):
    k = need.shape[1]
    x = np.uint64(1469598103934665603)
    for s in range(k):
        x = (x ^ np.uint64(need[i, s])) * np.uint64(1099511628211)
    x ^= x >> np.uint64(32)
    at = np.int64(x & np.uint64(size - 1))
    while slots[at] >= 0:
        f = first[slots[at]]
        same = True
        for s in range(k):
            if need[f, s] != need[i, s]:
                same = False
                break
        if same:
            break
        at = (at + 1) & (size - 1)
    return at
