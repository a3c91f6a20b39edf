"""From nouns to arrays: which site is possible for whom, and what each priority says it is worth."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from partage.core.errors import InputRefused
from partage.core.household import Household
from partage.core.plan import Elsewhere
from partage.core.policy import Policy, Priority
from partage.core.situation import Service, Site, Situation
from partage.core.streams import lot
from partage.place.instance import Instance, Ints, instance_from
from partage.place.needs import units_needed
from partage.place.scene import Row, Scene, Tier
from partage.place.stay import Standing, forbidden_by, start_of, with_stay

UNDER_KM = re.compile(r"^under_(\d+)_km$")
SPEAKS = re.compile(r"^([a-z]{2,3}):([A-Z]{2}-[A-Z0-9]{1,3})$")
NO_CEILING = np.iinfo(np.int32).max


@dataclass(frozen=True, slots=True)
class Release:
    """Links that no site can keep: cases with a row of their own, and the region each must stay in.

    A case in ``near`` with the region "" waits: the household it is linked to has no place yet.
    """

    apart: frozenset[str] = frozenset()
    near: Mapping[str, str] = field(default_factory=dict)


NO_RELEASE = Release()


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """A day's problem with its names: rows, sites, what is forbidden and why, tiers in order."""

    rows: tuple[Row, ...]
    sites: tuple[Site, ...]
    services: tuple[Service, ...]
    regions: tuple[str, ...]
    forbidden: Mapping[tuple[int, int], Elsewhere]
    tiers: tuple[Tier, ...]
    due: Mapping[str, int]
    need: Ints  # (rows, services)
    capacity: Ints  # (sites, services)
    km: Ints  # (rows, sites), -1 = not known
    limits: Mapping[tuple[str, str], str]  # (site, service) -> ramp | ends | blocked
    ceiling: Mapping[str, int]  # region -> the most persons of this plan
    settled: Mapping[str, int] = field(default_factory=dict)  # region -> persons who have a place
    standing: Standing | None = None

    @property
    def start(self) -> Ints:
        """Where each row stands already (rows,), as far as everybody fits; -1 = nowhere."""
        start = np.full(len(self.rows), -1, np.int32)
        if self.standing is None:
            return start
        left = self.capacity.astype(np.int64)
        room = {r: most - self.settled.get(r, 0) for r, most in self.ceiling.items()}
        for i, j in enumerate(start_of(self.rows, self.sites, self.standing)):
            region, persons = self.sites[j].region, self.rows[i].persons
            if j < 0 or (i, j) in self.forbidden or (self.need[i] > left[j]).any():
                continue
            if room.get(region, NO_CEILING) >= persons:
                start[i] = j
                left[j] -= self.need[i]
                room[region] = room.get(region, NO_CEILING) - persons
        return start

    @property
    def order(self) -> Ints:
        """The rank of each row by its wait: who entered first is 0; equals in the order of lots."""
        since = [min(member.need.entered_at for member in row.members) for row in self.rows]
        ranks = np.zeros(len(self.rows), np.int32)
        for rank, i in enumerate(sorted(range(len(since)), key=lambda i: (since[i], i))):
            ranks[i] = rank
        return ranks

    def wishes(self) -> list[list[int]]:
        """The sites in regions that each row wishes for; empty where nobody said or may ask."""
        return [
            [
                j
                for j, site in enumerate(self.sites)
                if any(site.region in member.profile.wishes for member in row.members)
            ]
            for row in self.rows
        ]

    def instance(self, upto: int, kept: Sequence[int]) -> Instance:
        """The arrays for tier number ``upto``, with what the tiers before it reached kept."""
        n, m = len(self.rows), len(self.sites)
        allowed = np.ones((n, m), bool)
        for i, j in self.forbidden:
            allowed[i, j] = False
        tier = self.tiers[upto]
        before = self.tiers[:upto]
        settled = np.array([self.settled.get(r, 0) for r in self.regions], np.int32)
        arrays: dict[str, Ints] = {
            "value": np.where(allowed, tier.worth, -1),
            "need": self.need,
            "capacity": self.capacity,
            "floor": np.zeros(m, np.int32),
            "floor_penalty": np.array(0),
            "unplaced": np.zeros(n, np.int32),
            "count": np.ones(n, np.int32),
            "region": np.array([self.regions.index(s.region) for s in self.sites], np.int16),
            "region_floor": np.maximum(
                np.array([self.due.get(r, 0) for r in self.regions], np.int32) - settled, 0
            ),
            "region_ceiling": np.maximum(
                np.array([self.ceiling.get(r, NO_CEILING) for r in self.regions], np.int32)
                - settled,
                0,
            ),
            "region_penalty": np.array(tier.region_penalty),
            "keep_value": np.array(
                [np.where(allowed, t.worth, 0) for t in before], np.int32
            ).reshape(len(before), n, m),
            "keep_floor_penalty": np.zeros(len(before), np.int32),
            "keep_region_penalty": np.array([t.region_penalty for t in before], np.int32),
            "keep_least": np.array(list(kept), np.int64),
            "order": self.order,
            "km": self.km,
        }
        return instance_from(arrays)[0]


def build_model(
    households: Sequence[Household],
    situation: Situation,
    policy: Policy,
    due: Mapping[str, int],
    seed: str,
    release: Release = NO_RELEASE,
    standing: Standing | None = None,
    settled: Mapping[str, int] | None = None,
) -> Model:
    """The day's problem; rows are ordered by lot, so that the order of the input says nothing.

    With ``standing`` its lines count: its priorities stand among those of the policy. ``settled``: persons
    by region who have a place already and count in what is due (those of ``standing`` if left out).
    """
    rows = rows_of(households, seed, release.apart)
    sites = tuple(sorted(situation.sites, key=lambda site: site.id))
    services = situation.services
    need = np.array(
        [[row.units.get(service.id, 0) for service in services] for row in rows], np.int16
    ).reshape(len(rows), len(services))
    capacity = np.array(
        [[situation.allocable.get(s.id, {}).get(k.id, 0) for k in services] for s in sites],
        np.int32,
    ).reshape(len(sites), len(services))
    km = np.array(
        [
            [situation.distance_km.get((row.members[0].need.entry_point, s.id), -1) for s in sites]
            for row in rows
        ],
        np.int32,
    ).reshape(len(rows), len(sites))
    forbidden = _forbidden(rows, sites, situation, policy, release)
    if standing is not None:
        forbidden |= _by_standing(rows, sites, forbidden, standing)
    persons = np.array([row.persons for row in rows], np.int64).reshape(len(rows), 1)
    scene = Scene(rows, sites, persons, km)
    tiers = tuple(AIMS[p.id](p, scene) for p in policy.priorities)
    return Model(
        rows=rows,
        sites=sites,
        services=services,
        regions=tuple(sorted({s.region for s in sites} | set(due))),
        forbidden=forbidden,
        tiers=tiers if standing is None else with_stay(tiers, scene, standing),
        due=due,
        need=need,
        capacity=capacity,
        km=km,
        limits=situation.limits,
        ceiling={r: due.get(r, 0) for r in policy.key.ceiling} if policy.key else {},
        settled=settled or (standing.settled if standing is not None else {}),
        standing=standing,
    )


def _by_standing(
    rows: Sequence[Row],
    sites: Sequence[Site],
    forbidden: Mapping[tuple[int, int], Elsewhere],
    standing: Standing,
) -> dict[tuple[int, int], Elsewhere]:
    """What the standing plan leaves out beside what is impossible anyway."""
    found = {}
    for i, row in enumerate(rows):
        possible = frozenset(str(s.id) for j, s in enumerate(sites) if (i, j) not in forbidden)
        for j, site in enumerate(sites):
            code = forbidden_by(standing, row, site, possible)
            if code and (i, j) not in forbidden:
                found[i, j] = Elsewhere(site.id, code)
    return found


def rows_of(
    households: Sequence[Household], seed: str, apart: frozenset[str] = frozenset()
) -> tuple[Row, ...]:
    """One row a household, linked households in one row, all in the order of their lots.

    Households in ``apart`` have a row of their own: their link was released.
    """
    groups = [[h] for h in households if h.id in apart]
    groups += linked([h for h in households if h.id not in apart])
    rows = []
    for members in groups:
        units: dict[str, int] = {}
        for member in members:
            for service, number in units_needed(member.need).items():
                units[service] = units.get(service, 0) + number
        first = min(lot(seed, member.id) for member in members)
        rows.append(Row(tuple(sorted(members, key=lambda h: lot(seed, h.id))), units, first))
    return tuple(sorted(rows, key=lambda row: row.lot))


def linked(households: Sequence[Household]) -> list[list[Household]]:
    """Households joined by links that both sides name; a link of one side only joins nobody."""
    by_id = {household.id: household for household in households}
    seen: set[str] = set()
    groups = []
    for household in sorted(households, key=lambda h: h.id):
        if household.id in seen:
            continue
        group, stack = [], [household]
        while stack:
            one = stack.pop()
            if one.id in seen:
                continue
            seen.add(one.id)
            group.append(one)
            stack.extend(
                by_id[other]
                for other in one.need.links
                if other in by_id and one.id in by_id[other].need.links
            )
        groups.append(group)
    return groups


def cases_of(row: Row) -> set[str]:
    """The cases of a row."""
    return {str(member.id) for member in row.members}


def _forbidden(
    rows: Sequence[Row],
    sites: Sequence[Site],
    situation: Situation,
    policy: Policy,
    release: Release,
) -> dict[tuple[int, int], Elsewhere]:
    """What is impossible for each row, looked up once for all rows that differ in nothing it depends on."""
    known: dict[tuple[Any, ...], dict[int, Elsewhere]] = {}
    found: dict[tuple[int, int], Elsewhere] = {}
    for i, row in enumerate(rows):
        key = _alike(row, situation, release)
        mine = known.get(key) if key else None
        if mine is None:
            why = (
                (j, _why_forbidden(row, s, situation, policy, release)) for j, s in enumerate(sites)
            )
            mine = {j: one for j, one in why if one is not None}
            if key:
                known[key] = mine
        found.update(((i, j), one) for j, one in mine.items())
    return found


def _alike(row: Row, situation: Situation, release: Release) -> tuple[Any, ...]:
    """All that ``_why_forbidden`` reads of a row; empty for one that has something of its own."""
    needs = [member.need for member in row.members]
    own = situation.silent or any(n.places_to_avoid or n.id in release.near for n in needs)
    said = ((n.mode, n.entry_point, n.declined, n.holds) for n in needs)
    return () if own else (*said, *row.units)


def _why_forbidden(
    row: Row, site: Site, situation: Situation, policy: Policy, release: Release
) -> Elsewhere | None:
    """The first thing that makes a site impossible for a row, whatever else is placed there."""
    for member in row.members:
        rule = policy.excluding(member.need, site.region)
        if rule is not None:
            return Elsewhere(site.id, "rule", {"number": rule.number, "title": rule.source.title})
    if site.id in situation.silent and not cases_of(row) <= situation.silent[site.id]:
        return Elsewhere(site.id, "silent")
    if site.region not in situation.consenting or site.id not in situation.allocable:
        return Elsewhere(site.id, "consent")
    for member in row.members:
        if {site.id, site.region} & set(member.need.places_to_avoid):
            return Elsewhere(site.id, "avoid")
        if release.near.get(member.id, site.region) != site.region:
            return Elsewhere(site.id, "near", {"region": release.near[member.id]})
    for service in row.units:
        if service not in situation.allocable[site.id]:
            return Elsewhere(site.id, "unknown", {"service": service})
    return None


def _roof(priority: Priority, scene: Scene) -> Tier:
    """As many persons as possible have a place."""
    return Tier("roof", np.broadcast_to(scene.persons, scene.km.shape).astype(np.int32), 0)


def _due(priority: Priority, scene: Scene) -> Tier:
    """As few persons as possible short of what the key says each region is due."""
    return Tier("due", np.zeros(scene.km.shape, np.int32), 1)


def _short_ride(priority: Priority, scene: Scene) -> Tier:
    """Points for a short ride, counted per person; the best band that fits gives its points."""
    points = np.zeros(scene.km.shape, np.int64)
    for name, value in priority.points.items():
        match = UNDER_KM.match(name)
        if match is None:
            raise _unknown_points(priority, name, "under_300_km = 40")
        inside = (scene.km >= 0) & (scene.km < int(match.group(1)))
        points = np.where(inside, np.maximum(points, value), points)
    return Tier("short-ride", (points * scene.persons).astype(np.int32), 0)


def _wish(priority: Priority, scene: Scene) -> Tier:
    """As many persons as possible in a region that their household wishes for."""
    return Tier("wish", scene.per_person(lambda h, site: int(site.region in h.profile.wishes)), 0)


def _language(priority: Priority, scene: Scene) -> Tier:
    """Points for a region where a language of the household counts, per person."""
    points: dict[tuple[str, str], int] = {}
    for name, value in priority.points.items():
        match = SPEAKS.match(name)
        if match is None:
            raise _unknown_points(priority, name, '"fr:CA-QC" = 10')
        points[match.group(1), match.group(2)] = value
    return Tier(
        "language",
        scene.per_person(
            lambda h, site: max(
                (points.get((w, site.region), 0) for w in h.profile.languages), default=0
            )
        ),
        0,
    )


def _unknown_points(priority: Priority, name: str, example: str) -> InputRefused:
    return InputRefused(
        f"The priority '{priority.id}' has no points named '{name}'.", f"Write {example}."
    )


WITH_POINTS = frozenset({"short-ride", "language"})
BY_KEY = frozenset({"due"})
AIMS: Mapping[str, Callable[[Priority, Scene], Tier]] = {
    "roof": _roof,
    "due": _due,
    "short-ride": _short_ride,
    "wish": _wish,
    "language": _language,
}
