"""From a scenario and a pack to arrays: what is stated, day by day, and what each run draws."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from partage.core.errors import InputRefused
from partage.core.findings import Finding
from partage.core.scenario import Scenario
from partage.packs.pack import Pack
from partage.simulate.arrays import NO_LIMIT, World
from partage.simulate.entries import Entries, entries
from partage.simulate.turns import turns

ROOF = ("person", "room", "room.family")
OPENING = 7  # days
MOST_ROWS = 120  # reported days: each day of four months, every fifth of a year and a half


@dataclass(frozen=True, slots=True)
class Compiled:
    """A scenario ready to run: arrays, the names of their rows, and what was found on the way."""

    scenario: Scenario
    pack: Pack
    world: World
    entries: Entries
    regions: tuple[str, ...]
    sites: tuple[str, ...]
    services: tuple[str, ...]  # other than roofs
    reported: tuple[date, ...]
    findings: tuple[Finding, ...]

    def region_of(self, site: str) -> str:
        """The region of a site, the pack's or the scenario's own."""
        return self.regions[int(self.world.region[self.sites.index(site)])]


def compile_scenario(scenario: Scenario, pack: Pack) -> Compiled:
    """The scenario as arrays; refused where a day lies outside the figures that it reads."""
    days = [
        scenario.first_day + timedelta(days=n)
        for n in range((scenario.last_day - scenario.first_day).days + 1)
    ]
    at = _sites(scenario, pack)
    sites = tuple(dict.fromkeys(row.site for row in scenario.places))
    scenario = replace(
        scenario, arrivals=tuple(sorted(scenario.arrivals, key=lambda s: s.lodged.most <= 0))
    )
    lodging = [stream for stream in scenario.arrivals if stream.lodged.most > 0]
    active = {at[site] for site in sites} | {stream.region for stream in lodging}
    regions = tuple(sorted((str(r.id) for r in pack.regions), key=lambda r: r not in active))
    coming = entries(scenario, pack, days, regions)
    ruled = turns(scenario, pack, days, regions, [at[site] for site in sites])
    stand = _Stand(scenario, days, sites, at)
    region = np.array([regions.index(at[site]) for site in sites], np.int64)
    ceilings = np.flatnonzero(ruled.ceiling.any(axis=0))
    member = np.concatenate([stand.member, region[None, :] == ceilings[:, None]])
    open_ = np.full((len(days), len(ceilings)), NO_LIMIT, np.int64)
    group = np.concatenate([stand.group, open_], axis=1)
    services = tuple(dict.fromkeys(_stem(s.id) for s in pack.services if s.id not in ROOF))
    stride = -(-len(days) // MOST_ROWS)
    told = [d for d in range(len(days)) if (len(days) - 1 - d) % stride == 0]
    report = np.full(len(days), -1, np.int64)
    report[told] = np.arange(len(told))
    kinds = scenario.kinds
    world = World(
        need=np.array([[kind.need.get(s, 0) for s in ROOF] for kind in kinds]),
        share=np.array([kind.share for kind in kinds]),
        rate=coming.rate, stretch=coming.stretch, home=coming.home,
        lodging=np.zeros(len(lodging)),
        entry_places=_entry_places(scenario, regions[: len(active)]),
        turn=ruled.turn, allowed=ruled.allowed[:, : len(lodging)],
        offer=ruled.offer[:, : len(lodging)], by_due=ruled.by_due, due=ruled.due,
        ceiling=ruled.ceiling[:, ceilings], ceilings=ceilings, counts_all=ruled.counts_all,
        before=ruled.before,
        opens=_opens(stand.cap[:, :, 0]), cap=np.concatenate([stand.cap, stand.ramp[:, :, None]], axis=2),
        region=region, speed=stand.speed, price=stand.price, pays_empty=stand.pays_empty,
        km=_km(scenario, pack, sites)[: len(lodging)], member=member, group=group,
        start=_start(scenario, sites), report=report,
        service=_needs(scenario, services),
        agreed=_agreed(scenario, sites, services),
        weekly=np.array([
            any(s.period == "week" for s in pack.services if _stem(s.id) == stem)
            for stem in services
        ]),
        onward=_onward(pack, regions[: len(active)]), fixed_per_day=stand.fixed,
    )  # fmt: skip
    findings = (*coming.findings, *ruled.findings, *stand.findings)
    return Compiled(
        scenario, pack, world, coming, regions, sites, services,
        tuple(days[d] for d in told), findings,
    )  # fmt: skip


def _sites(scenario: Scenario, pack: Pack) -> Mapping[str, str]:
    made = {site.id: site.region for site in scenario.sites}
    return {**{str(site.id): str(site.region) for site in pack.sites}, **made}


def _entry_places(scenario: Scenario, regions: tuple[str, ...]) -> NDArray[np.int64]:
    said = {row.region: row.places for row in scenario.entry}
    return np.array([said.get(region, 0) for region in regions])


def _onward(pack: Pack, regions: tuple[str, ...]) -> NDArray[np.bool_]:
    """Whoever lives in the region of a city does not move on to it."""
    out = np.zeros((len(regions), 2), bool)
    for column, city in enumerate(("montreal", "toronto")):
        found = [str(c.region) for c in pack.cities if c.id.endswith(f"/{city}")]
        if found:
            out[:, column] = [region != found[0] for region in regions]
    return out


def _km(scenario: Scenario, pack: Pack, sites: tuple[str, ...]) -> NDArray[np.float64]:
    made = {site.id: site.km for site in scenario.sites}
    out = np.zeros((len(scenario.arrivals), len(sites)))
    for e, stream in enumerate(scenario.arrivals):
        here = [str(p.id) for p in pack.entry_points if p.region == stream.region]
        point = stream.entry_point or (here[0] if here else "")
        for s, site in enumerate(sites):
            out[e, s] = pack.distances.get((point, site), made.get(site, 0))
    return out


def _start(scenario: Scenario, sites: tuple[str, ...]) -> NDArray[np.int64]:
    """Households at each site on the first day: so many of each kind as their share, the rest smaller."""
    kinds = scenario.kinds
    mean = sum(kind.share * kind.persons for kind in kinds)
    out = np.zeros((len(sites), len(kinds)), np.int64)
    for row in scenario.places:
        if row.occupied > row.units["person"]:
            raise InputRefused(
                f"The scenario '{scenario.id}' has {row.occupied} persons at {row.site} on the first "
                f"day, and {row.units['person']} places there.",
                "Correct 'occupied' or 'person'.",
            )
        free = [row.units.get(service, NO_LIMIT) for service in ROOF]
        free[0] = row.occupied
        wanted = [int(row.occupied * kind.share / mean) for kind in kinds]
        small_first = sorted(range(len(kinds)), key=lambda k: kinds[k].persons)
        turns_of = [(k, wanted[k]) for k in reversed(small_first)]
        for k, most in [*turns_of, *((k, NO_LIMIT) for k in small_first)]:
            need = [kinds[k].need.get(service, 0) for service in ROOF]
            n = min(most, *(free[v] // need[v] for v in range(3) if need[v]))
            out[sites.index(row.site), k] += n
            free = [free[v] - n * need[v] for v in range(3)]
    return out


def _opens(places: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Whether a site opens more places within OPENING days: until then it is not called full."""
    out = np.zeros(places.shape, bool)
    for ahead in range(1, OPENING + 1):
        out[:-ahead] |= places[ahead:] > places[:-ahead]
    return out


def _stem(service: str) -> str:
    """A service whatever its language: a child needs one seat, in French or in English."""
    return service.partition(".")[0]


def _needs(scenario: Scenario, services: tuple[str, ...]) -> NDArray[np.int64]:
    out = np.zeros((len(scenario.kinds), len(services)), np.int64)
    for k, kind in enumerate(scenario.kinds):
        for id_, units in kind.need.items():
            if id_ not in ROOF:
                v = services.index(_stem(id_))
                out[k, v] = max(out[k, v], units)
    return out


def _agreed(
    scenario: Scenario, sites: tuple[str, ...], services: tuple[str, ...]
) -> NDArray[np.int64]:
    out = np.full((len(sites), len(services)), -1, np.int64)
    for row in scenario.places:
        for v, service in enumerate(services):
            said = [units for id_, units in row.units.items() if _stem(id_) == service]
            if said:
                s = sites.index(row.site)
                out[s, v] = max(out[s, v], sum(said))
    return out


class _Stand:
    """What stands at each site on each day, by contract, freeze, cap and lever."""

    def __init__(
        self, scenario: Scenario, days: list[date], sites: tuple[str, ...], at: Mapping[str, str]
    ) -> None:
        size = len(days), len(sites)
        self.findings: list[Finding] = []
        self.days = days
        self.cap = np.zeros((*size, 3), np.int64)
        self.ramp = np.zeros(size, np.int64)
        self.price = np.zeros(size)
        self.speed = np.ones(size)
        self.pays_empty = np.zeros(len(sites), bool)
        self.fixed = np.zeros(len(days))
        for s, site in enumerate(sites):
            self._site(scenario, s, site)
        for freeze in scenario.freezes:
            if freeze.site in sites:
                between = self._between(freeze.first_day, freeze.last_day)
                self.ramp[between, sites.index(freeze.site)] = 0
        self.member = np.zeros((len(scenario.caps), len(sites)), bool)
        self.group = np.full((len(days), len(scenario.caps)), NO_LIMIT, np.int64)
        for g, cap in enumerate(scenario.caps):
            self.group[self._between(cap.first_day, cap.last_day), g] = cap.persons
            for s, site in enumerate(sites):
                self.member[g, s] = cap.party in (site, site.rpartition("/")[0], at[site])
            if not self.member[g].any():
                self.findings.append(
                    Finding(cap.party, "is capped, and no site of this scenario lies there")
                )
        for lever in scenario.levers:
            between = self._between(lever.first_day, lever.last_day)
            self.fixed[between] += lever.cad_per_day
            for s, site in enumerate(sites):
                if not lever.sites or site in lever.sites:
                    self.speed[between, s] *= lever.exit_factor

    def _between(self, first: date, last: date) -> slice:
        start = (first - self.days[0]).days
        return slice(max(0, start), max(0, (last - self.days[0]).days + 1))

    def _site(self, scenario: Scenario, s: int, site: str) -> None:
        ramped = np.full(len(self.days), -1, np.int64)
        paid = np.zeros(len(self.days))
        counted = [
            any(service in row.units for row in scenario.places if row.site == site)
            for service in ROOF
        ]
        for row in (row for row in scenario.places if row.site == site):
            between = self._between(row.first_day, row.last_day)
            open_ = np.arange(len(self.days))[between] - (row.first_day - self.days[0]).days + 1
            if not len(open_):
                continue
            whole = max(1, row.units["person"])
            share = np.ones(len(open_))
            if row.grows_per_day:
                share = np.minimum(1.0, open_ * row.grows_per_day / whole)
            for v, service in enumerate(ROOF):
                units = row.units.get(service, 0)
                self.cap[between, s, v] += np.floor(units * share + 1e-9).astype(np.int64)
            paid[between] += row.cad_per_night * row.units["person"] * share
            if row.ramp_per_day is not None:
                ramped[between] = np.maximum(ramped[between], 0) + row.ramp_per_day
            self.pays_empty[s] |= row.pays_empty
        for v in range(3):
            if not counted[v]:
                self.cap[:, s, v] = np.where(self.cap[:, s, 0] > 0, NO_LIMIT, 0)
        self.ramp[:, s] = np.where(ramped < 0, NO_LIMIT, ramped)
        self.price[:, s] = paid / np.maximum(1, self.cap[:, s, 0])
