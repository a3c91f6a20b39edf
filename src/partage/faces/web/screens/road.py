"""The road: who of a run is there."""

from __future__ import annotations

from starlette.responses import Response

from partage.faces.web.at import At
from partage.faces.web.table import act, look


@look("/run/{run}/arrivals", verb="arrive")
def desk(at: At) -> Response:
    """A run on the road: who is to arrive, to be ticked where they are not there."""
    seen = at.office.manifest(at.path["run"])
    return at.page("desk.html", seen=seen)


@act("/run/{run}/arrive", verb="arrive")
def arrive(at: At) -> Response:
    """Who is there is hosted; who is not is looked for, or is where they left from."""
    name = at.path["run"]
    missing = at.all_sent("not_seen")
    back = at.all_sent("seen_at_origin")
    done = at.office.arrive(name, not_seen=missing, seen_at_origin=back, idem=at.key())
    here = f"/site/{at.actor.scope}" if at.actor.role == "site" else "/today"
    return at.go(here, done="arrived", said_=done)
