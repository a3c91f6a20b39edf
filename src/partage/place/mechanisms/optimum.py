"""The best plan under the policy's values: prices first, then a search of what they leave open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from partage.core.streams import Stream
from partage.place.instance import Instance
from partage.place.solve import solve
from partage.place.solved import Solved

Wishes = Sequence[Sequence[int]]


class Mechanism(Protocol):
    """MECHANISM(instance, wishes, due, stream, budget) -> site_of, with its value and bound."""

    def __call__(
        self,
        instance: Instance,
        wishes: Wishes | None,
        due: Mapping[str, int] | None,
        stream: Stream,
        budget: float,
    ) -> Solved:
        """A site for every household, -1 = unplaced."""


def optimum(
    instance: Instance,
    wishes: Wishes | None,
    due: Mapping[str, int] | None,
    stream: Stream,
    budget: float,
) -> Solved:
    """The plan of greatest value, proven so or with the gap that is left; reads no wishes."""
    answer = solve(instance, seconds=budget)
    assert answer.plan.site is not None  # the office's rows stand for one household, or group, each
    return Solved(
        answer.plan.site,
        answer.value,
        answer.bound,
        answer.proven,
        answer.seconds,
        answer.certificate,
    )
