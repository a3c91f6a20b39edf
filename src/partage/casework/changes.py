"""One change to a kept problem at a time: what an officer could ask for, and what a household could say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from partage.casework.kept import Kept
from partage.core.household import Household
from partage.core.plan import Elsewhere, Reason
from partage.core.policy import Policy
from partage.core.situation import Site
from partage.core.units import ServiceId
from partage.place.instance import Instance, Ints
from partage.place.needs import FAMILY_ROOM_HOLDS, ROOM_HOLDS, rooms_needed, units_needed
from partage.place.scene import Row, Scene, Tier
from partage.place.stay import NOT_POINTS, Standing, tier_named
from partage.place.value import AIMS

TARGETS = 3  # sites an officer would have preferred, at most
LIMITED = ("full", "ramp", "cap", "ends", "blocked", "unknown", "ceiling")


@dataclass(frozen=True, slots=True, eq=False)
class Change:
    """One change: a code with its numbers for words, and the problem with it applied.

    Codes: ``more`` (site, units), ``due`` (region, persons, less), ``ceiling`` (region, persons), ``rule``
    (number, title); ``wish`` (region), ``without``, ``with`` (service), ``apart``, ``room`` (room).
    """

    code: str
    args: Mapping[str, str | int]
    instance: Instance
    towards: int = -1  # the column of the site that it is about


@dataclass(frozen=True, slots=True)
class Asked:
    """Whose decision it is: the household, all in its row, the reason it was given, places and policy."""

    case: str
    members: tuple[Household, ...]
    reason: Reason
    sites: tuple[Site, ...]  # in the order of the columns
    policy: Policy
    standing: Standing | None = None  # of a re-plan: the lines that it started from


def fits_what_is_known(kept: Kept, asked: Asked) -> bool:
    """Whether what is known of the row's households today is what the plan was made on."""
    row = kept.row_of(asked.case)
    need, worth = _row(kept, asked, asked.members)
    may = kept.instance.value[row] >= 0
    stored = np.concatenate([kept.instance.keep_value[:, row], kept.instance.value[row][None]])
    return bool((need == kept.instance.need[row]).all() and (worth == stored)[:, may].all())


# -- what an officer could ask for ------------------------------------------------------------


def officer_changes(kept: Kept, asked: Asked | None, case: str, reason: Reason) -> Iterator[Change]:
    """Nearest first: one unit more where the household would rather be, all that it lacks there, the most
    or the due of a region, an exception to a rule. Without ``asked`` (data erased or changed) no exception.
    """
    row = kept.row_of(case)
    targets = _targets(kept, row, reason)
    whole: list[Change] = []
    for site in targets:
        short = _lacking(kept, row, site)
        order = sorted(short, key=lambda k: -int(kept.certificate.price[site, k]))
        for k in order:
            yield _more(kept, site, {k: 1})
        if short and (len(short) > 1 or max(short.values()) > 1):
            whole.append(_more(kept, site, short))
    yield from whole
    for site in targets:
        yield from _of_region(kept, row, site)
    if asked is not None:
        yield from _exceptions(kept, asked)


@dataclass(frozen=True, slots=True, eq=False)
class Wider:
    """Some times what a household lacks at the site that it would rather have; ``most``: enough for all."""

    kept: Kept
    site: int
    lacking: Mapping[int, int]  # service -> units
    most: int

    def change(self, times: int) -> Change:
        """So many times what it lacks there."""
        return _more(self.kept, self.site, {k: times * n for k, n in self.lacking.items()})


def wider(kept: Kept, case: str, reason: Reason) -> Wider | None:
    """More at the first site that the household would rather have; None where it lacks nothing there."""
    row = kept.row_of(case)
    everybody = kept.instance.need.astype(np.int64).sum(axis=0)
    for site in _targets(kept, row, reason):
        short = _lacking(kept, row, site)
        if short:
            missing = everybody - kept.instance.capacity[site]
            most = max(-(-int(missing[k]) // n) for k, n in short.items())
            return Wider(kept, site, short, max(1, most))
    return None


def _lacking(kept: Kept, row: int, site: int) -> dict[int, int]:
    """What a row lacks at a site in this plan, by service."""
    lacking = kept.instance.need[row] - (kept.instance.capacity - kept.used)[site]
    return {int(k): int(lacking[k]) for k in np.flatnonzero(lacking > 0)}


def _targets(kept: Kept, row: int, reason: Reason) -> list[int]:
    """Allowed sites that the household would rather have, or the next best: what decided comes first."""
    named = [e for e in (reason.by, reason.best) if e is not None]
    named += [e for e in reason.elsewhere if e.code in LIMITED]
    named += [e for e in reason.elsewhere if e.code not in LIMITED]
    found = dict.fromkeys(kept.sites.index(e.site) for e in named if e.site in kept.sites)
    return [j for j in found if kept.instance.value[row, j] >= 0][:TARGETS]


def _more(kept: Kept, site: int, units: Mapping[int, int]) -> Change:
    capacity = kept.instance.capacity.copy()
    for k, number in units.items():
        capacity[site, k] += number
    said = ", ".join(f"{number} {kept.services[k]}" for k, number in units.items())
    changed = replace(kept.instance, capacity=capacity)
    return Change("more", {"site": kept.sites[site], "units": said}, changed, site)


def _of_region(kept: Kept, row: int, site: int) -> Iterator[Change]:
    """The due of the site's region higher by the household (and of its own lower); its most higher."""
    instance, here = kept.instance, int(kept.site_of[row])
    persons = int(instance.need[row, 0])
    region = int(instance.region[site])
    own = int(instance.region[here]) if here >= 0 else -1
    if region != own and instance.region_floor.any():
        floor = instance.region_floor.copy()
        floor[region] += persons
        less = ""
        if own >= 0 and floor[own]:
            floor[own], less = max(0, int(floor[own]) - persons), kept.regions[own]
        args: dict[str, str | int] = {"region": kept.regions[region], "persons": persons}
        yield Change("due", {**args, "less": less}, replace(instance, region_floor=floor))
    if int(instance.region_ceiling[region]) < np.iinfo(np.int32).max:
        most = instance.region_ceiling.copy()
        most[region] += persons
        args = {"region": kept.regions[region], "persons": persons}
        yield Change("ceiling", args, replace(instance, region_ceiling=most))


def _exceptions(kept: Kept, asked: Asked) -> Iterator[Change]:
    """Each rule that excluded a site, with an exception for this household."""
    row = kept.row_of(asked.case)
    need, worth = _row(kept, asked, asked.members)
    for number in sorted({int(e.args["number"]) for e in _by_rule(asked.reason)}):
        mine = [e for e in _by_rule(asked.reason) if int(e.args["number"]) == number]
        may = kept.instance.value[row] >= 0
        for one in mine:
            site = kept.sites.index(one.site)
            # places are there only where somebody agreed to them, and never where it is not safe
            agreed = bool(kept.instance.capacity[site].any())
            may[site] = agreed and not _avoided(asked.members, asked.sites[site])
        args: dict[str, str | int] = {"number": number, "title": str(mine[0].args["title"])}
        yield Change("rule", args, _with_row(kept.instance, row, need, worth, may))


def _by_rule(reason: Reason) -> list[Elsewhere]:
    return [e for e in reason.elsewhere if e.code == "rule"]


def _avoided(members: Sequence[Household], site: Site) -> bool:
    return any({site.id, site.region} & set(member.need.places_to_avoid) for member in members)


# -- what a household could say ---------------------------------------------------------------


def household_changes(kept: Kept, asked: Asked) -> Iterator[Change]:
    """Only its own wish and need, nearest first: another wish where wishes count, a service in a language
    that it did not ask for, rooms of another kind, its link released, one more service in its language."""
    own = next(member for member in asked.members if member.id == asked.case)
    yield from _wishes(kept, asked, own)
    spoken = [s for s in dict.fromkeys(own.need.care) if s.endswith((".fr", ".en"))]
    for service in spoken:
        care = tuple(s for s in own.need.care if s != service)
        yield _if(kept, asked, "without", {"service": service}, _needing(own, care=care), service)
    yield from _rooms(kept, asked, own)
    if len(asked.members) > 1:
        yield _apart(kept, asked, own)
    for service in map(ServiceId, kept.services):
        kind, _, language = service.partition(".")
        if language and language == own.need.official_language and kind != "room":
            more = _needing(own, care=(*own.need.care, service))
            if service not in own.need.care and units_needed(more.need) != units_needed(own.need):
                yield _if(kept, asked, "with", {"service": service}, more)


def _wishes(kept: Kept, asked: Asked, own: Household) -> Iterator[Change]:
    if asked.policy.profile_blind or "wish" not in kept.priorities:
        return
    row = kept.row_of(asked.case)
    here = int(kept.site_of[row])
    now = asked.sites[here].region if here >= 0 else ""
    open_ = {asked.sites[j].region for j in np.flatnonzero(kept.instance.value[row] >= 0)}
    for region in sorted(open_ - {now} - set(own.profile.wishes)):
        wishing = replace(own, profile=replace(own.profile, wishes=(region,)))
        yield _if(kept, asked, "wish", {"region": region}, wishing)


def _rooms(kept: Kept, asked: Asked, own: Household) -> Iterator[Change]:
    """Fewer family rooms, rooms for two in place of a family room, or the other way round."""
    service, number = rooms_needed(own.need)
    fewer = -(-own.persons // FAMILY_ROOM_HOLDS)
    others = [("room.family", fewer), ("room", -(-own.persons // ROOM_HOLDS))]
    for room, rooms in others:
        if (room, rooms) != (service, number) and rooms <= max(number, FAMILY_ROOM_HOLDS):
            changed = _needing(own, room_need=f"{room}:{rooms}")
            yield _if(kept, asked, "room", {"room": room, "number": rooms}, changed)


def _apart(kept: Kept, asked: Asked, own: Household) -> Change:
    """The household in a row of its own, those it is linked to together in another."""
    row = kept.row_of(asked.case)
    others = tuple(member for member in asked.members if member.id != own.id)
    may = kept.instance.value[row] >= 0
    changed = _with_row(kept.instance, row, *_row(kept, asked, (own,)), may)
    need, worth = _row(kept, asked, others)
    changed = _with_row(_row_more(changed, row), changed.households, need, worth, may)
    return Change("apart", {"number": len(others)}, changed)


def _needing(own: Household, **need: object) -> Household:
    return replace(own, need=replace(own.need, **need))  # type: ignore[arg-type]


def _if(
    kept: Kept,
    asked: Asked,
    code: str,
    args: Mapping[str, str | int],
    own: Household,
    without: str = "",
) -> Change:
    """The problem if the household were as given; sites that only lacked that service are open then."""
    row = kept.row_of(asked.case)
    members = tuple(own if member.id == own.id else member for member in asked.members)
    may = kept.instance.value[row] >= 0
    for other in asked.reason.elsewhere:
        if without and other.code == "unknown" and other.args["service"] == without:
            may[kept.sites.index(other.site)] = True
    return Change(code, args, _with_row(kept.instance, row, *_row(kept, asked, members), may))


# -- rows -------------------------------------------------------------------------------------


def _row(kept: Kept, asked: Asked, members: tuple[Household, ...]) -> tuple[Ints, Ints]:
    """Need (services,) and worths (priorities, sites) of households in one row, as the model has them."""
    units: dict[str, int] = {}
    for member in members:
        for service, number in units_needed(member.need).items():
            units[service] = units.get(service, 0) + number
    need = np.array([units.get(service, 0) for service in kept.services], np.int16)
    row = kept.row_of(asked.case)
    persons = np.array([[units["person"]]], np.int64)
    scene = Scene((Row(members, units, ""),), asked.sites, persons, kept.instance.km[row][None])
    own = {p.id: AIMS[p.id](p, scene) for p in asked.policy.priorities}
    tiers = [
        own[name] if name in own else _of_standing(name, asked, scene, own)
        for name in kept.priorities
    ]
    return need, np.array([tier.worth[0] for tier in tiers], np.int32)


def _of_standing(name: str, asked: Asked, scene: Scene, own: Mapping[str, Tier]) -> Tier:
    """A priority that a re-plan adds to those of the policy."""
    assert asked.standing is not None
    points = next((tier for tier in own.values() if tier.id not in NOT_POINTS), None)
    return tier_named(name, scene, asked.standing, points)


def _with_row(instance: Instance, row: int, need: Ints, worth: Ints, may: Ints) -> Instance:
    """The instance with another row in that place; ``may`` (sites,): where it is allowed."""
    value, needs, kept = instance.value.copy(), instance.need.copy(), instance.keep_value.copy()
    value[row] = np.where(may, worth[-1], -1)
    needs[row] = need
    kept[:, row] = np.where(may, worth[:-1], 0)
    return replace(instance, value=value, need=needs, keep_value=kept)


def _row_more(instance: Instance, row: int) -> Instance:
    """The instance with a copy of a row at its end."""

    def more(array: Ints, axis: int = 0) -> Ints:
        again = np.take(array, [row], axis=axis)
        return np.concatenate([array, again], axis=axis)

    return replace(
        instance,
        value=more(instance.value),
        need=more(instance.need),
        unplaced=more(instance.unplaced),
        count=more(instance.count),
        keep_value=more(instance.keep_value, 1),
        order=more(instance.order) if instance.order.size else instance.order,
        km=more(instance.km) if instance.km.size else instance.km,
    )
