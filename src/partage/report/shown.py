"""Counts of households as they may be shown: no small one, and none that a sum would give away.

A cell of 1 to 4 is hidden. Where one could still be worked out (from the total, from those who lose
or gain a place, or from a province's households before, which the table of another policy may
show), cells beside it are given as "so many or more".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from partage.report.differences import HIDDEN, SMALL, Differences, GroupRow, hidden

EVERYBODY, NOWHERE = "everybody", "no place"
LEAST, MOST = 1, SMALL - 1  # what a small cell may be
PARTS = 5  # numbers in a row of a group
MOST_SUMS, PASSES = 300, 100
FAR = 10**9  # more households than there are


@dataclass(frozen=True, slots=True)
class Count:
    """A count, and how it may be shown: as it is, as 1 to 4 (small), or as so many or more (floor)."""

    value: int
    small: bool = False
    floor: int | None = None

    @property
    def text(self) -> str:
        """The count in plain English, as tables and files give it."""
        return f"{self.floor:,} or more" if self.floor is not None else hidden(self.value)

    @property
    def open(self) -> bool:
        """Whether it is shown as it is."""
        return not self.small and self.floor is None

    @property
    def least(self) -> int:
        """The least that a reader must think possible."""
        return self.floor if self.floor is not None else LEAST if self.small else self.value

    @property
    def most(self) -> int:
        """The most that a reader must think possible."""
        return FAR if self.floor is not None else MOST if self.small else self.value


@dataclass(frozen=True, slots=True)
class Shown:
    """The two tables of one difference, each count as it may be shown."""

    groups: tuple[tuple[str, tuple[Count, ...]], ...]
    moves: tuple[tuple[str, str, Count], ...]


@dataclass(frozen=True, slots=True)
class Sum:
    """Cells times +1 or -1 that add up to ``total``, or to no more than it."""

    cells: Mapping[int, int]
    total: int = 0
    exact: bool = True


def shown(difference: Differences) -> Shown:
    """The counts of a difference with the small ones hidden, and others where they would tell."""
    groups, moves = difference.groups, difference.moves
    values = [n for g in groups for n in _counts(g)] + [n for _, _, n in moves]
    counts = [Count(n, small=hidden(n) == HIDDEN) for n in values]
    sums = _with_rests(list(_sums(groups, moves)))
    while told := _told(sums, counts):
        beside = {i for s in sums if told & s.cells.keys() for i in s.cells}
        chosen = _to_blur(beside, counts)
        if chosen is None:
            chosen = _to_blur(range(len(counts)), counts)
        blurred = told if chosen is None else {chosen}
        if all(counts[i].floor is not None for i in blurred):
            break
        for i in blurred:
            counts[i] = replace(counts[i], floor=_floor(counts[i].value))
    start = PARTS * len(groups)
    return Shown(
        tuple((g.group, tuple(counts[PARTS * n : PARTS * (n + 1)])) for n, g in enumerate(groups)),
        tuple((a, b, counts[start + n]) for n, (a, b, _) in enumerate(moves)),
    )


def _counts(g: GroupRow) -> tuple[int, int, int, int, int]:
    return (g.households, g.otherwise, g.other_region, g.loses_place, g.gains_place)


def _floor(value: int) -> int:
    """So low that a small cell beside it may still be anything from 1 to 4."""
    low = value - MOST + LEAST
    return low // 10 * 10 or SMALL if low >= SMALL else LEAST


def _to_blur(candidates: Iterable[int], counts: Sequence[Count]) -> int | None:
    """The least count that is shown as it is, and of these first one that a floor above 1 covers."""
    found = [
        (_floor(counts[i].value) == LEAST, counts[i].value, i)
        for i in candidates
        if counts[i].open and counts[i].value
    ]
    return min(found)[2] if found else None


def _sums(groups: Sequence[GroupRow], moves: Sequence[tuple[str, str, int]]) -> Iterator[Sum]:
    """What adds up: moves to the totals of everybody and by province before; the parts of a group."""
    start = PARTS * len(groups)
    cells = [(start + n, a, b) for n, (a, b, _) in enumerate(moves)]
    for n, group in enumerate(groups):
        at = PARTS * n
        yield Sum({at + 1: 1, at: -1}, exact=False)
        yield Sum({at + 2: 1, at + 3: 1, at + 4: 1, at + 1: -1}, exact=False)
        if group.group == EVERYBODY:
            other = [i for i, a, b in cells if a != b and NOWHERE not in (a, b)]
            loses = [i for i, a, b in cells if a != NOWHERE == b]
            gains = [i for i, a, b in cells if a == NOWHERE != b]
            for total, own in enumerate(([i for i, _, _ in cells], [], other, loses, gains)):
                if own:
                    yield Sum({**dict.fromkeys(own, 1), at + total: -1})
    for before in dict.fromkeys(a for a, _, _ in moves):
        known = sum(n for a, _, n in moves if a == before)
        if known >= SMALL:  # the table of another policy may show so many before
            yield Sum({i: 1 for i, a, _ in cells if a == before}, known)


def _with_rests(sums: list[Sum]) -> list[Sum]:
    """The sums, and what is left of one when others that lie within it are taken away."""
    found = {(frozenset(s.cells.items()), s.total, s.exact): s for s in sums}
    exact = [s for s in sums if s.exact]
    new = list(exact)
    while new:
        rests = [_less(whole, part) for whole in new for part in exact if _within(part, whole)]
        new = []
        for rest in rests:
            key = (frozenset(rest.cells.items()), rest.total, True)
            signs = set(rest.cells.values())
            if signs and signs <= {1, -1} and key not in found and len(found) < MOST_SUMS:
                found[key] = rest
                new.append(rest)
    return list(found.values())


def _within(part: Sum, whole: Sum) -> bool:
    added = [i for i, sign in part.cells.items() if sign > 0]
    return part is not whole and bool(added) and all(whole.cells.get(i) == 1 for i in added)


def _less(whole: Sum, part: Sum) -> Sum:
    cells = {i: whole.cells.get(i, 0) - part.cells.get(i, 0) for i in {*whole.cells, *part.cells}}
    return Sum({i: n for i, n in cells.items() if n}, whole.total - part.total)


def _told(sums: Sequence[Sum], counts: Sequence[Count]) -> set[int]:
    """The small cells that a reader could work out, by narrowing what all sums leave possible."""
    import numpy as np

    signs = np.zeros((len(sums), len(counts)))
    for row, line in enumerate(sums):
        for i, sign in line.cells.items():
            signs[row, i] = sign
    plus, minus = signs > 0, signs < 0
    total = np.array([[float(line.total)] for line in sums])
    at_least = np.array([[float(line.total) if line.exact else -FAR] for line in sums])
    low = np.array([float(count.least) for count in counts])
    high = np.array([float(count.most) for count in counts])
    for _ in range(PASSES):
        least = plus * low - minus * high
        most = plus * high - minus * low
        top = total - least.sum(axis=1, keepdims=True) + least
        bottom = at_least - most.sum(axis=1, keepdims=True) + most
        new_low = np.where(plus, bottom, np.where(minus, -top, -FAR)).max(axis=0, initial=-FAR)
        new_high = np.where(plus, top, np.where(minus, -bottom, FAR)).min(axis=0, initial=FAR)
        if (new_low <= low).all() and (new_high >= high).all():
            break
        low, high = np.maximum(low, new_low), np.minimum(high, new_high)
    return {i for i, count in enumerate(counts) if count.small and low[i] >= high[i]}
