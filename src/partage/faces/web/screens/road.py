"""The road, as far as it needs no manifest: who leaves for a site, and who of a run is there."""

from __future__ import annotations

from typing import Any

from starlette.responses import Response

from partage.faces.web.at import At
from partage.faces.web.table import act, look


@look("/departures", verb="depart")
def departures(at: At) -> Response:
    """For each site, who has accepted a place there and has not left."""
    return at.page("departures.html", sites=_bound(at))


def _bound(at: At) -> dict[str, list[dict[str, Any]]]:
    sites: dict[str, list[dict[str, Any]]] = {}
    for row in at.office.cases_in("bound"):
        sites.setdefault(str(row["site"]), []).append(row)
    return dict(sorted(sites.items()))


@look("/departures/{site:roof}", verb="depart")
def departure(at: At) -> Response:
    """The page between: who leaves, in numbers, before it is done; who is not there is named."""
    site = at.path["site"]
    rows = _bound(at).get(site, [])
    persons = sum(int(row["persons"]) for row in rows)
    return at.page("departure.html", rows=rows, persons=persons, to=site)


@act("/departures/{site:roof}", verb="depart")
def depart(at: At) -> Response:
    """They leave; who did not come keeps the roof it has."""
    site = at.path["site"]
    done = at.office.depart(
        site, only=at.all_sent("case"), no_show=at.all_sent("no_show"), idem=at.key()
    )
    return at.go("/departures", done="departed", said_=done)


@look("/run/{run}", verb="arrive")
def run(at: At) -> Response:
    """A run on the road: who is to arrive, to be ticked where they are not there."""
    seen = at.office.manifest(at.path["run"])
    return at.page("run.html", seen=seen)


@act("/run/{run}/arrive", verb="arrive")
def arrive(at: At) -> Response:
    """Who is there is hosted; who is not is looked for, or is where they left from."""
    name = at.path["run"]
    missing = at.all_sent("not_seen")
    back = at.all_sent("seen_at_origin")
    done = at.office.arrive(name, not_seen=missing, seen_at_origin=back, idem=at.key())
    here = f"/site/{at.actor.scope}" if at.actor.role == "site" else "/today"
    return at.go(here, done="arrived", said_=done)
