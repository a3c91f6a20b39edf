"""The record: close, review, ask, appoint, export, disclose, erase, token."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from partage.casework import ask as asking
from partage.casework import privacy
from partage.casework import review as reviewing
from partage.casework import roof as roofs
from partage.core.errors import NotFound, no_such
from partage.core.units import parse_day
from partage.faces.api import words
from partage.faces.api.paging import page
from partage.faces.api.said import Said, done
from partage.faces.api.words import Body, Case, Cursor, Day, Limit, Line, Maybe, Prose, one_of
from partage.office.office import Office
from partage.office.permits import ROLES

Stated = Annotated[Line, Field(min_length=1)]
Field_ = one_of(privacy.FIELDS)


class Close(Body):
    """The day to close; left out: the last one."""

    day: Maybe[Day] = None


def close(office: Office, key: str, body: Close) -> Said:
    """Close an operational day: who was where at 04:00, what is open, and the anchor of the day."""
    return done(office.close(parse_day(body.day) if body.day else None, idem=key))


class Request(Body):
    """Why they ask for another look, and their words."""

    ground: one_of(reviewing.GROUND)  # type: ignore[valid-type]
    note: Prose = ""


def request_review(office: Office, key: str, case: Case, body: Request) -> Said:
    """Ask for another look at a decision; nothing is taken away meanwhile."""
    return done(office.request_review(case, body.ground, note=body.note, idem=key))


class Outcome(Body):
    """What came of a request, and why."""

    outcome: one_of(reviewing.OUTCOMES)  # type: ignore[valid-type]
    note: Prose = ""


def answer_review(office: Office, key: str, review: words.Review, body: Outcome) -> Said:
    """Answer a request, as somebody who took no part in what is contested."""
    return done(office.answer_review(review, body.outcome, note=body.note, idem=key))


def preview_review(office: Office, key: str, review: words.Review) -> Said:
    """Where the household would go now, and who would be placed otherwise; nothing is written."""
    return Said(office.preview_review(review))


class RoofOutcome(Body):
    """What a second person says of a roof given on one word."""

    outcome: one_of(roofs.OUTCOMES)  # type: ignore[valid-type]


def all_roofs(office: Office, key: str, cursor: Cursor = "", limit: Limit = 100) -> Said:
    """Roofs that wait for a second person, the oldest night first, then the last looked at."""
    states = ("open", *roofs.OUTCOMES)
    shown, more = page(
        office.roofs(),
        lambda row: (str(states.index(row["state"])), row["night"], row["roof"]),
        cursor,
        limit,
    )
    return Said(shown, next=more)


def review_roof(office: Office, key: str, roof: words.Roof, body: RoofOutcome) -> Said:
    """Look, as a second person, at a roof that somebody gave for a night."""
    return done(office.review_roof(roof, body.outcome, idem=key))


class Asked(Body):
    """Who asks what of whom, and where it stands written."""

    by: Stated
    to: Stated
    what: Stated
    text: Annotated[Prose, Field(min_length=1)]
    source: Stated
    on: Maybe[Day] = None


def _day(text: str | None) -> Any:
    return parse_day(text) if text else None


def ask(office: Office, key: str, body: Asked) -> Said:
    """Record what one government asked of another."""
    return done(
        office.ask(
            body.by, body.to, body.what, text=body.text, source=body.source, on=_day(body.on),
            idem=key,
        )
    )  # fmt: skip


class Answered(Body):
    """What was answered, in which words; a promise has a day."""

    answer: one_of(asking.ANSWERS)  # type: ignore[valid-type]
    source: Stated
    said: Prose = ""
    promise: Prose = ""
    until: Maybe[Day] = None
    on: Maybe[Day] = None


def answer_ask(office: Office, key: str, ask: words.Ask, body: Answered) -> Said:
    """Record what was answered, and what was promised by when."""
    return done(
        office.answer_ask(
            ask, body.answer, source=body.source, promise=body.promise, until=_day(body.until),
            on=_day(body.on), said=body.said, idem=key,
        )
    )  # fmt: skip


class Kept(Body):
    """Whether what was promised was done; ``which`` answer it stood in (0: the one due first)."""

    kept: one_of(("yes", "partly", "no"))  # type: ignore[valid-type]
    source: Stated
    which: Annotated[int, Field(ge=0, le=1000)] = 0
    on: Maybe[Day] = None


def keep_ask(office: Office, key: str, ask: words.Ask, body: Kept) -> Said:
    """Record whether a promise was kept."""
    return done(
        office.keep_ask(
            ask, body.kept, source=body.source, on=_day(body.on), which=body.which, idem=key
        )
    )


def asks_of_pack(office: Office, key: str) -> Said:
    """Record the asks that the pack carries, each once."""
    made = office.asks_of_pack()
    return Said({"recorded": len(made)}, wrote=any(one.entries for one in made))


def asks(office: Office, key: str, cursor: Cursor = "", limit: Limit = 100) -> Said:
    """Every ask with what became of it, by its number."""
    known = office.asks()
    shown, more = page(list(known), lambda number: (number,), cursor, limit)
    return Said({number: known[number] for number in shown}, next=more)


def one_ask(office: Office, key: str, ask: words.Ask) -> Said:
    """One ask with every answer to it, what was promised and what was kept."""
    known = office.asks()
    if ask not in known:
        raise NotFound(no_such("ask", ask), "See '/v1/ask' for all of them.")
    return Said({ask: known[ask]})


class Appoint(Body):
    """Who acts in a role, from when to when, at which hours, over what, by which instrument."""

    name: Stated
    role: one_of(ROLES)  # type: ignore[valid-type]
    first: Day
    last: Day
    instrument: Stated
    hours: Annotated[str, Field(pattern="^([0-2][0-9]:[0-5][0-9]-[0-2][0-9]:[0-5][0-9])?$")] = ""
    deputy_for: Line = ""
    scopes: Annotated[list[Line], Field(max_length=100)] = []


def appoint(office: Office, key: str, body: Appoint) -> Said:
    """Say who acts in a role; from then on nobody else does."""
    return done(
        office.appoint(
            body.name, body.role, first=parse_day(body.first), last=parse_day(body.last),
            hours=body.hours, deputy_for=body.deputy_for, instrument=body.instrument,
            scopes=body.scopes, idem=key,
        )
    )  # fmt: skip


def preview_appointment(office: Office, key: str, body: Appoint) -> Said:
    """Who could not act in the role any more, were this said; nothing is written."""
    return done(
        office.appoint(
            body.name, body.role, first=parse_day(body.first), last=parse_day(body.last),
            hours=body.hours, deputy_for=body.deputy_for, instrument=body.instrument,
            scopes=body.scopes, preview=True,
        )
    )  # fmt: skip


def appointments(office: Office, key: str, cursor: Cursor = "", limit: Limit = 100) -> Said:
    """Every appointment, by role and name, with what stands against acting by it now."""
    shown, more = page(
        office.appointments(), lambda row: (str(row["role"]), str(row["name"])), cursor, limit
    )
    return Said(shown, next=more)


class EndAppointment(Body):
    """Who no longer acts in a role."""

    name: Stated
    role: one_of(ROLES)  # type: ignore[valid-type]


def end_appointment(office: Office, key: str, body: EndAppointment) -> Said:
    """A person no longer acts in a role."""
    return done(office.end_appointment(body.name, body.role, idem=key))


def export(
    office: Office, key: str, case: Case, adult: Annotated[int, Field(ge=0, le=1000)] = 0
) -> Said:
    """Everything the office has on a household, for it or for one adult of it; the look is logged."""
    return Said(office.export(case, adult=adult))


def provenance(office: Office, key: str, plan: words.Plan) -> Said:
    """Where a plan comes from, as PROV-JSON."""
    return Said(office.provenance(plan))


class Disclose(Body):
    """To whom what was told, on what ground."""

    to: Stated
    fields: Annotated[list[Field_], Field(min_length=1, max_length=10)]  # type: ignore[valid-type]
    ground: one_of(privacy.GROUNDS)  # type: ignore[valid-type]
    instrument: Stated


def disclose(office: Office, key: str, case: Case, body: Disclose) -> Said:
    """Write down that data about a household were told to somebody, on what ground."""
    return done(
        office.disclose(
            case, body.to, body.fields, ground=body.ground, instrument=body.instrument, idem=key
        )
    )


class Erase(Body):
    """Before its date: the paper on which the household asks for it."""

    consent: Line = ""


def erase(office: Office, key: str, case: Case, body: Erase) -> Said:
    """Erase what is known of a household once it may be; the record stays whole."""
    return done(office.erase(case, consent=body.consent, idem=key))


class Hold(Body):
    """Why data are held whatever their date, or no longer."""

    why: one_of(privacy.HOLDS)  # type: ignore[valid-type]
    release: bool = False


def hold(office: Office, key: str, case: Case, body: Hold) -> Said:
    """Hold data, or release them."""
    return done(office.hold_data(case, body.why, release=body.release, idem=key))


def disposal(office: Office, key: str, cursor: Cursor = "", limit: Limit = 100) -> Said:
    """Households that left, with the first day on which their data may be erased."""
    queue = office.due_for_disposal()
    shown, more = page(queue, lambda row: (str(row["earliest"]), str(row["case"])), cursor, limit)
    return Said(shown, next=more)


class Grant(Body):
    """Whose access, in which role, over what, and the last day on which it opens."""

    name: Stated
    role: one_of(ROLES)  # type: ignore[valid-type]
    scope: Line = ""
    until: Day


def grant_token(office: Office, key: str, body: Grant) -> Said:
    """Give an access; its secret is in the first answer and nowhere else."""
    who = f"{body.name}:{body.role}" + (f"@{body.scope}" if body.scope else "")
    made, secret = office.grant_token(who, parse_day(body.until), idem=key)
    return done(made, data={**made.data, **({"secret": secret} if secret else {})})


def end_token(office: Office, key: str, token: words.Token) -> Said:
    """An access ends at once."""
    return done(office.end_token(token, idem=key))


def tokens(office: Office, key: str, cursor: Cursor = "", limit: Limit = 100) -> Said:
    """Every access: whose, in which role, until when, and whether it has ended."""
    shown, more = page(office.tokens(), lambda row: (str(row["token"]),), cursor, limit)
    return Said(shown, next=more)
