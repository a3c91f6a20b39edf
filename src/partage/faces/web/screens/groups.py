"""A busload that was counted first: how many are not described yet, the next household, and its close."""

from __future__ import annotations

from typing import Any

from starlette.responses import Response

from partage.core.errors import NotFound, no_such
from partage.faces.web.at import At
from partage.faces.web.table import act, look


@look("/arrivals/group/{group}", verb="register")
def group(at: At) -> Response:
    """Who is left of a count, and what can be done: describe one more household, or say that is all."""
    return at.page("group.html", one=open_group(at, at.path["group"]))


def open_group(at: At, group: str) -> dict[str, Any]:
    """A group that is still counted, of this office; refused if there is none of that code."""
    one = next((row for row in at.office.cases_in("counted") if row["case"] == group), None)
    if one is None:
        raise NotFound(no_such("group", group), at.t("group.closed"))
    return one


@act("/arrivals/group/{group}/close", verb="register")
def close(at: At) -> Response:
    """No more details will come; who was never described is an alarm."""
    done = at.office.close_group(at.path["group"], idem=at.key())
    return at.go("/arrivals", done="group-closed", said_=done)
