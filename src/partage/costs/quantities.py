"""What a ledger holds beside persons: rooms and seats in use at 04:00, runs, households taken on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from partage.ledger.facts import Entry

ROOM, SEAT, CASELOAD = "room", "school.", "caseload"


@dataclass(frozen=True, slots=True)
class Count:
    """``quantity`` of a unit that is counted by the day (trip, caseload) at a site, and its entries."""

    site: str
    day: date
    unit: str
    quantity: int
    entries: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class InUse:
    """Rooms and school seats in use at a site at one instant; ``entry`` changed them last (0: none did)."""

    rooms: int
    seats: int
    entry: int


def in_use(entries: Iterable[Entry], instants: Sequence[str]) -> list[InUse]:
    """What was in use at a site at each instant, from the entries of the site alone, in their order."""
    later = iter([*entries, None])
    entry = next(later)
    units: dict[str, int] = {}
    last = 0
    found: dict[str, InUse] = {}
    for at in sorted(set(instants)):
        while entry is not None and entry.at < at:
            change = entry.body.get("place", {}).get("occupied", {})
            for service, number in change.items():
                units[service] = units.get(service, 0) + int(number)
            last = entry.no if change else last
            entry = next(later)
        found[at] = InUse(_sum(units, ROOM), _sum(units, SEAT), last)
    return [found[at] for at in instants]


def counts_of(entries: Iterable[Entry]) -> list[Count]:
    """Trips and households taken on, by site and day.

    A trip is a run that left for a site with somebody on board; a caseload is a household that a community
    organization takes on there, counted when it moves in.
    """
    found: dict[tuple[str, date, str], list[tuple[int, int]]] = {}
    for entry in entries:
        day = date.fromisoformat(entry.day)
        if entry.verb == "depart" and entry.subject.startswith("run/"):
            if entry.body["households"]:
                found.setdefault((entry.body["site"], day, "trip"), []).append((1, entry.no))
        elif entry.subject.startswith("site/"):
            weeks = entry.body.get("place", {}).get("taken", {})
            if taken := sum(int(units.get(CASELOAD, 0)) for units in weeks.values()):
                site = entry.subject.removeprefix("site/")
                found.setdefault((site, day, CASELOAD), []).append((taken, entry.no))
    return [
        Count(site, day, unit, sum(n for n, _ in parts), tuple(no for _, no in parts))
        for (site, day, unit), parts in sorted(found.items())
    ]


def _sum(units: dict[str, int], kind: str) -> int:
    return sum(number for service, number in units.items() if service.startswith(kind))
