"""The desk of a simulated office: what the verbs answer goes to the journal, a hand's work at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from partage.casework.acts import Acts
from partage.ledger.facts import Draft, Entry, Secret
from partage.ledger.views import LiveRows, project


@dataclass(frozen=True, slots=True)
class Hand:
    """When, by whom and in which role."""

    at: str
    actor: str
    role: str


class Journal(Protocol):
    """What is needed of a journal here; any store's will do, one in memory is quickest."""

    def append(
        self, drafts: Sequence[Draft], expect: Mapping[str, int], idem: str, *, stamp: Any,
        secrets: Sequence[Secret] = (), blobs: Mapping[str, bytes] | None = None,
    ) -> tuple[Entry, ...]:  # fmt: skip
        """Seal and keep the drafts."""

    def row(self, view: str, key: str) -> dict[str, Any] | None:
        """One row of a view."""

    def rows(self, view: str, **where: str) -> dict[str, dict[str, Any]]:
        """Rows of a view by key."""


class Desk:
    """Rows as they stand after every act, and the acts of one hand kept together until they are sealed.

    The rows are folded by the ledger's own fold, so they are what the journal's views will be; ``same``
    compares the two.
    """

    def __init__(self, journal: Journal) -> None:
        self.journal = journal
        self.live = LiveRows()
        self._versions: dict[str, int] = {}
        self._hand: Hand | None = None
        self._drafts: list[Draft] = []
        self._expect: dict[str, int] = {}
        self._begun: set[str] = set()  # subjects that this batch has changed already
        self._secrets: list[Secret] = []
        self._blobs: dict[str, bytes] = {}
        self._number = 0
        self.entries = 0

    def case(self, case: str) -> dict[str, Any]:
        """The row of a case; not to be changed."""
        return self.live.tables["cases"][case]

    @property
    def places(self) -> dict[str, dict[str, Any]]:
        """Rows of regions, cities and sites; not to be changed."""
        return self.live.tables["places"]

    def persons(self, account: str) -> int:
        """Persons in an account of the book."""
        return int((self.live.tables["book"].get(account) or {"persons": 0})["persons"])

    def write(self, acts: Acts, hand: Hand) -> Acts:
        """Keep what a verb answers; refused if it stands on a version that is not the newest."""
        if hand != self._hand:
            self.seal()
            self._hand = hand
        for subject, version in acts.expect.items():
            now = self._versions.get(subject, 0)
            assert version == now, f"{subject} is at version {now}, not {version}"
            if subject not in self._begun:
                self._expect[subject] = version
        for draft in acts.drafts:
            version = self._versions.get(draft.subject, 0) + 1
            self._versions[draft.subject] = version
            self._begun.add(draft.subject)
            project(
                Entry(0, hand.at, draft.day, draft.verb, hand.actor, hand.role, draft.subject, version,
                      draft.body, "", "", ""),
                self.live,
            )  # fmt: skip
        self._drafts += acts.drafts
        self._secrets += acts.secrets
        self._blobs.update(acts.blobs)
        return acts

    def seal(self) -> tuple[Entry, ...]:
        """Hand what was kept to the journal, as one act of one hand; its entries."""
        if not self._drafts:
            return ()
        self._number += 1
        done = self.journal.append(
            self._drafts, self._expect, f"simulate:{self._number}", stamp=self._hand,
            secrets=self._secrets, blobs=self._blobs,
        )  # fmt: skip
        self.entries += len(done)
        self._drafts, self._expect, self._begun = [], {}, set()
        self._secrets, self._blobs = [], {}
        return done

    def same(self) -> bool:
        """Whether the journal's views are the rows that the verbs were played on."""
        self.seal()
        return all(
            self.journal.rows(view) == dict(sorted(self.live.tables[view].items()))
            for view in ("cases", "places", "book")
        )
