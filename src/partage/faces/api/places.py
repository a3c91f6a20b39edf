"""The places: agree, withdraw, update, survey, count."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Response
from pydantic import Field

from partage.casework import agree as agreeing
from partage.casework import count as counting
from partage.casework import withdraw as withdrawing
from partage.casework.capacity import sums
from partage.core.steps import STATES
from partage.core.units import parse_day
from partage.faces.api.paging import page, page_read
from partage.faces.api.said import Said, as_file, done, many
from partage.faces.api.words import (
    Body,
    Counts,
    Cursor,
    Day,
    Limit,
    Line,
    Maybe,
    Party,
    PartyOrCase,
    Policy,
    Prose,
    RegionId,
    SiteId,
    Spot,
    Units,
    one_of,
)
from partage.faces.pages.places import agreement_from_words, terms_from_words
from partage.faces.pages.show_survey import survey_answer
from partage.office.office import Office

Season = Annotated[str, Field(pattern=r"^[0-9]{2}-[0-9]{2}\.\.[0-9]{2}-[0-9]{2}$")]


class Agree(Body):
    """What a region, a city or a site agrees to; what is left out stays as it stood."""

    first: Day
    last: Day
    source: Annotated[Line, Field(min_length=1)]
    notice: Annotated[int, Field(ge=0, le=3660)] = 0
    ramp: Maybe[Units] = None
    services: Counts = {}
    cap: Maybe[Units] = None
    closed: Annotated[list[Season], Field(max_length=20)] = []
    conditions: Annotated[list[Prose], Field(max_length=20)] = []
    displacement: Prose = ""
    on_the_road: one_of(("", "receive", "return")) = ""  # type: ignore[valid-type]
    lift: Annotated[list[Line], Field(max_length=10)] = []


def _said(office: Office, party: str, body: Agree) -> tuple[Any, ...]:
    own = body.ramp if party.count("/") < 2 else None
    terms = terms_from_words(
        body.cap, own, body.closed, body.conditions, body.displacement, body.on_the_road, body.lift
    )
    words = [f"{service}={number}" for service, number in body.services.items()]
    agreed = agreement_from_words(
        office, party, body.first, body.last, body.notice, body.ramp, words, body.source
    )
    return (*agreed, terms)


def agree(office: Office, key: str, party: Party, body: Agree) -> Said:
    """Record the consent of a region, a city or a site to places."""
    who, agreement, capacity, terms = _said(office, party, body)
    return done(office.agree(who, agreement, capacity, terms=terms, idem=key))


def propose_agreement(office: Office, key: str, party: Party, body: Agree) -> Said:
    """Ask a region, a city or a site to agree; nothing counts until it does."""
    who, agreement, capacity, terms = _said(office, party, body)
    return done(office.propose_agreement(who, agreement, capacity, terms, idem=key))


def agree_as_in_pack(office: Office, key: str, region: RegionId) -> Said:
    """Record what the pack says a region and its sites agreed to, each once."""
    acts = office.agree_as_in_pack(region)
    return many(acts, {"agreed": [d.data.get("party") for d in acts if d.data.get("party")]})


class Decline(Body):
    """Why a party says no to what was asked of it."""

    why: one_of(agreeing.WHY_NOT)  # type: ignore[valid-type]


def decline_agreement(office: Office, key: str, party: Party, body: Decline) -> Said:
    """Say no to what was asked; what was agreed before stands."""
    return done(office.decline_agreement(_name(office, party), why=body.why, idem=key))


def agreements(office: Office, key: str, cursor: Cursor = "", limit: Limit = 1000) -> Said:
    """Every province, city and site with what it agreed to and how that stands today."""
    shown, more = page(
        office.agreements(), lambda row: (row["region"], row["party"].lower()), cursor, limit
    )
    return Said(shown, next=more)


def agreement(office: Office, key: str, party: Party) -> Said:
    """What is asked of a party, what it agreed to, and its pauses."""
    return Said(office.agreement(_name(office, party)))


def forecast(
    office: Office,
    key: str,
    party: Party,
    days: Annotated[int, Field(ge=1, le=62)] = 14,
    policy: Maybe[Policy] = None,
) -> Said:
    """The next days of a region, a city or a site: who may come, who is on the way, how full it gets."""
    seen = office.forecast(_name(office, party), days=days, policy=policy or "")
    return Said(seen, assumptions=seen["assumptions"])


def _name(office: Office, party: str) -> str:
    return party if "/" in party else str(office.pack.region_id(party))


class Withdraw(Body):
    """From when on, until when (a pause), and why; a household needs to say nothing."""

    first: Maybe[Day] = None
    last: Maybe[Day] = None
    why: one_of(("", *withdrawing.WHY)) = ""  # type: ignore[valid-type]


def withdraw(office: Office, key: str, what: PartyOrCase, body: Withdraw) -> Said:
    """Take a consent back, or let it rest; nobody loses a roof by it."""
    if what.startswith("H-"):
        return done(office.answer(what, "decline", idem=key))
    first = parse_day(body.first) if body.first else None
    last = parse_day(body.last) if body.last else None
    return done(
        office.withdraw(_name(office, what), first=first, last=last, why=body.why, idem=key)
    )


def preview_withdrawal(office: Office, key: str, party: Party, body: Withdraw) -> Said:
    """What a pause or a withdrawal would do: who waits again, who lives there; nothing is written."""
    return done(
        office.withdraw(
            _name(office, party), why=body.why, preview=True,
            first=parse_day(body.first) if body.first else None,
            last=parse_day(body.last) if body.last else None,
        )
    )  # fmt: skip


def resume(office: Office, key: str, party: Party) -> Said:
    """End a pause: people may come again from today on."""
    return done(office.resume(_name(office, party), idem=key))


class Update(Body):
    """What cannot be used, from when to when, and why; nothing: nothing has changed."""

    blocked: Counts = {}
    first: Maybe[Day] = None
    last: Maybe[Day] = None
    why: one_of(agreeing.WHY) = ""  # type: ignore[valid-type]


def update(office: Office, key: str, site: SiteId, body: Update) -> Said:
    """Block places for a while, or confirm that nothing has changed."""
    return done(
        office.update(
            site,
            blocked=body.blocked,
            first=parse_day(body.first) if body.first else None,
            last=parse_day(body.last) if body.last else None,
            why=body.why,
            idem=key,
        )
    )


def survey(
    office: Office,
    key: str,
    day: Maybe[Day] = None,
    nights: Annotated[int, Field(ge=1, le=366)] = 30,
) -> Said:
    """What can be given on a day, who waits, and what needs a look first."""
    situation = office.survey(parse_day(day) if day else None, nights)
    data, _, findings, assumptions = survey_answer(office, situation)
    return Said(data, findings, {}, assumptions)


def cases(
    office: Office,
    key: str,
    state: one_of(STATES),  # type: ignore[valid-type]
    cursor: Cursor = "",
    limit: Limit = 100,
) -> Said:
    """The cases in a state, longest first: code, persons, roof; no data about people."""

    def read(after: tuple[str, ...], most: int) -> list[dict[str, Any]]:
        since, case = (*after, "", "")[:2]
        return office.cases_in(state, after=(since, case), most=most)

    shown, more = page_read(read, lambda row: (str(row["since"]), str(row["case"])), cursor, limit)
    return Said(shown, next=more)


def overrides(office: Office, key: str) -> Said:
    """How often plans were overridden, and why; nobody is ranked."""
    tables = office.overrides()
    return Said([{"title": t.title, "rows": [list(row) for row in t.rows]} for t in tables])


def queues(office: Office, key: str) -> Said:
    """How much work waits, by state and by list; counts alone."""
    return Said(office.queues())


def lately(office: Office, key: str, nights: Annotated[int, Field(ge=0, le=62)] = 14) -> Said:
    """Who came and who moved in by the hour, over a day; who slept where on the last closed nights."""
    return Said(office.lately(nights))


def capacity(
    office: Office,
    key: str,
    day: Maybe[Day] = None,
    nights: Annotated[int, Field(ge=1, le=366)] = 30,
    cursor: Cursor = "",
    limit: Limit = 100,
) -> Said:
    """The capacity board: funded, in service, blocked, in use, held, allocable; how old each word is.

    A page of sites at a time, the stale ones first; ``together`` is of all of them, by service.
    """
    seen = office.capacity(parse_day(day) if day else None, nights)
    together = sums(seen["sites"])
    sites, more = page(
        seen["sites"], lambda row: (str(int(row["fresh"])), str(row["site"])), cursor, limit
    )
    seen |= {"sites": sites, "together": together, "sites_in_all": len(seen["sites"])}
    assumed = {
        f"{row['site']} {service}: {units['assumption']}"
        for row in seen["sites"]
        for service, units in row["services"].items()
        if units["assumption"]
    }
    return Said(seen, assumptions=sorted(assumed), next=more)


def capacity_sheet(
    office: Office,
    key: str,
    sheet: Annotated[str, Field(pattern="^(csv|xlsx|zip)$")],
    day: Maybe[Day] = None,
    nights: Annotated[int, Field(ge=1, le=366)] = 30,
) -> Response:
    """The capacity board as a file: CSV with an HXL row, a workbook, a data package."""
    from partage.report.sheets import capacity

    return as_file(capacity(office.capacity(parse_day(day) if day else None, nights)), sheet)


def survey_site(office: Office, key: str, site: SiteId) -> Said:
    """One site today, for its clerk: expected, arrived, free, nights to count."""
    seen = dict(office.survey_site(site))
    findings = seen.pop("findings")
    return Said(seen, findings)


def nights(office: Office, key: str, day: Day) -> Said:
    """Who was where at 04:00 after a day that is closed, what people counted, and who was looked for."""
    seen = office.night(parse_day(day))
    return Said(seen, seen.pop("findings"))


class Count(Body):
    """Persons counted, who counted, and of which night."""

    persons: Units
    by: one_of((*counting.BY, counting.RECOUNT)) = ""  # type: ignore[valid-type]
    night: Maybe[Day] = None
    rooms: Maybe[Units] = None


def count(office: Office, key: str, where: Spot, body: Count) -> Said:
    """Record what somebody counted; the book is checked against it."""
    night = parse_day(body.night) if body.night else None
    return done(
        office.count(where, body.persons, by=body.by, night=night, rooms=body.rooms, idem=key)
    )
