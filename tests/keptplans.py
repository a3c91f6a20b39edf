"""Plans of tiny worlds as a journal keeps them, and the best of all plans by trying every one."""

from __future__ import annotations

import itertools
import json
from types import SimpleNamespace
from typing import Any

import numpy as np

from partage.casework.kept import Kept, kept_plan
from partage.casework.planning import place_households
from partage.casework.propose import propose
from partage.core.plan import Plan
from partage.core.streams import Stream
from partage.place.instance import Instance
from partage.place.solve import fits
from partage.place.solved import plan_value, shortfalls
from worlds import figures, policy


def plan_of(people, world, *priorities: str, seed: str = "s", **more: Any) -> Plan:  # type: ignore[no-untyped-def]
    lots = ("CA-ON", "CA-NB", "CA-NS", "CA-QC")
    chosen = policy(*priorities, **more)
    return place_households(people, world, chosen, figures(), seed=seed, lots=lots)


def kept_of(plan: Plan, world) -> Kept:  # type: ignore[no-untyped-def]
    """The plan's arrays with their names, read back from what ``propose`` keeps."""
    cases = {line.case: {"version": 1} for line in plan.lines}
    acts = propose(plan, cases, day=plan.day.isoformat(), stream=Stream("t"))
    body = acts.drafts[0].body
    document = json.loads(acts.blobs[body["document"]])
    entry: Any = SimpleNamespace(body=body)
    sites = {str(s.id): str(s.region) for s in world.sites}
    services = [str(s.id) for s in world.services]
    return kept_plan(entry, document, acts.blobs.get, sites, services)


def reached(instance: Instance, site_of: Any) -> tuple[int, ...]:
    """What a plan reaches of each priority, in order; worked out from the arrays alone."""
    placed = np.flatnonzero(site_of >= 0)
    short_site, short_region = shortfalls(instance, site_of)
    kept = instance.keep_value[:, placed, site_of[placed]].astype(np.int64).sum(axis=1)
    kept = kept - instance.keep_floor_penalty.astype(np.int64) * short_site
    kept = kept - instance.keep_region_penalty.astype(np.int64) * short_region
    return (*(int(n) for n in kept), plan_value(instance, site_of))


def best_by_trying(instance: Instance, row: int = -1, site: int = -1) -> tuple[int, ...] | None:
    """The most that any plan reaches, priority by priority; of those with that row there, if asked."""
    free = np.full_like(instance.keep_least, -(2**53))
    open_ = _with(instance, keep_least=free)
    choices = [[-1, *np.flatnonzero(may >= 0).tolist()] for may in instance.value]
    if row >= 0:
        choices[row] = [j for j in choices[row] if j == site]
    found = [
        reached(instance, np.array(one, np.int32))
        for one in itertools.product(*choices)
        if fits(open_, np.array(one, np.int32))
    ]
    return max(found, default=None)


def _with(instance: Instance, **more: Any) -> Instance:
    from dataclasses import replace

    return replace(instance, **more)
