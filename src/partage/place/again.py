"""A kept problem solved again, priority by priority, with something changed: what a change would do."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from partage.place.instance import Instance, Ints, tier_instance
from partage.place.solve import solve
from partage.place.solved import NoPlanInTime, plan_value


@dataclass(frozen=True, slots=True)
class Again:
    """What came of solving again: what each priority reaches, in order, and a plan that reaches it.

    ``settled``: every priority was proven; otherwise nothing may be stated from it. ``stays``: among all
    plans as good as this one there is one that leaves the row asked after where it was.
    """

    reached: tuple[int, ...]
    site_of: Ints  # (rows,), -1 = no place
    settled: bool
    stays: bool


def solve_again(
    instance: Instance,
    *,
    seconds: float,
    start: Ints | None = None,
    stay: tuple[int, int] | None = None,
    towards: int = -1,
    enough: Mapping[int, int] | None = None,
) -> Again:
    """The best plan of an instance priority by priority; what its tiers must reach is worked out anew.

    ``stay`` is a row and the site (-1: none) where it should stay if no priority loses by it: so the
    row is elsewhere in the answer only if every best plan has it elsewhere; and then at the site
    ``towards`` if some best plan has it there. ``enough``: priorities, by number, that ask for so much
    and no more. ``start`` is a plan to begin with; ``seconds`` for all together. Needs rows of one
    household, worth 0 without a place.
    """
    assert not instance.unplaced.any()
    begun = time.perf_counter()
    tiers = len(instance.keep_least)
    problem = instance
    reached: list[int] = []
    nobody = np.full(instance.households, -1, np.int32)
    site_of = nobody if start is None or len(start) != instance.households else start
    settled = True
    for tier in range(tiers + 1 + (stay is not None)):
        if tier > tiers:
            assert stay is not None
            problem = _staying(problem, reached[-1], *stay, towards)
        one = problem if tier >= tiers else tier_instance(problem, tier)
        left = max(0.05, seconds - (time.perf_counter() - begun))
        try:
            answer = solve(one, seconds=left, previous=site_of)
            assert answer.plan.site is not None
            site_of, settled = answer.plan.site, settled and answer.proven
        except NoPlanInTime:
            settled = False
        reached.append(plan_value(one, site_of))
        if tier < tiers:
            least = problem.keep_least.copy()
            least[tier] = min(reached[-1], (enough or {}).get(tier, reached[-1]))
            reached[-1] = int(least[tier])
            problem = replace(problem, keep_least=least)
    stays = stay is not None and int(site_of[stay[0]]) == stay[1]
    return Again(tuple(reached[: tiers + 1]), site_of, settled, stays)


def _staying(instance: Instance, reached: int, row: int, site: int, towards: int) -> Instance:
    """The problem whose last priority is that one row stays, or else goes ``towards`` a site; what was the
    last before is kept."""
    allowed = instance.value >= 0
    value = np.where(allowed, 0, -1).astype(np.int32)
    unplaced = np.zeros_like(instance.unplaced)
    for at, worth in ((towards, 1), (site, 2)):
        if at >= 0 and allowed[row, at]:
            value[row, at] = worth
    if site < 0:
        unplaced[row] = 2
    return replace(
        instance,
        value=value,
        unplaced=unplaced,
        floor_penalty=np.zeros_like(instance.floor_penalty),
        region_penalty=np.zeros_like(instance.region_penalty),
        keep_value=np.concatenate(
            [instance.keep_value, np.where(allowed, instance.value, 0)[None].astype(np.int32)]
        ),
        keep_floor_penalty=np.append(instance.keep_floor_penalty, instance.floor_penalty),
        keep_region_penalty=np.append(instance.keep_region_penalty, instance.region_penalty),
        keep_least=np.append(instance.keep_least, np.int64(reached)),
    )
