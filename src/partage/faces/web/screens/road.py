"""The road on a phone: who is aboard and that they leave; at the other end, who is there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from starlette.responses import RedirectResponse, Response

from partage.casework.check_in import ABOARD, DECLINED, EXPECTED, MARKS, NOT_COME
from partage.core.errors import InputRefused
from partage.faces.web.at import At
from partage.faces.web.table import act, look
from partage.office.permits import PERMITS

SAID = (ABOARD, NOT_COME, DECLINED, EXPECTED)
THERE, PART, LATER, ORIGIN, NOWHERE = "there", "part", "later", "origin", "nowhere"
FOUND_AS = (THERE, PART, LATER, ORIGIN, NOWHERE)


def sums_of(lines: Sequence[Mapping[str, Any]]) -> dict[str, tuple[int, int]]:
    """Households and persons by how it stands with them."""
    households = Counter(str(line["now"]) for line in lines)
    persons: Counter[str] = Counter()
    for line in lines:
        persons[str(line["now"])] += int(line["persons"])
    return {mark: (households[mark], persons[mark]) for mark in MARKS}


@look("/run/{run}/board", verb="depart")
def boarding(at: At) -> Response:
    """At the door of a vehicle: a code is called out and written down; the square on paper fills it in."""
    seen = at.office.manifest(at.path["run"])
    if seen["state"] != "boarding":
        return RedirectResponse(f"/{at.lang}/run/{seen['run']}", 303)
    return at.page(
        "boarding.html",
        seen=seen,
        sums=sums_of(seen["lines"]),
        marks=SAID,
        code=at.asked("code"),
        keep=f"/{at.lang}/run/{seen['run']}/depart",
    )


@act("/run/{run}/mark", verb="depart")
def mark(at: At) -> Response:
    """Write down of one household that it is aboard, did not come, said no, or is expected again."""
    run = at.path["run"]
    at.office.check_in(run, at.sent("code"), at.sent("mark"), idem=at.key())
    return at.go(f"/run/{run}/board", done="marked")


@look("/run/{run}/depart", verb="depart")
def before(at: At) -> Response:
    """The page between: what leaving means, in numbers; somebody counts the heads on the vehicle."""
    seen = at.office.manifest(at.path["run"])
    if seen["state"] != "boarding":
        return RedirectResponse(f"/{at.lang}/run/{seen['run']}", 303)
    return at.page("before_departure.html", seen=seen, sums=sums_of(seen["lines"]))


@act("/run/{run}/depart", verb="depart")
def depart(at: At) -> Response:
    """They leave, if the heads counted are those marked aboard; who is not marked did not come."""
    run = at.path["run"]
    if not at.sent("counted"):
        raise InputRefused(at.t("form.not-a-number"), at.t("form.write-a-number"))
    done = at.office.depart(run, counted=at.number("counted"), idem=at.key())
    return at.go(f"/run/{run}", done="departed", said_=done)


@look("/run/{run}/arrivals", verb="arrive")
def desk(at: At) -> Response:
    """A run on the road: of each household, whether it is there, whole or in part, late or not seen."""
    seen = at.office.manifest(at.path["run"], needs=_sees_needs(at))
    lines = [line for line in seen["lines"] if line["now"] == "on-road"]
    rooms = {str(s.id): _named(at, s) for s in at.office.pack.services}
    return at.page("desk.html", seen=seen, lines=lines, ways=FOUND_AS, rooms=rooms)


@act("/run/{run}/arrive", verb="arrive")
def arrive(at: At) -> Response:
    """Who is there is hosted; each who is not is accounted for, or is still on the road."""
    run = at.path["run"]
    said = {key.partition("-")[2]: value for key, value in at.form if key.startswith("way-")}
    if unknown := sorted({*said.values()} - {*FOUND_AS}):
        raise InputRefused(at.t("desk.no-way"), ", ".join(unknown)[:40])
    there = [case for case, way in said.items() if way == THERE]
    part = {case: at.number(f"seen-{case}") for case, way in said.items() if way == PART}
    later = [case for case, way in said.items() if way == LATER]
    if later and len(later) == len(said):
        raise InputRefused(at.t("desk.nobody-yet"), at.t("desk.wait"))
    done = at.office.arrive(
        run, partly=part, only=[*there, *part] if later else (),
        seen_at_origin=[case for case, way in said.items() if way == ORIGIN],
        not_seen=[case for case, way in said.items() if way == NOWHERE], idem=at.key(),
    )  # fmt: skip
    return at.go(f"/run/{run}/arrivals" if later else _after(at), done="arrived", said_=done)


@look("/run/at/{site:roof}", verb="arrive")
def site_desk(at: At) -> Response:
    """The arrivals desk of a site: the runs that come, whoever comes otherwise, whoever is found."""
    site = at.path["site"]
    place = at.office.pack.site(site)
    seen = at.office.survey_site(site)
    return at.page("site_desk.html", seen=seen, place=place)


@act("/run/at/{site:roof}/walk-in", verb="arrive")
def walk_in(at: At) -> Response:
    """A household comes by itself, or late: it stays if there is room; if not, what to do is said."""
    site = at.path["site"]
    done = at.office.arrive_late(at.sent("case").upper(), site, idem=at.key())
    return at.go(f"/run/at/{site}", done="walked-in", said_=done)


@act("/run/at/{site:roof}/fallback", verb="arrive")
def fallback(at: At) -> Response:
    """A household that said no elsewhere moves into the place that was kept for it."""
    done = at.office.arrive_at_fallback(at.sent("case").upper(), idem=at.key())
    return at.go(f"/run/at/{at.path['site']}", done="walked-in", said_=done)


@act("/run/at/{site:roof}/whole", verb="arrive")
def whole(at: At) -> Response:
    """The rest of a household that came in part is there."""
    done = at.office.found(at.sent("case").upper(), idem=at.key())
    return at.go(f"/run/at/{at.path['site']}", done="whole", said_=done)


def _after(at: At) -> str:
    return f"/site/{at.actor.scope}" if at.actor.role == "site" else "/today"


def _sees_needs(at: At) -> bool:
    return any(
        (row.verb, row.role) == ("board", at.actor.role) and "needs" in row.fields.split(", ")
        for row in PERMITS
    )


def _named(at: At, service: object) -> str:
    return str(getattr(service, "name_fr" if at.lang == "fr" else "name_en"))
