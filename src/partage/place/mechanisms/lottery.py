"""A draw and nothing else: the baseline against which every other mechanism is measured."""

from __future__ import annotations

from collections.abc import Mapping

from partage.core.streams import Stream
from partage.place.instance import Instance, Ints
from partage.place.mechanisms.optimum import Wishes
from partage.place.mechanisms.serving import Free, serve
from partage.place.solved import Solved


def lottery(
    instance: Instance,
    wishes: Wishes | None,
    due: Mapping[str, int] | None,
    stream: Stream,
    budget: float,
) -> Solved:
    """Households in an order drawn by lot, each to a site drawn among those with room for it.

    A site's chance is in proportion to its free places; rules, needs and ceilings hold, priorities
    and dues do not count. The stream records the draw.
    """
    draw = stream.generator()

    def choose(free: Free, i: int, fits: Ints) -> int:
        chance = free.left[fits, 0].astype(float)
        return int(draw.choice(fits, p=chance / chance.sum()))

    return serve(instance, [int(i) for i in draw.permutation(instance.households)], choose)
