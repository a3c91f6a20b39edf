"""A destination's next days as a table and as a drawing of the same numbers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from partage.core.steps import STATES
from partage.report.forecast.words import Say
from partage.report.simulated_drawing import DARK, PALE, WIDE, Chart, finished
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


def here_chart(answer: Mapping[str, Any], say: Say) -> Chart:
    """The same days drawn: the band of who may enter, and in front of it who may be due here."""
    import altair as alt

    rows: list[dict[str, Any]] = []
    for one in answer["days"]:
        row = {"day": one["day"], "from": one["enter"]["80"][0], "to": one["enter"]["80"][1]}
        if one["due"] is not None:
            low, high = one["due"]["80"]
            row |= {"low": low, "high": high, "middle": one["due"]["middle"]}
        rows.append(row)
    base = alt.Chart(alt.InlineData(values=rows)).encode(
        x=alt.X("day:T", title=None, axis=alt.Axis(format="%d/%m", tickCount=7, grid=False))
    )
    y = alt.Y("from:Q", axis=alt.Axis(title=None, format=",d", gridColor="#e3e3e3"))
    layers = [base.mark_area(color=WIDE).encode(y=y, y2="to:Q")]
    says = say("here_says")
    if "middle" in rows[0]:
        layers += [
            base.mark_area(color=PALE, opacity=0.8).encode(y="low:Q", y2="high:Q"),
            base.mark_line(color=DARK, strokeWidth=2).encode(y="middle:Q"),
        ]
        says = f"{says} {say('here_says_due')}"
    title = say("here", answer["where"], say.day(answer["days"][0]["day"]))
    return finished("days-ahead", layers, title, says, french=say.french)


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
