"""What a page asks before it sends what was written without a connection."""

from __future__ import annotations

from starlette.responses import JSONResponse, Response

from partage.faces.web.at import At
from partage.faces.web.later import key_of
from partage.faces.web.table import look


@look("/later", verb="register|depart|arrive")
def later(at: At) -> Response:
    """Whether there is a connection and a session, and the key of whoever is here; nobody's data."""
    return JSONResponse(key_of(at))
