"""What happened by the hour: persons taken in, and persons who moved under the roof of a site."""

from __future__ import annotations

from datetime import datetime, timedelta

from partage.core.units import instant
from partage.ledger.facts import Entry

HOURS = 24
ENTRY, ROOF = "outside:entry", "hosted@"


def came(entry: Entry) -> int:
    """Persons who entered the book by this fact, less those it takes out again: who was counted with a
    busload and is described now is not counted twice."""
    moves = entry.body.get("moves", ())
    return sum(
        int(one["persons"]) * ((one["from"] == ENTRY) - (one["to"] == ENTRY)) for one in moves
    )


def moved_in(entry: Entry) -> int:
    """Persons who came under the roof of a site by this fact, from wherever they were."""
    moves = entry.body.get("moves", ())
    return sum(
        int(one["persons"]) * (str(one["to"]).startswith(ROOF) - _taken_out(one["from"], one["to"]))
        for one in moves
    )


def _taken_out(before: str, after: str) -> bool:
    return before.startswith(ROOF) and after == ENTRY


def hour_of(at: str) -> str:
    """The hour in which an instant lies, as it begins."""
    return f"{at[:13]}:00:00.000000Z"


def hours_until(now: datetime) -> list[str]:
    """The present hour and the twenty-three before it, the first of them first."""
    this = now.replace(minute=0, second=0, microsecond=0)
    return [instant(this - timedelta(hours=back)) for back in range(HOURS - 1, -1, -1)]
