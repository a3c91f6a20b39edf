"""Loading a pack: everything is checked, every fault found in one go, nothing half loaded."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, TypeVar

from partage.core.errors import InputRefused, NotFound
from partage.core.findings import Finding
from partage.core.policy import Policy
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
from partage.packs.policies import parse_policy
from partage.packs.tables import Faults, Line, build, read_table

SHOWN = 20
Noun = TypeVar("Noun", Region, Site, EntryPoint)
TABLES: Mapping[str, tuple[str, ...]] = {
    "regions": ("id", "name_en", "name_fr"),
    "entry_points": ("id", "region", "name_en", "name_fr", "zone"),
    "sites": ("id", "region", "city", "name_en", "name_fr", "zone", "owner"),
    "services": ("id", "unit", "period", "owner", "name_en", "name_fr"),
    "capacity": ("site", "service", "quantity", "first_day", "last_day"),
    "agreements": ("party", "agreed_on", "first_day", "last_day", "notice_days", "ramp_per_day"),
    "distances": ("entry_point", "site", "km"),
    "figures": ("measure", "region", "period", "value", "unit", "definition", "vintage"),
    "tariffs": ("site", "item", "period", "value", "unit"),
    "history": ("date", "region", "place", "measure", "value", "definition"),
    "events": ("date", "kind", "event"),
}


@dataclass(frozen=True, slots=True)
class Remark:
    """A row of tariffs, history or events, as it was published."""

    when: str
    where: str
    what: str
    value: str
    unit: str
    origin: Origin


@dataclass(frozen=True, slots=True)
class Pack:
    """A country as data: every row has a source or an assumption."""

    id: str
    version: str
    mark: str
    title_en: str
    title_fr: str
    regions: tuple[Region, ...]
    entry_points: tuple[EntryPoint, ...]
    sites: tuple[Site, ...]
    services: tuple[Service, ...]
    capacity: tuple[Capacity, ...]
    agreements: tuple[Agreement, ...]
    distances: Mapping[tuple[str, str], int]
    figures: tuple[Figure, ...]
    tariffs: tuple[Remark, ...]
    history: tuple[Remark, ...]
    events: tuple[Remark, ...]
    policies: Mapping[str, Policy]

    def region(self, id_: str) -> Region:
        """The region of that id."""
        return _one(self.regions, id_, "region")

    def site(self, id_: str) -> Site:
        """The site of that id."""
        return _one(self.sites, id_, "site")

    def entry_point(self, id_: str) -> EntryPoint:
        """The entry point of that id."""
        return _one(self.entry_points, id_, "entry point")

    def region_id(self, text: str) -> RegionId:
        """The region that somebody means by ``ON``, ``on`` or ``CA-ON``."""
        wanted = text.strip().upper()
        for region in self.regions:
            if wanted in (region.id, region.id.partition("-")[2]):
                return region.id
        raise InputRefused(
            f"'{text}' is not a region of the pack '{self.id}'.",
            f"Known: {', '.join(r.id for r in self.regions)}.",
        )

    def latest(self, measure: str, region: str, at: date) -> Figure | None:
        """The figure of the latest period on or before a day, or None: absence is not zero."""
        found = [
            f for f in self.figures
            if f.measure == measure and f.region == region and f.period <= at.isoformat()
        ]  # fmt: skip
        return max(found, key=lambda f: f.period, default=None)


def load_pack(name: str = "canada") -> Pack:
    """The built-in pack of that name, or the pack in that folder; refused with all its faults."""
    pack, findings = _read(_folder(name))
    if pack is None:
        shown = "; ".join(f"{f.where}: {f.what} ({f.do})" for f in findings[:SHOWN])
        more = f"; and {len(findings) - SHOWN} more" if len(findings) > SHOWN else ""
        raise InputRefused(
            f"The pack '{Path(name).name}' has {len(findings)} fault(s): {shown}{more}.",
            "Correct them; nothing of it was loaded.",
        )
    return pack


def check_pack(name: str) -> list[Finding]:
    """Everything that is wrong with a pack."""
    return _read(_folder(name))[1]


def _folder(name: str) -> Traversable:
    if "/" not in name and (built_in := resources.files("partage.packs") / name).is_dir():
        return built_in
    folder = Path(name)
    if not folder.is_dir():
        raise NotFound(f"There is no pack '{name}'.", "Give a built-in name or a folder.")
    return folder


def _read(folder: Traversable) -> tuple[Pack | None, list[Finding]]:
    faults = Faults()
    files = _files(folder)
    about: dict[str, Any] = _about(files.get("datapackage.json"), faults)
    rows = {
        name: read_table(name, files.get(f"{name}.csv"), columns, faults)
        for name, columns in TABLES.items()
    }
    nouns = _nouns(rows, faults)
    policies = _policies(files, {region.id for region in nouns["regions"]}, faults)
    if faults.findings:
        return None, faults.findings
    digest = hashlib.sha256()
    for path, data in sorted(files.items()):
        digest.update(f"{path}\x00{len(data)}\x00".encode() + data)
    pack = Pack(**about, mark=f"sha256:{digest.hexdigest()}", policies=policies, **nouns)
    return pack, []


def _files(folder: Traversable) -> dict[str, bytes]:
    files = {}
    for item in folder.iterdir():
        if item.is_file() and item.name.endswith((".csv", ".json")):
            files[item.name] = item.read_bytes()
        elif item.name == "policies" and item.is_dir():
            for one in item.iterdir():
                if one.name.endswith(".toml"):
                    files[f"policies/{one.name}"] = one.read_bytes()
    return files


def _about(data: bytes | None, faults: Faults) -> dict[str, str]:
    try:
        raw = json.loads((data or b"").decode("utf-8"))
        titles = raw["title_i18n"]
        about = {
            "id": raw["name"], "version": raw["version"],
            "title_en": titles["en"], "title_fr": titles["fr"],
        }  # fmt: skip
        if not all(isinstance(value, str) and value for value in about.values()):
            raise ValueError("name, version and titles are texts")
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        faults.add("datapackage.json", f"cannot be read ({type(error).__name__})", "restore it")
        return {"id": "?", "version": "?", "title_en": "?", "title_fr": "?"}
    return about


def _nouns(rows: Mapping[str, list[Line]], faults: Faults) -> dict[str, Any]:
    regions = build(rows["regions"], _region, "id")
    codes = {region.id for region in regions}
    entry_points = build(rows["entry_points"], lambda row: _entry_point(row, codes), "id")
    sites = build(rows["sites"], lambda row: _site(row, codes), "id")
    services = build(rows["services"], _service, "id")
    if services and services[0].id != "person":
        faults.add("services.csv, row 2", "the first service is not 'person'", "put it first")
    site_ids, service_ids = {s.id for s in sites}, {s.id for s in services}
    points = {point.id for point in entry_points}
    distances: dict[tuple[str, str], int] = {}
    for row in rows["distances"]:
        pair = (row.code("entry_point", points, "entry point"), row.code("site", site_ids, "site"))
        row.origin()
        distances[pair] = row.whole("km")
    for point in sorted(points):
        for site in sorted(site_ids):
            if (point, site) not in distances:
                faults.add("distances.csv", f"has no distance from {point} to {site}", "add it")
    return {
        "regions": tuple(regions),
        "entry_points": tuple(entry_points),
        "sites": tuple(sites),
        "services": tuple(services),
        "capacity": tuple(build(rows["capacity"], lambda r: _capacity(r, site_ids, service_ids))),
        "agreements": tuple(build(rows["agreements"], lambda r: _agreement(r, codes | site_ids))),
        "distances": distances,
        "figures": tuple(build(rows["figures"], _figure)),
        "tariffs": tuple(
            build(rows["tariffs"], lambda r: _remark(r, "period", "site", "item", "value"))
        ),
        "history": tuple(
            build(rows["history"], lambda r: _remark(r, "date", "place", "measure", "value"))
        ),
        "events": tuple(build(rows["events"], lambda r: _remark(r, "date", "", "kind", "event"))),
    }


def _region(row: Line) -> Region:
    return Region(RegionId(row.text("id")), row.text("name_en"), row.text("name_fr"), row.origin())


def _entry_point(row: Line, regions: set[RegionId]) -> EntryPoint:
    id_, region = row.text("id"), row.code("region", regions, "region")
    _check_prefix(row, id_, region)
    return EntryPoint(
        EntryPointId(id_), RegionId(region), row.text("name_en"), row.text("name_fr"),
        row.zone("zone"), row.origin(),
    )  # fmt: skip


def _site(row: Line, regions: set[RegionId]) -> Site:
    id_, region = row.text("id"), row.code("region", regions, "region")
    _check_prefix(row, id_, region)
    return Site(
        SiteId(id_), RegionId(region), row.text("city"), row.text("name_en"), row.text("name_fr"),
        row.zone("zone"), row.text("owner"), row.origin(),
    )  # fmt: skip


def _check_prefix(row: Line, id_: str, region: str) -> None:
    if region and not id_.startswith(f"{region.lower()}/"):
        row.fault("id", f"'{id_}' does not begin with '{region.lower()}/'", "correct id or region")


def _service(row: Line) -> Service:
    period = row.text("period")
    if period not in ("night", "week"):
        row.fault("period", f"'{period}' is not a period", "use night or week")
    return Service(
        ServiceId(row.text("id")), row.text("unit"), "week" if period == "week" else "night",
        row.text("owner"), row.text("name_en"), row.text("name_fr"), row.origin(),
    )  # fmt: skip


def _capacity(row: Line, sites: set[SiteId], services: set[ServiceId]) -> Capacity:
    first, last = _days(row)
    return Capacity(
        SiteId(row.code("site", sites, "site")),
        ServiceId(row.code("service", services, "service")),
        row.whole("quantity"), first, last, row.origin(),
    )  # fmt: skip


def _agreement(row: Line, parties: set[Any]) -> Agreement:
    first, last = _days(row)
    return Agreement(
        row.code("party", parties, "region or site"), row.day("agreed_on"), first, last,
        row.whole("notice_days"), row.maybe_whole("ramp_per_day"), row.origin(),
    )  # fmt: skip


def _days(row: Line) -> tuple[date, date]:
    first, last = row.day("first_day"), row.day("last_day")
    if row.good and last < first:
        row.fault("last_day", f"ends on {last}, before it starts on {first}", "correct a day")
    return first, last


def _figure(row: Line) -> Figure:
    return Figure(
        row.text("measure"), row.text("region"), row.text("period"), row.text("value"),
        row.text("unit"), row.text("definition"), row.text("vintage"), row.origin(),
    )  # fmt: skip


def _remark(row: Line, when: str, where: str, what: str, value: str) -> Remark:
    unit = row.cells.get("unit", "") or row.cells.get("definition", "")
    place = row.text(where, empty=True) if where else ""
    return Remark(row.text(when), place, row.text(what), row.text(value), unit, row.origin())


def _policies(
    files: Mapping[str, bytes], regions: set[RegionId], faults: Faults
) -> dict[str, Policy]:
    out: dict[str, Policy] = {}
    for path, data in sorted(files.items()):
        if not path.startswith("policies/"):
            continue
        try:
            policy = parse_policy(data, path)
        except InputRefused as refusal:
            faults.add(path, refusal.what, refusal.do)
            continue
        if policy.id in out:
            faults.add(path, f"the policy '{policy.id}' stands twice", "rename one")
        for rule in policy.rules:
            for code in rule.never:
                if code not in regions:
                    faults.add(path, f"rule {rule.number} names '{code}', no region", "correct it")
        out[policy.id] = policy
    return out


def _one(nouns: tuple[Noun, ...], id_: str, kind: str) -> Noun:
    for noun in nouns:
        if noun.id == id_:
            return noun
    raise NotFound(f"There is no {kind} '{id_}'.", f"Known: {', '.join(n.id for n in nouns)}.")
