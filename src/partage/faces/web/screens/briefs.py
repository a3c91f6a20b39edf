"""The brief of a closed night on a page: its figures, its plots from the server, what each rests on."""

from __future__ import annotations

from datetime import date, timedelta

from markupsafe import Markup
from starlette.responses import Response

from partage.core.errors import InputRefused, NotFound
from partage.core.units import operational_day, parse_day
from partage.faces.pages.brief import documents
from partage.faces.web.at import At
from partage.faces.web.table import look
from partage.report.brief import TO

OWN = {"region": "province", "city": "city"}
SHOWN = 14  # nights to choose from


@look("/brief", verb="brief")
def brief(at: At) -> Response:
    """The last closed night, or the one that is chosen, for one's own reader."""
    office, role = at.office, at.actor.role
    to = OWN.get(role, at.asked("to", "federal"))
    if to not in TO:
        raise InputRefused("A brief is to somebody else.", f"Use one of: {', '.join(TO)}.")
    scope = "" if role in OWN or to == "federal" else at.asked("scope")
    today = operational_day(office.clock.now(), office.pack.entry_points[0].zone)
    last = today - timedelta(days=1)
    night = parse_day(at.asked("night")) if at.asked("night") else last
    paper, why = None, ""
    try:
        made = office.brief(night, to=to, scope=scope)
        [paper] = documents(made, office.pack, at.lang).values()
    except NotFound as missing:
        if at.asked("night"):
            raise
        why = missing.what
    return at.page(
        "brief.html", paper=paper, why=why, night=night.isoformat(), nights=_nights(last), own=role in OWN,
        to=to, scope=scope, places=_places(at, to), drawn=_drawn, may_trace=at.may("trace"),
    )  # fmt: skip


@look("/trace", verb="trace")
def trace(at: At) -> Response:
    """What a figure rests on, by its reference."""
    ref = at.asked("ref")
    return at.page("trace.html", ref=ref, traced=at.office.trace(ref) if ref else None)


def _nights(last: date) -> list[tuple[str, str]]:
    return [
        (day.isoformat(), day.isoformat())
        for n in range(SHOWN)
        for day in [last - timedelta(days=n)]
    ]


def _places(at: At, to: str) -> list[tuple[str, str]]:
    """Whom a brief of that kind may be about."""
    french = at.lang == "fr"
    if to == "province":
        return [(str(r.id), r.name_fr if french else r.name_en) for r in at.office.pack.regions]
    if to == "city":
        return [(c.id, c.name_fr if french else c.name_en) for c in at.office.pack.cities]
    return []


def _drawn(svg: str) -> Markup:
    """A plot in the page: made by this server from numbers and escaped words, attributes only."""
    return Markup(svg)
