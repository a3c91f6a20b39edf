"""The journal in memory: for tests, demos and simulations."""

from __future__ import annotations

import copy
import hmac
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from hashlib import sha256
from secrets import token_bytes
from typing import Any

from partage.core.marks import dumps, mark_of_bytes, plain
from partage.ledger.chain import first_fault, seal_drafts
from partage.ledger.facts import GENESIS, Beside, Draft, Entry, Put, Secret
from partage.ledger.views import MemoryRows, project
from partage.office.ports import Answered, Kept, Stamp
from partage.store.aside import table_of
from partage.store.expect import (
    check_expected,
    check_head,
    check_references,
    not_back,
    references,
)
from partage.store.schema import SEARCHED

SOUGHT = ("reference", "like-reference", "like-household")  # what ``find`` is asked for


class MemoryJournal:
    """Keeps the promises of ``Journal`` for as long as the process lives."""

    url = "memory:"

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._entries: list[Entry] = []
        self._rows = MemoryRows()
        self._versions: dict[str, int] = {}
        self._idems: dict[str, Answered] = {}
        self._blobs: dict[str, bytes] = {}
        self._vault: dict[str, Secret] = {}
        self._of: dict[str, dict[str, None]] = {}  # rows of the vault by their subject
        self._found: dict[tuple[str, bytes], str] = {}  # references and signs: whose they are
        self._own = token_bytes(32)
        self._aside: dict[str, dict[str, Any]] = {}

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
        with self._lock:
            if idem in self._idems:
                return self._idems[idem].entries
            check_expected(expect, self._versions)
            check_references(self.find("reference", references(secrets)))
            at = not_back(stamp.at, self._entries[-1].at if self._entries else "")
            said = plain(dict(answer or {}))
            entries = seal_drafts(
                drafts,
                at=at,
                actor=stamp.actor,
                role=stamp.role,
                idem=idem,
                head=self.head(),
                versions=self._versions,
                answer=mark_of_bytes(dumps(said)),
            )
            rows = _Overlay(self._rows)
            for entry in entries:
                project(entry, rows)
            rows.keep()
            for entry in entries:
                self._versions[entry.subject] = entry.version
            self._entries.extend(entries)
            self._idems[idem] = Answered(entries, said)
            self._blobs.update(blobs or {})
            for secret in secrets:
                self._keep(secret)
            if forget:
                self._forget(forget)
            return entries

    def _keep(self, secret: Secret) -> None:
        self._vault[secret.id] = secret
        self._of.setdefault(secret.subject, {})[secret.id] = None
        if secret.kind in SOUGHT:
            self._found[secret.kind, secret.data] = secret.subject

    def _forget(self, subjects: Sequence[str]) -> None:
        for subject in subjects:
            for id_ in self._of.pop(subject, {}):
                self._vault.pop(id_, None)
        rows = [secret for secret in self._vault.values() if secret.kind in SOUGHT]
        self._found = {(secret.kind, secret.data): secret.subject for secret in rows}

    def answered(self, idem: str) -> Answered | None:
        """What was first written and answered under that key, or None."""
        return self._idems.get(idem)

    def read(self, after: int = 0, subject: str | None = None) -> Iterator[Entry]:
        """Entries after that number, in order; of one subject if it is given."""
        for entry in self._entries[after:]:
            if subject is None or entry.subject == subject:
                yield copy.deepcopy(entry)

    def head(self) -> tuple[int, str]:
        """Number and seal of the last entry."""
        last = self._entries[-1] if self._entries else None
        return (last.no, last.seal) if last else (0, GENESIS)

    def check_seals(self) -> tuple[int, str]:
        """See ``Journal.check_seals``."""
        fault = first_fault(self._entries)
        return (
            (fault[0] - 1, f"entry {fault[0]}: {fault[1]}") if fault else (len(self._entries), "")
        )

    def has_seal(self, seal: str) -> bool:
        """Whether some entry bears that seal."""
        return any(entry.seal == seal for entry in self._entries)

    def beside(self) -> Beside:
        """See ``Journal.beside``."""
        answers = [(idem, dumps(one.data)) for idem, one in self._idems.items()]
        put = tuple(Put(key, row) for key, row in self._aside.items())
        return Beside(answers, tuple(self._blobs), aside=put)

    def strays(self) -> list[str]:
        """Nothing can stand here that no entry accounts for."""
        return []

    def version(self, subject: str) -> int:
        """How many entries the subject has."""
        return self._versions.get(subject, 0)

    def row(self, view: str, key: str) -> dict[str, Any] | None:
        """One row of a view."""
        row: dict[str, Any] | None = _copied(self._rows.get(view, key))
        return row

    def rows(self, view: str, **where: str) -> dict[str, dict[str, Any]]:
        """Rows of a view by key."""
        with self._lock:
            return {
                key: _copied(row)
                for key, row in sorted(self._rows.tables[view].items())
                if all(row.get(name) == value for name, value in where.items())
            }

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """While it is open, nobody writes."""
        with self._lock:
            yield

    def restore_views(
        self, tables: Mapping[str, Mapping[str, dict[str, Any]]], entries: int
    ) -> None:
        """Write the views anew; see ``Journal.restore_views``."""
        with self._lock:
            check_head(entries, len(self._entries))
            self._rows.tables = {
                view: {key: copy.deepcopy(row) for key, row in rows.items()}
                for view, rows in tables.items()
            }

    def blob(self, mark: str) -> bytes | None:
        """The bytes of that mark."""
        return self._blobs.get(mark)

    def secrets(self, subject: str | None = None, kind: str | None = None) -> list[Secret]:
        """Rows of the vault."""
        ids = self._vault if subject is None else self._of.get(subject, {})
        rows = (self._vault[id_] for id_ in ids if id_ in self._vault)
        return [secret for secret in rows if kind is None or secret.kind == kind]

    def count(self, view: str, **where: str) -> int:
        """See ``Journal.count``."""
        return len(self.rows(view, **where))

    def rows_kept(self, view: str, kept: Kept) -> dict[str, Mapping[str, Any]]:
        """See ``Journal.rows_kept``."""
        rows: dict[str, Mapping[str, Any]] = {}
        for key, row in self.rows(view).items():
            before = kept.get((view, key))
            if before is None or before[1] != row:
                before = kept[view, key] = (None, row)
            rows[key] = before[1]
        return rows

    def rows_until(
        self, view: str, name: str, most: str, **where: str
    ) -> dict[str, dict[str, Any]]:
        """See ``Journal.rows_until``."""
        cell = SEARCHED[view][name]
        found = self.rows(view, **where)
        return {key: row for key, row in found.items() if str(cell(row)) <= most}

    def cases_after(
        self, state: str, after: tuple[str, str], most: int, skip: int = 0
    ) -> dict[str, dict[str, Any]]:
        """See ``Journal.cases_after``."""
        found = self.rows("cases", state=state)
        keys = sorted((str(row["since"]), key) for key, row in found.items())
        chosen = [key for since, key in keys if (since, key) > after]
        return {key: found[key] for key in chosen[skip : skip + most]}

    def change_key(self) -> int:
        """Nothing is sealed in memory: there is no key to change."""
        return 0

    def blind(self, text: str) -> str:
        """See ``Journal.blind``."""
        return hmac.new(self._own, text.encode("utf-8", "surrogatepass"), sha256).hexdigest()

    def aside(self, key: str) -> dict[str, Any] | None:
        """See ``Journal.aside``."""
        return copy.deepcopy(self._aside.get(key))

    def asides(self, name: str) -> dict[str, dict[str, Any]]:
        """See ``Journal.asides``."""
        with self._lock:
            rows = sorted(self._aside.items())
            return {key: copy.deepcopy(row) for key, row in rows if row["list"] == name}

    def change_aside(
        self, key: str, how: Callable[[dict[str, Any] | None], dict[str, Any] | None]
    ) -> dict[str, Any] | None:
        """See ``Journal.change_aside``."""
        with self._lock:
            row = how(self.aside(key))
            self._aside.pop(key, None)
            if row is not None:
                self._aside[key] = plain(row)
            return row

    def sweep_aside(self, now: str) -> None:
        """See ``Journal.sweep_aside``."""
        with self._lock:
            over = [key for key, row in self._aside.items() if row.get("until", now) < now]
            for key in (key for key in over if table_of(key) == "passing"):
                del self._aside[key]

    def seal_aside(self, name: str, text: str) -> str:
        """Nothing is sealed in memory; the name is kept beside the text all the same."""
        return f"{name}\x00{text}"

    def unseal_aside(self, name: str, sealed: str) -> str | None:
        """See ``Journal.unseal_aside``."""
        mine, found, text = sealed.partition("\x00")
        return text if found and mine == name else None

    def find(self, kind: str, values: Sequence[bytes]) -> dict[bytes, str]:
        """Which of these values stand in the vault already, and for which subject."""
        if kind in SOUGHT:
            return {v: self._found[kind, v] for v in values if (kind, v) in self._found}
        wanted = set(values)
        return {
            s.data: s.subject for s in self._vault.values() if s.kind == kind and s.data in wanted
        }

    def close(self) -> None:
        """Nothing to let go of."""


def _copied(value: Any) -> Any:
    """A copy of plain JSON, all the way down: rows are nothing else."""
    if isinstance(value, dict):
        return {key: _copied(item) for key, item in value.items()}
    return [_copied(item) for item in value] if isinstance(value, list) else value


class _Overlay:
    """Changes kept aside until the whole batch has been projected; a row of its own is not copied again."""

    def __init__(self, below: MemoryRows) -> None:
        self._below = below
        self._changed: dict[tuple[str, str], dict[str, Any]] = {}

    def get(self, view: str, key: str) -> dict[str, Any] | None:
        if (view, key) in self._changed:
            return self._changed[view, key]
        return self._below.get(view, key)

    def put(self, view: str, key: str, row: dict[str, Any]) -> None:
        self._changed[view, key] = row

    def keep(self) -> None:
        for (view, key), row in self._changed.items():
            self._below.put(view, key, row)
