"""``hook``: an address that is told, signed, that something happened: which kinds, until it is ended."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from partage.casework.acts import Acts, Row
from partage.core.errors import InputRefused, WrongState, shown
from partage.ledger.facts import Draft, Entry

# What may be told: verbs of the work itself, never who looked, who signs in or who is appointed.
EVENTS = (
    "register", "duplicate", "correct", "agree", "withdraw", "update", "adopt", "propose", "place",
    "override", "approve", "replan", "offer", "answer", "board", "depart", "arrive", "exit", "count",
    "close", "review", "ask", "draw", "settle", "erase",
)  # fmt: skip
SUBJECTS = (  # whose names are codes; any other subject is left out
    "case", "plan", "run", "site", "city", "region", "agreement", "review", "roof", "statement", "ask",
    "draw", "day", "group", "count", "vault",
)  # fmt: skip


def add_hook(hook: str, origin: str, events: Sequence[str], *, day: str) -> Acts:
    """An address is told from now on; the chain knows its scheme and host, never the whole of it."""
    wrong = [one for one in events if one not in EVENTS]
    if wrong or not events:
        raise InputRefused(
            f"{shown(wrong[0]) if wrong else 'Nothing'} is no event that is told.",
            f"Name some of: {', '.join(EVENTS)}.",
        )
    told = [one for one in EVENTS if one in events]
    matter = {"state": "active", "origin": origin, "events": told}
    draft = Draft("hook", f"hook/{hook}", {"matter": matter}, day)
    data = {"hook": hook, "origin": origin, "events": told}
    return Acts((draft,), {draft.subject: 0}, data=data)


def end_hook(hook: str, row: Row, *, day: str) -> Acts:
    """The address is told nothing any more."""
    _check_active(hook, row)
    draft = Draft("hook", f"hook/{hook}", {"matter": {"state": "ended", "ended": day}}, day)
    return Acts((draft,), {draft.subject: int(row["version"])}, data={"hook": hook, "ended": day})


def resume_hook(hook: str, row: Row, *, day: str) -> Acts:
    """Deliveries go on from where they stopped."""
    _check_active(hook, row)
    draft = Draft("hook", f"hook/{hook}", {"matter": {"resumed": day}}, day)
    return Acts((draft,), {draft.subject: int(row["version"])}, data={"hook": hook, "resumed": day})


def told(entry: Entry) -> dict[str, Any]:
    """What an address is told of an entry: its kind, its number in the chain, whose it is by a code."""
    kind = entry.subject.partition("/")[0]
    data: dict[str, Any] = {"no": entry.no, "day": entry.day, "seal": entry.seal}
    if kind in SUBJECTS:
        data |= {"subject": entry.subject, "version": entry.version}
    step = entry.body.get("step")
    if isinstance(step, str):
        data["step"] = step
    return {"type": entry.verb, "timestamp": entry.at, "data": data}


def _check_active(hook: str, row: Row) -> None:
    if row.get("state") != "active":
        raise WrongState(f"{hook} has ended already.", "Nothing to do.")
