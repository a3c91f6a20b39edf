"""How full places are, service by service; how long they last at the pace of a day; what is carried over.

load/2023-02-20/room[/CA-ON]     units in use at 04:00 after the night, or taken in its week
units/2023-02-20/room[/CA-ON]    units agreed for that night or week
full/2023-02-20/days[/CA-ON]     whole days until the places for persons that are free are used up
carried/2023-02-20/CA-ON         exact persons that a province still owes by the day's policy
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from partage.casework.close import closes_at
from partage.core.errors import NotFound
from partage.core.situation import Service
from partage.core.units import week_of

if TYPE_CHECKING:
    from partage.ledger.facts import Entry
    from partage.report.tracing import Reading

PERSON = "person"
Parts = list[tuple[int, str, int]]  # the entry, what it is, and what it adds
History = Mapping[str, Sequence["Entry"]]


@dataclass(frozen=True, slots=True)
class Load:
    """One service: units in use and units agreed (None: nobody stated any), each with its reference."""

    service: str
    used: int
    agreed: int
    ref: str
    agreed_ref: str


def loads(reading: Reading, day: date, scope: str) -> tuple[Load, ...]:
    """Every service of which units are agreed for that night, in the order of the pack."""
    history = _history(reading, scope)
    tail = f"/{scope}" if scope else ""
    found = []
    for service in reading.pack.services:
        agreed = sum(n for _, _, n in _agreed(history, reading, service, day))
        used = sum(n for _, _, n in _used(history, reading, service, day))
        if agreed or used:
            ref = f"{day}/{service.id}{tail}"
            found.append(Load(str(service.id), used, agreed, f"load/{ref}", f"units/{ref}"))
    return tuple(found)


def parts_of(kind: str, name: str, scope: str, day: date, reading: Reading) -> Parts:
    """What a number of ``load`` or ``units`` rests on; refused for a service that is not there."""
    service = next((s for s in reading.pack.services if s.id == name), None)
    if service is None:
        raise NotFound("That reference names no service.", "See 'partage survey' for services.")
    history = _history(reading, scope)
    return (_used if kind == "load" else _agreed)(history, reading, service, day)


def days_to_full(
    reading: Reading, day: date, scope: str, arrived: int
) -> tuple[int | None, list[tuple[str, int]]]:
    """Whole days until free places for persons are used up if as many come each day as on this one, and
    what that is worked out from; None at a pace of nobody."""
    history = _history(reading, scope)
    person = next(s for s in reading.pack.services if s.id == PERSON)
    agreed = sum(n for _, _, n in _agreed(history, reading, person, day))
    used = sum(n for _, _, n in _used(history, reading, person, day))
    said = [
        ("places agreed for persons", agreed),
        ("of them in use", used),
        ("came that day", arrived),
    ]
    return (max(0, agreed - used) // arrived if arrived else None), said


def carried(reading: Reading, day: date, region: str, end: str) -> tuple[Fraction, Parts, str]:
    """Exact persons that a region still owes under the policy of the day's last plan; and that policy."""
    plans = [
        e for e in reading.of_day(day)
        if e.verb == "propose" and "policy" in e.body and not e.body.get("as_if")
    ]  # fmt: skip
    if not plans:
        raise NotFound(f"No plan of {day} says what is carried.", "Name another day.")
    policy = str(plans[-1].body["policy"])
    owed, parts = Fraction(0), []
    for entry in reading.of(f"region/{region}"):
        change = entry.body.get("place", {}).get("carry", {}).get(policy)
        if change is not None and entry.at < end:
            owed += Fraction(change)
            parts.append((entry.no, f"owes {change}", 0))
    if not parts:
        raise NotFound(f"Nothing is carried over for {region}.", "Name another region.")
    return owed, parts, policy


def _history(reading: Reading, scope: str) -> History:
    return {
        str(site.id): reading.of(f"site/{site.id}")
        for site in reading.pack.sites
        if not scope or site.region == scope or str(site.id).startswith(f"{scope}/")
    }


def _used(history: History, reading: Reading, service: Service, day: date) -> Parts:
    found: Parts = []
    zones = {str(site.id): site.zone for site in reading.pack.sites}
    for site, entries in history.items():
        end, units, last = closes_at(day, zones[site]), 0, 0
        for entry in entries:
            if entry.at >= end:
                break
            place = entry.body.get("place", {})
            change = (
                place.get("taken", {}).get(week_of(day), {})
                if service.period == "week"
                else place.get("occupied", {})
            ).get(service.id, 0)
            units, last = units + change, entry.no if change else last
        if units:
            found.append((last, site, units))
    return found


def _agreed(history: History, reading: Reading, service: Service, day: date) -> Parts:
    """By the last word of each site's owner that speaks of units."""
    iso, found = day.isoformat(), []
    for site, entries in history.items():
        for entry in reversed(entries):
            rows = entry.body.get("place", {}).get("capacity")
            if rows is None or entry.day > iso:
                continue
            units = sum(
                int(r["quantity"]) for r in rows
                if r["service"] == service.id
                and r["first"] <= iso <= r["last"] and r["counts_from"] <= iso
            )  # fmt: skip
            if units:
                found.append((entry.no, site, units))
            break
    return found


def named(services: Sequence[Service], service: str, *, french: bool) -> str:
    """A service in words."""
    one = next(s for s in services if s.id == service)
    return one.name_fr if french else one.name_en
