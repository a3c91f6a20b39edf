"""The journal in a PostgreSQL database: the same promises, for many machines.

Writers take turns by an advisory lock of the database, so that numbers have no gaps; an act is one
transaction, and is acknowledged when the server has it on its disk. Data about people are sealed before
they leave this machine: the server never sees them.
"""

from __future__ import annotations

import time
from collections.abc import Generator, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from partage.core.errors import NotFound
from partage.ledger.facts import Entry
from partage.store.address import shown
from partage.store.catalogue import strays
from partage.store.migrations import SEALED, can_migrate, migrate, of_another
from partage.store.rows import entry_of, scalar
from partage.store.schema import COLUMNS, FORMAT, TABLES, for_postgres
from partage.store.seals import check_seals
from partage.store.server import SCHEMA, Server, translated
from partage.store.shape import outside
from partage.store.sql import Fill, SqlJournal, begin, not_empty
from partage.store.vault import Sealer, make_key

WRITER = (
    7_265_747  # the number of the writers' lock; nobody else's business in a database of its own
)
PAGE = 5_000  # entries read at once
WAIT_SECONDS = 10  # that an erasure waits for those who read


class PostgresJournal(SqlJournal):
    """Keeps the promises of ``Journal`` in one schema of a database, for many processes and machines.

    With ``create`` off, a database without a journal is ``NotFound`` instead of begun. ``fill`` begins
    it from a backup; ``forward`` takes an older format to the present one.
    """

    _came = "came"

    def __init__(
        self, url: str, *, create: bool = True, fill: Fill | None = None, forward: bool = False
    ) -> None:
        self.url = self._name = shown(url)
        self._url = url
        self._vault: Sealer | None = None
        self._conn: Server = Server(url)
        self._beside = Path(quote(self._conn.database, safe=" "))
        try:
            with self._translated():
                self._prepare(create, fill, forward)
        except BaseException:
            self._conn.close()
            raise

    def read(self, after: int = 0, subject: str | None = None) -> Iterator[Entry]:
        """Entries after that number, in order; of one subject if it is given. Many are read in pages."""
        if subject is not None:
            yield from super().read(after, subject)
            return
        query = f"SELECT {COLUMNS} FROM entries WHERE no > :after ORDER BY no LIMIT {PAGE}"
        with self._translated():
            while page := self._conn.execute(query, {"after": after}).fetchall():
                for row in page:
                    yield entry_of(row)
                after = page[-1][0]

    def check_seals(self) -> tuple[int, str]:
        """See ``Journal.check_seals``."""
        with self.snapshot():
            last = self.head()[0]
            beyond = ", ".join(outside(self._conn, last))
        with self._translated():
            good, fault = check_seals(read_entries, self._url, last)
        return good, fault or beyond

    def strays(self) -> list[str]:
        """See ``Journal.strays``."""
        with self._translated():
            return strays(self._conn, SCHEMA, self.head()[0])

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """While it is open, all that is read is as of one moment; writers go on."""
        with self._translated():
            self._conn.begin("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            try:
                yield
            finally:
                self._conn.roll_back()  # it only read

    def close(self) -> None:
        """Let go of the server."""
        self._conn.close()

    # -- inside ----------------------------------------------------------------------------

    def _prepare(self, create: bool, fill: Fill | None, forward: bool) -> None:
        if self._is_there(fill, forward):
            return
        if not create:
            raise NotFound(
                f"There is no journal in the database '{self._name}'.",
                "Give another --db; 'partage agree' or 'partage register' begins a new one.",
            )
        if not fill:
            make_key(self._beside)
        with self._immediately() as conn:
            if self._is_there(fill, forward):
                return
            conn.execute(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}")
            for statement in TABLES:
                conn.execute(for_postgres(statement))
            (fill or begin)(conn, self._beside)
            conn.execute("CREATE TABLE format (version BIGINT NOT NULL)")
            conn.execute(f"INSERT INTO format (version) VALUES ({FORMAT})")

    def _is_there(self, fill: Fill | None, forward: bool) -> bool:
        """Whether there is a journal; refused if there is something else, or one of another version."""
        self.found = 0
        query = "SELECT count(*) FROM pg_class c WHERE c.relnamespace = to_regnamespace(:schema)"
        if not scalar(self._conn, query, schema=SCHEMA):
            return False
        if fill:
            raise not_empty(self._name)
        there = scalar(self._conn, "SELECT to_regclass(:name)", name=f"{SCHEMA}.format")
        self.found = int(scalar(self._conn, "SELECT version FROM format") or 0) if there else 0
        if self.found and forward and can_migrate(self.found):
            with self._immediately() as conn:
                version = int(scalar(conn, "SELECT version FROM format"))
                migrate(conn, version, for_postgres)
                if version < SEALED:
                    self._seal_all(conn)
                conn.execute(f"UPDATE format SET version = {FORMAT}")
        elif self.found != FORMAT:
            raise of_another(self._name, self.found)
        return True

    @contextmanager
    def _immediately(self) -> Iterator[Server]:
        """A transaction that holds the writers' lock from its first moment, kept whole or not at all."""
        try:
            self._conn.begin(f"BEGIN; SELECT pg_advisory_xact_lock({WRITER})")
            yield self._conn
            self._conn.commit()
        except BaseException:
            self._conn.roll_back()
            raise

    def _await_disk(self) -> None:
        """What can be read is on the server's disk already."""

    def _tidied(self) -> tuple[str, str] | None:
        """The wrapped keys are written anew without the erased ones: what is left of the rows says nothing.

        The server can do that only once nobody reads as of a moment before.
        """
        with self._translated():
            if wait_for_readers(self._conn, WAIT_SECONDS):
                self._conn.execute("VACUUM (FULL) keys")
                self._conn.execute("VACUUM vault")
                return None
        return (
            "the server could not write its file of keys anew, because somebody still reads as of a "
            "moment before.",
            "The next erasure does it, or whoever keeps the server with: VACUUM FULL partage.keys",
        )

    def _translated(self) -> AbstractContextManager[None]:
        return translated(self._name)


def wait_for_readers(conn: Server, seconds: float) -> bool:
    """Whether, within that time, everybody who began to read or write before has ended."""
    now = scalar(conn, "SELECT pg_snapshot_xmax(pg_current_snapshot())::text::xid::text")
    query = """SELECT count(*) FROM pg_stat_activity WHERE pid <> pg_backend_pid()
        AND greatest(age(backend_xmin), age(backend_xid)) > age(CAST(:now AS xid))"""
    end = time.monotonic() + seconds
    while scalar(conn, query, now=now):
        if time.monotonic() > end:
            return False
        time.sleep(0.05)
    return True


def read_entries(url: str, first: int, last: int) -> Generator[tuple[Any, ...], None, None]:
    """The entries from one number to another, their texts as the bytes that the server holds."""
    query = f"SELECT {COLUMNS} FROM entries WHERE no BETWEEN :first AND :last ORDER BY no"
    with closing(Server(url)) as conn:
        conn.execute("SET client_encoding TO 'SQL_ASCII'")  # which decodes nothing
        for start in range(first, last + 1, PAGE):
            found = conn.execute(query, {"first": start, "last": min(start + PAGE - 1, last)})
            yield from found.fetchall()
