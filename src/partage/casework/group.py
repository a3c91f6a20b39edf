"""A busload: counted first, described later; nobody who got off the bus is missing from the book."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from partage.casework.acts import Acts, Row, case_draft, site_draft
from partage.casework.turn_up import check_room
from partage.core.errors import InputRefused, WrongState
from partage.core.findings import Finding
from partage.core.streams import Stream
from partage.ledger.facts import Draft

MOST = 1_000  # persons of one headcount; more is several buses


@dataclass(frozen=True, slots=True)
class At:
    """A site where people turned up: its row, what it has free tonight, and who else has room."""

    site: str
    place: Row
    free: Mapping[str, int]
    others: Sequence[str] = field(default_factory=tuple)


def headcount(
    persons: int,
    entry_point: str,
    mode: str,
    *,
    synthetic: bool,
    day: str,
    stream: Stream,
    at: At | None = None,
) -> Acts:
    """So many persons at an entry point, before anybody knows who they are; they have a roof there.

    ``at`` a site: they turned up there by themselves, and stay if it has places for them tonight.
    Rooms are counted once they are described.
    """
    if not 1 <= persons <= MOST:
        raise InputRefused(
            f"{persons} persons cannot be counted as one group.", f"Count 1 to {MOST:,}."
        )
    group = f"G-{stream.child('group-id').token(10)}"
    account = f"hosted@{at.site}" if at else f"waiting@{entry_point}"
    changes: dict[str, Any] = {
        "persons": persons, "account": account, "entry_point": entry_point, "mode": mode,
        "declined": False, "synthetic": synthetic, "since": day,
    }  # fmt: skip
    moves = [{"from": "outside:entry", "to": account, "persons": persons}]
    data = {"group": group, "persons": persons, "entry_point": entry_point}
    expect = {f"case/{group}": 0}
    more: tuple[Draft, ...] = ()
    if at:
        check_room(at.site, {"person": persons}, at.free, at.others, f"for {persons} more")
        changes["stay"] = _beds(at.site, persons)
        more = (site_draft("stay", at.site, day, {"occupied": {"person": persons}}, group=group),)
        expect[f"site/{at.site}"] = int(at.place.get("version", 0))
        data["site"] = at.site
    draft = case_draft("register:headcount", group, {}, day, changes, moves=moves)
    return Acts((draft, *more), expect, data=data)


def described(acts: Acts, group: str, row: Row, *, day: str) -> Acts:
    """The registration of households that were counted in a group: they leave its count, once.

    More than were left in it are counted anew, with a finding.
    """
    _open(group, row)
    left, now = int(row["persons"]), int(acts.data["persons"])
    if not now:
        return acts
    known = min(left, now)
    moves = [{"from": row["account"], "to": "outside:entry", "persons": known}] if known else []
    changes, places = _fewer(row, left - known, day)
    draft = case_draft("register:described", group, row, day, changes, moves=moves)
    findings = acts.findings + _sleep_where(acts, row)
    if now > left:
        what = f"{now} persons are described, {left} of the count were left"
        do = "the others are counted as new arrivals; correct the rows if they are not"
        findings = (*findings, Finding(f"group {group}", what, do, "warning"))
    return replace(
        acts,
        drafts=(*acts.drafts, draft, *places),
        expect={**acts.expect, f"case/{group}": int(row["version"])},
        findings=findings,
        data={**acts.data, "group": group, "left_in_group": left - known},
    )


def close_group(group: str, row: Row, *, day: str) -> Acts:
    """No more details will come: who was counted and never described leaves the book, with an alarm."""
    _open(group, row)
    left = int(row["persons"])
    moves = [{"from": row["account"], "to": "outside:entry", "persons": left}] if left else []
    changes, places = _fewer(row, 0, day)
    changes["account"] = "outside:entry"
    draft = case_draft("register:group-closed", group, row, day, changes, moves=moves)
    found: tuple[Finding, ...] = ()
    if left:
        what = f"{left} person(s) were counted and never described"
        do = "find out whether the count was wrong or somebody is missing"
        found = (Finding(f"group {group}", what, do, "fault"),)
    data = {"group": group, "never_described": left}
    expect = {f"case/{group}": int(row["version"])}
    return Acts((draft, *places), expect, findings=found, data=data)


def _beds(site: str, persons: int) -> dict[str, Any] | None:
    return {"site": site, "units": {"night": {"person": persons}}} if persons else None


def _fewer(row: Row, left: int, day: str) -> tuple[dict[str, Any], list[Draft]]:
    """A group with so many left in it; at a site, the places of the others are theirs no more."""
    changes: dict[str, Any] = {"persons": left, "since": day}
    stay, gone = row.get("stay"), int(row["persons"]) - left
    if not stay or not gone:
        return changes, []
    changes["stay"] = _beds(stay["site"], left)
    return changes, [site_draft("leave", stay["site"], day, {"occupied": {"person": -gone}})]


def _sleep_where(acts: Acts, row: Row) -> tuple[Finding, ...]:
    """Those described of a group at a site sleep there, and each household takes its rooms there."""
    if not row.get("stay"):
        return ()
    site = row["stay"]["site"]
    do = f"'partage arrive CASE --walk-in --site {site}' gives it its room there"
    what = f"was counted at {site} and is in the book where it came in"
    return tuple(
        Finding(f"case {case}", what, do, "warning") for case in acts.data.get("registered", ())
    )


def _open(group: str, row: Mapping[str, object]) -> None:
    if row.get("state") != "counted":
        raise WrongState(f"The group {group} is closed.", "Register the file without --group.")
