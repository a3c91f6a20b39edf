"""From one format of the tables to the next: forwards only, in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import orjson

from partage import __version__
from partage.core.errors import InputRefused
from partage.store.rows import Connection, put_rows
from partage.store.schema import ASIDE, CASES, FORMAT

Step = str | Callable[[Connection], None]  # a statement in SQLite's words, or what does more

PAGE = 1_000  # rows at once


def _searched(conn: Connection) -> None:
    """Cases get the columns they are searched by since format 4; a row that cannot be read is refused."""
    query = f"SELECT key, row FROM cases_before WHERE key > :after ORDER BY key LIMIT {PAGE}"
    after = ""
    while page := conn.execute(query, {"after": after}).fetchall():
        put_rows(conn, "cases", {key: orjson.loads(row) for key, row in page})
        after = page[-1][0]


# What takes a format to the next one. Format 1 was never released and had another vault; that rows aside
# are sealed since format 5 the journal does itself (it has the key).
STEPS: Mapping[int, Sequence[Step]] = {
    2: ASIDE,
    3: (
        "CREATE TABLE cases_before AS SELECT key, row FROM cases",
        "CREATE UNIQUE INDEX cases_before_key ON cases_before (key)",
        "DROP TABLE cases",
        *CASES,
        _searched,
        "DROP TABLE cases_before",
    ),
    4: (),
}
SEALED = 5  # the first format whose rows aside are sealed


def can_migrate(version: int) -> bool:
    """Whether there are steps from that format to the present one."""
    return version < FORMAT and all(number in STEPS for number in range(version, FORMAT))


def migrate(conn: Connection, version: int, said: Callable[[str], str]) -> None:
    """Inside a transaction: take the tables from that format to the present one.

    ``said`` puts a statement into the words of the database.
    """
    for number in range(version, FORMAT):
        for step in STEPS[number]:
            if isinstance(step, str):
                conn.execute(said(step))
            else:
                step(conn)


def of_another(name: str, version: int) -> InputRefused:
    """A database that is no journal, or one of a version of Partage that wrote another format."""
    if version == 0:
        return InputRefused(
            f"'{name}' is a database, but not a journal of Partage.", "Give another --db."
        )
    age = "a newer" if version > FORMAT else "an older"
    if can_migrate(version):
        return InputRefused(
            f"'{name}' has the format {version}, this version of Partage reads {FORMAT}.",
            "Make a backup with the version that wrote it, then run 'partage migrate'.",
        )
    return InputRefused(
        f"'{name}' was written by {age} version of Partage: its format is "
        f"{version}, this version reads {FORMAT}. Nothing was changed.",
        f"Use the version that wrote it; 'partage --version' says that this one is {__version__}.",
    )
