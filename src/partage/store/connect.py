"""Opening the file of a journal: to write, or, where it cannot be written, to read it as it stands."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Generator
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote

from partage.store.schema import COLUMNS

BUSY_SECONDS = 30
PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=NORMAL",  # the log is written to disk by ``on_disk``, after the turn: decision 16
    "foreign_keys=ON",
    "secure_delete=ON",
)


def connect(path: Path) -> sqlite3.Connection:
    """A connection whose transactions are begun by hand; a copy that is write-protected is read only."""
    if read_only(path):
        conn = sqlite3.connect(
            read_uri(path), uri=True, isolation_level=None, check_same_thread=False
        )
        conn.row_factory = sqlite3.Row
        return conn
    _for_us_alone(path)
    conn = sqlite3.connect(
        path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
    )
    conn.row_factory = sqlite3.Row
    return conn


def _for_us_alone(path: Path) -> None:
    """A new file can be read by its owner alone; what SQLite puts beside it takes the same rights.

    Who may read an old one is the office's own choice: it stays as it is.
    """
    with suppress(OSError):  # it is there, or SQLite says better what stands against it
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600))


def make_ready(conn: sqlite3.Connection, path: Path) -> None:
    """How a journal is kept; said only to a file that is known to be one, for it stays in the file."""
    if not read_only(path):
        for pragma in PRAGMAS:
            conn.execute(f"PRAGMA {pragma}")


def read_only(path: Path) -> bool:
    """Whether the file is there and neither it nor what SQLite keeps beside it can be written."""
    return path.is_file() and not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK))


def read_uri(path: Path) -> str:
    """How SQLite is asked to open a file for reading alone, whatever signs are in its name.

    Without a log beside it nobody has it open to write: it is read as it lies, with no lock and no
    shared memory, which a protected folder could not hold.
    """
    lies_still = read_only(path) and not path.with_name(path.name + "-wal").exists()
    return f"file:{quote(str(path.absolute()))}?mode=ro" + ("&immutable=1" if lies_still else "")


def read_entries(uri: str, first: int, last: int) -> Generator[tuple[Any, ...], None, None]:
    """The entries from one number to another, their texts as the bytes that stand in the file."""
    db = sqlite3.connect(uri, uri=True)
    db.text_factory = bytes
    try:
        query = f"SELECT {COLUMNS} FROM entries WHERE no BETWEEN ? AND ? ORDER BY no"
        yield from db.execute(query, (first, last))
    finally:
        db.close()
