"""Statements of cost: worked out from closed nights, put on record, certified by a second person, paid."""

from __future__ import annotations

import re
from typing import Any

from starlette.responses import Response

from partage.casework.statement import WHY_QUERIED, WHY_REVERSED
from partage.core.errors import InputRefused
from partage.core.statement_steps import STEPS
from partage.core.units import parse_day
from partage.costs import Statement, period_of
from partage.faces.pages.statements import name_of, statement_files
from partage.faces.web.at import At
from partage.faces.web.screens.cases import PER_PAGE, page_number
from partage.faces.web.table import act, look
from partage.office.permits import PERMITS
from partage.report.settled import assumptions, line_cells, words_of
from partage.report.settled_page import Language

FIELDS = {"submit": "certification", "query": "payments", "accept": "payments", "pay": "payments"}
AMOUNT = re.compile(r"([0-9]{1,12})(?:[.,]([0-9]{2}))?")


@look("/statements", verb="settle")
def statements(at: At) -> Response:
    """Every statement on record; and the draft of a region for a period, worked out now."""
    own = at.actor.scope if at.actor.role == "region" else ""
    region, period = at.asked("region", own), at.asked("period")
    said = at.office.settle(region, period_of(period)) if region and period else None
    french = at.lang == "fr"
    return at.page(
        "statements.html", known=at.office.statements(own)[::-1], said=said, of=region,
        period=period, regions=[
            (str(r.id), r.name_fr if french else r.name_en) for r in at.office.pack.regions
            if not own or at.office.pack.region(own).id == r.id
        ], drafts=_may(at, "drafts"), **(_shown(at, said) if said else _nothing()),
    )  # fmt: skip


@act("/statements/prepare", verb="settle")
def prepare(at: At) -> Response:
    """Put the draft of a region for a period on record, for a second person to certify."""
    done = at.office.prepare_statement(
        at.sent("region"), period_of(at.sent("period")), idem=at.key()
    )
    return at.go(f"/statement/{done.data['statement']}", done="statement-prepared", said_=done)


@look("/statement/{statement}", verb="settle")
def statement(at: At) -> Response:
    """One statement: how it stands, its lines as the record has them now, what can be done."""
    row, said, found = at.office.read_statement(at.path["statement"])
    can = [one for one, (before, _) in STEPS.items() if row["state"] in before]
    return at.page(
        "statement.html", row=row, said=said, faults=found, **_shown(at, said),
        can=[one for one in can if _may(at, FIELDS.get(one, "drafts"))], sites=sorted(
            {line.site for line in said.lines}
        ), queried=[(one, at.t(f"costs.why-{one}")) for one in WHY_QUERIED],
        reversed_=[(one, at.t(f"costs.why-{one}")) for one in WHY_REVERSED],
    )  # fmt: skip


@act("/statement/{statement}/{act}", verb="settle")
def act_on(at: At) -> Response:
    """Certify, query, answer, accept, pay or take it back; nothing is edited."""
    name, what = at.path["statement"], at.path["act"]
    night = parse_day(at.sent("night")) if at.sent("night") else None
    on = parse_day(at.sent("on")) if at.sent("on") else None
    done = at.office.act_on_statement(
        name, what, why=at.sent("why"), site=at.sent("site"), night=night,
        entry=at.number("entry"), cents=_cents(at) if what == "pay" else 0, on=on, idem=at.key(),
    )  # fmt: skip
    return at.go(f"/statement/{name}", done=f"statement-{what}", said_=done)


@look("/statement/{statement}/file/{paper}", verb="settle")
def statement_file(at: At) -> Response:
    """The statement as a file: XLSX, PDF or CSV; it carries the head of the record it was made from."""
    row, said, _ = at.office.read_statement(at.path["statement"])
    lang: Language = "fr" if at.lang == "fr" else "en"
    files = statement_files(said, row, at.office.journal.head(), at.office.clock.now(), (lang,))
    name = f"{name_of(said)}.{at.path['paper']}"
    if name not in files:
        raise InputRefused(at.t("take.none"), at.t("costs.papers"))
    saved = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(files[name], headers=saved, media_type="application/octet-stream")


def _may(at: At, field: str) -> bool:
    """Whether this role does that part of the work."""
    return any(
        (row.verb, row.role) == ("settle", at.actor.role) and field in row.fields.split(", ")
        for row in PERMITS
    )


def _shown(at: At, said: Statement) -> dict[str, Any]:
    """Lines of a page, as people read them; sums; what blocks it and what is assumed."""
    number = page_number(at.asked("page"))
    pages = max(1, -(-len(said.lines) // PER_PAGE))
    number = min(number, pages)
    lines = said.lines[PER_PAGE * (number - 1) : PER_PAGE * number]
    return {
        "names": words_of(at.lang)["names"], "lines": [line_cells(one, at.lang) for one in lines],
        "number": number, "pages": pages, "blocked": said.blocked, "notes": said.notes,
        "assumed": assumptions(said), "sums": [(one, said.claimed(one)) for one in said.payers],
    }  # fmt: skip


def _nothing() -> dict[str, Any]:
    names = ("names", "lines", "blocked", "notes", "assumed", "sums")
    return {**dict.fromkeys(names, ()), "number": 1, "pages": 1}


def _cents(at: At) -> int:
    """An amount of dollars as it is written, in cents, exactly."""
    match = AMOUNT.fullmatch(at.sent("amount").replace(" ", "").replace("\u00a0", ""))
    if not match:
        raise InputRefused(at.t("costs.no-amount"), at.t("costs.write-amount"))
    return 100 * int(match[1]) + int(match[2] or 0)
