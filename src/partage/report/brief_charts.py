"""The plots of a brief: share owed, given and carried over; load over what is agreed; cost by payer.

Drawn by Altair to SVG on this machine; nothing is fetched. Every number of a plot stands in a table too.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

INK, BAR, EDGE, OTHER = "#1b1b1b", "#2b5f8a", "#8a6d1b", "#c9a13b"
FONT = "Libertinus Serif"  # the one that the typesetter has; a browser takes its own serif
WIDTH, ROW = 230, 24


@dataclass(frozen=True, slots=True)
class Bar:
    """A row of a plot: what is said above it, a bar, an upright line, an outline.

    Numbers that this copy does not show are None. ``of`` says which kind of bar it is.
    """

    said: str
    bar: int | None = None
    line: int | None = None
    outline: int | None = None
    of: str = ""


@dataclass(frozen=True, slots=True)
class Plot:
    """One plot: its name in files, its words for whoever does not see it, its SVG."""

    id: str
    says: str
    svg: str


def plot(id_: str, says: str, bars: Sequence[Bar]) -> Plot:
    """Bars with their numbers above them, longest at one scale."""
    import vl_convert

    svg = vl_convert.vegalite_to_svg(spec(bars))
    return Plot(id_, says, _alone(svg, id_, says))


def spec(bars: Sequence[Bar]) -> dict[str, Any]:
    """The plot as a Vega-Lite specification with its data in it."""
    import altair as alt

    values = [
        {"row": str(n), "said": b.said, "bar": b.bar, "line": b.line, "outline": b.outline, "of": b.of}
        for n, b in enumerate(bars)
    ]  # fmt: skip
    most = max([1, *(n for b in bars for n in (b.bar, b.line, b.outline) if n)])
    scale = alt.Scale(domain=[0, most], nice=False)
    hidden = alt.Axis(labels=False, ticks=False, grid=False, domain=False, title=None)
    y = alt.Y("row:N", title=None, sort=[str(v["row"]) for v in values], axis=hidden)
    base = alt.Chart(alt.InlineData(values=values)).encode(y=y)

    def x(name: str) -> Any:
        return alt.X(f"{name}:Q", scale=scale, axis=hidden)

    layers = [
        base.transform_filter("datum.outline !== null").mark_bar(
            fill=None, stroke=EDGE, height=10, yOffset=6
        ).encode(x=x("outline")),
        base.transform_filter("datum.bar !== null").mark_bar(height=6, yOffset=6).encode(
            x=x("bar"),
            color=alt.condition("datum.of === 'other'", alt.value(OTHER), alt.value(BAR)),
        ),
        base.transform_filter("datum.line !== null").mark_tick(
            color=INK, thickness=2.5, size=12, yOffset=6
        ).encode(x=x("line")),
        base.mark_text(align="left", dy=-5, color=INK, fontSize=10, font=FONT).encode(
            x=alt.value(0), text="said:N"
        ),
    ]  # fmt: skip
    chart = (
        alt.layer(*layers)
        .properties(width=WIDTH, height=alt.Step(ROW))
        .configure(font=FONT, background="#ffffff")
        .configure_view(stroke=None)
    )
    made: dict[str, Any] = chart.to_dict()
    return made


def _alone(svg: str, id_: str, says: str) -> str:
    """The drawing with its words, its ids its own, no fixed size."""
    head = re.search(r"<svg[^>]*>", svg)
    assert head is not None
    view: Any = re.search(r'viewBox="([^"]+)"', head.group(0))
    body = re.sub(r' (?:role|aria-[a-z]+)="[^"]*"', "", svg[head.end() :])
    body = re.sub(r'\bid="([^"]+)"', rf'id="{id_}-\1"', body)
    body = re.sub(r"url\(#([^)]+)\)", rf"url(#{id_}-\1)", body)
    said = escape(says)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{view.group(1)}" role="img" '
        f'aria-label="{said}"><title>{said}</title>' + body
    )
