"""The plan: adopt, propose, place, explain, worth, override, approve, draw, due, parts."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from partage.casework import override as overriding
from partage.casework import roof as roofs
from partage.core.units import parse_day
from partage.faces.api.said import Said, done
from partage.faces.api.words import (
    CLOSED,
    Body,
    Case,
    Day,
    Draw,
    Lang,
    Line,
    Lots,
    Maybe,
    Plan,
    Policy,
    Prose,
    RegionId,
    SiteId,
    Units,
    one_of,
)
from partage.faces.pages.sharing import due_answer, parts_answer
from partage.faces.pages.show import explain_answer, marks_of
from partage.faces.pages.show_prices import flip_answer, worth_answer
from partage.office.looks import SHOW, SORTS
from partage.office.office import Office

FEW_LINES, MOST_LINES = 100, 1_000  # of a plan in one answer: where it is not said, and in any case
MOST_SECONDS = 60.0  # an answer that takes longer is better made on the machine itself


class Adopt(Body):
    """The policy and the cut-off that two persons say alike."""

    policy: Policy
    cut_off: Annotated[str, Field(pattern="^[0-2][0-9]:[0-5][0-9]$")] = "14:00"


def adopt(office: Office, key: str, body: Adopt) -> Said:
    """Propose the standing policy, or confirm as a second person what somebody proposed."""
    return done(office.adopt(body.policy, body.cut_off, idem=key))


class Preview(Body):
    """A policy of the pack, or a draft as TOML; beside which (left out: the standing one)."""

    policy: Maybe[Policy] = None
    draft: Annotated[str, Field(max_length=200_000)] = ""
    against: Maybe[Policy] = None
    lots: Lots = ""


def preview_policy(office: Office, key: str, body: Preview) -> Said:
    """What today's plan would be under a policy or a draft, beside another; nothing is kept."""
    order, _ = _lots(office, body.lots)
    return Said(
        office.preview_policy(
            body.policy or "", draft=body.draft.encode(), against=body.against or "", lots=order
        )
    )


class Propose(Body):
    """Under which policy, for which day; left out: the standing one, today."""

    policy: Maybe[Policy] = None
    day: Maybe[Day] = None
    as_if: bool = False
    lots: Lots = ""
    seconds: Annotated[float, Field(ge=0.1, le=MOST_SECONDS, strict=False)] = 20.0


def _lots(office: Office, lots: str) -> tuple[tuple[str, ...], str]:
    draw = lots.strip() if lots.strip().startswith("D-") else ""
    order = () if draw else tuple(office.pack.region_id(p) for p in lots.split(",") if p.strip())
    return order, draw


def propose(office: Office, key: str, body: Propose) -> Said:
    """Make a plan for all who wait; it moves nobody."""
    order, draw = _lots(office, body.lots)
    _, made = office.propose(
        body.policy or "", parse_day(body.day) if body.day else None,
        as_if=body.as_if, lots=order, draw=draw, seconds=body.seconds, idem=key,
    )  # fmt: skip
    return done(made, marks=marks_of(made.data))


class Replan(Body):
    """Of a standing plan, for its day and under its policy: only lots and time are said anew."""

    lots: Lots = ""
    seconds: Annotated[float, Field(ge=0.1, le=MOST_SECONDS, strict=False)] = 20.0


def replan(office: Office, key: str, plan: Plan, body: Replan) -> Said:
    """Start from a plan and move few; who has a line keeps it unless it must or clearly should change."""
    order, draw = _lots(office, body.lots)
    _, made = office.replan(plan, lots=order, draw=draw, seconds=body.seconds, idem=key)
    return done(made, marks=marks_of(made.data))


class One(Body):
    """One household, or those linked to it; left out: the standing policy, today."""

    cases: Annotated[list[Case], Field(min_length=1, max_length=100)]
    policy: Maybe[Policy] = None
    day: Maybe[Day] = None


def propose_one(office: Office, key: str, body: One) -> Said:
    """Decide one household at the standing plan's prices."""
    day = parse_day(body.day) if body.day else None
    _, made = office.propose_one(body.cases, body.policy or "", day, idem=key)
    return done(made, marks=marks_of(made.data))


def audit(office: Office, key: str, plan: Plan) -> Said:
    """How a plan treats whom it places, group by group, with their counts; the look is logged."""
    tables = office.audit(plan)
    return Said([{"title": t.title, "rows": [list(row) for row in t.rows]} for t in tables])


class Place(Body):
    """A site for each case, by hand."""

    where: Annotated[
        dict[Case, SiteId], Field(min_length=1, max_length=1000, json_schema_extra=CLOSED)
    ]
    policy: Maybe[Policy] = None
    day: Maybe[Day] = None
    lots: Lots = ""


def place(office: Office, key: str, body: Place) -> Said:
    """A plan by hand, without the engine: the same referee, the same approval."""
    order, draw = _lots(office, body.lots)
    _, made = office.place(
        body.where, body.policy or "", parse_day(body.day) if body.day else None,
        lots=order, draw=draw, idem=key,
    )  # fmt: skip
    return done(made, marks=marks_of(made.data))


class Emergency(Body):
    """Where, and why on one word."""

    site: SiteId
    why: one_of(roofs.WHY)  # type: ignore[valid-type]


def emergency(office: Office, key: str, case: Case, body: Emergency) -> Said:
    """A roof for this night, on one officer's word; a second person looks at it tomorrow."""
    return done(office.emergency(case, body.site, why=body.why, idem=key))


Register = Annotated[str, Field(pattern="^(officer|household)$")]


def explain(
    office: Office, key: str, case: Case, lang: Maybe[Lang] = None, to: Register = "officer"
) -> Said:
    """Why a household is where it is, why not elsewhere, and which limit decided."""
    return Said(explain_answer(office, case, to, lang or "en")[0])


def plans(office: Office, key: str, day: Maybe[Day] = None) -> Said:
    """The plans for a day, or for today and later: what each places, and how it stands."""
    return Said(office.plans(parse_day(day) if day else None))


Status = one_of(SHOW)
Order = one_of(tuple(SORTS))


def read_plan(
    office: Office,
    key: str,
    plan: Plan,
    show: Maybe[Status] = None,  # type: ignore[valid-type]
    region: Maybe[RegionId] = None,
    sort: Maybe[Order] = None,  # type: ignore[valid-type]
    first: Annotated[int, Field(ge=0, le=100_000)] = 0,
    most: Annotated[int, Field(ge=1, le=MOST_LINES)] = FEW_LINES,
    whole: bool = False,
) -> Said:
    """A plan's lines with reason, second choice and flags, some at a time; the look is logged.

    ``found`` says how many there are of the status and the province asked for, ``first`` from which on;
    ``whole`` gives every other site of a reason too.
    """
    seen = office.read_plan(
        plan, show=show or "all", region=region or "", sort=sort or "plan", first=first, most=most,
        whole=whole,
    )  # fmt: skip
    del seen["index"]
    lines = [
        {**line, "reason": line["reason"].as_dict() if line["reason"] else None}
        for line in seen["lines"]
    ]
    return Said({**seen, "lines": lines})


def flip(
    office: Office, key: str, case: Case, lang: Maybe[Lang] = None, to: Register = "officer"
) -> Said:
    """The nearest change that would flip a decision, tried."""
    return Said(flip_answer(office, case, to, lang or "en")[0])


def worth(
    office: Office, key: str, plan: Plan, lang: Maybe[Lang] = None, check: bool = False
) -> Said:
    """What one more place would be worth at each site, to the owner of the place first."""
    return Said(worth_answer(office, plan, check=check, language=lang or "en")[0])


class Override(Body):
    """Which household goes where instead (no site: no place yet), why, and who makes room."""

    case: Case
    site: Maybe[SiteId] = None
    why: one_of(overriding.WHY)  # type: ignore[valid-type]
    note: Prose = ""
    displace: Annotated[list[Case], Field(max_length=100)] = []


def _override(office: Office, key: str, plan: str, body: Override, preview: bool) -> Said:
    return done(
        office.override(
            plan, body.case, body.site or "", why=body.why, note=body.note,
            displace=body.displace, preview=preview, idem=key or None,
        )
    )  # fmt: skip


def override(office: Office, key: str, plan: Plan, body: Override) -> Said:
    """Put a household elsewhere than a plan says: a new plan that replaces that one."""
    return _override(office, key, plan, body, False)


def override_preview(office: Office, key: str, plan: Plan, body: Override) -> Said:
    """Who else would move if a household were put elsewhere; nothing is written."""
    return _override(office, key, plan, body, True)


class Approve(Body):
    """Only these cases; none: every line that is not flagged. ``moves``: how many of them move."""

    lines: Annotated[list[Case], Field(max_length=10_000)] = []
    moves: Maybe[Units] = None


def approve(office: Office, key: str, plan: Plan, body: Approve) -> Said:
    """Approve the lines of a plan that somebody else proposed."""
    return done(office.approve(plan, only=body.lines, moves=body.moves, idem=key))


def commit_draw(office: Office, key: str) -> Said:
    """Commit to the seed of a public draw."""
    return done(office.draw(idem=key))


class Among(Body):
    """The regions that are tied."""

    among: Annotated[list[RegionId], Field(min_length=1, max_length=100)]


def hold_draw(office: Office, key: str, draw: Draw, body: Among) -> Said:
    """Hold a draw that was committed to, among the regions that are tied."""
    return done(office.draw(draw, body.among, idem=key))


class Due(Body):
    """Keys of the shelf, how many are to be shared out, and which figures count."""

    keys: Annotated[list[Line], Field(min_length=1, max_length=20)]
    persons: Annotated[int, Field(ge=0, le=100_000_000)]
    day: Day
    regions: Annotated[list[RegionId], Field(max_length=100)] = []
    rounding: Annotated[list[Line], Field(min_length=1, max_length=20)] = ["hamilton"]
    params: Annotated[list[Line], Field(max_length=20)] = []
    lots: Annotated[list[RegionId], Field(max_length=100)] = []
    received: bool = False


def due(office: Office, key: str, body: Due) -> Said:
    """Who is due how many persons under keys and roundings, exactly, with every step."""
    data, _, assumptions = due_answer(
        office.pack, body.keys, body.persons, parse_day(body.day),
        regions=",".join(body.regions) or "all", roundings=body.rounding, figures="",
        params=body.params, lots=tuple(body.lots), received=body.received,
    )  # fmt: skip
    return Said(data, assumptions=assumptions)


def parts(office: Office, key: str, shelf: Line = "") -> Said:
    """Keys, rounding methods, mechanisms and priorities, each with its promise and its source."""
    return Said(parts_answer(shelf)[0])
