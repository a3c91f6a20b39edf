"""The queues of cases, a case file with its reason and history, offers and answers."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from starlette.responses import Response

from partage.core.errors import InputRefused, NotFound
from partage.core.steps import STATES
from partage.core.units import instant
from partage.faces.pages.case_file import case_file
from partage.faces.pages.show_prices import flip_answer
from partage.faces.web.at import At
from partage.faces.web.table import act, look
from partage.report.household import for_household

PER_PAGE = 50
OUTCOMES = ("accept", "decline", "expire")


@look("/cases/{state}", verb="survey")
def cases(at: At) -> Response:
    """The cases in a state, longest first; 50 at a time."""
    state = at.path["state"]
    if state not in STATES:
        raise NotFound(at.t("cases.no-such-state"), "")
    count = at.office.queues()["states"].get(state, {"households": 0, "persons": 0})
    pages = max(1, -(-int(count["households"]) // PER_PAGE))
    number = min(max(1, page_number(at.asked("page"))), pages)
    shown = at.office.cases_in(state, most=PER_PAGE, skip=PER_PAGE * (number - 1))
    return at.page(
        "cases.html", state=state, rows=[{**row, "where": roof(row)} for row in shown],
        total=count["households"], persons=count["persons"], number=number,
        pages=pages, plans=_plans_to_offer(at) if state == "approved" else [],
    )  # fmt: skip


def roof(row: dict[str, Any]) -> tuple[str, str]:
    """Where a household is: the kind of account, and the place."""
    kind, _, where = str(row["roof"]).partition("@")
    return kind.partition(":")[0], where


def page_number(text: str) -> int:
    """The number of a page as it was asked; 1 for anything else."""
    return max(1, int(text)) if text.isascii() and text.isdigit() and len(text) < 6 else 1


def _plans_to_offer(at: At) -> list[str]:
    rows = at.office.plans()
    return [str(row["plan"]) for row in rows if row["state"] == "approved"]


@look("/case/{case}", verb="explain")
def case(at: At) -> Response:
    """A household's file: where it stands, why, what it may be told, and what can be done now."""
    seen = case_file(at.office, at.path["case"], at.lang)
    zone = at.office.pack.entry_points[0].zone
    tomorrow = (at.office.clock.now() + timedelta(hours=24)).astimezone(ZoneInfo(zone))
    return at.page(
        "case.html", seen=seen, until=tomorrow.strftime("%Y-%m-%dT%H:%M"), zone=zone,
        outcomes=OUTCOMES,
    )  # fmt: skip


@look("/case/{case}/letter", verb="explain")
def letter(at: At) -> Response:
    """The offer as its household reads it, in both official languages, to be read out or printed."""
    known = at.office.explain(at.path["case"])
    row, reason, pack = known["row"], known["reason"], at.office.pack
    texts = {
        lang: at.office.offer_text(at.path["case"], lang) if row.get("offer") else
        for_household(row, reason, pack, "fr" if lang == "fr" else "en")
        for lang in (at.lang, "en" if at.lang == "fr" else "fr")
    }  # fmt: skip
    return at.page("letter.html", case=at.path["case"], texts=texts)


@look("/case/{case}/flip", verb="explain")
def flip(at: At) -> Response:
    """The nearest change that would flip the decision, tried now."""
    said, text = flip_answer(at.office, at.path["case"], "officer", at.lang)
    return at.page("flip.html", case=at.path["case"], text=text, said=said)


@act("/case/{case}/offer", verb="offer")
def offer(at: At) -> Response:
    """Offer the approved place; a fallback place is held beside it."""
    case_ = at.path["case"]
    done = at.office.offer(case_, until=_until(at), contact=at.sent("contact"), idem=at.key())
    return at.go(f"/case/{case_}", done="offered", said_=done)


@act("/plan/{plan}/offer", verb="offer")
def offer_all(at: At) -> Response:
    """Offer every approved place of a plan."""
    plan = at.path["plan"]
    done = at.office.offer_plan(plan, until=_until(at), contact=at.sent("contact"), idem=at.key())
    return at.go("/cases/offered", done="offered-all", said_=done)


@act("/case/{case}/answer", verb="answer")
def answer(at: At) -> Response:
    """What an adult of the household said; a no costs no roof."""
    case_, outcome = at.path["case"], at.sent("outcome")
    if not outcome:
        raise InputRefused(at.t("case.no-outcome"), at.t("case.choose-outcome"))
    done = at.office.answer(
        case_, outcome, adult=at.number("adult"), language=at.sent("language"),
        interpreter=at.sent("interpreter"), idem=at.key(),
    )  # fmt: skip
    return at.go(f"/case/{case_}", done=f"answer-{done.data.get('state', outcome)}", said_=done)


def _until(at: At) -> str | None:
    """The instant of a field that says an hour at the first entry point; None where it is empty."""
    text = at.sent("until")
    if not text:
        return None
    try:
        local = datetime.fromisoformat(text)
    except ValueError:
        raise InputRefused(at.t("case.no-hour"), at.t("case.write-hour")) from None
    return instant(local.replace(tzinfo=ZoneInfo(at.office.pack.entry_points[0].zone)))
