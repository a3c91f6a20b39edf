"""The first page of a role: the numbers of the moment, what stands, and what needs a look."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from partage.core.findings import Finding
from partage.faces.pages.envelope import by_weight
from partage.office.office import Office
from partage.office.permits import PERMITS

WATCHED = (
    "waiting",
    "outside-engine",
    "approved",
    "offered",
    "kept",
    "bound",
    "travelling",
    "unknown",
)


@dataclass(frozen=True, slots=True)
class Number:
    """A number that opens its list: households, persons in them, and since when the first of them waits."""

    state: str
    households: int
    persons: int
    since: str = ""


@dataclass(frozen=True, slots=True)
class Today:
    """What a role sees first; ``codes``: it may know which cases, not only how many."""

    at: str
    codes: bool
    numbers: Sequence[Number] = ()
    free: int = 0
    sites_open: int = 0
    stale: int = 0
    plans: Sequence[Mapping[str, Any]] = ()
    standing: Mapping[str, str] = field(default_factory=dict)
    findings: Sequence[Finding] = ()


def sees_all(office: Office) -> bool:
    """Whether this role sees the whole office, not only its own part of it."""
    role = office.actor.role
    return any((r.verb, r.role, r.scope) == ("survey", role, "all") for r in PERMITS)


def today_of(office: Office) -> Today:
    """The moment as this role may see it; ``NotPermitted`` for who sees only its own part."""
    queues = office.queues()
    codes = any(
        row.verb == "survey" and row.role == office.actor.role and "case codes" in row.fields
        for row in PERMITS
    )
    seen = office.capacity()
    return Today(
        at=str(queues["at"]),
        codes=codes,
        numbers=[
            Number(s, row["households"], row["persons"], _since(office, s, row) if codes else "")
            for s in WATCHED
            if (row := queues["states"].get(s)) is not None
        ],
        free=sum(free_persons(row) for row in seen["sites"]),
        sites_open=sum(bool(row["open"]) for row in seen["sites"]),
        stale=sum(not row["fresh"] for row in seen["sites"]),
        plans=office.plans(),
        standing=office.standing(),
        findings=by_weight(office.watch()),
    )


def free_persons(row: Mapping[str, Any]) -> int:
    """Persons that a row of the capacity board can still take."""
    return int(row["services"].get("person", {}).get("allocable", 0))


def _since(office: Office, state: str, row: Mapping[str, int]) -> str:
    """Since when the first of them is in that state; asked only where a wait is what counts."""
    if state != "waiting" or not row["households"]:
        return ""
    return str(office.cases_in(state)[0]["since"])
