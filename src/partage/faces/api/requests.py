"""What households come with: letters, offers that are out, and what they ask of the office."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from partage.casework import correct as correcting
from partage.casework import correction, take_back
from partage.faces.api import words
from partage.faces.api.paging import page
from partage.faces.api.said import Said, done
from partage.faces.api.words import Body, Case, Cursor, Lang, Limit, Line, Prose, one_of
from partage.office.office import Office

Adult = Annotated[int, Field(ge=0, le=99)]


class Letter(Body):
    """For which adult; 0 for each of them."""

    adult: Adult = 0


def letter(office: Office, key: str, case: Case, body: Letter) -> Said:
    """A letter with a code for each adult, or for one; the codes are in the first answer alone."""
    made, codes = office.letter(case, adult=body.adult, idem=key)
    shown: dict[str, Any] = {"codes": {str(k): v for k, v in codes.items()}} if codes else {}
    return done(made, data={**made.data, **shown})


def end_letters(office: Office, key: str, case: Case) -> Said:
    """No letter of this household opens anything any more."""
    return done(office.end_letters(case, idem=key))


def letter_text(office: Office, key: str, case: Case, language: Lang = "en") -> Said:
    """What a letter says, in the language of the household where the pack carries it."""
    return Said(office.letter_text(case, language))


def own_case(office: Office, key: str, case: Case, language: Lang = "en") -> Said:
    """What a household finds on its own page; never what another adult answered."""
    return Said(office.own_case(case, language))


def offers(office: Office, key: str, cursor: Cursor = "", limit: Limit = 100) -> Said:
    """Offers that wait for an answer, or were accepted and have not left: time left, answers by adult."""
    shown, more = page(office.offers(), _order_of_offer, cursor, limit)
    return Said(shown, next=more)


def _order_of_offer(row: Any) -> tuple[str, ...]:
    return ("0" if row["state"] == "offered" else "1", str(row["until"]), str(row["case"]))


class TakeBack(Body):
    """Why an offer is taken back."""

    why: one_of(take_back.WHY)  # type: ignore[valid-type]


def withdraw_offer(office: Office, key: str, case: Case, body: TakeBack) -> Said:
    """Take an offer back: the household keeps its roof and waits for the next plan."""
    return done(office.withdraw_offer(case, why=body.why, idem=key))


def reviews(office: Office, key: str, cursor: Cursor = "", limit: Limit = 100) -> Said:
    """Requests for review, the open ones first by their clock; no word of what was written."""
    shown, more = page(office.reviews(), _order_of_request, cursor, limit)
    return Said(shown, next=more)


def read_review(office: Office, key: str, review: words.Review) -> Said:
    """One request for review, with what was written and what was answered."""
    return Said(office.read_review(review))


class Wrong(Body):
    """What is wrong in what is known, in their words."""

    about: one_of(correction.ABOUT)  # type: ignore[valid-type]
    note: Annotated[Prose, Field(min_length=1)]


def request_correction(office: Office, key: str, case: Case, body: Wrong) -> Said:
    """Say that something known of a household is wrong; nothing changes before an officer answers."""
    return done(office.request_correction(case, body.about, note=body.note, idem=key))


def corrections(office: Office, key: str, cursor: Cursor = "", limit: Limit = 100) -> Said:
    """Requests for correction, the open ones first by their clock; no word of what was written."""
    shown, more = page(office.corrections(), _order_of_request, cursor, limit)
    return Said(shown, next=more)


def read_correction(office: Office, key: str, correction: words.Correction) -> Said:
    """One request for correction, with what was written, beside what is known now."""
    return Said(office.read_correction(correction))


def _order_of_request(row: Any) -> tuple[str, ...]:
    number = str(row.get("review") or row["correction"])
    return ("0" if row["state"] == "open" else "1", str(row["answer_by"]), number)


class Answered(Body):
    """Corrected, with the cells that change and why; or refused, with a note for them."""

    outcome: one_of(correction.OUTCOMES)  # type: ignore[valid-type]
    changes: Annotated[dict[Line, Prose], Field(max_length=40)] = {}
    why: one_of(("", *correcting.WHY)) = ""  # type: ignore[valid-type]
    note: Prose = ""


def answer_correction(
    office: Office, key: str, correction: words.Correction, body: Answered
) -> Said:
    """Correct what was asked for, in one act with the answer, or refuse it with a reason."""
    return done(
        office.answer_correction(
            correction, body.outcome, changes=body.changes, why=body.why, note=body.note, idem=key
        )
    )
