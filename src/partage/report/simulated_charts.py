"""Charts of a simulation: fans, places needed against agreed, days to full, share against due, differences.

Vega-Lite by Altair, drawn to SVG or PNG on this machine; nothing is fetched. Each chart says in its title
what is seen, and its numbers stand in a table beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np

from partage.report.simulated import population_due
from partage.report.simulated_words import Words
from partage.simulate.arrays import NO_LIMIT
from partage.simulate.study import Study

INK, LINE = "#1b1b1b", "#9a3b12"
BANDS = ((0.05, 0.95, "#c6d9e8"), (0.25, 0.75, "#7fabcd"))
DARK = "#1f4e79"
WIDTH, HEIGHT = 460, 200
QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing: its name in files, its title, what is seen in a sentence, and its Vega-Lite spec."""

    id: str
    title: str
    says: str
    spec: dict[str, Any]

    def svg(self) -> str:
        """The drawing as SVG."""
        import vl_convert

        return str(vl_convert.vegalite_to_svg(self.spec))

    def png(self) -> bytes:
        """The drawing as PNG, at twice its size."""
        import vl_convert

        return bytes(vl_convert.vegalite_to_png(self.spec, scale=2))


def charts(done: Study, which: int, say: Words) -> list[Chart]:
    """The charts of one scenario, in the order in which people ask."""
    return [
        fan(done, which, "without-roof", say("roofless-title"), say),
        needed(done, which, say),
        fan(done, which, "cost-thousands", say("cost-title"), say, divide=1000),
        full(done, which, say),
        shares(done, which, say),
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
    base = alt.Chart(alt.InlineData(values=rows)).encode(x=_days(say))
    y = alt.Axis(title=None, format=",d", gridColor="#e3e3e3")
    layers = [
        base.mark_area(color=colour).encode(y=alt.Y(f"q{n}:Q", axis=y), y2=f"q{4 - n}:Q")
        for n, (_, _, colour) in enumerate(BANDS)
    ]
    layers.append(base.mark_line(color=DARK, strokeWidth=2).encode(y="middle:Q"))
    if agreed is not None:
        layers.append(
            base.mark_line(
                color=LINE, strokeDash=[6, 3], strokeWidth=2, interpolate="step-after"
            ).encode(y="agreed:Q")
        )
    low, middle, high = found[-1, 0], found[-1, 2], found[-1, 4]
    says = say.format("fan-says", day=say.day(made.reported[-1]), middle=say.number(middle),
                      low=say.number(low), high=say.number(high))  # fmt: skip
    return Chart(name, title, says, _finished(alt.layer(*layers), title))


def needed(done: Study, which: int, say: Words) -> Chart:
    """Persons who have or want a place, against the places agreed."""
    made = done.made[which]
    told = np.flatnonzero(made.world.report >= 0)
    places = made.world.cap[told, :, 0]
    agreed = np.where(places < NO_LIMIT, places, 0).sum(axis=1)
    chart = fan(done, which, "places-needed", say("needed-title"), say, agreed=agreed)
    return Chart("places-needed", chart.title, f"{chart.says} {say('needed-says')}", chart.spec)


def full(done: Study, which: int, say: Words) -> Chart:
    """On which day each site is full: nine tenths of the runs, and the middle; never = at the right end."""
    import altair as alt

    made = done.made[which]
    days = (made.scenario.last_day - made.scenario.first_day).days + 1
    rows = []
    for site in made.sites:
        low, middle, high = done.total(which, f"first-full@{site}", (0.05, 0.5, 0.95))
        day = made.scenario.first_day + timedelta(days=min(int(middle), days))
        rows.append(
            {
                "site": say.site(made, site), "low": _date(made.scenario.first_day, low, days),
                "middle": _date(made.scenario.first_day, middle, days),
                "high": _date(made.scenario.first_day, high, days),
                "said": say("never") if middle >= days else say.day(day),
            }
        )  # fmt: skip
    order = [row["site"] for row in sorted(rows, key=lambda row: str(row["middle"]))]
    base = alt.Chart(alt.InlineData(values=rows)).encode(
        y=alt.Y("site:N", title=None, sort=order, axis=alt.Axis(labelLimit=260))
    )
    domain = [made.scenario.first_day.isoformat(), made.scenario.last_day.isoformat()]
    scale = alt.Scale(domain=domain)
    layers = [
        base.mark_rule(color="#7fabcd", strokeWidth=6).encode(
            x=alt.X("low:T", title=None, scale=scale, axis=_axis(say)), x2="high:T"
        ),
        base.mark_point(color=DARK, filled=True, size=70).encode(x="middle:T"),
        base.mark_text(align="left", dx=8, dy=-9, fontSize=11, color=INK).encode(
            x="middle:T", text="said:N"
        ),
    ]  # fmt: skip
    chart = alt.layer(*layers).properties(height=alt.Step(34))
    return Chart(
        "days-to-full",
        say("full-title"),
        say("full-says"),
        _finished(chart, say("full-title"), tall=False),
    )


def shares(done: Study, which: int, say: Words) -> Chart:
    """What each province received of all who came, against its share due."""
    import altair as alt

    made = done.made[which]
    due = population_due(made)
    rows = []
    for region in made.regions:
        low, middle, high = done.total(which, f"share@{region}", (0.05, 0.5, 0.95)) / 100
        if high >= 0.05 or due.get(region, 0) > 0.01:
            rows.append(
                {
                    "region": say.region(made, region), "low": low, "middle": middle, "high": high,
                    "due": 100 * due[region] if region in due else None,
                }
            )  # fmt: skip
    rows.sort(key=lambda row: -float(row["middle"]))
    base = alt.Chart(alt.InlineData(values=rows)).encode(
        y=alt.Y("region:N", title=None, sort=[row["region"] for row in rows], axis=alt.Axis(labelLimit=220))
    )  # fmt: skip
    x = alt.X("middle:Q", title="%", axis=alt.Axis(gridColor="#e3e3e3"))
    layers = [
        base.mark_bar(color="#7fabcd", height=12).encode(x=x),
        base.mark_rule(color=DARK, strokeWidth=2).encode(x="low:Q", x2="high:Q"),
        base.mark_tick(color=LINE, thickness=3, size=20).encode(x="due:Q"),
    ]
    chart = alt.layer(*layers).properties(height=alt.Step(26))
    return Chart(
        "share-against-due",
        say("shares-title"),
        say("shares-says"),
        _finished(chart, say("shares-title"), tall=False),
    )


def differences(done: Study, which: int, names: Sequence[str], say: Words) -> Chart:
    """Paired differences from the first scenario, each as a share of what it is there."""
    import altair as alt

    found = done.differences[which - 1]
    quantiles = found.quantiles((0.05, 0.5, 0.95))
    columns = done.rows[0].totals
    rows = []
    for name in names:
        base = max(1.0, done.mean(0, name))
        low, middle, high = 100 * quantiles[columns.index(name)] / base
        rows.append({"what": say(name), "low": low, "middle": middle, "high": high})
    chart = alt.Chart(alt.InlineData(values=rows)).encode(
        y=alt.Y("what:N", title=None, sort=[row["what"] for row in rows], axis=alt.Axis(labelLimit=300))
    )  # fmt: skip
    zero = alt.Chart(alt.InlineData(values=[{"x": 0}])).mark_rule(color=INK).encode(x="x:Q")
    x = alt.X("low:Q", title="%", axis=alt.Axis(gridColor="#e3e3e3"))
    layers = [
        chart.mark_rule(color="#7fabcd", strokeWidth=6).encode(x=x, x2="high:Q"),
        chart.mark_point(color=DARK, filled=True, size=70).encode(x="middle:Q"),
        zero,
    ]
    after, before = done.made[which].scenario.id, done.made[0].scenario.id
    title = say.format("differences-title", after=after, before=before)
    drawn = alt.layer(*layers).properties(height=alt.Step(30))
    return Chart(
        f"difference-{which}", title, say("differences-says"), _finished(drawn, title, tall=False)
    )


def _date(first: date, number: float, days: int) -> str:
    return (first + timedelta(days=min(int(number), days - 1))).isoformat()


def _days(say: Words) -> Any:
    import altair as alt

    return alt.X("day:T", title=None, axis=_axis(say))


def _axis(say: Words) -> Any:
    import altair as alt

    return alt.Axis(format="%Y-%m", labelAngle=0, tickCount=6, grid=False)


def _finished(chart: Any, title: str, *, tall: bool = True) -> dict[str, Any]:
    """The spec, wide enough to read and with the title that says what is seen."""
    drawn = chart.properties(width=WIDTH, **({"height": HEIGHT} if tall else {}))
    drawn = (
        drawn.properties(title=title)
        .configure(font="sans-serif", background="#ffffff")
        .configure_view(stroke=None)
        .configure_title(anchor="start", fontSize=14, color=INK, fontWeight=600)
        .configure_axis(labelColor=INK, labelFontSize=11, titleColor=INK)
    )
    return dict(drawn.to_dict())
