"""Words of the contract: the shape of ids, days and texts in paths, queries and bodies.

A shape says what may be looked at at all; whether there is such a thing, and whether it may be done,
the office says. A closed list is written into the contract and checked by the office alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, TypeAlias, TypeVar

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    WithJsonSchema,
)
from pydantic.json_schema import SkipJsonSchema
from starlette.convertors import Convertor, register_url_convertor

_ID = "[0-9A-HJKMNP-TV-Z]{10}"
_PART = "[a-z0-9-]{1,80}"

T = TypeVar("T")


def _there(value: Any) -> Any:
    if value is None:
        raise ValueError("leave it out instead of null")
    return value


Maybe: TypeAlias = Annotated[T | SkipJsonSchema[None], BeforeValidator(_there)]  # or left out


def _id(letter: str, what: str) -> Any:
    pattern = f"^{letter}-{_ID}$"
    return Annotated[str, StringConstraints(pattern=pattern), Field(description=what)]


Case = _id("H", "A case.")
Group = _id("G", "A headcount.")
Plan = _id("P", "A plan.")
Draw = _id("D", "A public draw.")
Correction = _id("C", "A request for a correction.")
Review = _id("V", "A request for review.")
Roof = _id("U", "A roof for one night.")
StatementId = _id("S", "A statement of cost on record.")
Token = _id("T", "An access.")
Hook = _id("W", "A webhook.")
Run = Annotated[
    str,
    StringConstraints(pattern="^R-[0-9A-Z]{1,20}$"),
    Field(description="A run, with people on it."),
]
Ask = Annotated[
    str, StringConstraints(pattern="^A-[A-Za-z0-9-]{1,80}$"), Field(description="An ask.")
]
RegionId = Annotated[
    str,
    StringConstraints(pattern="^[A-Za-z]{2}(-[A-Za-z0-9]{1,3})?$"),
    Field(description="A region."),
]
SITE_ID = f"{_PART}/{_PART}/{_PART}"
SiteId = Annotated[str, StringConstraints(pattern=f"^{SITE_ID}$"), Field(description="A site.")]
Party = Annotated[
    str,
    StringConstraints(pattern=f"^[A-Za-z]{{2}}(-[A-Za-z0-9]{{1,3}})?(/{_PART}){{0,2}}$"),
    Field(description="A region, a city or a site."),
]
Spot = Annotated[
    str,
    StringConstraints(pattern=f"^{_PART}/{_PART}(/{_PART})?$"),
    Field(description="A site or an entry point."),
]
SiteOrRun = Annotated[
    str,
    StringConstraints(pattern=f"^(R-[0-9A-Z]{{1,20}}|{_PART}/{_PART}/{_PART})$"),
    Field(description="A run, or a site."),
]
PartyOrCase = Annotated[
    str,
    StringConstraints(pattern=f"^(H-{_ID}|[A-Za-z]{{2}}(-[A-Za-z0-9]{{1,3}})?(/{_PART}){{0,2}})$"),
    Field(description="A region, a city, a site; or a case."),
]
Day = Annotated[
    str,
    StringConstraints(pattern="^[0-9]{4}-[0-9]{2}-[0-9]{2}$"),
    WithJsonSchema({"type": "string", "format": "date"}),
]
Instant = Annotated[
    str,
    StringConstraints(min_length=1, max_length=40),
    WithJsonSchema({"type": "string", "format": "date-time"}),
]
Line = Annotated[str, StringConstraints(max_length=200)]  # a name, a document, a place
Prose = Annotated[str, StringConstraints(max_length=4000)]
Service = Annotated[str, StringConstraints(pattern=r"^[a-z]{1,20}(\.[a-z]{1,20})?$")]
Policy = Annotated[str, StringConstraints(pattern="^[A-Za-z0-9][A-Za-z0-9_.-]{0,79}$")]
Units = Annotated[int, Field(ge=0, le=1_000_000)]
CLOSED: dict[str, Any] = {"additionalProperties": False}  # no key of another shape
Counts = Annotated[dict[Service, Units], Field(json_schema_extra=CLOSED)]
Lang = Annotated[str, StringConstraints(pattern="^(en|fr)$")]
Cursor = Annotated[str, StringConstraints(max_length=400, pattern="^[A-Za-z0-9_-]*$")]
Limit = Annotated[int, Field(ge=1, le=1000)]
Lots = Annotated[
    str,
    StringConstraints(max_length=400, pattern="^[A-Za-z0-9, -]*$"),
    Field(description="A public draw, D-…, or the order of one: CA-NS,CA-NB."),
]


def one_of(words: Sequence[str]) -> Any:
    """A word of a closed list, as the contract shows it; the office refuses another."""
    schema: dict[str, Any] = {"type": "string", "enum": list(words)}
    return Annotated[str, StringConstraints(max_length=80), WithJsonSchema(schema)]


class Body(BaseModel):
    """A body: exactly these names, each of exactly its type."""

    model_config = ConfigDict(strict=True, extra="forbid")


class _Place(Convertor[str]):
    """Ids with slashes in a path, so that what is no id is at no address."""

    regex: str  # type: ignore[misc]

    def __init__(self, regex: str) -> None:
        self.regex = regex

    def convert(self, value: str) -> str:
        return value

    def to_string(self, value: str) -> str:
        return value


_SEGMENT = "[^/]+"
register_url_convertor("site", _Place(f"{_SEGMENT}/{_SEGMENT}/{_SEGMENT}"))
register_url_convertor("spot", _Place(f"{_SEGMENT}/{_SEGMENT}(?:/{_SEGMENT})?"))
register_url_convertor(
    "party", _Place(rf"[A-Za-z]{{2}}(?:-[A-Za-z0-9]{{1,3}})?(?:/{_SEGMENT}){{0,2}}")
)
register_url_convertor("where", _Place(rf"R-[^/]+|{_SEGMENT}/{_SEGMENT}/{_SEGMENT}"))
register_url_convertor(
    "what", _Place(rf"H-[^/]+|[A-Za-z]{{2}}(?:-[A-Za-z0-9]{{1,3}})?(?:/{_SEGMENT}){{0,2}}")
)
