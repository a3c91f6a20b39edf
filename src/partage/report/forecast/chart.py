"""Fan charts: what was on the left, bands of what may come on the right; SVG without a network."""

from __future__ import annotations

import re
from html import escape
from typing import Any, Literal

from partage.core.series import month_name
from partage.forecast.outlook import LEVELS
from partage.report.forecast.seen import Seen
from partage.report.forecast.words import Say

INK, LINE = "#1b1b1b", "#2b5f8a"
SHADES = {50: "#5b8fbd", 80: "#9dc0dd", 95: "#d5e4f1"}  # read in grey as well
WIDTH, HEIGHT, HISTORY = 420, 240, 36


def fan(seen: Seen, id_: str, say: Say) -> dict[str, Any]:
    """The drawing of one series as a Vega-Lite specification with its data in it."""
    import altair as alt

    band, history = seen.outlook.band(id_), seen.history(id_, HISTORY)
    known = [{"month": _day(m), "persons": v} for m, v in history if v is not None]
    last = [row["persons"] for row in known[-1:]]
    ahead = [
        {"month": _day(band.first + n), "middle": band.middle[n]}
        | {f"low{lv}": band.low[k][n] for k, lv in enumerate(LEVELS)}
        | {f"high{lv}": band.high[k][n] for k, lv in enumerate(LEVELS)}
        for n in range(len(band.middle))
    ]
    for value in last:  # the fan opens from the last figure
        ends = {f"{end}{lv}": value for lv in LEVELS for end in ("low", "high")}
        ahead.insert(0, {"month": known[-1]["month"], "middle": value, **ends})
    facts = [
        {"month": str(b.day)}
        for b in seen.outlook.panel.breaks
        if b.month >= history[0][0] and _concerns(b.offices, id_)
    ]
    x = alt.X("month:T", title=None, axis=alt.Axis(format="%b %Y", tickCount=6, labelOverlap=True))
    coming = alt.Chart(alt.InlineData(values=ahead))
    layers: list[Any] = [
        coming.mark_area(color=SHADES[level]).encode(
            x=x, y=alt.Y(f"low{level}:Q", title=say("persons")), y2=f"high{level}:Q"
        )
        for level in sorted(LEVELS, reverse=True)
    ]
    layers += [
        alt.Chart(alt.InlineData(values=facts)).mark_rule(color="#7a5a00", strokeDash=[2, 3]).encode(x=x),
        coming.mark_line(color=INK, strokeDash=[6, 4], strokeWidth=1.5).encode(x=x, y="middle:Q"),
        alt.Chart(alt.InlineData(values=known)).mark_line(
            color=LINE, strokeWidth=2, point=alt.OverlayMarkDef(color=LINE, size=14)
        ).encode(x=x, y="persons:Q"),
    ]  # fmt: skip
    chart = (
        alt.layer(*layers)
        .properties(width=WIDTH, height=HEIGHT)
        .configure(font="sans-serif", background="#ffffff")
        .configure_view(stroke=None)
        .configure_axis(labelColor=INK, titleColor=INK, gridColor="#e3e3e3", format=",d")
        .configure_axisX(grid=False)
    )
    spec: dict[str, Any] = chart.to_dict()
    return spec


def drawn(seen: Seen, id_: str, say: Say) -> str:
    """The drawing as SVG that stands alone, with title and description; nothing in it is fetched."""
    import vl_convert

    language: Literal["fr-CA", "en-CA"] = "fr-CA" if say.french else "en-CA"
    svg = vl_convert.vegalite_to_svg(
        fan(seen, id_, say), format_locale=language, time_format_locale=language
    )
    head = re.search(r"<svg[^>]*>", svg)
    assert head is not None
    view: Any = re.search(r'viewBox="([^"]+)"', head.group(0))
    prefix = f"fan-{re.sub('[^a-z]', '-', id_.lower())}"
    body = re.sub(r' (?:role|aria-[a-z]+)="[^"]*"', "", svg[head.end() :])
    body = re.sub(r'\bid="([^"]+)"', rf'id="{prefix}-\1"', body)
    body = re.sub(r"url\(#([^)]+)\)", rf"url(#{prefix}-\1)", body)
    title, said = escape(say("chart", say.series(id_))), escape(say("chart_desc"))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{view.group(1)}" role="img" '
        f'aria-labelledby="{prefix}-title {prefix}-desc" class="chart">'
        f'<title id="{prefix}-title">{title}</title><desc id="{prefix}-desc">{said}</desc>' + body
    )


def _day(month: int) -> str:
    return f"{month_name(month)}-01"


def _concerns(offices: tuple[str, ...], id_: str) -> bool:
    office = id_.partition("/")[2]
    return office == "all" or office in offices
