"""Each role's first page."""

from __future__ import annotations

from starlette.responses import RedirectResponse, Response

from partage.faces.pages.today import sees_all, today_of
from partage.faces.web.at import At
from partage.faces.web.table import look

MOST = 12  # remarks on the first page; all of them are on the page of exceptions


@look("", verb="")
def home(at: At) -> Response:
    """The way in: everybody starts at their own first page."""
    return RedirectResponse(f"/{at.lang}/today", 303)


@look("/today", verb="")
def today(at: At) -> Response:
    """Today, as the role at the desk needs it."""
    if sees_all(at.office):
        lately = at.office.lately(0)
        return at.page("today.html", today=today_of(at.office), lately=lately, most=MOST)
    if at.actor.role == "household" and at.actor.scope:
        return RedirectResponse(f"/{at.lang}/own", 303)
    if at.actor.role == "site" and at.may("survey", site=at.actor.scope):
        return RedirectResponse(f"/{at.lang}/site/{at.actor.scope}", 303)
    run = f"run/{at.actor.scope}"
    if at.actor.role == "escort" and at.office.journal.row("matters", run):
        return RedirectResponse(f"/{at.lang}/run/{at.actor.scope}", 303)
    return at.page("own.html", house=_house(at))


def _house(at: At) -> list[tuple[str, int, str]]:
    """What an administrator looks at first: accounts, what others wait for, deliveries that stopped."""
    if not at.may("user"):
        return []
    office = at.office
    active = [one for one in office.users() if one["state"] != "ended"]
    states = [one["state"] for one in office.hooks()]
    rows = [
        ("vouched", len(office.vouched()), "/users#vouched"),
        ("accounts", len(active), "/users"),
        ("not-begun", sum(not one["begun"] for one in active), "/users"),
        ("hooks", states.count("on"), "/webhooks"),
        ("hooks-stopped", states.count("stopped") + states.count("lost"), "/webhooks"),
        ("entries", office.journal.head()[0], "/record"),
    ]
    always = ("accounts", "hooks", "entries")
    return [row for row in rows if row[1] or row[0] in always]


@look("/lately", verb="survey")
def lately(at: At) -> Response:
    """Who came and who moved in by the hour, and who slept where on the last closed nights."""
    seen = at.office.lately()
    traced = at.may("trace", region=at.actor.scope)
    return at.page("lately.html", seen=seen, traced=traced)
