"""``withdraw``: a consent ends or rests; who was to go there waits again, and nobody loses a roof."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from partage.casework.acts import Acts, Row, case_draft
from partage.casework.correct import freed
from partage.casework.terms import terms_on
from partage.core.errors import InputRefused, WrongState, shown
from partage.core.findings import Finding
from partage.ledger.facts import Draft

WHY = ("full", "season", "emergency", "staff", "services", "decision", "terms-not-kept", "other")
Rows = Mapping[str, Row]


def withdraw(
    subject: str,
    before: Row,
    cases: Rows,
    *,
    first: date,
    last: date | None,
    why: str,
    version: int,
    day: str,
) -> Acts:
    """A region, city or site takes its consent back from ``first`` on, or lets it rest until ``last``.

    ``cases`` are those approved, offered, bound, travelling and hosted at its sites. Who was to
    leave in those days waits again and keeps its roof; who lives there stays; for who is under way it
    is as the agreement says. Refused: nothing to withdraw, a reason that is no code, days that are over.
    """
    kind, _, party = subject.partition("/")
    if why not in WHY:
        raise InputRefused(f"{shown(why)} is not a reason.", f"Use one of: {', '.join(WHY)}.")
    if first.isoformat() < day or (last is not None and last < first):
        raise InputRefused("These days are over, or in the wrong order.", "Correct them.")
    consents = before.get("consents", ())
    if not any(c["last"] >= first.isoformat() for c in consents):
        raise WrongState(f"{party} has agreed to nothing from {first} on.", "Nothing to do.")
    place: dict[str, Any]
    if last is None:
        end = (first - timedelta(days=1)).isoformat()
        place = {
            "consents": [{**c, "last": min(c["last"], end)} for c in consents if c["first"] <= end]
        }
        state = "withdrawn"
    else:
        pause = {"first": first.isoformat(), "last": last.isoformat(), "why": why}
        place, state = {"pauses": [*before.get("pauses", ()), pause]}, "paused"
    drafts: list[Draft] = [
        Draft("withdraw", subject, {"place": place, "why": why}, day),
        Draft("withdraw", f"agreement/{party}", {"matter": {"state": state, "why": why}}, day),
    ]
    expect = {subject: version}
    reopened: list[str] = []
    findings: list[Finding] = []
    hosted = 0
    for case, row in sorted(cases.items()):
        hosted += int(row["persons"]) if row["state"] == "hosted" else 0
        if row["state"] in ("approved", "offered", "bound") and _leaves_in(row, day, first, last):
            gone = {"approved": None, "offer": None, "fallback": None, "since": day}
            drafts += [case_draft("withdraw:reopened", case, row, day, gone), *freed(row, day)]
            expect[f"case/{case}"] = int(row["version"])
            reopened.append(case)
        elif row["state"] == "travelling":
            findings.append(_on_the_road(case, row, terms_on(before, first)))
    if hosted and last is None:
        what = f"{hosted} person(s) live there; they keep their roof until they have another"
        do = "plan with each household where it goes"
        findings.append(Finding(f"{kind} {party}", what, do, "fault"))
    data = {"party": party, "state": state, "reopened": reopened, "hosted": hosted}
    return Acts(tuple(drafts), expect, findings=tuple(findings), data=data)


def resume(subject: str, before: Row, *, version: int, day: str) -> Acts:
    """A pause ends early: people may come again from ``day`` on, as was agreed before it."""
    party = subject.partition("/")[2]
    pauses = before.get("pauses", ())
    if not any(p["last"] >= day for p in pauses):
        raise WrongState(f"{party} is not paused from {day} on.", "Nothing to do.")
    end = (date.fromisoformat(day) - timedelta(days=1)).isoformat()
    over = [{**p, "last": min(p["last"], end)} for p in pauses if p["first"] <= end]
    drafts = (
        Draft("withdraw", subject, {"place": {"pauses": over}}, day),
        Draft("withdraw", f"agreement/{party}", {"matter": {"state": "agreed"}}, day),
    )
    return Acts(drafts, {subject: version}, data={"party": party, "state": "agreed", "from": day})


def _leaves_in(row: Row, today: str, first: date, last: date | None) -> bool:
    """Whether somebody is to leave for there in those days; who should have left already leaves now."""
    held = row.get("offer") or row.get("approved") or {}
    leaves = max(str(held["day"]), today)
    return leaves >= first.isoformat() and (last is None or leaves <= last.isoformat())


def _on_the_road(case: str, row: Row, terms: Mapping[str, Any]) -> Finding:
    if terms.get("on_the_road") == "return":
        what = f"is on the road (run {row['run']}); its agreement says that they return"
        do = "turn the run back; 'partage arrive RUN --seen-at-origin CASE' when they are there"
        return Finding(f"case {case}", what, do, "fault")
    what = f"is on the road (run {row['run']}) and is received as agreed"
    return Finding(f"case {case}", what, "nothing; tell the site", "note")
