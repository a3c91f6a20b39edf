"""The chain: sealing drafts into entries, and finding the first entry that is not what it says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from partage.core.marks import plain
from partage.ledger.facts import ANSWER, GENESIS, Draft, Entry, seal


def seal_drafts(
    drafts: Sequence[Draft],
    *,
    at: str,
    actor: str,
    role: str,
    idem: str,
    head: tuple[int, str],
    versions: Mapping[str, int],
    answer: str = "",
) -> tuple[Entry, ...]:
    """The drafts as numbered, versioned and sealed entries after that head.

    ``answer`` is the mark of what the act answers: its first entry says it, so that what is kept to
    be answered again is sealed with it.
    """
    no, prev = head
    now = {draft.subject: versions.get(draft.subject, 0) for draft in drafts}
    entries: list[Entry] = []
    for draft in drafts:
        no += 1
        now[draft.subject] += 1
        content: dict[str, Any] = {
            "no": no,
            "at": at,
            "day": draft.day,
            "verb": draft.verb,
            "actor": actor,
            "role": role,
            "subject": draft.subject,
            "version": now[draft.subject],
            "body": plain(draft.body) | ({ANSWER: answer} if answer and not entries else {}),
            "idem": idem,
            "prev": prev,
        }
        prev = seal(prev, content)
        entries.append(Entry(**content, seal=prev))
    return tuple(entries)


class ChainCheck:
    """Walks entries in order and says what is wrong with the first that does not fit."""

    def __init__(self) -> None:
        self.no = 0
        self.seal = GENESIS
        self.at = ""
        self._versions: dict[str, int] = {}

    def fault(self, entry: Entry) -> str | None:
        """A sentence on what is wrong with this entry, or None; call it in order of number."""
        if entry.no != self.no + 1:
            return f"number {entry.no} follows {self.no}: an entry is missing, doubled or moved"
        if entry.prev != self.seal:
            return "it does not follow from the seal of the entry before it"
        if seal(entry.prev, entry.content()) != entry.seal:
            return "its content does not match its seal: it was changed after it was sealed"
        version = self._versions.get(entry.subject, 0) + 1
        if entry.version != version:
            return f"version {entry.version} of {entry.subject} follows version {version - 1}"
        if entry.at < self.at:
            return "it is dated before the entry that precedes it"
        self.no, self.seal, self.at = entry.no, entry.seal, entry.at
        self._versions[entry.subject] = version
        return None


def first_fault(entries: Iterable[Entry]) -> tuple[int, str] | None:
    """The number of the first bad entry and what is wrong with it, or None."""
    check = ChainCheck()
    for entry in entries:
        fault = check.fault(entry)
        if fault is not None:
            return entry.no, fault
    return None
