"""``survey``: what can be given on a day, worked out from agreements, stays, holds and blocks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from partage.casework.acts import Row
from partage.core.findings import Finding
from partage.core.situation import Origin, Service, Site, Situation
from partage.core.units import week_of
from partage.packs.loader import Pack

PlaceRows = Mapping[str, Mapping[str, Any]]


def survey(places: PlaceRows, pack: Pack, day: date, nights: int) -> Situation:
    """The situation on a day: for each site and service, units free over the whole horizon.

    allocable = the least, over nights day .. day + nights - 1, of agreed - occupied - held -
    blocked, and for persons not above the day's ramp limit less those already sent; for a service
    counted per week: agreed for that week - taken - held. Never below 0. A capacity that nobody
    stated is unknown, hence not allocable, with a finding.
    """
    findings: list[Finding] = []
    consenting: frozenset[str] = frozenset(
        region.id for region in pack.regions if _consents(places.get(region.id, {}), day)
    )
    allocable: dict[str, dict[str, int]] = {}
    agreed: dict[str, dict[str, int]] = {}
    load: dict[str, dict[str, int]] = {}
    origins: dict[tuple[str, str], Origin] = {}
    limits: dict[tuple[str, str], str] = {}
    for site in pack.sites:
        row = places.get(site.id, {})
        findings += _site_findings(site, row, consenting, day)
        load[site.id] = load_of(row, pack.services, day)
        agreed[site.id] = {}
        for service in pack.services:
            rows = [c for c in row.get("capacity", ()) if c["service"] == service.id]
            if rows:
                agreed[site.id][service.id] = agreed_on(row, service, day, None)
                origins[site.id, service.id] = Origin(**rows[-1]["origin"])
        if site.region in consenting and _consents(row, day):
            region_row = places.get(site.region, {})
            allocable[site.id], unknown = free_at(row, region_row, pack.services, day, nights)
            findings += _free_findings(site, unknown, agreed[site.id], load[site.id])
            for service in pack.services:
                why = limit_of(row, region_row, service, day, nights, allocable[site.id])
                if why:
                    limits[site.id, service.id] = why
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
    )


def free_at(
    row: Row, region_row: Row, services: Iterable[Service], day: date, nights: int
) -> tuple[dict[str, int], list[str]]:
    """Units free at one site, and the services whose capacity nobody has stated."""
    free: dict[str, int] = {}
    unknown: list[str] = []
    for service in services:
        if not any(c["service"] == service.id for c in row.get("capacity", ())):
            unknown.append(service.id)
        elif service.period == "week":
            free[service.id] = max(0, _free_in_week(row, region_row, service, day))
        else:
            free[service.id] = max(0, _free_nights(row, region_row, service, day, nights))
    ramp = row.get("ramp")
    if ramp is not None and "person" in free:
        sent = row.get("sent", {}).get(day.isoformat(), {}).get("person", 0)
        free["person"] = max(0, min(free["person"], ramp - sent))
    return free, unknown


def limit_of(
    row: Row, region_row: Row, service: Service, day: date, nights: int, free: Mapping[str, int]
) -> str:
    """What leaves less of a service free than is agreed for the day and not in use, if anything."""
    if service.id not in free:
        return ""
    used = _occupied(row, service, day) + _held(row, service, day)
    today = agreed_on(row, service, day, region_row) - used
    if service.period == "week":
        return "blocked" if free[service.id] < today else ""
    if service.id == "person" and free["person"] < max(
        0, _free_nights(row, region_row, service, day, nights)
    ):
        return "ramp"
    if free[service.id] >= today:
        return ""
    horizon = [day + timedelta(days=n) for n in range(nights)]
    ends = min(agreed_on(row, service, night, region_row) for night in horizon) - used
    return "ends" if ends <= free[service.id] else "blocked"


def agreed_on(row: Row, service: Service, night: date, region_row: Row | None) -> int:
    """Units agreed for one night, 0 outside the consents of the site and of its region."""
    if not _consents(row, night) or (region_row is not None and not _consents(region_row, night)):
        return 0
    text = night.isoformat()
    return sum(
        int(c["quantity"])
        for c in row.get("capacity", ())
        if c["service"] == service.id
        and c["first"] <= text <= c["last"]
        and c["counts_from"] <= text
    )


def load_of(row: Row, services: Iterable[Service], day: date) -> dict[str, int]:
    """Units occupied, taken in that week or held at one site."""
    return {
        service.id: _occupied(row, service, day) + _held(row, service, day) for service in services
    }


def _free_nights(row: Row, region_row: Row, service: Service, day: date, nights: int) -> int:
    used = _occupied(row, service, day) + _held(row, service, day)
    return min(
        agreed_on(row, service, night, region_row) - _blocked(row, service, night) - used
        for night in (day + timedelta(days=n) for n in range(nights))
    )


def _free_in_week(row: Row, region_row: Row, service: Service, day: date) -> int:
    return (
        agreed_on(row, service, day, region_row)
        - _blocked(row, service, day)
        - _occupied(row, service, day)
        - _held(row, service, day)
    )


def _occupied(row: Row, service: Service, day: date) -> int:
    if service.period == "week":
        return int(row.get("taken", {}).get(week_of(day), {}).get(service.id, 0))
    return int(row.get("occupied", {}).get(service.id, 0))


def _held(row: Row, service: Service, day: date) -> int:
    period = week_of(day) if service.period == "week" else "night"
    return int(row.get("held", {}).get(period, {}).get(service.id, 0))


def _blocked(row: Row, service: Service, night: date) -> int:
    text = night.isoformat()
    return sum(
        int(b["quantity"])
        for b in row.get("blocks", ())
        if b["service"] == service.id and b["first"] <= text <= b["last"]
    )


def _consents(row: Row, night: date) -> bool:
    text = night.isoformat()
    return any(
        c["first"] <= text <= c["last"] and c["counts_from"] <= text
        for c in row.get("consents", ())
    )


def _site_findings(site: Site, row: Row, consenting: frozenset[str], day: date) -> list[Finding]:
    if site.region not in consenting:
        return [
            Finding(
                f"site {site.id}",
                f"{site.region} has not agreed to places on {day}",
                "its places do not exist for the engine; the region can agree",
                "warning",
            )
        ]
    consents = row.get("consents", ())
    if not _consents(row, day):
        what = "has agreed to nothing"
        later = [c["counts_from"] for c in consents if c["counts_from"] > day.isoformat()]
        if later:
            what = f"has agreed to places that count from {min(later)}, after its notice"
        elif consents:
            what = f"has an agreement that does not cover {day}"
        return [Finding(f"site {site.id}", what, "its owner can agree", "warning")]
    return []


def _free_findings(site: Site, unknown: list[str], agreed: Row, load: Row) -> list[Finding]:
    findings = []
    if unknown:
        findings.append(
            Finding(
                f"site {site.id}",
                f"the capacity of {', '.join(unknown)} is unknown",
                "not allocable until its owner states it; unknown is not 0",
                "warning",
            )
        )
    findings += [
        Finding(
            f"site {site.id}",
            f"{load[service]} {service} in use or held, {units} agreed",
            "over what was agreed: tell its owner",
            "fault",
        )
        for service, units in agreed.items()
        if load.get(service, 0) > units
    ]
    return findings
