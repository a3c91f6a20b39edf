"""Shares and apportionments: exact fractions, whole persons, and each step with its claim."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Protocol

from partage.core.situation import Origin
from partage.core.units import RegionId


@dataclass(frozen=True, slots=True)
class Shares:
    """Exact fractions that sum to 1, each with the figure it was computed from."""

    key: str
    of: tuple[tuple[RegionId, Fraction], ...]
    basis: tuple[tuple[RegionId, str], ...]  # the figure behind each share, in words
    definition: str
    origin: Origin

    def __post_init__(self) -> None:
        total = sum((share for _, share in self.of), Fraction(0))
        if total != 1 or any(share < 0 for _, share in self.of):
            raise ValueError(f"shares are not negative and sum to 1, not {total}")


@dataclass(frozen=True, slots=True)
class Step:
    """One whole person given: to whom, and the claim that earned it."""

    region: RegionId
    given: int
    claim: Fraction
    why: str


@dataclass(frozen=True, slots=True)
class Apportionment:
    """Whole persons per region, and every step with the claim that earned it."""

    method: str
    total: int
    persons: tuple[tuple[RegionId, int], ...]
    steps: tuple[Step, ...]
    draw: tuple[str, ...] = ()  # the public draw that broke a tie, if one did
    rest: int = 0  # total less what was given, for a method that does not add up

    def of(self, region: str) -> int:
        """Persons due to a region (0 if it takes no part)."""
        return dict(self.persons).get(RegionId(region), 0)


# KEY(regions, history, at, **params) -> Shares: the share of each region as of a day. What a key
# takes beyond the three is its own affair and is checked where the shelf is known.
Key = Callable[..., Shares]


class Method(Protocol):
    """METHOD(total, shares, draw) -> Apportionment."""

    def __call__(self, total: int, shares: Shares, draw: tuple[str, ...] = ()) -> Apportionment:
        """Whole persons that sum to the total."""
