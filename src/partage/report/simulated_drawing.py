"""How the drawings of a simulation look: Vega-Lite by Altair, drawn to SVG or PNG on this machine.

Nothing is fetched. Each says in its title what is seen; its numbers stand in a table beside it. Names stand
above what is drawn of them, so that a phone shows both.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any, Literal

INK, LINE, PALE, DARK = "#1b1b1b", "#9a3b12", "#7fabcd", "#1f4e79"
WIDE = "#c6d9e8"
WIDTH, HEIGHT, ROW = 330, 190, 44  # readable at the width of a phone


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing: its name in files, its title, what is seen in a sentence, and its Vega-Lite spec."""

    id: str
    title: str
    says: str
    spec: dict[str, Any]
    french: bool = False

    def svg(self) -> str:
        """The drawing as SVG, numbers as its language writes them."""
        import vl_convert

        return str(
            vl_convert.vegalite_to_svg(
                self.spec, format_locale=self._locale(), time_format_locale=self._locale()
            )
        )

    def png(self) -> bytes:
        """The drawing as PNG, at twice its size."""
        import vl_convert

        return bytes(
            vl_convert.vegalite_to_png(
                self.spec, scale=2, format_locale=self._locale(), time_format_locale=self._locale()
            )
        )

    def _locale(self) -> Literal["fr-CA", "en-CA"]:
        return "fr-CA" if self.french else "en-CA"


def inline(chart: Chart, prefix: str) -> str:
    """The drawing as part of a page: named for readers, its ids its own, no fixed size."""
    svg = chart.svg()
    head = re.search(r"<svg[^>]*>", svg)
    assert head is not None
    view = re.search(r'viewBox="([^"]+)"', head.group(0))
    assert view is not None
    key = f"{prefix}-{chart.id}"
    body = re.sub(r' (?:role|aria-[a-z]+)="[^"]*"', "", svg[head.end() :])
    body = re.sub(r'\bid="([^"]+)"', rf'id="{key}-\1"', body)
    body = re.sub(r"url\(#([^)]+)\)", rf"url(#{key}-\1)", body)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{view.group(1)}" role="img" class="chart" '
        f'aria-labelledby="{key}-title {key}-desc"><title id="{key}-title">{escape(chart.title)}</title>'
        f'<desc id="{key}-desc">{escape(chart.says)}</desc>' + body
    )


def named(rows: Sequence[Mapping[str, Any]]) -> Any:
    """A row for each name, to be drawn in that order."""
    import altair as alt

    order = [str(row["name"]) for row in rows]
    hidden = alt.Axis(labels=False, ticks=False, domain=False, title=None)
    y = alt.Y("name:N", title=None, sort=order, axis=hidden)
    return alt.Chart(alt.InlineData(values=list(rows))).encode(y=y)


def names(base: Any) -> Any:
    """What is said of each row, above what is drawn of it: the number first, in case the name is cut."""
    import altair as alt

    return base.mark_text(align="left", dy=-14, fontSize=12, color=INK, limit=WIDTH).encode(
        x=alt.value(0), text="said:N"
    )


def finished(
    id_: str, layers: Sequence[Any], title: str, says: str, *, french: bool, rows: bool = False
) -> Chart:
    """The layers as a drawing, wide enough to read and with the title that says what is seen."""
    import altair as alt

    height = alt.Step(ROW) if rows else HEIGHT
    drawn = (
        alt.layer(*layers)
        .properties(width=WIDTH, height=height, title=_lines(title))
        .configure(font="sans-serif", background="#ffffff")
        .configure_view(stroke=None)
        .configure_title(anchor="start", fontSize=14, color=INK, fontWeight=600)
        .configure_axis(labelColor=INK, labelFontSize=11, titleColor=INK)
    )
    return Chart(id_, title, says, dict(drawn.to_dict()), french)


def _lines(title: str, most: int = 40) -> list[str]:
    """A title in lines that are no wider than the drawing."""
    import textwrap

    return textwrap.wrap(title, most)
