"""The household's own page: letters with a code, who comes with one, and what they find there."""

from __future__ import annotations

import secrets
from typing import Any

from partage.casework.letter import (
    ENDED,
    GOOD,
    OVER,
    REPLACED,
    adult_of,
    end_letters,
    give_letters,
    standing,
    subject_of,
)
from partage.core.errors import NotFound, Refusal
from partage.core.household import Need
from partage.core.units import CROCKFORD, operational_day
from partage.office.desk import Done
from partage.office.gate import Gate, NotRecognised
from partage.office.offers import Offers
from partage.office.ports import Clock, Journal
from partage.office.requests import Requests
from partage.office.sessions import IN
from partage.report.household import for_household
from partage.report.words import Language

SIGNS, GROUP = 16, 4  # 80 random bits: nobody guesses one, and one can be typed from paper
LIST = "letter"


class NoLonger(Refusal):
    """A letter that was good once; ``why`` says what became of it."""

    kind, http_status = "NoLonger", 403
    title_en = "This letter does not open your page any more"
    title_fr = "Cette lettre n’ouvre plus votre page"

    def __init__(self, why: str) -> None:
        super().__init__("This letter does not count any more.", "Ask for a new one; it is free.")
        self.why = why


class Letters(Requests, Offers):
    """Letters with a code for each adult, and what a household finds on its own page."""

    def letter(
        self, case: str, *, adult: int = 0, idem: str | None = None
    ) -> tuple[Done, dict[int, str]]:
        """A letter with a code for each adult of a household, or for one; the codes are shown once.

        Whatever letter that adult had opens nothing any more. No codes where ``idem`` was answered before:
        nobody keeps them.
        """
        ground = self._permit("letter", case=case)
        ids: dict[int, str] = {}

        def act() -> Any:
            row = self._case(case)
            adults = self._household(case, row).need.ages.adults
            ids.update({one: f"L-{_drawn(10)}" for one in range(1, adults + 1) if one not in ids})
            before, version = (
                self.journal.row("matters", subject_of(case)),
                self.journal.version(subject_of(case)),
            )
            with self._looking(
                "letter", [case], ground
            ):  # a refusal says how many adults there are
                return give_letters(
                    case, str(row["state"]), adults, before, ids,
                    adult=adult, version=version, day=self._day(),
                )  # fmt: skip

        done = self._do("letter", act, idem)
        if done.data["letters"] != {k: ids.get(int(k)) for k in done.data["letters"]}:
            return done, {}
        codes = {int(one): new_code() for one in done.data["letters"]}
        for one, code in codes.items():
            row = {"list": LIST, "case": case, "adult": one, "id": ids[one]}
            self.journal.change_aside(_key(self.journal, code), lambda _, row=row: row)  # type: ignore[misc]
        return done, codes

    def end_letters(self, case: str, *, idem: str | None = None) -> Done:
        """No letter of this household opens anything any more, and whoever came with one is out."""
        self._permit("letter", case=case)
        self._case(case)
        return self._do(
            "letter",
            lambda: end_letters(
                case, self.journal.row("matters", subject_of(case)), day=self._day()
            ),
            idem,
        )

    def letter_text(self, case: str, language: str) -> dict[str, Any]:
        """What a letter says: the offer in a language of theirs that is carried, and in ``language``.

        Without an offer, how things stand. ``interpreter``: a language of theirs it is not carried in.
        """
        ground = self._permit("letter", case=case)
        row = self._case(case)
        self._read("letter", [case], ground)
        return self._told(case, row, language)

    def own_case(self, case: str, language: str) -> dict[str, Any]:
        """What a household finds on its own page; for whoever comes with the letter of one adult, what that
        adult said, and never what another one did."""
        ground = self._permit("explain", fields="own reason", case=case)
        row, adult = self._case(case), adult_of(self.actor.name)
        self._read("own page", [case], ground)
        history = list(self.journal.read(subject=f"case/{case}"))
        step = str(history[-1].body.get("step", "")) if history else ""
        adults = self._adults(case, row)
        held = row.get("offer") or {}
        return {
            "case": case,
            "state": row["state"],
            "persons": row["persons"],
            "synthetic": bool(row.get("synthetic")),
            "adult": adult,
            "adults": adults,
            "said_yes": bool(adult and adult in row.get("said_yes", ())),
            "until": held.get("until", ""),
            "over": bool(held) and row["state"] == "offered" and self._at() > held["until"],
            "last_step": step,
            "at": self._at(),
            "reviews": self._reviews_of(case, adult),
            **self._told(case, row, language),
        }

    def _told(self, case: str, row: dict[str, Any], language: str) -> dict[str, Any]:
        try:
            need: Need | None = self._household(case, row).need
        except NotFound:  # its data were erased
            need = None
        own = need.interpreter_language if need else ""
        reason = self._reason_that_counts(case, row)
        lang: Language = "fr" if language == "fr" else "en"
        said: dict[str, Any] = {"letter": for_household(row, reason, self.pack, lang), "offer": {}}
        carried = own in self.pack.texts
        if row.get("offer") and row["state"] in ("offered", "bound"):
            wanted = dict.fromkeys([*([own] if carried else ()), lang])
            said["offer"] = {one: self._offer_said(case, row, one) for one in wanted}
        missing = own if own and not carried and own not in ("en", "fr") else ""
        return {**said, "interpreter": missing}

    def _adults(self, case: str, row: dict[str, Any]) -> int:
        try:
            return self._household(case, row).need.ages.adults
        except NotFound:
            return 0


def new_code() -> str:
    """A code for one letter, in groups that can be read out."""
    drawn = _drawn(SIGNS)
    return "-".join(drawn[at : at + GROUP] for at in range(0, SIGNS, GROUP))


def _drawn(signs: int) -> str:
    return "".join(secrets.choice(CROCKFORD) for _ in range(signs))  # luck, and no decision


def plain(code: str) -> str:
    """A code as it was drawn, however it was typed: Crockford's alphabet takes O for 0, I and L for 1."""
    bare = "".join(sign for sign in code.upper() if sign.isalnum())
    return bare.translate(str.maketrans("OIL", "011"))[: 2 * SIGNS]


def _key(journal: Journal, code: str) -> str:
    return f"letter/{journal.blind(f'letter {plain(code)}')}"


def letter_of(journal: Journal, clock: Clock, zone: str, code: str) -> tuple[str, int, str]:
    """The case, the adult and the id that a code belongs to; refused unknown, or good no longer."""
    row = journal.aside(_key(journal, code)) if len(plain(code)) == SIGNS else None
    if row is None:
        raise NotRecognised(
            "No letter has this code.", "Look at it once more, or ask for a new one."
        )
    why = standing(
        journal.row("matters", subject_of(row["case"])), row["id"], row["adult"],
        operational_day(clock.now(), zone).isoformat(),
    )  # fmt: skip
    if why != GOOD:
        assert why in (REPLACED, ENDED, OVER)
        raise NoLonger(why)
    return str(row["case"]), int(row["adult"]), str(row["id"])


def open_letter(gate: Gate, zone: str, code: str, lang: str) -> str:
    """With the code of a letter: a secret for the browser, good as long as the letter and a session are."""
    case, adult, id_ = letter_of(gate.journal, gate.clock, zone, code)
    return gate.begin(
        f"letter/{case}/{adult}/{id_}/{zone}", stage=IN, by="letter", lang=lang, more={}
    )
