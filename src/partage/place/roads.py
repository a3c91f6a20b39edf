"""Prices for an instance by the road that suits its size, and the moves that they leave open."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from partage.place.certificate import Certificate, bound_of
from partage.place.groups import group
from partage.place.instance import Instance, Ints
from partage.place.milp import solve_prices
from partage.place.moves import Near
from partage.place.regret import near_by_regret

FEW_PAIRS = 30_000  # up to here a general solver finds the prices sooner than kernels load
MANY_PAIRS = 200_000  # beyond it a general solver is no help
PRICES_SHARE = 0.7  # of the time, at the most, for prices


@dataclass(slots=True)
class Prices:
    """A certificate, the bound it shows, and how to find the moves that it leaves open."""

    certificate: Certificate
    bound: Fraction
    near: Callable[[float], Near | None]
    fill: Callable[[], Ints] | None
    road: str
    passes: int
    setup: float = 0.0


def needs_kernels(instance: Instance) -> bool:
    """Whether this instance is priced by compiled passes."""
    return instance.households * instance.sites > FEW_PAIRS and not len(instance.keep_least)


def prices_of(instance: Instance, deadline: float) -> Prices:
    """The best prices by the road that suits the size; admissible ones if the time was short.

    Loading kernels does not count towards the deadline.
    """
    if needs_kernels(instance):
        begun = time.perf_counter()
        from partage.place.prices import load_kernels
        from partage.place.prices.road import Priced

        load_kernels()
        now = time.perf_counter()
        setup = now - begun
        deadline += setup
        priced = Priced.of(instance, now + PRICES_SHARE * (deadline - now))
        many = instance.households * instance.sites > MANY_PAIRS
        if priced.found.ended or many or time.perf_counter() > deadline:
            return Prices(
                priced.certificate, priced.bound(), priced.near, priced.fill, "pivots",
                priced.found.passes, setup,
            )  # fmt: skip
    grouped, _ = group(instance)  # rows that are alike in everything pay the same prices as one
    certificate = solve_prices(grouped, max(0.01, deadline - time.perf_counter()))
    return Prices(
        certificate,
        Fraction(bound_of(instance, certificate), certificate.scale),
        lambda width: near_by_regret(instance, certificate, width),
        None,
        "highs",
        0,
    )
