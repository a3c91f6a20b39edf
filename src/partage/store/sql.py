"""What the journals in SQL databases have in common: one act, one transaction, under one writer's lock."""

from __future__ import annotations

import hmac
import json
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any, BinaryIO

from partage.core.errors import Unavailable, Unfaithful, WrongState
from partage.core.marks import canonical, dumps, mark_of_bytes
from partage.ledger.chain import seal_drafts
from partage.ledger.facts import ANSWER, GENESIS, Beside, Draft, Entry, Secret
from partage.ledger.views import project
from partage.office.ports import Answered, Kept, Stamp
from partage.store.aside import Asides
from partage.store.backup import Copied, write
from partage.store.envelope import OWN, change_key, fits, keep_key, open_envelope
from partage.store.expect import (
    check_expected,
    check_head,
    check_references,
    not_back,
    references,
)
from partage.store.rows import (
    Connection,
    ViewRows,
    by_value,
    bytes_of,
    column_named,
    damaged,
    entry_of,
    insert_many,
    row_of,
    scalar,
    view_named,
)
from partage.store.schema import COLUMNS, SEARCHED
from partage.store.vault import Sealer, key_file, read_key

CHUNK = 5_000  # rows that stand in memory twice while they are written
Fill = Callable[[Connection, Path], None]  # what goes into new tables; the path names the key file


class SqlJournal(Asides, ABC):
    """Keeps the promises of ``Journal`` in tables; each database says how a transaction is held in it."""

    url: str  # without a password
    found: int  # the format it had when it was opened; 0 if it was new
    _name: str  # as sentences call the journal
    _beside: Path  # what the key file is named after
    _came: str  # the column of the vault that has the order in which rows came
    _conn: Connection
    _vault: Sealer | None

    @abstractmethod
    def _translated(self) -> AbstractContextManager[None]:
        """What the driver raises becomes a refusal in a sentence."""

    @abstractmethod
    def _immediately(self) -> AbstractContextManager[Connection]:
        """A transaction that holds the writer's lock from its first moment, kept whole or not at all."""

    def _make_room(self, conn: Connection) -> None:
        """Many rows come in this transaction."""

    @abstractmethod
    def _await_disk(self) -> None:
        """Returns when what can be read is on the disk."""

    @abstractmethod
    def _tidied(self) -> tuple[str, str] | None:
        """What the database still remembers of erased rows goes; else why not, and when it will."""

    @abstractmethod
    def close(self) -> None:
        """Let go of the database."""

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
            if len(drafts) > CHUNK:
                self._make_room(conn)
            versions = self._versions({*expect, *(d.subject for d in drafts)})
            check_expected(expect, versions)
            head = self.head()
            check_references(self.find("reference", references(secrets)))
            at = not_back(stamp.at, self._last_instant())
            said = canonical(dict(answer or {}))
            entries = seal_drafts(
                drafts,
                at=at,
                actor=stamp.actor,
                role=stamp.role,
                idem=idem,
                head=head,
                versions=versions,
                answer=mark_of_bytes(said),
            )
            self._insert(conn, entries)
            rows = ViewRows(conn)
            rows.read("cases", [s[5:] for s in versions if s.startswith("case/")])
            for entry in entries:
                project(entry, rows)
            rows.write()
            self._keep(conn, secrets)
            for subject in forget:
                self._forget(conn, subject)
            insert_many(
                conn,
                "blobs",
                [{"mark": mark, "data": data} for mark, data in (blobs or {}).items()],
                ignore=True,
            )
            insert_many(conn, "answers", [{"idem": idem, "data": said.decode()}])
        if forget and (left := self._tidied()):
            raise Unavailable(f"The data are erased; {left[0]}", left[1])
        return entries

    def _keep(self, conn: Connection, secrets: Sequence[Secret]) -> None:
        """Rows for the vault, each sealed with the key of its subject."""
        if not secrets:
            return
        sealer = self._sealer()
        self._key(conn, OWN, sealer, create=True)  # by which the key file is known again
        for start in range(0, len(secrets), CHUNK):
            some = secrets[start : start + CHUNK]
            keys = self._keys(conn, {secret.subject for secret in some}, sealer)
            rows = []
            for secret in some:
                key = keys[secret.subject]
                if key is None:
                    raise damaged(self._name, f"the vault key of {secret.subject} cannot be opened")
                rows.append(
                    {
                        "id": secret.id,
                        "kind": secret.kind,
                        "subject": secret.subject,
                        "blind": sealer.blind(secret.kind, secret.data),
                        "sealed": sealer.seal(key, secret),
                    }
                )
            insert_many(conn, "vault", rows)

    def _keys(
        self, conn: Connection, subjects: set[str], sealer: Sealer
    ) -> dict[str, bytes | None]:
        """The key of each subject, made where there is none; None for one that cannot be opened."""
        query = "SELECT subject, wrapped FROM keys WHERE subject IN (:wanted)"
        keys = {
            str(subject): sealer.unwrap(str(subject), bytes_of(wrapped))
            for subject, wrapped in by_value(conn, query, sorted(subjects))
        }
        made = []
        for subject in sorted(subjects - keys.keys()):
            keys[subject], wrapped = sealer.new_key(subject)
            made.append({"subject": subject, "wrapped": wrapped})
        insert_many(conn, "keys", made)
        return keys

    def _forget(self, conn: Connection, subject: str) -> None:
        """Delete the rows of a subject and its key."""
        for table in ("vault", "keys"):
            conn.execute(f"DELETE FROM {table} WHERE subject = :s", {"s": subject})

    def _key(
        self, conn: Connection, subject: str, sealer: Sealer, *, create: bool = False
    ) -> bytes | None:
        found = scalar(conn, "SELECT wrapped FROM keys WHERE subject = :s", s=subject)
        if found is not None:
            return sealer.unwrap(subject, bytes_of(found))
        if not create:
            return None
        key, wrapped = sealer.new_key(subject)
        insert_many(conn, "keys", [{"subject": subject, "wrapped": wrapped}])
        return key

    def _sealer(self) -> Sealer:
        """The sealer of this journal, looked at each time: another office may have changed the key."""
        if self._vault is None or not fits(self._conn, self._vault):
            self._vault = open_envelope(self._conn, self._beside)
        return self._vault

    def change_key(self) -> int:
        """Wrap the keys of all households by a new key file; see ``Journal.change_key``."""
        with self._translated():
            with self._immediately() as conn:
                new, keys = change_key(conn, self._beside, self._sealer())
            keep_key(self._beside)
            self._vault = new
            self._tidied()
        return keys

    def blind(self, text: str) -> str:
        """See ``Journal.blind``."""
        with self._translated():
            key = self._lasting_key(OWN)
            return hmac.new(key, text.encode("utf-8", "surrogatepass"), sha256).hexdigest()

    def _lasting_key(self, subject: str) -> bytes:
        """A key of the journal itself, made when it is first needed."""
        key = self._key(self._conn, subject, self._sealer())
        if key is None:
            with self._immediately() as conn:
                key = self._key(conn, subject, self._sealer(), create=True)
        if key is None:
            raise damaged(self._name, f"its key '{subject}' cannot be opened")
        return key

    def _insert(self, conn: Connection, entries: Sequence[Entry]) -> None:
        if not entries:
            return
        for start in range(0, len(entries), CHUNK):
            rows = [
                {**e.content(), "seal": e.seal, "body": dumps(e.body).decode()}
                for e in entries[start : start + CHUNK]
            ]
            insert_many(conn, "entries", rows)
        last = entries[-1]
        conn.execute("UPDATE head SET no = :no, seal = :seal", {"no": last.no, "seal": last.seal})

    # -- reading ---------------------------------------------------------------------------

    def answered(self, idem: str) -> Answered | None:
        """What was first written and answered under that key, or None."""
        with self._translated():
            data = scalar(self._conn, "SELECT data FROM answers WHERE idem = :idem", idem=idem)
            # an answer that somebody deleted is given from the entries: the act is not repeated
            found = self._conn.execute(
                f"SELECT {COLUMNS} FROM entries WHERE idem = :idem ORDER BY no", {"idem": idem}
            )
            entries = tuple(entry_of(row) for row in found)
            if entries and not self._conn.in_transaction:  # whoever wrote it may still be waiting
                self._await_disk()
            if data is not None:
                kept = entries[0].body.get(ANSWER) if entries else None
                if kept is not None and mark_of_bytes(bytes_of(data)) != kept:
                    raise damaged(self._name, f"the answer of entry {entries[0].no} was changed")
                return Answered(entries, json.loads(data))
            return Answered(entries, entries[0].body) if entries else None

    def read(self, after: int = 0, subject: str | None = None) -> Iterator[Entry]:
        """Entries after that number, in order; of one subject if it is given."""
        where = "no > :after" + (" AND subject = :subject" if subject is not None else "")
        values = {"after": after, "subject": subject}
        with self._translated():
            for row in self._conn.execute(
                f"SELECT {COLUMNS} FROM entries WHERE {where} ORDER BY no", values
            ):
                yield entry_of(row)

    def head(self) -> tuple[int, str]:
        """Number and seal of the last entry the journal acknowledged."""
        with self._translated():
            rows = self._conn.execute("SELECT no, seal FROM head").fetchall()
            if len(rows) != 1:
                raise Unfaithful(
                    f"The journal '{self._name}' has {len(rows)} heads instead of one.",
                    "Restore it from a copy.",
                )
            return int(rows[0][0]), str(rows[0][1])

    def _last_instant(self) -> str:
        return str(scalar(self._conn, "SELECT at FROM entries ORDER BY no DESC LIMIT 1") or "")

    def has_seal(self, seal: str) -> bool:
        """Whether some entry bears that seal."""
        with self._translated():
            return bool(scalar(self._conn, "SELECT 1 FROM entries WHERE seal = :seal", seal=seal))

    def version(self, subject: str) -> int:
        """How many entries the subject has."""
        with self._translated():
            return self._versions({subject})[subject]

    def _versions(self, subjects: set[str]) -> dict[str, int]:
        query = (
            "SELECT subject, max(version) FROM entries WHERE subject IN (:wanted) GROUP BY subject"
        )
        found = {str(s): int(n) for s, n in by_value(self._conn, query, sorted(subjects))}
        return {s: found.get(s, 0) for s in subjects}

    def row(self, view: str, key: str) -> dict[str, Any] | None:
        """One row of a view."""
        with self._translated():
            return ViewRows(self._conn).get(view, key)

    def rows(self, view: str, **where: str) -> dict[str, dict[str, Any]]:
        """Rows of a view by key; ``where`` compares columns (state, kind)."""
        return self._found(view, where)

    def count(self, view: str, **where: str) -> int:
        """See ``Journal.count``."""
        test = " AND ".join(f"{column_named(view, name)} = :{name}" for name in where) or "1 = 1"
        query = f"SELECT count(*) FROM {view_named(view)} WHERE {test}"
        with self._translated():
            return int(scalar(self._conn, query, **where))

    def rows_kept(self, view: str, kept: Kept) -> dict[str, Mapping[str, Any]]:
        """See ``Journal.rows_kept``: what says the same as before is not read again."""
        query = f"SELECT key, {', '.join(SEARCHED[view])}, row FROM {view_named(view)} ORDER BY key"
        rows: dict[str, Mapping[str, Any]] = {}
        with self._translated():
            for found in self._conn.execute(query, {}):
                said = tuple(found)
                before = kept.get((view, said[0]))
                if before is None or before[0] != said:
                    before = said, row_of(view, said[1:-1], said[-1])
                    kept[view, said[0]] = before
                rows[str(said[0])] = before[1]
        return rows

    def rows_until(
        self, view: str, name: str, most: str, **where: str
    ) -> dict[str, dict[str, Any]]:
        """See ``Journal.rows_until``."""
        return self._found(view, where, f"{column_named(view, name)} <= :most", {"most": most})

    def cases_after(
        self, state: str, after: tuple[str, str], most: int, skip: int = 0
    ) -> dict[str, dict[str, Any]]:
        """See ``Journal.cases_after``."""
        return self._found(
            "cases",
            {"state": state},
            "(since, key) > (:since, :after)",
            {"since": after[0], "after": after[1]},
            f"since, key LIMIT {int(most)} OFFSET {int(skip)}",
        )

    def _found(
        self,
        view: str,
        where: Mapping[str, str],
        more: str = "",
        values: Mapping[str, str] | None = None,
        order: str = "key",
    ) -> dict[str, dict[str, Any]]:
        tests = [f"{column_named(view, name)} = :{name}" for name in where]
        test = " AND ".join([*tests, *([more] if more else ())]) or "1 = 1"
        cells = len(SEARCHED[view])
        with self._translated():
            found = self._conn.execute(
                f"SELECT key, {', '.join(SEARCHED[view])}, row FROM {view_named(view)} "
                f"WHERE {test} ORDER BY {order}",
                {**where, **(values or {})},
            )
            return {str(r[0]): row_of(view, r[1 : 1 + cells], r[1 + cells]) for r in found}

    def restore_views(
        self, tables: Mapping[str, Mapping[str, dict[str, Any]]], entries: int
    ) -> None:
        """Write the views anew; see ``Journal.restore_views``."""
        with self._translated(), self._immediately() as conn:
            check_head(entries, self.head()[0])
            for view, rows in tables.items():
                conn.execute(f"DELETE FROM {view_named(view)}")
                kept = ViewRows(conn)
                for key, row in rows.items():
                    kept.put(view, key, row)
                kept.write()

    def blob(self, mark: str) -> bytes | None:
        """The bytes of that mark."""
        with self._translated():
            found = scalar(self._conn, "SELECT data FROM blobs WHERE mark = :mark", mark=mark)
            return bytes_of(found) if found is not None else None

    def beside(self) -> Beside:
        """See ``Journal.beside``."""
        with self._translated():
            answers = self._conn.execute("SELECT idem, data FROM answers")
            blobs = self._conn.execute("SELECT mark FROM blobs ORDER BY mark").fetchall()
            keys = self._conn.execute("SELECT subject FROM keys ORDER BY subject").fetchall()
            return Beside(
                [(str(idem), bytes_of(data)) for idem, data in answers],
                tuple(str(mark) for (mark,) in blobs),
                tuple(str(subject) for (subject,) in keys),
                self._all_put(),
            )

    def secrets(self, subject: str | None = None, kind: str | None = None) -> list[Secret]:
        """Rows of the vault."""
        where = {k: v for k, v in (("subject", subject), ("kind", kind)) if v is not None}
        test = " AND ".join(f"vault.{name} = :{name}" for name in where) or "1 = 1"
        with self._translated():
            rows = self._conn.execute(
                "SELECT vault.id, kind, vault.subject, sealed, wrapped, blind FROM vault "
                f"LEFT JOIN keys ON keys.subject = vault.subject WHERE {test} "
                f"ORDER BY vault.{self._came}",
                where,
            ).fetchall()
            if not rows:
                return []
            sealer = self._sealer()
            keys: dict[str, bytes | None] = {}
            for row in rows:
                if row[2] not in keys:
                    wrapped = row[4]
                    keys[row[2]] = sealer.unwrap(row[2], bytes_of(wrapped)) if wrapped else None
            found = [sealer.open(keys[r[2]], r[0], r[1], r[2], bytes_of(r[3])) for r in rows]
            return [  # an index that leads elsewhere is as bad as a row that says something else
                secret
                if sealer.blind(secret.kind, secret.data) == row[5]
                else replace(secret, salt="", data=b"")
                for row, secret in zip(rows, found, strict=True)
            ]

    def find(self, kind: str, values: Sequence[bytes]) -> dict[bytes, str]:
        """Which of these values stand in the vault already, and for which subject."""
        query = "SELECT blind, subject FROM vault WHERE kind = :kind AND blind IN (:wanted) "
        query += f"ORDER BY {self._came}"
        if not values:
            return {}
        with self._translated():
            sealer = self._sealer()
            blinds = {sealer.blind(kind, value): value for value in values}
            first: dict[str, str] = {}
            for blind, subject in by_value(self._conn, query, blinds, kind=kind):
                first.setdefault(str(blind), str(subject))
            return {value: first[blind] for blind, value in blinds.items() if blind in first}

    def copy_to(self, file: BinaryIO, *, with_key: bool = False) -> Copied:
        """Write everything as of one moment into a file, while writers go on; see ``store.backup``."""
        key = read_key(self._beside).hex() if with_key else ""
        with self._translated(), self.snapshot():
            return write(self._conn, self._came, self.head(), file, key)

    @abstractmethod
    def snapshot(self) -> AbstractContextManager[None]:
        """See ``Journal.snapshot``."""

    @abstractmethod
    def check_seals(self) -> tuple[int, str]:
        """See ``Journal.check_seals``."""

    @property
    def key_place(self) -> Path:
        """Where the key of the vault lies, or must be put."""
        return key_file(self._beside)


def begin(conn: Connection, beside: Path) -> None:
    """What new tables hold: a head before the first entry."""
    conn.execute("INSERT INTO head (no, seal) VALUES (0, :seal)", {"seal": GENESIS})


def not_empty(name: str) -> WrongState:
    """A backup is restored beside what there is, never over it."""
    return WrongState(
        f"'{name}' is not empty: a backup is never restored over anything.",
        "Give the name of a new file, or an empty database, with --db.",
    )
