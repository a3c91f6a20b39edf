"""Taking people in: register, correct, duplicate."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Depends, Request, Response
from pydantic import Field

from partage.casework import correct as correcting
from partage.casework import duplicate as duplicating
from partage.core.household import MODES
from partage.faces.api.paging import page
from partage.faces.api.said import Said, done
from partage.faces.api.words import (
    SITE_ID,
    Body,
    Case,
    Cursor,
    Group,
    Limit,
    Line,
    Prose,
    Units,
    one_of,
)
from partage.office.office import Office


async def _file(request: Request) -> bytes:
    return await request.body()


File = Annotated[bytes, Depends(_file)]
OptionalGroup = Annotated[str, Field(pattern="^(G-[0-9A-HJKMNP-TV-Z]{10})?$")]
Kind = Annotated[str, Field(pattern="^(csv|xlsx|json)$")]
MEDIA = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/schema+json",
}


def register(office: Office, key: str, file: File, group: OptionalGroup = "") -> Said:
    """Take in the households of an arrivals file: CSV, .xlsx or JSON, looked at by its content."""
    return done(office.register(file, group=group, idem=key))


def preview(office: Office, key: str, file: File) -> Said:
    """What taking a file in would do; nothing is written."""
    return done(office.preview(file))


class Headcount(Body):
    """A busload, counted before anybody is described; ``site``: strangers who turned up there."""

    persons: Units
    entry_point: Line = ""
    mode: one_of(MODES) = "between-ports"  # type: ignore[valid-type]
    synthetic: bool = False
    site: Annotated[str, Field(pattern=f"^({SITE_ID})?$")] = ""


def headcount(office: Office, key: str, body: Headcount) -> Said:
    """Count a busload first."""
    return done(
        office.headcount(
            body.persons, body.entry_point, mode=body.mode, synthetic=body.synthetic,
            site=body.site, idem=key,
        )
    )  # fmt: skip


def close_group(office: Office, key: str, group: Group) -> Said:
    """No more details of a headcount will come."""
    return done(office.close_group(group, idem=key))


def template(office: Office, key: str, kind: Kind) -> Response:
    """A template of the arrivals file, to be filled in."""
    from partage.intake.template import TEMPLATES

    return Response(
        TEMPLATES[f".{kind}"](office.pack),
        headers={"Content-Disposition": f'attachment; filename="arrivals.{kind}"'},
        media_type=MEDIA[kind],
    )


class Correct(Body):
    """Columns of the arrivals file with their new values, and why."""

    changes: Annotated[dict[Line, Prose], Field(min_length=1, max_length=40)]
    why: one_of(correcting.WHY)  # type: ignore[valid-type]


def correct(office: Office, key: str, case: Case, body: Correct) -> Said:
    """Correct what is known of a household; a decision that rested on it is opened again."""
    return done(office.correct(case, body.changes, why=body.why, idem=key))


def pairs(office: Office, key: str, cursor: Cursor = "", limit: Limit = 100) -> Said:
    """Cases that look like one household, until somebody says what they are; by their codes alone."""
    shown, more = page(office.pairs(), lambda row: (row["on"], *row["cases"]), cursor, limit)
    return Said(shown, next=more)


def side_by_side(office: Office, key: str, kept: Case, other: Case) -> Said:
    """In what two cases differ, by the names of the cells."""
    rows: list[Any] = list(office.side_by_side(kept, other))
    differ = [name for name, a, b in rows if a != b]
    return Said({"kept": kept, "other": other, "differ": differ})


class Duplicate(Body):
    """Whether two cases are one household."""

    answer: one_of(duplicating.ANSWERS)  # type: ignore[valid-type]


def duplicate(office: Office, key: str, kept: Case, other: Case, body: Duplicate) -> Said:
    """Say whether two cases are one household; only people say so."""
    return done(office.duplicate(kept, other, body.answer, idem=key))
