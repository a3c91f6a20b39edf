"""Facts: what happened, who did it and in which role; numbered without gaps and sealed in a chain."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from partage.core.marks import dumps

GENESIS = "sha256:" + "0" * 64
ANSWER = "answer_mark"  # in the body of the first entry of an act: the mark of what it answered


@dataclass(frozen=True, slots=True)
class Draft:
    """A fact that a verb proposes; the store gives it its number, version and seal.

    ``body`` is plain JSON: codes, counts, dates, marks and commitments, never personal data.
    Its parts ``case``, ``moves``, ``place`` and ``matter`` say what the fact does to the views
    (see ``ledger.views``); everything else is for people to read.
    """

    verb: str
    subject: str
    body: Mapping[str, Any]
    day: str


@dataclass(frozen=True, slots=True)
class Secret:
    """A row for the vault: data about people, with the salt of its commitment."""

    id: str
    kind: str  # case | profile | reference | reason
    subject: str
    salt: str = field(repr=False)  # neither is ever printed, not in a traceback either
    data: bytes = field(repr=False)

    @property
    def commitment(self) -> str:
        """What the chain may know of this row: nothing, once the salt is erased with it."""
        return commitment(self.salt, self.data)


def commitment(salt: str, data: bytes) -> str:
    """The salted commitment to a vault row."""
    return "sha256:" + hashlib.sha256(salt.encode() + b"\x00" + data).hexdigest()


@dataclass(frozen=True, slots=True)
class Entry:
    """A sealed fact, with the contract's field names."""

    no: int
    at: str
    day: str
    verb: str
    actor: str
    role: str
    subject: str
    version: int
    body: Mapping[str, Any]
    idem: str
    prev: str
    seal: str

    def content(self) -> dict[str, Any]:
        """All but the seal: what the seal covers."""
        return {
            "no": self.no,
            "at": self.at,
            "day": self.day,
            "verb": self.verb,
            "actor": self.actor,
            "role": self.role,
            "subject": self.subject,
            "version": self.version,
            "body": self.body,
            "idem": self.idem,
            "prev": self.prev,
        }


@dataclass(frozen=True, slots=True)
class Batch:
    """One act: drafts that stand or fall together, what they expect, and what goes with them."""

    at: str
    actor: str
    role: str
    drafts: tuple[Draft, ...]
    expect: Mapping[str, int]
    idem: str
    secrets: tuple[Secret, ...] = ()
    blobs: Mapping[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Put:
    """A row put aside: under which key, and what it says; None if no hand of the office left it so."""

    key: str
    row: Mapping[str, Any] | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class Beside:
    """What a store keeps beside the entries, for ``verify`` to hold against them."""

    answers: Sequence[tuple[str, bytes]] = ()  # what was answered first under each key
    blobs: tuple[str, ...] = ()  # the mark under which each document lies
    keys: tuple[str, ...] = ()  # the subject of each key of the vault
    aside: tuple[Put, ...] | None = ()  # rows that are no facts; None where their key is not there


def seal(prev: str, content: Mapping[str, Any]) -> str:
    """sha256 of the previous seal and the canonical JSON of all but the seal."""
    return "sha256:" + hashlib.sha256(prev.encode() + dumps(content)).hexdigest()
