"""The map of a pack, shaded by persons placed; its numbers stand in a table beside it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from xml.etree import ElementTree

from markupsafe import Markup, escape

SVG = "{http://www.w3.org/2000/svg}"
SHADES = ("#d3e2ef", "#a9c8e0", "#74a2c8", "#3b74a5", "#123f66")  # read in grey as well
NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


def drawn(shapes: str, placed: Mapping[str, int], title: str) -> Markup:
    """One path per region, darker with more persons, with its code and number; "" without a map."""
    if not shapes:
        return Markup("")
    root = ElementTree.fromstring(shapes)
    most = max(placed.values(), default=0)
    paths, labels = [], []
    named: list[tuple[float, float, str]] = []
    taken: list[tuple[float, float]] = []
    for path in root.iter(f"{SVG}path"):
        region, line = path.get("id", ""), path.get("d", "")
        number = placed.get(region, 0)
        shade = SHADES[min(4, 5 * (number - 1) // most)] if number else "#ffffff"
        paths.append(
            f'<path d="{escape(line)}" fill="{shade}" stroke="#5a5a5a" stroke-width="1.5"/>'
        )
        if number:
            named.append((*_middle(line), f"{escape(region.partition('-')[2] or region)} {number}"))
    for x, y, text in sorted(named, key=lambda one: -one[1]):  # from the south: others move up
        x, y = _free(x, y, taken)
        taken.append((x, y))
        labels.append(
            f'<rect x="{x - 55:.0f}" y="{y - 30:.0f}" width="110" height="40" fill="#fff" '
            f'stroke="#5a5a5a"/><text x="{x:.0f}" y="{y:.0f}" font-size="30" fill="#333" '
            f'text-anchor="middle">{text}</text>'
        )
    view = escape(root.get("viewBox", "0 0 100 100"))
    return Markup(
        f'<svg class="chart" width="380" viewBox="{view}" role="img"><title>{escape(title)}</title>'
        f"{''.join(paths)}{''.join(labels)}</svg>"
    )


def _free(x: float, y: float, taken: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """Where a number is read: at its region, or as near above or below it as no other stands."""
    for away in (0, -44, 44, -88, 88):
        if not any(abs(x - a) < 114 and abs(y + away - b) < 42 for a, b in taken):
            return x, y + away
    return x, y


def _middle(line: str) -> tuple[float, float]:
    """The middle of the box around a path of absolute points."""
    numbers = [float(one) for one in NUMBER.findall(line)]
    xs, ys = numbers[0::2], numbers[1::2]
    return (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2
