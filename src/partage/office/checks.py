"""A check of the record that goes on beside: begun, told how far it is, stopped; what it found is kept.

One at a time in a process. How far it is stays in memory; what the last whole one found lies beside the
record, sealed by the key of the vault, so that a restart loses nothing of it.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from partage.casework.verify import ANCHOR, Report
from partage.core.errors import InputRefused, Refusal
from partage.office.record import Record

if TYPE_CHECKING:
    from partage.office.office import Office

HOWS = ("chain", "whole")
KEPT = "check/last"  # beside the record
WEIGHTS = ("fault", "warning", "note")
MOST_FINDINGS = 200  # kept and shown, the weightiest first; how many there are is said


class _Stopped(Exception):
    """Somebody stopped it."""


@dataclass(slots=True)
class Check:
    """One check: of what, begun when and by which role, how far it is, and how it ended."""

    how: str
    began: str
    role: str
    of: int
    done: int = 0
    stopped: bool = False
    found: dict[str, Any] | None = None
    fault: BaseException | None = None
    stop: threading.Event = field(default_factory=threading.Event)
    ended: threading.Event = field(default_factory=threading.Event)

    def told(self, done: int, of: int) -> None:
        """How far the check says it is; it ends here once somebody stopped it."""
        self.done, self.of = done, of
        if self.stop.is_set():
            raise _Stopped

    def as_dict(self) -> dict[str, Any]:
        """For whoever asks how far it is."""
        return {
            "how": self.how, "began": self.began, "role": self.role, "done": self.done,
            "of": self.of, "goes_on": not self.ended.is_set(), "stopped": self.stopped,
        }  # fmt: skip


_KNOWN: dict[str, Check] = {}  # by the first seal of a record
_LOCK = threading.Lock()


class Checks(Record):
    """Checks of the record that nobody waits for."""

    def begin_check(
        self, how: str, again: Callable[[], Office], *, anchor: str | None = None
    ) -> Check:
        """Begin a check in a thread of its own; where one goes on already, it is that one.

        ``again`` opens this office once more: whoever asked is answered before the check ends.
        """
        self._permit("verify")
        if how not in HOWS:
            raise InputRefused("No such check.", f"Say one of {', '.join(HOWS)}.")
        if anchor is not None and not ANCHOR.match(anchor):
            raise InputRefused(
                "A head is sha256: and 64 hexadecimal digits.", "Copy it whole, or leave it out."
            )
        key = self._first_seal()
        with _LOCK:
            known = _KNOWN.get(key)
            if known is not None and not known.ended.is_set():
                return known
            check = Check(how, self._at(), self.actor.role, self.journal.head()[0])
            _KNOWN[key] = check
        threading.Thread(
            target=_work, args=(check, again, anchor), name="check", daemon=True
        ).start()
        return check

    def check_begun(self) -> Check | None:
        """The check that goes on, or the last one that this process knows of."""
        self._permit("verify")
        with _LOCK:
            return _KNOWN.get(self._first_seal())

    def stop_check(self) -> bool:
        """Stop the check that goes on; False where none does. The result before it stays."""
        check = self.check_begun()
        if check is None or check.ended.is_set():
            return False
        check.stop.set()
        return True

    def last_check(self) -> dict[str, Any] | None:
        """What the last check found that came to its end: when, of which head, and every finding.

        None where there was none, or where somebody changed what was kept of it.
        """
        begun = self.check_begun()
        row = self.journal.aside(KEPT)
        text = self.journal.unseal_aside(KEPT, row["sealed"]) if row else None
        found = [dict(json.loads(text))] if text else []
        if begun is not None and begun.found is not None:
            found.append(begun.found)  # also where it could not be kept
        return max(found, key=lambda one: str(one["ended"]), default=None)

    def _first_seal(self) -> str:
        """What tells this record from any other."""
        first = next(self.journal.read(), None)
        return first.seal if first else ""

    def _found(self, check: Check, report: Report, anchor: str | None) -> dict[str, Any]:
        """What a check found, as it is kept."""
        weighty = sorted(report.findings, key=lambda one: WEIGHTS.index(one.weight))
        return {
            "how": check.how, "began": check.began, "ended": self._at(), "role": check.role,
            "anchor": anchor or "", "entries": report.entries, "head": report.head,
            "clean": report.clean, "checked": report.checked, "findings_in_all": len(weighty),
            "findings": [one.as_dict() for one in weighty[:MOST_FINDINGS]],
        }  # fmt: skip

    def _keep_check(self, found: dict[str, Any]) -> None:
        row = {"list": "check", "sealed": self.journal.seal_aside(KEPT, json.dumps(found))}
        self.journal.change_aside(KEPT, lambda _: row)


def _work(check: Check, again: Callable[[], Office], anchor: str | None) -> None:
    try:
        office = again()
        with closing(office.journal):
            if check.how == "chain":
                report = office.verify_chain(anchor=anchor)
            else:
                report = office.verify(anchor=anchor, progress=check.told)
            check.told(report.entries, check.of)
            check.found = office._found(check, report, anchor)
            with suppress(Refusal):  # no room, or no key: it is shown until the server ends
                office._keep_check(check.found)
    except _Stopped:
        check.stopped = True
    except BaseException as fault:  # said to whoever asks
        check.fault = fault
    finally:
        check.ended.set()
