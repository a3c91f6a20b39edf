"""The luck of the compiled model, one number at a time: the same place in the counter, the same number.

``simulate.luck`` says how it is drawn. Here it is written plainly: both models meet the
same arrivals.
"""

from __future__ import annotations

import math
from statistics import NormalDist

MASK = (1 << 64) - 1
GOLDEN = 0x9E3779B97F4A7C15
ONE, TWO = 0xBF58476D1CE4E5B9, 0x94D049BB133111EB
DAY, WHO = 0xD6E8FEB86659FD93, 0xA0761D6478BD642F
LARGE = 12.0
NORMAL = NormalDist()


def uniform(key: int, day: int, who: int) -> float:
    """A number in (0, 1) that belongs to a stream's key, a day and whom it is for."""
    x = (key + day * DAY + who * WHO + GOLDEN) & MASK
    x = ((x ^ (x >> 30)) * ONE) & MASK
    x = ((x ^ (x >> 27)) * TWO) & MASK
    x ^= x >> 31
    return ((x >> 11) + 0.5) / 9007199254740992.0


def normal(u: float) -> float:
    """The normal quantile of u."""
    return NORMAL.inv_cdf(u)


def poisson(u: float, mean: float) -> int:
    """The Poisson number of that mean at u."""
    if mean <= 0.0:
        return 0
    if mean >= LARGE:
        z = normal(u)
        return max(0, math.floor(mean + math.sqrt(mean) * z + (z * z - 1.0) / 6.0 + 0.5))
    chance, n = math.exp(-mean), 0
    while u > chance and n < 200:
        u -= chance
        n += 1
        chance *= mean / n
    return n


def binomial(u: float, n: int, p: float) -> int:
    """How many of n at u, each with chance p."""
    if n <= 0 or p <= 0.0:
        return 0
    if p >= 1.0:
        return n
    if p > 0.5:
        return n - binomial(1.0 - u, n, 1.0 - p)
    mean, q = n * p, 1.0 - p
    if mean >= LARGE:
        z = normal(u)
        found = mean + math.sqrt(mean * q) * z + (q - p) * (z * z - 1.0) / 6.0
        return min(n, max(0, math.floor(found + 0.5)))
    chance, found_ = q**n, 0
    while u > chance and found_ < n:
        u -= chance
        chance *= p / q * (n - found_) / (found_ + 1)
        found_ += 1
    return found_
