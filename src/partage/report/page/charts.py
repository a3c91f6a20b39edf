"""Charts of dues and placements, as SVG that needs neither a browser nor a network."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from partage.report.measures import Measures, RegionRow
from partage.report.page.tables import due, regions
from partage.report.page.words import Voice

INK, BAR = "#1b1b1b", "#2b5f8a"
WIDTH, ROW = 170, 30  # readable at the width of a phone


def due_and_placed(
    measures: Sequence[Measures], names: Mapping[str, str], say: Voice
) -> list[tuple[str, str]]:
    """One drawing a policy, all with the same rows and scale: a bar placed, an upright line due."""
    rows = [row for m in measures for row in m.regions]
    some = {row.region for row in rows if row.placed or row.due}
    order = [region for region in regions(measures, names) if region in some]
    if not order:
        return []
    most = max(max(row.placed, row.due or 0) for row in rows)
    return [
        (m.policy, _drawn(number, m, order, most, names, say)) for number, m in enumerate(measures)
    ]


def _drawn(
    number: int, m: Measures, order: list[str], most: int, names: Mapping[str, str], say: Voice
) -> str:
    import altair as alt
    import vl_convert

    found = {row.region: row for row in m.regions}
    own = [found.get(region, RegionRow(region, None, 0)) for region in order]
    values = [
        {
            "region": names.get(row.region, row.region),
            "placed": row.placed,
            "due": row.due,
            "said": f"{say.number(row.placed)} ({say('due', due(m, row, say))})"
            if row.due is not None
            else f"{say.number(row.placed)} ({due(m, row, say)})",
        }
        for row in own
    ]
    y = alt.Y("region:N", title=None, sort=[str(v["region"]) for v in values])
    scale = alt.Scale(domain=[0, most], nice=False)
    axis = alt.Axis(labels=False, ticks=False, grid=False, domain=False)
    base = alt.Chart(alt.InlineData(values=values)).encode(y=y)
    placed = alt.X("placed:Q", title=None, scale=scale, axis=axis)
    upright = base.encode(x=alt.X("due:Q", title=None, scale=scale, axis=axis))
    chart = (
        alt.layer(
            base.mark_bar(color=BAR, height=10, yOffset=6).encode(x=placed),
            upright.mark_tick(color="#ffffff", thickness=4.5, size=17, yOffset=6),
            upright.mark_tick(color=INK, thickness=2.5, size=17, yOffset=6),
            base.mark_text(align="left", dy=-7, color=INK, fontSize=12).encode(
                x=alt.value(0), text="said:N"
            ),
        )
        .properties(width=WIDTH, height=alt.Step(ROW))
        .configure(font="sans-serif", background="#ffffff")
        .configure_view(stroke=None)
        .configure_axis(labelColor=INK, labelFontSize=12, labelLimit=200, domain=False, ticks=False)
    )
    return _inline(vl_convert.vegalite_to_svg(chart.to_dict()), f"chart-{number}", m.policy, say)


def _inline(svg: str, prefix: str, policy: str, say: Voice) -> str:
    """The drawing as part of the page: named for readers, its ids its own, no fixed size."""
    head = re.search(r"<svg[^>]*>", svg)
    assert head is not None
    view: Any = re.search(r'viewBox="([^"]+)"', head.group(0))
    body = re.sub(r' (?:role|aria-[a-z]+)="[^"]*"', "", svg[head.end() :])
    body = re.sub(r'\bid="([^"]+)"', rf'id="{prefix}-\1"', body)
    body = re.sub(r"url\(#([^)]+)\)", rf"url(#{prefix}-\1)", body)
    title = escape(say.headed(policy, say("chart")))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{view.group(1)}" role="img" '
        f'aria-labelledby="{prefix}-title {prefix}-desc" class="chart">'
        f'<title id="{prefix}-title">{title}</title>'
        f'<desc id="{prefix}-desc">{escape(say("chart_desc"))}</desc>' + body
    )
