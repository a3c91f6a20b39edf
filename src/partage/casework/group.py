"""A busload: counted first, described later; nobody who got off the bus is missing from the book."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from partage.casework.acts import Acts, Row, case_draft
from partage.core.errors import InputRefused, WrongState
from partage.core.findings import Finding
from partage.core.streams import Stream

MOST = 1_000  # persons of one headcount; more is several buses


def headcount(
    persons: int, entry_point: str, mode: str, *, synthetic: bool, day: str, stream: Stream
) -> Acts:
    """So many persons at an entry point, before anybody knows who they are; they have a roof there."""
    if not 1 <= persons <= MOST:
        raise InputRefused(
            f"{persons} persons cannot be counted as one group.", f"Count 1 to {MOST:,}."
        )
    group = f"G-{stream.child('group-id').token(10)}"
    waiting = f"waiting@{entry_point}"
    changes = {
        "persons": persons, "account": waiting, "entry_point": entry_point, "mode": mode,
        "declined": False, "synthetic": synthetic, "since": day,
    }  # fmt: skip
    moves = [{"from": "outside:entry", "to": waiting, "persons": persons}]
    draft = case_draft("register:headcount", group, {}, day, changes, moves=moves)
    data = {"group": group, "persons": persons, "entry_point": entry_point}
    return Acts((draft,), {f"case/{group}": 0}, data=data)


def described(acts: Acts, group: str, row: Row, *, day: str) -> Acts:
    """The registration of households that were counted in a group: they leave its count, once.

    More than were left in it are counted anew, with a finding.
    """
    _open(group, row)
    left, now = int(row["persons"]), int(acts.data["persons"])
    findings = (*acts.findings, *not_taken_off(group, int(acts.data["already"])))
    if not now:
        return replace(acts, findings=findings)
    known = min(left, now)
    moves = [{"from": row["account"], "to": "outside:entry", "persons": known}] if known else []
    changes = {"persons": left - known, "since": day}
    draft = case_draft("register:described", group, row, day, changes, moves=moves)
    elsewhere = sum(d.body["case"]["entry_point"] != row["entry_point"] for d in acts.drafts)
    if elsewhere:
        what = f"{elsewhere} household(s) are described at another entry point than was counted"
        do = "correct the entry point, or see whether they belong to another group"
        findings = (*findings, Finding(f"group {group}", what, do, "warning"))
    if now > left:
        what = f"{now} persons are described, {left} of the count were left"
        do = "the others are counted as new arrivals; correct the rows if they are not"
        findings = (*findings, Finding(f"group {group}", what, do, "warning"))
    return replace(
        acts,
        drafts=(*acts.drafts, draft),
        expect={**acts.expect, f"case/{group}": int(row["version"])},
        findings=findings,
        data={**acts.data, "group": group, "left_in_group": left - known},
    )


def not_taken_off(group: str, households: int) -> tuple[Finding, ...]:
    """A finding where households of a file had been registered before: no count loses them twice."""
    if not group or not households:
        return ()
    what = f"{households} household(s) were registered before and are not taken off the count"
    do = "if they were counted in this group, close it once the others are described"
    return (Finding(f"group {group}", what, do, "warning"),)


def close_group(group: str, row: Row, *, day: str) -> Acts:
    """No more details will come: who was counted and never described leaves the book, with an alarm."""
    _open(group, row)
    left = int(row["persons"])
    moves = [{"from": row["account"], "to": "outside:entry", "persons": left}] if left else []
    changes = {"persons": 0, "account": "outside:entry", "since": day}
    draft = case_draft("register:group-closed", group, row, day, changes, moves=moves)
    found: tuple[Finding, ...] = ()
    if left:
        what = f"{left} person(s) were counted and never described"
        do = "find out whether the count was wrong or somebody is missing"
        found = (Finding(f"group {group}", what, do, "fault"),)
    data = {"group": group, "never_described": left}
    return Acts((draft,), {f"case/{group}": int(row["version"])}, findings=found, data=data)


def _open(group: str, row: Mapping[str, object]) -> None:
    if row.get("state") != "counted":
        raise WrongState(f"The group {group} is closed.", "Register the file without --group.")
