"""The page at ``/``: what this is and the way in, in both languages side by side."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from partage.faces.web.render import environment
from partage.faces.web.words import Words


def landing(request: Request) -> Response:
    """The same page for everybody; each language offers itself."""
    words = {lang: Words(lang) for lang in ("en", "fr")}
    text = environment().get_template("landing.html").render(words=words)
    return HTMLResponse(text, headers={"Content-Language": "en, fr"})
