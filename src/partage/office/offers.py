"""Offers that are out: how long each lives, what each adult said, and taking one back."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from partage.casework.take_back import take_back
from partage.core.units import parse_instant
from partage.ledger.facts import Entry
from partage.office.consents import Consents
from partage.office.desk import Done

SAID = {"answer:one": "accept", "answer:accept": "accept", "answer:decline": "decline"}


class Offers(Consents):
    """Offers that are out: how long each lives, what each adult said, and taking one back."""

    def offers(self) -> list[dict[str, Any]]:
        """Every offer that waits for an answer or was accepted and has not left, the one that lapses first
        at the head: no data of people, only codes, hours and who has answered."""
        self._permit("survey", fields="case codes")
        now, found = self.clock.now(), []
        for state in ("offered", "bound"):
            for case, row in self.journal.rows("cases", state=state).items():
                held = row["offer"]
                left = (parse_instant(held["until"]) - now).total_seconds()
                found.append(
                    {
                        "case": case,
                        "state": state,
                        "persons": row["persons"],
                        "site": held["site"],
                        "plan": held["plan"],
                        "day": held["day"],
                        "until": held["until"],
                        "minutes_left": int(left // 60),
                        "synthetic": bool(row.get("synthetic")),
                        "answers": _answers(self.journal.read(subject=f"case/{case}")),
                        "letters": (self.journal.row("matters", f"letter/{case}") or {}).get(
                            "state"
                        )
                        == "given",
                    }
                )
        return sorted(found, key=lambda one: (one["state"] != "offered", one["until"], one["case"]))

    def withdraw_offer(self, case: str, *, why: str, idem: str | None = None) -> Done:
        """Take an offer back, with a reason: the household keeps its roof and waits for the next plan."""
        self._permit("offer", case=case)
        return self._do(
            "offer", lambda: take_back(case, self._case(case), why, day=self._day()), idem
        )


def _answers(history: Iterable[Entry]) -> list[dict[str, Any]]:
    """What was said to the offer that stands: which adult (0: each), in which language, with whom."""
    said: list[dict[str, Any]] = []
    for entry in history:
        step = str(entry.body.get("step", ""))
        if step == "offer":
            said = []
        elif step in SAID:
            said.append(
                {
                    "adult": int(entry.body.get("adult", 0)),
                    "outcome": SAID[step],
                    "at": entry.at,
                    "language": entry.body.get("language", ""),
                    "interpreter": bool(entry.body.get("interpreter")),
                    "by": entry.role,
                }
            )
    return said
