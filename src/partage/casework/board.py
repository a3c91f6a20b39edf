"""``board``: who travels on which vehicle, households and links together, and the manifest of a run.

Filled exactly, by the same integer program as places: most persons aboard first, then who has waited
longest, then the first vehicles. A seat for every person, a child seat for each child under five, a
wheelchair place for a household with somebody of reduced mobility (all three counted; assumed that one
person of it needs the place).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from partage.casework.acts import Acts, Row
from partage.core.errors import InputRefused, NotFound, WrongState, named, shown
from partage.core.findings import Finding
from partage.core.household import Need
from partage.core.marks import mark
from partage.core.streams import Stream
from partage.ledger.facts import Draft
from partage.place.instance import instance_from
from partage.place.milp import solve_milp

LEAVES = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2}T)?[0-9]{2}:[0-9]{2}[0-9:.]*(Z|[+-][0-9:]{5})?")
MOST_SEATS, MOST_VEHICLES = 100, 20
SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Vehicle:
    """Seats, child seats among them, and wheelchair places beside them."""

    seats: int
    child_seats: int = 0
    wheelchairs: int = 0

    @classmethod
    def parse(cls, text: str) -> Vehicle:
        """A vehicle written as SEATS, SEATS:CHILD or SEATS:CHILD:WHEELCHAIR."""
        parts = text.split(":")
        if not 1 <= len(parts) <= 3 or not all(p.isascii() and p.isdigit() for p in parts):
            raise InputRefused(f"{shown(text)} is not a vehicle.", "Write 50, 50:6 or 50:6:2.")
        numbers = [int(p[:4]) for p in parts]
        if not 1 <= numbers[0] <= MOST_SEATS or max(numbers) > MOST_SEATS:
            raise InputRefused(
                f"{shown(text)} has no believable seats.", f"1 to {MOST_SEATS} seats."
            )
        return cls(*numbers)


def seats_of(need: Need) -> tuple[int, int, int]:
    """Seats, child seats and wheelchair places that a household needs."""
    return need.persons, need.ages.under_5, int(need.mobility)


def fill(
    vehicles: Sequence[Vehicle], groups: Sequence[Sequence[Need]], since: Sequence[str]
) -> list[int]:
    """The vehicle of each group (-1 = none this time); a group is never split.

    ``since`` is when each group entered. Raises nothing for a group that fits nowhere: it is -1.
    """
    if not 1 <= len(vehicles) <= MOST_VEHICLES:
        raise InputRefused(f"{len(vehicles)} vehicles.", f"Give 1 to {MOST_VEHICLES}.")
    if not groups:
        return []
    need = np.array([np.sum([seats_of(n) for n in group], axis=0) for group in groups], np.int64)
    room = np.array([(v.seats, v.child_seats, v.wheelchairs) for v in vehicles], np.int64)
    n, m = len(groups), len(vehicles)
    rank = np.argsort(np.argsort(np.array(list(since)), kind="stable"), kind="stable")
    first = (n - rank) * m  # who waited longest, worth more than any choice of vehicle …
    weight = int(first.sum()) + m * n + 1  # … and one person aboard more than all of that
    value = need[:, :1] * weight + first[:, None] + np.arange(m - 1, -1, -1)[None, :]
    fits = (need[:, None, :] <= room[None, :, :]).all(axis=2)
    solved = solve_milp(
        instance_from(
            {
                "value": np.where(fits, value, -1),
                "need": need,
                "capacity": room,
                "floor": np.zeros(m, np.int32),
                "floor_penalty": np.array(0),
                "unplaced": np.zeros(n, np.int32),
                "count": np.ones(n, np.int32),
            }
        )[0],
        SECONDS,
    )
    return [int(j) for j in solved.site_of]


def board(
    site: str,
    vehicles: Sequence[Vehicle],
    bound: Mapping[str, tuple[Row, Need]],
    *,
    leaves_at: str,
    day: str,
    stream: Stream,
) -> Acts:
    """A run per vehicle that is used, with its first manifest; who stays behind has a finding.

    ``bound`` are those bound for the site and on no manifest yet. Nobody moves by it.
    """
    if not LEAVES.fullmatch(leaves_at):  # a text here would stand in the chain for ever
        raise InputRefused(
            f"{shown(leaves_at)} is not when they leave.", "Write 09:00, or an instant."
        )
    if not bound:
        raise WrongState(f"Nobody is bound to {site}, or all are on a manifest.", "See 'survey'.")
    groups = _together(bound)
    where = fill(
        vehicles,
        [[bound[case][1] for case in group] for group in groups],
        [min(bound[case][1].entered_at for case in group) for group in groups],
    )
    drafts: list[Draft] = []
    runs: list[dict[str, Any]] = []
    for number, vehicle in enumerate(vehicles):
        cases = [c for group, v in zip(groups, where, strict=True) if v == number for c in group]
        if not cases:
            continue
        run = f"R-{stream.child('run-id', str(number)).token(8)}"
        matter = {
            "state": "boarding", "site": site, "day": day, "leaves_at": leaves_at,
            "vehicle": [vehicle.seats, vehicle.child_seats, vehicle.wheelchairs],
            **_manifest(run, 1, sorted(cases), {c: bound[c] for c in cases}, ""),
        }  # fmt: skip
        drafts.append(Draft("board", f"run/{run}", {"matter": matter}, day))
        runs.append({"run": run, "cases": sorted(cases), "persons": matter["persons"]})
    left = [c for group, v in zip(groups, where, strict=True) if v < 0 for c in group]
    findings = tuple(
        Finding(f"case {case}", "has no seat on these vehicles", "add a vehicle for it", "warning")
        for case in left
    )
    expect = {f"case/{case}": int(row["version"]) for case, (row, _) in bound.items()}
    expect |= {draft.subject: 0 for draft in drafts}
    data = {"site": site, "runs": runs, "without_a_seat": left}
    return Acts(tuple(drafts), expect, findings=findings, data=data)


def change_manifest(
    run: str,
    row: Row,
    people: Mapping[str, tuple[Row, Need]],
    *,
    add: Sequence[str],
    remove: Sequence[str],
    version: int,
    day: str,
) -> Acts:
    """The next version of a manifest, which supersedes the one before; refused beyond its seats."""
    if row.get("state") != "boarding":
        raise WrongState(f"Run {run} has left; its manifest stands.", "Record it with 'arrive'.")
    before = list(row["cases"])
    for case in remove:
        if case not in before:
            raise NotFound(
                f"{named(case)} is not on the manifest of {run}.", "See 'partage board'."
            )
    cases = sorted(({*before} | {*add}) - {*remove})
    for case in add:
        state, held = people[case][0].get("state"), people[case][0].get("offer") or {}
        if state != "bound" or held.get("site") != row["site"]:
            raise WrongState(f"{case} is not bound to {row['site']}.", "See 'partage explain'.")
    split = [c for c in cases if set(people[c][1].links) & set(remove)]
    if split:
        raise WrongState(
            f"{split[0]} is linked to a household that would stay behind.", "Take both, or none."
        )
    needed = [sum(n) for n in zip(*(seats_of(people[c][1]) for c in cases), strict=True)]
    for kind, wanted, there in zip(
        ("seats", "child seats", "wheelchair places"), needed, row["vehicle"], strict=False
    ):
        if wanted > there:
            raise WrongState(
                f"{wanted} {kind} are needed, the vehicle has {there}.", "Leave somebody out."
            )
    matter = _manifest(run, int(row["manifest"]) + 1, cases, people, str(row["manifest_mark"]))
    draft = Draft("board", f"run/{run}", {"matter": matter}, day)
    data = {
        "run": run,
        "cases": cases,
        "persons": matter["persons"],
        "manifest": matter["manifest"],
    }
    return Acts((draft,), {f"run/{run}": version}, data=data)


def manifest_lines(
    cases: Sequence[str], people: Mapping[str, tuple[Row, Need]], site: str
) -> list[dict[str, Any]]:
    """A line per household, by its code: seats, language, where it goes; no names."""
    lines = []
    for number, case in enumerate(cases, 1):
        need = people[case][1]
        seats, child_seats, wheelchairs = seats_of(need)
        lines.append(
            {
                "no": number,
                "case": case,
                "persons": seats,
                "children": need.ages.from_5_to_17,
                "child_seats": child_seats,
                "wheelchairs": wheelchairs,
                "with": sorted({*need.links} & {*cases}),
                "language": need.official_language or "en, fr",
                "interpreter": need.interpreter_language,
                "site": site,
            }
        )
    return lines


def _manifest(
    run: str, number: int, cases: list[str], people: Mapping[str, tuple[Row, Need]], before: str
) -> dict[str, Any]:
    """What the chain keeps of a manifest: codes, counts and its mark; needs stay in the vault."""
    persons = sum(people[case][1].persons for case in cases)
    return {
        "manifest": number,
        "supersedes": before,
        "cases": cases,
        "persons": persons,
        "manifest_mark": mark({"run": run, "manifest": number, "cases": cases, "persons": persons}),
    }


def _together(bound: Mapping[str, tuple[Row, Need]]) -> list[list[str]]:
    """Households in groups by links that both wish, in the order of their codes."""
    groups: dict[str, list[str]] = {}
    of: dict[str, str] = {}
    for case in sorted(bound):
        mine = {
            of[other]
            for other in bound[case][1].links
            if other in of and case in bound[other][1].links
        }
        first = min(mine, default=case)
        groups.setdefault(first, []).append(case)
        of[case] = first
        for other in sorted(mine - {first}):
            for member in groups.pop(other):
                groups[first].append(member)
                of[member] = first
    return list(groups.values())
