"""What stands in a journal's file that no entry accounts for: triggers, entries beside the chain."""

from __future__ import annotations

import sqlite3

from partage.store.rows import Connection
from partage.store.schema import TABLES

SHOWN = 3  # of what SQLite says of its own pages
_OWN = "SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite\\_stat%' ESCAPE '\\'"


def strays(conn: sqlite3.Connection, head: int) -> list[str]:
    """Sentences on what is in the file and should not be, or should be and is not; none if it is whole.

    A trigger could change what is written next, a missing index what is found; an entry with a number
    below 1 is in no chain and would still answer for its key.
    """
    said = [f"is not whole on the disk: {line}" for line in _pages(conn)]
    with sqlite3.connect(":memory:") as fresh:
        for statement in TABLES:
            fresh.execute(statement)
        wanted = {tuple(row) for row in fresh.execute(_OWN)}
    fresh.close()
    there = {tuple(row) for row in conn.execute(_OWN)}
    said += [
        f"has a {kind} '{name}' that is not its own" for kind, name, _ in _named(there - wanted)
    ]
    said += [f"lacks its {kind} '{name}'" for kind, name, _ in _named(wanted - there)]
    return said + outside(conn, head)


def outside(conn: Connection, head: int) -> list[str]:
    """Entries that stand before the first or after the acknowledged last one."""
    found = conn.execute(
        "SELECT no FROM entries WHERE no < 1 OR no > :head ORDER BY no LIMIT 1", {"head": head}
    ).fetchone()
    return [f"has an entry {found[0]} outside the chain, which ends at {head}"] if found else []


def _pages(conn: sqlite3.Connection) -> list[str]:
    rows = conn.execute(f"PRAGMA integrity_check({SHOWN})").fetchall()
    return [str(row[0]) for row in rows if row[0] != "ok"]


def _named(rows: set[tuple[str, ...]]) -> list[tuple[str, ...]]:
    return sorted(rows, key=lambda row: (row[0], row[1]))
