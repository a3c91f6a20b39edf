"""What a brief says of costs: the draft of the month up to its night, each amount with its reference.

    cost/2023-02-20/CA-QC/claimed      cents that the draft asks of whoever pays
    cost/2023-02-20/CA-QC/borne        cents of its lines that it bears itself
    cost/2023-02-20/CA-QC/direct       cents that somebody else bears at the same sites
    cost/2023-02-20/CA-QC/left-out     things that keep the draft from being complete
    cost/2023-02-20/CA-QC/stated       cents claimed by statements that were certified and submitted by then
    cost/2023-02-20/CA-QC/paid         cents paid on statements by then

The draft is made anew each time: a headcount that comes later changes it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from partage.core.errors import NotFound
from partage.costs.periods import Period

if TYPE_CHECKING:
    from partage.costs.statement import Line, Statement
    from partage.report.tracing import Reading

NAMES = ("claimed", "borne", "direct", "left-out", "stated", "paid")
ON_RECORD = ("stated", "paid")
OWED = ("submitted", "queried", "accepted", "paid")  # states in which a claim stands


@dataclass(frozen=True, slots=True)
class Cost:
    """One amount in cents (``left-out``: a number of things) with its reference, and who bears it."""

    id: str
    value: int
    ref: str
    published: bool = False
    party: str = ""


def month_to(day: date) -> Period:
    """From the first of the month to a night."""
    return Period(day.replace(day=1), day, f"{day.replace(day=1)}/{day}")


def pieces_of(said: Statement, name: str) -> list[tuple[str, str, int]]:
    """What an amount of a draft rests on: where it stands, what it is, and what it adds."""
    if name == "left-out":
        return [("draft", f"{f.where}: {f.what}", 1) for f in said.blocked]
    lines = said.direct if name == "direct" else said.lines
    return [(_where(one), f"{one.site} night of {one.day}", _cents(one, name)) for one in lines]


def recorded(reading: Reading, region: str, name: str, end: str) -> list[tuple[str, str, int]]:
    """What was claimed (``stated``) or paid by an instant, statement by statement, and by which entries."""
    rows: dict[str, dict[str, Any]] = {}
    entry_of: dict[str, int] = {}
    for listed in reading.of(f"stated/{region}"):
        number = str(listed.body["matter"]["newest"])
        for entry in reading.of(f"statement/{number}"):
            if entry.at < end:
                rows.setdefault(number, {}).update(entry.body["matter"])
                entry_of[number] = entry.no
    found = []
    for number, row in sorted(rows.items()):
        if name == "stated" and row["state"] in OWED:
            cents = int(row["claimed"])
        elif name == "paid" and not row.get("taken_up"):
            cents = sum(int(one["cents"]) for one in row.get("paid", ()))
        else:
            continue
        if cents:
            found.append((f"entry {entry_of[number]}", f"{number}, {row['period']}", cents))
    return found


def cost_of(said: Statement, day: date, name: str, reading: Reading, end: str) -> Cost:
    """One amount of a draft, or of what is on record of statements."""
    if name not in NAMES:
        raise NotFound("That reference names no amount.", f"Known: {', '.join(NAMES)}.")
    pieces = (
        recorded(reading, said.claimant, name, end)
        if name in ON_RECORD
        else pieces_of(said, name)
    )  # fmt: skip
    lines = said.lines if name in ("claimed", "borne") else said.direct if name == "direct" else ()
    ref = f"cost/{day}/{said.claimant}/{name}"
    parties = {
        "claimed": said.payers, "borne": (said.claimant,),
        "direct": tuple(sorted({one.incurred_by for one in said.direct})),
    }.get(name, ())  # fmt: skip
    return Cost(
        name, sum(n for _, _, n in pieces), ref, any(line.published for line in lines),
        " ".join(parties),
    )  # fmt: skip


def _where(line: Line) -> str:
    return line.published.partition(": ")[0] or f"entry {line.evidence[-1]}"


def _cents(line: Line, name: str) -> int:
    return {"claimed": line.claimed, "borne": line.amount - line.claimed}.get(name, line.amount)
