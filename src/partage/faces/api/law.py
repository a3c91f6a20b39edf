"""The law of the border: eligibility. Facts come in the body, are asked once, and are kept nowhere."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints

from partage.core.units import parse_day
from partage.faces.api.said import Said
from partage.faces.api.words import CLOSED, Body, Day, Lang, Maybe
from partage.faces.pages.eligibility import eligibility_answer, text_of
from partage.office.office import Office
from partage.report.eligible import Language

MOST_TEXT = 200_000
FactId = Annotated[str, StringConstraints(pattern="^[a-z][a-z0-9_]{0,59}$")]
Word = Annotated[str, StringConstraints(pattern="^[a-z0-9][a-z0-9-]{0,39}$")]
Facts = Annotated[
    dict[FactId, bool | Word], Field(max_length=100, json_schema_extra=CLOSED)
]  # a day is a word: 2023-02-20


class Eligibility(Body):
    """What is known of one claimant and each relative; what is not known is left out."""

    facts: Facts = {}
    relatives: Annotated[list[Facts], Field(max_length=50)] = []
    entry: Maybe[Day] = None
    claim: Maybe[Day] = None
    decided: Maybe[Day] = None
    proposed: Annotated[
        str, StringConstraints(max_length=MOST_TEXT), Field(description="A proposed text, as TOML.")
    ] = ""


def eligibility(office: Office, key: str, body: Eligibility, lang: Maybe[Lang] = None) -> Said:
    """What the agreement and the Act say of stated facts; an officer decides, nothing is kept."""
    stated = {"entry": body.entry, "claim": body.claim, "decided": body.decided}
    days = {name: parse_day(day) if day else None for name, day in stated.items()}
    language: Language = "fr" if lang == "fr" else "en"
    text = text_of(office.pack, body.proposed.encode() if body.proposed else None)
    data, _, findings, assumed = eligibility_answer(
        text, {**body.facts, "relative": body.relatives}, days, language=language,
        today=office.clock.now().date(),
    )  # fmt: skip
    return Said(data, findings=findings, assumptions=assumed)
