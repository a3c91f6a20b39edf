"""What a re-plan did with the lines that stood: who moves, from where to where, and why."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from partage.casework.solving import Solution
from partage.core.moves import Move, Replanned
from partage.core.units import CaseId, SiteId
from partage.place.instance import Instance
from partage.place.stay import STAY, Standing, bonus
from partage.place.value import Model

ROOM = ("full", "ramp", "cap", "ends", "blocked")


def same_problem(model: Model, kept: Instance) -> bool:
    """Whether people, places and dues are those that a plan was made on; its arrays are ``kept``.

    What the priorities say follows from these and from the policy, which is another mark if it changed.
    """
    now = model.instance(0, [])
    pairs = (
        (now.need, kept.need),
        (now.capacity, kept.capacity),
        (now.value >= 0, kept.value >= 0),
        (now.region_floor, kept.region_floor),
        (now.region_ceiling, kept.region_ceiling),
        (now.km, kept.km),
    )
    return all(np.array_equal(one, other) for one, other in pairs)


def replanned_of(solved: Solution, standing: Standing, *, unchanged: bool) -> Replanned:
    """Each household whose line is another than before, with the one thing that moved it."""
    lines = _lines(solved)
    mine = {case: site for case, site in standing.site_of.items() if case in lines}
    moved = {case: at for case, at in mine.items() if lines[case][2] != at}
    came: dict[str, list[str]] = {}
    for case, (_, _, site) in lines.items():
        if site is not None and mine.get(case) != site:
            came.setdefault(site, []).append(case)
    short = _short_of_room(solved.model, mine, lines)
    return Replanned(
        plan=standing.plan,
        had=len(mine),
        moves=tuple(
            _move(solved.model, standing, case, lines[case], at, came.get(at, []), at in short)
            for case, at in sorted(moved.items())
        ),
        at_most=standing.at_most,
        points=_points(solved.model, standing),
        site_of=mine,
        decided={c: s for c, s in standing.decided.items() if c in lines},
        approved=frozenset(c for c in standing.approved if c in lines),
        by_hand=frozenset(c for c in standing.by_hand if c in lines),
        unchanged=unchanged,
    )


Placed = tuple[int, int, str | None]  # the row, its persons of this case, its site


def _lines(solved: Solution) -> dict[str, Placed]:
    model = solved.model
    return {
        str(member.id): (i, member.persons, str(model.sites[j].id) if j >= 0 else None)
        for i, (row, j) in enumerate(
            zip(model.rows, solved.outcome.solved.site_of.tolist(), strict=True)
        )
        for member in row.members
    }


def _short_of_room(
    model: Model, mine: Mapping[str, str], lines: Mapping[str, Placed]
) -> frozenset[str]:
    """Sites that have too little now for all those whose line they were."""
    needed = np.zeros(model.capacity.shape, np.int64)
    column = {str(site.id): j for j, site in enumerate(model.sites)}
    rows = {(lines[case][0], at) for case, at in mine.items() if at in column}
    for row, at in rows:
        needed[column[at]] += model.need[row]
    over = set(np.argwhere(needed > model.capacity)[:, 0].tolist())
    return frozenset(str(site.id) for j, site in enumerate(model.sites) if j in over)


def _move(
    model: Model,
    standing: Standing,
    case: str,
    line: Placed,
    before: str,
    came: list[str],
    short: bool,
) -> Move:
    row, persons, after = line
    column = next((j for j, site in enumerate(model.sites) if site.id == before), -1)
    frees: tuple[CaseId, ...] = ()
    if column < 0 or (row, column) in model.forbidden:
        why = "gone"
    elif short:
        why = "less-room"
    elif came:
        why, frees = "frees", tuple(CaseId(other) for other in sorted(came))
    else:
        why = "better"
    return Move(
        CaseId(case),
        persons,
        SiteId(before),
        SiteId(after) if after else None,
        why,
        frees,
        case in standing.approved,
    )


def _points(model: Model, standing: Standing) -> int:
    """Points a person that a move had to gain."""
    if standing.points is not None:
        return standing.points
    number = next((n for n, tier in enumerate(model.tiers) if tier.id == STAY), None)
    if number is None:
        return 1
    after = model.tiers[number + 1] if number + 1 < len(model.tiers) else None
    return bonus(after, np.array([[row.persons] for row in model.rows]), standing)
