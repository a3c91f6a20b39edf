"""Versions: an ETag says which version of a case, a plan or a place was read; If-Match acts on no other."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, cast

from partage.core.errors import InputRefused, LotsRequired, Refusal, Stale, WrongState
from partage.faces.api.problems import Moved

if TYPE_CHECKING:
    from partage.ledger.facts import Entry
    from partage.office.office import Office
    from partage.office.ports import Journal

IF_MATCH = r'^(\*|(W/)?"?[0-9]{1,12}"?)$'  # some clients lose the quotes; nothing else is meant
_TAG = re.compile(r'(W/)?"?([0-9]{1,12})"?')
SHOWN = 20


def etag(version: int) -> str:
    """A version as a strong entity tag."""
    return f'"{version}"'


class Matched:
    """A journal that appends only while a subject stands at a version that was asked for.

    The store compares under its own lock, so nobody can slip in between. Once the act itself has
    moved the subject, what follows in the same request is its own.
    """

    def __init__(self, journal: Journal, subject: str, if_match: str) -> None:
        self._journal = journal
        self._subject = subject
        self._any = if_match.strip() == "*"
        self._wanted = {int(n) for weak, n in _TAG.findall(if_match) if not weak}
        self._mine = False
        self.reached = False

    def __getattr__(self, name: str) -> Any:
        return getattr(self._journal, name)

    def answered(self, idem: str) -> Any:
        """As the journal does. The desk asks it of every act first, once the permit is given."""
        self.reached = True
        return self._journal.answered(idem)

    def append(self, drafts: Any, expect: Any, idem: str, **more: Any) -> tuple[Entry, ...]:
        """Append as the journal does, or ``Moved`` if the subject is at another version."""
        if not self._mine:
            version = self._check()
            expect = {self._subject: version, **expect}
        try:
            entries = self._journal.append(drafts, expect, idem, **more)
        except Stale:
            if not self._mine:
                self._check()  # was it this subject that moved? else the verb reads again, as ever
            raise
        self._mine = self._mine or any(draft.subject == self._subject for draft in drafts)
        return entries

    def _check(self) -> int:
        version = self._journal.version(self._subject)
        if not self.fits(version):
            raise self.moved(version)
        return version

    def fits(self, version: int) -> bool:
        """Whether a version is one of those asked for."""
        return version in self._wanted or (self._any and version > 0)

    def moved(self, version: int) -> Moved:
        """The refusal, with what was written about the subject since; no name, no data."""
        since = max((n for n in self._wanted if n <= version), default=version)
        news = [e for e in self._journal.read(subject=self._subject) if e.version > since]
        changed = [
            {"version": e.version, "at": e.at, "verb": e.verb, "role": e.role}
            for e in news[-SHOWN:]
        ]
        return Moved(
            f"{self._subject} is at version {version} now; the request was made for another.",
            "Read it again, look at what changed, and decide again.",
            changed,
        )


class Condition:
    """One request with ``If-Match``: its office acts on that version alone."""

    def __init__(self, office: Office, subject: str, if_match: str) -> None:
        self._office, self._subject = office, subject
        self._matched = Matched(office.journal, subject, if_match)
        self._stood = self._matched.fits(office.journal.version(subject))
        office.journal = cast("Journal", self._matched)

    def explain(self, refusal: Refusal) -> Refusal:
        """The refusal as it is to be read: what cannot be done because it moved is ``Moved``.

        Only for whom the permit let in: nobody else learns what happened.
        """
        may_be = isinstance(refusal, (WrongState, Stale, InputRefused, LotsRequired))
        if may_be and not self._stood and self._matched.reached:
            return self._matched.moved(self._office.journal.version(self._subject))
        return refusal

    def check(self, *, wrote: bool, answered_before: bool) -> None:
        """After an act that wrote nothing: it was asked of a version that does not stand."""
        if not (self._stood or wrote or answered_before):
            raise self._matched.moved(self._office.journal.version(self._subject))
