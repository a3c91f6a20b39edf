"""Hamilton's method (largest remainder): each region its whole part, the rest by largest remainder."""

from __future__ import annotations

from fractions import Fraction
from math import lcm

from partage.apportion.ties import by_lot, order_of
from partage.core.errors import InputRefused
from partage.core.shares import Apportionment, Shares, Step
from partage.core.units import RegionId

Claims = dict[RegionId, Fraction]


def hamilton(total: int, shares: Shares, draw: tuple[str, ...] = ()) -> Apportionment:
    """Whole persons that sum to the total, none further than one from its exact claim.

    ``draw`` is the order in which a public draw brought out the tied regions; without it, a tie
    for the last persons is ``LotsRequired``, never decided by the alphabet.
    Source: Hamilton's bill of 1792; Balinski and Young, Fair Representation, ch. 2 (quota rule).
    """
    checked(total)
    claims = {region: share * total for region, share in shares.of}
    return by_remainder("hamilton", total, claims, draw, "whole part of the exact claim")


def checked(total: int) -> None:
    """Refuse a number of persons below 0."""
    if total < 0:
        raise InputRefused(f"{total} persons cannot be apportioned.", "Give a number of 0 or more.")


def by_remainder(
    method: str, total: int, claims: Claims, draw: tuple[str, ...], why: str
) -> Apportionment:
    """Persons one by one to the largest remaining claim: whole parts first, then the remainders.

    Where much was carried over, thousands are given back one by one; claims are therefore compared as
    whole numbers over one denominator, which is exact.
    """
    over = lcm(*(claim.denominator for claim in claims.values()))
    owed = {r: claim.numerator * (over // claim.denominator) for r, claim in claims.items()}
    given = {region: max(0, claim.__floor__()) for region, claim in claims.items()}
    steps = [Step(region, whole, claims[region], why) for region, whole in given.items()]
    used: list[str] = []
    left = total - sum(given.values())
    sign = 1 if left > 0 else -1  # -1: more was claimed than there is, someone gives back
    remaining = {r: sign * (n - given[r] * over) for r, n in owed.items() if sign > 0 or given[r]}
    while left != 0:
        top = max(remaining.values())
        tied = sorted(r for r, claim in remaining.items() if claim == top)
        winners = tied
        if len(tied) > abs(left):
            winners = list(by_lot(tied, abs(left), draw, Fraction(sign * top, over)))
            used += order_of(tied, draw)
        for region in winners:
            given[region] += sign
            remaining[region] -= over
            if sign < 0 and not given[region]:
                del remaining[region]
            said = "drawn by lot among equal remainders" if len(tied) > abs(left) else (
                "largest remainder" if sign > 0 else "given back: the smallest remainder"
            )  # fmt: skip
            claim = Fraction(owed[region] - (given[region] - sign) * over, over)
            steps.append(Step(region, sign, claim, said))
        left -= sign * len(winners)
    return Apportionment(method, total, tuple(sorted(given.items())), tuple(steps), tuple(used))
