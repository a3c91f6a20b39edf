"""A large office for the benchmark of the server: 40,000 households, 500 sites, an access for 100 people.

The pack is the shipped one with made-up sites. Households come in through intake; most are then written
down as living at a site by facts with the effects of an arrival: offers and answers would take an hour.
"""

from __future__ import annotations

import csv
import shutil
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import partage.packs
from partage.compose import open_office
from partage.core.streams import Stream
from partage.core.units import instant
from partage.intake.synthetic import synthetic_arrivals
from partage.ledger.facts import Draft
from partage.office.gate import Gate
from partage.office.office import Office
from partage.office.ports import Stamp
from partage.office.sessions import IN, key_of_user
from partage.packs.loader import load_pack
from partage.place.needs import units_needed

AT = datetime(2023, 2, 20, 14, tzinfo=UTC)
UNTIL = date(2023, 3, 1)
REGIONS = ("CA-ON", "CA-QC", "CA-NB", "CA-NS")
CITIES = {
    "CA-ON": "ca-on/ottawa",
    "CA-QC": "ca-qc/montreal",
    "CA-NB": "ca-nb/moncton",
    "CA-NS": "ca-ns/halifax",
}
ZONES = {"CA-NB": "America/Moncton", "CA-NS": "America/Halifax"}
PERSONS_A_FILE, ENTRY = 2_200, "waiting@ca-qc/roxham-road"
MADE_UP = "Made up for a benchmark."


@dataclass
class World:
    """Where it is, and what its people come with."""

    url: str
    pack: str
    tokens: dict[str, str] = field(default_factory=dict)  # who -> access
    sessions: dict[str, str] = field(default_factory=dict)  # who -> secret of the cookie
    sites: list[str] = field(default_factory=list)
    cases: list[str] = field(default_factory=list)
    offers: dict[str, list[str]] = field(
        default_factory=dict
    )  # who -> cases with an approved place
    held: dict[str, int] = field(default_factory=dict)


def pack_with(folder: Path, sites: int) -> Path:
    """The shipped pack with that many sites in all, the new ones spread over four provinces."""
    target = folder / "large"
    shutil.copytree(Path(partage.packs.__file__).parent / "canada", target)
    there = sum(1 for _ in (target / "sites.csv").open()) - 1
    for number in range(sites - there):
        region = REGIONS[number % len(REGIONS)]
        site = f"{CITIES[region]}/house-{number:03d}"
        _add(
            target / "sites.csv",
            id=site,
            region=region,
            city=CITIES[region].partition("/")[2].title(),
            name_en=f"House {number}",
            name_fr=f"Maison {number}",
            zone=ZONES.get(region, "America/Toronto"),
            owner="made up",
        )
        _add(
            target / "distances.csv",
            entry_point="ca-qc/roxham-road",
            site=site,
            km=str(100 + number),
        )
        dates = {"first_day": "2023-02-11", "last_day": "2023-12-31"}
        _add(
            target / "agreements.csv", party=site, agreed_on="2023-02-01", notice_days="0", **dates
        )
        for service, quantity in (("person", 400), ("room", 120), ("room.family", 60)):
            _add(
                target / "capacity.csv", site=site, service=service, quantity=str(quantity), **dates
            )
    return target


def _add(file: Path, **cells: str) -> None:
    with file.open(encoding="utf-8", newline="") as there:
        names = next(csv.reader(there))
    with file.open("a", encoding="utf-8", newline="") as out:
        row = [cells.get(name, MADE_UP if name == "assumption" else "") for name in names]
        csv.writer(out, lineterminator="\n").writerow(row)


def build(
    url: str, pack: Path, *, households: int, waiting: int, people: int, lines: int, say: Any
) -> World:
    """Fill the journal and give everybody an access and a session."""
    world = World(url, str(pack))
    loaded = load_pack(pack)
    office = open_office(url, "adam:admin", pack=loaded, at=AT)
    for region in REGIONS:
        office.acting(f"c:region@{region}").agree_as_in_pack(region)
    world.sites = [site.id for site in loaded.sites if "/house-" in site.id]
    stream, number = Stream("benchmark", "web"), 0
    while len(world.cases) < households:
        file = synthetic_arrivals(
            stream,
            PERSONS_A_FILE,
            entry_point="ca-qc/roxham-road",
            first=AT - timedelta(hours=30),
            hours=24,
            prefix=f"B{number}",
        )
        done = office.acting("anna:intake").register(file)
        world.cases += list(done.data["registered"])
        number += 1
        say(f"  {len(world.cases):,} households")
    _settle(office, world, waiting)
    _people(office, world, people)
    _plan(office, world, lines)
    world.held = {view: len(office.journal.rows(view)) for view in ("cases", "places", "matters")}
    world.held["entries"] = office.journal.head()[0]
    office.journal.close()
    return world


def _settle(office: Office, world: World, waiting: int) -> None:
    """All but the last so many live at a site: facts with the effects of an arrival."""
    rows = office.journal.rows("cases", state="waiting")
    settled = list(rows)[: max(0, len(rows) - waiting)]
    for start in range(0, len(settled), 1000):
        drafts = []
        occupied: dict[str, int] = {}
        for n, case in enumerate(settled[start : start + 1000], start):
            row, site = rows[case], world.sites[n % len(world.sites)]
            persons = int(row["persons"])
            change = {
                "state": "hosted",
                "account": f"hosted@{site}",
                "since": "2023-02-20",
                "stay": {
                    "site": site,
                    "units": {"night": {"person": persons}},
                    "from": "2023-02-20",
                },
            }
            move = {"from": row["account"], "to": f"hosted@{site}", "persons": persons}
            body = {"step": "arrive", "case": change, "moves": [move]}
            drafts.append(Draft("arrive", f"case/{case}", body, "2023-02-20"))
            occupied[site] = occupied.get(site, 0) + persons
        drafts += [
            Draft("stay", f"site/{site}", {"place": {"occupied": {"person": n}}}, "2023-02-20")
            for site, n in occupied.items()
        ]
        stamp = Stamp(instant(AT), "bench", "placement")
        office.journal.append(drafts, {}, f"settle-{start}", stamp=stamp)
    world.cases = [case for case in rows if case not in set(settled)]


def _plan(office: Office, world: World, lines: int) -> None:
    """A plan by hand of some who need a room alone, approved: places that can be offered."""
    rooms = {"person", "room", "room.family"}
    some: dict[str, str] = {}
    there = [site for site in world.sites if not site.startswith("ca-qc/")]  # the policy says so
    for case in world.cases:
        household = office._household(case, office.journal.row("cases", case) or {})
        if set(units_needed(household.need)) <= rooms and not household.need.links:
            some[case] = there[len(some) % len(there)]
        if len(some) == lines:
            break
    _, done = office.acting("pia:placement").place(some, "redirect-all")
    office.acting("rosa:approver").approve(done.data["plan"], only=list(some))
    mine = [who for who in world.tokens if ":placement" in who]
    for n, case in enumerate(some):
        world.offers.setdefault(mine[n % len(mine)], []).append(case)
    world.cases = [case for case in world.cases if case not in some]


def _people(office: Office, world: World, people: int) -> None:
    gate = Gate(office.journal, office.clock)
    kinds = ("intake", "placement", "site", "region", "auditor")
    for number in range(people):
        kind = kinds[number % len(kinds)]
        scope = {"site": f"@{world.sites[number]}", "region": f"@{REGIONS[number % 4]}"}.get(
            kind, ""
        )
        who = f"u{number}:{kind}{scope}"
        world.tokens[who] = office.grant_token(who, UNTIL)[1]
        office.add_user(who)
        user = key_of_user(f"u{number}")
        world.sessions[who] = gate.begin(user, stage=IN, by="bench", lang="en", more={})
