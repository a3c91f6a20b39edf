"""What households ask of the office: reviews and corrections, in a queue with its clock, and answered."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from partage.casework.acts import Acts
from partage.casework.correction import OUTCOMES as CORRECTED
from partage.casework.correction import answer_correction, request_correction
from partage.casework.letter import adult_of
from partage.casework.review import OUTCOMES
from partage.core.errors import InputRefused, NotFound, no_such
from partage.core.names import same_person
from partage.intake.correction import cells_of
from partage.office.desk import Done
from partage.office.people import People
from partage.office.recourse import Recourse

REVIEWS = ("open", *OUTCOMES)
CORRECTIONS = ("open", *CORRECTED)
SHOWN = ("case", "asked_on", "answer_by", "state", "answered_on", "late", "by")


class Requests(Recourse, People):
    """What households ask of the office: reviews and corrections, in a queue with its clock."""

    def reviews(self) -> list[dict[str, Any]]:
        """Every request for review, the open ones first by their clock; no word of what was written.

        ``mine``: whoever looks took part in what is contested, so somebody else answers.
        """
        self._permit("review", fields="request")
        found = [
            self._listed_review(subject, row)
            for subject, row in self._matters("review", REVIEWS).items()
        ]
        return sorted(found, key=_open_first)

    def _listed_review(self, subject: str, row: Mapping[str, Any]) -> dict[str, Any]:
        me = {same_person(name) for name in (self.actor.name, *self._stands_for())}
        return {
            **self._clocked("review", subject, row),
            "ground": row["ground"],
            "was": row["was"],
            "plan": row["plan"],
            "mine": row["state"] == "open" and bool(self._hands(row) & me),
        }

    def read_review(self, review: str) -> dict[str, Any]:
        """One request with what was written in it and what was answered; the look is logged."""
        ground = self._permit("review", fields="request")
        matter = self._review(review)
        # named as any look at the case: the log is read by each adult, and who asked is theirs alone
        self._read("explain", [str(matter["case"])], ground)
        listed = self._listed_review(f"review/{review}", matter)
        asked, answered = self._written("review", review, str(matter["case"]))
        return {**listed, "note": asked, "answer": answered}

    def request_correction(
        self, case: str, about: str, *, note: str, idem: str | None = None
    ) -> Done:
        """Say that something known of a household is wrong; nothing changes before an officer answers."""
        self._permit("review", case=case)
        return self._do(
            "review",
            lambda: request_correction(
                case, self._case(case), about, note=note, role=self.actor.role,
                adult=adult_of(self.actor.name), day=self._day(), stream=self._stream("correction"),
            ),
            idem,
        )  # fmt: skip

    def corrections(self) -> list[dict[str, Any]]:
        """Every request for a correction, the open ones first by their clock; no word that was written."""
        self._permit("review", fields="request")
        found = [
            {**self._clocked("correction", subject, row), "about": row["about"]}
            for subject, row in self._matters("correction", CORRECTIONS).items()
        ]
        return sorted(found, key=_open_first)

    def read_correction(self, correction: str) -> dict[str, Any]:
        """One request with what was written, beside what is known now, cell by cell; the look is logged."""
        ground = self._permit("correct", fields="case part")
        matter = self._correction(correction)
        case = str(matter["case"])
        self._read("correct", [case], ground)
        listed = self._clocked("correction", f"correction/{correction}", matter)
        asked, answered = self._written("correction", correction, case)
        try:
            cells = cells_of(self._household(case, self._case(case)))
        except NotFound:  # its data were erased
            cells = {}
        return {
            **listed,
            "about": matter["about"],
            "note": asked,
            "answer": answered,
            "known": cells,
        }

    def answer_correction(
        self,
        correction: str,
        outcome: str,
        *,
        changes: Mapping[str, str] | None = None,
        why: str = "",
        note: str = "",
        idem: str | None = None,
    ) -> Done:
        """Correct what was asked for (``changes`` and the code ``why``), or refuse it with a ``note``."""
        self._permit("correct", fields="case part")
        matter = self._correction(correction)

        def act() -> Acts:
            if outcome == "corrected" and not changes:
                raise InputRefused(
                    "It is not said what is corrected.", "Name a cell and its value."
                )
            made = None
            if outcome == "corrected":
                made = self._correcting(str(matter["case"]), dict(changes or {}), why)
            return answer_correction(
                correction, self._correction(correction), outcome, why=note, corrected=made,
                day=self._day(), stream=self._stream("correction"),
            )  # fmt: skip

        return self._do("correct", act, idem)

    def _reviews_of(self, case: str, adult: int) -> list[dict[str, Any]]:
        """What this adult of a household asked for, and what came of it."""
        found = []
        for kind, states in (("review", REVIEWS), ("correction", CORRECTIONS)):
            for subject, row in self._matters(kind, states).items():
                if row["case"] != case or (row.get("adult") and row["adult"] != adult):
                    continue  # that another adult asked, and for what, is theirs alone
                one = self._clocked(kind, subject, row)
                one |= {"kind": kind, "about": row["ground" if kind == "review" else "about"]}
                asked, answered = self._written(kind, subject.partition("/")[2], case)
                one |= {"note": asked, "answer": answered}
                found.append(one)
        return sorted(found, key=lambda one: (str(one["asked_on"]), str(one["kind"])), reverse=True)

    def _matters(self, kind: str, states: tuple[str, ...]) -> dict[str, dict[str, Any]]:
        return {
            subject: row
            for state in states
            for subject, row in self.journal.rows("matters", list=f"{kind}/{state}").items()
        }

    def _clocked(self, kind: str, subject: str, row: Mapping[str, Any]) -> dict[str, Any]:
        left = (date.fromisoformat(row["answer_by"]) - date.fromisoformat(self._day())).days
        shown = {name: row.get(name, "") for name in SHOWN}
        return {kind: subject.partition("/")[2], **shown, "days_left": left}

    def _written(self, kind: str, number: str, case: str) -> tuple[str, str]:
        """What was asked and what was answered, in people's own words; "" where nothing was written."""
        kept = {s.commitment: s.data.decode() for s in self._secrets(f"case/{case}", kind)}
        said = {
            entry.version: kept.get(str(entry.body.get("vault", {}).get(kind, "")), "")
            for entry in self.journal.read(subject=f"{kind}/{number}")
        }
        return said.get(1, ""), next((text for no, text in said.items() if no > 1 and text), "")

    def _correction(self, correction: str) -> dict[str, Any]:
        row = self.journal.row("matters", f"correction/{correction}")
        if row is None:
            raise NotFound(no_such("correction", correction), "Its id is C- and ten characters.")
        return row


def _open_first(row: Mapping[str, Any]) -> tuple[bool, str, str]:
    return (
        row["state"] != "open",
        str(row["answer_by"]),
        str(row.get("review") or row["correction"]),
    )
