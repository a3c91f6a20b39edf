"""Charts as SVG from the server: attributes only, a title for whoever listens, numbers beside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup, escape

WIDE, HIGH = 160, 18
PARTS = (
    ("in_use", "#26374a"),
    ("held", "#5c95d6"),
    ("blocked", "#8c8c8c"),
    ("allocable", "#47d17a"),
)


def bullet(units: Mapping[str, Any], title: str) -> Markup:
    """In use, held, blocked and allocable on one bar as wide as what is funded; the text says it all."""
    most = max(1, int(units["funded"]), sum(int(units[name]) for name, _ in PARTS))
    at, bars = 0.0, []
    for name, colour in PARTS:
        wide = WIDE * int(units[name]) / most
        bars.append(f'<rect x="{at:.1f}" y="2" width="{wide:.1f}" height="14" fill="{colour}"/>')
        at += wide
    return Markup(
        f'<svg class="chart" width="{WIDE}" height="{HIGH}" viewBox="0 0 {WIDE} {HIGH}" role="img">'
        f"<title>{escape(title)}</title>"
        f'<rect x="0.5" y="1.5" width="{WIDE - 1}" height="15" fill="none" stroke="#595959"/>'
        f"{''.join(bars)}</svg>"
    )


def spark(values: Sequence[int], title: str) -> Markup:
    """A bar a number, the last one darker; the title says what they say, a table has them all."""
    most, wide = max(1, *values) if values else 1, WIDE / max(1, len(values))
    bars = []
    for number, value in enumerate(values):
        high = 30 * max(0, value) / most
        colour = "#26374a" if number == len(values) - 1 else "#5c95d6"
        bars.append(
            f'<rect x="{number * wide:.1f}" y="{32 - high:.1f}" width="{max(1.0, wide - 1):.1f}" '
            f'height="{high:.1f}" fill="{colour}"/>'
        )
    return Markup(
        f'<svg class="chart" width="{WIDE}" height="34" viewBox="0 0 {WIDE} 34" role="img">'
        f"<title>{escape(title)}</title>{''.join(bars)}"
        f'<path d="M0 32.5H{WIDE}" stroke="#595959"/></svg>'
    )


def dues(rows: Sequence[tuple[str, int, int]], title: str, due: str, placed: str) -> Markup:
    """Two bars a region, its name above them: what is due to it and what it gets, each with its number.

    As wide as a phone, so that its words are as large there as those around it.
    """
    most = max(1, *(max(row[1:]) for row in rows)) if rows else 1
    pairs = (("#fff", "#26374a"), ("#26374a", "#26374a"))
    lines, y = [], 4
    for name, *values in rows:
        lines.append(f'<text x="0" y="{y + 13}" font-size="14" fill="#333">{escape(name)}</text>')
        for number, (value, (colour, edge)) in enumerate(zip(values, pairs, strict=True)):
            top, wide = y + 19 + 17 * number, 230 * value / most
            lines.append(
                f'<rect x="0.5" y="{top}" width="{wide:.1f}" height="14" fill="{colour}" '
                f'stroke="{edge}"/><text x="{6 + wide:.1f}" y="{top + 12}" font-size="13" '
                f'fill="#333">{value}</text>'
            )
        y += 62
    for number, (word, (colour, edge)) in enumerate(zip((due, placed), pairs, strict=True)):
        top = y + 18 * number
        lines.append(
            f'<rect x="0.5" y="{top}" width="14" height="12" fill="{colour}" stroke="{edge}"/>'
            f'<text x="20" y="{top + 11}" font-size="13" fill="#333">{escape(word)}</text>'
        )
    high = y + 40
    return Markup(
        f'<svg class="chart" width="300" height="{high}" viewBox="0 0 300 {high}" role="img">'
        f"<title>{escape(title)}</title>{''.join(lines)}</svg>"
    )
