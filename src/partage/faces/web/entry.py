"""Who comes to a page: the session behind the cookie, and the way to sign in for whoever has none."""

from __future__ import annotations

import ipaddress
from contextlib import closing
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from partage.core.errors import NotFound
from partage.office.gate import Gate
from partage.office.pace import Pace
from partage.office.permits import Actor
from partage.office.sessions import Rules, Session
from partage.office.tokens import NOBODY

COOKIE, BARE = "__Host-partage", "partage"  # the bare name on plain HTTP on this machine alone
FORM, BARE_FORM = "__Host-partage-form", "partage-form"


@dataclass(frozen=True, slots=True)
class Who:
    """Somebody who is signed in; ``csrf`` is the token that their forms must bring back."""

    actor: Actor
    name: str
    role: str
    scope: str
    csrf: str
    lang: str
    session: str  # its public id, as it is listed


def current(request: Request) -> Who | None:
    """Who is signed in; None for nobody, and for a session that is over or was ended."""
    secret = secret_of(request)
    if not secret:
        return None
    try:
        office = request.app.state.open(NOBODY)
    except NotFound:  # no journal yet, so no account either
        return None
    with closing(office.journal):
        session = Gate(office.journal, office.clock, rules_of(request)).known(secret)
    return None if session is None else who_of(session)


def require(request: Request) -> Who:
    """Who is signed in; else the browser is sent to sign in, and from there back to where it was."""
    who = current(request)
    if who is None:
        raise HTTPException(303, headers={"Location": to_sign_in(request)})
    return who


def to_sign_in(request: Request) -> str:
    """The address of the sign-in page, in the language of the page asked for, with the way back."""
    path = request.url.path
    lang = path[1:3] if path[:4] in ("/en", "/fr", "/en/", "/fr/") else ""
    if not lang:
        lang = "fr" if _wants_french(request) else "en"
    # what was sent by a form is not sent again by itself
    back = path if request.method == "GET" else ""
    back += f"?{request.url.query}" if back and request.url.query else ""
    return f"/{lang}/sign-in" + (f"?to={quote(back, safe='/')}" if back else "")


def who_of(session: Session) -> Who:
    """A session as the pages know it."""
    actor = session.actor
    return Who(
        actor, actor.name, actor.role, actor.scope, session.csrf, session.lang, session.id
    )  # fmt: skip


def rules_of(request: Request) -> Rules:
    """How long sessions live here."""
    rules: Rules = getattr(request.app.state, "rules", None) or Rules()
    return rules


def pace_of(request: Request) -> Pace:
    """How often somebody may try here; one count for the whole server."""
    pace: Pace | None = getattr(request.app.state, "pace", None)
    if pace is None:
        pace = request.app.state.pace = Pace()
    return pace


# -- cookies -------------------------------------------------------------------------------


def on_this_machine(request: Request) -> bool:
    """Whether the browser speaks plain HTTP to its own machine, where no cookie can be secure."""
    if request.url.scheme != "http":
        return False
    host = urlsplit(f"//{request.headers.get('host', '')}").hostname or ""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def secret_of(request: Request) -> str:
    """What the browser holds of its session."""
    return request.cookies.get(BARE if on_this_machine(request) else COOKIE, "")[:200]


def set_secret(request: Request, response: Response, secret: str) -> None:
    """The browser keeps a session: for this host alone, out of reach of scripts; "" takes it away."""
    set_cookie(request, response, BARE if on_this_machine(request) else COOKIE, secret)


def set_cookie(request: Request, response: Response, name: str, value: str) -> None:
    """A cookie of the way in; it ends with the browser."""
    response.set_cookie(
        name, value, max_age=None if value else 0, path="/", httponly=True, samesite="lax",
        secure=not on_this_machine(request),
    )  # fmt: skip


def _wants_french(request: Request) -> bool:
    wanted = request.headers.get("accept-language", "").lower().replace(" ", "").split(",")
    first = next((one for one in wanted if one[:2] in ("en", "fr")), "en")
    return first[:2] == "fr"
