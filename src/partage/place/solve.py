"""One problem as arrays, solved: prices first, then whole households among the moves they leave open."""

from __future__ import annotations

import time
from collections.abc import Callable

from partage.place.answer import Answer, answer_of
from partage.place.hunt import Hunt
from partage.place.instance import Instance, Ints
from partage.place.roads import needs_kernels, prices_of
from partage.place.solved import NoPlanInTime, fits, placed
from partage.place.watched import Progress

__all__ = ["needs_kernels", "prices_of", "solve"]


def solve(
    instance: Instance,
    *,
    seconds: float = 60.0,
    gap: float = 0.0,
    previous: Ints | None = None,
    threads: int = 1,
    say: Callable[[Progress], None] | None = None,
) -> Answer:
    """The best plan that can be found and proven within the time, with a certificate for it.

    ``gap``: enough is enough at that share of the value. ``previous``: a plan (rows,) to begin with, and to
    count moves against; it is ignored where it does not fit. Deterministic for an instance, whatever the
    threads, unless the time runs out. No plan found in the time: ``NoPlanInTime``.
    """
    begun = time.perf_counter()
    prices = prices_of(instance, begun + seconds)
    begun += prices.setup
    hunt = Hunt(instance, prices, begun, begun + seconds, gap, say, threads)
    if previous is not None and fits(instance, previous):
        hunt.take(placed(instance, previous))
    hunt.run()
    best = hunt.best
    if best is None:
        raise NoPlanInTime(
            f"The search found no plan in the time given; none can be worth more than {hunt.bound}.",
            "Give it more with --seconds.",
            hunt.bound,
        )
    proof = "" if hunt.bound > best.value else "prices" if hunt.most <= best.value else "search"
    return answer_of(
        instance,
        best.site,
        best.counts,
        prices.certificate,
        price_bound=prices.bound,
        bound=max(best.value, hunt.bound),
        proof=proof,
        road=prices.road,
        seconds=time.perf_counter() - begun,
        setup_seconds=prices.setup,
        passes=prices.passes + hunt.passes,
        previous=previous,
        value=best.value,
    )
