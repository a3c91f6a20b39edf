"""Places held and lived in, act by act, against households and agreements; ``verify`` asks.

Sums are kept as entries are read, so that the act after which they no longer fit can be named.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from partage.casework.terms import closed_on, consent_on
from partage.ledger.facts import Entry
from partage.ledger.views import MemoryRows

Row = Mapping[str, Any]
Key = tuple[str, str, str, str]  # site, held or taken or occupied, period, service
Say = Callable[[str, str], None]  # which entry, and what is wrong with it

HELD = ("offer", "fallback")
LIVED = ("stay", "past")


class _Taken(NamedTuple):
    """What one entry takes at a site: for which day, which units, and whether people are sent there."""

    no: int
    day: str
    units: set[tuple[str, str]]
    sent: bool


class PlacesCheck:
    """Reads entries before they are folded; says what is wrong when the act they belong to is over."""

    def __init__(self, rows: MemoryRows, say: Say) -> None:
        self._rows, self._say = rows, say
        self._act, self._no = "", 0
        self._open: Counter[Key] = Counter()  # what sites count and no household accounts for
        self._taken: dict[str, _Taken] = {}
        self._there: Counter[str] = Counter()  # persons lived or held, by city and by region
        self._sent: Counter[tuple[str, str]] = Counter()  # by city or region, and day
        self._day, self._corrects = "", False

    def note(self, entry: Entry) -> None:
        """One entry, before it is folded."""
        if entry.idem != self._act:
            self.settle()
            self._act, self._day, self._corrects = entry.idem, entry.day, False
        self._corrects = self._corrects or entry.verb == "correct"
        self._no = entry.no
        body = entry.body
        if "case" in body:
            self._case(body["case"], self._rows.get("cases", entry.subject.partition("/")[2]) or {})
        if "place" in body and entry.subject.startswith("site/"):
            self._place(entry, entry.subject.partition("/")[2], body["place"])

    def settle(self) -> None:
        """The act is over: what sites count is what households hold there, within what was agreed."""
        for (site, kind, _, service), more in self._open.items():
            if more:
                off = "too many" if more > 0 else "too few"
                what = f"leaves {site} with {abs(more)} {service} {kind} {off} for its households"
                self._say(f"entry {self._no}", what)
        self._open.clear()
        for site, taken in self._taken.items():
            for what in self._over(site, taken):
                self._say(f"entry {taken.no}", f"takes places at {site} {what}")
        self._taken.clear()

    def _case(self, change: Row, before: Row) -> None:
        offer = change.get("offer") or before.get("offer")
        if offer:
            self._day = max(self._day, offer.get("day", ""))
        for name in (*HELD, *LIVED):
            if name in change:
                for key, number in _units(name, before.get(name)):
                    self._open[key] += number
                for key, number in _units(name, change[name]):
                    self._open[key] -= number

    def _place(self, entry: Entry, site: str, change: Row) -> None:
        net: Counter[tuple[str, str]] = Counter()  # what was held and is lived in now is no more
        for key, number in _shown(site, change):
            self._open[key] += number
            if key[1] != "taken":  # of another week than was held, if they come in another
                net[key[2:]] += number
        persons = net["night", "person"]
        for owner in (site.rpartition("/")[0], self._region(site, change)):
            self._there[owner] += persons
            for day, units in change.get("sent", {}).items():
                self._sent[owner, day] += units.get("person", 0)
        grown = {unit for unit, number in net.items() if number > 0}
        if grown and not self._corrects:  # who was born there stays there
            sent = [d for d, u in change.get("sent", {}).items() if u.get("person", 0) > 0]
            if site in self._taken:
                grown |= self._taken[site].units
            day = max(sent, default=self._day)
            self._taken[site] = _Taken(entry.no, day, grown, bool(sent))

    def _region(self, site: str, change: Row) -> str:
        return str(change.get("region") or (self._rows.get("places", site) or {}).get("region", ""))

    def _over(self, site: str, taken: _Taken) -> Iterator[str]:
        """What stands against what a site gave, by its own agreement, its city's and its region's."""
        row, day, grown = self._rows.get("places", site) or {}, taken.day, taken.units
        on, region = date.fromisoformat(day), str(row.get("region", ""))
        standing: list[tuple[str, Row]] = [(site, row)]
        for key in (site.rpartition("/")[0], region):  # a city once that has spoken
            owner = self._rows.get("places", key)
            if owner or key == region:
                standing.append((key, owner or {}))
        terms = [consent_on(own, on) for _, own in standing]
        for (key, own), consent in zip(standing, terms, strict=True):
            if not consent:
                yield f"for {day}, and no agreement of {key} covers that day"
                return
            if closed_on(own, on):
                yield f"for {day}, when {key} takes nobody new"
        for period, service in sorted(grown):
            used, units = _used(row, period, service), _agreed(row, service, day)
            if used > units:
                yield f"beyond what was agreed for {day}: {used} {service}, {units} agreed"
        for (key, _), consent in zip(standing, terms, strict=True):
            sent = _sent(row, day) if key == site else self._sent[key, day]
            cap, ramp = consent.get("cap"), consent.get("ramp")
            if cap is not None and self._there[key] > cap and ("night", "person") in grown:
                yield f"beyond the cap of {key}: {self._there[key]} persons, {cap} agreed"
            if ramp is not None and sent > ramp and taken.sent:
                yield f"beyond the limit of {key} for {day}: {sent} persons sent, {ramp} agreed"


def _units(name: str, part: Any) -> Iterator[tuple[Key, int]]:
    """Units that a household holds or uses by one part of its case."""
    for one in (part or ()) if name == "past" else (part,):
        for period, units in (one or {}).get("units", {}).items():
            kind = "held" if name in HELD else "occupied" if period == "night" else "taken"
            for service, number in units.items():
                yield (one["site"], kind, period, service), number


def _shown(site: str, change: Row) -> Iterator[tuple[Key, int]]:
    for kind in ("held", "taken"):
        for period, units in change.get(kind, {}).items():
            for service, number in units.items():
                yield (site, kind, period, service), number
    for service, number in change.get("occupied", {}).items():
        yield (site, "occupied", "night", service), number


def _used(row: Row, period: str, service: str) -> int:
    lived = row.get("occupied", {}) if period == "night" else row.get("taken", {}).get(period, {})
    return int(lived.get(service, 0)) + int(row.get("held", {}).get(period, {}).get(service, 0))


def _agreed(row: Row, service: str, day: str) -> int:
    units = sum(
        c["quantity"]
        for c in row.get("capacity", ())
        if c["service"] == service and max(c["first"], c["counts_from"]) <= day <= c["last"]
    )
    blocked = (
        b["quantity"]
        for b in row.get("blocks", ())
        if b["service"] == service and b["first"] <= day <= b["last"]
    )
    return int(units - sum(blocked))


def _sent(row: Row, day: str) -> int:
    return int(row.get("sent", {}).get(day, {}).get("person", 0))
