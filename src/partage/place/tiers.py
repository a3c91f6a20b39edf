"""Priorities in order: each tier is solved with what the tiers before it reached as hard rows."""

from __future__ import annotations

from dataclasses import dataclass

from partage.core.streams import Stream
from partage.place.instance import Instance
from partage.place.mechanisms.optimum import Mechanism
from partage.place.milp import Solved
from partage.place.value import Model


@dataclass(frozen=True, slots=True)
class Outcome:
    """The plan of the last tier, its arrays, and what each tier reached, in order."""

    instance: Instance
    solved: Solved
    reached: tuple[tuple[str, int], ...]
    proven: bool


def tier_by_tier(model: Model, mechanism: Mechanism, stream: Stream, budget: float) -> Outcome:
    """A plan in which no lower priority ever costs a higher one.

    ``proven`` only if every tier was; ``budget`` is seconds for all tiers together.
    """
    kept: list[int] = []
    proven = True
    for number, tier in enumerate(model.tiers):
        instance = model.instance(number, kept)
        share = budget / len(model.tiers)
        solved = mechanism(instance, None, model.due, stream.child(tier.id), share)
        kept.append(solved.value)
        proven = proven and solved.proven
    reached = tuple((tier.id, value) for tier, value in zip(model.tiers, kept, strict=True))
    return Outcome(instance, solved, reached, proven)
