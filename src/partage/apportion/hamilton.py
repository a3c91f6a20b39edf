"""Hamilton's method (largest remainder): each region its whole part, the rest by largest remainder."""

from __future__ import annotations

from fractions import Fraction

from partage.core.errors import InputRefused, LotsRequired
from partage.core.shares import Apportionment, Shares, Step
from partage.core.units import RegionId


def hamilton(total: int, shares: Shares, draw: tuple[str, ...] = ()) -> Apportionment:
    """Whole persons that sum to the total, none further than one from its exact claim.

    ``draw`` is the order in which a public draw brought out the tied regions; without it, a tie
    for the last persons is ``LotsRequired``, never decided by the alphabet.
    Source: Hamilton's bill of 1792; Balinski and Young, Fair Representation, ch. 2 (quota rule).
    """
    if total < 0:
        raise InputRefused(f"{total} persons cannot be apportioned.", "Give a number of 0 or more.")
    claims = {region: share * total for region, share in shares.of}
    given = {region: int(claim) for region, claim in claims.items()}
    steps = [
        Step(region, whole, claims[region], "whole part of the exact claim")
        for region, whole in given.items()
    ]
    left = total - sum(given.values())
    remainder = {region: claims[region] - given[region] for region in claims}
    order = sorted(remainder, key=lambda region: (-remainder[region], region))
    winners = order[:left]
    used: tuple[str, ...] = ()
    if 0 < left < len(order) and remainder[order[left - 1]] == remainder[order[left]]:
        winners, used = _by_lot(order, remainder, left, draw)
    for region in winners:
        given[region] += 1
        why = "drawn by lot among equal remainders" if region in used else "largest remainder"
        steps.append(Step(region, 1, remainder[region], why))
    return Apportionment("hamilton", total, tuple(sorted(given.items())), tuple(steps), used)


def _by_lot(
    order: list[RegionId], remainder: dict[RegionId, Fraction], left: int, draw: tuple[str, ...]
) -> tuple[list[RegionId], tuple[str, ...]]:
    edge = remainder[order[left - 1]]
    clear = [region for region in order if remainder[region] > edge]
    tied = [region for region in order if remainder[region] == edge]
    drawn = [region for region in draw if region in tied]
    if len(set(draw)) != len(draw) or sorted(drawn) != sorted(tied):
        raise LotsRequired(
            f"{', '.join(tied)} have the same remainder {edge} for the last "
            f"{left - len(clear)} person(s).",
            "Hold a public draw among them and give its order with --lots.",
            tied=tuple(tied),
        )
    picked = [RegionId(region) for region in drawn[: left - len(clear)]]
    return clear + picked, tuple(drawn)
