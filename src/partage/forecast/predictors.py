"""The shelf of predictors, and the one way to ask them: paths first, bands from paths."""

from __future__ import annotations

from typing import Protocol

import numpy as np

from partage.core.errors import InputRefused
from partage.core.registry import Shelf
from partage.core.series import Monthly
from partage.core.streams import Stream
from partage.forecast.damped import Damped
from partage.forecast.panel import Panel, panel_of
from partage.forecast.peers import Ets, SeasonalNaive, Theta

MOST_HORIZON = 24  # months
MOST_RUNS = 100_000
DEFAULT = "damped"


class Fit(Protocol):
    """What a predictor learned by the last month of a panel."""

    def sample(self, horizon: int, n: int, stream: Stream) -> np.ndarray:
        """Persons in each coming month, 0 or more, (n, series, horizon); the same for the same stream."""
        ...


class Predictor(Protocol):
    """A part that looks ahead; its docstring's first line is its promise."""

    def fit(self, panel: Panel) -> Fit:
        """Learn from a panel; nothing but its months and its breaks may be read."""
        ...


PREDICTORS: Shelf[Predictor] = Shelf("predictor")
PREDICTORS.add(DEFAULT, Damped(), source="Gardner and McKenzie 1985; Lei et al. 2018")
PREDICTORS.add("seasonal-naive", SeasonalNaive(), source="Hyndman and Athanasopoulos 2021, 5.2")
PREDICTORS.add("ets", Ets(), source="Hyndman, Koehler, Ord and Snyder 2008")
PREDICTORS.add("theta", Theta(), source="Assimakopoulos and Nikolopoulos 2000")


def sample_panel(
    panel: Panel, horizon_months: int, runs: int, stream: Stream, *, predictor: str = DEFAULT
) -> np.ndarray:
    """Persons in each of the months after a panel's last one, (runs, series, horizon_months).

    Along a path months and series hang together; with the default predictor they are whole persons,
    and paths of a whole panel add up over regions and offices. Refused: a horizon outside 1 to 24
    months, a number of runs outside 1 to 100,000, too short a panel.
    """
    if not 1 <= horizon_months <= MOST_HORIZON:
        raise InputRefused(
            f"A horizon of {horizon_months} months cannot be looked ahead.",
            f"Ask for 1 to {MOST_HORIZON}; bands are back-tested at 1, 3 and 6 months.",
        )
    if not 1 <= runs <= MOST_RUNS:
        raise InputRefused(f"{runs} paths cannot be drawn.", f"Ask for 1 to {MOST_RUNS:,}.")
    fitted = PREDICTORS[predictor].fit(panel)
    return fitted.sample(horizon_months, runs, stream.child(predictor))


def sample_paths(
    series: Monthly, horizon_months: int, runs: int, stream: Stream, *, predictor: str = DEFAULT
) -> np.ndarray:
    """Persons in each of the months after the end of one series, (runs, horizon_months).

    A series alone has fewer earlier errors than a panel: prefer ``sample_panel`` where there is one.
    """
    panel = panel_of([series])
    return sample_panel(panel, horizon_months, runs, stream, predictor=predictor)[:, 0]
