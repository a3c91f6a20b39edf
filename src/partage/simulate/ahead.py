"""Arrivals after the last month known as paths of the forecast: each run takes one for all streams.

A scenario asks for it with ``arrivals = "forecast"``. Along a path months and streams hang together, so a
run in which many enter by land is one in which as many claim inland as is usual then. Causes multiply what
a path says: the forecast knows of none after the last month known.
"""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from partage.core.errors import InputRefused
from partage.core.scenario import ArrivalStream, Scenario
from partage.core.series import month_name
from partage.core.streams import Stream
from partage.forecast.outlook import Outlook
from partage.forecast.panel import Panel, pack_panel
from partage.forecast.predictors import DEFAULT, MOST_HORIZON, sample_panel
from partage.packs.pack import Pack

Floats = NDArray[np.float64]
OFFICES = {"claims": "all", "claims-land-border": "land_border", "claims-airport": "airport"}
PATHS = 2_000  # among which each run takes one
SEED = (
    "partage-simulate-1"  # the same paths for everybody; which of them a run takes is its own luck
)
MOST_KEPT = 3
_kept: dict[tuple[object, ...], Floats] = {}  # paths of a panel: seconds of work
LUCK = "arrivals ahead"  # the stream of luck that says which

Parts = tuple[tuple[str, int], ...]  # a series and whether it is added or taken away


@dataclass(frozen=True, slots=True, eq=False)
class Ahead:
    """The paths of the streams that follow them, and which month each stretch of days is in."""

    panel: Panel
    streams: tuple[tuple[int, Parts], ...]  # the number of a stream, and what makes it up
    of_stretch: tuple[int, ...]  # months after the panel's last, less one; -1: known
    paths: NDArray[np.float32]  # persons, (paths, streams, months)

    def persons_a_day(self, which: Floats) -> Floats:
        """(runs, streams, stretches): which path each run takes is a number from 0 to 1."""
        found = self.paths[(which * len(self.paths)).astype(int)]
        out = np.ones((len(which), len(self.streams), len(self.of_stretch)))
        for stretch, month in enumerate(self.of_stretch):
            if month >= 0:
                year, number = divmod(self.panel.last + 1 + month, 12)
                out[:, :, stretch] = found[:, :, month] / calendar.monthrange(year, number + 1)[1]
        return out

    def again(self, number: int, seed: str) -> Ahead:
        """The same with other paths, so many."""
        months = self.paths.shape[2]
        return replace(self, paths=_drawn(self.panel, self.streams, months, number, seed))


def _drawn(
    panel: Panel, streams: Sequence[tuple[int, Parts]], months: int, number: int, seed: str
) -> NDArray[np.float32]:
    """Persons in each month along so many paths, (paths, streams, months)."""
    key = (panel.low.tobytes(), panel.high.tobytes(), panel.ids, panel.breaks, months, number, seed)
    if key not in _kept:
        while len(_kept) >= MOST_KEPT:
            _kept.pop(next(iter(_kept)), None)
        _kept[key] = sample_panel(panel, months, number, Stream(seed, "simulate", LUCK))
    outlook = Outlook(panel, DEFAULT, _kept[key])
    return persons_of(outlook, [parts for _, parts in streams]).astype(np.float32)


def persons_of(outlook: Outlook, streams: Sequence[Parts]) -> Floats:
    """What the paths of a panel say of each stream, (paths, streams, months); never below 0."""
    made = [
        np.sum([sign * outlook.of(series) for series, sign in parts], axis=0) for parts in streams
    ]
    found: Floats = np.maximum(0.0, np.stack(made, axis=1))
    return found


def parts_of(scenario: Scenario, stream: ArrivalStream) -> Parts:
    """The series of the forecast that a stream is made of; refused where there is none."""
    for measure in (stream.measure, *stream.less):
        if measure not in OFFICES:
            raise InputRefused(
                f"The scenario '{scenario.id}' reads '{measure}', which is not forecast.",
                f"Leave arrivals = 'forecast' out, or read one of: {', '.join(OFFICES)}.",
            )
    taken = ((f"{stream.region}/{OFFICES[one]}", -1) for one in stream.less)
    return ((f"{stream.region}/{OFFICES[stream.measure]}", 1), *taken)


def known_panel(pack: Pack, as_of: date | None) -> Panel:
    """The series of a pack as far as their months are over by a day."""
    panel = pack_panel(pack)
    if as_of is None:
        return panel
    over = 12 * as_of.year + as_of.month - 1  # the running month is not over, but on its last day
    last_day = calendar.monthrange(as_of.year, as_of.month)[1]
    return panel.until(min(panel.last, over if as_of.day == last_day else over - 1))


def look_ahead(
    scenario: Scenario, pack: Pack, streams: Sequence[int], firsts: Sequence[date]
) -> Ahead:
    """The forecast of these streams, each stretch of days by its first day; refused if too far."""
    panel = known_panel(pack, scenario.as_of)
    months = [12 * day.year + day.month - 1 - panel.last - 1 for day in firsts]
    horizon = max(months) + 1
    if horizon > MOST_HORIZON:
        raise InputRefused(
            f"The scenario '{scenario.id}' runs to {scenario.last_day}, {horizon} months after "
            f"{month_name(panel.last)}, the last month known.",
            f"Forecast arrivals reach {MOST_HORIZON} months at the most: give an earlier last_day, or "
            "leave arrivals = 'forecast' out.",
        )
    parts = tuple((e, parts_of(scenario, scenario.arrivals[e])) for e in streams)
    paths = _drawn(panel, parts, max(1, horizon), PATHS, SEED)
    return Ahead(panel, parts, tuple(max(-1, month) for month in months), paths)
