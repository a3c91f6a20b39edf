"""Replications of the office model, told in the rows of the compiled one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from partage.simulate.arrays import NEVER, NO_LIMIT, PER_KM, SERIES, TOTALS, T
from partage.simulate.compiled import Compiled
from partage.simulate.drawn import draw
from partage.simulate.played.days import Played
from partage.simulate.played.desk import Desk, Journal
from partage.simulate.played.town import Town
from partage.simulate.study import Rows

Whole = NDArray[np.int64]


def play(
    made: Compiled, seed: str, first: int, runs: int, journal: Callable[[], Journal],
    look: Callable[[Played], None] = lambda played: None,
) -> tuple[Whole, Whole]:  # fmt: skip
    """Series and totals of runs ``first`` to ``first + runs - 1``, in the columns of ``Rows``.

    Each run has a journal of its own. ``look`` sees each replication when it is over.
    """
    rows, drawn, town = Rows.of(made), draw(made, seed, first, runs), Town(made)
    series = np.zeros((runs, len(made.reported), len(rows.series)), np.int64)
    totals = np.zeros((runs, len(rows.totals)), np.int64)
    for run in range(runs):
        played = Played(town, drawn, run, Desk(journal()), f"{seed}/{first + run}")
        _Teller(made, played, series[run], totals[run]).all_days()
        look(played)
    return series, totals


class _Teller:
    """Counts every night of a replication from the book of the journal, and tells it."""

    def __init__(self, made: Compiled, played: Played, series: Whole, totals: Whole) -> None:
        self.made, self.world, self.played = made, made.world, played
        self.series, self.totals = series, totals
        self.full = np.full(len(made.sites), NEVER, np.int64)
        self.peak = np.zeros((len(made.sites), len(made.services)), np.int64)
        self.sums: dict[str, int] = {"first-day-without-roof": NEVER}
        regions = list(made.regions)
        self.points = {
            str(point.id): regions.index(str(point.region))
            for point in played.town.pack.entry_points
            if str(point.region) in regions
        }

    def all_days(self) -> None:
        """Every day, its night, and what is told at the end."""
        for d in range(self.played.town.days):
            self.played.way = 0.0
            self.played.day(d)
            self._night(d)
            self._loads(d)
        self.played.desk.seal()
        self._finish()

    def _add(self, name: str, number: int) -> None:
        self.sums[name] = self.sums.get(name, 0) + number

    def _night(self, d: int) -> None:
        """At 04:00, by the book: who is where, who has no roof, what it costs."""
        world, book = self.world, self.played.desk.persons
        cap, price = world.cap[d, :, 0], world.price[d]
        there = np.array([book(f"hosted@{site}") for site in self.made.sites], np.int64)
        over = np.maximum(0, there - cap)  # in a place that is agreed no more: they wait there
        here = np.zeros(len(self.made.regions), np.int64)
        for point, region in self.points.items():
            here[region] += book(f"waiting@{point}")
        np.add.at(here, world.region, over)
        roofs = np.zeros(len(here), np.int64)
        roofs[: len(world.entry_places)] = world.entry_places
        hosted, waiting = int((there - over).sum()), int(here.sum())
        roofless = int(np.maximum(0, here - roofs).sum())
        empty = int(np.maximum(0, cap - there)[cap < NO_LIMIT].sum())
        cost = float(world.fixed_per_day[d])
        cost += float((price * np.where(world.pays_empty, cap, there - over)).sum())
        self.full[(cap > 0) & (there >= cap) & (d < self.full) & ~world.opens[d]] = d
        for name, number in (
            ("nights", hosted), ("nights-waiting", waiting), ("nights-without-roof", roofless),
            ("empty-place-nights", empty), ("cost-lodging", int(cost + 0.5)),
            ("cost-travel", int(self.played.way * self.played.people.params[PER_KM] + 0.5)),
        ):  # fmt: skip
            self._add(name, number)
        self.sums["most-without-roof"] = max(self.sums.get("most-without-roof", 0), roofless)
        if roofless:
            self.sums["first-day-without-roof"] = min(self.sums["first-day-without-roof"], d)
        self.sums["hosted-at-end"], self.sums["waiting-at-end"] = hosted, waiting
        self._balance(hosted + waiting)
        if world.report[d] >= 0:
            self._tell(int(world.report[d]), waiting, roofless, hosted, empty, there - over)

    def _balance(self, here: int) -> None:
        """Everybody is somewhere: who came, less who left, is who is here by the book."""
        got = self.played.counts.get
        gone = sum(
            got(name, 0) for name in (
                "own-arrangement", "to-housing", "to-homelessness", "to-montreal", "to-toronto",
                "left-waiting",
            )
        )  # fmt: skip
        apart = got("arrived", 0) + got("hosted-at-start", 0) - gone - here
        self.sums["imbalance"] = max(self.sums.get("imbalance", 0), abs(apart))

    def _tell(
        self, row: int, waiting: int, roofless: int, hosted: int, empty: int, there: Any
    ) -> None:
        got, played = self.played.counts.get, self.played
        spent = self.sums["cost-lodging"] + self.sums["cost-travel"]
        first = [
            waiting, roofless, hosted, got("arrived", 0), got("transferred", 0), spent // 1000, empty,
            hosted + waiting,
        ]  # fmt: skip
        everybody = max(1, int(played.received.sum() + played.alone.sum()))
        shares = np.maximum(0, 10000 * (played.received + played.alone) // everybody)
        self.series[row] = np.concatenate([first, there, shares])

    def _loads(self, d: int) -> None:
        """The most that each service was asked for, in percent of what is agreed; a week begins anew."""
        world, weekly = self.world, self.world.weekly
        stock = self.played.at @ world.service
        load = np.where(weekly[None, :], self.played.week, stock)
        now = weekly[None, :] if d % 7 == 6 else np.zeros_like(weekly)[None, :]
        told = world.report[d] >= 0
        seen = (world.agreed >= 0) & (load > 0) & (now | (~weekly[None, :] & told))
        percent = 100 * load // np.maximum(1, world.agreed)
        self.peak = np.where(seen, np.maximum(self.peak, percent), self.peak)
        if d % 7 == 6:
            self.played.week[:] = 0

    def _finish(self) -> None:
        sums = {**self.played.counts, **self.sums, "events": self.played.desk.entries}
        for name in TOTALS:
            self.totals[T[name]] = sums.get(name, 0)
        at = len(TOTALS)
        for part in (
            self.full,
            self.peak.reshape(-1),
            self.series[-1, len(SERIES) + len(self.full) :],
        ):
            self.totals[at : at + len(part)] = part
            at += len(part)
