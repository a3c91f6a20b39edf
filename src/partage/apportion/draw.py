"""The public draw: a seed committed to by its hash first, an order that anybody can work out after."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from partage.core.streams import lot
from partage.core.units import RegionId


def commitment(seed: str) -> str:
    """``sha256:`` and the hash of the seed: published before anybody knows what it will decide."""
    return "sha256:" + hashlib.sha256(seed.encode("utf-8")).hexdigest()


def drawn_order(seed: str, tied: Sequence[str]) -> tuple[RegionId, ...]:
    """The order in which the seed brings out the regions: by HMAC-SHA256 of the seed and each id."""
    return tuple(RegionId(r) for r in sorted(set(tied), key=lambda region: lot(seed, region)))


def check_draw(committed: str, seed: str, tied: Sequence[str], order: Sequence[str]) -> list[str]:
    """What is wrong with a draw that was held, in sentences; nothing if it is as committed."""
    faults = []
    if commitment(seed) != committed:
        faults.append("the seed is not the one whose hash was published beforehand")
    if tuple(order) != drawn_order(seed, tied):
        faults.append("the order is not the one that the seed gives")
    return faults
