"""One problem as arrays, solved: prices first, then whole households among the pairs they leave open."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

import numpy as np

from partage.place.answer import Answer, answer_of
from partage.place.certificate import bound_of
from partage.place.instance import Instance, Ints
from partage.place.milp import search_pairs, solve_prices
from partage.place.regret import regrets
from partage.place.solved import NoPlanInTime, Solved, open_bound, plan_value
from partage.place.watched import Progress

FIRST_PAIRS = 3  # pairs a household that the first search looks at, on average
FIRST_SHARE = 0.4  # of the time that is left
HAIR = 1e-3  # value units: what rounding of regrets may hide


def solve(
    instance: Instance,
    *,
    seconds: float = 60.0,
    gap: float = 0.0,
    previous: Ints | None = None,
    say: Callable[[Progress], None] | None = None,
) -> Answer:
    """The best plan that can be found and proven within the time, with a certificate for it.

    ``gap``: enough is enough at that share of the value. ``previous``: a plan to begin with, and to count
    moves against; it is ignored where it does not fit. Deterministic for an instance unless the time
    runs out. Refused: grouped rows; no plan found in the time (``NoPlanInTime``).
    """
    begun = time.perf_counter()

    def left() -> float:
        return max(0.01, seconds - (time.perf_counter() - begun))

    certificate = solve_prices(instance, left())
    price_bound = Fraction(bound_of(instance, certificate), certificate.scale)
    most = price_bound.__floor__()
    passes = 1
    lost = regrets(instance, certificate)
    best = _fitting(instance, previous)

    def good_enough(value: int, bound: int) -> bool:
        return bound - value <= max(0.0, gap * max(1, abs(value)))

    def tell(progress: Progress) -> None:
        if say is not None:
            known = [progress.value] if progress.value is not None else []
            value = max([*known, *([best.value] if best is not None else [])], default=None)
            bound = (
                min(most, progress.bound) if progress.road == "whole" and progress.bound else most
            )
            say(Progress(time.perf_counter() - begun, value, bound, "search"))

    open_ = np.isfinite(lost)
    width = _width(lost, FIRST_PAIRS * instance.households)
    while True:
        enough = float(most - best.value) if best is not None else np.inf
        whole = width >= enough or bool((lost[open_] <= width).all())
        if whole:
            width = enough
        share = left() if whole else FIRST_SHARE * left()
        found = _search(instance, lost <= width + HAIR, share, best, whole, tell)
        passes += 1
        finished = found is not None and found.proven
        if found is not None and (best is None or found.value > best.value):
            best = replace(found, bound=most)
        if best is not None and found is not None:
            # a plan with a pair outside is worth at most the bound of the prices less the width
            outside = most - int(np.floor(width)) if np.isfinite(width) else best.value
            most_now = max(best.value, found.bound, outside if not whole else best.value)
            best = replace(best, bound=min(best.bound, most_now))
        if best is not None and good_enough(best.value, best.bound):
            break
        if whole or left() <= 0.02:
            break
        width = width * 4 if best is None or not finished else max(width * 2, 1.0)
        if best is not None:
            width = float(most - best.value)
    if best is None:
        raise NoPlanInTime(
            "The search found no plan in the time given.", "Give it more with --seconds."
        )
    proven = best.bound <= best.value
    return answer_of(
        instance,
        best.site_of,
        certificate,
        bound=best.bound,
        proof=("prices" if most <= best.value else "search") if proven else "",
        road="search",
        seconds=time.perf_counter() - begun,
        passes=passes,
        previous=previous,
    )


def _width(lost: Ints, pairs: int) -> float:
    """The regret within which that many pairs lie."""
    open_ = lost[np.isfinite(lost)]
    if len(open_) <= pairs:
        return np.inf
    return float(np.partition(open_, pairs)[pairs])


def _search(
    instance: Instance,
    inside: Ints,
    seconds: float,
    start: Solved | None,
    whole: bool,
    tell: Callable[[Progress], None],
) -> Solved | None:
    road = "whole" if whole else "core"
    try:
        return search_pairs(
            instance,
            np.argwhere(inside & (instance.value >= 0)),
            seconds,
            start=None if start is None else start.site_of,
            say=lambda p: tell(replace(p, road=road)),
        )
    except NoPlanInTime:
        return None


def _fitting(instance: Instance, previous: Ints | None) -> Solved | None:
    """The previous plan as a first one, if it fits this instance."""
    if previous is None or previous.shape != (instance.households,):
        return None
    if not fits(instance, previous):
        return None
    return Solved(previous, plan_value(instance, previous), open_bound(instance), False, 0.0)


def fits(instance: Instance, site_of: Ints) -> bool:
    """Whether a plan keeps every hard limit of the instance."""
    rows = np.flatnonzero(site_of >= 0)
    at = site_of[rows]
    if len(at) and (at.max() >= instance.sites or (instance.value[rows, at] < 0).any()):
        return False
    used = np.zeros(instance.capacity.shape, np.int64)
    np.add.at(used, at, instance.need[rows].astype(np.int64))
    in_region = np.zeros(len(instance.region_floor), np.int64)
    np.add.at(in_region, instance.region, used[:, 0])
    if (used > instance.capacity).any() or (in_region > instance.region_ceiling).any():
        return False
    short_site = np.maximum(instance.floor - used[:, 0], 0).sum()
    short_region = np.maximum(instance.region_floor - in_region, 0).sum()
    kept = instance.keep_value[:, rows, at].astype(np.int64).sum(axis=1)
    kept -= instance.keep_floor_penalty.astype(np.int64) * short_site
    kept -= instance.keep_region_penalty.astype(np.int64) * short_region
    return bool((kept >= instance.keep_least).all())
