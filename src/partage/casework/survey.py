"""``survey``: what can be given on a day, worked out from agreements, stays, holds and blocks."""

from __future__ import annotations

import operator
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType
from typing import Any

from partage.casework.acts import Row
from partage.casework.horizon import Horizon, agreed_on, blocked_on, load_of
from partage.casework.silence import Silence
from partage.casework.terms import closed_on, consent_on, terms_on
from partage.core.findings import Finding
from partage.core.situation import Origin, Service, Site, Situation
from partage.packs.loader import Pack

PlaceRows = Mapping[str, Mapping[str, Any]]
NO_ROW: Row = MappingProxyType({})  # one and the same, of whoever has said nothing


@dataclass(frozen=True, slots=True)
class SitePart:
    """What a site's own row and those of its owners say of it on a day."""

    said: tuple[Finding, ...]
    load: Mapping[str, int]
    agreed: Mapping[str, int]
    origins: tuple[tuple[str, Origin], ...]
    open: bool = False
    free: Mapping[str, int] = field(default_factory=dict)
    unknown: tuple[Finding, ...] = ()
    limits: tuple[tuple[str, str], ...] = ()


Known = dict[tuple[str, date, int], tuple[Row, tuple[Row, ...], SitePart]]
MOST_KNOWN = 50_000  # parts that are kept; then they are worked out anew


def part_of(
    places: PlaceRows, pack: Pack, site: Site, day: date, nights: int, known: Known | None = None
) -> SitePart:
    """What stands for one site; out of ``known`` while its rows are the very same objects."""
    row, owners = places.get(site.id, NO_ROW), owners_of(places, site)
    key = (site.id, day, nights)
    if known is not None and (kept := known.get(key)):
        same = len(kept[1]) == len(owners) and all(map(operator.is_, kept[1], owners))
        if same and kept[0] is row:
            return kept[2]
    part = _part(site, row, owners, places, pack, day, nights)
    if known is not None:
        if len(known) >= MOST_KNOWN:
            known.clear()
        known[key] = (row, owners, part)
    return part


def _part(
    site: Site, row: Row, owners: tuple[Row, ...], places: PlaceRows, pack: Pack, day: date,
    nights: int,
) -> SitePart:  # fmt: skip
    services = pack.services
    consents = bool(consent_on(owners[0], day))
    stated = {c["service"]: c for c in row.get("capacity", ())}  # the last word on each
    stands = all(consent_on(own, day) for own in (row, *owners))
    said = _site_findings(site, row, consents, day)
    said += _over_findings(site, row, services, day, stands=stands)
    part = SitePart(
        said=tuple(said),
        load=load_of(row, services, day),
        agreed={s.id: agreed_on(row, s, day) for s in services if s.id in stated},
        origins=tuple((s.id, Origin(**stated[s.id]["origin"])) for s in services if s.id in stated),
    )
    if not (consents and stands):
        return part
    if not open_on(places, site, day):
        return replace(part, said=(*said, _closed_finding(site, day)))
    horizon = Horizon(row, owners, day, nights)
    free, unknown = _free(horizon, services, limited=True)
    why = ((s.id, _limit_of(horizon, s, free)) for s in services)
    return replace(
        part,
        open=True,
        free=free,
        unknown=tuple(_unknown_findings(site, unknown)),
        limits=tuple(one for one in why if one[1]),
    )


def survey(
    places: PlaceRows, pack: Pack, day: date, nights: int, silence: Silence | None = None,
    known: Known | None = None,
) -> Situation:  # fmt: skip
    """The situation on a day: for each site and service, units free over the whole horizon.

    allocable = the least, over nights day .. day + nights - 1, of agreed - occupied - held -
    blocked, and for persons not above the day's ramp limit less those already sent; for a service
    counted per week: agreed for that week - taken - held. Never below 0. A capacity that nobody
    stated is unknown, hence not allocable, with a finding. With ``silence``, a site that has said
    nothing for too long has nothing to allocate, but to whom a person places there by hand. ``known``:
    what was worked out before, for whoever asks often of rows that seldom change.
    """
    findings: list[Finding] = []
    consenting: frozenset[str] = frozenset(
        region.id for region in pack.regions if consent_on(places.get(region.id, {}), day)
    )
    allocable: dict[str, dict[str, int]] = {}
    agreed: dict[str, Mapping[str, int]] = {}
    load: dict[str, Mapping[str, int]] = {}
    origins: dict[tuple[str, str], Origin] = {}
    limits: dict[tuple[str, str], str] = {}
    silent: dict[str, frozenset[str]] = {}
    for site in pack.sites:
        part = part_of(places, pack, site, day, nights, known)
        findings += part.said
        load[site.id], agreed[site.id] = part.load, part.agreed
        origins.update({(site.id, service): origin for service, origin in part.origins})
        if not part.open:
            continue
        quiet = silence.finding(site.id, places.get(site.id, NO_ROW)) if silence else None
        if silence and quiet:
            findings.append(quiet)
            silent[site.id] = silence.placed.get(site.id, frozenset())
            if not silent[site.id]:
                continue
        allocable[site.id] = dict(part.free)
        findings += part.unknown
        limits.update({(site.id, service): why for service, why in part.limits})
    _share_caps(places, pack, day, allocable, limits)
    findings += _over_caps(places, pack, day)
    return Situation(
        day=day,
        nights=nights,
        sites=pack.sites,
        services=pack.services,
        allocable=allocable,
        agreed=agreed,
        load=load,
        consenting=consenting,
        distance_km=pack.distances,
        origins=origins,
        limits=limits,
        regions=tuple(region.id for region in pack.regions),
        findings=tuple(findings),
        silent=silent,
    )


def city_of(site: Site) -> str:
    """The id of a site's city, as parties of agreements are named: ``ca-on/windsor``."""
    return "/".join(site.id.split("/")[:2])


def owners_of(places: PlaceRows, site: Site) -> tuple[Row, ...]:
    """The rows of those whose consent a site needs: its region, and its city once that has spoken."""
    city = places.get(city_of(site))
    return (places.get(site.region, NO_ROW), *((city,) if city else ()))


def open_on(places: PlaceRows, site: Site, day: date) -> bool:
    """Whether people may arrive that day: no pause and no closed season of site, city or region."""
    rows = (places.get(site.id, {}), *owners_of(places, site))
    return not any(closed_on(row, day) for row in rows)


def left_of(
    places: PlaceRows, pack: Pack, site: Site, day: date, *, limited: bool = True
) -> int | None:
    """Persons who may still go where a city or region has said a most, the least of them; None = any.

    ``limited``: not above the day's limit, which is for those who are sent there.
    """
    left: list[int] = []
    for key in (site.region, city_of(site)):
        row = places.get(key, {})
        terms = terms_on(row, day)
        if terms.get("cap") is None and (not limited or terms.get("ramp") is None):
            continue
        mine = [s for s in pack.sites if key in (s.region, city_of(s))]
        if terms.get("cap") is not None:
            there = sum(load_of(places.get(s.id, {}), pack.services, day)["person"] for s in mine)
            left.append(max(0, int(terms["cap"]) - there))
        if limited and terms.get("ramp") is not None:
            text = day.isoformat()
            sent = sum(
                places.get(s.id, {}).get("sent", {}).get(text, {}).get("person", 0) for s in mine
            )
            left.append(max(0, int(terms["ramp"]) - sent))
    return min(left) if left else None


def _share_caps(
    places: PlaceRows,
    pack: Pack,
    day: date,
    allocable: dict[str, dict[str, int]],
    limits: dict[tuple[str, str], str],
) -> None:
    """Sites that share the cap of a city or region share what is left of it, by what each has free.

    So no plan can pass the cap, whichever sites it uses; by largest remainder, ties by name.
    """
    for cities in (True, False):
        groups: dict[str, list[Site]] = {}
        for site in pack.sites:
            if "person" in allocable.get(site.id, {}):
                groups.setdefault(city_of(site) if cities else site.region, []).append(site)
        for sites in groups.values():
            left = left_of(places, pack, sites[0], day)
            free = {site.id: allocable[site.id]["person"] for site in sites}
            total = sum(free.values())
            if left is None or left >= total:
                continue
            parts = {s: left * n // total for s, n in free.items()}
            rest = left - sum(parts.values())
            for name in sorted(free, key=lambda s: (-(left * free[s] % total), s))[:rest]:
                parts[name] += 1
            for name, persons in parts.items():
                if persons < free[name]:
                    allocable[name]["person"] = persons
                    limits[name, "person"] = "cap"


def _closed_finding(site: Site, day: date) -> Finding:
    what = f"takes nobody new on {day}: a pause or a closed season"
    return Finding(
        f"site {site.id}", what, "who lives there stays; its owner can change it", "note"
    )


def free_at(
    row: Row,
    owners: Sequence[Row],
    services: Iterable[Service],
    day: date,
    nights: int,
    *,
    limited: bool = True,
) -> tuple[dict[str, int], list[str]]:
    """Units free at one site, and the services whose capacity nobody has stated.

    ``limited``: not above the day's limit, which is for those who are sent there.
    """
    return _free(Horizon(row, owners, day, nights), services, limited=limited)


def _free(
    horizon: Horizon, services: Iterable[Service], *, limited: bool
) -> tuple[dict[str, int], list[str]]:
    row, day = horizon.row, horizon.day
    free: dict[str, int] = {}
    unknown: list[str] = []
    for service in services:
        if service.id not in horizon.stated:
            unknown.append(service.id)
        else:
            free[service.id] = max(0, horizon.free(service))
    ramp = consent_on(row, day).get("ramp") if limited else None
    if ramp is not None and "person" in free:
        sent = row.get("sent", {}).get(day.isoformat(), {}).get("person", 0)
        free["person"] = max(0, min(free["person"], ramp - sent))
    return free, unknown


def _limit_of(horizon: Horizon, service: Service, free: Mapping[str, int]) -> str:
    """What leaves less of a service free than is agreed for the day and not in use, if anything."""
    if service.id not in free:
        return ""
    agreed, used = horizon.agreed(service), horizon.used(service)
    if service.period == "week":
        return "blocked" if free[service.id] < agreed[0] - used else ""
    if service.id == "person" and free["person"] < max(0, horizon.free(service)):
        return "ramp"
    if free[service.id] >= agreed[0] - used:
        return ""
    return "ends" if min(agreed) - used <= free[service.id] else "blocked"


def _site_findings(site: Site, row: Row, consents: bool, day: date) -> list[Finding]:
    """What stands in the way of its places; ``consents``: its region has agreed to some that day."""
    if not consents:
        return [
            Finding(
                f"site {site.id}",
                f"{site.region} has not agreed to places on {day}",
                "its places do not exist for the engine; the region can agree",
                "warning",
            )
        ]
    own = row.get("consents", ())
    if not consent_on(row, day):
        what = "has agreed to nothing"
        later = [c["counts_from"] for c in own if c["counts_from"] > day.isoformat()]
        if later:
            what = f"has agreed to places that count from {min(later)}, after its notice"
        elif own:
            what = f"has an agreement that does not cover {day}"
        return [Finding(f"site {site.id}", what, "its owner can agree", "warning")]
    return []


def _unknown_findings(site: Site, unknown: list[str]) -> list[Finding]:
    if not unknown:
        return []
    what = f"the capacity of {', '.join(unknown)} is unknown"
    do = "not allocable until its owner states it; unknown is not 0"
    return [Finding(f"site {site.id}", what, do, "warning")]


def _over_findings(
    site: Site, row: Row, services: Iterable[Service], day: date, *, stands: bool
) -> list[Finding]:
    """Where more is in use or held than was agreed for the day, or than is left beside what is blocked."""
    where, load = f"site {site.id}", load_of(row, services, day)
    if not stands:
        if not load.get("person"):
            return []
        what = (
            f"{load['person']} person(s) live there or are expected, and no agreement covers {day}"
        )
        return [
            Finding(where, what, "renew it, or plan with each household where it goes", "fault")
        ]
    found = []
    for service in services:
        if not any(c["service"] == service.id for c in row.get("capacity", ())):
            continue
        units, blocked = agreed_on(row, service, day), blocked_on(row, service, day.isoformat())
        if load[service.id] <= units - blocked:
            continue
        if load[service.id] > units:
            beside, do = "", "over what was agreed: tell its owner"
        else:
            beside = f" and {blocked} of them blocked"
            do = "say where these households go, or free what is blocked with its owner"
        what = f"{load[service.id]} {service.id} in use or held, {units} agreed{beside}"
        found.append(Finding(where, what, do, "fault"))
    return found


def _over_caps(places: PlaceRows, pack: Pack, day: date) -> list[Finding]:
    """Cities and regions in which more persons are placed than their cap says."""
    found = []
    for key, row in sorted(places.items()):
        cap = terms_on(row, day).get("cap")
        if cap is None:
            continue
        mine = [s for s in pack.sites if key in (s.region, city_of(s))]
        there = sum(load_of(places.get(s.id, {}), pack.services, day)["person"] for s in mine)
        if there > cap:
            what = f"{there} person(s) live there or are expected, its cap is {cap}"
            found.append(
                Finding(f"{row['kind']} {key}", what, "over what was agreed: tell it", "fault")
            )
    return found
