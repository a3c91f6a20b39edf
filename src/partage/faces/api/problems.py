"""Refusals as problem+json (RFC 9457): the one table of kinds, statuses and titles, in both languages."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from fastapi import Response

from partage.core.errors import InputRefused, LotsRequired, NotFound, Refusal
from partage.office.gate import NotRecognised, TooMany
from partage.report.french import refusal_in_french

MEDIA = "application/problem+json"
_RANGE = re.compile(r"^\s*(\*|[A-Za-z]{1,8})[A-Za-z0-9-]*\s*(?:;\s*q=([01](?:\.\d{0,3})?))?\s*\Z")


class NotSignedIn(Refusal):
    """It is not known who comes."""

    kind, http_status = "NotSignedIn", 401
    title_en = "It is not known who comes"
    title_fr = "On ne sait pas qui se présente"


class Unreadable(Refusal):
    """The request itself is off: a header or the form of the body."""

    kind, http_status = "Unreadable", 400
    title_en = "The request cannot be read"
    title_fr = "La requête ne peut être lue"


class NotThisWay(Refusal):
    """The thing is there, but not with this method."""

    kind, http_status = "NotThisWay", 405
    title_en = "Not with this method"
    title_fr = "Pas avec cette méthode"


class Moved(Refusal):
    """What ``If-Match`` names is no longer the version that stands; ``changed`` says what happened."""

    kind, http_status = "Moved", 412
    title_en = "It has changed since you read it"
    title_fr = "Cela a changé depuis votre lecture"

    def __init__(self, what: str, do: str, changed: Sequence[Mapping[str, Any]]) -> None:
        super().__init__(what, do)
        self.changed = list(changed)


class KeyUsed(Refusal):
    """An ``Idempotency-Key`` came before with another request."""

    kind, http_status = "KeyUsed", 422
    title_en = "This key was used for another request"
    title_fr = "Cette clé a servi à une autre requête"


class TooLarge(Refusal):
    """More was sent than is read."""

    kind, http_status = "TooLarge", 413
    title_en = "More was sent than is read"
    title_fr = "L’envoi dépasse ce qui est lu"


class Broken(Refusal):
    """A fault of the programme: nobody's data in it."""

    kind, http_status = "Broken", 500
    title_en = "A fault of the programme"
    title_fr = "Une faute du programme"


HERE: tuple[type[Refusal], ...] = (
    NotSignedIn, Unreadable, NotThisWay, Moved, KeyUsed, TooLarge, Broken, NotRecognised, TooMany,
)  # fmt: skip
OF_STATUS: Mapping[int, tuple[type[Refusal], str, str]] = {
    400: (Unreadable, "The body is not what it says it is.", "Send JSON in UTF-8."),
    404: (NotFound, "There is nothing at this address.", "See /openapi.json for all there is."),
    405: (NotThisWay, "This address takes another method.", "See the header Allow."),
}


def language_of(accept: str) -> str:
    """``fr`` where the header wants French more than English, else ``en``."""
    wanted = {"en": 0.0, "fr": 0.0, "*": 0.0}
    for part in accept.split(",")[:50]:
        found = _RANGE.match(part)
        if found and found[1].lower() in wanted:
            wanted[found[1].lower()] = max(wanted[found[1].lower()], float(found[2] or 1))
    return "fr" if wanted["fr"] > wanted["en"] else "en"


def problem(
    refusal: Refusal,
    accept: str = "",
    *,
    errors: Sequence[Mapping[str, str]] = (),
    headers: Mapping[str, str] | None = None,
) -> Response:
    """A refusal as an answer, in the reader's language."""
    language, what, do = language_of(accept), refusal.what, refusal.do
    if language == "fr":
        what, do = refusal_in_french(refusal)
    said: dict[str, Any] = {
        "type": f"urn:partage:refusal:{refusal.kind}",
        "title": refusal.title_fr if language == "fr" else refusal.title_en,
        "status": refusal.http_status,
        "detail": what,
        "do": do,
        "kind": refusal.kind,
    }
    if errors:
        said["errors"] = list(errors)
    if isinstance(refusal, Moved):
        said["changed"] = refusal.changed
    if isinstance(refusal, LotsRequired) and refusal.tied:
        said["tied"] = list(refusal.tied)
    more = dict(headers or {})
    if isinstance(refusal, NotSignedIn):
        more["WWW-Authenticate"] = 'Bearer realm="partage"'
    if isinstance(refusal, TooMany):
        more["Retry-After"] = str(refusal.wait)
    return Response(
        json.dumps(said, ensure_ascii=False),
        refusal.http_status,
        {"Content-Language": language, "Vary": "Accept-Language", **more},
        MEDIA,
    )


def not_valid(found: Sequence[Mapping[str, Any]]) -> tuple[Refusal, list[dict[str, str]]]:
    """What does not fit the contract, place by place; what was sent is not repeated."""
    errors = [{"where": _where(one), "what": _what(one)} for one in found[:50]]
    kind: type[Refusal] = InputRefused
    if any(one["type"] == "json_invalid" or one["loc"][:1] == ("header",) for one in found):
        kind = Unreadable
    what = f"{len(found)} part(s) of the request do not fit the contract: {errors[0]['where']}."
    return kind(what, "See 'errors' here, and /openapi.json for what fits."), errors


def _what(one: Mapping[str, Any]) -> str:
    if tuple(one["loc"]) == ("body",):
        return "Send a JSON object, with Content-Type: application/json"
    return str(one["msg"])[:200]


def _where(one: Mapping[str, Any]) -> str:
    """Where it is, in names of the contract; a name that only the sender knows is left out."""
    loc = one["loc"][:-1] if one["type"] in ("extra_forbidden", "json_invalid") else one["loc"]
    return "/".join(str(part)[:60] for n, part in enumerate(loc) if n < 2 or isinstance(part, int))


class Problem:
    """What the contract says of every refusal (the schema of ``application/problem+json``)."""

    SCHEMA: ClassVar[dict[str, Any]] = {
        "type": "object",
        "description": "A refusal, RFC 9457. `kind` is that of the command line's envelope.",
        "required": ["type", "title", "status", "detail", "do", "kind"],
        "properties": {
            "type": {"type": "string"},
            "title": {"type": "string", "description": "English or French, by Accept-Language."},
            "status": {"type": "integer"},
            "detail": {"type": "string", "description": "What is wrong, and where."},
            "do": {"type": "string", "description": "What to do next."},
            "kind": {"type": "string"},
            "errors": {
                "type": "array",
                "items": {
                    "type": "object",
                    "required": ["where", "what"],
                    "properties": {"where": {"type": "string"}, "what": {"type": "string"}},
                },
            },
            "changed": {
                "type": "array",
                "description": "Of 412: what was written about it since the version you named.",
                "items": {"type": "object"},
            },
            "tied": {"type": "array", "items": {"type": "string"}},
        },
    }
