"""Many runs: batches handed to a map, results added up as they come; memory does not grow with them."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from partage.core.errors import InputRefused
from partage.simulate.arrays import SERIES, TOTALS, T, state_for
from partage.simulate.compiled import Compiled
from partage.simulate.drawn import draw
from partage.simulate.kernel import replicate
from partage.simulate.maps import Map, in_threads
from partage.simulate.spread import Differences, Spread

BATCH = 128  # runs side by side in the kernel fill it
MOST_RUNS = 10_000_000


@dataclass(frozen=True, slots=True)
class Rows:
    """The names of what is told: of each reported day, and of a run as a whole."""

    series: tuple[str, ...]
    totals: tuple[str, ...]

    @classmethod
    def of(cls, made: Compiled) -> Rows:
        """The names for a scenario's sites, regions and services."""
        series = (
            *SERIES, *(f"persons@{s}" for s in made.sites), *(f"share@{r}" for r in made.regions),
        )  # fmt: skip
        loads = (f"load {v}@{s}" for s in made.sites for v in made.services)
        totals = (*TOTALS, *(f"first-full@{s}" for s in made.sites), *loads)
        return cls(series, (*totals, *(f"share@{r}" for r in made.regions)))


@dataclass(slots=True)
class Study:
    """One or more scenarios, each run as often under the same luck."""

    made: tuple[Compiled, ...]
    seed: str
    wanted: int
    runs: int = 0
    stopped: bool = False
    rows: list[Rows] = field(default_factory=list)
    series: list[Spread] = field(default_factory=list)  # a scenario: (T x columns)
    totals: list[Spread] = field(default_factory=list)
    differences: list[Differences] = field(default_factory=list)  # of totals, from the first
    model: str = "flow"  # flow | office

    def quantiles(self, which: int, name: str, at: Sequence[float]) -> NDArray[np.float64]:
        """Of a series: (T, len(at)) over the reported days."""
        columns = self.rows[which].series
        days = len(self.made[which].reported)
        column = columns.index(name)
        size = len(columns)
        own = self.series[which]
        at_days = [day * size + column for day in range(days)]
        return Spread(own.counts[at_days], own.sums[at_days]).quantiles(at)

    def total(self, which: int, name: str, at: Sequence[float]) -> NDArray[np.float64]:
        """Of a total of the run: (len(at),)."""
        row = self.rows[which].totals.index(name)
        own = self.totals[which]
        return np.asarray(Spread(own.counts[[row]], own.sums[[row]]).quantiles(at)[0])

    def mean(self, which: int, name: str) -> float:
        """The mean of a total over the runs."""
        return float(self.totals[which].means()[self.rows[which].totals.index(name)])


@dataclass(frozen=True, slots=True)
class _Batch:
    made: tuple[Compiled, ...]
    seed: str
    first: int
    runs: int


def run_batch(batch: _Batch) -> list[tuple[Any, Any]]:
    """Series and totals of a batch of runs, for each scenario; everybody was counted every night."""
    out = []
    for made in batch.made:
        rows = Rows.of(made)
        drawn = draw(made, batch.seed, batch.first, batch.runs)
        columns = len(SERIES) + len(made.sites) + len(made.regions)
        series = np.zeros((batch.runs, len(made.reported), columns), np.int64)
        totals = np.zeros((batch.runs, len(rows.totals) - len(made.regions)), np.int64)
        replicate(
            made.world, state_for(made.world), drawn.level, drawn.lodged, drawn.hazard, drawn.params,
            drawn.keys, series, totals,
        )  # fmt: skip
        assert not totals[:, T["imbalance"]].any(), "persons were lost or made up in a run"
        shares = series[:, -1, columns - len(made.regions) :]
        out.append((series, np.concatenate([totals, shares], axis=1)))
    return out


def study(
    made: Sequence[Compiled], runs: int, *, seed: str, map_: Map | None = None,
    progress: Callable[[str], None] = lambda said: None,
    play: Callable[[_Batch], list[tuple[Any, Any]]] = run_batch, at_a_time: int = BATCH,
    model: str = "flow", heard: Callable[[], None] = lambda: None,
) -> Study:  # fmt: skip
    """Run each scenario ``runs`` times under the same luck; an interrupt keeps what is done, and says so.

    ``map_`` applies a function to batches (threads of this machine where left out); results are the same
    whatever it is. ``progress`` is told how far it is, with the time left. ``play`` plays a batch of
    ``at_a_time`` runs: the compiled model, or another that tells the same rows. ``heard`` is called when an
    interrupt was heard.
    """
    if not 1 <= runs <= MOST_RUNS:
        raise InputRefused(f"{runs} runs cannot be made.", f"Give --runs 1 to {MOST_RUNS:,}.")
    done = Study(tuple(made), seed, runs, model=model)
    for one in made:
        rows = Rows.of(one)
        done.rows.append(rows)
        done.series.append(Spread.of(len(one.reported) * len(rows.series)))
        done.totals.append(Spread.of(len(rows.totals)))
    done.differences = [Differences.of(len(done.rows[0].totals)) for _ in made[1:]]
    batches = (
        _Batch(tuple(made), seed, first, min(at_a_time, runs - first))
        for first in range(0, runs, at_a_time)
    )
    begun = told = time.perf_counter()
    try:
        for results in (map_ or in_threads())(play, batches):
            _count(done, results)
            now = time.perf_counter()
            if now - told > 2.0:
                left = (now - begun) / done.runs * (runs - done.runs)
                progress(f"{done.runs:,} of {runs:,} runs, {left:,.0f} s left")
                told = now
    except KeyboardInterrupt:
        if done.runs == 0:
            raise
        heard()
        done.stopped = True
    return done


def _count(done: Study, results: list[tuple[Any, Any]]) -> None:
    for which, (series, totals) in enumerate(results):
        done.series[which].add(series.reshape(len(series), -1))
        done.totals[which].add(totals)
        if which:
            own = done.rows[which].totals
            first = done.rows[0].totals
            if own == first:
                done.differences[which - 1].add(results[0][1], totals)
            else:
                done.differences[which - 1].add(results[0][1], _aligned(totals, own, first))
    done.runs += len(results[0][1])


def _aligned(totals: Any, own: Sequence[str], first: Sequence[str]) -> Any:
    """Totals in the order of the first scenario's; what one does not have is 0."""
    out = np.zeros((len(totals), len(first)), np.int64)
    for column, name in enumerate(first):
        if name in own:
            out[:, column] = totals[:, own.index(name)]
    return out
