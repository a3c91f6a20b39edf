"""Beside the record: small rows that are no facts, such as who signs in by what, and who is signed in.

They may change and go, so they are in no chain and no view. What passes (sessions, tries) has an end
of its own and is never copied.
"""

from __future__ import annotations

import json
from abc import abstractmethod
from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

from partage.store.rows import Connection, scalar
from partage.store.vault import Sealer

Row = dict[str, Any]
Change = Callable[[Row | None], Row | None]
PASSING = ("session", "tries", "asked", "delivered")  # the first part of a key
SUBJECT = "vault/aside"  # whose key seals what is written here


def table_of(key: str) -> str:
    """Where a row lies, by the first part of its key."""
    return "passing" if key.partition("/")[0] in PASSING else "aside"


def read(conn: Connection, key: str) -> Row | None:
    """One row, or None."""
    found = scalar(conn, f"SELECT row FROM {table_of(key)} WHERE key = :key", key=key)
    return dict(json.loads(found)) if found is not None else None


def read_all(conn: Connection, name: str) -> dict[str, Row]:
    """The rows of a list, by their keys."""
    query = f"SELECT key, row FROM {table_of(name)} WHERE list = :name ORDER BY key"
    return {str(key): json.loads(row) for key, row in conn.execute(query, {"name": name})}


def change(conn: Connection, key: str, how: Change) -> Row | None:
    """Inside a transaction: the row as ``how`` makes it of what is there; None takes it away."""
    row = how(read(conn, key))
    table = table_of(key)
    conn.execute(f"DELETE FROM {table} WHERE key = :key", {"key": key})
    if row is not None:
        cells = {"key": key, "list": row["list"], "row": json.dumps(row, sort_keys=True)}
        if table == "passing":
            cells["until"] = row["until"]
        names = ", ".join(cells)
        marks = ", ".join(f":{name}" for name in cells)
        conn.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", cells)
    return row


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

    @abstractmethod
    def _translated(self) -> AbstractContextManager[None]: ...

    @abstractmethod
    def _immediately(self) -> AbstractContextManager[Connection]: ...

    @abstractmethod
    def _sealer(self) -> Sealer: ...

    @abstractmethod
    def _lasting_key(self, subject: str) -> bytes: ...

    def aside(self, key: str) -> Row | None:
        """See ``Journal.aside``."""
        with self._translated():
            return read(self._conn, key)

    def asides(self, name: str) -> dict[str, Row]:
        """See ``Journal.asides``."""
        with self._translated():
            return read_all(self._conn, name)

    def change_aside(self, key: str, how: Change) -> Row | None:
        """See ``Journal.change_aside``."""
        with self._translated(), self._immediately() as conn:
            return change(conn, key, how)

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
