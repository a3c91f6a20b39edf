"""The chart of dues and placements, as SVG that needs neither a browser nor a network."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from partage.report.measures import Measures
from partage.report.page.words import Voice

INK, BAR = "#1b1b1b", "#2b5f8a"


def due_and_placed(measures: Sequence[Measures], names: dict[str, str], say: Voice) -> str:
    """Bars for the persons placed per region, a mark for what is due; one panel a policy."""
    import altair as alt
    import vl_convert

    rows = [
        {"policy": m.policy, "region": names[row.region], "placed": row.placed, "due": row.due}
        for m in measures
        for row in m.regions
        if row.placed or row.due
    ]
    if not rows:
        return ""
    base = alt.Chart(alt.InlineData(values=rows)).encode(
        y=alt.Y("region:N", title=None, sort=sorted(set(names.values())))
    )
    title = say("due_axis")
    bars = base.mark_bar(color=BAR, height=11).encode(x=alt.X("placed:Q", title=title))
    marks = base.mark_tick(color=INK, thickness=3, size=18).encode(x=alt.X("due:Q", title=title))
    chart = (
        alt.layer(bars, marks)
        .properties(width=250, height=alt.Step(22))
        .facet(
            facet=alt.Facet("policy:N", title=None, sort=[m.policy for m in measures]), columns=2
        )
        .resolve_scale(y="independent")
        .configure(font="sans-serif", background="#ffffff")
        .configure_axis(labelColor=INK, titleColor=INK, labelLimit=220)
    )
    return _inline(vl_convert.vegalite_to_svg(chart.to_dict()), say)


def _inline(svg: str, say: Voice) -> str:
    """The drawing as part of the page: named for readers, its ids its own, no fixed size."""
    ids = re.findall(r'\bid="([^"]+)"', svg)
    for id_ in sorted(set(ids), key=len, reverse=True):
        svg = svg.replace(f'id="{id_}"', f'id="chart-{id_}"').replace(
            f"url(#{id_})", f"url(#chart-{id_})"
        )
    head = re.search(r"<svg[^>]*>", svg)
    assert head is not None
    view: Any = re.search(r'viewBox="([^"]+)"', head.group(0))
    opened = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{view.group(1)}" role="img" '
        'aria-labelledby="chart-title chart-desc" class="chart">'
        f'<title id="chart-title">{say("chart")}</title><desc id="chart-desc">{say("chart_desc")}</desc>'
    )
    return opened + svg[head.end() :]
