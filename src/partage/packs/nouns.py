"""From the rows of a pack to nouns; a code that no other table has is a fault of its row."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from partage.core.situation import (
    Agreement,
    Capacity,
    EntryPoint,
    Figure,
    Origin,
    Region,
    Service,
    Site,
)
from partage.core.units import EntryPointId, RegionId, ServiceId, SiteId
from partage.packs.pack import Ask, City, Event, Report, Tariff
from partage.packs.tables import Faults, Line, build

TABLES: Mapping[str, tuple[str, ...]] = {
    "regions": ("id", "name_en", "name_fr"),
    "entry_points": ("id", "region", "name_en", "name_fr", "zone"),
    "cities": ("id", "region", "name_en", "name_fr"),
    "sites": ("id", "region", "city", "name_en", "name_fr", "zone", "owner"),
    "services": ("id", "unit", "period", "owner", "name_en", "name_fr"),
    "capacity": ("site", "service", "quantity", "first_day", "last_day"),
    "agreements": ("party", "agreed_on", "first_day", "last_day", "notice_days", "ramp_per_day"),
    "distances": ("entry_point", "site", "km"),
    "figures": ("measure", "region", "period", "value", "unit", "definition", "vintage"),
    "tariffs": ("scope", "item", "period", "value", "unit"),
    "history": ("date", "region", "place", "measure", "value", "unit", "definition"),
    "events": ("date", "kind", "event"),
}
NEVER_EMPTY = ("regions", "entry_points", "sites", "services")
FIRST_SERVICE = "person"
REGION_ID = re.compile(r"^[A-Z]{2}-[A-Z0-9]{1,3}\Z")
ENTRY_POINT_ID = re.compile(r"^[a-z0-9-]+/[a-z0-9-]+\Z")
SITE_ID = re.compile(r"^[a-z0-9-]+/[a-z0-9-]+/[a-z0-9-]+\Z")
CITY_ID = re.compile(r"^[a-z0-9-]+/[a-z0-9-]+\Z")
SERVICE_ID = re.compile(r"^[a-z]+(\.[a-z]+)?\Z")
MOST_NOTICE_DAYS = 3660

Rows = Mapping[str, list[Line]]


def nouns(rows: Rows, faults: Faults) -> dict[str, Any]:
    """Every noun of a pack by the name of its table, from rows that may have faults."""
    for name in NEVER_EMPTY:
        if not rows[name]:
            faults.add(f"{name}.csv", "has no row that can be used", "add one, or restore the file")
    codes, points = _ids(rows["regions"]), _ids(rows["entry_points"])
    sites, services = _ids(rows["sites"]), _ids(rows["services"])
    scopes = (
        codes | sites | points | _ids(rows["cities"]) | {code.partition("-")[0] for code in codes}
    )
    distances = _distances(rows["distances"], points, sites, faults)
    return {
        "regions": tuple(build(rows["regions"], _region, lambda r: r.id)),
        "entry_points": tuple(
            build(rows["entry_points"], lambda row: _entry_point(row, codes), lambda e: e.id)
        ),
        "cities": tuple(build(rows["cities"], lambda row: _city(row, codes), lambda city: city.id)),
        "sites": tuple(build(rows["sites"], lambda row: _site(row, codes), lambda s: s.id)),
        "services": _services(rows["services"], faults),
        "capacity": tuple(
            build(
                rows["capacity"],
                lambda row: _capacity(row, sites, services),
                lambda c: (c.site, c.service, c.first_day, c.last_day),
                "site",
            )
        ),
        "agreements": _agreements(rows["agreements"], codes, sites),
        "distances": {pair: km for pair, (km, _) in distances.items()},
        "distance_origins": {pair: origin for pair, (_, origin) in distances.items()},
        "figures": read_figures(rows["figures"], scopes),
        "tariffs": tuple(build(rows["tariffs"], lambda row: _tariff(row, scopes))),
        "history": tuple(build(rows["history"], lambda row: _report(row, scopes))),
        "events": tuple(build(rows["events"], _event)),
    }


def read_figures(lines: list[Line], scopes: Collection[str]) -> tuple[Figure, ...]:
    """A figure per good row; one that stands twice for a region and period is a fault."""
    return tuple(
        build(
            lines,
            lambda row: _figure(row, scopes),
            lambda f: (f.measure, f.region, f.period),
            "period",
        )
    )


def _ids(rows: list[Line]) -> set[str]:
    """Ids that stand in a table, in rows with faults too, so that one fault is named once."""
    return {row.cells["id"] for row in rows if row.cells["id"]}


def _region(row: Line) -> Region:
    return Region(
        RegionId(row.id("id", REGION_ID, "CA-ON")),
        row.text("name_en"), row.text("name_fr"), row.origin(),
    )  # fmt: skip


def _entry_point(row: Line, regions: Collection[str]) -> EntryPoint:
    return EntryPoint(
        EntryPointId(row.id("id", ENTRY_POINT_ID, "ca-qc/roxham-road")), _own_region(row, regions),
        row.text("name_en"), row.text("name_fr"), row.zone("zone"), row.origin(),
    )  # fmt: skip


def _site(row: Line, regions: Collection[str]) -> Site:
    return Site(
        SiteId(row.id("id", SITE_ID, "ca-on/ottawa/ircc-hotels")), _own_region(row, regions),
        row.text("city"), row.text("name_en"), row.text("name_fr"), row.zone("zone"),
        row.text("owner"), row.origin(),
    )  # fmt: skip


def _city(row: Line, regions: Collection[str]) -> City:
    return City(
        row.id("id", CITY_ID, "ca-on/windsor"), _own_region(row, regions),
        row.text("name_en"), row.text("name_fr"), row.origin(),
    )  # fmt: skip


def _own_region(row: Line, regions: Collection[str]) -> RegionId:
    id_, region = row.cells["id"], row.code("region", regions, "region")
    if id_ and region and not id_.startswith(f"{region.lower()}/"):
        row.fault(
            "id", f"'{id_}' does not begin with '{region.lower()}/'", "correct the id or the region"
        )
    return RegionId(region)


def _services(rows: list[Line], faults: Faults) -> tuple[Service, ...]:
    if rows and rows[0].cells["id"] != FIRST_SERVICE:
        faults.add(
            f"{rows[0].where}, column id", f"the first service is not '{FIRST_SERVICE}'", "put it first"
        )  # fmt: skip
    return tuple(build(rows, _service, lambda s: s.id))


def _service(row: Line) -> Service:
    period = row.text("period")
    if period not in ("", "night", "week"):
        row.fault("period", f"'{period}' is not a period of a service", "use night or week")
    return Service(
        ServiceId(row.id("id", SERVICE_ID, "school.fr")), row.text("unit"),
        "week" if period == "week" else "night",
        row.text("owner"), row.text("name_en"), row.text("name_fr"), row.origin(),
    )  # fmt: skip


def _capacity(row: Line, sites: Collection[str], services: Collection[str]) -> Capacity:
    first, last = _days(row)
    return Capacity(
        SiteId(row.code("site", sites, "site")),
        ServiceId(row.code("service", services, "service")),
        row.whole("quantity"), first, last, row.origin(),
    )  # fmt: skip


def _agreements(
    rows: list[Line], regions: Collection[str], sites: Collection[str]
) -> tuple[Agreement, ...]:
    parties = {*regions, *sites}
    agreements = build(rows, lambda row: _agreement(row, parties, regions))
    good = [row for row in rows if row.good]
    seen: dict[str, list[tuple[Agreement, str]]] = {}
    for row, own in zip(good, agreements, strict=True):
        for other, where in seen.setdefault(own.party, []):
            if own.first_day <= other.last_day and other.first_day <= own.last_day:
                row.fault("party", f"overlaps with its agreement in {where}", "keep one of the two")
                break
        seen[own.party].append((own, row.where))
    return tuple(agreements)


def _agreement(row: Line, parties: Collection[str], regions: Collection[str]) -> Agreement:
    first, last = _days(row)
    party = row.code("party", parties, "region or site")
    if party in regions and row.cells["ramp_per_day"]:
        row.fault("ramp_per_day", "a daily limit belongs to a site", "leave it empty for a region")
    return Agreement(
        party, row.day("agreed_on"), first, last, row.whole("notice_days", MOST_NOTICE_DAYS),
        row.maybe_whole("ramp_per_day"), row.origin(),
    )  # fmt: skip


def _days(row: Line) -> tuple[date, date]:
    before = row.good
    row.good = True
    first, last = row.day("first_day"), row.day("last_day")
    if row.good and last < first:
        row.fault("last_day", f"ends on {last}, before it starts on {first}", "correct a day")
    row.good = row.good and before
    return first, last


def _distances(
    rows: list[Line], points: Collection[str], sites: Collection[str], faults: Faults
) -> dict[tuple[str, str], tuple[int, Origin]]:
    made = build(rows, lambda row: _distance(row, points, sites), lambda d: d[0], "site")
    named = {(row.cells["entry_point"], row.cells["site"]) for row in rows}
    for point in sorted(points):
        for site in sorted(sites):
            if (point, site) not in named:
                faults.add("distances.csv", f"has no distance from {point} to {site}", "add it")
    return {pair: (km, origin) for pair, km, origin in made}


def _distance(
    row: Line, points: Collection[str], sites: Collection[str]
) -> tuple[tuple[str, str], int, Origin]:
    pair = (row.code("entry_point", points, "entry point"), row.code("site", sites, "site"))
    return pair, row.whole("km"), row.origin()


def _figure(row: Line, scopes: Collection[str]) -> Figure:
    return Figure(
        row.text("measure"), row.code("region", scopes, "region, site or country"),
        row.period("period"), row.text("value"), row.text("unit"), row.text("definition"),
        row.text("vintage"), row.origin(),
    )  # fmt: skip


def _tariff(row: Line, scopes: Collection[str]) -> Tariff:
    return Tariff(
        row.code("scope", scopes, "region, site or country"), row.text("item"),
        row.period("period"), row.text("value"), row.text("unit"), row.origin(),
    )  # fmt: skip


def _report(row: Line, scopes: Collection[str]) -> Report:
    return Report(
        row.day("date"), row.code("region", scopes, "region", empty=True), row.text("place"),
        row.text("measure"), row.text("value"), row.text("unit"), row.text("definition"),
        row.origin(),
    )  # fmt: skip


ASKS = (
    "id", "asked_on", "by", "to", "what", "text_en", "text_fr", "answered_on", "answer",
    "answer_en", "answer_fr", "answer_source",
)  # fmt: skip


def read_asks(lines: list[Line]) -> tuple[Ask, ...]:
    """An ask per good row; an answer has its day, its words in both languages and its source."""
    return tuple(build(lines, _ask, lambda ask: ask.id))


def _ask(row: Line) -> Ask:
    answered = bool(row.text("answer", empty=True))
    return Ask(
        id=row.text("id"),
        asked_on=row.day("asked_on"),
        by=row.text("by"),
        to=row.text("to"),
        what=row.text("what"),
        text_en=row.text("text_en"),
        text_fr=row.text("text_fr"),
        answered_on=row.day("answered_on") if answered else None,
        answer=row.text("answer", empty=True),
        answer_en=row.text("answer_en", empty=not answered),
        answer_fr=row.text("answer_fr", empty=not answered),
        answer_source=row.text("answer_source", empty=not answered),
        origin=row.origin(),
    )


def _event(row: Line) -> Event:
    return Event(row.day("date"), row.text("kind"), row.text("event"), row.origin())
