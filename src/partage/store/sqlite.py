"""The journal in one SQLite file: WAL, on disk before it is acknowledged, one writer at a time."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from partage.core.errors import InputRefused, Unavailable, Unconfirmed
from partage.store.connect import connect, make_ready, read_entries, read_uri
from partage.store.cut import bytes_missing
from partage.store.durable import on_disk
from partage.store.migrations import SEALED, can_migrate, migrate, of_another
from partage.store.rows import Connection, damaged, scalar
from partage.store.schema import FORMAT, TABLES
from partage.store.seals import check_seals
from partage.store.shape import outside, strays
from partage.store.sql import Fill, SqlJournal, begin, not_empty
from partage.store.turn import Turn
from partage.store.vault import Sealer, make_key


class SqliteJournal(SqlJournal):
    """Keeps the promises of ``Journal`` in one file, for many processes.

    ``fill`` begins it from a backup; ``forward`` takes an older format to the present one.
    """

    _came = "rowid"

    def __init__(self, path: str, *, fill: Fill | None = None, forward: bool = False) -> None:
        self.url = f"sqlite:///{path}"
        self._path = self._beside = Path(path)
        self._name = self._path.name
        self._vault: Sealer | None = None
        try:
            good = self._path.parent.is_dir() and not self._path.is_dir()
        except (OSError, ValueError):
            good = False
        if not good:
            raise InputRefused(
                f"'{path[:200]}' cannot be a journal: its folder is not there, or it is a folder.",
                "Make the folder or give another --db.",
            )
        if missing := bytes_missing(self._path):
            raise damaged(self._name, f"{missing:,} bytes were cut off its end")
        self._turn = Turn(self._path)
        with self._translated():
            self._conn: sqlite3.Connection = connect(self._path)
            self._prepare(fill, forward)

    def check_seals(self) -> tuple[int, str]:
        """See ``Journal.check_seals``."""
        with self.snapshot():
            last = self.head()[0]
            beyond = ", ".join(outside(self._conn, last))
        good, fault = check_seals(read_entries, read_uri(self._path), last)
        return good, fault or beyond

    def strays(self) -> list[str]:
        """See ``Journal.strays``."""
        with self._translated():
            return strays(self._conn, self.head()[0])

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """While it is open, all that is read is as of one moment; writers go on."""
        with self._translated():
            self._conn.execute("BEGIN")
            try:
                yield
            finally:
                self._roll_back()  # it only read

    def close(self) -> None:
        """Let go of the file."""
        self._conn.close()

    # -- inside ----------------------------------------------------------------------------

    def _prepare(self, fill: Fill | None, forward: bool) -> None:
        version = self.found = int(scalar(self._conn, "PRAGMA user_version"))
        if fill and (version or scalar(self._conn, "SELECT count(*) FROM sqlite_master")):
            raise not_empty(str(self._path))
        if version == FORMAT:
            make_ready(self._conn, self._path)
            return
        if version and forward and can_migrate(version):
            make_ready(self._conn, self._path)
            self._migrate()
            return
        if version != 0 or scalar(self._conn, "SELECT count(*) FROM sqlite_master"):
            raise of_another(str(self._path), version)
        make_ready(self._conn, self._path)
        if not fill:
            make_key(self._path)
        with self._immediately() as conn:
            if scalar(conn, "PRAGMA user_version") == FORMAT:
                if fill:
                    raise not_empty(str(self._path))
                return
            for statement in TABLES:
                conn.execute(statement)
            (fill or begin)(conn, self._beside)
            conn.execute(f"PRAGMA user_version = {FORMAT}")

    def _migrate(self) -> None:
        with self._immediately() as conn:
            version = int(scalar(conn, "PRAGMA user_version"))
            migrate(conn, version, str)
            if version < SEALED:
                self._seal_all(conn)
            conn.execute(f"PRAGMA user_version = {FORMAT}")

    @contextmanager
    def _immediately(self) -> Iterator[sqlite3.Connection]:
        """A transaction that holds the write lock from its first moment, kept whole or not at all."""
        with self._turn:
            self._conn.execute("BEGIN IMMEDIATE")
            try:
                yield self._conn
                self._conn.execute("COMMIT")
            except BaseException:
                self._roll_back()
                raise
        self._await_disk()

    def _tidied(self) -> tuple[str, str] | None:
        """``secure_delete`` has written zeros over the rows; the log beside the file is emptied too."""
        with self._translated():
            busy = scalar(self._conn, "PRAGMA wal_checkpoint(TRUNCATE)")
        return (
            (
                "the log beside the file could not be emptied, because somebody reads it.",
                "It is emptied when every office on this journal has closed.",
            )
            if busy
            else None
        )

    def _await_disk(self) -> None:
        try:
            on_disk(self._path)
        except OSError as error:
            raise Unconfirmed(
                f"The disk of the journal '{self._path}' did not confirm the last act: {error.strerror}.",
                "It may or may not be kept. Look at the disk, then repeat the command: "
                "it is not done twice.",
            ) from None

    def _make_room(self, conn: Connection) -> None:
        """Its pages stay in memory until the end: else each row of an index is read and written anew."""
        conn.execute("PRAGMA cache_size = -65536")  # KiB

    def _roll_back(self) -> None:
        """Undo, unless it is undone: a full disk rolls back by itself."""
        if self._conn.in_transaction:
            self._conn.execute("ROLLBACK")

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.OperationalError as error:
            reason = str(error)
            if any(word in reason for word in ("malformed", "not a database", "no such", "decode")):
                raise damaged(self._name, reason) from None
            raise Unavailable(
                f"The journal '{self._path}' cannot be used now: {reason}.",
                "Nothing was written. Free the disk or the lock and repeat the command.",
            ) from None
        except sqlite3.DatabaseError as error:
            raise damaged(self._name, str(error)) from None
