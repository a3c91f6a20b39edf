"""The household's own page, with the code of a letter: the offer, its answer, its requests, its data."""

from __future__ import annotations

from starlette.responses import RedirectResponse, Response

from partage.casework.correction import ABOUT
from partage.casework.letter import adult_of
from partage.casework.review import GROUND
from partage.core.errors import InputRefused, NotPermitted
from partage.faces.web.at import At
from partage.faces.web.table import act, look
from partage.report.own_record import own_record
from partage.report.words import Language

ENDED = (  # steps after which the offer before them does not count, each with its kind words
    "offer:withdrawn", "withdraw:reopened", "answer:expire", "review:reopened", "correct:reopened",
    "reopen",
)  # fmt: skip


@look("/own", verb="explain")
def own_page(at: At) -> Response:
    """Where things stand for whoever comes with a letter, and what they can do about it."""
    if at.actor.role != "household":
        return RedirectResponse(f"/{at.lang}/today", 303)
    seen = at.office.own_case(at.actor.scope, at.lang)
    ended = seen["last_step"] if seen["last_step"] in ENDED and not seen["offer"] else ""
    asks = [one for one in seen["reviews"] if one["state"] == "open"]
    return at.page(
        "own_page.html", seen=seen, ended=ended.replace(":", "-"), answers=_answers(seen),
        grounds=[(code, at.t(f"own.ground-{code}")) for code in GROUND],
        about=[(code, at.t(f"own.about-{code}")) for code in ABOUT],
        asked={one["kind"] for one in asks},
    )  # fmt: skip


def _answers(seen: dict[str, object]) -> list[str]:
    """What this adult can answer now: nothing where nobody is 18, or the time is over."""
    if not seen["adults"] or seen["over"]:
        return []
    if seen["state"] == "offered":
        return ["decline"] if seen["said_yes"] else ["accept", "decline"]
    return {"bound": ["decline"], "kept": ["again"]}.get(str(seen["state"]), [])


@act("/own/answer", verb="answer")
def own_answer(at: At) -> Response:
    """What this adult says; a no costs no roof."""
    case, outcome = _own(at), at.sent("outcome")
    if outcome not in ("accept", "decline", "again"):
        raise InputRefused(at.t("case.no-outcome"), at.t("own.choose"))
    adult = adult_of(at.actor.name) or at.number("adult")
    done = at.office.answer(case, outcome, adult=adult, language=at.lang, idem=at.key())
    said = f"own-{outcome}"
    if outcome == "accept" and done.data.get("state") == "offered":
        said = "own-accept-one"
    return at.go("/own", done=said)


@act("/own/review", verb="review")
def own_review(at: At) -> Response:
    """Ask for another look; nothing is taken away meanwhile."""
    at.office.request_review(
        _own(at), at.sent("ground"), note=at.sent("note")[:4000], idem=at.key()
    )
    return at.go("/own", done="own-review")


@act("/own/correction", verb="review")
def own_correction(at: At) -> Response:
    """Say that something known is wrong; an officer looks at it, nothing changes by itself."""
    at.office.request_correction(
        _own(at), at.sent("about"), note=at.sent("wrong")[:4000], idem=at.key()
    )
    return at.go("/own", done="own-correction")


@look("/own/data", verb="export")
def own_data(at: At) -> Response:
    """All that is known of the household, what happened, who looked, and who was told."""
    language: Language = "fr" if at.lang == "fr" else "en"
    known = at.office.export(_own(at), adult=adult_of(at.actor.name))
    return at.page("own_data.html", record=own_record(known, at.office.pack, language))


def _own(at: At) -> str:
    """The household's own case; an officer does the same on the page of a case."""
    if at.actor.role != "household":
        raise NotPermitted(at.t("own.theirs"), at.t("own.officers"))
    return at.actor.scope
