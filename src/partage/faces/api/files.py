"""What is taken away: lists as files; data about people as an encrypted archive, on a ground."""

from __future__ import annotations

from base64 import b64encode
from typing import Annotated

from fastapi import Response
from pydantic import Field

from partage.casework import privacy
from partage.core.units import parse_day
from partage.faces.api import words
from partage.faces.api.said import Said, as_file, done
from partage.faces.api.words import Body, Case, Day, Line, Maybe, SiteId, one_of
from partage.office.archives import MOST_CASES
from partage.office.office import Office
from partage.office.taken_away import SHEETS

Kind = Annotated[str, Field(pattern="^(csv|xlsx|zip)$")]


def list_sheet(
    office: Office, key: str, of: one_of(SHEETS), sheet: Kind, day: Maybe[Day] = None  # type: ignore[valid-type]
) -> Response:  # fmt: skip
    """A list as a file: agreements, answers of a day, nights of a closed one, overrides, last hours."""
    return as_file(office.sheet(of, parse_day(day) if day else None), sheet)


def plan_sheet(office: Office, key: str, plan: words.Plan, sheet: Kind) -> Response:
    """A plan line by line as a file; the look is logged with the plan."""
    return as_file(office.sheet(plan), sheet)


Stated = Annotated[Line, Field(min_length=1)]
Field_ = one_of(privacy.FIELDS)


class ToBeTold(Body):
    """Of whom (cases, or all at a site), to whom which fields are told, on what ground."""

    to: Stated
    fields: Annotated[list[Field_], Field(min_length=1, max_length=len(privacy.FIELDS))]  # type: ignore[valid-type]
    ground: one_of(privacy.GROUNDS)  # type: ignore[valid-type]
    instrument: Stated
    cases: Annotated[list[Case], Field(max_length=MOST_CASES)] = []
    site: Maybe[SiteId] = None


def archive(office: Office, key: str, body: ToBeTold) -> Said:
    """Data about households as an encrypted ZIP (base64), with its passphrase; each is logged as told."""
    made, file = office.archive(
        body.to, body.fields, ground=body.ground, instrument=body.instrument, cases=body.cases,
        site=body.site or "", idem=key,
    )  # fmt: skip
    if not file.content:
        return done(made)
    content = b64encode(file.content).decode()
    more = {"file": file.name, "passphrase": file.passphrase, "content": content}
    return done(made, data={**made.data, **more})
