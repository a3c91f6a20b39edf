"""Plain predictors to be measured against: last year's month, exponential smoothing, Theta."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from partage.core.streams import Stream
from partage.forecast.panel import Panel, enough

YEAR = 12
ALPHAS = np.linspace(0.02, 0.99, 40)


@dataclass(frozen=True, slots=True, eq=False)
class Normal:
    """A middle path and the standard deviation of each month ahead, as functions of the horizon."""

    middle: np.ndarray  # (series, most months)
    spread: np.ndarray  # (series, most months)

    def sample(self, horizon: int, n: int, stream: Stream) -> np.ndarray:
        """Persons, (n, series, horizon): normal, months of a path hanging together as of a walk."""
        normal = stream.generator().standard_normal((n, len(self.middle), horizon))
        walk = np.cumsum(normal, axis=2) / np.sqrt(np.arange(1, horizon + 1))
        paths = self.middle[None, :, :horizon] + self.spread[None, :, :horizon] * walk
        return np.maximum(0.0, paths)


MOST = 36


def _each(panel: Panel, one: Callable[[np.ndarray], tuple[np.ndarray, np.ndarray]]) -> Normal:
    """A predictor of one series, for each; gaps take the figure before (peers know no gaps)."""
    found = [one(filled(row)) for row in enough(panel).middle()]
    return Normal(np.array([f[0] for f in found]), np.array([f[1] for f in found]))


def filled(row: np.ndarray) -> np.ndarray:
    """The series from its first known month, each gap as the month before it."""
    known = ~np.isnan(row)
    if not known.any():
        return np.zeros(YEAR + 1)
    at = np.maximum.accumulate(np.where(known, np.arange(len(row)), 0))
    out: np.ndarray = row[at][int(np.argmax(known)) :]
    return out if len(out) > YEAR else np.concatenate([np.full(YEAR + 1 - len(out), out[0]), out])


class SeasonalNaive:
    """The same month of last year; the spread is that of the differences from year to year."""

    alone = True  # each series by itself

    def fit(self, panel: Panel) -> Normal:
        """As in Hyndman and Athanasopoulos, Forecasting: principles and practice, 3rd ed., 5.2."""
        return _each(panel, _seasonal_naive)


def _seasonal_naive(y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    months = np.arange(MOST)
    differences = y[YEAR:] - y[:-YEAR]
    sigma = np.sqrt((differences**2).sum() / max(1, len(differences) - 1))
    return y[-YEAR:][months % YEAR], sigma * np.sqrt(months // YEAR + 1)


class Ets:
    """Exponential smoothing with the error and the trend that fit best by AICc, chosen for each series."""

    alone = True  # each series by itself

    def fit(self, panel: Panel) -> Normal:
        """ETS(A|M, N|A|Ad, N) of Hyndman, Koehler, Ord and Snyder 2008, fitted on a grid.

        No season: on the default panel the automatic choice of statsforecast is as good or worse
        (docs/how-to/forecast.md). Variances: theirs, classes 1 and 2 of their chapter 6.
        """
        return _each(panel, _ets)


# smoothing of the level, of the trend, damping (1: none; 0: no trend), number of parameters
_GRID = np.array(
    [(a, 0.0, 0.0, 3) for a in np.linspace(0.05, 0.99, 24)]
    + [
        (a, b, phi, 5 if phi == 1 else 6)
        for a in np.linspace(0.05, 0.99, 16)
        for b in (0.01, 0.05, 0.1, 0.2, 0.3, 0.5)
        for phi in (0.8, 0.85, 0.9, 0.94, 0.98, 1.0)
    ]
)


def _ets(y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    alpha, beta, phi, size = _GRID.T
    level, slope = np.full(len(_GRID), y[:3].mean()), np.zeros(len(_GRID))
    squares, relative, logs = (np.zeros(len(_GRID)) for _ in range(3))
    for value in y[1:]:
        ahead = level + phi * slope
        error = value - ahead
        safe = np.maximum(1.0, np.abs(ahead))
        squares += error**2
        relative += (error / safe) ** 2
        logs += np.log(safe)
        level, slope = ahead + alpha * error, phi * slope + alpha * beta * error
    n = len(y) - 1
    penalty = 2 * size + 2 * size * (size + 1) / (n - size - 1)
    floor = 1e-9
    added = n * np.log(squares + floor) + penalty
    multiplied = n * np.log(relative + floor) + 2 * logs + penalty
    by_ratio = bool(multiplied.min() < added.min())
    best = int(np.argmin(multiplied if by_ratio else added))
    months = np.arange(1, MOST + 1)
    reach = np.cumsum(phi[best] ** months)
    middle = level[best] + slope[best] * reach
    weights = alpha[best] * (1 + beta[best] * reach)  # what an error does j months later
    variance = (relative if by_ratio else squares)[best] / max(1, n - size[best])
    if not by_ratio:
        return middle, np.sqrt(variance * (1 + np.cumsum(np.r_[0.0, weights[:-1] ** 2])))
    second = np.zeros(MOST)
    for h in range(MOST):
        second[h] = middle[h] ** 2 + variance * (weights[:h] ** 2 @ second[:h][::-1])
    return middle, np.sqrt(np.maximum(0.0, (1 + variance) * second - middle**2))


class Theta:
    """Half a straight line and simple exponential smoothing, on figures freed of their season."""

    alone = True  # each series by itself

    def fit(self, panel: Panel) -> Normal:
        """Assimakopoulos and Nikolopoulos 2000, in the form of Hyndman and Billah 2003.

        The season (multiplicative, classical) is taken out where the correlation at 12 months is
        larger than chance allows at 90 %.
        """
        return _each(panel, _theta)


def _theta(y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    season = _season(y)
    flat = y / season[np.arange(len(y)) % YEAR]
    n = len(flat)
    time = np.arange(n) - (n - 1) / 2
    drift = float(time @ flat / (time @ time)) / 2
    level, squares = np.full(len(ALPHAS), flat[0]), np.zeros(len(ALPHAS))
    for value in flat[1:]:
        error = value - level - drift
        squares += error**2
        level = level + ALPHAS * (value - level)
    best = int(np.argmin(squares))
    alpha, months = ALPHAS[best], np.arange(MOST)
    middle = level[best] + drift * (months + (1 - (1 - alpha) ** n) / alpha)
    spread = np.sqrt(squares[best] / (n - 1) * (1 + months * alpha**2))
    again = season[(n + months) % YEAR]
    return middle * again, spread * again


def _season(y: np.ndarray) -> np.ndarray:
    """Twelve factors with mean 1; all 1 where no season shows."""
    none = np.ones(YEAR)
    if len(y) < 3 * YEAR or y.min() <= 0:
        return none
    around = y - y.mean()
    total = around @ around
    if total == 0:
        return none
    lags = np.array([around[lag:] @ around[:-lag] for lag in range(1, YEAR + 1)]) / total
    if abs(lags[-1]) <= 1.645 * np.sqrt((1 + 2 * (lags[:-1] ** 2).sum()) / len(y)):
        return none
    ends = np.r_[0.5, np.ones(YEAR - 1), 0.5] / YEAR
    ratio = np.full(len(y), np.nan)
    ratio[YEAR // 2 : -(YEAR // 2)] = y[YEAR // 2 : -(YEAR // 2)] / np.convolve(y, ends, "valid")
    factors = np.array([np.nanmean(ratio[month::YEAR]) for month in range(YEAR)])
    out: np.ndarray = factors / factors.mean()
    return out
