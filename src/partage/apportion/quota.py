"""The quota method: greatest averages, but nobody above its exact claim rounded up, at any size."""

from __future__ import annotations

from fractions import Fraction
from math import lcm

from partage.apportion.hamilton import checked
from partage.apportion.ties import by_lot, order_of
from partage.core.errors import InputRefused, LotsRequired
from partage.core.shares import Apportionment, Shares, Step
from partage.core.units import RegionId

MOST = 2_000_000
KEPT = 100  # the last persons that are recorded one by one


def quota(total: int, shares: Shares, draw: tuple[str, ...] = ()) -> Apportionment:
    """House-monotone and within quota: Jefferson's order among regions still below their claim.

    The person number h goes to the region with the greatest share / (n + 1) among those with
    n < share x h. A tie whose order cannot matter is no tie; where it may, ``LotsRequired``.
    Source: Balinski and Young 1975, The quota method of apportionment.
    """
    checked(total)
    if total > MOST:
        raise InputRefused(
            f"The quota method gives persons one by one; {total:,} are too many for it.",
            f"Share out {MOST:,} at most, or use another rounding.",
        )
    scale = lcm(*(share.denominator for _, share in shares.of))
    weight = {region: int(share * scale) for region, share in shares.of}
    given = dict.fromkeys(weight, 0)
    steps: list[Step] = []
    used: list[str] = []
    pending: set[RegionId] = set()  # tied, each to have one of the next persons in any order
    start = max(0, total - KEPT)
    for h in range(1, total + 1):
        tied = _greatest(weight, given, h, scale)
        if pending and set(tied) != pending:
            raise _matters(sorted(pending), h)
        if len(tied) > 1 and not pending:
            if set(tied) <= set(draw) or total - h + 1 < len(tied):
                winner = by_lot(tied, 1, draw, Fraction(weight[tied[0]], given[tied[0]] + 1))[0]
                used += [r for r in order_of(tied, draw) if r not in used]
            else:
                pending, winner = set(tied), tied[0]
        else:
            winner = tied[0]
        pending.discard(winner)
        given[winner] += 1
        if h > start:
            claim = Fraction(weight[winner], scale) * total / given[winner]
            steps.append(Step(winner, 1, claim, f"person {h}: greatest claim below quota"))
    first = [
        Step(r, given[r] - sum(s.given for s in steps if s.region == r),
             Fraction(weight[r], scale) * total, f"the first {start:,} persons, in the same order")
        for r in given
    ]  # fmt: skip
    return Apportionment(
        "quota", total, tuple(sorted(given.items())), (*first, *steps), tuple(used)
    )


def _greatest(
    weight: dict[RegionId, int], given: dict[RegionId, int], h: int, scale: int
) -> list[RegionId]:
    """The regions below their quota at size h with the greatest average claim."""
    best: list[RegionId] = []
    for region, own in weight.items():
        if given[region] * scale >= own * h:
            continue
        if best:
            more = own * (given[best[0]] + 1) - weight[best[0]] * (given[region] + 1)
            if more < 0:
                continue
            if more > 0:
                best = []
        best.append(region)
    return sorted(best)


def _matters(tied: list[RegionId], h: int) -> LotsRequired:
    return LotsRequired(
        f"{', '.join(tied)} have the same claim to person {h}, and their order may matter.",
        "Hold a public draw among them ('partage draw') and give its order with --lots.",
        tied=tuple(tied),
    )
