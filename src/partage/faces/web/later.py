"""Forms that a page sends itself, perhaps long after they were filled in: answered as data, not as pages.

The page keeps what was written without a connection (``static/later.js``), sealed with a key that only the
same person in the same role is given, and only while signed in; each form has its idempotency key, so that
it is done once however often it is sent.
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from partage.core.errors import Refusal
from partage.faces.web import forms, voice
from partage.office.permits import PERMITS

if TYPE_CHECKING:
    from partage.faces.web.at import At

HEADER = "x-later"
VERBS = ("register", "depart", "arrive")  # what can be written down without a connection
PARTS = ("run", "arrivals")  # addresses below which pages open without one


def asked(request: Request) -> bool:
    """Whether a page sent this itself and reads the answer."""
    return request.headers.get(HEADER) == "1"


def is_for(role: str) -> bool:
    """Whether a role writes down anything that may be sent later."""
    return any(row.role == role and row.verb in VERBS for row in PERMITS)


def worker_for(path: str, root: str) -> str:
    """The worker that opens this page without a connection; "" where there is none."""
    part = next((part for part in PARTS if path.startswith(f"/{part}/")), "")
    return f"{root}/{part}/worker.js" if part else ""


def key_of(at: At) -> dict[str, str]:
    """Who is here, without their name, and the key by which what they wrote is sealed on their device."""
    assert at.who is not None
    name = f"{at.actor.name}:{at.actor.role}@{at.actor.scope}"
    blind = at.office.journal.blind
    return {
        "who": blind(f"later who {name}")[:32],
        "key": sha256(blind(f"later key {name}").encode()).hexdigest(),
        "csrf": at.who.csrf,
    }


def signed_out() -> Response:
    """Nobody is signed in, or no longer in this session: what was written stays where it is."""
    return JSONResponse({"ok": False}, 401)


def told(response: Response) -> Response:
    """What a page answered, as data."""
    if isinstance(response, JSONResponse):
        return response
    if 300 <= response.status_code < 400:
        return JSONResponse({"ok": True, "to": response.headers["location"]})
    return JSONResponse({"ok": response.status_code < 400, "to": ""}, response.status_code)


def refused(at: At, refusal: Refusal) -> Response:
    """A refusal in the words of the page."""
    if isinstance(refusal, forms.NotOurs):
        return signed_out()
    said: dict[str, Any] = {"ok": False}
    said["title"] = refusal.title_fr if at.lang == "fr" else refusal.title_en
    for part, text in (("what", refusal.what), ("do", refusal.do)):
        said[part] = voice.said(text, at.t, str, at.office.pack.entry_points[0].zone)[0]
    return JSONResponse(said, refusal.http_status)
