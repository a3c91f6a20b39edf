"""Divisor methods: persons one by one to the greatest average claim; exact, every person recorded.

A method is its divisor d(n) for the person after n: a region's claim to it is share / d(n). Each d(n)
lies between n and n + 1, which gives a safe start: at a common divisor a little above 1 nobody can
be given too many.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from partage.apportion.hamilton import checked
from partage.apportion.ties import by_lot, order_of
from partage.core.shares import Apportionment, Method, Shares, Step
from partage.core.units import RegionId

Divisor = Callable[[int], Fraction]  # d(n); squared for Huntington-Hill, whose d(n) is a root
FIRST = "first person: every region that takes part has one before any has two"


def _jefferson(n: int) -> Fraction:
    return Fraction(n + 1)


def _webster(n: int) -> Fraction:
    return Fraction(2 * n + 1, 2)


def _adams(n: int) -> Fraction:
    return Fraction(n)


def _dean(n: int) -> Fraction:
    return Fraction(2 * n * (n + 1), 2 * n + 1)


def _huntington_hill_squared(n: int) -> Fraction:
    return Fraction(n * (n + 1))


def jefferson(total: int, shares: Shares, draw: tuple[str, ...] = ()) -> Apportionment:
    """Greatest divisors (D'Hondt): never below the whole part of the claim; favours large regions.

    Source: Jefferson 1792; Balinski and Young, Fair Representation, app. A.
    """
    return _apportion("jefferson", _jefferson, total, shares, draw)


def webster(total: int, shares: Shares, draw: tuple[str, ...] = ()) -> Apportionment:
    """Major fractions (Sainte-Laguë): claims rounded at the half by a common divisor; no bias by size.

    Source: Webster 1832; Balinski and Young, Fair Representation, app. A.
    """
    return _apportion("webster", _webster, total, shares, draw)


def adams(total: int, shares: Shares, draw: tuple[str, ...] = ()) -> Apportionment:
    """Smallest divisors: every region one person first, never above the claim rounded up.

    Source: J. Q. Adams 1832; Balinski and Young, Fair Representation, app. A.
    """
    return _apportion("adams", _adams, total, shares, draw)


def dean(total: int, shares: Shares, draw: tuple[str, ...] = ()) -> Apportionment:
    """Harmonic means: persons per place as near as possible to the common average; one each first.

    Source: Dean 1832; Balinski and Young, Fair Representation, app. A.
    """
    return _apportion("dean", _dean, total, shares, draw)


def huntington_hill(total: int, shares: Shares, draw: tuple[str, ...] = ()) -> Apportionment:
    """Equal proportions: relative differences between regions as small as possible; one each first.

    Claims are compared by their squares, which are exact. Source: Huntington 1921; 2 U.S.C. § 2a.
    """
    return _apportion(
        "huntington-hill", _huntington_hill_squared, total, shares, draw, squared=True
    )


DIVISOR_METHODS: tuple[Method, ...] = (jefferson, webster, adams, dean, huntington_hill)


def _apportion(
    name: str,
    divisor: Divisor,
    total: int,
    shares: Shares,
    draw: tuple[str, ...],
    *,
    squared: bool = False,
) -> Apportionment:
    checked(total)
    claims = {region: share * total for region, share in shares.of}
    part = [region for region in claims if claims[region] > 0]
    given, steps = _start(claims, part, total, divisor, squared=squared)
    used: list[str] = []
    while (left := total - sum(given.values())) > 0:
        claim = {r: _claim(claims[r], given[r], divisor, squared=squared) for r in part}
        top = max(claim.values())
        tied = sorted(r for r in part if claim[r] == top)
        winners = tuple(tied)
        if len(tied) > left:
            winners = by_lot(tied, left, draw, top[1])
            used += order_of(tied, draw)
        for region in winners:
            given[region] += 1
            why = FIRST if top[0] else "greatest claim squared" if squared else "greatest claim"
            if len(tied) > left:
                why += ", drawn by lot among equals"
            steps.append(Step(region, 1, top[1], why))
    return Apportionment(name, total, tuple(sorted(given.items())), tuple(steps), tuple(used))


def _claim(claim: Fraction, n: int, divisor: Divisor, *, squared: bool) -> tuple[bool, Fraction]:
    """The claim to the person after n; a division by 0 comes before every number, larger first."""
    below = divisor(n)
    if not below:
        return True, claim
    return False, (claim * claim if squared else claim) / below


def _start(
    claims: dict[RegionId, Fraction],
    part: list[RegionId],
    total: int,
    divisor: Divisor,
    *,
    squared: bool,
) -> tuple[dict[RegionId, int], list[Step]]:
    """Persons that every region has for certain: those with a claim of at least a common divisor.

    Each region has at most x + 1 persons with d(n) <= x = claim / common; with the common divisor
    total / (total - regions) these sum to no more than the total.
    """
    given = dict.fromkeys(claims, 0)
    if total <= len(part):
        return given, []
    common = Fraction(total, total - len(part))
    steps = []
    for region in part:
        x = claims[region] / common
        whole = x.__floor__()
        reached = divisor(whole) <= (x * x if squared else x)
        given[region] = whole + 1 if reached else whole
        why = f"persons whose claim is at least {float(common):.6f}, which all fit"
        steps.append(Step(region, given[region], claims[region], why))
    return given, steps
