"""Plans: made, reviewed line by line, overridden with a reason, approved by somebody else."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from typing import Any
from urllib.parse import urlencode

from starlette.responses import Response

from partage.casework.override import WHY
from partage.core.errors import InputRefused, NotFound
from partage.core.units import operational_day, parse_day
from partage.faces.pages.plan_review import Review, line_of, review_of
from partage.faces.web import charts, maps
from partage.faces.web.at import KEY, At
from partage.faces.web.making import Making, begin, known
from partage.faces.web.screens.cases import PER_PAGE, page_number
from partage.faces.web.table import act, look
from partage.office.desk import Done
from partage.office.looks import SHOW, SORTS
from partage.office.office import Office
from partage.report.words import Language, site_name

SHORT = 2.0  # seconds: a plan made sooner is shown at once


@look("/plans", verb="explain")
def plans(at: At) -> Response:
    """The plans of today and later, and a new one."""
    if at.actor.role == "household":  # its own reason alone, never the plan it is in
        at.office.plans()
    today = operational_day(at.office.clock.now(), at.office.pack.entry_points[0].zone)
    known = sorted(at.office.pack.policies.values(), key=lambda policy: policy.id)
    return at.page(
        "plans.html", plans=at.office.plans(), today=today, standing=at.office.standing(),
        states=at.office.queues()["states"],
        policies=[(p.id, f"{p.id} {p.version}") for p in known if p.in_force(today)],
    )  # fmt: skip


@act("/plans/propose", verb="propose")
def propose(at: At) -> Response:
    """A plan for all who wait; it moves nobody."""
    lots = at.sent("lots")
    draw = lots if lots.startswith("D-") else ""
    region_id = at.office.pack.region_id
    order = () if draw else tuple(region_id(one.strip()) for one in lots.split(",") if one.strip())
    policy, day, idem = at.sent("policy"), at.sent("day"), at.key()
    on, actor, open_ = parse_day(day) if day else None, at.actor, at.request.app.state.open

    def work(making: Making) -> Done:
        office: Office = open_(
            actor
        )  # a journal of its own: this request ends before the work does
        with closing(office.journal):
            return office.propose(
                policy, on, lots=order, draw=draw, say=making.told, idem=idem
            )[1]  # fmt: skip

    making = begin(at.session, at.sent(KEY), work)
    making.ended.wait(SHORT)
    return _made(at, at.sent(KEY), making)


@look("/plans/making/{key}", verb="propose")
def making(at: At) -> Response:
    """How far a plan is that is being made: which priority, the best found, the bound, the gap."""
    found = known(at.session, at.path["key"])
    if found is None:
        raise NotFound(at.t("making.unknown"), at.t("making.see-plans"))
    return _made(at, at.path["key"], found)


def _made(at: At, key: str, making: Making) -> Response:
    """On to the plan once it is made, and to what refused it; else how far it is."""
    if not making.ended.is_set():
        if at.request.method == "POST":
            return at.go(f"/plans/making/{key}")
        return at.page("making.html", key=key, making=making)
    if making.fault is not None:
        raise making.fault
    there = at.go(f"/plan/{making.done.data['plan']}", done="proposed", said_=making.done)
    if "hx-request" in at.request.headers:
        return Response(status_code=204, headers={"HX-Redirect": there.headers["location"]})
    return there


@look("/plan/{plan}", verb="explain")
def plan(at: At) -> Response:
    """One plan: what it shares out, each line with its reason in one line, and what to look at."""
    show, number = at.asked("show", "all"), page_number(at.asked("page"))
    region, sort = at.asked("region"), at.asked("sort", "plan")
    review = review_of(
        at.office, at.path["plan"], at.lang, show=show, region=region, sort=sort, page=number,
        most=PER_PAGE,
    )  # fmt: skip
    kept = {"show": show, "region": region, "sort": sort}

    def with_(**other: object) -> str:
        """The query of this page with something else in it."""
        said = {**kept, **other}
        plain = {"show": "all", "region": "", "sort": "plan", "page": 1}
        return "?" + urlencode({k: v for k, v in said.items() if v != plain[k]})

    counts = {name: review.plan["counts"].get(name, 0) for name in SHOW}
    return at.page(
        "plan.html", review=review, plan=review.plan, rows=review.shown, show=show, counts=counts,
        number=number, pages=max(1, -(-review.plan["found"] // PER_PAGE)), region_=region, sort=sort,
        with_=with_, sorts=[(one, at.t(f"plan.sort-{one}")) for one in SORTS],
        provinces=[("", at.t("plan.everywhere"))]
        + [(row["region"], _region(at, row["region"])) for row in review.plan["regions"]],
        chart=_chart(at, review), drawn=_map(at, review), filters=SHOW,
        offers=sum(row.now == "approved" and row.status == "approved" for row in review.rows),
    )  # fmt: skip


def _chart(at: At, review: Review) -> str:
    rows = [
        (_region(at, row["region"]), row["due"], row["placed"]) for row in review.plan["regions"]
    ]
    return charts.dues(rows, at.t("plan.chart"), at.t("plan.due"), at.t("plan.placed"))


def _map(at: At, review: Review) -> str:
    placed = {str(row["region"]): int(row["placed"]) for row in review.plan["regions"]}
    return maps.drawn(at.office.pack.shapes, placed, at.t("plan.map"))


def _region(at: At, code: str) -> str:
    found = at.office.pack.region(code)
    return found.name_fr if at.lang == "fr" else found.name_en


@look("/plan/{plan}/approve", verb="approve")
def approval(at: At) -> Response:
    """The page between: what approving these lines does, in numbers, before it is done."""
    review = review_of(at.office, at.path["plan"], at.lang)
    named = [line for line in at.request.query_params.getlist("line") if line]
    rows = review.of(named)
    places: dict[str, list[int]] = {}
    for row in rows:
        here = places.setdefault(row.site, [0, 0])
        here[0] += 1
        here[1] += row.persons
    return at.page(
        "approval.html", review=review, plan=review.plan, rows=rows, named=named,
        places=sorted(places.items()), persons=sum(row.persons for row in rows),
        left_out=[row for row in review.rows if row.status == "flagged" and row not in rows],
    )  # fmt: skip


@act("/plan/{plan}/approve", verb="approve")
def approve(at: At) -> Response:
    """Approve the lines that were shown; somebody else proposed them."""
    plan_ = at.path["plan"]
    moves = at.number("moves") if at.sent("moves") else None
    done = at.office.approve(plan_, only=at.all_sent("line"), moves=moves, idem=at.key())
    return at.go(f"/plan/{plan_}", done="approved", said_=done)


@look("/plan/{plan}/override/{case}", verb="override")
def override_form(at: At) -> Response:
    """Another place for one household: which, and why."""
    return _override_page(at, None)


@act("/plan/{plan}/override/{case}/preview", verb="override")
def override_preview(at: At) -> Response:
    """Who else would move; nothing is written."""
    site, displace = _chosen(at)
    done = at.office.override(
        at.path["plan"], at.path["case"], site, why=at.sent("why"), displace=displace, preview=True
    )
    return _override_page(at, dict(done.data))


@act("/plan/{plan}/override/{case}", verb="override")
def override(at: At) -> Response:
    """Put the household there: a new plan that replaces this one, with the reason."""
    site, displace = _chosen(at)
    done = at.office.override(
        at.path["plan"], at.path["case"], site, why=at.sent("why"), note=at.sent("note"),
        displace=displace, idem=at.key(),
    )  # fmt: skip
    return at.go(f"/plan/{done.data['plan']}", done="overridden", said_=done)


def _chosen(at: At) -> tuple[str, list[str]]:
    site = at.sent("site")
    if not site:
        raise InputRefused(at.t("override.no-site"), at.t("override.choose-site"))
    return ("" if site == "none" else site), at.all_sent("displace")


def _override_page(at: At, preview: dict[str, object] | None) -> Response:
    case = at.path["case"]
    review, row = line_of(at.office, at.path["plan"], case, at.lang)
    if row is None:
        raise InputRefused(at.t("override.not-in-plan"), at.t("override.choose-line"))
    french, there = at.lang == "fr", at.sent("site") or at.asked("site")
    changes = _changes(at, review, preview) if preview else []
    sites = [(str(s.id), s.name_fr if french else s.name_en) for s in at.office.pack.sites]
    return at.page(
        "override.html", review=review, row=row, preview=preview, why=WHY, sites=sites,
        chosen={**{name: at.sent(name) for name in ("why", "note")}, "site": there},
        displaced=at.all_sent("displace"), there=there,
        mine=[one for one in changes if one["case"] == case],
        moved=[one for one in changes if one["case"] != case],
        others=[one for one in review.rows if one.site == there and there and one.case != case],
    )  # fmt: skip


def _changes(at: At, review: Review, preview: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Whose place changes: how many persons, from where, to where; who has none left stands first."""
    persons = {row.case: row.persons for row in review.rows}
    changes = [
        {
            "case": one["case"], "persons": persons.get(one["case"], 0), "nowhere": not one["after"],
            "before": _place(at, one["before"]), "after": _place(at, one["after"]),
        }
        for one in preview["consequences"]
    ]  # fmt: skip
    return sorted(changes, key=lambda one: not one["nowhere"])


def _place(at: At, code: str) -> str:
    return site_name(at.office.pack, code, _lang(at)) if code else at.t("cases.nowhere")


def _lang(at: At) -> Language:
    return "fr" if at.lang == "fr" else "en"
