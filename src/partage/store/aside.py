"""Beside the record: small rows that are no facts, such as who signs in by what, and who is signed in.

They may change and go, so they are in no chain and no view. What passes (sessions, tries) has an end
of its own and is never copied. Each row is sealed with a key that does not lie in the database: whoever
writes one by hand, a password or a session, gets nothing for it, and ``verify`` names it.
"""

from __future__ import annotations

import hmac
import json
from abc import abstractmethod
from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from hashlib import sha256
from typing import Any

from partage.core.errors import Unavailable
from partage.core.marks import dumps
from partage.ledger.facts import Put
from partage.store.rows import Connection, scalar
from partage.store.vault import Sealer

Row = dict[str, Any]
Change = Callable[[Row | None], Row | None]
PASSING = ("session", "tries", "asked", "delivered")  # the first part of a key
SUBJECT = "vault/aside"  # whose key seals what is written here
SEAL = "seal"  # of a row, among its own names
TABLES = {
    "aside": "list",
    "passing": "list, until",
}  # and the columns that repeat a name of the row


def table_of(key: str) -> str:
    """Where a row lies, by the first part of its key."""
    return "passing" if key.partition("/")[0] in PASSING else "aside"


def row_seal(key: bytes, name: str, row: Row) -> str:
    """By what a row is known to be as the office left it: whole, and under its own name."""
    said = dumps({k: v for k, v in row.items() if k != SEAL})
    return hmac.digest(key, b"row" + sha256(name.encode()).digest() + said, "sha256").hex()


def opened(key: bytes | None, name: str, text: str) -> Row | None:
    """The row of a text, without its seal; None if a hand without the key wrote it."""
    try:
        row = json.loads(text)
        if key is None or not isinstance(row, dict):
            return None
        good = hmac.compare_digest(str(row.pop(SEAL, "")), row_seal(key, name, row))
    except (ValueError, TypeError, RecursionError):
        return None
    return row if good else None


def read(conn: Connection, name: str, key: Callable[[], bytes | None]) -> Row | None:
    """One row, or None."""
    found = scalar(conn, f"SELECT row FROM {table_of(name)} WHERE key = :key", key=name)
    return opened(key(), name, str(found)) if found is not None else None


def read_all(conn: Connection, name: str, key: Callable[[], bytes | None]) -> dict[str, Row]:
    """The rows of a list, by their keys."""
    query = f"SELECT key, row FROM {table_of(name)} WHERE list = :name ORDER BY key"
    found = conn.execute(query, {"name": name}).fetchall()
    mine = key() if found else None
    rows = {str(one): opened(mine, str(one), str(row)) for one, row in found}
    return {one: row for one, row in rows.items() if row is not None and row["list"] == name}


def change(conn: Connection, name: str, key: bytes, how: Change) -> Row | None:
    """Inside a transaction: the row as ``how`` makes it of what is there; None takes it away."""
    row = how(read(conn, name, lambda: key))
    conn.execute(f"DELETE FROM {table_of(name)} WHERE key = :key", {"key": name})
    if row is not None:
        put(conn, name, key, row)
    return row


def put(conn: Connection, name: str, key: bytes, row: Row) -> None:
    """Write a row, sealed."""
    table = table_of(name)
    text = json.dumps({**row, SEAL: row_seal(key, name, row)}, sort_keys=True)
    cells = {"key": name, "list": row["list"], "row": text}
    if table == "passing":
        cells["until"] = row["until"]
    names = ", ".join(cells)
    marks = ", ".join(f":{one}" for one in cells)
    conn.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", cells)


def all_put(conn: Connection, key: bytes | None) -> Iterator[Put]:
    """Every row of both tables, and whether it and its search columns are as the office left them."""
    for table, columns in TABLES.items():
        found = conn.execute(f"SELECT key, row, {columns} FROM {table} ORDER BY key").fetchall()
        for name, text, *cells in found:
            row = opened(key, str(name), str(text))
            told = [(row or {}).get(column) for column in columns.split(", ")]
            good = row is not None and told == cells and table_of(str(name)) == table
            yield Put(str(name), row if good else None)


def sweep(conn: Connection, now: str) -> None:
    """Inside a transaction: what has passed goes."""
    conn.execute("DELETE FROM passing WHERE until < :now", {"now": now})


def seal(sealer: Sealer, key: bytes, name: str, text: str) -> str:
    """A text that nobody reads without the key file, bound to its name."""
    return b64encode(sealer.seal_bytes(key, text.encode(), name.encode())).decode()


def unseal(sealer: Sealer, key: bytes, name: str, sealed: str) -> str | None:
    """The text again; None if it was changed, or sealed for another name."""
    try:
        found = sealer.open_bytes(key, b64decode(sealed, validate=True), name.encode())
    except (NotBase64, ValueError):
        return None
    return None if found is None else found.decode()


class Asides:
    """What a journal in an SQL database keeps beside the record."""

    _conn: Connection
    _rows_by: bytes | None = None

    @abstractmethod
    def _translated(self) -> AbstractContextManager[None]: ...

    @abstractmethod
    def _immediately(self) -> AbstractContextManager[Connection]: ...

    @abstractmethod
    def _sealer(self) -> Sealer: ...

    @abstractmethod
    def _key(
        self, conn: Connection, subject: str, sealer: Sealer, *, create: bool = False
    ) -> bytes | None: ...

    @abstractmethod
    def _lasting_key(self, subject: str) -> bytes: ...

    def _row_key(self) -> bytes | None:
        """What rows are sealed with, if any ever was; it stays the same under every key file."""
        if self._rows_by is None:
            self._rows_by = self._key(self._conn, SUBJECT, self._sealer())
        return self._rows_by

    def _all_put(self) -> tuple[Put, ...] | None:
        """Every row there is; None where the key of the vault is not here to tell."""
        try:
            return tuple(all_put(self._conn, self._row_key()))
        except Unavailable:
            return None

    def _seal_all(self, conn: Connection) -> None:
        """Inside a transaction: rows of a format that did not seal them are sealed; what passes, goes."""
        conn.execute("DELETE FROM passing")
        found = conn.execute("SELECT key, row FROM aside").fetchall()
        key = self._key(conn, SUBJECT, self._sealer(), create=True) if found else None
        conn.execute("DELETE FROM aside")
        for name, text in found:
            assert key is not None
            put(conn, str(name), key, json.loads(text))

    def aside(self, key: str) -> Row | None:
        """See ``Journal.aside``."""
        with self._translated():
            return read(self._conn, key, self._row_key)

    def asides(self, name: str) -> dict[str, Row]:
        """See ``Journal.asides``."""
        with self._translated():
            return read_all(self._conn, name, self._row_key)

    def change_aside(self, key: str, how: Change) -> Row | None:
        """See ``Journal.change_aside``."""
        with self._translated():
            mine = self._row_key() or self._lasting_key(SUBJECT)
            with self._immediately() as conn:
                return change(conn, key, mine, how)

    def sweep_aside(self, now: str) -> None:
        """See ``Journal.sweep_aside``."""
        with self._translated(), self._immediately() as conn:
            sweep(conn, now)

    def seal_aside(self, name: str, text: str) -> str:
        """See ``Journal.seal_aside``."""
        with self._translated():
            return seal(self._sealer(), self._lasting_key(SUBJECT), name, text)

    def unseal_aside(self, name: str, sealed: str) -> str | None:
        """See ``Journal.unseal_aside``."""
        with self._translated():
            return unseal(self._sealer(), self._lasting_key(SUBJECT), name, sealed)
