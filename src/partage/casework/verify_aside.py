"""Rows put aside are no facts; which of them may be there, and for whom, the facts say all the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from partage.casework.verify_vault import SHOWN, Verified
from partage.ledger.facts import Entry, Put

Row = Mapping[str, Any]
TAKE = "find out who put it there, and take it away"


class AsideCheck:
    """Reads entries as they pass, and then the rows beside them."""

    def __init__(self) -> None:
        self._letters: set[str] = set()  # every id that a letter ever had

    def note(self, entry: Entry) -> None:
        """Which letters there are, from an entry about letters."""
        self._letters.update(entry.body.get("matter", {}).get("codes", {}).values())

    def settle(self, report: Verified, aside: Sequence[Put] | None) -> None:
        """What no hand of the office left so, what opens for nobody, and what should open and is gone."""
        if aside is None:
            return  # that the key is not here is said of the vault
        good = {put.key: put.row for put in aside if put.row is not None}
        for put in [put for put in aside if put.row is None][:SHOWN]:
            what = "was put there or changed by a hand without the key: it opens nothing"
            report.fault(f"aside {put.key}", what, TAKE)
        matters = report.rows.tables["matters"]
        for key, row in good.items():
            kind, _, name = key.partition("/")
            if kind == "login" and (matters.get(f"user/{name}") or {}).get("state") != "active":
                what = "is a way to sign in for nobody who has an account: it opens nothing"
                report.fault(f"aside {key}", what, TAKE)
            elif kind == "hook":
                self._hook(report, key, row, matters.get(key) or {})
        self._of_letters(report, good, matters)
        self._gone(report, good, matters)
        report.checked["rows aside"] = len(good)

    def _hook(self, report: Verified, key: str, row: Row, known: Row) -> None:
        if known.get("state") != "active" or [*row["events"]] != [*known.get("events", ())]:
            what = "tells an address what nobody said it should be told"
            report.fault(f"aside {key}", what, TAKE)

    def _of_letters(self, report: Verified, good: Mapping[str, Row], matters: Row) -> None:
        ids = Counter(str(row["id"]) for key, row in good.items() if key.startswith("letter/"))
        for id_, number in sorted(ids.items()):
            if id_ not in self._letters or number > 1:
                what = "has a code that nobody gave, or a second one"
                report.fault(f"letter {id_}", what, "give that adult a new letter")
        for key, row in sorted(matters.items()):
            if key.startswith("letter/") and row.get("state") == "given":
                for adult, id_ in sorted(row["codes"].items()):
                    if id_ not in ids:
                        what = f"the letter of adult {adult} counts, and no code opens it"
                        report.fault(key, what, "give that adult a new letter")

    def _gone(self, report: Verified, good: Mapping[str, Row], matters: Row) -> None:
        for key, row in sorted(matters.items()):
            if key.startswith("hook/") and row.get("state") == "active" and key not in good:
                what = "is told nothing: its address is gone"
                report.fault(key, what, "end it, and give the address anew")
