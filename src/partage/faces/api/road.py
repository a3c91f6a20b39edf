"""The two consents and the road: offer, answer, board, depart, arrive, exit."""

from __future__ import annotations

from typing import Annotated

from fastapi import Response
from pydantic import Field

from partage.casework import leave as leaving
from partage.casework.board import Vehicle
from partage.casework.check_in import MARKS
from partage.core.units import instant, parse_day, parse_instant
from partage.faces.api.paging import page
from partage.faces.api.said import Said, done
from partage.faces.api.words import (
    CLOSED,
    SITE_ID,
    Body,
    Case,
    Cursor,
    Day,
    Instant,
    Lang,
    Limit,
    Line,
    Maybe,
    Plan,
    Prose,
    Run,
    SiteId,
    SiteOrRun,
    Units,
    one_of,
)
from partage.faces.pages.run_papers import file_name, paper_of
from partage.office.office import Office

Language = Annotated[str, Field(pattern="^([a-z]{2,3})?$")]
Cases = Annotated[list[Case], Field(max_length=1000)]
Outcome = one_of(("accept", "decline", "expire", "again"))


class Offer(Body):
    """Until when it lives, and whom the household can call."""

    until: Maybe[Instant] = None
    contact: Line = ""


def _until(body: Offer) -> str | None:
    return instant(parse_instant(body.until)) if body.until else None


def offer_plan(office: Office, key: str, plan: Plan, body: Offer) -> Said:
    """Offer every approved place of a plan, each with a fallback place held beside it."""
    return done(office.offer_plan(plan, until=_until(body), contact=body.contact, idem=key))


def offer(office: Office, key: str, case: Case, body: Offer) -> Said:
    """Offer one approved place, with a fallback place held beside it."""
    return done(office.offer(case, until=_until(body), contact=body.contact, idem=key))


def offer_text(office: Office, key: str, case: Case, language: Language = "") -> Said:
    """The offer that a case holds, as its household reads it."""
    return Said({"case": case, "text": office.offer_text(case, language)})


class Answer(Body):
    """What a household said; each adult is asked apart (0: each was)."""

    outcome: Outcome  # type: ignore[valid-type]
    adult: Annotated[int, Field(ge=0, le=1000)] = 0
    language: Language = ""
    interpreter: Line = ""


def answer(office: Office, key: str, case: Case, body: Answer) -> Said:
    """Record a household's answer; a decline costs no roof."""
    return done(
        office.answer(
            case, body.outcome, adult=body.adult, language=body.language,
            interpreter=body.interpreter, idem=key,
        )
    )  # fmt: skip


class Board(Body):
    """Vehicles as SEATS[:CHILD SEATS[:WHEELCHAIRS]], and when they are to leave."""

    vehicles: Annotated[list[Line], Field(min_length=1, max_length=20)]
    leaves: Instant


def board(office: Office, key: str, site: SiteId, body: Board) -> Said:
    """Fill vehicles with those bound for a site, households whole: a manifest each."""
    seats = [Vehicle.parse(word) for word in body.vehicles]
    return done(office.board(site, seats, instant(parse_instant(body.leaves)), idem=key))


class Change(Body):
    """Cases to add to a run and to take off it, before it leaves."""

    add: Cases = []
    remove: Cases = []


def runs(office: Office, key: str, cursor: Cursor = "", limit: Limit = 50) -> Said:
    """The runs that are loading or on the road, to any site."""
    listed, more = page(office.runs(), lambda row: (str(row["run"]),), cursor, limit)
    return Said(listed, next=more)


def change_manifest(office: Office, key: str, run: Run, body: Change) -> Said:
    """A new version of a manifest, which supersedes the last."""
    changed = office.change_manifest(run, add=body.add, remove=body.remove, idem=key)
    return done(changed, data=office.manifest(run))


def manifest(
    office: Office, key: str, run: Run, version: Annotated[int, Field(ge=0, le=1_000_000)] = 0
) -> Said:
    """The manifest of a run, or an earlier one: version, mark, a line per household by its code."""
    return Said(office.manifest(run, version))


def manifest_paper(
    office: Office,
    key: str,
    run: Run,
    sheet: Annotated[str, Field(pattern="^(manifest|driver|receiver)$")],
    lang: Maybe[Lang] = None,
    version: Annotated[int, Field(ge=0, le=1_000_000)] = 0,
) -> Response:
    """A paper of a run as PDF: the manifest, the driver's sheet without names, the receiver's sheet."""
    data = paper_of(office, run, sheet, lang or "en", version=version)
    return _pdf(data, file_name(run, sheet, lang or "en"))


def paper_form(office: Office, key: str, lang: Maybe[Lang] = None) -> Response:
    """The blank form of a manifest, for a day without power or network."""
    return _pdf(paper_of(office, "", "blank", lang or "en"), file_name("", "blank", lang or "en"))


def _pdf(data: bytes, name: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(data, headers=headers, media_type="application/pdf")


class CheckIn(Body):
    """What is called out at the door, and what is so."""

    code: Annotated[str, Field(min_length=4, max_length=14, pattern="^[0-9A-Za-z -]+$")]
    mark: one_of(MARKS)  # type: ignore[valid-type]


def check_in(office: Office, key: str, run: Run, body: CheckIn) -> Said:
    """At the door of a vehicle: a household is aboard, did not come, said no, or is expected again."""
    return done(office.check_in(run, body.code, body.mark, idem=key))


class Depart(Body):
    """Only these cases, who did not show up, who said no at the door; or how many persons were counted."""

    cases: Cases = []
    no_show: Cases = []
    declined: Cases = []
    counted: Maybe[Units] = None


def depart(office: Office, key: str, where: SiteOrRun, body: Depart) -> Said:
    """A run leaves: with its manifest, or for a site with those bound there or named."""
    return done(
        office.depart(
            where, only=body.cases, no_show=body.no_show, declined=body.declined,
            counted=body.counted, idem=key,
        )
    )  # fmt: skip


class Arrive(Body):
    """Who of a run is not there, and where they were seen; or who alone is there so far.

    ``partly``: persons seen of a household; ``site``: where the run really arrived.
    """

    seen_at_origin: Cases = []
    not_seen: Cases = []
    only: Cases = []
    partly: Annotated[dict[Case, Units], Field(max_length=1000, json_schema_extra=CLOSED)] = {}
    site: Annotated[str, Field(pattern=f"^({SITE_ID})?$")] = ""


def arrive(office: Office, key: str, run: Run, body: Arrive) -> Said:
    """Who arrived is hosted; who did not is accounted for."""
    return done(
        office.arrive(
            run, seen_at_origin=body.seen_at_origin, not_seen=body.not_seen, only=body.only,
            partly=body.partly, site=body.site, idem=key,
        )
    )  # fmt: skip


def arrive_at_fallback(office: Office, key: str, case: Case) -> Said:
    """A household that declined moves into the place that was kept for it."""
    return done(office.arrive_at_fallback(case, idem=key))


def found(office: Office, key: str, case: Case) -> Said:
    """A household that was not seen is seen again."""
    return done(office.found(case, idem=key))


class Late(Body):
    """Where they turned up."""

    site: SiteId


def arrive_late(office: Office, key: str, case: Case, body: Late) -> Said:
    """A household that was not seen, or came by itself, stays at a site, if there is room."""
    return done(office.arrive_late(case, body.site, idem=key))


class Exit(Body):
    """Where they go; an address only if they wish it to be kept."""

    to: one_of(leaving.WHERE)  # type: ignore[valid-type]
    address: Prose = ""
    consent: bool = False
    why: one_of(("", *leaving.WHY_CLOSED)) = ""  # type: ignore[valid-type]


def exit_(office: Office, key: str, case: Case, body: Exit) -> Said:
    """A household leaves."""
    return done(
        office.exit(
            case, body.to, address=body.address, consent=body.consent, why=body.why, idem=key
        )
    )


class Leaving(Body):
    """When they mean to leave, and where to."""

    to: one_of(leaving.WHERE)  # type: ignore[valid-type]
    on: Day


def plan_exit(office: Office, key: str, case: Case, body: Leaving) -> Said:
    """When a household means to leave; nobody leaves yet."""
    return done(office.plan_exit(case, body.to, parse_day(body.on), idem=key))
