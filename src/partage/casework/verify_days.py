"""The nights of a closed day, worked out again from the moves; ``verify`` asks."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date, timedelta

from partage.casework.close import closes_at
from partage.ledger.facts import Entry
from partage.ledger.views import MemoryRows

KEPT_DAYS = 15  # of moves: a day that is closed later than that is not worked out again
Say = Callable[[str, str], None]


class DaysCheck:
    """Keeps the moves of the last days; a close is checked before and after nothing else is needed."""

    def __init__(self, rows: MemoryRows, say: Say, zones: Mapping[str, str]) -> None:
        self._rows, self._say, self._zones = rows, say, zones
        self._at: list[str] = []
        self._moves: list[tuple[str, int]] = []
        self._cut = ""  # moves before that instant are no longer kept
        self.unchecked = 0

    def note(self, entry: Entry, seals: Collection[str]) -> None:
        """One entry, before or after it is folded: a close moves nobody."""
        for move in entry.body.get("moves", ()):
            self._at += [entry.at, entry.at]
            self._moves += [(move["from"], -move["persons"]), (move["to"], move["persons"])]
        if entry.verb == "close":
            for what in self._faults(entry, seals):
                self._say(f"entry {entry.no}", what)
            self._forget(entry)

    def _faults(self, entry: Entry, seals: Collection[str]) -> Iterator[str]:
        body = entry.body
        nights, ends = body["nights"], {a: at for at, names in body["ends"].items() for a in names}
        last = max(body["ends"], default="")
        if entry.subject != f"day/{entry.day}":
            yield f"closes {entry.subject} on the word of {entry.day}"
        if entry.version > 1:
            yield f"closes {entry.day} a second time"
        if entry.at < last:
            yield f"closes a day that is over at {last}, before that"
        if entry.no > 1 and body["anchor"] not in seals:
            yield "names an end of the chain that is the seal of no entry before it"
        for account, at in sorted(ends.items()):
            zone = self._zones.get(account)
            if zone and closes_at(date.fromisoformat(entry.day), zone) != at:
                yield f"lets the day of {account} end at {at}, not at 04:00 there"
        for account in sorted({*nights} - {*ends}):
            yield f"counts {nights[account]} persons at {account}, for which it names no end of the day"
        if min(body["ends"], default=last) < self._cut:
            self.unchecked += 1
            return
        after = {at: self.moved_since(at) for at in body["ends"]}
        book = self._rows.tables["book"]
        for account in sorted({*book, *ends}):
            if account.startswith("outside"):
                continue
            persons = (book.get(account) or {"persons": 0})["persons"]
            if account in ends:
                was = persons - after[ends[account]][account]
                if was != nights.get(account, 0):
                    yield f"gives {account} {nights.get(account, 0)} persons, not {was}"
            elif after and all(persons - moved[account] for moved in after.values()):
                yield f"leaves out {account}, where persons were at the end of the day"

    def moved_since(self, at: str) -> Counter[str]:
        """By how much each account changed from that instant on."""
        changed: Counter[str] = Counter()
        for account, persons in self._moves[bisect_left(self._at, at) :]:
            changed[account] += persons
        return changed

    def _forget(self, entry: Entry) -> None:
        cut = (date.fromisoformat(entry.at[:10]) - timedelta(days=KEPT_DAYS)).isoformat()
        first = bisect_left(self._at, cut)
        if first:
            self._cut = cut
            del self._at[:first], self._moves[:first]
