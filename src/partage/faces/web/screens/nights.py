"""The night: how many slept at a site, and the close of a day, with what it does said before."""

from __future__ import annotations

from starlette.responses import Response

from partage.core.errors import InputRefused
from partage.core.units import parse_day
from partage.faces.pages.nights import night_of
from partage.faces.web.at import At
from partage.faces.web.screens.board import after_site
from partage.faces.web.table import act, look

BY = {"site": "night-desk", "city": "city"}  # whose word a count is, by the role at the desk


@look("/nights", verb="close")
def nights(at: At) -> Response:
    """What closing the next day does, in numbers; the last night that was closed."""
    return at.page("nights.html", seen=night_of(at.office))


@act("/nights/close", verb="close")
def close(at: At) -> Response:
    """The day is over: who was where at 04:00 is written down for good."""
    done = at.office.close(parse_day(at.sent("day")), idem=at.key())
    return at.go("/nights", done="day-closed", said_=done)


@act("/site/{site:roof}/count", verb="count")
def count(at: At) -> Response:
    """How many people slept here: beside the book, which it does not change."""
    if not at.sent("persons"):
        raise InputRefused(at.t("form.not-a-number"), at.t("form.write-a-number"))
    done = at.office.count(
        at.path["site"], at.number("persons"), by=BY.get(at.actor.role, ""),
        night=parse_day(at.sent("night")) if at.sent("night") else None,
        rooms=at.number("rooms") if at.sent("rooms") else None, idem=at.key(),
    )  # fmt: skip
    return at.go(after_site(at), done="counted-night", said_=done)
