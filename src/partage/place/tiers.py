"""Priorities in order: each tier is solved with what the tiers before it reached as hard rows.

A mechanism that does not search is asked once and its plan is measured, tier by tier, afterwards.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from partage.core.streams import Stream
from partage.place.certificate import Certificate, bound_of
from partage.place.instance import Instance, Ints, tier_instance
from partage.place.mechanisms.optimum import Mechanism
from partage.place.milp import solve_prices
from partage.place.solved import NoPlanInTime, Solved, open_bound, plan_value
from partage.place.value import Model

NO_LEAST = -(2**53)


@dataclass(frozen=True, slots=True)
class Outcome:
    """The plan of the last tier, its arrays, and what each tier reached, in order.

    ``certificates``: prices for each tier, the last one's at the end; ``price_bounds`` what they bound,
    rounded down (worths are whole).
    """

    instance: Instance
    solved: Solved
    reached: tuple[tuple[str, int], ...]
    proven: bool
    certificates: tuple[Certificate, ...]
    price_bounds: tuple[int, ...]


def tier_by_tier(model: Model, mechanism: Mechanism, stream: Stream, budget: float) -> Outcome:
    """A plan in which no lower priority ever costs a higher one.

    ``proven`` only if every tier was; ``budget`` is seconds for all tiers together.
    """
    kept: list[int] = []
    before = np.full(len(model.rows), -1, np.int32)  # to begin with, nobody is placed
    proven = True
    for number, tier in enumerate(model.tiers):
        instance = model.instance(number, kept)
        share = budget / len(model.tiers)
        try:
            solved = mechanism(instance, None, model.due, stream.child(tier.id), share)
        except NoPlanInTime:
            solved = _kept(instance, before)
        before = solved.site_of
        kept.append(solved.value)
        proven = proven and solved.proven
    return _outcome(model, instance, solved, kept, proven=proven)


def in_one_go(model: Model, mechanism: Mechanism, stream: Stream, budget: float) -> Outcome:
    """The plan of a mechanism that is asked once, and what it reached of each priority.

    Nothing is proven: such a mechanism promises its procedure, not a best plan.
    """
    last = len(model.tiers) - 1
    open_ = model.instance(last, [NO_LEAST] * last)
    wishes = model.wishes()
    solved = mechanism(open_, wishes if any(wishes) else None, model.due, stream, budget)
    kept = [
        plan_value(model.instance(number, [NO_LEAST] * number), solved.site_of)
        for number in range(last + 1)
    ]
    instance = model.instance(last, kept[:last])
    return _outcome(model, instance, solved, kept, proven=False)


def _outcome(
    model: Model, instance: Instance, solved: Solved, kept: list[int], *, proven: bool
) -> Outcome:
    """The outcome with prices for every tier, and no bound above what they show."""
    last = len(model.tiers) - 1
    problems = [*(tier_instance(instance, tier) for tier in range(last)), instance]
    certificates = tuple(solve_prices(problem) for problem in problems)
    bounds = tuple(
        bound_of(problem, one) // one.scale
        for problem, one in zip(problems, certificates, strict=True)
    )
    bound = min(solved.bound, bounds[-1])
    by_prices = all(value == most for value, most in zip(kept, bounds, strict=True))
    return Outcome(
        instance,
        replace(solved, bound=bound, certificate=certificates[-1]),
        tuple((tier.id, value) for tier, value in zip(model.tiers, kept, strict=True)),
        proven or by_prices,
        certificates,
        bounds,
    )


def _kept(instance: Instance, site_of: Ints) -> Solved:
    """The plan of the tier before, which fits this tier too, with the bound that needs no search."""
    value = plan_value(instance, site_of)
    return Solved(site_of, value, max(value, open_bound(instance)), False, 0.0)
