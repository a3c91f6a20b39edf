"""Small maps, one a policy: persons placed per region by shade, with the number written on it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape
from xml.etree import ElementTree

from partage.report.measures import Measures
from partage.report.page.words import Voice

SVG = "{http://www.w3.org/2000/svg}"
SHADES = ("#e6edf3", "#b7cfe3", "#7fa9cc", "#3f78a8", "#123f66")  # read in grey as well
EMPTY = "#f4f4f4"
NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


def maps(
    measures: Sequence[Measures], shapes: str, names: dict[str, str], say: Voice
) -> tuple[str, list[str]]:
    """The outlines once, and one SVG per policy that uses them.

    The shade is by the greatest number of all policies, so that they compare.
    """
    if not shapes:
        return "", []
    root = ElementTree.fromstring(shapes)
    paths = {e.get("id", ""): e.get("d", "") for e in root.iter(f"{SVG}path")}
    most = max((row.placed for m in measures for row in m.regions), default=0)
    view = root.get("viewBox", "0 0 100 100")
    outlines = "".join(
        f'<path id="shape-{escape(region)}" d="{escape(d)}"/>' for region, d in paths.items()
    )
    hidden = f'<svg aria-hidden="true" class="outlines"><defs>{outlines}</defs></svg>'
    return hidden, [_map(n, m, paths, view, most, names, say) for n, m in enumerate(measures)]


def _map(
    number: int,
    m: Measures,
    paths: dict[str, str],
    view: str,
    most: int,
    names: dict[str, str],
    say: Voice,
) -> str:
    placed = {row.region: row.placed for row in m.regions}
    drawn = [
        f'<use href="#shape-{escape(region)}" fill="{_shade(placed.get(region, 0), most)}" '
        f'stroke="#5a5a5a" stroke-width="1"><title>{escape(names.get(region, region))}: '
        f"{say.number(placed.get(region, 0))}</title></use>"
        for region in paths
    ]
    labels, taken = [], []  # type: ignore[var-annotated]
    for region in sorted(paths, key=lambda r: -placed.get(r, 0)):
        if placed.get(region):
            x, y = _free_spot(*_middle(paths[region]), taken)
            taken.append((x, y))
            labels.append(
                f'<text x="{x:.0f}" y="{y:.0f}" class="label">{escape(region.partition("-")[2])} '
                f"{say.number(placed[region])}</text>"
            )
    title = f"{escape(m.policy)}: {escape(say('map'))}"
    left, top, width, height = (float(part) for part in view.split())
    box = f"{left:g} {top:g} {width + 60:g} {height + 90:g}"  # room for the labels of the east
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}" '
        f'role="img" aria-labelledby="map-{number}" class="map"><title id="map-{number}">{title}</title>'
        f"{''.join(drawn)}{''.join(labels)}</svg>"
    )


def _shade(placed: int, most: int) -> str:
    """A shade by powers of four below the greatest number: small numbers stay visible."""
    if not placed or not most:
        return EMPTY
    step = len(SHADES) - 1
    while step > 0 and placed * 4 ** (len(SHADES) - 1 - step) < most:
        step -= 1
    return SHADES[step]


def _middle(d: str) -> tuple[float, float]:
    """The middle of the box around the largest part of a drawing of absolute points."""
    best, spot = -1.0, (0.0, 0.0)
    for part in d.split("M")[1:]:
        numbers = [float(n) for n in NUMBER.findall(part)]
        xs, ys = numbers[0::2], numbers[1::2]
        box = (max(xs) - min(xs)) * (max(ys) - min(ys))
        if box > best:
            best, spot = box, ((max(xs) + min(xs)) / 2, (max(ys) + min(ys)) / 2)
    return spot


def _free_spot(x: float, y: float, taken: list[tuple[float, float]]) -> tuple[float, float]:
    """The spot, moved down until it does not cover a label that is there already."""
    while any(abs(x - a) < 110 and abs(y - b) < 34 for a, b in taken):
        y += 36
    return x, y
