"""The journal in one SQLite file: WAL, on disk before it is acknowledged, one writer at a time."""

from __future__ import annotations

import copy
import hmac
import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import orjson

from partage import __version__
from partage.core.errors import InputRefused, Unavailable, Unfaithful
from partage.core.marks import canonical, dumps
from partage.ledger.chain import seal_drafts
from partage.ledger.facts import GENESIS, Draft, Entry, Secret
from partage.ledger.views import VIEWS, project
from partage.office.ports import Answered, Stamp
from partage.store.connect import connect, make_ready
from partage.store.durable import on_disk
from partage.store.envelope import OWN, as_bytes, change_key, fits, keep_key, open_envelope
from partage.store.expect import (
    check_expected,
    check_head,
    check_references,
    not_back,
    references,
)
from partage.store.schema import INDEXED, TABLES
from partage.store.seals import check_seals
from partage.store.shape import outside, strays
from partage.store.turn import Turn
from partage.store.vault import Sealer, make_key
from partage.store.whole import bytes_missing

FORMAT = 2  # PRAGMA user_version of the file


class SqliteJournal:
    """Keeps the promises of ``Journal`` in one file, for many processes."""

    def __init__(self, path: str) -> None:
        self.url = f"sqlite:///{path}"
        self._path = Path(path)
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
            raise _damaged(self._path, f"{missing:,} bytes were cut off its end")
        self._turn = Turn(self._path)
        with self._translated():
            self._conn = connect(self._path)
            self._prepare()

    # -- writing ---------------------------------------------------------------------------

    def append(
        self,
        drafts: Sequence[Draft],
        expect: Mapping[str, int],
        idem: str,
        *,
        stamp: Stamp,
        secrets: Sequence[Secret] = (),
        blobs: Mapping[str, bytes] | None = None,
        answer: Mapping[str, Any] | None = None,
        forget: Sequence[str] = (),
    ) -> tuple[Entry, ...]:
        """Seal and keep the drafts; see ``Journal.append``."""
        with self._translated(), self._immediately() as conn:
            first = self.answered(idem)
            if first is not None:
                return first.entries
            versions = self._versions({*expect, *(d.subject for d in drafts)})
            check_expected(expect, versions)
            head = self.head()
            check_references(self.find("reference", references(secrets)))
            at = not_back(stamp.at, self._last_instant())
            entries = seal_drafts(
                drafts,
                at=at,
                actor=stamp.actor,
                role=stamp.role,
                idem=idem,
                head=head,
                versions=versions,
            )
            self._insert(conn, entries)
            rows = _Rows(conn)
            for entry in entries:
                project(entry, rows)
            rows.write()
            self._keep(conn, secrets)
            for subject in forget:
                self._forget(conn, subject)
            _insert_many(
                conn,
                "blobs",
                [{"mark": mark, "data": data} for mark, data in (blobs or {}).items()],
                ignore=True,
            )
            said = canonical(dict(answer or {})).decode()
            _insert_many(conn, "answers", [{"idem": idem, "data": said}])
        if forget:  # so that the log beside the file does not remember either
            with self._translated():
                busy = _scalar(self._conn, "PRAGMA wal_checkpoint(TRUNCATE)")
            if busy:
                raise Unavailable(
                    "The data are erased; the log beside the file could not be emptied, because "
                    "somebody reads it.",
                    "It is emptied when every office on this journal has closed.",
                )
        return entries

    def _keep(self, conn: sqlite3.Connection, secrets: Sequence[Secret]) -> None:
        """Rows for the vault, each sealed with the key of its subject."""
        sealer = self._sealer() if secrets else None
        if sealer:
            self._key(conn, OWN, sealer, create=True)  # by which the key file is known again
        keys: dict[str, bytes | None] = {}
        rows = []
        for secret in secrets:
            assert sealer
            if secret.subject not in keys:
                keys[secret.subject] = self._key(conn, secret.subject, sealer, create=True)
            key = keys[secret.subject]
            if key is None:
                raise _damaged(self._path, f"the vault key of {secret.subject} cannot be opened")
            rows.append(
                {
                    "id": secret.id,
                    "kind": secret.kind,
                    "subject": secret.subject,
                    "blind": sealer.blind(secret.kind, secret.data),
                    "sealed": sealer.seal(key, secret),
                }
            )
        _insert_many(conn, "vault", rows)

    def _forget(self, conn: sqlite3.Connection, subject: str) -> None:
        """Delete the rows of a subject and its key; ``secure_delete`` writes zeros over both."""
        for table in ("vault", "keys"):
            conn.execute(f"DELETE FROM {table} WHERE subject = :s", {"s": subject})

    def _key(
        self, conn: sqlite3.Connection, subject: str, sealer: Sealer, *, create: bool = False
    ) -> bytes | None:
        found = _scalar(conn, "SELECT wrapped FROM keys WHERE subject = :s", s=subject)
        if found is not None:
            return sealer.unwrap(subject, as_bytes(found))
        if not create:
            return None
        key, wrapped = sealer.new_key(subject)
        _insert_many(conn, "keys", [{"subject": subject, "wrapped": wrapped}])
        return key

    def _sealer(self) -> Sealer:
        """The sealer of this journal, looked at each time: another office may have changed the key."""
        if self._vault is None or not fits(self._conn, self._vault):
            self._vault = open_envelope(self._conn, self._path)
        return self._vault

    def change_key(self) -> int:
        """Wrap the keys of all households by a new key file; see ``Journal.change_key``."""
        with self._translated():
            with self._immediately() as conn:
                new, keys = change_key(conn, self._path, self._sealer())
            keep_key(self._path)
            self._vault = new
            self._conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return keys

    def blind(self, text: str) -> str:
        """See ``Journal.blind``."""
        with self._translated():
            key = self._key(self._conn, OWN, self._sealer())
            if key is None:
                with self._immediately() as conn:
                    key = self._key(conn, OWN, self._sealer(), create=True)
            if key is None:
                raise _damaged(self._path, "its own key cannot be opened")
            return hmac.new(key, text.encode("utf-8", "surrogatepass"), sha256).hexdigest()

    def _insert(self, conn: sqlite3.Connection, entries: Sequence[Entry]) -> None:
        if not entries:
            return
        rows = [{**e.content(), "seal": e.seal, "body": dumps(e.body).decode()} for e in entries]
        _insert_many(conn, "entries", rows)
        last = entries[-1]
        conn.execute("UPDATE head SET no = :no, seal = :seal", {"no": last.no, "seal": last.seal})

    # -- reading ---------------------------------------------------------------------------

    def answered(self, idem: str) -> Answered | None:
        """What was first written and answered under that key, or None."""
        with self._translated():
            data = _scalar(self._conn, "SELECT data FROM answers WHERE idem = :idem", idem=idem)
            # an answer that somebody deleted is given from the entries: the act is not repeated
            found = self._conn.execute(
                "SELECT * FROM entries WHERE idem = :idem ORDER BY no", {"idem": idem}
            )
            entries = tuple(_entry(row) for row in found)
            if entries and not self._conn.in_transaction:  # whoever wrote it may still be waiting
                self._await_disk()
            if data is not None:
                return Answered(entries, json.loads(data))
            return Answered(entries, entries[0].body) if entries else None

    def read(self, after: int = 0, subject: str | None = None) -> Iterator[Entry]:
        """Entries after that number, in order; of one subject if it is given."""
        where = "no > :after" + (" AND subject = :subject" if subject is not None else "")
        values = {"after": after, "subject": subject}
        with self._translated():
            for row in self._conn.execute(
                f"SELECT * FROM entries WHERE {where} ORDER BY no", values
            ):
                yield _entry(row)

    def head(self) -> tuple[int, str]:
        """Number and seal of the last entry the journal acknowledged."""
        with self._translated():
            rows = self._conn.execute("SELECT no, seal FROM head").fetchall()
            if len(rows) != 1:
                raise Unfaithful(
                    f"The journal '{self._path.name}' has {len(rows)} heads instead of one.",
                    "Restore it from a copy.",
                )
            return int(rows[0][0]), str(rows[0][1])

    def _last_instant(self) -> str:
        return str(_scalar(self._conn, "SELECT at FROM entries ORDER BY no DESC LIMIT 1") or "")

    def check_seals(self) -> tuple[int, str]:
        """See ``Journal.check_seals``."""
        with self.snapshot():
            last = self.head()[0]
            beyond = ", ".join(outside(self._conn, last))
        good, fault = check_seals(self._path, last)
        return good, fault or beyond

    def has_seal(self, seal: str) -> bool:
        """Whether some entry bears that seal."""
        with self._translated():
            return bool(_scalar(self._conn, "SELECT 1 FROM entries WHERE seal = :seal", seal=seal))

    def strays(self) -> list[str]:
        """See ``Journal.strays``."""
        with self._translated():
            return strays(self._conn, self.head()[0])

    def version(self, subject: str) -> int:
        """How many entries the subject has."""
        with self._translated():
            return self._versions({subject})[subject]

    def _versions(self, subjects: set[str]) -> dict[str, int]:
        query = "SELECT max(version) FROM entries WHERE subject = :s"
        return {s: int(_scalar(self._conn, query, s=s) or 0) for s in subjects}

    def row(self, view: str, key: str) -> dict[str, Any] | None:
        """One row of a view."""
        with self._translated():
            return _Rows(self._conn).get(view, key)

    def rows(self, view: str, **where: str) -> dict[str, dict[str, Any]]:
        """Rows of a view by key; ``where`` compares columns (state, kind)."""
        test = " AND ".join(f"{_column(view, name)} = :{name}" for name in where) or "1"
        with self._translated():
            found = self._conn.execute(
                f"SELECT key, {INDEXED[view]}, row FROM {_view(view)} WHERE {test} ORDER BY key",
                where,
            )
            return {str(key): _row(view, column, row) for key, column, row in found}

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """While it is open, all that is read is as of one moment; writers go on."""
        with self._translated():
            self._conn.execute("BEGIN")
            try:
                yield
            finally:
                self._roll_back()  # it only read

    def restore_views(
        self, tables: Mapping[str, Mapping[str, dict[str, Any]]], entries: int
    ) -> None:
        """Write the views anew; see ``Journal.restore_views``."""
        with self._translated(), self._immediately() as conn:
            check_head(entries, self.head()[0])
            for view, rows in tables.items():
                conn.execute(f"DELETE FROM {_view(view)}")
                kept = _Rows(conn)
                for key, row in rows.items():
                    kept.put(view, key, row)
                kept.write()

    def blob(self, mark: str) -> bytes | None:
        """The bytes of that mark."""
        with self._translated():
            found = _scalar(self._conn, "SELECT data FROM blobs WHERE mark = :mark", mark=mark)
            return as_bytes(found) if found is not None else None

    def secrets(self, subject: str | None = None, kind: str | None = None) -> list[Secret]:
        """Rows of the vault."""
        where = {k: v for k, v in (("subject", subject), ("kind", kind)) if v is not None}
        test = " AND ".join(f"vault.{name} = :{name}" for name in where) or "1"
        with self._translated():
            rows = self._conn.execute(
                "SELECT vault.id, kind, vault.subject, sealed, wrapped, blind FROM vault "
                f"LEFT JOIN keys ON keys.subject = vault.subject WHERE {test} "
                "ORDER BY vault.rowid",
                where,
            ).fetchall()
            if not rows:
                return []
            sealer = self._sealer()
            keys: dict[str, bytes | None] = {}
            for row in rows:
                if row[2] not in keys:
                    wrapped = row[4]
                    keys[row[2]] = sealer.unwrap(row[2], as_bytes(wrapped)) if wrapped else None
            found = [sealer.open(keys[r[2]], r[0], r[1], r[2], as_bytes(r[3])) for r in rows]
            return [  # an index that leads elsewhere is as bad as a row that says something else
                secret
                if sealer.blind(secret.kind, secret.data) == row[5]
                else replace(secret, salt="", data=b"")
                for row, secret in zip(rows, found, strict=True)
            ]

    def find(self, kind: str, values: Sequence[bytes]) -> dict[bytes, str]:
        """Which of these values stand in the vault already, and for which subject."""
        query = "SELECT subject FROM vault WHERE kind = :kind AND blind = :blind"
        if not values:
            return {}
        with self._translated():
            sealer = self._sealer()
            found = {
                value: _scalar(self._conn, query, kind=kind, blind=sealer.blind(kind, value))
                for value in values
            }
            return {value: str(subject) for value, subject in found.items() if subject}

    def close(self) -> None:
        """Let go of the file."""
        self._conn.close()

    # -- inside ----------------------------------------------------------------------------

    def _prepare(self) -> None:
        version = _scalar(self._conn, "PRAGMA user_version")
        if version == FORMAT:
            make_ready(self._conn, self._path)
            return
        if version != 0 or _scalar(self._conn, "SELECT count(*) FROM sqlite_master"):
            raise _of_another(self._path, version)
        make_ready(self._conn, self._path)
        make_key(self._path)
        with self._immediately() as conn:
            if _scalar(conn, "PRAGMA user_version") == FORMAT:
                return
            for statement in TABLES:
                conn.execute(statement)
            conn.execute("INSERT INTO head (no, seal) VALUES (0, :seal)", {"seal": GENESIS})
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

    def _await_disk(self) -> None:
        try:
            on_disk(self._path)
        except OSError as error:
            raise Unavailable(
                f"The disk of the journal '{self._path}' did not confirm the last act: {error.strerror}.",
                "It may or may not be kept. Look at the disk, then repeat the command: "
                "it is not done twice.",
            ) from None

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
                raise _damaged(self._path, reason) from None
            raise Unavailable(
                f"The journal '{self._path}' cannot be used now: {reason}.",
                "Nothing was written. Free the disk or the lock and repeat the command.",
            ) from None
        except sqlite3.DatabaseError as error:
            raise _damaged(self._path, str(error)) from None


class _Rows:
    """The views inside the open transaction: each row read once, and written once at its end."""

    def __init__(self, conn: sqlite3.Connection) -> None:
        self._conn = conn
        self._seen: dict[tuple[str, str], dict[str, Any] | None] = {}
        self._changed: dict[str, dict[str, dict[str, Any]]] = {}

    def get(self, view: str, key: str) -> dict[str, Any] | None:
        if (view, key) not in self._seen:
            found = _scalar(self._conn, f"SELECT row FROM {_view(view)} WHERE key = :key", key=key)
            self._seen[view, key] = orjson.loads(found) if found is not None else None
        return copy.deepcopy(self._seen[view, key])

    def put(self, view: str, key: str, row: dict[str, Any]) -> None:
        self._seen[view, key] = row
        self._changed.setdefault(view, {})[key] = row

    def write(self) -> None:
        for view, rows in self._changed.items():
            column = INDEXED[view]
            self._conn.executemany(
                f"INSERT INTO {_view(view)} (key, {column}, row) VALUES (:key, :column, :row) "
                f"ON CONFLICT (key) DO UPDATE SET {column} = excluded.{column}, row = excluded.row",
                [
                    {"key": key, "column": row.get(column), "row": dumps(row).decode()}
                    for key, row in rows.items()
                ],
            )


def _scalar(conn: sqlite3.Connection, query: str, **values: Any) -> Any:
    found = conn.execute(query, values).fetchone()
    return found[0] if found is not None else None


def _view(name: str) -> str:
    if name not in VIEWS:
        raise ValueError(f"no view {name}")
    return name


def _column(view: str, name: str) -> str:
    if INDEXED[view] != name:
        raise ValueError(f"the view {view} is not searched by {name}")
    return name


def _insert_many(
    conn: sqlite3.Connection, table: str, rows: list[dict[str, Any]], *, ignore: bool = False
) -> None:
    if rows:
        names = list(rows[0])
        conn.executemany(
            f"INSERT {'OR IGNORE ' if ignore else ''}INTO {table} ({', '.join(names)}) "
            f"VALUES ({', '.join(':' + name for name in names)})",
            rows,
        )


def _entry(row: sqlite3.Row) -> Entry:
    try:
        text = row["body"]
        body = orjson.loads(text)
        if dumps(body).decode() != text:
            raise ValueError("not canonical")
    except (ValueError, TypeError, AttributeError, RecursionError):
        raise Unfaithful(
            f"the body of entry {row['no']} is not canonical JSON: it was changed after it was sealed",
            "restore the journal from a copy",
        ) from None
    no, at, day, verb, actor, role, subject, version, _, idem, prev, seal = row
    return Entry(no, at, day, verb, actor, role, subject, version, body, idem, prev, seal)


def _row(view: str, column: Any, row: str) -> dict[str, Any]:
    """A row as the view shows it; a search column that says otherwise is shown too, so that
    ``verify`` sees it."""
    try:
        values = dict(orjson.loads(row))
    except (ValueError, TypeError):
        return {"unreadable": str(row)[:40]}
    if values.get(INDEXED[view]) != column:
        values["search column"] = str(column)
    return values


def _of_another(path: Path, version: int) -> InputRefused:
    """A database that is no journal, or one of a version of Partage that wrote another format."""
    if version == 0:
        return InputRefused(
            f"'{path}' is a database, but not a journal of Partage.", "Give another --db."
        )
    age = "newer" if version > FORMAT else "older"
    return InputRefused(
        f"'{path}' was written by a{'n' * (age == 'older')} {age} version of Partage: its format is "
        f"{version}, this version reads {FORMAT}. Nothing was changed.",
        f"Use the version that wrote it; 'partage --version' says that this one is {__version__}.",
    )


def _damaged(path: Path, reason: str) -> Unfaithful:
    return Unfaithful(
        f"The journal '{path.name}' is damaged: {reason}.",
        "Restore it from a copy; 'partage verify' on the copy names the last good entry.",
    )
