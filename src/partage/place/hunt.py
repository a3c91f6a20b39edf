"""The search for a plan of whole households among the moves that prices leave open."""

from __future__ import annotations

import time
from collections.abc import Callable
from math import floor

import numpy as np

from partage.place import roads
from partage.place.beside import Beside
from partage.place.groups import group, ungroup
from partage.place.instance import Instance, Ints
from partage.place.milp import search
from partage.place.moves import SURE, Near, Totals, move_program
from partage.place.roads import Prices
from partage.place.rows import INFINITE, linear
from partage.place.solved import Placed, placed, placed_counts
from partage.place.watched import Progress

SLOW_PAIRS = 50_000_000  # beyond it a pass takes so long that a plan is made before the search
FIRST_MOVES = 40  # moves that the first search looks at, and for each price above 0:
MOVES_PER_PRICE = 3
ALIKE = 0.75  # a share of rows: if no more are distinct, they are searched as groups
MORE_MOVES = 3  # times as many, while there is no plan
MOST_MOVES = 200_000  # more are not searched while there is no plan
GUESS = 10.0  # times the widest move: what a first plan may give up in all
SHARE = 0.3  # of the time that is left, for a search that cannot prove anything
SHARE_BESIDE = 0.8  # the same where another search runs beside
WIDER = 1.35  # times the gap: pairs a little beyond it give the second search sharper cuts
TURN = 8.0  # seconds after which the second search takes all pairs, if there can be no more than:
FEW_TO_SEARCH = 100_000
PATIENCE = 0.2  # seconds of searching before another begins beside it
SAID_EVERY = 0.5  # seconds


class Hunt:
    """The search for a plan of whole households among the moves that the prices leave open."""

    def __init__(
        self,
        instance: Instance,
        prices: Prices,
        begun: float,
        deadline: float,
        gap: float,
        say: Callable[[Progress], None] | None,
        threads: int = 1,
    ) -> None:
        self.instance, self.prices, self.threads = instance, prices, threads
        self.begun, self.deadline, self.gap, self.say = begun, deadline, gap, say
        self._said = begun
        self._beside: Beside | None = None
        self.most = floor(prices.bound)
        self.best: Placed | None = None
        self.bound = self.most
        self.passes = 0
        self._width = 1.0  # value units: where the nearest moves are looked for first

    def run(self) -> None:
        """One search where many rows are alike; else narrow ones until there is a plan, then a wide one."""
        try:
            self._run()
        finally:
            self._end_beside()

    def _run(self) -> None:
        if self.instance.households * self.instance.sites <= roads.FEW_PAIRS and not self._enough():
            grouped, of = group(self.instance)
            if grouped.households <= ALIKE * self.instance.households:
                self._search_groups(grouped, of)
                return
        slow = self.instance.households * self.instance.sites > SLOW_PAIRS
        if slow:
            self._fill()
        self._search_moves()
        if not slow:
            self._fill()

    def _fill(self) -> None:
        """While there is no plan, one that is made in one pass."""
        if self.best is None and self.prices.fill is not None:
            filled = self.prices.fill()
            one = filled.ndim == 1
            self.take(
                placed(self.instance, filled) if one else placed_counts(self.instance, filled)
            )

    def _search_groups(self, grouped: Instance, of: Ints) -> None:
        """Search all pairs of the groups: prices leave most of them open where worths are few."""
        model = linear(grouped)
        if not len(model.pairs):
            self._search_moves()
            return
        i, j = model.pairs[:, 0], model.pairs[:, 1]
        start = None
        if self.best is not None and self.best.site is not None:
            start = np.bincount(
                of[self.best.site >= 0] * grouped.sites + self.best.site[self.best.site >= 0],
                minlength=grouped.households * grouped.sites,
            ).reshape(grouped.value.shape)[i, j]
        found = search(
            model.program,
            self._left(),
            start=start,
            plans="few",  # prices say already what those that are left out would look for
            look=lambda value, most: self._look(
                float(self.prices.bound) - value, float(self.prices.bound) - most
            ),
        )
        if found.columns is not None:
            counts = np.zeros(grouped.value.shape, np.int32)
            counts[i, j] = np.rint(found.columns[: len(i)])
            self.take(_plan_of(self.instance, ungroup(counts, of, self.instance.count)))
        if np.isfinite(found.bound):
            most = floor(found.bound + SURE)
            self.bound = min(self.bound, most if self.best is None else max(self.best.value, most))

    def _search_moves(self) -> None:
        """Narrow searches until there is a plan, then one as wide as a better plan could need."""
        many = self._first_moves()
        whole = False
        while not whole and not self._enough() and self._left() > 0.01:
            self.passes += 1
            need = self._need()
            wide = self.prices.near(need) if self.best is not None else None
            if wide is not None:
                near, width, whole = wide, INFINITE, True
            elif many > MOST_MOVES:
                return
            else:
                near, width, whole = self._nearest(many)
            self._search(near, width, need)
            many *= MORE_MOVES

    def _nearest(self, many: int) -> tuple[Near, float, bool]:
        """Some moves of least regret, the regret up to which they are all, whether they are all."""
        every = self._pairs()
        before: Near | None = None
        while True:
            near = self.prices.near(self._width)
            if near is None or (before is not None and self._left() < 0):
                if before is None:  # too many are equally good: only everybody's best site
                    before, self._width = self.prices.near(-1.0), 0.0
                assert before is not None
                return before, self._width / 2.0, False
            if len(near.row) > many:
                width = float(np.partition(near.lost, many)[many])
                return near.within(width), width, False
            if len(near.row) >= every:
                return near, INFINITE, True
            before = near
            self._width = 2.0 * self._width

    def take(self, plan: Placed) -> None:
        """Keep a plan if it is the best so far."""
        if self.best is None or plan.value > self.best.value:
            self.best = plan

    def _search(self, near: Near, width: float, need: float) -> None:
        """Search these moves; what the search shows becomes the bound, if it is better than what was known.

        A plan with a move that is not among them falls short by more than ``width``.
        """
        totals = Totals.of(self.instance, near.own)
        gap = min(need + 1.0, GUESS * width)
        program = move_program(self.instance, self.prices.certificate, near, totals, gap)
        if program is None:
            short = INFINITE
        else:
            begun, left = time.perf_counter(), self._left()
            alone = width == INFINITE
            share = (
                left if alone else max(0.1, left * (SHARE if self.threads == 1 else SHARE_BESIDE))
            )

            def look(loss: float, least: float) -> bool:
                took = time.perf_counter() - begun
                if took > PATIENCE:
                    self._begin_beside(gap)
                return self._look(loss, min(least, width)) or (
                    took > share and not np.isfinite(loss)
                )

            found = search(
                program,
                share if self.threads == 1 else left,
                start=self._start(near),
                look=look,
            )
            if found.columns is not None:
                self.take(moved(self.instance, near, found.columns))
            short = found.bound if found.columns is not None or not found.ended else INFINITE
        if short == -INFINITE:
            return  # it was stopped before it had shown anything
        short = min(short, width)
        least = self.best.value if self.best is not None else -INFINITE
        if np.isfinite(short):
            shown = floor(float(self.prices.bound) - short + SURE)
            self.bound = min(self.bound, int(max(shown, least)))
        elif self.best is not None:
            self.bound = self.best.value

    def _start(self, near: Near) -> Ints | None:
        """The best plan so far as moves, if it is among them."""
        if self.best is None or self.best.site is None:
            return None
        site = np.where(self.best.site < 0, self.instance.sites, self.best.site)
        chosen = site[near.row] == near.to
        return chosen.astype(float) if chosen.sum() == (site != near.own).sum() else None

    def _need(self) -> float:
        """How much a plan better than the best so far may fall short of the bound of the prices."""
        if self.best is None:
            return INFINITE
        return max(0.0, float(self.prices.bound - self.best.value) - 1.0) + SURE

    def _enough(self) -> bool:
        self._hear()
        return self.best is not None and self._close(self.best.value)

    def _left(self) -> float:
        return self.deadline - time.perf_counter()

    def _pairs(self) -> int:
        """How many moves there are at all."""
        return int((self.instance.value >= 0).sum())

    def _first_moves(self) -> int:
        """A few moves for each price above 0."""
        c = self.prices.certificate
        return FIRST_MOVES + MOVES_PER_PRICE * int((c.price > 0).sum() + (c.floor_price > 0).sum())

    def _look(self, loss: float, least: float) -> bool:
        """Called while a search runs, with what its plan and any plan fall short; True: it is enough."""
        self._hear()
        bound = float(self.prices.bound)
        values = [self.best.value] if self.best is not None else []
        if np.isfinite(loss):
            values.append(round(bound - loss))
        most = floor(bound - least + SURE) if np.isfinite(least) else self.bound
        value = max(values, default=None)
        now = time.perf_counter()
        if self.say is not None and now - self._said >= SAID_EVERY:
            self._said = now
            self.say(Progress(now - self.begun, value, min(self.bound, most), self.prices.road))
        return value is not None and self._close(value)

    def _close(self, value: int) -> bool:
        """Whether a plan of that value is as good as was asked for."""
        return self.bound - value <= max(0.0, self.gap * max(1, abs(value)))

    def _begin_beside(self, gap: float) -> None:
        """On the second thread, a search of the pairs that a plan within ``gap`` could hold, and a little
        beyond; after a while, where they are not too many, of all."""
        beside, gap = self._beside, gap * WIDER
        few = self.instance.households * self.instance.sites <= FEW_TO_SEARCH
        if self.threads == 1 or not np.isfinite(gap):
            return
        if beside and time.perf_counter() - beside.begun > TURN and few:
            gap = INFINITE
        if beside and beside.gap >= gap:
            return
        self._end_beside()
        near = self.prices.near(gap) if gap < INFINITE else None
        if gap == INFINITE or (near is not None and len(near.row) + len(near.own) <= MOST_MOVES):
            bound = float(self.prices.bound)
            self._beside = Beside(self.instance, near, bound, gap, self._left())

    def _hear(self) -> None:
        """What the search beside has shown holds for every plan."""
        if self._beside is not None and np.isfinite(self._beside.shown):
            most = floor(float(self.prices.bound) - self._beside.shown + SURE)
            least = self.best.value if self.best is not None else most
            self.bound = min(self.bound, max(most, least))

    def _end_beside(self) -> None:
        """Stop the search beside; its plan counts if the time is up."""
        beside, self._beside = self._beside, None
        if beside is None:
            return
        late = self._left() <= 0.01
        beside.stop()
        counts = beside.counts()
        if late and counts is not None:
            self.take(_plan_of(self.instance, counts))


def moved(instance: Instance, near: Near, columns: Ints) -> Placed:
    """The plan that the moves make of everybody's best site."""
    often = np.rint(columns[: len(near.row)]).astype(np.int64)
    some = often > 0
    if (instance.count == 1).all():
        site = near.own.copy()
        site[near.row[some]] = near.to[some]
        return placed(instance, np.where(site == instance.sites, -1, site))
    counts = np.zeros((instance.households, instance.sites + 1), np.int64)
    rows = np.arange(instance.households)
    counts[rows, near.own] = instance.count
    np.subtract.at(counts, (near.row[some], near.own[near.row[some]]), often[some])
    np.add.at(counts, (near.row[some], near.to[some]), often[some])
    return _plan_of(instance, counts[:, :-1].astype(np.int32))


def _plan_of(instance: Instance, counts: Ints) -> Placed:
    """The plan of counts (rows, sites), as sites where every row is one household."""
    if (instance.count != 1).any():
        return placed_counts(instance, counts)
    return placed(instance, np.where(counts.any(axis=1), counts.argmax(axis=1), -1))
