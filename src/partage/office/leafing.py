"""The ledger leafed through: the book of persons as it stands, and the entries it is folded from."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice
from typing import Any

from partage.core.errors import InputRefused
from partage.ledger.facts import Entry
from partage.office.desk import Desk

MOST = 200  # entries of a page
KINDS = ("hosted", "waiting", "outside")


class Leafing(Desk):
    """The ledger leafed through: codes, counts and who acted in which role; nothing of a household."""

    def leaf(self, *, before: int = 0, most: int = 50, subject: str = "") -> dict[str, Any]:
        """Entries with their seals, the newest first, and the book of persons, which sums to nought.

        ``before``: those with a smaller number; 0: from the last on. ``subject``: those of a case, a plan,
        a day …, as entries name it.
        """
        self._permit("verify")
        if before < 0 or not 1 <= most <= MOST:
            raise InputRefused(
                "There is no such page of the ledger.", f"Ask for 1 to {MOST} entries."
            )
        with self.journal.snapshot():
            last, head = self.journal.head()
            end = min(before - 1, last) if before else last
            if subject:
                mine = [e for e in self.journal.read(subject=subject) if e.no <= end]
                found = mine[-most:]
                rest = len(mine) - len(found)
            else:
                after = max(0, end - most)
                found = list(islice(self.journal.read(after=after), end - after))
                rest = after
            book = {a: int(r["persons"]) for a, r in self.journal.rows("book").items()}
        return {
            "at": self._at(),
            "last": last,
            "head": head,
            "entries": [_shown(entry) for entry in reversed(found)],
            "before": found[0].no if found and rest else 0,
            "book": _by_kind(book),
            "sum": sum(book.values()),
        }


def _shown(entry: Entry) -> dict[str, Any]:
    return {
        "no": entry.no, "at": entry.at, "day": entry.day, "verb": entry.verb,
        "step": str(entry.body.get("step", "")), "actor": entry.actor, "role": entry.role,
        "subject": entry.subject, "version": entry.version, "seal": entry.seal,
        "persons": sum(int(one["persons"]) for one in entry.body.get("moves", ())),
    }  # fmt: skip


def _by_kind(book: Mapping[str, int]) -> dict[str, dict[str, Any]]:
    """Accounts that are not nought, by their kind, with the sum of each kind."""
    found: dict[str, dict[str, Any]] = {k: {"persons": 0, "accounts": []} for k in KINDS}
    for account, persons in sorted(book.items()):
        kind, _, where = account.replace(":", "@", 1).partition("@")
        if persons:
            found[kind]["persons"] += persons
            found[kind]["accounts"].append({"where": where, "persons": persons})
    return found
