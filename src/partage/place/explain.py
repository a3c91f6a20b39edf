"""A reason per household, found by trying: for each other site, what stands against one move."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import numpy as np

from partage.core.plan import Elsewhere, Reason
from partage.core.units import SiteId
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
    regions: tuple[str, ...]  # named once each, and the number of each site's (sites,)
    region_at: Ints
    forbidden: dict[int, dict[int, Elsewhere]]  # by row and site
    order: tuple[int, ...]  # the sites by name
    said: dict[tuple[Any, ...], Elsewhere]  # what stood against a site before, to be said again

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
        regions = tuple(per_region)
        number = {region: r for r, region in enumerate(regions)}
        region_at = np.array([number[site.region] for site in model.sites], np.int64)
        forbidden: dict[int, dict[int, Elsewhere]] = {}
        for (i, j), why in model.forbidden.items():
            forbidden.setdefault(i, {})[j] = why
        order = tuple(sorted(range(len(model.sites)), key=lambda j: model.sites[j].id))
        return cls(
            site_of, left, per_region, reached, regions, region_at, forbidden, order, {}
        )  # fmt: skip

    def say(self, site: SiteId, code: str, *args: tuple[str, str | int]) -> Elsewhere:
        """What stands against a site; the same words of the same site are one object."""
        key = (site, code, args)
        if key not in self.said:
            self.said[key] = Elsewhere(site, code, dict(args))
        return self.said[key]


def explain_row(model: Model, standing: Standing, i: int) -> Reason:
    """Why row ``i`` is where it is: each other site with the one thing that stands against it.

    A site counts as better, equal or worse by the policy's priorities in their order, if this
    row alone moved there.
    """
    here = int(standing.site_of[i])
    gains = _gains(model, standing, i, here)
    why = _against(model, standing, i, here, gains)
    elsewhere = tuple(  # a place to avoid is never shown in a reason
        why[j] for j in standing.order if j != here and why[j].code != "avoid"
    )
    tried = _Tried(here, why, gains)
    decided, by = _decided(tried)
    best = tried.best((*LIMITS, *OPEN))
    return Reason(
        _facts(model, standing, i, here), decided, by, elsewhere, why[best[1]] if best else None
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Tried:
    """Every site for one row: what stands against it, and the gain by priority if it did not."""

    here: int
    why: list[Elsewhere]
    gains: Ints  # (tiers, sites)

    def best(self, codes: Collection[str]) -> tuple[tuple[int, ...], int] | None:
        """The most gain by the priorities in order, and its first site, of those with such a code."""
        some = [j for j, one in enumerate(self.why) if one.code in codes and j != self.here]
        if not some:
            return None
        sites = np.array(some)
        for gain in self.gains:
            own = gain[sites]
            sites = sites[own == own.max()]
        return tuple(self.gains[:, sites[0]].tolist()), int(sites[0])


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


def _gains(model: Model, standing: Standing, i: int, here: int) -> Ints:
    """Change per tier and site (tiers, sites) if row ``i`` alone moved there."""
    gains = np.zeros((len(model.tiers), len(model.sites)), np.int64)
    change: Ints | None = None
    for tier, gain in zip(model.tiers, gains, strict=True):
        gain += tier.worth[i]
        gain -= int(tier.worth[i, here]) if here >= 0 else 0
        if tier.enough is not None:  # beyond enough, more or less changes nothing
            before = standing.reached[tier.id]
            gain[:] = np.minimum(before + gain, tier.enough) - tier.kept(before)
        if tier.region_penalty:
            if change is None:
                change = _shortfall_changes(model, standing, i, here)[standing.region_at]
            gain -= tier.region_penalty * change
    return gains


def _shortfall_changes(model: Model, standing: Standing, i: int, here: int) -> Ints:
    """Change in persons short of the dues if row ``i`` moved to each region (regions,)."""
    persons = model.rows[i].persons
    source = model.sites[here].region if here >= 0 else None

    def change(region: str, more: int) -> int:
        short = model.due.get(region, 0) - standing.per_region[region]
        return max(0, short - more) - max(0, short)

    left = change(source, -persons) if source is not None else 0
    return np.array(
        [0 if r == source else change(r, persons) + left for r in standing.regions], np.int64
    )


def _against(model: Model, standing: Standing, i: int, here: int, gains: Ints) -> list[Elsewhere]:
    """What stands against each site: what forbids it, what is missing, or the first tier that speaks."""
    forbidden, persons = standing.forbidden.get(i, {}), model.rows[i].persons
    region = model.sites[here].region if here >= 0 else None
    short = model.need[i] > standing.left
    full, over = short.any(axis=1).tolist(), {}
    for name, most in model.ceiling.items():
        more = 0 if name == region else persons
        if name in standing.per_region and standing.per_region[name] + more > most:
            over[name] = most
    first = (gains != 0).argmax(axis=0) if len(gains) else np.zeros(len(full), np.int64)
    found = []
    for j, tier in enumerate(first.tolist()):
        site = model.sites[j]
        if j in forbidden:
            found.append(forbidden[j])
        elif full[j]:
            found.append(_full(model, standing, i, j, np.flatnonzero(short[j]).tolist()))
        elif site.region in over:
            found.append(standing.say(site.id, "ceiling", ("most", over[site.region])))
        else:
            gain = int(gains[tier, j]) if len(gains) else 0
            found.append(_by_tier(model, standing, i, here, j, tier, gain))
    return found


def _full(model: Model, standing: Standing, i: int, j: int, short: list[int]) -> Elsewhere:
    """Which services are missing at a site, and whether something else than use took them."""
    key = (j, *((k, int(model.need[i, k])) for k in short))
    if key in standing.said:
        return standing.said[key]
    site = model.sites[j].id
    causes = {model.limits.get((site, model.services[k].id), "") for k in short}
    code = causes.pop() if len(causes) == 1 else ""
    missing = ", ".join(
        f"{model.need[i, k]} {model.services[k].id} ({max(0, int(standing.left[j, k]))})"
        for k in short
    )
    standing.said[key] = Elsewhere(site, code or "full", {"short": missing})
    return standing.said[key]


def _by_tier(
    model: Model, standing: Standing, i: int, here: int, j: int, number: int, gain: int
) -> Elsewhere:
    """What the first priority that tells a possible site from this one says of it, and by how much."""
    site = model.sites[j].id
    if gain == 0:
        return standing.say(site, "lot")
    if gain > 0:
        return standing.say(site, "unsettled")
    tier, persons = model.tiers[number], model.rows[i].persons
    if tier.region_penalty:
        return standing.say(site, "due", ("persons", -gain))
    at_home = int(tier.worth[i, here]) if here >= 0 else 0
    there = int(tier.worth[i, j])
    return standing.say(
        site, "points", ("priority", tier.id), ("here", at_home // persons), ("there", there // persons)
    )  # fmt: skip


LIMITS = ("full", "ramp", "cap", "ends", "blocked", "unknown", "ceiling", "silent")
OPEN = ("due", "points", "lot", "unsettled")


def _decided(tried: _Tried) -> tuple[str, Elsewhere | None]:
    """Which thing decided: a limit at a better or equal site, the order of priorities, or a lot."""
    why = tried.why
    limit, open_ = tried.best(LIMITS), tried.best(OPEN)
    if tried.here < 0:
        if limit is not None:
            return "none", why[limit[1]]
        codes = [one.code for one in why if one.code != "avoid"]
        common = max(codes, key=codes.count, default="")
        return "none", next((one for one in why if one.code == common), None)
    if open_ is not None and open_[0] > tuple(0 for _ in open_[0]):
        return "unsettled", why[open_[1]]
    if limit is not None and limit[0] > tuple(0 for _ in limit[0]):
        return "limit", why[limit[1]]
    if open_ is not None and not any(open_[0]):
        return "lot", why[open_[1]]
    if limit is not None and not any(limit[0]):
        return "room", why[limit[1]]
    if open_ is not None:
        return "order", why[open_[1]]
    return ("order" if limit is not None else "only"), None
