"""Compiled luck, for runs side by side: each number belongs to a stream, a run, a day and a purpose.

Every draw has its own place in a counter (SplitMix64, Steele, Lea and Flood 2014, as a hash), so two
scenarios with the same seed meet the same luck as long as they ask the same question. Each number is
the inverse of its distribution at one uniform, so that a little more of a cause is never less of its
effect. Means of 12 or more are drawn by the Cornish-Fisher expansion (normal, corrected for skewness;
Johnson, Kemp and Kotz 2005, 3.6 and 4.7), smaller ones exactly.

A row has one number for each of BESIDE runs, in floating point; counts in it are whole, and exact below
2^53. Loops over a row have no branches, so that a processor takes eight runs in one stroke.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numba import njit

BESIDE = 128  # runs side by side; whoever changes it runs `make clean`: other kernels hold it too
STROKE = 8  # numbers that a processor takes at once
LARGE = 12.0  # a mean from which on the expansion is used
MOST_STEPS = 200.0  # of a search; a mean below 12 never needs so many
GOLDEN = np.uint64(0x9E3779B97F4A7C15)
ONE, TWO = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)
DAY, WHO = np.uint64(0xD6E8FEB86659FD93), np.uint64(0xA0761D6478BD642F)
FAST: dict[str, Any] = {"cache": True, "nogil": True, "error_model": "numpy"}
HALF_WAY = float(1 << 52)  # above it floating point has no halves
P, ODDS, REST = range(3)  # the rows of a chance


@njit(inline="always", **FAST)
def mixed(x):
    """A 64-bit number that looks like no other."""
    x = (x ^ (x >> np.uint64(30))) * ONE
    x = (x ^ (x >> np.uint64(27))) * TWO
    return x ^ (x >> np.uint64(31))


@njit(inline="always", **FAST)
def uniform(key, day, who):
    """A number in (0, 1) that belongs to a stream's key, a day and whom it is for."""
    x = mixed(key + np.uint64(day) * DAY + np.uint64(who) * WHO + GOLDEN)
    return (float(x >> np.uint64(11)) + 0.5) / 9007199254740992.0


@njit(inline="always", **FAST)
def whole(x):
    """The largest whole number not above x, for x from 0 to 2^51, in steps that every processor has."""
    near = (x + HALF_WAY) - HALF_WAY
    return near - 1.0 if near > x else near


@njit(**FAST)
def uniforms(keys, day, who, out):
    """The same for a row of keys."""
    place = np.uint64(day) * DAY + np.uint64(who) * WHO + GOLDEN
    for i in range(BESIDE):
        x = mixed(keys[i] + place)
        out[i] = (float(x >> np.uint64(11)) + 0.5) / 9007199254740992.0


@njit(**FAST)
def fill_uniforms(key, first, out):
    """Numbers in (0, 1), one for each run from the first on."""
    for n in range(out.shape[0]):
        out[n] = uniform(key, 0, first + n)


@njit(**FAST)
def run_keys(base, first, keys):
    """The keys of so many runs from run ``first`` on, each of its own; ``base`` (LUCK,) uint64."""
    for run in range(keys.shape[0]):
        for n in range(keys.shape[1]):
            keys[run, n] = mixed(base[n] + mixed(np.uint64(first + run)))


@njit(inline="always", **FAST)
def exp(x):
    """e to the x, to 1e-12 for x from -18 to 18: a series at x/64, squared six times."""
    y = x * 0.015625
    e = 1.0 + y * (1.0 + y * (1 / 2 + y * (1 / 6 + y * (1 / 24 + y * (1 / 120 + y * (
        1 / 720 + y * (1 / 5040 + y * (1 / 40320 + y * (1 / 362880 + y / 3628800)))))))))  # fmt: skip
    e *= e
    e *= e
    e *= e
    e *= e
    e *= e
    return e * e


@njit(inline="always", **FAST)
def _middle(u):
    """The normal quantile of u between 0.02425 and 0.97575 (P. Acklam's rational approximation)."""
    q = u - 0.5
    r = q * q
    top = (((((-39.69683028665376 * r + 220.9460984245205) * r - 275.9285104469687) * r
             + 138.3577518672690) * r - 30.66479806614716) * r + 2.506628277459239) * q  # fmt: skip
    low = ((((-54.47609879822406 * r + 161.5858368580409) * r - 155.6989798598866) * r
            + 66.80131188771972) * r - 13.28068155288572) * r + 1.0  # fmt: skip
    return top / low


@njit(**FAST)
def _tail(u):
    q = math.sqrt(-2.0 * math.log(min(u, 1.0 - u)))
    top = ((((-0.007784894002430293 * q - 0.3223964580411365) * q - 2.400758277161838) * q
            - 2.549732539343734) * q + 4.374664141464968) * q + 2.938163982698783  # fmt: skip
    low = (((0.007784695709041462 * q + 0.3224671290700398) * q + 2.445134137142996) * q
           + 3.754408661907416) * q + 1.0  # fmt: skip
    return top / low if u < 0.5 else -top / low


@njit(**FAST)
def normals(u, out):
    """The normal quantile of each u, to 1.2e-9; ``out`` is another row than ``u``."""
    for i in range(BESIDE):
        out[i] = _middle(u[i])
    for first in range(0, BESIDE, STROKE):  # one in three strokes has a number in a tail
        tails = 0
        for i in range(first, first + STROKE):
            tails += 1 if abs(u[i] - 0.5) >= 0.47575 else 0
        if tails > 0:
            for i in range(first, first + STROKE):
                if abs(u[i] - 0.5) >= 0.47575:
                    out[i] = _tail(u[i])


@njit(**FAST)
def poissons(u, mean, out, left, chance):
    """The Poisson number of each mean at each u; ``left`` and ``chance`` are rows to work in.

    What is left of u goes down by the chance of each number in turn; where the search has stopped, ``left``
    is the number found, less than 0 by one more.
    """
    many = 0
    for i in range(BESIDE):
        large = mean[i] >= LARGE
        many += 1 if large else 0
        left[i] = -1.0 if large else u[i]
        chance[i] = exp(-min(mean[i], LARGE))
    step = 0.0
    while step < MOST_STEPS:
        going = 0
        inverse = 1.0 / (step + 1.0)
        for i in range(BESIDE):
            before = left[i]
            go = before > chance[i]
            stopped = before if before < 0.0 else -1.0 - step
            left[i] = before - chance[i] if go else stopped
            chance[i] *= mean[i] * inverse
            going += 1 if go else 0
        if going == 0:
            break
        step += 1.0
    for i in range(BESIDE):
        out[i] = -1.0 - left[i] if left[i] < 0.0 else step
    if many > 0:
        normals(u, left)
        for i in range(BESIDE):
            z = left[i]
            found = mean[i] + math.sqrt(max(0.0, mean[i])) * z + (z * z - 1.0) / 6.0
            found = max(0.0, whole(found + 0.5))
            out[i] = found if mean[i] >= LARGE else out[i]


@njit(**FAST)
def weigh_chance(p, out):
    """What draws with that chance need: the chance, the odds of its smaller side, log(1 - that side)."""
    for i in range(BESIDE):
        kept = min(1.0, max(0.0, p[i]))
        small = min(kept, 1.0 - kept)
        out[P, i], out[ODDS, i] = kept, small / (1.0 - small)
        out[REST, i] = math.log1p(-small)


@njit(**FAST)
def binomials(u, n, odd, out, left, chance):
    """How many of each n at each u, with a chance of ``weigh_chance``; the last two are rows to work in."""
    p, odds, rest = odd[P], odd[ODDS], odd[REST]
    many = 0
    for i in range(BESIDE):
        most = p[i] > 0.5
        small = 1.0 - p[i] if most else p[i]
        large = n[i] * small >= LARGE
        many += 1 if large else 0
        here = 1.0 - u[i] if most else u[i]
        left[i] = -1.0 if large else here
        chance[i] = exp(max(-18.0, n[i] * rest[i]))
    step = 0.0
    while step < MOST_STEPS:
        going = 0
        inverse = 1.0 / (step + 1.0)
        for i in range(BESIDE):
            before = left[i]
            go = (before > chance[i]) & (step < n[i])
            stopped = before if before < 0.0 else -1.0 - step
            left[i] = before - chance[i] if go else stopped
            chance[i] *= odds[i] * ((n[i] - step) * inverse)
            going += 1 if go else 0
        if going == 0:
            break
        step += 1.0
    for i in range(BESIDE):
        out[i] = -1.0 - left[i] if left[i] < 0.0 else step
    if many > 0:
        for i in range(BESIDE):
            chance[i] = 1.0 - u[i] if p[i] > 0.5 else u[i]
        normals(chance, left)
        for i in range(BESIDE):
            small = 1.0 - p[i] if p[i] > 0.5 else p[i]
            mean, z = n[i] * small, left[i]
            found = mean + math.sqrt(mean * (1.0 - small)) * z
            found += (1.0 - 2.0 * small) * (z * z - 1.0) / 6.0
            found = min(n[i], max(0.0, whole(found + 0.5)))
            out[i] = found if mean >= LARGE else out[i]
    for i in range(BESIDE):
        out[i] = n[i] - out[i] if p[i] > 0.5 else out[i]


@njit(**FAST)
def anybody(row):
    """Whether any number of a row is above 0."""
    some = 0
    for i in range(BESIDE):
        some += 1 if row[i] > 0.0 else 0
    return some > 0
