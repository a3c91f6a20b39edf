"""Lately: what the last twenty-four hours brought, hour by hour, and the last nights that are closed."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta
from threading import Lock
from typing import Any

from partage.casework.lately import came, hour_of, hours_until, moved_in
from partage.ledger.facts import Entry
from partage.office.desk import Desk
from partage.office.ports import Journal

NIGHTS = 14
JOURNALS = 4  # whose hours are kept in memory; a server has one


@dataclass(slots=True)
class Counted:
    """The hours of one journal as far as they were read: every entry is read once, not once a look."""

    since: str  # the first hour that is whole
    no: int
    seal: str
    came: Counter[str] = field(default_factory=Counter)
    moved_in: Counter[str] = field(default_factory=Counter)

    def add(self, entry: Entry) -> None:
        """One more entry."""
        hour = hour_of(entry.at)
        if hour >= self.since:
            self.came[hour] += came(entry)
            self.moved_in[hour] += moved_in(entry)
        self.no, self.seal = entry.no, entry.seal


_COUNTED: list[Counted] = []
_LOCK = Lock()


class Lately(Desk):
    """What came in lately; counts alone."""

    def lately(self, nights: int = NIGHTS) -> dict[str, Any]:
        """Persons taken in and persons who moved in by the hour, the present one and the 23 before it;
        and how many slept where, at sites and at entry points, on the last nights that are closed."""
        self._permit("survey")
        hours = hours_until(self.clock.now())
        with _LOCK:
            known = self._hours_from(hours[0])
            rows = [
                {"hour": hour, "came": known.came[hour], "moved_in": known.moved_in[hour]}
                for hour in hours
            ]
        return {
            "at": self._at(),
            "since": hours[0],
            "came": sum(int(str(row["came"])) for row in rows),
            "moved_in": sum(int(str(row["moved_in"])) for row in rows),
            "hours": rows,
            "nights": self._last_nights(nights),
        }

    def _hours_from(self, first: str) -> Counted:
        """The hours from that one on: what was read before, and the entries since."""
        known = _known(self.journal, first)
        if known is None:
            head = self.journal.head()
            known = Counted(first, 0, "")
            for entry in self._since(first):
                known.add(entry)
            if not known.seal:  # a quiet day: what is kept is that nothing happened until here
                known.no, known.seal = head
            _COUNTED[:] = [known, *_COUNTED][:JOURNALS]
            return known
        for entry in self.journal.read(after=known.no):
            known.add(entry)
        for hour in [one for one in known.came if one < first]:
            del known.came[hour], known.moved_in[hour]
        known.since = first
        return known

    def _last_nights(self, most: int) -> list[dict[str, Any]]:
        """The closed ones of the last nights, the first of them first."""
        today, found = date.fromisoformat(self._day()), []
        for back in range(most, 0, -1):
            day = (today - timedelta(days=back)).isoformat()
            closed = next(iter(self.journal.read(subject=f"day/{day}")), None)
            if closed is not None:
                book = closed.body["nights"]
                found.append({
                    "night": day,
                    "hosted": sum(n for a, n in book.items() if a.startswith("hosted@")),
                    "waiting": sum(n for a, n in book.items() if a.startswith("waiting@")),
                })  # fmt: skip
        return found


def _known(journal: Journal, first: str) -> Counted | None:
    """What is kept of this journal: the chain says by a seal that it is this one, and not a copy that
    went another way."""
    for one in _COUNTED:
        if one.since <= first and one.seal and journal.has_seal(one.seal):
            return one
    return None
