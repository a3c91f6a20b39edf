"""The back-test: forecasts made as of past months with what was known then, against what came."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from partage.core.errors import InputRefused
from partage.core.series import month_name
from partage.core.streams import Stream
from partage.forecast.outlook import LEVELS
from partage.forecast.panel import LEAST_MONTHS, Panel
from partage.forecast.predictors import DEFAULT, PREDICTORS

HORIZONS = (1, 3, 6)  # months
ORIGINS = 24
PEERS = ("seasonal-naive", "ets", "theta")
QUANTILES = (0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975)  # the ends of the bands, and the middle
RUNS = 1_000


@dataclass(frozen=True, slots=True)
class Score:
    """How a predictor did at one horizon: persons of pinball loss, and what its bands held, in percent."""

    predictor: str
    months: int
    loss: float  # mean over series, origins and quantiles
    held: tuple[float, ...]  # as LEVELS
    forecasts: int


@dataclass(frozen=True, slots=True)
class BackTest:
    """Scores by predictor and horizon, with the series and the months they were made from."""

    ids: tuple[str, ...]
    first: int  # number of the first origin
    last: int
    scores: tuple[Score, ...]

    def of(self, predictor: str, months: int) -> Score:
        """The score of one predictor at one horizon."""
        return next(s for s in self.scores if (s.predictor, s.months) == (predictor, months))


def back_test(
    panel: Panel, ids: Sequence[str], stream: Stream, *,
    predictors: Sequence[str] = (DEFAULT, *PEERS), origins: int = ORIGINS,
    horizons: Sequence[int] = HORIZONS, runs: int = RUNS,
) -> BackTest:  # fmt: skip
    """Forecasts from each of the last origins that can be scored at every horizon, re-fitted at each.

    At an origin a predictor sees the panel as it was known then (``Panel.until``): figures, breaks and
    the errors that calibrate its bands are of that month or earlier. A predictor that says ``alone``
    takes each series by itself and is given the scored ones only. Refused: too short a panel.
    """
    last = panel.last - max(horizons)
    first = last - origins + 1
    if first - panel.first + 1 < LEAST_MONTHS:
        raise InputRefused(
            f"From {month_name(panel.first)} to {month_name(panel.last)} there is too little to "
            f"back-test {origins} months up to {max(horizons)} ahead.",
            f"Give a series of at least {LEAST_MONTHS + origins + max(horizons) - 1} months.",
        )
    low, high = truth_of(panel.rows(ids))
    scores: list[Score] = []
    for name in predictors:
        part = PREDICTORS[name]
        seen = panel.rows(ids) if getattr(part, "alone", False) else panel
        rows = [seen.ids.index(id_) for id_ in ids]
        made = np.stack(
            [
                _quantiles(name, seen.until(origin), rows, max(horizons), runs, stream)
                for origin in range(first, last + 1)
            ]
        )  # (origins, quantiles, series, horizon)
        for months in horizons:
            at = np.arange(first, last + 1) - panel.first + months
            scores.append(score(name, months, made[..., months - 1], low[:, at].T, high[:, at].T))
    return BackTest(tuple(ids), first, last, tuple(scores))


def _quantiles(
    name: str, known: Panel, rows: list[int], horizon: int, runs: int, stream: Stream
) -> np.ndarray:
    drawn = stream.child("back-test", name, str(known.last))
    paths = PREDICTORS[name].fit(known).sample(horizon, runs, drawn)[:, rows]
    found: np.ndarray = np.quantile(paths, QUANTILES, axis=0)
    return found


def truth_of(panel: Panel) -> tuple[np.ndarray, np.ndarray]:
    """The published figure, or the whole interval where it was suppressed: (series, months)."""
    suppressed = (panel.low == 1) & (panel.high == 5)
    middle = panel.middle()
    return np.where(suppressed, panel.low, middle), np.where(suppressed, panel.high, middle)


def score(name: str, months: int, made: np.ndarray, low: np.ndarray, high: np.ndarray) -> Score:
    """``made`` (origins, quantiles, series); the truth lies in low..high, (origins, series)."""
    known = ~np.isnan(low)
    nearest = np.clip(made, low[:, None], high[:, None])
    off = nearest - made
    share = np.array(QUANTILES)[None, :, None]
    loss = np.maximum(share * off, (share - 1) * off).mean(axis=1)
    held = [
        100 * float(np.mean(((made[:, k] <= high) & (made[:, -1 - k] >= low))[known]))
        for k in range(len(LEVELS) - 1, -1, -1)
    ]
    return Score(name, months, float(loss[known].mean()), tuple(held), int(known.sum()))
