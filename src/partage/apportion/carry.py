"""Carrying claims over: the exact claim less what was given, day after day, so that nobody drifts."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from partage.apportion.hamilton import by_remainder, checked
from partage.core.shares import Apportionment, Shares


def cumulative(
    total: int,
    shares: Shares,
    draw: tuple[str, ...] = (),
    balance: Mapping[str, Fraction] | None = None,
) -> Apportionment:
    """Largest remainder on today's claims plus what earlier days left owing; over time nobody drifts.

    ``balance`` is what each region was owed less what it was given so far (exact persons, negative
    where it was given more). Nobody is given less than 0 persons; with nothing carried over this is
    Hamilton's method. Source: cumulative rounding (Gölz, Peters, Procaccia, arXiv:2202.11061);
    Cembrano, Correa, Griesbach, Verdugo, arXiv:2510.14752 (online proportional apportionment).
    """
    checked(total)
    owed = balance or {}
    claims = {r: share * total + owed.get(r, Fraction(0)) for r, share in shares.of}
    why = "whole part of the claim with what was carried over"
    return by_remainder("cumulative", total, claims, draw, why)


def settled(
    balance: Mapping[str, Fraction], shares: Shares, given: Mapping[str, int]
) -> dict[str, Fraction]:
    """What each region is owed after these persons were given: its share of them, less its own.

    ``given`` are persons who were really placed, which may differ from what was due. Regions that
    take no part today keep what they are owed.
    """
    persons = sum(given.get(region, 0) for region, _ in shares.of)
    after = dict(balance)
    for region, share in shares.of:
        before = after.get(region, Fraction(0))
        after[region] = before + share * persons - given.get(region, 0)
    return after
