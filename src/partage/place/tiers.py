"""Priorities in order: each tier is solved with what the tiers before it reached as hard rows.

A mechanism that does not search is asked once and its plan is measured, tier by tier, afterwards.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, fields, replace
from functools import partial
from typing import Any

import numpy as np

from partage.core.errors import Unavailable
from partage.core.streams import Stream
from partage.place.certificate import Certificate, bound_of, no_prices
from partage.place.groups import group
from partage.place.instance import Instance, Ints, tier_instance, tier_lift
from partage.place.mechanisms.greedy import greedy
from partage.place.mechanisms.optimum import Mechanism, Searching
from partage.place.milp import solve_prices
from partage.place.roads import needs_kernels
from partage.place.solved import NoPlanInTime, Solved, fits, open_bound, plan_value
from partage.place.value import Model
from partage.place.watched import Progress

Told = Callable[[str, int, int, Progress], None]  # the priority, its number, of how many, how far
Narrow = Callable[[Instance], Instance]  # the same with fewer sites allowed
NO_LEAST = -(2**53)
PRICES_SHARE = 0.25  # of the time, at the least, for the prices


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


def tier_by_tier(
    model: Model,
    mechanism: Searching,
    stream: Stream,
    budget: float,
    say: Told | None = None,
    narrow: Narrow = lambda instance: instance,
) -> Outcome:
    """A plan in which no lower priority ever costs a higher one; each begins with the plan before it.

    ``proven`` only if every tier was; ``budget`` is seconds for all tiers and their prices together.
    Where that is too short for a search, each priority has at least what serving households one after
    another gives it. ``say`` is told which priority is searched, and how far that is. ``narrow`` leaves
    of an instance the sites that a person chose.
    """
    kept: list[int] = []
    before = model.start  # nobody is placed yet, or everybody stands where they stood
    clock = _Clock(budget)
    proven = True
    simple: Ints | None = None
    asked: list[tuple[Instance, Solved]] = []
    for number, tier in enumerate(model.tiers):
        instance = model.instance(number, kept)
        share = (clock.left() - PRICES_SHARE * budget) / (len(model.tiers) - number)
        more: dict[str, Any] = {}
        if say is not None:
            more = {"say": partial(say, tier.id, number + 1, len(model.tiers))}
            more["say"](Progress(0.0, None, None, ""))
        try:
            if share <= 0:
                raise NoPlanInTime("The time is used up.")
            solved = mechanism(
                instance, None, model.due, stream.child(tier.id), share, start=before, **more
            )
        except NoPlanInTime:
            solved = _kept(instance, before)
        if not solved.proven and tier.kept(solved.value) != tier.enough:
            simple = _served(model, stream, narrow) if simple is None else simple
            solved = _better(instance, solved, simple)
        before = solved.site_of
        asked.append((instance, solved))
        kept.append(tier.kept(solved.value))
        proven = proven and (solved.proven or kept[-1] == tier.enough)
    last = len(model.tiers) - 1
    if (
        not proven
    ):  # where time was short, a later search may give an earlier priority more than its own
        kept[:last] = _at_least(model, kept[:last], solved.site_of)
        instance = model.instance(last, kept[:last])
    return _outcome(model, instance, solved, kept, clock, proven=proven, asked=asked)


def _served(model: Model, stream: Stream, narrow: Narrow) -> Ints:
    """The plan of whoever serves the longest wait first, by all priorities in their order: no search."""
    last = len(model.tiers) - 1
    open_ = narrow(model.instance(last, [NO_LEAST] * last))
    return greedy(open_, None, model.due, stream, 0.0).site_of


def _better(instance: Instance, solved: Solved, site_of: Ints) -> Solved:
    """What the search found, or a simpler plan where that is worth more and keeps what was reached."""
    value = plan_value(instance, site_of)
    if value <= solved.value or not fits(instance, site_of):
        return solved
    return replace(solved, site_of=site_of, value=value, bound=max(value, solved.bound))


def _at_least(model: Model, kept: list[int], site_of: Ints) -> list[int]:
    """What the plan keeps of each priority, never less than what was to be kept of it."""
    found: list[int] = []
    for number, least in enumerate(kept):
        value = plan_value(model.instance(number, found), site_of)
        found.append(max(least, model.tiers[number].kept(value)))
    return found


def in_one_go(model: Model, mechanism: Mechanism, stream: Stream, budget: float) -> Outcome:
    """The plan of a mechanism that is asked once, and what it reached of each priority.

    Nothing is claimed of such a plan but its procedure; its prices show how far it can be from the best.
    """
    last = len(model.tiers) - 1
    clock = _Clock(budget)
    open_ = model.instance(last, [NO_LEAST] * last)
    wishes = model.wishes()
    share = (1 - PRICES_SHARE) * budget
    solved = mechanism(open_, wishes if any(wishes) else None, model.due, stream, share)
    kept = [
        plan_value(model.instance(number, [NO_LEAST] * number), solved.site_of)
        for number in range(last + 1)
    ]
    instance = model.instance(last, kept[:last])
    return _outcome(model, instance, solved, kept, clock, proven=False)


@dataclass(frozen=True, slots=True)
class _Clock:
    """The time that is left of a budget that began now."""

    budget: float
    begun: float = field(default_factory=time.perf_counter)

    def left(self) -> float:
        return self.budget - (time.perf_counter() - self.begun)


def _outcome(
    model: Model,
    instance: Instance,
    solved: Solved,
    kept: list[int],
    clock: _Clock,
    *,
    proven: bool,
    asked: Sequence[tuple[Instance, Solved]] = (),
) -> Outcome:
    """The outcome with prices for every tier, and no bound above what they show.

    Where the time is used up, nothing is priced: a bound all the same, though a loose one. ``asked`` are
    the problems of the tiers as they were searched, whose prices are known.
    """
    last = len(model.tiers) - 1
    certificates: list[Certificate] = []
    for tier in range(last + 1):
        problem = tier_instance(instance, tier) if tier < last else instance
        share = clock.left() / (last + 1 - tier)
        known = _known(problem, *asked[tier]) if asked else None
        certificates.append(known or (_priced(problem, share) if share > 0 else no_prices(problem)))
    return priced_outcome(model, instance, solved, kept, tuple(certificates), proven=proven)


def priced_outcome(
    model: Model,
    instance: Instance,
    solved: Solved,
    kept: list[int],
    certificates: tuple[Certificate, ...],
    *,
    proven: bool = False,
) -> Outcome:
    """The outcome at given prices, one certificate for each tier: no bound is above what they show."""
    last = len(model.tiers) - 1
    bounds: list[int] = []
    for tier, one in enumerate(certificates):
        problem = tier_instance(instance, tier) if tier < last else instance
        lift = tier_lift(instance, tier) if tier < last else 0
        bounds.append(bound_of(problem, one) // one.scale - lift)
    bound = min(solved.bound, bounds[-1])
    by_prices = all(
        value in (most, tier.enough)
        for value, most, tier in zip(kept, bounds, model.tiers, strict=True)
    )
    return Outcome(
        instance,
        replace(solved, bound=bound, certificate=certificates[-1]),
        tuple((tier.id, value) for tier, value in zip(model.tiers, kept, strict=True)),
        proven or by_prices,
        certificates,
        tuple(bounds),
    )


def _known(problem: Instance, instance: Instance, solved: Solved) -> Certificate | None:
    """The prices of a problem that was searched to its end, where ``_priced`` would find them again."""
    if not solved.proven or needs_kernels(instance):
        return None
    names = (f.name for f in fields(Instance) if f.name not in ("order", "km"))
    same = problem is instance or all(
        np.array_equal(getattr(problem, name), getattr(instance, name)) for name in names
    )
    return solved.certificate if same else None


def _priced(instance: Instance, seconds: float) -> Certificate:
    """Prices, or none where the solver cannot be used: a plan by hand does not wait for the engine."""
    try:
        return solve_prices(group(instance)[0], seconds)
    except Unavailable:
        return no_prices(instance)


def _kept(instance: Instance, site_of: Ints) -> Solved:
    """The plan of the tier before, which fits this tier too, with the bound that needs no search."""
    value = plan_value(instance, site_of)
    return Solved(site_of, value, max(value, open_bound(instance)), False, 0.0)
