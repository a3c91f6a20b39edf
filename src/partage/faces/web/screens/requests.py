"""Offers that are out, and what households ask: reviews and corrections, each with its clock."""

from __future__ import annotations

from typing import Any

from starlette.responses import Response

from partage.casework.correct import WHY as WHY_CORRECTED
from partage.casework.review import OUTCOMES
from partage.casework.take_back import WHY as WHY_BACK
from partage.core.errors import InputRefused, NotFound
from partage.faces.web.at import At
from partage.faces.web.table import act, look
from partage.intake.correction import COLUMNS

ANSWERED = 50  # on the page; all of them over the API
ROWS = 4  # cells that one answer corrects on the page; more are corrected by more answers


@look("/offers", verb="survey")
def offers(at: At) -> Response:
    """Offers that wait for an answer, the one that lapses first at the head; then those accepted."""
    rows = at.office.offers()
    return at.page(
        "offers.html", rows=rows, waiting=sum(one["state"] == "offered" for one in rows),
        whys=[(code, at.t(f"offers.why-{code}")) for code in WHY_BACK],
    )  # fmt: skip


@look("/offers/{case}/withdraw", verb="offer")
def withdrawing(at: At) -> Response:
    """The page between: what taking an offer back does, before it is done."""
    case = at.path["case"]
    row = next((one for one in at.office.offers() if one["case"] == case), None)
    if row is None:
        raise NotFound(at.t("offers.none-of-it"), "")
    whys = [(code, at.t(f"offers.why-{code}")) for code in WHY_BACK]
    return at.page("offer_withdraw.html", row=row, whys=whys)


@act("/offers/{case}/withdraw", verb="offer")
def withdraw_offer(at: At) -> Response:
    """Take the offer back: the household keeps its roof and waits for the next plan."""
    done = at.office.withdraw_offer(at.path["case"], why=at.sent("why"), idem=at.key())
    return at.go("/offers", done="offer-withdrawn", said_=done)


@look("/requests", verb="review")
def requests(at: At) -> Response:
    """What households ask, the shortest clock first."""
    return at.page(
        "requests.html", reviews=_shown(at.office.reviews()),
        corrections=_shown(at.office.corrections()),
    )  # fmt: skip


def _shown(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Every open one, and the last of those that are answered."""
    answered = [one for one in rows if one["state"] != "open"]
    return [one for one in rows if one["state"] == "open"] + answered[: -ANSWERED - 1 : -1]


@look("/review/{review}", verb="review")
def review(at: At) -> Response:
    """One request for review; with ``?look=again``, what another plan would do, tried now."""
    one = at.office.read_review(at.path["review"])
    again = at.asked("look") == "again" and at.may("review", fields="reasons")
    return at.page(
        "review.html", one=one, outcomes=[(code, at.t(f"requests.outcome-{code}")) for code in OUTCOMES],
        ahead=at.office.preview_review(at.path["review"]) if again else None,
    )  # fmt: skip


@act("/review/{review}", verb="review")
def answer_review(at: At) -> Response:
    """The outcome, by somebody who took no part in what is contested."""
    outcome = at.sent("outcome")
    if not outcome:
        raise InputRefused(at.t("requests.no-outcome"), at.t("requests.choose-outcome"))
    number = at.path["review"]
    done = at.office.answer_review(number, outcome, note=at.sent("note"), idem=at.key())
    return at.go("/requests", done="review-answered", said_=done)


@look("/correction/{correction}", verb="correct")
def correction(at: At) -> Response:
    """One request for correction, beside what is known now."""
    one = at.office.read_correction(at.path["correction"])
    return at.page(
        "correction.html", one=one, cells=[("", at.t("requests.no-cell"))] + [
            (name, at.t.or_else(f"answer.{name}", name)) for name in COLUMNS
        ], rows=range(1, ROWS + 1),
        whys=[(code, at.t(f"requests.why-{code}")) for code in WHY_CORRECTED],
    )  # fmt: skip


@act("/correction/{correction}/correct", verb="correct")
def correct_it(at: At) -> Response:
    """Correct it, in one act with the answer; what was known before stays as its history."""
    changes: dict[str, str] = {}
    for number in range(1, ROWS + 1):
        if at.sent(f"cell-{number}"):
            changes[at.sent(f"cell-{number}")] = at.sent(f"value-{number}")
    return _answered(at, "corrected", changes=changes, why=at.sent("why"))


@act("/correction/{correction}/refuse", verb="correct")
def refuse_it(at: At) -> Response:
    """It stays as it is, with a reason that the household reads."""
    return _answered(at, "refused")


def _answered(at: At, outcome: str, **more: Any) -> Response:
    number = at.path["correction"]
    done = at.office.answer_correction(number, outcome, note=at.sent("note"), idem=at.key(), **more)
    return at.go("/requests", done=f"correction-{outcome}", said_=done)
