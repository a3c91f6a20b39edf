"""The best plan under the policy's values: an integer program, solved and proven by HiGHS."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from partage.core.streams import Stream
from partage.place.instance import Instance
from partage.place.milp import solve_milp
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
    return solve_milp(instance, budget)
