"""Ties for the last persons: an outcome that only a public draw may decide, never the alphabet."""

from __future__ import annotations

from collections.abc import Sequence

from partage.core.errors import LotsRequired
from partage.core.units import RegionId


def by_lot(
    tied: Sequence[RegionId], places: int, draw: Sequence[str], claim: object
) -> tuple[RegionId, ...]:
    """Those of the tied who were drawn first, as many as there are persons left to give.

    ``draw`` is the order in which a public draw brought out the tied regions (it may name others
    too); without it, or with one of them missing or twice, ``LotsRequired`` names who is tied.
    """
    drawn = [RegionId(region) for region in draw if region in tied]
    if len(set(draw)) != len(draw) or sorted(drawn) != sorted(tied):
        raise LotsRequired(
            f"{', '.join(sorted(tied))} have the same claim {claim} for the last {places} person(s).",
            "Hold a public draw among them ('partage draw') and give its order with --lots.",
            tied=tuple(sorted(tied)),
        )
    return tuple(drawn[:places])


def order_of(tied: Sequence[RegionId], draw: Sequence[str]) -> tuple[str, ...]:
    """The part of a draw that a tie used."""
    return tuple(region for region in draw if region in tied)
