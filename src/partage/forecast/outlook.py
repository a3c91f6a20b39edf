"""The outlook: paths of every series from one month on, and the bands that they make."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from partage.core.errors import InputRefused, shown
from partage.core.streams import Stream
from partage.forecast.panel import Panel
from partage.forecast.predictors import DEFAULT, sample_panel
from partage.forecast.tree import leaves_of, sums_of

LEVELS = (50, 80, 95)  # percent of the paths that a band holds


@dataclass(frozen=True, slots=True)
class Band:
    """Persons a month: the middle of the paths, the least and the most of each band."""

    id: str
    first: int  # number of the first month
    middle: tuple[int, ...]  # (months,)
    low: tuple[tuple[int, ...], ...]  # (levels, months), as LEVELS
    high: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True, eq=False)
class Outlook:
    """Paths after a panel's last month: (runs, series, months), whole persons."""

    panel: Panel
    predictor: str
    paths: np.ndarray
    running: str = ""  # what is known of the running month, where something is

    @property
    def first(self) -> int:
        """The number of the first month ahead."""
        return self.panel.last + 1

    @property
    def ids(self) -> tuple[str, ...]:
        """Every series, and every region with all its offices together."""
        own = self.panel.ids
        regions = dict.fromkeys(one.region for one in self.panel.series if "-" in one.region)
        return (*own, *(f"{r}/all" for r in regions if f"{r}/all" not in own))

    def of(self, id_: str) -> np.ndarray:
        """The paths of a series or of a region with all its offices, (runs, months)."""
        if id_ in self.panel.ids:
            found: np.ndarray = self.paths[:, self.panel.ids.index(id_)]
            return found
        region, _, office = id_.partition("/")
        rows = [n for n, one in enumerate(self.panel.series) if one.region == region]
        if office != "all" or not rows:
            raise InputRefused(
                f"There is no series {shown(id_, otherwise='of that name')}.",
                f"Known: {', '.join(self.ids)}.",
            )
        together: np.ndarray = self.paths[:, rows].sum(axis=1)
        return together

    def band(self, id_: str) -> Band:
        """The bands of one series."""
        low, middle, high = bands(self.of(id_))
        return Band(id_, self.first, middle, low, high)


Numbers = tuple[int, ...]


def bands(paths: np.ndarray) -> tuple[tuple[Numbers, ...], Numbers, tuple[Numbers, ...]]:
    """Low ends, middle and high ends of 50, 80 and 95 % of the paths (runs, steps), whole persons."""

    def at(percent: float, way: str) -> Numbers:
        found = np.quantile(paths, percent / 100, axis=0)
        rounded = {"down": np.floor, "up": np.ceil, "near": np.rint}[way](found)
        return tuple(int(v) for v in rounded)

    low = tuple(at(50 - level / 2, "down") for level in LEVELS)
    return low, at(50, "near"), tuple(at(50 + level / 2, "up") for level in LEVELS)


def look_ahead(
    panel: Panel, horizon: int, runs: int, stream: Stream, *, predictor: str = DEFAULT
) -> Outlook:
    """Paths of every series of a panel, from the month after its last on."""
    paths = sample_panel(panel, horizon, runs, stream, predictor=predictor)
    return Outlook(panel, predictor, np.rint(paths))


UNEVEN = 0.15  # how far the share of a month that is over may be off, assumed


def now_cast(
    outlook: Outlook, id_: str, seen: int, days: int, of_days: int, stream: Stream
) -> Outlook:
    """The same paths once ``seen`` persons have been counted in the first days of the running month.

    The running month is the first one ahead. Each path is moved on a log scale as far as paths
    with many persons in these days differ from paths with few (an ensemble Kalman step, Evensen
    1994), so the months behind it and the other series move with it. That days are alike up to an
    error of 15 % half-way through is assumed. No path ends below what was counted.
    """
    if not 1 <= days <= of_days:
        raise InputRefused(
            f"Day {days} is not a day of a month of {of_days}.", "Count from 1 to its last day."
        )
    if seen < 0:
        raise InputRefused(f"{seen} persons cannot have been counted.", "Give 0 or more.")
    outlook.of(id_)
    share = days / of_days
    generator = stream.child("now").generator()
    total = outlook.of(id_)[:, 0]
    wrong = 1 + UNEVEN * (1 - share) * generator.standard_normal(len(total))
    expected = generator.poisson(np.maximum(0.0, total * share * np.maximum(0.05, wrong)))
    rows = leaves_of(outlook.panel) if outlook.panel.whole else range(len(outlook.panel.series))
    logs = np.log(outlook.paths[:, list(rows)] + 1.0)  # (runs, leaves, months)
    said = np.log(expected + 1.0)
    about = said - said.mean()
    gain = np.einsum("r,rlm->lm", about, logs - logs.mean(axis=0)) / max(1e-9, float(about @ about))
    parts = np.exp(logs + gain[None] * (np.log(seen + 1.0) - said)[:, None, None]) - 1.0
    parts = np.rint(np.maximum(0.0, parts))
    paths = sums_of(outlook.panel, list(rows)) @ parts if outlook.panel.whole else parts
    return _at_least(replace(outlook, paths=np.rint(paths), running=id_), id_, seen)


def _at_least(outlook: Outlook, id_: str, seen: int) -> Outlook:
    """No path of the running month below what was counted: whoever is missing is added where it is."""
    if id_ not in outlook.panel.ids:
        return outlook
    paths = outlook.paths.copy()
    row = outlook.panel.ids.index(id_)
    missing = np.maximum(0, seen - paths[:, row, 0])
    for other in _above(outlook.panel, row):
        paths[:, other, 0] += missing
    return replace(outlook, paths=paths)


def _above(panel: Panel, row: int) -> Sequence[int]:
    """The row itself and every row that it is a part of."""
    if not panel.whole:
        return [row]
    leaves = leaves_of(panel)
    if row not in leaves:
        return [row]
    return list(np.flatnonzero(sums_of(panel, leaves)[:, leaves.index(row)]))
