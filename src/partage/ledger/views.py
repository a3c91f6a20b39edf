"""Views folded from facts: cases, places, matters, the book of persons, and how many are where.

A fact carries its own effects (``case``, ``moves``, ``place``, ``matter`` in its body), so this fold
knows no verb: whatever an office did, anyone can rebuild the same rows from the entries alone.

"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any, Protocol

from partage.ledger.facts import Entry

VIEWS = ("cases", "places", "matters", "book", "tally")
COUNTED = ("held", "taken", "sent")  # period -> service -> units; they may never fall below 0


class ViewRows(Protocol):
    """Rows of the views, read and written one by one."""

    def get(self, view: str, key: str) -> dict[str, Any] | None:
        """The row, or None."""

    def put(self, view: str, key: str, row: dict[str, Any]) -> None:
        """Write the row whole."""


class MemoryRows:
    """Views as dictionaries: for the memory journal, and to rebuild and compare."""

    def __init__(self) -> None:
        self.tables: dict[str, dict[str, dict[str, Any]]] = {name: {} for name in VIEWS}

    def get(self, view: str, key: str) -> dict[str, Any] | None:
        """A copy of the row, or None; the tables in it are shared, and nothing changes them in place."""
        row = self.tables[view].get(key)
        return dict(row) if row is not None else None

    def put(self, view: str, key: str, row: dict[str, Any]) -> None:
        """Write the row whole."""
        self.tables[view][key] = row


class LiveRows(MemoryRows):
    """The same without copies, for whoever folds once and throws it away if a fact is impossible."""

    def get(self, view: str, key: str) -> dict[str, Any] | None:
        """The row itself, or None."""
        return self.tables[view].get(key)


def project(entry: Entry, rows: ViewRows) -> None:
    """Write what one fact does to the views; a count that falls below zero is a bug and raises."""
    body = entry.body
    if "case" in body:
        key = entry.subject.removeprefix("case/")
        row = rows.get("cases", key) or {}
        before = row.get("state", ""), row.get("persons", 0)
        row.update(body["case"])
        row["version"] = entry.version
        after = row.get("state", ""), row.get("persons", 0)
        if before != after:
            _tally(rows, *before, -1)
            _tally(rows, *after, 1)
        rows.put("cases", key, row)
    if "matter" in body:  # a run, a request for review, an agreement …, by its whole subject
        row = rows.get("matters", entry.subject) or {}
        row.update(body["matter"])
        row["version"] = entry.version
        row["list"] = f"{entry.subject.partition('/')[0]}/{row.get('state', '')}"
        rows.put("matters", entry.subject, row)
    for move in body.get("moves", ()):
        _post(rows, move["from"], -move["persons"])
        _post(rows, move["to"], move["persons"])
    if "place" in body:
        kind, _, key = entry.subject.partition("/")
        row = rows.get("places", key) or {"kind": kind}
        _change_place(row, body["place"], entry)
        rows.put("places", key, row)


def rebuild(entries: Iterable[Entry]) -> MemoryRows:
    """The views folded anew from all entries."""
    rows = MemoryRows()
    for entry in entries:
        project(entry, rows)
    return rows


def _tally(rows: ViewRows, state: Any, persons: Any, sign: int) -> None:
    """Households and persons by state, so that nobody has to read every case to count them."""
    state = str(state)
    if not state:
        return
    row = rows.get("tally", state) or {"households": 0, "persons": 0}
    row["households"] += sign
    row["persons"] += sign * int(persons)
    rows.put("tally", state, row)


def _post(rows: ViewRows, account: str, persons: int) -> None:
    row = rows.get("book", account) or {"persons": 0}
    row["persons"] += persons
    if row["persons"] < 0 and not account.startswith("outside:"):
        raise ValueError(f"the account {account} would hold {row['persons']} persons")
    rows.put("book", account, row)


def _change_place(row: dict[str, Any], change: Mapping[str, Any], entry: Entry) -> None:
    """Tables of a row are made anew where they change, so that a copy of the row may share the others."""
    for name, value in change.items():
        if name in COUNTED:
            table = dict(row.get(name, ()))
            for period, units in value.items():
                counts = _added(table.get(period, {}), units, entry.subject, name, period)
                if counts:
                    table[period] = counts
                else:
                    table.pop(period, None)
            row[name] = table
        elif name == "occupied":
            row[name] = _added(row.get(name, {}), value, entry.subject, name)
        elif name == "carry":
            row[name] = _owed(row.get(name, {}), value)
        elif name == "blocks":
            row[name] = [*row.get(name, ()), *value]
        else:  # consents, capacity, region, as_of …: the latest word counts
            row[name] = value
    row["version"] = entry.version


def _owed(balance: Mapping[str, str], change: Mapping[str, str]) -> dict[str, str]:
    """Exact fractions, per policy; what comes to nothing leaves no trace."""
    after = dict(balance)
    for policy, text in change.items():
        owed = Fraction(after.get(policy, "0")) + Fraction(text)
        after[policy] = f"{owed.numerator}/{owed.denominator}"
        if not owed:
            del after[policy]
    return after


def _added(counts: Mapping[str, int], units: Mapping[str, int], *where: str) -> dict[str, int]:
    after = dict(counts)
    for service, number in units.items():
        total = after.get(service, 0) + number
        if total < 0:
            raise ValueError(f"{' '.join(where)}: {service} would be {total}")
        if total:
            after[service] = total
        else:
            after.pop(service, None)
    return after
