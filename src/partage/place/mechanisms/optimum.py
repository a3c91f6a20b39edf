"""The best plan under the policy's values: prices first, then a search of what they leave open."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from partage.core.streams import Stream
from partage.place.instance import Instance, Ints
from partage.place.solve import solve
from partage.place.solved import Solved
from partage.place.watched import Progress

Wishes = Sequence[Sequence[int]]
Say = Callable[[Progress], None]


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


class Searching(Mechanism, Protocol):
    """A mechanism that is asked priority by priority, and can begin with the plan of the one before."""

    def __call__(
        self,
        instance: Instance,
        wishes: Wishes | None,
        due: Mapping[str, int] | None,
        stream: Stream,
        budget: float,
        *,
        start: Ints | None = None,
        say: Say | None = None,
    ) -> Solved:
        """A site for every household, -1 = unplaced; ``say`` is told now and then how far it is."""


def optimum(
    instance: Instance,
    wishes: Wishes | None,
    due: Mapping[str, int] | None,
    stream: Stream,
    budget: float,
    *,
    start: Ints | None = None,
    say: Say | None = None,
) -> Solved:
    """The plan of greatest value, proven so or with the gap that is left; reads no wishes.

    ``start``: a plan (households,) to begin with, -1 = unplaced; one that does not fit is passed over.
    """
    answer = solve(instance, seconds=budget, previous=start, say=say)
    assert answer.plan.site is not None  # the office's rows stand for one household, or group, each
    return Solved(
        answer.plan.site,
        answer.value,
        answer.bound,
        answer.proven,
        answer.seconds,
        answer.certificate,
    )
