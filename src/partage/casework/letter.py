"""``letter``: a code on paper for each adult of a household; given, replaced, ended, good until a day.

The chain has which letter of which adult counts and until when. By what it opens, a keyed digest of its
code, is no fact and lies beside the record.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta

from partage.casework.acts import Acts, Row
from partage.core.errors import InputRefused, NotPermitted, WrongState
from partage.ledger.facts import Draft

DAYS = 30  # assumed: long enough to answer, to ask for a review and to read what came of it
ADULT = re.compile(r"^adult ([1-9][0-9]?)\Z", re.ASCII)
GOOD, REPLACED, ENDED, OVER = "good", "replaced", "ended", "over"


def subject_of(case: str) -> str:
    """The subject of the letters of a household."""
    return f"letter/{case}"


def adult_of(name: str) -> int:
    """Which adult comes, from the name that a letter gives them; 0 where it is not said."""
    found = ADULT.match(name)
    return int(found[1]) if found else 0


def name_of(adult: int) -> str:
    """By what name an adult with a letter stands in the record."""
    return f"adult {adult}"


def give_letters(
    case: str, state: str, adults: int, row: Row | None, ids: Mapping[int, str], *,
    adult: int, version: int, day: str,
) -> Acts:  # fmt: skip
    """A letter for each adult, or for one of them; the letter before it opens nothing any more.

    ``ids`` are fresh ids by adult. Refused: a household without an adult, an adult who is not there, a
    household that has left.
    """
    if not adults:
        raise NotPermitted(
            f"{case} has nobody of 18 or more; it gets no letter with a code.",
            "An officer speaks with them, and with whoever looks after them.",
        )
    if not 0 <= adult <= adults:
        raise InputRefused(
            f"{case} has {adults} adult(s); there is no adult {adult}.", f"Give 1 to {adults}."
        )
    if state == "left":
        raise WrongState(f"{case} has left.", "Ask them how they wish to be reached.")
    wanted = [adult] if adult else list(range(1, adults + 1))
    kept = (row or {}).get("codes", {}) if (row or {}).get("state") == "given" else {}
    codes = {**kept, **{str(one): ids[one] for one in wanted}}
    until = (date.fromisoformat(day) + timedelta(days=DAYS)).isoformat()
    ends = {
        **{k: v for k, v in (row or {}).get("until", {}).items() if k in codes},
        **{str(one): until for one in wanted},
    }
    matter = {"state": "given", "case": case, "codes": codes, "until": ends}
    draft = Draft("letter", subject_of(case), {"matter": matter}, day)
    data = {"case": case, "letters": {str(one): ids[one] for one in wanted}, "until": until}
    return Acts((draft,), {draft.subject: version}, data=data)


def end_letters(case: str, row: Row | None, *, day: str) -> Acts:
    """No letter of this household opens anything any more."""
    if row is None or row.get("state") != "given":
        raise WrongState(f"No letter of {case} counts.", "Nothing to do.")
    draft = Draft("letter", subject_of(case), {"matter": {"state": "ended", "codes": {}}}, day)
    return Acts((draft,), {draft.subject: int(row["version"])}, data={"case": case, "ended": day})


def standing(row: Row | None, id_: str, adult: int, day: str) -> str:
    """Whether a letter counts on a day, or why it does not any more."""
    known = row or {}
    if known.get("state") != "given":
        return ENDED
    if known.get("codes", {}).get(str(adult)) != id_:
        return REPLACED
    return GOOD if day <= str(known.get("until", {}).get(str(adult), "")) else OVER


def check_answers_for_itself(case: str, adults: int, mine: int, adult: int) -> None:
    """From the household's own page: nobody under 18 answers, and nobody for another adult."""
    if not adults:
        raise NotPermitted(
            f"{case} has nobody of 18 or more, so nothing is answered here.",
            "An officer speaks with them, and with whoever looks after them.",
        )
    if mine and mine != adult:
        raise NotPermitted("Each adult answers for themselves alone.", f"You are adult {mine}.")
