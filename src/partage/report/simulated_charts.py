"""Charts of a simulation: fans, places needed against agreed, days to full, share against due, differences.

How they look stands in ``simulated_drawing``; the numbers of each stand in a table beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import numpy as np

from partage.report.simulated import population_due
from partage.report.simulated_drawing import (
    DARK,
    INK,
    LINE,
    PALE,
    WIDE,
    Chart,
    finished,
    named,
    names,
)
from partage.report.simulated_words import Words
from partage.simulate.arrays import NO_LIMIT
from partage.simulate.study import Study

BANDS = ((0.05, 0.95, WIDE), (0.25, 0.75, PALE))
QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)
MOST_OVER_TIME = 4  # provinces whose share is drawn day by day: those furthest from their due
SHADES = ("#1f4e79", "#9a3b12", "#3d6b35", "#6b3d7d")
DASHES = ([1, 0], [8, 3], [3, 3], [10, 3, 2, 3])  # told apart without colour as well


def charts(done: Study, which: int, say: Words) -> list[Chart]:
    """The charts of one scenario, in the order in which people ask."""
    return [
        fan(done, which, "without-roof", say("roofless-title"), say),
        needed(done, which, say),
        fan(done, which, "cost-thousands", say("cost-title"), say, divide=1000),
        full(done, which, say),
        shares(done, which, say),
        over_time(done, which, say),
    ]


def fan(
    done: Study, which: int, name: str, title: str, say: Words, *, divide: float = 1.0,
    agreed: np.ndarray | None = None,
) -> Chart:  # fmt: skip
    """A number over the days: the middle, and the bands of half and nine tenths of the runs."""
    import altair as alt

    made = done.made[which]
    found = done.quantiles(which, name, QUANTILES) / divide
    rows = []
    for number, day in enumerate(made.reported):
        row: dict[str, Any] = {"day": day.isoformat(), "middle": float(found[number, 2])}
        row |= {f"q{n}": float(value) for n, value in enumerate(found[number])}
        if agreed is not None:
            row["agreed"] = float(agreed[number])
        rows.append(row)
    base = alt.Chart(alt.InlineData(values=rows)).encode(x=_days())
    y = alt.Axis(title=None, format=",d", gridColor="#e3e3e3")
    layers = [
        base.mark_area(color=colour).encode(y=alt.Y(f"q{n}:Q", axis=y), y2=f"q{4 - n}:Q")
        for n, (_, _, colour) in enumerate(BANDS)
    ]
    layers.append(base.mark_line(color=DARK, strokeWidth=2).encode(y="middle:Q"))
    says = _ends(done, which, found, say)
    if agreed is not None:
        layers.append(
            base.mark_line(
                color=LINE, strokeDash=[6, 3], strokeWidth=2, interpolate="step-after"
            ).encode(y="agreed:Q")
        )
        says = f"{says} {say('needed-says')}"
    return finished(
        "places-needed" if agreed is not None else name, layers, title, says, french=say.french
    )


def _ends(done: Study, which: int, found: np.ndarray, say: Words) -> str:
    low, middle, high = (say.number(found[-1, n]) for n in (0, 2, 4))
    day = say.day(done.made[which].reported[-1])
    return say.format("fan-says", day=day, middle=middle, low=low, high=high)


def agreed_places(done: Study, which: int) -> np.ndarray:
    """Places agreed on each reported day, all sites together."""
    world = done.made[which].world
    places = world.cap[np.flatnonzero(world.report >= 0), :, 0]
    return np.asarray(np.where(places < NO_LIMIT, places, 0).sum(axis=1))


def needed(done: Study, which: int, say: Words) -> Chart:
    """Persons who have or want a place, against the places agreed."""
    agreed = agreed_places(done, which)
    return fan(done, which, "places-needed", say("needed-title"), say, agreed=agreed)


def full(done: Study, which: int, say: Words) -> Chart:
    """On which day each site is full: nine tenths of the runs, and the middle; never = at the right end."""
    import altair as alt

    made = done.made[which]
    days = (made.scenario.last_day - made.scenario.first_day).days + 1
    rows = []
    for site in made.sites:
        low, middle, high = done.total(which, f"first-full@{site}", (0.05, 0.5, 0.95))
        day = made.scenario.first_day + timedelta(days=min(int(middle), days))
        said = say("never") if middle >= days else say.day(day)
        rows.append(
            {
                "name": say.site(made, site), "low": _date(made.scenario.first_day, low, days),
                "middle": _date(made.scenario.first_day, middle, days),
                "high": _date(made.scenario.first_day, high, days),
                "said": f"{said} – {say.site(made, site)}",
            }
        )  # fmt: skip
    rows.sort(key=lambda row: row["middle"])
    base = named(rows)
    domain = [made.scenario.first_day.isoformat(), made.scenario.last_day.isoformat()]
    x = alt.X("low:T", title=None, scale=alt.Scale(domain=domain), axis=_axis())
    layers = [
        base.mark_rule(color=PALE, strokeWidth=6).encode(x=x, x2="high:T"),
        base.mark_point(color=DARK, filled=True, size=70).encode(x="middle:T"),
        names(base),
    ]
    title, says = say("full-title"), say("full-says")
    return finished("days-to-full", layers, title, says, french=say.french, rows=True)


def shares(done: Study, which: int, say: Words) -> Chart:
    """What each province received of all who came, against its share due."""
    import altair as alt

    made = done.made[which]
    due = population_due(made)
    rows: list[dict[str, Any]] = []
    for region in made.regions:
        low, middle, high = done.total(which, f"share@{region}", (0.05, 0.5, 0.95)) / 100
        if high >= 0.05 or due.get(region, 0) > 0.01:
            name = say.region(made, region)
            owed = f" ({say('due')} {say.share(100 * due[region])})" if region in due else ""
            rows.append(
                {
                    "name": name, "low": low, "middle": middle, "high": high,
                    "due": 100 * due[region] if region in due else None,
                    "said": f"{say.share(middle)} – {name}{owed}",
                }
            )  # fmt: skip
    rows.sort(key=lambda row: -float(row["middle"]))
    base = named(rows)
    x = alt.X("middle:Q", title="%", axis=alt.Axis(gridColor="#e3e3e3"))
    layers = [
        base.mark_bar(color=PALE, height=10).encode(x=x),
        base.mark_rule(color=DARK, strokeWidth=2).encode(x="low:Q", x2="high:Q"),
        base.transform_filter("datum.due !== null")
        .mark_tick(color=LINE, thickness=3, size=18)
        .encode(x="due:Q"),
        names(base),
    ]
    title, says = say("shares-title"), say("shares-says")
    return finished("share-against-due", layers, title, says, french=say.french, rows=True)


def furthest(done: Study, which: int) -> list[str]:
    """The provinces whose share on the last day is furthest from their due, the furthest first."""
    made = done.made[which]
    due = population_due(made)
    apart = {
        region: abs(done.total(which, f"share@{region}", (0.5,))[0] / 10_000 - due[region])
        for region in made.regions
        if region in due
    }
    return sorted(apart, key=lambda region: -apart[region])[:MOST_OVER_TIME]


def over_time(done: Study, which: int, say: Words) -> Chart:
    """How far the share received so far lies from the share due, day by day, where it is furthest off."""
    import altair as alt

    made = done.made[which]
    due = population_due(made)
    zero = alt.Chart(alt.InlineData(values=[{"at": 0}])).mark_rule(color=INK).encode(y="at:Q")
    layers, says = [zero], [say("over-time-says")]
    for number, region in enumerate(furthest(done, which)):
        found = (
            done.quantiles(which, f"share@{region}", (0.05, 0.5, 0.95)) / 100 - 100 * due[region]
        )
        rows = [
            {"day": day.isoformat(), "low": float(a), "middle": float(b), "high": float(c)}
            for day, (a, b, c) in zip(made.reported, found, strict=True)
        ]
        colour, name = SHADES[number], say.region(made, region)
        base = alt.Chart(alt.InlineData(values=rows)).encode(x=_days())
        end = alt.Chart(alt.InlineData(values=[{**rows[-1], "name": name}])).encode(x=_days())
        y = alt.Y("low:Q", axis=alt.Axis(title=say("points"), format="+d", gridColor="#e3e3e3"))
        layers += [
            base.mark_area(color=colour, opacity=0.15).encode(y=y, y2="high:Q"),
            base.mark_line(color=colour, strokeWidth=2, strokeDash=DASHES[number]).encode(y="middle:Q"),
            end.mark_text(align="right", dy=14 if number % 2 else -8, fontSize=12, color=colour).encode(
                y="middle:Q", text="name:N"
            ),
        ]  # fmt: skip
        low, middle, high = (say.points(float(x)) for x in found[-1])
        says.append(say.format("over-time-ends", name=name, middle=middle, low=low, high=high))
    return finished(
        "share-over-time", layers, say("over-time-title"), " ".join(says), french=say.french
    )


def differences(done: Study, which: int, measures: Sequence[str], say: Words) -> Chart:
    """Paired differences from the first scenario, each as a share of what it is there."""
    import altair as alt

    found = done.differences[which - 1]
    quantiles = found.quantiles((0.05, 0.5, 0.95))
    columns = done.rows[0].totals
    rows = []
    for name in measures:
        base = max(1.0, done.mean(0, name))
        low, middle, high = (float(x) for x in 100 * quantiles[columns.index(name)] / base)
        said = f"{say.points(middle)}\u00a0% – {say(name)}"
        rows.append({"name": say(name), "low": low, "middle": middle, "high": high, "said": said})
    chart = named(rows)
    zero = alt.Chart(alt.InlineData(values=[{"x": 0}])).mark_rule(color=INK).encode(x="x:Q")
    x = alt.X("low:Q", title="%", axis=alt.Axis(gridColor="#e3e3e3"))
    layers = [
        chart.mark_rule(color=PALE, strokeWidth=6).encode(x=x, x2="high:Q"),
        chart.mark_point(color=DARK, filled=True, size=70).encode(x="middle:Q"),
        zero,
        names(chart),
    ]
    after, before = done.made[which].scenario.id, done.made[0].scenario.id
    title = say.format("differences-title", after=after, before=before)
    says = say("differences-says")
    return finished(f"difference-{which}", layers, title, says, french=say.french, rows=True)


def _date(first: date, number: float, days: int) -> str:
    return (first + timedelta(days=min(int(number), days - 1))).isoformat()


def _days() -> Any:
    import altair as alt

    return alt.X("day:T", title=None, axis=_axis())


def _axis() -> Any:
    import altair as alt

    return alt.Axis(format="%Y-%m", labelAngle=0, tickCount=4, grid=False, labelOverlap=True)
