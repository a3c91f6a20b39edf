"""Filling an empty database from a backup, and what becomes of the key of the vault meanwhile."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from partage.core.errors import InputRefused, Unavailable, WrongState
from partage.store.address import is_postgres
from partage.store.backup import Backup
from partage.store.envelope import fits
from partage.store.rows import Connection, scalar
from partage.store.sql import SqlJournal
from partage.store.vault import Sealer, key_file, make_key, read_key, write_key


class Restoring:
    """One restoration: whole or not at all, and a key that it laid down goes again if it fails."""

    def __init__(self, backup: Backup) -> None:
        self._backup = backup
        self._laid: Path | None = None
        self.missing: Path | None = None  # where the key must be put before data can be read

    def into(self, url: str) -> SqlJournal:
        """The journal, filled; ``WrongState`` where there is anything already."""
        try:
            if is_postgres(url):
                from partage.store.postgres import PostgresJournal

                return PostgresJournal(url, fill=self._fill)
            return self._into_file(url.removeprefix("sqlite:///"))
        except BaseException:
            if self._laid:
                self._laid.unlink(missing_ok=True)
            raise

    def _into_file(self, path: str) -> SqlJournal:
        from partage.store.sqlite import SqliteJournal

        there = Path(path).exists()
        try:
            return SqliteJournal(path, fill=self._fill)
        except BaseException:
            for end in ("", "-wal", "-shm", ".lock"):
                if not there:
                    with suppress(OSError):
                        Path(path + end).unlink()
            raise

    def _fill(self, conn: Connection, beside: Path) -> None:
        self._backup.fill(conn)
        wrapped = scalar(conn, "SELECT subject FROM keys LIMIT 1")
        path, key = key_file(beside), self._backup.held.key
        if not key and not path.exists() and wrapped:
            self.missing = path
            return
        if not path.exists():
            self._laid = path
            if key:
                write_key(path, bytes.fromhex(key))
            else:
                make_key(beside)
        sealer = Sealer(read_key(beside))
        if not fits(conn, sealer):
            raise InputRefused(
                f"The key at '{path}' is not the key of this journal.",
                "Put the right key file there, or say with PARTAGE_KEY_FILE where it lies; nothing "
                "was restored.",
            )


def check_restored(journal: SqlJournal, backup: Backup) -> None:
    """What was restored is what the backup holds: read again from the database, seal by seal."""
    good, fault = journal.check_seals()
    if fault or (good, journal.head()) != (backup.held.head[0], backup.held.head):
        raise Unavailable(
            f"The database does not give back what was written: {fault or 'another head'}.",
            "Do not use it. Look at its disk, and restore into another.",
        )


def check_restorable(url: str) -> None:
    """Refuse a URL that names nothing a backup could be restored into."""
    if not is_postgres(url) and not url.startswith("sqlite:///"):
        raise WrongState(
            "A backup is restored into a file or a database.",
            "Say with --db which: sqlite:///PATH or postgresql://USER@HOST/DATABASE.",
        )
