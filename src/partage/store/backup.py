"""A copy of a journal as of one moment, in one file that either database can be filled from.

The file is gzip of lines of JSON: a header (format, head, the key of the vault if it was asked for),
then for each table a line with its name and columns and a line for each row, bytes in base64; the last
line has the mark of all bytes before it. The seals are checked on the way out and on the way in.
"""

from __future__ import annotations

import gzip
import hashlib
import zlib
from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO

import orjson

from partage import __version__
from partage.core.errors import InputRefused, Unfaithful
from partage.ledger.facts import GENESIS
from partage.store.rows import Connection, damaged, insert_many, scalar
from partage.store.schema import FORMAT, copied
from partage.store.seals import check_rows

PAGE = 1_000  # rows at once
LONGEST = 500_000_000  # bytes of a line: the arrays of a plan are one
BROKEN = (
    "Keep the journal as it is, for whoever looks into it, and go back to the last good backup."
)
CUT = "The file is cut off or was damaged; use another copy."


@dataclass(frozen=True, slots=True)
class Copied:
    """What a backup holds: the last entry and its seal, rows per table, its mark, the key if asked for."""

    head: tuple[int, str]
    rows: dict[str, int]
    mark: str
    key: str = field(default="", repr=False)


# -- out -----------------------------------------------------------------------------------


def write(
    conn: Connection, came: str, head: tuple[int, str], out: BinaryIO, key: str = ""
) -> Copied:
    """Write the copy, inside a snapshot; ``Unfaithful`` if a seal does not fit.

    ``came`` is the column of the vault that has the order in which rows came.
    """
    with gzip.GzipFile(fileobj=out, mode="wb", compresslevel=1, mtime=0, filename="") as packed:
        lines = _Lines(packed)
        lines.put(
            {
                "partage_backup": 1, "format": FORMAT, "by": __version__,
                "head": {"no": head[0], "seal": head[1]}, **({"key": key} if key else {}),
            }
        )  # fmt: skip
        counts = {}
        for table, cells in copied().items():
            lines.put({"table": table, "columns": list(cells)})
            rows = _written(_rows(conn, table, cells, came), cells, lines)
            counts[table] = _checked(rows, head) if table == "entries" else sum(1 for _ in rows)
        mark = lines.mark()
        packed.write(orjson.dumps({"mark": mark}) + b"\n")
    return Copied(head, counts, mark, key)


class _Lines:
    """Lines on their way out, and the digest of all of them."""

    def __init__(self, file: gzip.GzipFile) -> None:
        self._file = file
        self._digest = hashlib.sha256()

    def put(self, value: Any) -> None:
        try:
            line = orjson.dumps(value) + b"\n"
        except TypeError:
            raise damaged("journal", "a cell is not what its column says") from None
        self._digest.update(line)
        self._file.write(line)

    def mark(self) -> str:
        return "sha256:" + self._digest.hexdigest()


def _rows(
    conn: Connection, table: str, cells: dict[str, str], came: str
) -> Iterator[tuple[Any, ...]]:
    """All rows of a table in order, in pages."""
    if table == "head":
        yield from map(tuple, conn.execute("SELECT no, seal FROM head").fetchall())
        return
    order = came if table == "vault" else next(iter(cells))
    query = f"SELECT {', '.join(cells)}, {order} AS ordered FROM {table} "
    limit = f"ORDER BY {order} LIMIT {PAGE}"
    page = conn.execute(query + limit, {}).fetchall()
    while page:
        yield from (tuple(row)[:-1] for row in page)
        after = {"after": page[-1][-1]}
        page = conn.execute(f"{query}WHERE {order} > :after {limit}", after).fetchall()


def _written(
    rows: Iterable[tuple[Any, ...]], cells: dict[str, str], lines: _Lines
) -> Iterator[tuple[Any, ...]]:
    kinds = list(cells.values())
    for row in rows:
        lines.put([_out(cell, kind) for cell, kind in zip(row, kinds, strict=True)])
        yield row


def _out(cell: Any, kind: str) -> Any:
    if kind == "BLOB" and isinstance(cell, bytes):
        return b64encode(cell).decode()
    if kind == "BLOB" and isinstance(cell, str):  # as a hand that edited the file left it
        return b64encode(cell.encode("utf-8", "surrogatepass")).decode()
    return cell


def _checked(rows: Iterable[tuple[Any, ...]], head: tuple[int, str]) -> int:
    """How many entries there are; ``Unfaithful`` if one does not fit, or the last is not the head."""
    last: list[tuple[Any, ...]] = []

    def as_bytes() -> Iterator[tuple[Any, ...]]:
        for row in rows:
            last[:] = [row]
            yield tuple(cell.encode() if isinstance(cell, str) else cell for cell in row)

    try:
        good, fault = check_rows(as_bytes(), 1, head[0], GENESIS.encode(), b"")
    except TypeError:
        good, fault = 0, "an entry cannot be read"
    if fault or (last and (last[0][0], last[0][-1]) != head):
        raise Unfaithful(
            f"The chain is broken: {fault or 'the last entry is not the head'}.", BROKEN
        )
    return good


# -- in ------------------------------------------------------------------------------------


@dataclass(slots=True)
class Backup:
    """A backup file that was read through once: its mark is right and its format is known."""

    path: Path
    held: Copied

    @classmethod
    def read(cls, path: Path) -> Backup:
        """``InputRefused`` for what is no backup or of another format, ``Unfaithful`` if it was changed."""
        with _lines(path) as lines:
            header = next(lines)
            if not isinstance(header, dict) or header.get("partage_backup") != 1:
                raise InputRefused(f"'{path}' is not a backup of Partage.", "Check its name.")
            if header.get("format") != FORMAT:
                raise InputRefused(
                    f"'{path}' has the format {header.get('format')}, this version of Partage restores "
                    f"{FORMAT}.",
                    f"Restore it with the version that made it ({header.get('by')}), then migrate.",
                )
            rows: dict[str, int] = {}
            table = mark = ""
            for line in lines:
                if isinstance(line, list):
                    rows[table] += 1
                elif "table" in line:
                    table = str(line["table"])
                    rows[table] = 0
                else:
                    mark = str(line["mark"])
        head = (int(header["head"]["no"]), str(header["head"]["seal"]))
        return cls(path, Copied(head, rows, mark, str(header.get("key", ""))))

    def fill(self, conn: Connection) -> None:
        """Into new tables, inside their transaction; ``Unfaithful`` if a seal does not fit."""
        expected = copied()
        with _lines(self.path) as lines:
            next(lines)
            table: dict[str, Any] | None = next(lines)
            while table is not None and "table" in table:
                name, following = str(table["table"]), [None]
                if list(expected.get(name, ())) != table["columns"]:
                    raise InputRefused(f"'{self.path}' has a table '{name}' of another kind.", CUT)
                rows = _until_next(lines, expected[name], following)
                kept = _kept(conn, name, expected.pop(name), rows)
                if name == "entries":
                    _checked(kept, self.held.head)
                for _ in kept:  # what is left to be written
                    pass
                table = following[0]
        if expected:
            raise InputRefused(f"'{self.path}' lacks the tables {', '.join(expected)}.", CUT)
        if (
            scalar(conn, "SELECT seal FROM head WHERE no = :no", no=self.held.head[0])
            != (self.held.head[1])
        ):
            raise Unfaithful("The head in the backup is not its last entry.", BROKEN)


@contextmanager
def _lines(path: Path) -> Iterator[Iterator[Any]]:
    """The lines of a backup, the mark looked at before the last one is given."""
    try:
        with gzip.open(path, "rb") as packed:
            yield _marked(packed, path)
    except (gzip.BadGzipFile, EOFError, zlib.error):
        raise InputRefused(f"'{path}' is not a whole backup of Partage.", CUT) from None
    except (ValueError, KeyError, TypeError, StopIteration, NotBase64):
        raise InputRefused(f"'{path}' is not a backup of Partage, or was changed.", CUT) from None
    except OSError as error:
        raise InputRefused(
            f"The file '{path}' cannot be read: {error.strerror}.", "Check its name."
        ) from None


def _marked(packed: Any, path: Path) -> Iterator[Any]:
    digest, marked = hashlib.sha256(), False
    while line := packed.readline(LONGEST):
        value = orjson.loads(line)
        marked = isinstance(value, dict) and "mark" in value
        if marked and value["mark"] != "sha256:" + digest.hexdigest():
            raise Unfaithful(f"'{path}' was changed after it was made: its mark does not fit.", CUT)
        digest.update(line)
        yield value
    if not marked:
        raise InputRefused(f"'{path}' is not a whole backup of Partage.", CUT)


def _until_next(
    lines: Iterator[Any], cells: dict[str, str], following: list[Any]
) -> Iterator[tuple[Any, ...]]:
    """The rows of one table; what comes after them is left in ``following``."""
    kinds = list(cells.values())
    for line in lines:
        if not isinstance(line, list):
            following[0] = line
            return
        yield tuple(
            b64decode(cell, validate=True) if kind == "BLOB" else cell
            for cell, kind in zip(line, kinds, strict=True)
        )


def _kept(
    conn: Connection, table: str, cells: dict[str, str], rows: Iterator[tuple[Any, ...]]
) -> Iterator[tuple[Any, ...]]:
    """Each row after it was written."""
    while page := list(islice(rows, PAGE)):
        insert_many(conn, table, [dict(zip(cells, row, strict=True)) for row in page])
        yield from page
