"""What a brief says of costs: the draft of the month up to its night, each amount with its reference.

    cost/2023-02-20/CA-QC/claimed      cents that the draft asks of whoever pays
    cost/2023-02-20/CA-QC/direct       cents that somebody else bears at the same sites
    cost/2023-02-20/CA-QC/left-out     things that keep the draft from being complete

The draft is made anew each time: a headcount that comes later changes it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from partage.core.errors import NotFound
from partage.costs.periods import Period

if TYPE_CHECKING:
    from partage.costs.statement import Line, Statement

NAMES = ("claimed", "direct", "left-out")


@dataclass(frozen=True, slots=True)
class Cost:
    """One amount in cents (``left-out``: a number of things) with its reference."""

    id: str
    value: int
    ref: str
    published: bool = False


def month_to(day: date) -> Period:
    """From the first of the month to a night."""
    return Period(day.replace(day=1), day, f"{day.replace(day=1)}/{day}")


def pieces_of(said: Statement, name: str) -> list[tuple[str, str, int]]:
    """What an amount rests on: where it stands, what it is, and what it adds."""
    if name == "left-out":
        return [("draft", f"{f.where}: {f.what}", 1) for f in said.blocked]
    lines = said.lines if name == "claimed" else said.direct
    return [(_where(one), f"{one.site} night of {one.day}", _cents(one, name)) for one in lines]


def cost_of(said: Statement, day: date, name: str) -> Cost:
    """One amount of a draft."""
    if name not in NAMES:
        raise NotFound("That reference names no amount.", f"Known: {', '.join(NAMES)}.")
    lines = said.lines if name == "claimed" else said.direct if name == "direct" else ()
    value = sum(n for _, _, n in pieces_of(said, name))
    ref = f"cost/{day}/{said.claimant}/{name}"
    return Cost(name, value, ref, any(line.published for line in lines))


def _where(line: Line) -> str:
    return line.published.partition(": ")[0] or f"entry {line.evidence[-1]}"


def _cents(line: Line, name: str) -> int:
    return line.claimed if name == "claimed" else line.amount
