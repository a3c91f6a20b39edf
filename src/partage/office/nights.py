"""What the record has of the nights of a region: persons counted, rooms and seats in use, runs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from partage.casework.close import closes_at
from partage.casework.count import NIGHTLY, RECOUNT
from partage.casework.horizon import agreed_on
from partage.core.findings import Finding
from partage.core.situation import Service
from partage.costs import Count, Night, Period
from partage.costs.published import nights_before, sites_before, without
from partage.costs.quantities import ROOM, InUse, counts_of, in_use
from partage.ledger.facts import Entry
from partage.office.desk import Desk

NOTHING = InUse(0, 0, 0)


@dataclass(frozen=True, slots=True)
class Found:
    """The nights and counts of a region in a period, and a finding for what is in neither."""

    nights: list[Night]
    counts: list[Count]
    gaps: list[Finding]


@dataclass(frozen=True, slots=True)
class Headcount:
    """One count of a night: persons, rooms (None: it says nothing of them), its entry, by whom."""

    persons: int
    rooms: int | None
    entry: int
    actor: str


_Counts = dict[tuple[str, date], Headcount]


class Nights(Desk):
    """What the record has of the nights of a region."""

    def _nights(self, code: str, period: Period) -> Found:
        """The nights of the closed days at the sites of a region, and what was counted beside them.

        A site with a rate of the region stands there with nobody too: that has to be counted as well.
        """
        sites, rates = self._sites(code), self.pack.rates
        closed = self._closed(period)
        entries = self._since(f"{period.first - timedelta(days=1)}T00:00:00.000000Z")
        counted, again = _headcounts(entries, period)
        nights: list[Night] = []
        for site in sorted(sites):
            beside = self._beside(site, closed)
            for day, close in closed.items():
                persons = int(close.body["nights"].get(f"hosted@{site}", 0))
                one, anew = counted.get((site, day)), again.get((site, day))
                if anew is not None and one is not None and anew.actor == one.actor:
                    anew = None  # nobody settles a difference with themself
                own = any(t.site == site and t.incurred_by == code and t.holds(day) for t in rates)
                if persons or own or (one and one.persons) or (anew and anew.persons):
                    nights.append(_night(site, day, persons, close, one, anew, beside.get(day)))
        counts = [c for c in counts_of(entries) if c.site in sites and c.day in closed]
        began = date.fromisoformat(self._began())
        before = nights_before(self.pack.published_nights, code, period, began)
        missing = without([day for day in period.days if day not in closed], before)
        gaps = [*_gaps(missing, began), *sites_before(rates, before, sites)]
        return Found([*before, *nights], counts, gaps)

    def _sites(self, code: str) -> set[str]:
        """The sites of a region that this record has, and those elsewhere of which it has the contract."""
        pays = {t.site for t in self.pack.rates if t.incurred_by == code}
        sites: set[str] = {s.id for s in self.pack.sites if s.region == code or s.id in pays}
        return sites | {
            name
            for name, row in self.journal.rows("places", kind="site").items()
            if row.get("region") == code
        }

    def _closed(self, period: Period) -> dict[date, Entry]:
        """The entry that closed each day, in order; a day that is not closed is absent."""
        found = {
            day: next(iter(self.journal.read(subject=f"day/{day}")), None) for day in period.days
        }
        return {day: entry for day, entry in found.items() if entry is not None}

    def _beside(
        self, site: str, closed: Mapping[date, Entry]
    ) -> dict[date, tuple[int | None, InUse, int]]:
        """Rooms under contract, what was in use at 04:00, and the entry of the agreement, by night.

        Read only where somebody is paid by the room or the seat there.
        """
        paid = {t.unit for t in self.pack.rates if t.site == site} & {"room-night", "school-seat"}
        if not paid or not closed:
            return {}
        entries = list(self.journal.read(subject=f"site/{site}"))
        row = self.journal.row("places", site) or {}
        rooms = [s for s in self.pack.services if s.id.startswith(ROOM)]
        stated = any(c["service"].startswith(ROOM) for c in row.get("capacity", ()))
        agreed = max((e.no for e in entries if "capacity" in e.body.get("place", {})), default=0)
        zones = self._zones()
        zone = zones.get(f"hosted@{site}", zones[""])
        used = in_use(entries, [closes_at(day, zone) for day in closed])
        return {
            day: (_contract(row, rooms, day) if stated else None, one, agreed)
            for day, one in zip(closed, used, strict=True)
        }


def _contract(row: Mapping[str, Any], rooms: Sequence[Service], night: date) -> int:
    """Rooms that a site agreed to have ready that night: by its own word, whoever else has to consent."""
    return sum(agreed_on(row, service, night) for service in rooms)


def _night(
    site: str,
    day: date,
    persons: int,
    close: Entry,
    one: Headcount | None,
    anew: Headcount | None,
    beside: tuple[int | None, InUse, int] | None,
) -> Night:
    """One night; where a recount of persons says nothing of rooms, the rooms are not known either."""
    contract, used, agreed = beside or (None, NOTHING, 0)
    slept, counted = used.rooms, (one.rooms if one else None)
    if anew is not None:
        counted = anew.rooms
        slept = anew.rooms if anew.rooms is not None else slept
    known = beside is not None and contract is not None
    settled = anew is None or anew.persons == persons or anew.rooms is not None
    return Night(
        site, day, persons,
        one.persons if one else None, close.no, one.entry if one else 0,
        rooms=contract if known else None,
        empty=(contract or 0) - slept if known and settled else None,
        recount=anew.persons if anew else None, recount_entry=anew.entry if anew else 0,
        rooms_counted=counted,
        seats=used.seats if beside is not None and (anew is None or anew.persons == persons) else None,
        papers=tuple(n for n in (used.entry, agreed) if n),
    )  # fmt: skip


def _headcounts(entries: Iterable[Entry], period: Period) -> tuple[_Counts, _Counts]:
    """The last headcount and the last recount of each site and night of the period."""
    found: _Counts = {}
    again: _Counts = {}
    for entry in entries:
        if entry.verb != "count" or not str(entry.body["account"]).startswith("hosted@"):
            continue
        by = entry.body.get("by", "")
        if by not in NIGHTLY and by != RECOUNT:
            continue
        day = date.fromisoformat(entry.body.get("night") or entry.day)
        if day in period:
            site = str(entry.body["account"]).removeprefix("hosted@")
            rooms = entry.body.get("rooms")
            kind = again if by == RECOUNT else found
            kind[site, day] = Headcount(
                int(entry.body["reported"]), None if rooms is None else int(rooms),
                entry.no, entry.actor,
            )  # fmt: skip
    return found, again


def _gaps(missing: Sequence[date], began: date) -> list[Finding]:
    """A finding for each stretch of days that this record does not have."""
    found: list[Finding] = []
    for before, what, do in (
        (
            True,
            f"are before this record began ({began})",
            "what is published of them stands beside, marked; the rest is in no sum",
        ),
        (False, "are not closed", "close each with 'partage close --day DAY' once it is over"),
    ):
        days = [day for day in missing if (day < began) == before]
        ends = [
            0,
            *(n + 1 for n, (a, b) in enumerate(pairwise(days)) if (b - a).days > 1),
            len(days),
        ]
        found += [
            Finding(f"nights of {days[first]} to {days[last - 1]}", what, do, "fault")
            for first, last in pairwise(ends)
            if first < last
        ]
    return found
