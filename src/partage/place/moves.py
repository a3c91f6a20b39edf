"""What the prices leave open: the moves away from each household's best site that cost little.

At any admissible prices, what a plan falls short of their bound is a sum of parts, none below 0: what each
household gives up at its site (its regret), the price of what stays free, of persons above a floor, of room
under a ceiling, and of what a kept priority has to spare; and, for persons short of a floor, what of their
cost is not in its price. So a plan that falls short by less than ``gap`` has no single part of ``gap`` or
more, and is found among the moves whose regret is less. A whole plan is then a small program in them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from partage.place.certificate import Certificate
from partage.place.instance import Instance, Ints
from partage.place.rows import INFINITE, Program, by_rows

SURE = 1e-6  # value units: what rounding may hide in a regret


@dataclass(frozen=True, slots=True, eq=False)
class Near:
    """Each row's best site at given prices (``sites`` = no place), and the moves of little regret.

    ``row``, ``to``, ``lost`` (moves,): which row, to which site, how much it gives up, in value units.
    """

    own: Ints
    row: Ints
    to: Ints
    lost: Ints

    def within(self, width: float) -> Near:
        """Only the moves whose regret is at most ``width``."""
        some = self.lost <= width
        return Near(self.own, self.row[some], self.to[some], self.lost[some])


@dataclass(slots=True, eq=False)
class Totals:
    """What rows take at their own sites: units (sites, services), kept worth (tiers,)."""

    used: Ints
    kept: Ints

    @classmethod
    def of(cls, instance: Instance, own: Ints) -> Totals:
        """The totals when every household is at its row's own site."""
        m, k = instance.capacity.shape
        rows = np.flatnonzero(own < m)
        count = instance.count[rows].astype(np.int64)
        used = np.zeros((m, k), np.int64)
        for s in range(k):
            units = (instance.need[rows, s] * count).astype(np.float64)
            used[:, s] = np.bincount(own[rows], units, m)
        kept = (instance.keep_value[:, rows, own[rows]].astype(np.int64) * count).sum(axis=1)
        return cls(used, kept)


class Builder:
    """Columns and rows of a program, added block by block."""

    def __init__(self) -> None:
        self.cost: list[Ints] = []
        self.upper: list[Ints] = []
        self.parts: list[tuple[Ints, Ints, Ints]] = []
        self.lower: list[Ints] = []
        self.higher: list[Ints] = []
        self.columns = self.rows = 0

    def add_columns(self, cost: Ints, upper: Ints) -> Ints:
        """New columns; their numbers."""
        numbers = self.columns + np.arange(len(cost))
        self.cost.append(np.asarray(cost, float))
        self.upper.append(np.asarray(upper, float))
        self.columns += len(cost)
        return numbers

    def add_rows(self, lower: Ints, higher: Ints) -> Ints:
        """New rows; their numbers."""
        numbers = self.rows + np.arange(len(lower))
        self.lower.append(np.asarray(lower, float))
        self.higher.append(np.asarray(higher, float))
        self.rows += len(lower)
        return numbers

    def entries(self, rows: Ints, columns: Ints, numbers: Ints) -> None:
        """New entries of the matrix."""
        self.parts.append((rows, columns, np.asarray(numbers, float)))

    def program(self, whole: int, offset: float) -> Program:
        """The program, to be minimised; its first ``whole`` columns are whole numbers."""
        start, index, entry = by_rows(self.parts, self.rows)
        cost = np.concatenate(self.cost)
        return Program(
            cost, np.concatenate(self.upper), np.arange(len(cost)) < whole,
            np.concatenate(self.lower), np.concatenate(self.higher), start, index, entry, offset,
            False,
        )  # fmt: skip


Touches = tuple[Ints, list[tuple[Ints, Ints, Ints]]]


def move_program(
    instance: Instance, certificate: Certificate, near: Near, totals: Totals, gap: float
) -> Program | None:
    """The program whose value is what a plan falls short of the bound of the prices, at most ``gap``.

    A column a move of ``near``, in its order, then what is left over and short at each limit. None: a limit
    that no move touches is broken.
    """
    m = instance.sites
    c = certificate
    build = Builder()
    moves = build.add_columns(near.lost, instance.count[near.row].astype(float))
    persons_at = totals.used[:, 0]
    persons_in = np.zeros(len(instance.region_floor), np.int64)
    np.add.at(persons_in, instance.region, persons_at)
    offset = 0.0
    for s in range(instance.need.shape[1]):
        left = instance.capacity[:, s].astype(np.int64) - totals.used[:, s]
        touches = _touches(instance, near, moves, m, np.arange(m), s)
        offset += _at_most(build, touches, left, c.price[:, s] / c.scale, gap)
    in_region = _touches(instance, near, moves, len(persons_in), instance.region, 0)
    room = instance.region_ceiling.astype(np.int64) - persons_in
    offset += _at_most(build, in_region, room, c.region_price / c.scale, gap)
    if not np.isfinite(offset):
        return None
    sites = _soft(
        build, _touches(instance, near, moves, m, np.arange(m), 0), instance.floor - persons_at,
        c.floor_price / c.scale, _most(c, instance.floor_penalty, instance.keep_floor_penalty), gap,
    )  # fmt: skip
    regions = _soft(
        build, in_region, instance.region_floor - persons_in, c.region_floor_price / c.scale,
        _most(c, instance.region_penalty, instance.keep_region_penalty), gap,
    )  # fmt: skip
    for t in range(len(instance.keep_least)):
        _keep(build, instance, near, totals, t, c.keep_price[t] / c.scale, sites, regions, gap)
    _once(build, instance, near, moves)
    return build.program(len(moves), offset + sites.offset + regions.offset)


def _touches(
    instance: Instance, near: Near, moves: Ints, groups: int, group_of: Ints, service: int
) -> Touches:
    """Groups of sites whose units a move changes, and by how much each move does."""
    of = np.append(group_of, -1)
    source, target = of[near.own[near.row]], of[near.to]
    units = instance.need[near.row, service].astype(float)
    touched = np.zeros(groups, bool)
    found = []
    for group, sign in ((source, -1.0), (target, 1.0)):
        some = (group >= 0) & (source != target) & (units != 0)
        touched[group[some]] = True
        found.append((group[some], moves[some], sign * units[some]))
    return touched, found


def _most(c: Certificate, penalty: Ints, kept: Ints) -> float:
    """What a person short of a floor costs in all, the price of the kept priorities in it."""
    return (c.scale * int(penalty) + int((c.keep_price * kept.astype(np.int64)).sum())) / c.scale


def _fits(gap: float, cost: Ints) -> Ints:
    """How many units of that cost are possible within the gap."""
    with np.errstate(divide="ignore", invalid="ignore"):
        most: Ints = np.where(cost > 0, np.floor((gap + SURE) / cost), INFINITE)
    return most


def _at_most(build: Builder, touches: Touches, left: Ints, price: Ints, gap: float) -> float:
    """Rows for what may not be passed; where it has a price, what stays free costs it.

    What is free where no move changes it costs what is returned; infinite if it is less than nothing.
    """
    touched, found = touches
    if (left[~touched] < 0).any():
        return INFINITE
    where = np.flatnonzero(touched)
    number = np.cumsum(touched) - 1
    priced = price[where] > 0
    rows = build.add_rows(np.where(priced, left[where], -INFINITE), left[where])
    free = build.add_columns(price[where[priced]], _fits(gap, price[where[priced]]))
    build.entries(rows[priced], free, np.ones(len(free)))
    for group, columns, units in found:
        build.entries(rows[number[group]], columns, units)
    return float((price * left)[~touched].sum())


@dataclass(frozen=True, slots=True, eq=False)
class Short:
    """Columns of persons short, how many are short where no move changes it, and what that costs."""

    columns: Ints
    fixed: int
    offset: float


def _soft(
    build: Builder, touches: Touches, lack: Ints, price: Ints, most: float, gap: float
) -> Short:
    """Rows for what should be reached: above costs the price, short costs the rest."""
    touched, found = touches
    lack = lack.astype(np.int64)
    rest = most - price
    still = ~touched
    fixed = np.maximum(lack[still], 0)
    offset = float((fixed * rest[still]).sum() + (np.maximum(-lack[still], 0) * price[still]).sum())
    number = np.cumsum(touched) - 1
    where = np.flatnonzero(touched)
    rows = build.add_rows(lack[where], lack[where])
    over = build.add_columns(price[where], _fits(gap, price[where]))
    short = build.add_columns(rest[where], _fits(gap, rest[where]))
    build.entries(rows, over, -np.ones(len(rows)))
    build.entries(rows, short, np.ones(len(rows)))
    for group, columns, units in found:
        build.entries(rows[number[group]], columns, units)
    return Short(short, int(fixed.sum()), offset)


def _keep(
    build: Builder, instance: Instance, near: Near, totals: Totals, tier: int, price: float,
    sites: Short, regions: Short, gap: float,
) -> None:  # fmt: skip
    """The row of a kept priority; what it has to spare costs its price."""
    none = np.zeros((instance.households, 1), np.int32)
    worth = np.concatenate([instance.keep_value[tier], none], axis=1)
    change = worth[near.row, near.to].astype(float) - worth[near.row, near.own[near.row]]
    least = float(int(instance.keep_least[tier]) - int(totals.kept[tier]))
    row = build.add_rows(np.array([0.0]), np.array([INFINITE]))
    build.entries(np.full(len(change), row[0]), np.arange(len(change)), change)
    for short, penalty in (
        (sites, instance.keep_floor_penalty[tier]),
        (regions, instance.keep_region_penalty[tier]),
    ):
        least += float(penalty) * short.fixed
        many = len(short.columns)
        build.entries(np.full(many, row[0]), short.columns, np.full(many, -float(penalty)))
    build.lower[-1][0] = least
    build.higher[-1][0] = least if price > 0 else INFINITE
    if price > 0:
        spare = build.add_columns(np.array([price]), _fits(gap, np.array([price])))
        build.entries(row, spare, -np.ones(1))


def _once(build: Builder, instance: Instance, near: Near, moves: Ints) -> None:
    """No more households of a row move than there are."""
    often = np.bincount(near.row, minlength=instance.households)
    several = often > 1
    where = np.flatnonzero(several)
    number = np.cumsum(several) - 1
    some = several[near.row]
    rows = build.add_rows(np.full(len(where), -INFINITE), instance.count[where].astype(float))
    build.entries(rows[number[near.row[some]]], moves[some], np.ones(int(some.sum())))
