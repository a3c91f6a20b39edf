"""``verify``: the chain, the states, the sums, the holds, the counts, the vault and the plans.

Everything is worked out again from the entries alone and compared with what the store shows; the
first bad entry is named.
"""

from __future__ import annotations

import gc
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from partage.casework.draw import draw_faults
from partage.casework.verify_aside import AsideCheck
from partage.casework.verify_beside import BesideCheck, check_keys, check_order
from partage.casework.verify_case import case_fault
from partage.casework.verify_days import DaysCheck
from partage.casework.verify_hands import HandsCheck, May
from partage.casework.verify_matters import MattersCheck
from partage.casework.verify_places import PlacesCheck
from partage.casework.verify_vault import check_plans, check_vault
from partage.core.errors import Refusal
from partage.core.findings import Finding
from partage.core.steps import STEPS
from partage.ledger.chain import ChainCheck
from partage.ledger.facts import Beside, Entry, Secret
from partage.ledger.views import LiveRows, MemoryRows, project

ANCHOR = re.compile(r"^sha256:[0-9a-f]{64}$")
_STEPS = {step.fact: step for step in STEPS}
Checks = tuple[PlacesCheck, HandsCheck, DaysCheck, MattersCheck, BesideCheck, AsideCheck]
_VERBS = {fact: fact.partition(":")[0] for fact in _STEPS}


@dataclass
class Report:
    """What a verification found, in numbers and findings."""

    entries: int = 0
    head: str = ""
    findings: list[Finding] = field(default_factory=list)
    checked: dict[str, int] = field(default_factory=dict)
    rows: MemoryRows = field(default_factory=LiveRows)
    to_the_end: bool = False  # every entry that was acknowledged is there and was folded
    _seen: int = 0
    _tainted: dict[str, list[int]] = field(default_factory=dict)

    @property
    def clean(self) -> bool:
        """Whether nothing is wrong."""
        return not any(finding.weight == "fault" for finding in self.findings)

    def fault(self, where: str, what: str, do: str = "restore the journal from a copy") -> None:
        """Add a fault."""
        self.findings.append(Finding(where, what, do, "fault"))

    def weigh(self, entry: Entry) -> None:
        """Remember what is about the subject of an entry that is at fault, and was written later."""
        if entry.subject in self._tainted:
            self._tainted[entry.subject][1] += 1
        if len(self.findings) > self._seen:
            mine = f"entry {entry.no}"
            if any(f.where == mine and f.weight == "fault" for f in self.findings[self._seen :]):
                self._tainted.setdefault(entry.subject, [entry.no, 0])
            self._seen = len(self.findings)

    def say_what_rests(self) -> None:
        """What follows from each entry at fault, as far as the chain goes on from it."""
        for subject, (no, later) in self._tainted.items():
            what = f"{later} later entries are about {subject} and rest on it"
            do = "look at each of them with those who wrote them"
            self.findings.append(Finding(f"after entry {no}", what, do, "warning"))


def verify(
    entries: Iterable[Entry],
    head: tuple[int, str],
    shown: Mapping[str, Mapping[str, Mapping[str, Any]]],
    secrets: Sequence[Secret] | None,
    blob: Callable[[str], bytes | None],
    anchor: str | None = None,
    *,
    may: May | None = None,
    zones: Mapping[str, str] | None = None,
    strays: Sequence[str] = (),
    beside: Beside | None = None,
) -> Report:
    """All checks in one pass over the entries; ``shown`` are the views as the store has them.

    ``may`` says which roles may write facts of which verbs, ``zones`` the zone of each account, for
    the hour at which its day ends; without them these two are not checked. ``strays`` is what the
    store has and should not have, ``beside`` what it keeps beside the entries, not looked at where it
    is not given; ``secrets`` are None where the key of the vault is not there.
    """
    with _uncollected():
        return _verified(
            Report(), entries, head, shown, secrets, blob, anchor, may, zones or {}, strays, beside
        )


@contextmanager
def _uncollected() -> Iterator[None]:
    """No search for rings among millions of rows that have none: they are freed when they are let go."""
    on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if on:
            gc.enable()


def _verified(
    report: Report,
    entries: Iterable[Entry],
    head: tuple[int, str],
    shown: Mapping[str, Mapping[str, Mapping[str, Any]]],
    secrets: Sequence[Secret] | None,
    blob: Callable[[str], bytes | None],
    anchor: str | None,
    may: May | None,
    zones: Mapping[str, str],
    strays: Sequence[str],
    beside: Beside | None,
) -> Report:
    for what in strays:
        report.fault("journal file", what)
    committed: dict[str, tuple[str, str]] = {}
    plans: list[Entry] = []
    seals: set[str] = set()
    approvals: dict[str, list[Entry]] = {}
    checks = (
        PlacesCheck(report.rows, report.fault),
        HandsCheck(report.rows, report.fault, may),
        DaysCheck(report.rows, report.fault, zones),
        MattersCheck(report.rows, report.fault),
        BesideCheck(),
        AsideCheck(),
    )
    whole = _walk(report, entries, committed, plans, seals, approvals, checks)
    if whole:
        _check_head(report, head, anchor, seals)
        if report.entries == head[0]:  # an act that was cut in two is said already
            checks[0].settle()
            report.to_the_end = True
        _check_views(report, shown)
        _check_book(report)
        _check_holds(report)
        check_plans(report, plans, blob, committed, approvals)
        if beside is not None:
            checks[4].settle(report, beside, blob)
            checks[5].settle(report, beside.aside)
            check_keys(report, committed, beside.keys)
        if secrets is None:
            report.fault(
                "vault",
                "was not checked: its key is not here, or is another's; all else was",
                "put the key file of this journal back and verify again",
            )
        else:
            check_vault(report, committed, secrets)
            check_order(report, committed, secrets)
    report.say_what_rests()
    report.findings.sort(key=_place_in_chain)
    return report


def _place_in_chain(finding: Finding) -> tuple[int, int]:
    """Entries in their order, the first bad one first; then what stands beside them."""
    number = re.fullmatch(r"(after )?entry (\d+)", finding.where)
    return (int(number[2]), number[1] is not None) if number else (sys.maxsize, 0)


def _walk(
    report: Report,
    entries: Iterable[Entry],
    committed: dict[str, tuple[str, str]],
    plans: list[Entry],
    seals: set[str],
    approvals: dict[str, list[Entry]],
    checks: Checks,
) -> bool:
    """Fold the entries; stops at the first bad one, names it, and says what follows from it."""
    chain = ChainCheck()
    states: Counter[str] = Counter({"closed days": 0})
    places, hands, days, matters, beside, aside = checks
    draws: dict[str, list[Mapping[str, Any]]] = {}
    entries = iter(entries)
    try:
        for entry in entries:
            fault = chain.fault(entry)
            if fault is None:
                try:
                    fault = _step_fault(report.rows, entry) or case_fault(report.rows, entry)
                    if fault is None:
                        places.note(entry)
                        hands.note(entry)
                        if "matter" in entry.body or entry.verb == "correct":
                            matters.note(entry)
                        project(entry, report.rows)
                except (ValueError, KeyError, TypeError, AttributeError) as error:
                    fault = f"its effect is impossible: {error}"
            if fault is not None:
                report.fault(
                    f"entry {entry.no}",
                    f"is the first bad entry: {fault}",
                    "restore the journal from a copy; nothing after this entry can be relied on",
                )
                _what_follows(report, entry, entries)
                return False
            report.entries, report.head = entry.no, entry.seal
            seals.add(entry.seal)
            beside.note(entry)
            if "vault" in entry.body:
                _note_commitments(entry, committed)
            if entry.verb == "propose":
                plans.append(entry)
            elif entry.verb == "letter":
                aside.note(entry)
            elif entry.verb == "draw":
                draws.setdefault(entry.subject, []).append(entry.body)
            elif entry.verb == "approve" and "case" in entry.body:
                approvals.setdefault(entry.body["case"]["approved"]["plan"], []).append(entry)
            elif entry.body.get("step") == "offer" and not entry.body["case"].get("fallback"):
                report.fault(
                    f"entry {entry.no}", "offers a place without a fallback place", "ask the office"
                )
            elif entry.verb == "count":
                _check_count(report, entry, days)
                states["outside counts"] += 1
            elif entry.verb == "close":
                states["closed days"] += 1
            days.note(entry, seals)
            if report.findings:
                report.weigh(entry)
    except Refusal as refusal:
        where = f"entry {report.entries + 1}"
        report.fault(where, f"is the first bad entry: {refusal.what}", refusal.do)
        return False
    for subject, bodies in draws.items():
        for fault in draw_faults(bodies):
            report.fault(subject, fault, "the draw does not count; hold another before witnesses")
    states["draws"] += len(draws)
    if days.unchecked:
        states["days not worked out"] = days.unchecked
    report.checked |= dict(states) | {"entries": report.entries}
    return True


def _what_follows(report: Report, bad: Entry, rest: Iterable[Entry]) -> None:
    """What stands on the first bad entry: everything written after it, by kind."""
    kinds: Counter[str] = Counter()
    same = 0
    try:
        for entry in rest:
            kinds[entry.subject.partition("/")[0]] += 1
            same += entry.subject == bad.subject
    except Refusal:
        kinds["unreadable"] += 1
    if kinds:
        said = ", ".join(f"{n} of {kind}" for kind, n in sorted(kinds.items()))
        what = f"{kinds.total()} entries follow, {same} of them about {bad.subject}: {said}"
        do = "look at each again once the journal is restored"
        report.findings.append(Finding(f"after entry {bad.no}", what, do, "warning"))


def _step_fault(rows: MemoryRows, entry: Entry) -> str | None:
    """Whether the transition an entry claims is a row of the table of steps."""
    if "case" not in entry.body:
        return None
    name = str(entry.body.get("step", ""))
    step = _STEPS.get(name)
    before = (rows.get("cases", entry.subject.removeprefix("case/")) or {}).get("state", "")
    after = entry.body["case"].get("state")
    if step is None or _VERBS[name] != entry.verb:
        return f"'{entry.body.get('step')}' is not a step of '{entry.verb}'"
    if before not in step.before or after != step.after:
        return f"'{step.fact}' does not lead from '{before or 'no case'}' to '{after}'"
    return None


def _note_commitments(entry: Entry, committed: dict[str, tuple[str, str]]) -> None:
    for kind, value in entry.body.get("vault", {}).items():
        committed[value] = (entry.body.get("vault_of", entry.subject), kind)


def _check_count(report: Report, entry: Entry, days: DaysCheck) -> None:
    """An outside count against the book of its moment, or of 04:00 of the night that was counted."""
    account, as_of = entry.body["account"], entry.body.get("as_of", "")
    book = (report.rows.get("book", account) or {"persons": 0})["persons"]
    if as_of:
        book -= days.moved_since(as_of)[account]
    if entry.body["reported"] != book:
        night = f" for the night of {entry.body['night']}" if entry.body.get("night") else ""
        report.findings.append(
            Finding(
                f"entry {entry.no}",
                f"an outside count of {account} found {entry.body['reported']} persons, "
                f"the book said {book}{night}",
                "find out who is where",
                "warning",
            )
        )


def _check_head(report: Report, head: tuple[int, str], anchor: str | None, seals: set[str]) -> None:
    if head[0] < report.entries:
        what = f"stands after the end that was acknowledged: {head[0]} entries"
        report.fault(f"entry {head[0] + 1}", what)
    elif head[0] != report.entries or (report.entries and head[1] != report.head):
        report.fault(
            f"entry {report.entries + 1}",
            f"is the first bad entry: it is missing; {head[0]} entries were acknowledged, "
            f"{report.entries} are there",
            "restore the journal from a copy: its end was cut off",
        )
    if anchor is not None:
        check_anchor(report, anchor, there=anchor in seals)


def check_anchor(report: Report, anchor: str, *, there: bool) -> None:
    """A seal that was printed earlier is ``there``, or the journal is not the one it was printed from."""
    if not ANCHOR.match(anchor):
        report.fault(
            "anchor", "is not a whole seal: sha256: and 64 hexadecimal digits", "copy it whole"
        )
    elif not there:
        report.fault(
            f"anchor {anchor[:23]}…",
            "is not the seal of any entry: the journal was rewritten",
            "compare with the copy the anchor was printed from",
        )


def _check_views(report: Report, shown: Mapping[str, Mapping[str, Mapping[str, Any]]]) -> None:
    for view, rebuilt in report.rows.tables.items():
        rows = shown.get(view, {})
        for key in sorted({*rebuilt, *rows}) if rebuilt != rows else ():
            if rebuilt.get(key) != rows.get(key):
                report.fault(
                    f"view {view}, row {key}",
                    "is not what the entries say",
                    "rebuild the views with 'partage verify --rebuild'",
                )
        report.checked[f"{view} rows"] = len(rebuilt)


def _check_book(report: Report) -> None:
    book = {account: row["persons"] for account, row in report.rows.tables["book"].items()}
    if sum(book.values()) != 0:
        report.fault("book", f"sums to {sum(book.values())} persons, not 0")
    lived: Counter[str] = Counter()
    for row in report.rows.tables["cases"].values():
        lived[row["account"]] += row["persons"]
    for account in sorted({*book, *lived}):
        if account != "outside:entry" and book.get(account, 0) != lived.get(account, 0):
            report.fault(
                f"account {account}",
                f"has {book.get(account, 0)} persons, its households {lived.get(account, 0)}",
            )


def _check_holds(report: Report) -> None:
    """What sites count as held and occupied is what the cases hold there, no more and no less."""
    wanted: Counter[tuple[str, str, str, str]] = Counter()
    for row in report.rows.tables["cases"].values():
        for name in ("offer", "fallback"):
            if row.get(name):
                _count(wanted, row[name], "held", "held")
        if row.get("stay"):
            _count(wanted, row["stay"], "occupied", "taken")
        for past in row.get("past", ()):
            _count(wanted, past, "occupied", "taken")
    shown: Counter[tuple[str, str, str, str]] = Counter()
    for site, row in report.rows.tables["places"].items():
        for kind in ("held", "taken"):
            for period, units in row.get(kind, {}).items():
                for service, number in units.items():
                    shown[site, kind, period, service] += number
        for service, number in row.get("occupied", {}).items():
            shown[site, "occupied", "night", service] += number
    for key in sorted({*wanted, *shown}):
        if wanted[key] != shown[key]:
            site, kind, _, service = key
            report.fault(
                f"site {site}", f"counts {shown[key]} {service} {kind}, its cases {wanted[key]}"
            )


def _count(
    wanted: Counter[tuple[str, str, str, str]], held: Mapping[str, Any], nights: str, weeks: str
) -> None:
    for period, units in held["units"].items():
        for service, number in units.items():
            kind = nights if period == "night" else weeks
            wanted[held["site"], kind, period, service] += number
