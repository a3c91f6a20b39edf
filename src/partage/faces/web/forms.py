"""Forms come from a page of this office, shown to this browser: where it comes from, and a token.

Three checks, each enough against most forgeries, all needed: ``Sec-Fetch-Site`` and ``Origin`` say which
page sent it (browsers set them, no page can); the token is that of the session on the server, or, before
there is one, a keyed digest of a cookie of its own. Cookies are never read by another host (``__Host-``).
"""

from __future__ import annotations

import hmac
import secrets
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import Response

from partage.core.errors import NotPermitted
from partage.faces.web.entry import BARE_FORM, FORM, on_this_machine, set_cookie
from partage.office.ports import Journal

FIELD = "csrf"
SAFE = ("GET", "HEAD")


class NotOurs(NotPermitted):
    """A form that did not come from a page of this office, or not from this session."""

    kind = "NotOurs"
    title_en = "This form did not come from here"
    title_fr = "Ce formulaire ne vient pas d’ici"


def check_form(request: Request, token: str, expected: str) -> None:
    """Refuse what another site sent, and a form without the token of this session; ``NotOurs``."""
    if request.method in SAFE:
        return
    if not from_here(request):
        raise NotOurs("This form was sent by a page of another site.", "Open the page here.")
    sent, mine = token.encode("utf-8", "surrogatepass"), expected.encode()
    if not expected or not hmac.compare_digest(sent, mine):
        raise NotOurs(
            "This form is of another session, or of none.", "Load the page again and send it anew."
        )


def from_here(request: Request) -> bool:
    """Whether the page that sent a request is of this office, as far as the browser says."""
    site = request.headers.get("sec-fetch-site")
    if site is not None and site != "same-origin":
        return False
    origin = request.headers.get("origin")
    if origin is None:
        return True  # an old browser; the token decides
    known = getattr(request.app.state, "origin", "") or ""
    if known:
        return origin == known
    return urlsplit(origin).netloc == request.headers.get("host", "")


def form_cookie(request: Request) -> str:
    """The cookie by which a form is known before there is a session."""
    name = BARE_FORM if on_this_machine(request) else FORM
    return request.cookies.get(name, "")[:100]


def new_form(request: Request, response: Response, journal: Journal, fresh: str) -> None:
    """Give the browser the cookie of a form."""
    if fresh:
        set_cookie(request, response, BARE_FORM if on_this_machine(request) else FORM, fresh)


def fresh_cookie() -> str:
    """A cookie for a form."""
    return secrets.token_urlsafe(24)


def token_of(journal: Journal, cookie: str) -> str:
    """The token that belongs to a cookie: nobody makes it without the key of this office."""
    return journal.blind(f"form {cookie}") if cookie else ""
