"""The lowest point of the dual: first of a sample of the rows, then of more, then of all."""

from __future__ import annotations

import time
from dataclasses import dataclass

import numpy as np

from partage.place.instance import Ints
from partage.place.prices import passes
from partage.place.prices import pivots as p
from partage.place.prices.dual import Dual

FIRST_ROWS = 512
SAMPLE = 8192  # rows of the second sample, or a share of all:
SAMPLE_SHARE = 16
TURNS = 3  # fewer where the sample is a large part of all rows
BURST = 64  # edges between two looks at the clock, and a fresh inverse; fewer where they are slow
BURST_SECONDS = 0.2
TOLERANCE = 1e-7  # households: a part below it is none
NEAR = 1024  # rows near a tie that are looked at to begin with, or a share of all:
NEAR_SHARE = 4
NEAR_SHARE_AGAIN = 64  # where the walk begins at a corner that was the lowest a little before
STUCK_OFTEN = 3


@dataclass(slots=True, eq=False)
class Corner:
    """A vertex told by its equations, whatever the rows: for each what it says.

    ``row``, ``own`` and ``other`` of a tie are a row and two sites; ``row`` of a kink is a price. ``side``
    is 1 for each price at or above 0.
    """

    y: Ints
    what: Ints
    row: Ints
    own: Ints
    other: Ints
    side: Ints

    @classmethod
    def free(cls, prices: int) -> Corner:
        """Where nothing has a price."""
        none = np.full(prices, -1, np.int64)
        return cls(
            np.zeros(prices), np.full(prices, p.KINK, np.int8), np.arange(prices), none,
            none.copy(), np.ones(prices, np.int8),
        )  # fmt: skip

    @property
    def tied(self) -> Ints:
        """Which equations are ties."""
        tied: Ints = self.what == p.TIE
        return tied


@dataclass(frozen=True, slots=True, eq=False)
class Lowest:
    """The lowest corner, edges walked, passes over all rows; not ``ended``: how far it came in time."""

    corner: Corner
    edges: int
    passes: int
    ended: bool = True


def lowest(dual: Dual, *, deadline: float = np.inf, start: Corner | None = None) -> Lowest:
    """The lowest corner of the dual; where time or rounding is in the way, a corner on the way there.

    ``start`` is a corner to begin with; else samples lead near it.
    """
    corner = start or Corner.free(dual.prices)
    edges = seen = 0
    if start is None and dual.rows > 4 * FIRST_ROWS:
        edges, seen = _near(dual, corner, deadline)
        if time.perf_counter() > deadline:
            return Lowest(corner, edges, seen, False)
    walk = Walk(dual, corner, np.arange(dual.rows), dual.count)
    ended = walk.descend(deadline, NEAR_SHARE if start is None else NEAR_SHARE_AGAIN)
    return Lowest(corner, edges + walk.edges, seen + walk.passes, ended)


def _near(dual: Dual, corner: Corner, deadline: float) -> tuple[int, int]:
    """Brings a corner near the lowest one by samples of the rows; edges walked, passes over all rows.

    A sample's dual has other slopes than the whole. So at its lowest corner the slopes of all rows are
    taken, the difference is made up, and the walk goes on: each turn leaves a small part of the error.
    """
    draw = np.random.Generator(np.random.PCG64(20230219)).random(dual.rows)
    edges = seen = 0
    sample = max(SAMPLE, dual.rows // SAMPLE_SHARE)
    turns = TURNS if sample * 4 < dual.rows else TURNS - 1
    for size in (FIRST_ROWS, sample):
        if size * 2 > dual.rows:
            break
        chance = _chances(dual, size)
        offset = np.zeros(dual.prices)
        for turn in range(turns if size == sample else 1):
            rows = np.union1d(np.flatnonzero(draw < chance), corner.row[corner.tied])
            walk = Walk(dual, corner, rows, dual.count[rows] / chance[rows], offset)
            if not walk.descend(deadline):
                return edges, seen
            edges += walk.edges
            if size < sample or turn == turns - 1:
                break
            offset = offset + walk.made_up()
            seen += 1
    return edges, seen


def _chances(dual: Dual, size: int) -> Ints:
    """How likely each row is to be in a sample of about that many: rows that need rare services more so."""
    services = dual.kind_need.shape[1]
    use = (dual.kind_need > 0).astype(np.float64)
    rows = np.bincount(dual.kind_of, minlength=len(use)) @ use
    each = np.minimum(1.0, size / services / np.maximum(rows, 1.0))
    by_kind = np.maximum((use * each).max(axis=1), size / services / dual.rows)
    chances: Ints = np.minimum(1.0, by_kind)[dual.kind_of]
    return chances


class Walk:
    """A walk down the dual of some rows, each with a weight; moves the corner it is given."""

    def __init__(
        self, dual: Dual, corner: Corner, rows: Ints, weight: Ints, offset: Ints | None = None
    ) -> None:
        self.dual, self.corner, self.rows, self.weight = dual, corner, rows, weight
        self.offset = offset if offset is not None else np.zeros(dual.prices)
        self.edges = self.passes = 0
        self.part = np.zeros(dual.prices)
        self._burst_edges = BURST
        self._kind_persons = np.maximum(dual.kind_need[:, 0], 1.0)
        self._place = np.full(dual.rows, -1, np.int64)  # of a row among those near a tie

    def descend(self, deadline: float, share: int = NEAR_SHARE) -> bool:
        """To the lowest point; False if the time was up or the walk stuck before.

        One in ``share`` rows is looked at to begin with, those nearest a tie.
        """
        near = max(NEAR, len(self.rows) // share)
        stuck, again = 0, False
        self._invert()
        while True:
            self._look(near, again=again)
            since = 0
            while True:
                if time.perf_counter() > deadline:
                    return False
                why, walked = self._burst()
                since += walked
                if why == p.DONE:
                    return True
                self._invert()
                stuck = stuck + 1 if why == p.STUCK and not walked else 0
                if stuck > STUCK_OFTEN:
                    return False
                if why != p.MORE:
                    break
                self.near.safe[:] = -np.inf
            again = since == 0
            if why == p.WIDER and since < BURST // 2:
                near = min(len(self.rows), near * 4)

    def _invert(self) -> None:
        """The prices and the inverse, anew from the equations."""
        dual, c = self.dual, self.corner
        prices, tied = dual.prices, c.tied
        own, other = np.zeros(prices), np.zeros(prices)
        worth = dual.nets(c.row[tied])
        at = np.arange(len(worth))
        own[tied], other[tied] = worth[at, c.own[tied]], worth[at, c.other[tied]]
        matrix, right = np.zeros((prices, prices)), np.zeros(prices)
        p.equations(
            c.what, c.row, c.other, c.own, dual.instance.need, own, other, dual.region, dual.low,
            matrix, right,
        )  # fmt: skip
        inverse = np.linalg.inv(matrix)
        c.y = inverse @ right
        self.V = np.ascontiguousarray(inverse.T)

    def _look(self, near: int, *, again: bool = False) -> None:
        """Look at all rows: the slopes, and which rows are near a tie. ``again``: nothing has moved."""
        dual, c = self.dual, self.corner
        tied = c.tied
        if not again:
            self.passes += 1
            self._best, self._margin = self._choices(self.rows, dual.table(c.y))
            at = np.searchsorted(self.rows, c.row[tied])
            self._best[at] = c.own[tied]
            self._margin /= dual.persons[self.rows]
            self._margin[at] = -np.inf
            slope = np.where(c.side > 0, dual.upper, dual.lower) + self.offset
            passes.use(self._best, self.rows, self.weight, dual.instance.need, dual.region, slope)
            self._slope = slope
        best, margin = self._best, self._margin
        best[np.searchsorted(self.rows, c.row[tied])] = c.own[tied]
        self._room, self._since = np.inf, c.y.copy()
        chosen = np.arange(len(self.rows))
        if near < len(self.rows):
            self._room = max(float(np.partition(margin, near)[near]), 0.0)
            chosen = np.flatnonzero(margin <= self._room)
        self.core = self.rows[chosen]
        self._place[self.core] = np.arange(len(chosen))
        state = np.full((len(chosen), dual.instance.sites + 1), p.FREE, np.int8)
        state[:, :-1][dual.instance.value[self.core] < 0] = p.BARRED
        ties = np.zeros(len(chosen), np.int64)
        here = self._place[c.row[tied]]
        np.add.at(ties, here, 1)
        state[here, c.other[tied]] = p.HELD
        self.near = p.Rows(
            dual.nets(self.core), np.full(len(chosen), -np.inf), dual.kind_of[self.core],
            dual.instance.need[self.core].astype(np.float64), state, self.weight[chosen],
            best[chosen], ties,
        )  # fmt: skip

    def _choices(self, rows: Ints, table: Ints) -> tuple[Ints, Ints]:
        """The best site of these rows, and how far the second is behind."""
        dual = self.dual
        best, margin = np.empty(len(rows), np.int64), np.empty(len(rows))
        passes.best_two(
            dual.instance.value, dual.unplaced, dual.kind_of, table, dual.hair, rows, best, margin
        )
        return best, margin

    def made_up(self) -> Ints:
        """What the slopes of all rows, with these parts, are above those of the rows walked on."""
        dual, c = self.dual, self.corner
        everyone = np.arange(dual.rows)
        best, _ = self._choices(everyone, dual.table(c.y))
        tied = c.tied
        best[c.row[tied]] = c.own[tied]
        whole = np.where(c.side > 0, dual.upper, dual.lower)
        passes.use(best, everyone, dual.count, dual.instance.need, dual.region, whole)
        apart = np.zeros(dual.prices)
        rows = c.row[tied]
        weight = self.weight[np.searchsorted(self.rows, rows)]
        share = self.part[tied] * (dual.count[rows] / weight - 1.0)
        passes.use(c.other[tied], rows, share, dual.instance.need, dual.region, apart)
        passes.use(c.own[tied], rows, -share, dual.instance.need, dual.region, apart)
        return whole + apart - self._slope

    def _burst(self) -> tuple[int, int]:
        """Some edges; why they ended, and how many they were."""
        dual, c = self.dual, self.corner
        tied = c.tied
        obj = c.row.copy()
        obj[tied] = self._place[c.row[tied]]
        lead, inside = np.full(dual.prices, -1, np.int64), np.full(dual.prices, -1, np.int64)
        leader: dict[int, int] = {}
        for e in np.flatnonzero(tied).tolist():
            lead[e] = leader.setdefault(int(obj[e]), e)
        inside[obj[~tied]] = np.flatnonzero(~tied)
        vertex = p.Vertex(
            c.y, self.V, (self.V**2).sum(axis=1), -(self.V @ self._slope), c.what, obj, c.other,
            lead, inside,
        )  # fmt: skip
        slopes = p.Slopes(self._slope, c.side, dual.upper, dual.lower, dual.has_left, dual.low)
        paid = np.zeros((len(dual.kind_need), dual.instance.sites + 1))
        paid[:, :-1] = dual.table(c.y)
        none = np.zeros(len(paid))
        kinds = p.Kinds(
            dual.kind_need, self._kind_persons, paid, np.zeros(paid.shape), none, none.copy()
        )
        begun = time.perf_counter()
        why, walked = p.walk(
            self._burst_edges,
            vertex,
            slopes,
            self.near,
            kinds,
            dual.region,
            self._since,
            self._room,
            TOLERANCE,
        )
        took = time.perf_counter() - begun
        if took > BURST_SECONDS:
            self._burst_edges = max(4, int(walked * BURST_SECONDS / took))
        self.edges += walked
        self.part = vertex.part
        tied = c.tied
        c.row[:] = obj
        c.row[tied] = self.core[obj[tied]]
        c.own[tied] = self.near.own[obj[tied]]
        return why, walked
