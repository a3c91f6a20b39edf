"""Compiled counting of results in bins."""

from __future__ import annotations

from numba import njit

EXACT, FINE = 128, 64
BINS = EXACT + FINE * 34  # up to 2**41


@njit(cache=True, nogil=True)
def bin_of(value):
    """The bin of a number of 0 or more."""
    if value < EXACT:
        return max(0, value)
    shift = 1
    while (value >> shift) >= EXACT:
        shift += 1
    return min(BINS - 1, EXACT + (shift - 1) * FINE + (value >> shift) - FINE)


@njit(cache=True, nogil=True)
def tally(values, counts, sums):
    """Count values (runs, N) in counts (N, BINS); sums (N, 2): of the values and of their squares."""
    for run in range(values.shape[0]):
        for n in range(values.shape[1]):
            value = values[run, n]
            counts[n, bin_of(value)] += 1
            sums[n, 0] += value
            sums[n, 1] += float(value) * value
