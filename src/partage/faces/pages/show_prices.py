"""Answers about prices as text and data: what would flip a decision, what one more place is worth."""

from __future__ import annotations

from typing import Any

from partage.office.office import Office
from partage.report.priced import flip_text, one_more, worth_table
from partage.report.words import Language


def flip_answer(
    office: Office, case: str, register: str, language: str
) -> tuple[dict[str, Any], str]:
    """The nearest change that would flip a decision, for an officer or for the household itself."""
    household = register == "household" or office.actor.role == "household"
    known, flip = office.flip(case, for_household=household)
    lang: Language = "fr" if language == "fr" else "en"
    if flip is None:
        text = (
            f"{case} : aucun plan encore, donc rien à inverser."
            if lang == "fr"
            else f"{case}: no plan yet, so there is nothing to flip."
        )
        return {"case": case, "state": known["row"]["state"], "flip": None, "text": text}, text
    text = flip_text(flip, office.pack, lang, household=household)
    said: dict[str, Any] = {"code": flip.code, "args": dict(flip.args), "site": flip.site}
    said |= {"why": flip.why, "re_solves": flip.re_solves}
    plan = {} if household else {"plan": known["plan"]}
    return {"case": case, **plan, "flip": said, "text": text}, text


def worth_answer(
    office: Office, plan: str, *, check: bool, language: str
) -> tuple[dict[str, Any], str]:
    """What one more place would be worth, row by row."""
    answer = office.worth(plan, check=check)
    lang: Language = "fr" if language == "fr" else "en"
    rows = [{**one.as_dict(), "says": one_more(one, lang)} for one in answer["rows"]]
    return {**answer, "rows": rows}, str(worth_table(answer, office.pack, lang))
