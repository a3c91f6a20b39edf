"""The laws of apportionment as predicates, and which of them each method claims to keep.

Definitions: Balinski and Young, Fair Representation (1982). No method keeps them all: within quota
and population monotone exclude each other (their theorem of 1982).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from partage.core.shares import Apportionment, Method, Shares
from partage.core.situation import Origin
from partage.core.units import RegionId

ADDS_UP, LOWER, UPPER = "adds-up", "lower-quota", "upper-quota"
HOUSE, POPULATION, ANONYMOUS = "house-monotone", "population-monotone", "anonymous"
_DIVISOR = frozenset({ADDS_UP, HOUSE, POPULATION, ANONYMOUS})

CLAIMS: Mapping[str, frozenset[str]] = {
    "hamilton": frozenset({ADDS_UP, LOWER, UPPER, ANONYMOUS}),
    "cumulative": frozenset({ADDS_UP, LOWER, UPPER, ANONYMOUS}),  # with nothing carried over
    "jefferson": _DIVISOR | {LOWER},
    "webster": _DIVISOR,
    "adams": _DIVISOR | {UPPER},
    "dean": _DIVISOR,
    "huntington-hill": _DIVISOR,
    "quota": frozenset({ADDS_UP, LOWER, UPPER, HOUSE, ANONYMOUS}),
    "rounded-alone": frozenset({ANONYMOUS}),
}


def shares_from(weights: Sequence[int], names: Sequence[str] = ()) -> Shares:
    """Shares in proportion to whole weights, to try a law on; labelled as made up."""
    total = sum(weights)
    called = names or [f"R-{n:02d}" for n in range(len(weights))]
    of = tuple((RegionId(r), Fraction(w, total)) for r, w in zip(called, weights, strict=True))
    basis = tuple((region, "made up") for region, _ in of)
    return Shares("made up", of, basis, "made up", Origin(assumption="made up to try a law"))


def adds_up(apportionment: Apportionment) -> bool:
    """Every person is given, none twice."""
    return sum(n for _, n in apportionment.persons) == apportionment.total


def lower_quota(shares: Shares, apportionment: Apportionment) -> bool:
    """Nobody gets less than the whole part of its exact claim."""
    total = apportionment.total
    return all(apportionment.of(r) >= (share * total).__floor__() for r, share in shares.of)


def upper_quota(shares: Shares, apportionment: Apportionment) -> bool:
    """Nobody gets more than its exact claim rounded up."""
    total = apportionment.total
    return all(apportionment.of(r) <= (share * total).__ceil__() for r, share in shares.of)


def within_quota(shares: Shares, apportionment: Apportionment) -> bool:
    """Everybody gets its exact claim rounded down or up."""
    return lower_quota(shares, apportionment) and upper_quota(shares, apportionment)


def house_monotone(method: Method, shares: Shares, total: int, draw: tuple[str, ...] = ()) -> bool:
    """Nobody loses a person because there is one person more to share out."""
    before, after = method(total, shares, draw), method(total + 1, shares, draw)
    return all(after.of(region) >= n for region, n in before.persons)


def population_monotone(
    method: Method,
    before: Sequence[int],
    after: Sequence[int],
    total: int,
    draw: tuple[str, ...] = (),
) -> bool:
    """No region loses a person to another than which it grew no less, in proportion.

    ``before`` and ``after`` are weights above 0; pairwise: not (i grew by a factor of at least j's,
    and i loses while j gains), unless both grew alike.
    """
    one, two = shares_from(before), shares_from(after)
    first, then = method(total, one, draw), method(total, two, draw)
    names = [region for region, _ in one.of]
    for i, mine in enumerate(names):
        for j, other in enumerate(names):
            grew_more = after[i] * before[j] > after[j] * before[i]
            if grew_more and then.of(mine) < first.of(mine) and then.of(other) > first.of(other):
                return False
    return True


def anonymous(
    method: Method, weights: Sequence[int], total: int, order: Sequence[int], draw: tuple[str, ...]
) -> bool:
    """What a region gets does not depend on where it stands in the list."""
    shares = shares_from(weights)
    mixed = Shares(
        shares.key,
        tuple(shares.of[n] for n in order),
        shares.basis,
        shares.definition,
        shares.origin,
    )
    return dict(method(total, shares, draw).persons) == dict(method(total, mixed, draw).persons)
