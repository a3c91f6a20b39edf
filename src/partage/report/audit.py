"""The proxy audit: where people of each nationality and language were placed, small cells hidden.

It is made after a plan, from the vault, and read by people; nothing of it goes back to the engine.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from partage.core.household import Household
from partage.report.table import Table

SMALL = 5  # persons
FEW = 3  # households: one large family is no group
HIDDEN = "hidden"
NOWHERE = "no place"
Counts = Mapping[tuple[str, str], int]


class Place(NamedTuple):
    """Where one household of a plan goes; ``region`` None for no place."""

    case: str
    persons: int
    region: str | None


def proxy_audit(lines: Sequence[Place], people: Mapping[str, Household]) -> list[Table]:
    """Persons per destination, by nationality and by language; only counts, never a case."""
    return [
        _table("destination by nationality", lines, people, lambda h: h.profile.nationality),
        _table("destination by language", lines, people, _language),
    ]


def _language(household: Household) -> str:
    need = household.need
    return need.interpreter_language or need.official_language


def _table(
    title: str,
    lines: Sequence[Place],
    people: Mapping[str, Household],
    of: Callable[[Household], str],
) -> Table:
    counts: Counter[tuple[str, str]] = Counter()
    households: Counter[tuple[str, str]] = Counter()
    for line in lines:
        if line.case in people:
            group = of(people[line.case]) or "not stated"
            cell = group, str(line.region or NOWHERE)
            counts[cell] += line.persons
            households[cell] += 1
    groups = sorted({group for group, _ in counts})
    places = sorted({place for _, place in counts})
    shown = hide_small(counts, groups, places, households)
    return Table(
        f"proxy audit: {title} (persons)",
        ("", *places),
        tuple((group, *(shown[group, place] for place in places)) for group in groups),
        (
            "cells of fewer than 5 persons or 3 households are hidden, and others with them where they "
            "could be worked out; for people who ask whether a rule treats groups unlike, never read by "
            "the engine",
        ),
    )


def hide_small(
    counts: Counts, rows: Sequence[str], columns: Sequence[str], households: Counts | None = None
) -> dict[tuple[str, str], str]:
    """The cells as they may be shown: 1 to 4 persons, or one or two ``households``, hidden, and no row
    or column with one hidden cell only.

    Sums of rows and columns may be known from elsewhere, so that one hidden cell beside shown ones
    is no secret: the smallest other cell of that row or column is hidden too.
    """
    few = {cell for cell, n in (households or {}).items() if 0 < n < FEW}
    hidden = {
        (r, c) for r in rows for c in columns if 0 < counts.get((r, c), 0) < SMALL or (r, c) in few
    }
    lines = [[(r, c) for c in columns] for r in rows] + [[(r, c) for r in rows] for c in columns]
    changed = True
    while changed:
        changed = False
        for cells in lines:
            inside = [cell for cell in cells if cell in hidden]
            others = sorted((counts.get(cell, 0), cell) for cell in cells if cell not in hidden)
            if len(inside) == 1 and others:
                positive = [cell for number, cell in others if number] or [others[0][1]]
                hidden.add(positive[0])
                changed = True
    return {
        (r, c): HIDDEN if (r, c) in hidden else f"{counts.get((r, c), 0):,}"
        for r in rows
        for c in columns
    }
