"""The first page of a role: the numbers of the moment, what stands, and what needs a look."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from partage.core.errors import NotPermitted
from partage.core.findings import Finding
from partage.core.names import same_person
from partage.faces.pages.envelope import by_weight
from partage.faces.pages.work import has_work, statements_of, work_of
from partage.office.office import Office
from partage.office.permits import PERMITS, permit

SUPPORT = "caseload"
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
    mine: Sequence[
        Mapping[str, Any]
    ] = ()  # rows of the board whose numbers this actor may say anew
    asked: Sequence[str] = ()  # whose agreement is asked for, and this actor may answer
    to_approve: Sequence[
        Mapping[str, Any]
    ] = ()  # plans that wait for this actor, who made none of them
    work: Sequence[tuple[str, int, str]] | None = None  # what waits for this role; None: never any
    statements: Sequence[Mapping[str, Any]] | None = None  # of cost, for whoever works on them
    support: tuple[int, int] | None = None  # what organizations can take on: households, at sites
    loading: int | None = None  # vehicles
    on_road: int | None = None


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
    seen, plans, lists = office.capacity(), office.plans(), queues["lists"]
    mine = [row for row in seen["sites"] if _may(office, "update", row["region"], row["site"])]
    asked = office.agreements() if lists["agreement/proposed"] else []
    travels = _has(office, "depart")
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
        plans=plans,
        mine=sorted(mine, key=lambda row: (not row["left_out"], row["fresh"], row["site"])),
        asked=[
            str(one["party"])
            for one in asked
            if one["asked"] and _may(office, "agree", one["region"], scope_of(one["party"]))
        ],
        to_approve=[
            one
            for one in plans
            if one["state"] == "proposed"
            and _has(office, "approve")
            and same_person(one["by"]) != same_person(office.actor.name)
        ],
        work=work_of(office.actor.role, queues) if has_work(office.actor.role) else None,
        statements=statements_of(office),
        support=_support(seen["sites"]) if office.actor.role == "organization" else None,
        loading=int(lists["run/boarding"]) if travels else None,
        on_road=int(lists["run/on-road"]) if travels else None,
        standing=office.standing(),
        findings=by_weight(office.watch()),
    )


def scope_of(party: str) -> str:
    """What the permits take as the site of a party: of a city, what its sites begin with."""
    return {0: "", 1: f"{party}/", 2: party}[party.count("/")]


def _may(office: Office, verb: str, region: str, site: str) -> bool:
    try:
        permit(office.actor, verb, region=region, site=site)
    except NotPermitted:
        return False
    return True


def _has(office: Office, verb: str) -> bool:
    """Whether this role has a row for a verb at all."""
    return any(row.verb == verb and row.role == office.actor.role for row in PERMITS)


def free_persons(row: Mapping[str, Any]) -> int:
    """Persons that a row of the capacity board can still take."""
    return int(row["services"].get("person", {}).get("allocable", 0))


def _support(sites: Sequence[Mapping[str, Any]]) -> tuple[int, int]:
    """Households that community organizations can take on, and at how many sites that was said at all."""
    said = [row["services"][SUPPORT] for row in sites if SUPPORT in row["services"]]
    return sum(int(units["allocable"]) for units in said), len(said)


def _since(office: Office, state: str, row: Mapping[str, int]) -> str:
    """Since when the first of them is in that state; asked only where a wait is what counts."""
    if state != "waiting" or not row["households"]:
        return ""
    return str(office.cases_in(state, most=1)[0]["since"])
