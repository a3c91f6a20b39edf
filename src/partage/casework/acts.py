"""What a verb answers: drafts that stand or fall together, and what goes with them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from partage.core.findings import Finding
from partage.core.situation import Service
from partage.core.steps import step
from partage.core.streams import Stream
from partage.core.units import week_of
from partage.ledger.facts import Draft, Secret

Units = dict[str, dict[str, int]]  # period ("night" or a week) -> service -> units
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Acts:
    """The answer of a pure verb: facts to be, the versions they stand on, findings and data."""

    drafts: tuple[Draft, ...]
    expect: Mapping[str, int] = field(default_factory=dict)
    secrets: tuple[Secret, ...] = ()
    blobs: Mapping[str, bytes] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    data: Mapping[str, Any] = field(default_factory=dict)
    forget: tuple[str, ...] = ()  # subjects whose rows in the vault go with it


def case_draft(
    fact: str, case: str, row: Row, day: str, changes: Mapping[str, Any], **more: Any
) -> Draft:
    """A draft for one case: the transition is looked up, never assumed."""
    after = step(fact, str(row.get("state", ""))).after
    body = {"step": fact, "case": {"state": after, **changes}, **more}
    return Draft(fact.partition(":")[0], f"case/{case}", body, day)


def site_draft(verb: str, site: str, day: str, place: Mapping[str, Any], **more: Any) -> Draft:
    """A draft for the places of one site."""
    return Draft(verb, f"site/{site}", {"place": place, **more}, day)


def by_period(units: Mapping[str, int], services: tuple[Service, ...], day: date) -> Units:
    """Units needed, split into stock per night and intake of the week of that day."""
    weekly = {service.id for service in services if service.period == "week"}
    out: Units = {}
    for service, number in sorted(units.items()):
        period = week_of(day) if service in weekly else "night"
        out.setdefault(period, {})[service] = number
    return out


def times(units: Mapping[str, Mapping[str, int]], factor: int) -> Units:
    """The same units added (1) or given back (-1)."""
    return {p: {s: n * factor for s, n in counts.items()} for p, counts in units.items()}


def add_units(into: Units, units: Mapping[str, Mapping[str, int]]) -> None:
    """Add units to a running sum."""
    for period, counts in units.items():
        table = into.setdefault(period, {})
        for service, number in counts.items():
            table[service] = table.get(service, 0) + number


def in_week_of(units: Mapping[str, Mapping[str, int]], day: date) -> Units:
    """The same units, those counted per week moved to the week of that day."""
    out: Units = {}
    for period, counts in units.items():
        target = period if period == "night" else week_of(day)
        add_units(out, {target: counts})
    return out


def new_secret(stream: Stream, kind: str, subject: str, data: bytes) -> Secret:
    """A row for the vault with a salt of its own."""
    own = stream.child("vault", kind, subject)
    data = bytes(memoryview(data))  # JSON comes with the room its writer reserved: kilobytes a row
    return Secret(f"V-{own.token(16)}", kind, subject, own.token(26), data)


def free_stay(row: Row, day: str) -> list[Draft]:
    """What a household used per night where it lived is free again."""
    stay = row.get("stay")
    units = times(stay["units"], -1).get("night", {}) if stay else {}
    return [site_draft("leave", stay["site"], day, {"occupied": units})] if stay and units else []


def past_of(row: Row) -> dict[str, Any]:
    """What was taken in a week stays taken where it was taken, wherever the household goes."""
    stay = row.get("stay")
    weeks = {p: dict(u) for p, u in stay["units"].items() if p != "night"} if stay else {}
    if not stay or not weeks:
        return {}
    return {"past": [*row.get("past", ()), {"site": stay["site"], "units": weeks}]}
