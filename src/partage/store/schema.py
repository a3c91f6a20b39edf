"""The tables of a journal: entries with the contract's field names, views, vault, blobs, head."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from partage.casework.looked import first_look

FORMAT = 5  # of the tables; a database that says another was written by another version

COLUMNS = "no, at, day, verb, actor, role, subject, version, body, idem, prev, seal"  # of an entry

Cell = Callable[[Mapping[str, Any]], Any]


def _said(name: str) -> Cell:
    return lambda row: row.get(name)


SEARCHED: Mapping[str, Mapping[str, Cell]] = {
    "cases": {
        "state": _said("state"),
        "since": _said("since"),
        "look": first_look,
        "account": _said("account"),
    },
    "places": {"kind": _said("kind")},
    "matters": {"list": _said("list")},
    "book": {"persons": _said("persons")},
    "tally": {"persons": _said("persons")},
}  # the columns a view is searched by, and what of a row stands in each


def cells_of(view: str, row: Mapping[str, Any]) -> dict[str, Any]:
    """What stands in the search columns beside a row."""
    return {name: cell(row) for name, cell in SEARCHED[view].items()}


CASES = (
    """CREATE TABLE cases (
        key TEXT PRIMARY KEY,
        state TEXT,
        since TEXT,
        look TEXT,
        account TEXT,
        row TEXT NOT NULL
    )""",
    "CREATE INDEX cases_since ON cases (state, since, key)",
    "CREATE INDEX cases_look ON cases (state, look)",
    "CREATE INDEX cases_account ON cases (account)",
)
ASIDE = (  # beside the record: who signs in by what; and what passes: sessions, tries, questions
    "CREATE TABLE aside (key TEXT PRIMARY KEY, list TEXT NOT NULL, row TEXT NOT NULL)",
    "CREATE INDEX aside_list ON aside (list)",
    """CREATE TABLE passing (
        key TEXT PRIMARY KEY,
        list TEXT NOT NULL,
        until TEXT NOT NULL,
        row TEXT NOT NULL
    )""",
    "CREATE INDEX passing_list ON passing (list)",
    "CREATE INDEX passing_until ON passing (until)",
)
NOT_COPIED = ("passing",)  # a copy that is restored signs nobody in

TABLES = (
    """CREATE TABLE entries (
        no INTEGER PRIMARY KEY,
        at TEXT NOT NULL,
        day TEXT NOT NULL,
        verb TEXT NOT NULL,
        actor TEXT NOT NULL,
        role TEXT NOT NULL,
        subject TEXT NOT NULL,
        version INTEGER NOT NULL,
        body TEXT NOT NULL,
        idem TEXT NOT NULL,
        prev TEXT NOT NULL,
        seal TEXT NOT NULL UNIQUE
    )""",
    "CREATE UNIQUE INDEX entries_subject ON entries (subject, version)",
    "CREATE INDEX entries_idem ON entries (idem)",
    "CREATE TABLE answers (idem TEXT PRIMARY KEY, data TEXT NOT NULL)",
    "CREATE TABLE head (no INTEGER NOT NULL, seal TEXT NOT NULL)",
    *CASES,
    "CREATE TABLE places (key TEXT PRIMARY KEY, kind TEXT, row TEXT NOT NULL)",
    "CREATE TABLE matters (key TEXT PRIMARY KEY, list TEXT, row TEXT NOT NULL)",
    "CREATE INDEX matters_list ON matters (list)",
    "CREATE TABLE tally (key TEXT PRIMARY KEY, persons INTEGER, row TEXT NOT NULL)",
    "CREATE TABLE book (key TEXT PRIMARY KEY, persons INTEGER, row TEXT NOT NULL)",
    "CREATE TABLE blobs (mark TEXT PRIMARY KEY, data BLOB NOT NULL)",
    """CREATE TABLE vault (
        id TEXT PRIMARY KEY,
        kind TEXT NOT NULL,
        subject TEXT NOT NULL,
        blind TEXT NOT NULL,
        sealed BLOB NOT NULL
    )""",
    "CREATE INDEX vault_subject ON vault (subject, kind)",
    "CREATE INDEX vault_blind ON vault (blind)",
    "CREATE UNIQUE INDEX vault_reference ON vault (blind) WHERE kind = 'reference'",
    "CREATE TABLE keys (subject TEXT PRIMARY KEY, wrapped BLOB NOT NULL)",
    *ASIDE,
)


def for_postgres(statement: str) -> str:
    """The same table in PostgreSQL: texts compared byte by byte, and the order in which rows came."""
    own = {"INTEGER": "BIGINT", "BLOB": "BYTEA", "TEXT": 'TEXT COLLATE "C"'}
    for here, there in own.items():
        statement = statement.replace(f" {here}", f" {there}")
    if statement.startswith("CREATE TABLE vault"):  # SQLite numbers its rows by itself
        first = "        id TEXT"
        statement = statement.replace(
            first, f"        came BIGINT GENERATED ALWAYS AS IDENTITY,\n{first}"
        )
    return statement


def columns() -> dict[str, dict[str, str]]:
    """Each table with its columns and their types, in order: ``{"head": {"no": "INTEGER", …}, …}``."""
    found = {}
    for statement in TABLES:
        if made := re.match(r"CREATE TABLE (\w+) \((.*)\)$", statement, re.S):
            cells = (column.split() for column in made[2].split(","))
            found[made[1]] = {name: kind for name, kind, *_ in cells}
    return found


def copied() -> dict[str, dict[str, str]]:
    """The tables that a backup holds, with their columns."""
    return {name: cells for name, cells in columns().items() if name not in NOT_COPIED}
