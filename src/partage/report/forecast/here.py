"""A destination's next days as a table."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from partage.core.steps import STATES
from partage.report.forecast.words import Say
from partage.report.table import Table


def here_table(answer: Mapping[str, Any], say: Say) -> Table:
    """A day a row: who may enter between ports, and who of them may be due here."""
    rows = []
    for one in answer["days"]:
        due = one["due"]
        rows.append(
            (
                say.day(one["day"]),
                say.span(*one["enter"]["80"]),
                say("nobody_says") if due is None else say.number(due["middle"]),
                say("nobody_says") if due is None else say.span(*due["80"]),
            )
        )
    first = answer["days"][0]["day"]
    head = (say("day"), say("enter"), say("due"), say("due_80"))
    title = say("here", answer["where"], say.day(first))
    return Table(title, head, tuple(rows), _notes(answer, say))


def _notes(answer: Mapping[str, Any], say: Say) -> tuple[str, ...]:
    promised = ", ".join(
        f"{STATES[state][say.french]} {say.number(row['persons'])}"
        for state, row in answer["coming"].items()
    )
    notes = [say("free", say.number(answer["free"])), say("coming", promised)]
    full = answer["full"]
    if full is not None:
        said = say("full", str(full["percent"]))
        notes.append(said + (say("full_by", say.day(full["half_by"])) if full["half_by"] else ""))
    if answer["as_if"]:
        notes.append(say("as_if", answer["policy"]))
    return (*notes, *answer["assumptions"])
