"""The brief of a closed night, and what its figures rest on."""

from __future__ import annotations

from typing import Annotated

from pydantic import StringConstraints

from partage.core.units import parse_day
from partage.faces.api.said import Said
from partage.faces.api.words import Day, Maybe
from partage.faces.pages.brief import brief_data
from partage.office.office import Office

To = Annotated[str, StringConstraints(pattern="^(federal|province|city)$")]
Scope = Annotated[str, StringConstraints(max_length=120, pattern="^[A-Za-z0-9/-]*$")]
Ref = Annotated[str, StringConstraints(max_length=200)]


def brief(
    office: Office, key: str, to: To = "federal", day: Maybe[Day] = None, scope: Scope = "",
    public: bool = False,
) -> Said:  # fmt: skip
    """The figures of a closed night for a reader, each with its reference."""
    made = office.brief(parse_day(day) if day else None, to=to, scope=scope)
    return Said(brief_data(made, public=public), assumptions=made.assumptions)


def trace(office: Office, key: str, ref: Ref) -> Said:
    """The entries of the journal, or the row of the pack, that a figure rests on."""
    return Said(office.trace(ref).as_dict())
