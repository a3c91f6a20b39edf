"""Small maps, one a policy: persons placed per region by shade, with the numbers listed beside."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from xml.etree import ElementTree

from partage.report.measures import Measures
from partage.report.page.words import Voice

SVG = "{http://www.w3.org/2000/svg}"
SHADES = ("#d3e2ef", "#a9c8e0", "#74a2c8", "#3b74a5", "#123f66")  # read in grey as well
EMPTY = "#ffffff"
NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
LABEL = (90, 50)  # width and height of a code on the map


@dataclass(frozen=True, slots=True)
class Maps:
    """The outlines once, a drawing with its numbers per policy, and what the shades mean."""

    outlines: str = ""
    drawings: tuple[tuple[str, str, tuple[str, ...]], ...] = ()
    shades: tuple[tuple[str, str], ...] = ()


def maps(measures: Sequence[Measures], shapes: str, names: Mapping[str, str], say: Voice) -> Maps:
    """One map per policy; the shade is by the greatest number of all policies, so that they compare."""
    if not shapes:
        return Maps()
    root = ElementTree.fromstring(shapes)
    paths = {e.get("id", ""): e.get("d", "") for e in root.iter(f"{SVG}path")}
    most = max((row.placed for m in measures for row in m.regions), default=0)
    view = root.get("viewBox", "0 0 100 100")
    outlines = "".join(
        f'<path id="shape-{escape(region)}" d="{escape(d)}"/>' for region, d in paths.items()
    )
    return Maps(
        f'<svg aria-hidden="true" class="outlines"><defs>{outlines}</defs></svg>',
        tuple(
            (m.policy, _map(n, m, paths, view, most, say), _listed(m, names, say))
            for n, m in enumerate(measures)
        ),
        _shades(most, say),
    )


def _listed(m: Measures, names: Mapping[str, str], say: Voice) -> tuple[str, ...]:
    """The numbers of one map, greatest first, with the code that stands on it."""
    placed = sorted((-row.placed, row.region) for row in m.regions if row.placed)
    return tuple(
        f"{_code(region)} {names.get(region, region)} {say.number(-n)}" for n, region in placed
    )


def _code(region: str) -> str:
    return region.partition("-")[2] or region


def _map(
    number: int, m: Measures, paths: Mapping[str, str], view: str, most: int, say: Voice
) -> str:
    placed = {row.region: row.placed for row in m.regions}
    drawn = "".join(
        f'<use href="#shape-{escape(region)}" fill="{_shade(placed.get(region, 0), most)}" '
        'stroke="#5a5a5a" stroke-width="1.5"/>'
        for region in paths
    )
    labels: list[str] = []
    taken: list[tuple[float, float]] = []
    for region in sorted(paths, key=lambda r: (-placed.get(r, 0), r)):
        if placed.get(region) and paths[region]:
            x, y = _free_spot(*_middle(paths[region]), taken)
            taken.append((x, y))
            labels.append(
                f'<text x="{x:.0f}" y="{y:.0f}" class="label">{escape(_code(region))}</text>'
            )
    title, desc = say.headed(m.policy, say("map")), say("map_desc")
    left, top, width, height = (float(part) for part in view.split())
    room_x, room_y = LABEL[0] / 2, LABEL[1]  # for the codes at the edges
    box = f"{left - room_x:g} {top:g} {width + 2 * room_x:g} {height + room_y:g}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}" role="img" '
        f'aria-labelledby="map-{number} map-{number}-desc" class="map">'
        f'<title id="map-{number}">{escape(title)}</title>'
        f'<desc id="map-{number}-desc">{escape(desc)}</desc>{drawn}{"".join(labels)}</svg>'
    )


def _least(step: int, most: int) -> int:
    """The least number of a shade: by powers of four below the greatest, so that small ones show."""
    return most // 4 ** (len(SHADES) - step) + 1 if step else 1


def _shade(placed: int, most: int) -> str:
    if not placed:
        return EMPTY
    step = len(SHADES) - 1
    while step > 0 and placed < _least(step, most):
        step -= 1
    return SHADES[step]


def _shades(most: int, say: Voice) -> tuple[tuple[str, str], ...]:
    """Each shade that can occur with the numbers it stands for."""
    found = [(EMPTY, say.number(0))]
    for step, shade in enumerate(SHADES):
        least = _least(step, most)
        end = most if shade == SHADES[-1] else _least(step + 1, most) - 1
        if least <= end:
            span = say.number(least) if least == end else f"{say.number(least)}–{say.number(end)}"
            found.append((shade, span))
    return tuple(found)


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


def _free_spot(x: float, y: float, taken: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """The spot, moved down until it does not cover a code that is there already."""
    while any(abs(x - a) < LABEL[0] and abs(y - b) < LABEL[1] for a, b in taken):
        y += LABEL[1] / 4
    return x, y
