"""Transport: who is bound where, the runs there are, vehicles filled, and a manifest with its versions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from starlette.responses import Response

from partage.casework.board import Vehicle
from partage.core.errors import InputRefused
from partage.core.findings import Finding
from partage.core.units import instant
from partage.faces.pages.run_papers import file_name, paper_of
from partage.faces.web.at import At
from partage.faces.web.table import act, look
from partage.office.permits import PERMITS

VEHICLES = 4  # that one form fills
PARTS = ("seats", "child", "wheelchair")


@look("/departures", verb="depart")
def departures(at: At) -> Response:
    """The runs that are loading or on the road, and for each site who is bound and on no vehicle."""
    runs = at.office.runs()
    sites: dict[str, list[dict[str, Any]]] = {}
    for row in _bound(at, runs):
        sites.setdefault(str(row["site"]), []).append(row)
    return at.page("departures.html", sites=dict(sorted(sites.items())), runs=runs)


def _bound(at: At, runs: Sequence[Mapping[str, Any]], site: str = "") -> list[dict[str, Any]]:
    """Who has accepted a place, has not left and is on no manifest."""
    listed = {case for run in runs if run["state"] == "boarding" for case in run["cases"]}
    rows = at.office.cases_in("bound")
    return [r for r in rows if r["case"] not in listed and site in ("", r["site"])]


@look("/departures/{site:roof}", verb="depart")
def departure(at: At) -> Response:
    """Fill vehicles for a site; or the page between, where they leave without a manifest."""
    site = at.path["site"]
    rows = _bound(at, at.office.runs(site), site)
    persons = sum(int(row["persons"]) for row in rows)
    zone = ZoneInfo(at.office.pack.entry_points[0].zone)
    return at.page(
        "departure.html", rows=rows, persons=persons, to=site, vehicles=range(1, VEHICLES + 1),
        parts_of=PARTS, leaves=at.office.clock.now().astimezone(zone).strftime("%Y-%m-%dT%H:%M"),
    )  # fmt: skip


@act("/departures/{site:roof}", verb="depart")
def depart_bound(at: At) -> Response:
    """They leave without a manifest; who did not come keeps the roof it has."""
    site = at.path["site"]
    done = at.office.depart(
        site, only=at.all_sent("case"), no_show=at.all_sent("no_show"), idem=at.key()
    )
    return at.go("/departures", done="departed", said_=done)


@act("/departures/{site:roof}/fill", verb="board")
def fill(at: At) -> Response:
    """Fill vehicles with those bound for a site: households and links together, a manifest each."""
    vehicles = []
    for number in range(1, VEHICLES + 1):
        counts = [at.number(f"{part}_{number}") for part in PARTS]
        if any(counts):
            vehicles.append(Vehicle.parse(":".join(map(str, counts))))
    if not vehicles:
        raise InputRefused(at.t("road.no-vehicle"), at.t("form.write-a-number"))
    done = at.office.board(at.path["site"], vehicles, _leaves(at), idem=at.key())
    return at.go("/departures", done="filled", said_=done)


def _leaves(at: At) -> str:
    """When they leave, in the hour of where they leave from."""
    try:
        local = datetime.fromisoformat(at.sent("leaves"))
    except ValueError:
        raise InputRefused(at.t("road.no-time"), at.t("road.write-a-time")) from None
    return instant(local.replace(tzinfo=ZoneInfo(at.office.pack.entry_points[0].zone)))


@look("/run/{run}", verb="board")
def run(at: At) -> Response:
    """A run: its manifest as it counts, or an earlier version of it; what has changed since."""
    version = at.asked("version")
    number = int(version) if version.isascii() and version.isdigit() and len(version) < 7 else 0
    seen = at.office.manifest(at.path["run"], number)
    loading = seen["state"] == "boarding" and not seen["superseded_by"]
    beside = []
    if loading and at.actor.role == "placement":  # who may see who else is bound there
        beside = _bound(at, at.office.runs(seen["site"]), seen["site"])
    changed = [Finding(**one) for one in seen["changed"]]
    return at.page(
        "run.html", seen=seen, loading=loading, beside=beside, changed=changed, papers=_papers(at)
    )


def _papers(at: At) -> list[str]:
    """The papers of a run that this role may print: needs are not for everybody."""
    needs = any(
        row.verb == "board" and row.role == at.actor.role and "needs" in row.fields.split(", ")
        for row in PERMITS
    )
    return ["manifest", "driver", *(["receiver"] if needs else [])]


@act("/run/{run}/change", verb="board")
def change(at: At) -> Response:
    """Add households or take them off: a version that supersedes the last."""
    name, add, remove = at.path["run"], at.all_sent("add"), at.all_sent("remove")
    if not add and not remove:
        raise InputRefused(at.t("road.no-change"), at.t("road.tick-some"))
    done = at.office.change_manifest(name, add=add, remove=remove, idem=at.key())
    return at.go(f"/run/{name}", done="superseded", said_=done)


@look("/run/{run}/paper/{paper}", verb="board")
def paper(at: At) -> Response:
    """The manifest, the driver's sheet or the receiver's, as PDF; the look is logged, nothing changes."""
    run, kind = at.path["run"], at.path["paper"]
    version = at.asked("version")
    data = paper_of(
        at.office, run, kind, at.lang, address=f"{at.origin}/{at.lang}/run/{run}",
        version=int(version) if version.isascii() and version.isdigit() and len(version) < 7 else 0,
    )  # fmt: skip
    return _file(data, file_name(run, kind, at.lang))


@look("/paper-form", verb="board")
def paper_form(at: At) -> Response:
    """The blank form, for a day without power or network."""
    return _file(paper_of(at.office, "", "blank", at.lang), file_name("", "blank", at.lang))


def _file(data: bytes, name: str) -> Response:
    saved = {"Content-Disposition": f'inline; filename="{name}"'}
    return Response(data, media_type="application/pdf", headers=saved)
