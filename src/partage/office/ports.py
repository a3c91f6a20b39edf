"""What the office needs from below the table: a journal, a clock. Stores and tests provide them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Protocol

from partage.core.errors import InputRefused
from partage.ledger.facts import Beside, Draft, Entry, Secret

Kept = dict[tuple[str, str], tuple[Any, Mapping[str, Any]]]  # view, key -> what was read, the row
Change = Callable[[dict[str, Any] | None], dict[str, Any] | None]


@dataclass(frozen=True, slots=True)
class Stamp:
    """When, by whom and in which role."""

    at: str
    actor: str
    role: str


@dataclass(frozen=True, slots=True)
class Answered:
    """The first answer under a key: the entries, and the data that were handed back with them."""

    entries: tuple[Entry, ...]
    data: Mapping[str, Any]


class Journal(Protocol):
    """Sealed entries, the views folded from them, blobs by mark, and the vault.

    Every store keeps these promises, and one suite of tests asks them all:
    an append is durable when it returns, whole or not at all; entries are numbered without gaps;
    the views change in the same transaction; a repeated ``idem`` returns the first answer.
    """

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
        """Seal and keep the drafts; ``Stale`` only if one of the expected subjects has moved.

        ``forget`` names subjects whose rows in the vault go, in the same act.
        """

    def answered(self, idem: str) -> Answered | None:
        """What was first written and answered under that key, or None."""

    def read(self, after: int = 0, subject: str | None = None) -> Iterator[Entry]:
        """Entries after that number, in order; of one subject if it is given."""

    def head(self) -> tuple[int, str]:
        """Number and seal of the last entry the journal acknowledged."""

    def check_seals(self) -> tuple[int, str]:
        """Entries whose links and seals fit, from the first on, and what is wrong with the next, or ""."""

    def has_seal(self, seal: str) -> bool:
        """Whether some entry bears that seal."""

    def strays(self) -> list[str]:
        """What the store has that no entry accounts for, or lacks of its own, in sentences."""

    def beside(self) -> Beside:
        """Answers, marks of blobs and subjects of keys, all of them."""

    def version(self, subject: str) -> int:
        """How many entries the subject has."""

    def row(self, view: str, key: str) -> dict[str, Any] | None:
        """One row of a view."""

    def rows(self, view: str, **where: str) -> dict[str, dict[str, Any]]:
        """Rows of a view by key; ``where`` compares columns (state, kind)."""

    def count(self, view: str, **where: str) -> int:
        """How many ``rows`` there are; none is read."""

    def rows_kept(self, view: str, kept: Kept) -> dict[str, Mapping[str, Any]]:
        """All ``rows``; one that says what it said when it was last ``kept`` is the same object.

        Whoever changes such a row copies it first.
        """

    def rows_until(
        self, view: str, name: str, most: str, **where: str
    ) -> dict[str, dict[str, Any]]:
        """Those of ``rows`` whose search column ``name`` is at most that text; the others are not read.

        ``look`` of a case: a day before which nothing of it is an exception (``first_look``).
        """

    def cases_after(
        self, state: str, after: tuple[str, str], most: int, skip: int = 0
    ) -> dict[str, dict[str, Any]]:
        """The first so many cases in a state, longest first, after one of that day and code.

        ``skip`` of them are passed over.
        """

    def snapshot(self) -> AbstractContextManager[None]:
        """While it is open, all that is read is as of one moment."""

    def restore_views(
        self, tables: Mapping[str, Mapping[str, dict[str, Any]]], entries: int
    ) -> None:
        """Write the views anew, folded from that many entries; ``Stale`` if there are more now."""

    def blob(self, mark: str) -> bytes | None:
        """The bytes of that mark."""

    def secrets(self, subject: str | None = None, kind: str | None = None) -> list[Secret]:
        """Rows of the vault; one that was tampered with comes without its salt and data."""

    def blind(self, text: str) -> str:
        """A keyed digest: the same text gives the same, and without the key it says nothing."""

    def change_key(self) -> int:
        """Wrap every key of the vault by a new one, and say how many; the old key opens nothing then."""

    def find(self, kind: str, values: Sequence[bytes]) -> dict[bytes, str]:
        """Which of these values stand in the vault already, and for which subject."""

    def aside(self, key: str) -> dict[str, Any] | None:
        """One row beside the record, or None: no fact, in no chain; it may change and go."""

    def asides(self, name: str) -> dict[str, dict[str, Any]]:
        """The rows beside the record whose ``list`` is that name, by key."""

    def change_aside(self, key: str, how: Change) -> dict[str, Any] | None:
        """Change one row beside the record as one act: ``how`` gets what is there, None takes it away.

        A row has its ``list``; one that passes (``session/…``, ``tries/…``, ``asked/…``,
        ``delivered/…``) its ``until`` too.
        """

    def sweep_aside(self, now: str) -> None:
        """What passes and is over by that instant goes."""

    def seal_aside(self, name: str, text: str) -> str:
        """A text that nobody reads without the key of the vault, for that name alone."""

    def unseal_aside(self, name: str, sealed: str) -> str | None:
        """The text again; None if it was changed or belongs to another name."""

    def close(self) -> None:
        """Let go of the file."""


class Clock(Protocol):
    """Says what time it is; made up in tests, demos and simulations."""

    def now(self) -> datetime:
        """An aware datetime."""


class SystemClock:
    """The machine's clock."""

    kind = "system"

    def now(self) -> datetime:
        """Now, in UTC."""
        return datetime.now(UTC)


class StatedClock:
    """A clock that says what it was told; it never goes back."""

    kind = "stated"

    def __init__(self, at: datetime) -> None:
        self._at = at

    def now(self) -> datetime:
        """The stated instant."""
        return self._at

    def move_to(self, at: datetime) -> None:
        """Say a later instant from now on."""
        if at < self._at:
            raise InputRefused("A clock is not set back.", "State a later instant.")
        self._at = at
