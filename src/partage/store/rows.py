"""Rows as every SQL database gives them: read with care, whatever a hand that edited a file put there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, Protocol

import orjson

from partage.core.errors import Unfaithful
from partage.core.marks import dumps
from partage.ledger.facts import Entry
from partage.ledger.views import VIEWS
from partage.store.schema import SEARCHED, cells_of


class Found(Protocol):
    """What a statement found: rows whose cells are read by position."""

    def fetchone(self) -> Any:
        """The next row, or None."""

    def fetchall(self) -> list[Any]:
        """All rows that are left."""

    def __iter__(self) -> Iterator[Any]:
        """One row after another."""


class Connection(Protocol):
    """What the store needs of a driver; values are named in the statement as ``:name``."""

    def execute(self, query: str, values: dict[str, Any] = ..., /) -> Found:
        """One statement."""

    def executemany(self, query: str, values: list[dict[str, Any]], /) -> object:
        """One statement for each of many rows."""

    @property
    def in_transaction(self) -> bool:
        """Whether a transaction is open."""


class ViewRows:
    """The views inside the open transaction: each row read once, and written once at its end."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn
        self._seen: dict[tuple[str, str], dict[str, Any] | None] = {}
        self._changed: dict[str, dict[str, dict[str, Any]]] = {}

    def read(self, view: str, keys: Sequence[str]) -> None:
        """Read at once the rows that will be asked for."""
        self._seen.update(((view, key), None) for key in keys)
        query = f"SELECT key, row FROM {view_named(view)} WHERE key IN (:wanted)"
        for key, row in by_value(self._conn, query, keys):
            self._seen[view, str(key)] = orjson.loads(row)

    def get(self, view: str, key: str) -> dict[str, Any] | None:
        """A copy of the row, or None."""
        if (view, key) not in self._seen:
            query = f"SELECT row FROM {view_named(view)} WHERE key = :key"
            found = scalar(self._conn, query, key=key)
            self._seen[view, key] = orjson.loads(found) if found is not None else None
        row = self._seen[view, key]
        return dict(row) if row is not None else None  # nothing changes the tables in it in place

    def put(self, view: str, key: str, row: dict[str, Any]) -> None:
        """Keep the row to be written."""
        self._seen[view, key] = row
        self._changed.setdefault(view, {})[key] = row

    def write(self) -> None:
        """Write what was put."""
        for view, rows in self._changed.items():
            put_rows(self._conn, view, rows)


AT_ONCE = 500  # values asked for in one statement; every SQLite takes as many


def by_value(
    conn: Connection, query: str, wanted: Iterable[str], **values: Any
) -> Iterator[tuple[Any, ...]]:
    """The rows of a query that says ``IN (:wanted)``, asked for so many values at a time."""
    left = iter(wanted)
    while some := list(islice(left, AT_ONCE)):
        names = {f"w{number}": value for number, value in enumerate(some)}
        marks = ", ".join(f":{name}" for name in names)
        yield from conn.execute(query.replace(":wanted", marks), {**values, **names})


def put_rows(conn: Connection, view: str, rows: Mapping[str, Mapping[str, Any]]) -> None:
    """Write rows of a view whole, with what they are searched by."""
    names = [*SEARCHED[view], "row"]
    conn.executemany(
        f"INSERT INTO {view_named(view)} (key, {', '.join(names)}) "
        f"VALUES (:key, {', '.join(f':{name}' for name in names)}) "
        f"ON CONFLICT (key) DO UPDATE SET {', '.join(f'{n} = excluded.{n}' for n in names)}",
        [
            {"key": key, **cells_of(view, row), "row": dumps(row).decode()}
            for key, row in rows.items()
        ],
    )


def scalar(conn: Connection, query: str, **values: Any) -> Any:
    """The first cell of the first row, or None."""
    found = conn.execute(query, values).fetchone()
    return found[0] if found is not None else None


def view_named(name: str) -> str:
    """The name, if it is that of a view."""
    if name not in VIEWS:
        raise ValueError(f"no view {name}")
    return name


def column_named(view: str, name: str) -> str:
    """The name, if the view is searched by it."""
    if name not in SEARCHED[view]:
        raise ValueError(f"the view {view} is not searched by {name}")
    return name


def insert_many(
    conn: Connection, table: str, rows: list[dict[str, Any]], *, ignore: bool = False
) -> None:
    """Write rows; ``ignore`` leaves those that are there already."""
    if rows:
        names = list(rows[0])
        conn.executemany(
            f"INSERT INTO {table} ({', '.join(names)}) "
            f"VALUES ({', '.join(':' + name for name in names)})"
            f"{' ON CONFLICT DO NOTHING' if ignore else ''}",
            rows,
        )


def entry_of(row: Sequence[Any]) -> Entry:
    """The entry of a row of ``entries``; ``Unfaithful`` if its body is not what was sealed."""
    no, at, day, verb, actor, role, subject, version, text, idem, prev, seal = row
    try:
        body = orjson.loads(text)
        if dumps(body).decode() != text:
            raise ValueError("not canonical")
    except (ValueError, TypeError, AttributeError, RecursionError):
        raise Unfaithful(
            f"the body of entry {no} is not canonical JSON: it was changed after it was sealed",
            "restore the journal from a copy",
        ) from None
    return Entry(no, at, day, verb, actor, role, subject, version, body, idem, prev, seal)


def row_of(view: str, cells: Sequence[Any], row: str) -> dict[str, Any]:
    """A row as the view shows it; a search column that says otherwise is shown too, so that
    ``verify`` sees it."""
    try:
        values = orjson.loads(row)
    except (ValueError, TypeError):
        return {"unreadable": str(row)[:40]}
    if not isinstance(values, dict):
        return {"unreadable": str(row)[:40]}
    if (said := list(cells_of(view, values).values())) != list(cells):
        values["search column"] = ", ".join(
            f"{name} {cell}"
            for name, cell, own in zip(SEARCHED[view], cells, said, strict=True)
            if cell != own
        )
    return values


def bytes_of(cell: Any) -> bytes:
    """The bytes of a cell, whatever type a hand that edited the file gave it."""
    return cell if isinstance(cell, bytes) else str(cell).encode("utf-8", "surrogatepass")


def damaged(name: str, reason: str) -> Unfaithful:
    """A journal that is not what was written."""
    return Unfaithful(
        f"The journal '{name}' is damaged: {reason}.",
        "Restore it from a copy; 'partage verify' on the copy names the last good entry.",
    )
