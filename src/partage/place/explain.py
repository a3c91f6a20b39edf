"""A reason per household, found by trying: for each other site, what stands against one move."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from partage.core.plan import Elsewhere, Reason
from partage.place.instance import Ints
from partage.place.stay import STAY_TIERS
from partage.place.value import Model


@dataclass(frozen=True, slots=True, eq=False)
class Standing:
    """What the plan leaves free at each site, and the persons each region has."""

    site_of: Ints
    left: Ints  # (sites, services)
    per_region: dict[str, int]
    reached: dict[str, int]  # of each priority that asks for enough, not for most

    @classmethod
    def of(cls, model: Model, site_of: Ints) -> Standing:
        """The standing of a plan."""
        left = model.capacity.astype(np.int64).copy()
        per_region: dict[str, int] = {r: model.settled.get(r, 0) for r in model.regions}
        for i, j in enumerate(site_of):
            if j >= 0:
                left[j] -= model.need[i]
                per_region[model.sites[j].region] += model.rows[i].persons
        placed = np.flatnonzero(site_of >= 0)
        reached = {
            tier.id: int(tier.worth[placed, site_of[placed]].sum())
            for tier in model.tiers
            if tier.enough is not None
        }
        return cls(site_of, left, per_region, reached)


def explain_row(model: Model, standing: Standing, i: int) -> Reason:
    """Why row ``i`` is where it is: each other site with the one thing that stands against it.

    A site counts as better, equal or worse by the policy's priorities in their order, if this
    row alone moved there.
    """
    here = int(standing.site_of[i])
    tried = {j: _try(model, standing, i, j) for j in range(len(model.sites)) if j != here}
    elsewhere = tuple(  # a place to avoid is never shown in a reason
        why
        for _, (why, _) in sorted(tried.items(), key=lambda item: model.sites[item[0]].id)
        if why.code != "avoid"
    )
    decided, by = _decided(here, tried)
    return Reason(_facts(model, standing, i, here), decided, by, elsewhere, _best(tried))


def _best(tried: dict[int, tuple[Elsewhere, tuple[int, ...]]]) -> Elsewhere | None:
    """The other site that would serve the priorities best, were it not for what stands against it."""
    possible = [(gain, -j) for j, (why, gain) in tried.items() if why.code in (*LIMITS, *OPEN)]
    return tried[-max(possible)[1]][0] if possible else None


def _facts(model: Model, standing: Standing, i: int, here: int) -> dict[str, str | int]:
    if here < 0:
        return {}
    facts: dict[str, str | int] = {}
    if len(model.rows[i].members) > 1:
        facts["together"] = len(model.rows[i].members)
    if model.km[i, here] >= 0:
        facts["km"] = int(model.km[i, here])
    for tier in model.tiers:
        if not tier.region_penalty and tier.id != "roof" and tier.id not in STAY_TIERS:
            facts[tier.id] = int(tier.worth[i, here]) // model.rows[i].persons
    region = model.sites[here].region
    if region in model.due:
        facts["due"] = model.due[region]
        facts["placed"] = standing.per_region[region]
    return facts


def _try(model: Model, standing: Standing, i: int, j: int) -> tuple[Elsewhere, tuple[int, ...]]:
    """What stands against site ``j``, and the gain per tier if it did not."""
    gain, against = _gain(model, standing, i, j)
    if (i, j) in model.forbidden:
        return model.forbidden[i, j], gain
    short = np.flatnonzero(model.need[i] > standing.left[j])
    if len(short):
        return _full(model, standing, i, j, [int(k) for k in short]), gain
    region = model.sites[j].region
    most = model.ceiling.get(region)
    leaves = standing.site_of[i] >= 0 and model.sites[standing.site_of[i]].region == region
    more = 0 if leaves else model.rows[i].persons
    if most is not None and standing.per_region[region] + more > most:
        return Elsewhere(model.sites[j].id, "ceiling", {"most": most}), gain
    return against, gain


def _full(model: Model, standing: Standing, i: int, j: int, short: list[int]) -> Elsewhere:
    """Which services are missing at a site, and whether something else than use took them."""
    site = model.sites[j].id
    causes = {model.limits.get((site, model.services[k].id), "") for k in short}
    code = causes.pop() if len(causes) == 1 else ""
    missing = ", ".join(
        f"{model.need[i, k]} {model.services[k].id} ({max(0, int(standing.left[j, k]))})"
        for k in short
    )
    return Elsewhere(site, code or "full", {"short": missing})


def _gain(model: Model, standing: Standing, i: int, j: int) -> tuple[tuple[int, ...], Elsewhere]:
    """Change per tier if row ``i`` alone moved to ``j``, and the first tier that speaks against it."""
    here = int(standing.site_of[i])
    site, persons = model.sites[j], model.rows[i].persons
    gains: list[int] = []
    against = Elsewhere(site.id, "lot")
    for tier in model.tiers:
        at_home = int(tier.worth[i, here]) if here >= 0 else 0
        gain = int(tier.worth[i, j]) - at_home
        if tier.enough is not None:  # beyond enough, more or less changes nothing
            before = standing.reached[tier.id]
            gain = tier.kept(before + gain) - tier.kept(before)
        if tier.region_penalty:
            gain -= tier.region_penalty * _shortfall_change(model, standing, here, j, persons)
        if gain < 0 and against.code == "lot" and not any(gains):
            if tier.region_penalty:
                against = Elsewhere(site.id, "due", {"persons": -gain})
            else:
                args: dict[str, str | int] = {
                    "priority": tier.id,
                    "here": at_home // persons,
                    "there": int(tier.worth[i, j]) // persons,
                }
                against = Elsewhere(site.id, "points", args)
        if gain > 0 and against.code == "lot" and not any(gains):
            against = Elsewhere(site.id, "unsettled")
        gains.append(gain)
    return tuple(gains), against


def _shortfall_change(model: Model, standing: Standing, here: int, j: int, persons: int) -> int:
    """Change in persons short of the dues if that many moved from ``here`` to ``j``."""
    source = model.sites[here].region if here >= 0 else None
    target = model.sites[j].region
    if source == target:
        return 0

    def short(region: str, extra: int) -> int:
        return max(0, model.due.get(region, 0) - standing.per_region[region] - extra)

    change = short(target, persons) - short(target, 0)
    if source is not None:
        change += short(source, -persons) - short(source, 0)
    return change


LIMITS = ("full", "ramp", "cap", "ends", "blocked", "unknown", "ceiling", "silent")
OPEN = ("due", "points", "lot", "unsettled")


def _decided(
    here: int, tried: dict[int, tuple[Elsewhere, tuple[int, ...]]]
) -> tuple[str, Elsewhere | None]:
    """Which thing decided: a limit at a better or equal site, the order of priorities, or a lot."""

    def best(codes: tuple[str, ...]) -> tuple[tuple[int, ...], int] | None:
        found = [(gain, -j) for j, (why, gain) in tried.items() if why.code in codes]
        return max(found, default=None)

    limit, open_ = best(LIMITS), best(OPEN)
    if here < 0:
        if limit is not None:
            return "none", tried[-limit[1]][0]
        codes = [why.code for why, _ in tried.values() if why.code != "avoid"]
        common = max(codes, key=codes.count, default="")
        return "none", next((why for why, _ in tried.values() if why.code == common), None)
    if open_ is not None and open_[0] > tuple(0 for _ in open_[0]):
        return "unsettled", tried[-open_[1]][0]
    if limit is not None and limit[0] > tuple(0 for _ in limit[0]):
        return "limit", tried[-limit[1]][0]
    if open_ is not None and not any(open_[0]):
        return "lot", tried[-open_[1]][0]
    if limit is not None and not any(limit[0]):
        return "room", tried[-limit[1]][0]
    if open_ is not None:
        return "order", tried[-open_[1]][0]
    return ("order" if limit is not None else "only"), None
