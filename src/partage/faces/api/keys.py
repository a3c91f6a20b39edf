"""Keys: an act is done once under a key; the same key with another request is refused, not answered."""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from partage.faces.api.problems import KeyUsed
from partage.faces.api.routes import Route
from partage.office.permits import Actor
from partage.office.ports import Answered

if TYPE_CHECKING:
    from partage.ledger.facts import Entry
    from partage.office.ports import Journal

REQUEST = "request"  # in the kept answer, never in one that is given


def scoped(actor: Actor, route: Route, given: Mapping[str, Any], key: str) -> str:
    """The key as this person's, for this act on this subject; the journal keeps it blinded.

    So nobody gets another's answer by its key, and a key used twice on two cases does both.
    """
    named = sorted((name, value) for name, value in given.items() if isinstance(value, str))
    return _hash([actor.name, actor.role, actor.scope, route.name, named, key])


def mark_of_request(given: Mapping[str, Any]) -> str:
    """What was sent, as a mark: the body, or the file."""
    parts = []
    for name, value in sorted(given.items()):
        if isinstance(value, BaseModel):
            parts.append([name, value.model_dump(mode="json")])
        elif isinstance(value, bytes):
            parts.append([name, sha256(value).hexdigest()])
        else:
            parts.append([name, value])
    return _hash(parts)


def _hash(value: Any) -> str:
    return sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()


class Keyed:
    """A journal that keeps beside each answer which request it answered, and compares it."""

    def __init__(self, journal: Journal, key: str, mark: str) -> None:
        self._journal = journal
        self._key = key
        self._mark = mark

    def __getattr__(self, name: str) -> Any:
        return getattr(self._journal, name)

    def append(
        self, drafts: Any, expect: Any, idem: str, *, answer: Any = None, **more: Any
    ) -> tuple[Entry, ...]:
        """Append as the journal does, with the mark of the request in the answer that is kept."""
        if self._key in idem:
            answer = {**(answer or {}), REQUEST: self._mark}
        return self._journal.append(drafts, expect, idem, answer=answer, **more)

    def answered(self, idem: str) -> Answered | None:
        """The first answer under a key, or ``KeyUsed`` if it was to another request."""
        found = self._journal.answered(idem)
        if found is None or self._key not in idem:
            return found
        data = dict(found.data)
        if data.pop(REQUEST, self._mark) != self._mark:
            raise KeyUsed(
                "This Idempotency-Key came before, with another request; that one was answered.",
                "Send each act with a key of its own.",
            )
        return Answered(found.entries, data)
