"""Compiled luck: each number belongs to a stream, a run, a day and a purpose, so no draw moves another.

Every draw has its own place in a counter (SplitMix64, Steele, Lea and Flood 2014, as a hash), so two
scenarios with the same seed meet the same luck as long as they ask the same question. Each number is
the inverse of its distribution at one uniform, so that a little more of a cause is never less of its
effect. Means of 12 or more are drawn by the Cornish-Fisher expansion (normal, corrected for skewness;
Johnson, Kemp and Kotz 2005, 3.6 and 4.7), smaller ones exactly.
"""

from __future__ import annotations

import math

import numpy as np
from numba import njit

LARGE = 12.0  # a mean from which on the expansion is used
INVERSE = 1.0 / np.arange(1, 257)  # a division is the slowest step of a search
GOLDEN = np.uint64(0x9E3779B97F4A7C15)
ONE, TWO = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)
DAY, WHO = np.uint64(0xD6E8FEB86659FD93), np.uint64(0xA0761D6478BD642F)


@njit(cache=True, nogil=True, inline="always")
def mixed(x):
    """A 64-bit number that looks like no other."""
    x = (x ^ (x >> np.uint64(30))) * ONE
    x = (x ^ (x >> np.uint64(27))) * TWO
    return x ^ (x >> np.uint64(31))


@njit(cache=True, nogil=True, inline="always")
def uniform(key, day, who):
    """A number in (0, 1) that belongs to a stream's key, a day and whom it is for."""
    x = mixed(key + np.uint64(day) * DAY + np.uint64(who) * WHO + GOLDEN)
    return (float(x >> np.uint64(11)) + 0.5) / 9007199254740992.0


@njit(cache=True, nogil=True)
def fill_uniforms(key, first, out):
    """Numbers in (0, 1), one for each run from the first on."""
    for n in range(out.shape[0]):
        out[n] = uniform(key, 0, first + n)


@njit(cache=True, nogil=True)
def normal(u):
    """The normal quantile of u, to 1.2e-9 (P. Acklam's rational approximation)."""
    if 0.02425 < u < 0.97575:
        q = u - 0.5
        r = q * q
        top = (((((-39.69683028665376 * r + 220.9460984245205) * r - 275.9285104469687) * r
                 + 138.3577518672690) * r - 30.66479806614716) * r + 2.506628277459239) * q  # fmt: skip
        low = ((((-54.47609879822406 * r + 161.5858368580409) * r - 155.6989798598866) * r
                + 66.80131188771972) * r - 13.28068155288572) * r + 1.0  # fmt: skip
        return top / low
    q = math.sqrt(-2.0 * math.log(min(u, 1.0 - u)))
    top = ((((-0.007784894002430293 * q - 0.3223964580411365) * q - 2.400758277161838) * q
            - 2.549732539343734) * q + 4.374664141464968) * q + 2.938163982698783  # fmt: skip
    low = (((0.007784695709041462 * q + 0.3224671290700398) * q + 2.445134137142996) * q
           + 3.754408661907416) * q + 1.0  # fmt: skip
    return top / low if u < 0.5 else -top / low


@njit(cache=True, nogil=True)
def poisson(u, mean):
    """The Poisson number of that mean at u."""
    if mean <= 0.0:
        return 0
    if mean < LARGE:
        chance = math.exp(-mean)
        n = 0
        while u > chance and n < 200:
            u -= chance
            chance *= mean * INVERSE[n]
            n += 1
        return n
    z = normal(u)
    return max(0, math.floor(mean + math.sqrt(mean) * z + (z * z - 1.0) / 6.0 + 0.5))


@njit(cache=True, nogil=True)
def binomial(u, n, p):
    """How many of n at u, each with chance p."""
    if n <= 0 or p <= 0.0:
        return 0
    if p >= 1.0:
        return n
    if p > 0.5:
        return n - _binomial(1.0 - u, n, 1.0 - p, 0.0)
    return _binomial(u, n, p, 0.0)


@njit(cache=True, nogil=True)
def binomial_known(u, n, p, log_rest):
    """The same where p is at most a half and log(1 - p) is at hand."""
    if n <= 0 or p <= 0.0:
        return 0
    return _binomial(u, n, p, log_rest)


@njit(cache=True, nogil=True)
def _binomial(u, n, p, log_rest):
    mean = n * p
    q = 1.0 - p
    if mean >= LARGE:
        z = normal(u)
        found = mean + math.sqrt(mean * q) * z + (q - p) * (z * z - 1.0) / 6.0
        return min(n, max(0, math.floor(found + 0.5)))
    chance = q
    if n > 8:
        chance = math.exp(n * (log_rest if log_rest < 0.0 else math.log1p(-p)))
    else:
        for _ in range(n - 1):
            chance *= q
    found = 0
    odds = p / q
    while u > chance and found < n:
        u -= chance
        chance *= odds * (n - found) * INVERSE[min(found, 255)]
        found += 1
    return found
