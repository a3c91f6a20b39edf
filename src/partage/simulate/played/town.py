"""The world of a scenario as the office knows it: a pack with its sites, and what is agreed by day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from partage.casework.acts import Acts
from partage.casework.agree import agree_owner, agree_site
from partage.core.policy import Policy
from partage.core.situation import Agreement, Capacity, EntryPoint, Origin, Site, Terms
from partage.core.units import EntryPointId, RegionId, ServiceId, SiteId
from partage.packs.pack import Pack
from partage.simulate.arrays import NO_LIMIT
from partage.simulate.compiled import ROOF, Compiled
from partage.simulate.played.desk import Desk, Hand

PLENTY = 1_000_000  # units, where a scenario says nothing of rooms
ZONE = "America/Toronto"
SAID = Origin(assumption="as the scenario states it")
LONG = timedelta(days=400)  # beyond the last day of a scenario


class Town:
    """Sites, entry points and policies of a scenario as nouns, and its contracts as agreements."""

    def __init__(self, made: Compiled) -> None:
        self.made = made
        scenario, world = made.scenario, made.world
        self.days = world.rate.shape[0]
        self.first = scenario.first_day
        known = {str(site.id): site for site in made.pack.sites}
        names = {site.id: site.name_en for site in scenario.sites}
        self.sites = tuple(
            known.get(site)
            or Site(
                SiteId(site), RegionId(made.region_of(site)), site, names.get(site, site),
                names.get(site, site), ZONE, "", SAID,
            )
            for site in made.sites
        )  # fmt: skip
        self.number = {str(site.id): s for s, site in enumerate(self.sites)}
        self.points = [
            stream.entry_point or _point_in(made.pack, stream.region)
            for stream in scenario.arrivals
        ]
        self.pack = self._pack()
        self.services = tuple(s for s in self.pack.services if s.id in ROOF)
        self.policies = [
            _in_force(made.pack.policy(t.policy), self.first, self.days) for t in scenario.turns
        ]

    def _pack(self) -> Pack:
        made, world = self.made, self.made.world
        points = {str(p.id): p for p in made.pack.entry_points}
        for stream, point in zip(made.scenario.arrivals, self.points, strict=True):
            if point not in points:
                points[point] = EntryPoint(
                    EntryPointId(point), RegionId(stream.region), point, point, ZONE, SAID
                )
        km: dict[tuple[str, str], int] = {
            (EntryPointId(self.points[e]), site.id): int(world.km[e, s])
            for e in range(world.km.shape[0])
            for s, site in enumerate(self.sites)
        }
        services = tuple(s for s in made.pack.services if s.id in ROOF)
        return replace(
            made.pack, sites=self.sites, entry_points=tuple(points.values()), distances=km,
            distance_origins=dict.fromkeys(km, SAID), services=services,
        )  # fmt: skip

    def day(self, d: int) -> date:
        """The day of that number."""
        return self.first + timedelta(days=d)

    def agreements(self, d: int, desk: Desk) -> Iterator[Acts]:
        """What is agreed anew on a day: regions on the first, sites where what they give changes."""
        world, day = self.made.world, self.day(d)
        if d == 0:
            for region in sorted({str(site.region) for site in self.sites}):
                yield self._owner(f"region/{region}", d, desk, None)
        for g in range(world.member.shape[0] - world.ceilings.shape[0]):
            if d == 0 or world.group[d, g] != world.group[d - 1, g]:
                cap = self.made.scenario.caps[g]
                if "/" not in cap.party or cap.party.count("/") == 1:
                    kind = "region" if "/" not in cap.party else "city"
                    yield self._owner(f"{kind}/{cap.party}", d, desk, int(world.group[d, g]))
        for s, site in enumerate(self.sites):
            now = self._given(d, s)
            if d == 0 or now != self._given(d - 1, s):
                *units, ramp = now
                agreement = Agreement(
                    site.id,
                    day,
                    day,
                    self._until(d, s),
                    0,
                    None if ramp >= NO_LIMIT else ramp,
                    SAID,
                )
                rows = [
                    Capacity(
                        site.id, ServiceId(service), min(n, PLENTY), day, self._until(d, s), SAID
                    )
                    for service, n in zip(ROOF, units, strict=True)
                ]
                key = str(site.id)
                version = int(desk.places.get(key, {}).get("version", 0))
                yield agree_site(
                    site, agreement, rows, self.pack.services, desk.places.get(key, {}),
                    version=version, at=self.hand(d, 13, "region").at, day=day.isoformat(),
                )  # fmt: skip

    def _given(self, d: int, s: int) -> tuple[int, ...]:
        """Places, rooms, family rooms and the daily limit of a site, under a cap of its own."""
        world, site = self.made.world, str(self.sites[s].id)
        units = [int(n) for n in world.cap[d, s]]
        for g, cap in enumerate(self.made.scenario.caps):
            if cap.party == site:
                units[0] = min(units[0], int(world.group[d, g]))
        return tuple(units)

    def _until(self, d: int, s: int) -> date:
        """The last day on which a site gives at least what it gives now: a contract's end is in plans."""
        cap = self.made.world.cap[:, s, :3]
        less = (cap[d:] < cap[d]).any(axis=1)
        if not less.any():
            return self.day(self.days) + LONG
        return self.day(d + int(less.argmax()) - 1)

    def _owner(self, subject: str, d: int, desk: Desk, cap: int | None) -> Acts:
        day, party = self.day(d), subject.partition("/")[2]
        row = desk.places.get(party, {})
        terms = None
        if cap is not None:
            lifted = cap >= NO_LIMIT
            terms = Terms(
                cap=None if lifted else cap, displacement="as the scenario states it",
                lifted=("cap",) if lifted else (),
            )  # fmt: skip
        agreement = Agreement(party, day, day, self.day(self.days) + LONG, 0, None, SAID)
        version = int(row.get("version", 0))
        return agree_owner(
            subject, agreement, row, version=version, day=day.isoformat(), terms=terms
        )

    def hand(self, d: int, hour: int, role: str) -> Hand:
        """Somebody of that role at that hour (UTC) of the operational day."""
        return Hand(f"{self.day(d)}T{hour:02d}:00:00.000000Z", f"{role} of the model", role)


def _point_in(pack: Pack, region: str) -> str:
    """The entry point where those of a region come in: its first, or one made up."""
    return next(
        (str(p.id) for p in pack.entry_points if p.region == region), f"{region.lower()}/entry"
    )


def _in_force(policy: Policy, first: date, days: int) -> Policy:
    """The policy as if in force on every day of the scenario."""
    return replace(
        policy, kind="proposal", in_force_from=first - timedelta(days=1),
        in_force_to=first + timedelta(days=days) + LONG,
    )  # fmt: skip
