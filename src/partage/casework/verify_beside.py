"""Answers, documents and keys that a store keeps beside the entries, held against what these say."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from partage.casework.verify_vault import SHOWN, Verified
from partage.core.marks import mark_of_bytes
from partage.ledger.facts import ANSWER, Beside, Entry, Secret

OWN_KEYS = ("vault/own", "vault/aside")  # of the journal itself
PLAN = ("document", "instance", "solution")


class BesideCheck:
    """Reads entries as they pass, and then what stands beside them."""

    def __init__(self) -> None:
        self._acts: dict[
            str, tuple[int, str]
        ] = {}  # key -> its first entry, the mark of its answer
        self._blobs: set[str] = set()
        self._papers: list[tuple[int, str]] = []

    def note(self, entry: Entry) -> None:
        """What an entry says is kept beside it."""
        if entry.idem not in self._acts:
            self._acts[entry.idem] = entry.no, entry.body.get(ANSWER, "")
        if entry.verb == "propose":
            self._blobs.update(entry.body[name] for name in PLAN)
        elif entry.verb == "settle" and (paper := entry.body.get("matter", {}).get("invoices")):
            self._blobs.add(paper)
            self._papers.append((entry.no, paper))

    def settle(self, report: Verified, beside: Beside, blob: Callable[[str], bytes | None]) -> None:
        """What is changed, what is missing, and what no entry speaks of."""
        self._answers(report, beside.answers)
        for mark in beside.blobs:
            if mark not in self._blobs:
                report.fault(
                    f"document {mark}",
                    "is named by no entry: nothing rests on it",
                    "find out who put it there, and take it away",
                )
        for no, mark in self._papers:
            data = blob(mark)
            if data is None or mark_of_bytes(data) != mark:
                what = "the invoices of this statement are missing or changed"
                report.fault(f"entry {no}", what)

    def _answers(self, report: Verified, answers: Iterable[tuple[str, bytes]]) -> None:
        left, unmarked, lone, checked = self._acts, 0, 0, 0
        for idem, data in answers:
            no, mark = left.pop(idem, (0, ""))
            if not no:
                lone += 1
            elif not mark:
                unmarked += 1
            elif mark_of_bytes(data) != mark:
                what = "its answer was changed: a repeat of this act is refused"
                report.fault(f"entry {no}", what, "restore the answers from a copy")
            else:
                checked += 1
        for no, _ in sorted(left.values())[:SHOWN]:
            what = "its answer is missing: a repeat of this act is told its first entry instead"
            report.fault(f"entry {no}", what, "restore the answers from a copy")
        if lone:
            what = f"keeps {lone} answer(s) under keys of no act: such a request would do nothing"
            report.fault("journal file", what, "find out who put them there, and take them away")
        report.checked["answers"] = checked
        if unmarked:
            report.checked["answers whose words no entry seals"] = unmarked
        if left:
            report.checked["answers missing"] = len(left)


def check_order(
    report: Verified, committed: Mapping[str, tuple[str, str]], secrets: Sequence[Secret]
) -> None:
    """Of several rows of a household the last one counts: they stand in the order of their entries."""
    place = {commitment: number for number, commitment in enumerate(committed)}
    last: dict[tuple[str, str], int] = {}
    wrong: set[str] = set()
    for secret in secrets:
        now = place.get(secret.commitment)
        if now is not None:
            key = secret.subject, secret.kind
            if now < last.get(key, -1):
                wrong.add(secret.subject)
            last[key] = max(now, last.get(key, -1))
    for subject in sorted(wrong)[:SHOWN]:
        what = "has its rows in another order than they were written: an older one would count"
        report.fault(f"vault of {subject}", what, "restore the vault from a copy")


def check_keys(
    report: Verified, committed: Mapping[str, tuple[str, str]], keys: Sequence[str]
) -> None:
    """Every key is of a household that has rows; none is left after an erasure."""
    known = {where for where, _ in committed.values()}
    erased = {
        f"case/{row['case']}"
        for row in report.rows.tables["matters"].values()
        if row["list"] == "vault/erased"
    }
    for subject in keys:
        if subject in erased:
            what = "still has its key, though an erasure is recorded: copies can be read with it"
            report.fault(f"vault of {subject}", what, "erase again")
        elif subject not in known and subject not in OWN_KEYS:
            what = "has a key, and the chain committed to no row of it"
            report.fault(f"vault of {subject}", what, "find out who put it there")
