"""How results spread over runs, in memory that does not grow with their number.

Whole numbers are counted in bins: below 128 each number has its own, above it a bin is at most 1/64 of
the number wide, so a quantile is right to 0.8 %. Counts add up in any order and on any machine.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from partage.simulate.tally import BINS, EXACT, FINE, tally


def middle(number: int) -> float:
    """The middle of a bin."""
    if number < EXACT:
        return float(number)
    shift, rest = divmod(number - EXACT, FINE)
    low = (FINE + rest) << (shift + 1)
    return low + ((1 << (shift + 1)) - 1) / 2


MIDDLES = np.array([middle(n) for n in range(BINS)])


@dataclass(slots=True)
class Spread:
    """Numbers of many runs, by name: their quantiles, mean, and how sure the mean is."""

    counts: NDArray[np.int32]  # (N, BINS)
    sums: NDArray[np.float64]  # (N, 2)

    @classmethod
    def of(cls, size: int) -> Spread:
        """Nothing seen yet."""
        return cls(np.zeros((size, BINS), np.int32), np.zeros((size, 2)))

    def add(self, values: NDArray[np.int64]) -> None:
        """Count the values of some runs: (runs, N)."""
        tally(values, self.counts, self.sums)

    def join(self, other: Spread) -> None:
        """Count what another counted."""
        self.counts += other.counts
        self.sums += other.sums

    def quantiles(self, at: Sequence[float]) -> NDArray[np.float64]:
        """(N, len(at)): the smallest number that at least that share of the runs does not exceed."""
        runs = self.counts.sum(axis=1, dtype=np.int64)
        below = np.cumsum(self.counts, axis=1, dtype=np.int64)
        out = np.empty((len(self.counts), len(at)))
        for column, share in enumerate(at):
            wanted = np.maximum(1, np.ceil(share * runs - 1e-9)).astype(np.int64)
            out[:, column] = MIDDLES[(below >= wanted[:, None]).argmax(axis=1)]
        return out

    def means(self) -> NDArray[np.float64]:
        """(N,)"""
        return np.asarray(self.sums[:, 0] / np.maximum(1, self.counts.sum(axis=1)))


@dataclass(slots=True)
class Differences:
    """Differences of two scenarios under the same luck, run by run."""

    more: Spread  # of max(0, b - a)
    less: Spread  # of max(0, a - b)
    runs: int
    sums: NDArray[np.float64]  # (N, 2): of b - a and of its square

    @classmethod
    def of(cls, size: int) -> Differences:
        """Nothing seen yet."""
        return cls(Spread.of(size), Spread.of(size), 0, np.zeros((size, 2)))

    def add(self, before: NDArray[np.int64], after: NDArray[np.int64]) -> None:
        """Count the differences of some runs: (runs, N) each."""
        apart = after - before
        self.more.add(np.maximum(0, apart))
        self.less.add(np.maximum(0, -apart))
        self.runs += len(apart)
        self.sums[:, 0] += apart.sum(axis=0)
        self.sums[:, 1] += (apart.astype(float) ** 2).sum(axis=0)

    def join(self, other: Differences) -> None:
        """Count what another counted."""
        self.more.join(other.more)
        self.less.join(other.less)
        self.runs += other.runs
        self.sums += other.sums

    def mean_interval(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """The mean difference, and half the width of its 95 % interval (normal, paired)."""
        n = max(1, self.runs)
        mean = self.sums[:, 0] / n
        if n < 2:
            return mean, np.full(len(mean), np.inf)
        spread = np.maximum(0.0, self.sums[:, 1] / n - mean**2) * n / (n - 1)
        return mean, 1.96 * np.sqrt(spread / n)

    def quantiles(self, at: Sequence[float]) -> NDArray[np.float64]:
        """(N, len(at)): signed; runs that are equal count as 0."""
        down, up = self.less.counts.copy(), self.more.counts.copy()
        equal = down[:, 0] + up[:, 0] - self.runs
        down[:, 0], up[:, 0] = 0, equal
        line = np.concatenate([down[:, :0:-1], up], axis=1)
        values = np.concatenate([-MIDDLES[:0:-1], MIDDLES])
        below = np.cumsum(line, axis=1, dtype=np.int64)
        out = np.empty((len(line), len(at)))
        for column, share in enumerate(at):
            wanted = max(1, int(np.ceil(share * self.runs - 1e-9)))
            out[:, column] = values[(below >= wanted).argmax(axis=1)]
        return out
