"""The default predictor: levels on a log scale, one damped trend for all, bands from earlier errors."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from partage.core.streams import Stream
from partage.forecast.draws import paths_from
from partage.forecast.panel import Panel, enough
from partage.forecast.tree import add_up

# Round numbers, chosen on the 36 origins before the last 24; the last 24 had been seen by then (0110).
LEVEL = 0.9  # how far the level goes to each new month
SLOPE = 0.1  # how far the trend does
DAMPING = 0.85  # what is left of the trend a month later
MEMORY = 0.9  # of the usual error of a month
OWN = 0.5  # weight of a series' own usual error beside that of all
OFFSET = 10.0  # persons added before the logarithm, so that none and few are near each other
SIZE = 100.0  # persons a month from which a series speaks for the others
BURN_IN = 12  # months before errors count
MOST_ERROR = 1.0  # of one month, in logarithms, as far as the usual error is concerned
START = 0.2
LEAST_SCALE = 0.02


@dataclass(frozen=True, slots=True, eq=False)
class Fitted:
    """Level, trend and usual error at the end of every month, each from that month and earlier ones."""

    panel: Panel
    logs: np.ndarray  # (series, months)
    level: np.ndarray  # (series, months)
    slope: np.ndarray  # (months,): one for all
    scale: np.ndarray  # (series, months)
    speaks: np.ndarray  # (series, months), boolean: large enough, and known

    def ahead(self, at: int | slice, months: np.ndarray) -> np.ndarray:
        """The middle path in logarithms from the end of a month: (series, [months,] horizon)."""
        reach = DAMPING * (1 - DAMPING**months) / (1 - DAMPING)
        middle: np.ndarray = self.level[:, at, None] + self.slope[at, None] * reach
        return middle

    def errors(self, month: int) -> np.ndarray:
        """Errors of all earlier months at that distance, in usual errors; of series that speak."""
        origins = self.logs.shape[1] - month
        if origins <= BURN_IN:
            return np.zeros(0)
        middle = self.ahead(slice(BURN_IN, origins), np.array([month]))[:, :, 0]
        found: np.ndarray = (self.logs[:, BURN_IN + month :] - middle) / self.scale[
            :, BURN_IN:origins
        ]
        spoken: np.ndarray = found[self.speaks[:, BURN_IN:origins] & ~np.isnan(found)]
        return spoken

    def sample(self, horizon: int, n: int, stream: Stream) -> np.ndarray:
        """Persons in each of the coming months: whole, (n, series, horizon).

        Along a path the months hang together and so do the series; where the panel is whole, every
        path adds up over regions and offices.
        """
        months = np.arange(1, horizon + 1)
        middle = self.ahead(-1, months)
        draws = paths_from(
            [self.errors(int(month)) for month in months], self._together(), n, stream
        )
        logs = middle[None] + self.scale[None, :, -1, None] * draws
        persons = np.maximum(0.0, np.exp(np.minimum(logs, 16.0)) - OFFSET)
        weight = np.maximum(1.0, self.scale[:, -1, None] * np.exp(middle)) ** 2
        return add_up(self.panel, persons, weight, stream.child("few"))

    def _together(self) -> np.ndarray:
        """How the series' errors of a month go together: correlations, (series, series)."""
        found = self.logs[:, 1:] - self.ahead(slice(0, -1), np.array([1]))[:, :, 0]
        found = np.clip(np.nan_to_num(found / self.scale[:, :-1]), -3, 3)[:, BURN_IN:]
        spread = np.sqrt((found**2).sum(axis=1))
        spread[spread == 0] = 1.0
        share: np.ndarray = 0.9 * (found / spread[:, None]) @ (found / spread[:, None]).T
        np.fill_diagonal(share, 1.0)
        return share


class Damped:
    """Damped common trend on a log scale; bands are the errors it made before, series by series."""

    def fit(self, panel: Panel) -> Fitted:
        """One pass over the months: what stands at the end of each month read nothing later.

        Exponential smoothing with a damped trend (Gardner and McKenzie 1985) whose trend is the mean
        of the larger series, and locally scaled split-conformal bands (Lei et al. 2018) pooled over
        series and earlier months. A known break moves the level at once and leaves trend and usual
        error as they were; a gap leaves everything as it was.
        """
        logs = np.log(enough(panel).middle() + OFFSET)
        shape, broken = logs.shape, panel.broken()
        level, scale = np.zeros(shape), np.zeros(shape)
        slope, speaks = np.zeros(shape[1]), np.zeros(shape, dtype=bool)
        begun = ~np.isnan(logs[:, 0])
        now, usual = np.where(begun, logs[:, 0], np.log(OFFSET)), np.full(shape[0], START)
        trend = np.zeros(shape[0])
        for t in range(shape[1]):
            if t:
                ahead = now + DAMPING * trend
                error = np.nan_to_num(logs[:, t] - ahead)
                error[~begun] = 0.0
                known = begun & ~np.isnan(logs[:, t])
                trend = DAMPING * trend + np.where(broken[:, t], 0.0, LEVEL * SLOPE) * error
                now = ahead + np.where(broken[:, t], 1.0, LEVEL) * error
                fresh = known & ~broken[:, t]
                moved = MEMORY * usual + (1 - MEMORY) * np.minimum(np.abs(error), MOST_ERROR)
                usual = np.where(fresh, moved, usual)
                now = np.where(~begun & ~np.isnan(logs[:, t]), logs[:, t], now)
                begun |= ~np.isnan(logs[:, t])
            large = begun & (now > np.log(SIZE + OFFSET))
            voices = large if large.any() else begun
            slope[t] = trend[voices].mean() if voices.any() else 0.0
            common = usual[voices].mean() if voices.any() else START
            level[:, t], speaks[:, t] = now, voices
            scale[:, t] = np.maximum(LEAST_SCALE, usual**OWN * common ** (1 - OWN))
        return Fitted(panel, logs, level, slope, scale, speaks)
