"""Each role's first page."""

from __future__ import annotations

from starlette.responses import RedirectResponse, Response

from partage.faces.pages.today import sees_all, today_of
from partage.faces.web.at import At
from partage.faces.web.table import look


@look("", verb="")
def home(at: At) -> Response:
    """The way in: everybody starts at their own first page."""
    return RedirectResponse(f"/{at.lang}/today", 303)


@look("/today", verb="")
def today(at: At) -> Response:
    """Today, as the role at the desk needs it."""
    if sees_all(at.office):
        return at.page("today.html", today=today_of(at.office))
    if at.actor.role == "household" and at.actor.scope:
        return RedirectResponse(f"/{at.lang}/own", 303)
    if at.actor.role == "site" and at.may("survey", site=at.actor.scope):
        return RedirectResponse(f"/{at.lang}/site/{at.actor.scope}", 303)
    run = f"run/{at.actor.scope}"
    if at.actor.role == "escort" and at.office.journal.row("matters", run):
        return RedirectResponse(f"/{at.lang}/run/{at.actor.scope}", 303)
    return at.page("own.html", vouched=len(at.office.vouched()) if at.may("user") else 0)
