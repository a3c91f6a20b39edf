"""What is taken away: lists as files."""

from __future__ import annotations

from typing import Annotated

from fastapi import Response
from pydantic import Field

from partage.core.units import parse_day
from partage.faces.api import words
from partage.faces.api.said import as_file
from partage.faces.api.words import Day, Maybe, one_of
from partage.office.office import Office
from partage.office.taken_away import SHEETS

Kind = Annotated[str, Field(pattern="^(csv|xlsx|zip)$")]


def list_sheet(
    office: Office, key: str, of: one_of(SHEETS), sheet: Kind, day: Maybe[Day] = None  # type: ignore[valid-type]
) -> Response:  # fmt: skip
    """A list as a file: agreements, offers and answers of a day, nights of a closed one, overrides."""
    return as_file(office.sheet(of, parse_day(day) if day else None), sheet)


def plan_sheet(office: Office, key: str, plan: words.Plan, sheet: Kind) -> Response:
    """A plan line by line as a file; the look is logged with the plan."""
    return as_file(office.sheet(plan), sheet)
