"""The map of a pack: an SVG with one path per region, that runs nothing and fetches nothing."""

from __future__ import annotations

import re
from collections.abc import Collection
from xml.etree import ElementTree

from partage.packs.tables import Faults

SHAPES = "shapes.svg"
SVG = "{http://www.w3.org/2000/svg}"
ALLOWED = {f"{SVG}{name}" for name in ("svg", "g", "path", "title", "desc", "metadata")}
MOST_BYTES = 2_000_000
ENTITY = re.compile(rb"<!(DOCTYPE|ENTITY)", re.IGNORECASE)


def read_shapes(data: bytes | None, regions: Collection[str], faults: Faults) -> str:
    """The text of the map, or "" where the pack has none; whatever is not a plain drawing is a fault."""
    if data is None:
        return ""
    if len(data) > MOST_BYTES:
        faults.add(SHAPES, f"has {len(data):,} bytes", f"simplify it to {MOST_BYTES:,} at most")
        return ""
    if ENTITY.search(data):
        faults.add(SHAPES, "declares a document type or entities", "remove them")
        return ""
    try:
        text = data.decode("utf-8")
        root = ElementTree.fromstring(text)
    except (UnicodeDecodeError, ElementTree.ParseError) as error:
        faults.add(SHAPES, f"is not a readable SVG ({error})", "save it as plain SVG in UTF-8")
        return ""
    for element in root.iter():
        _check(element, faults)
    named = [e.get("id", "") for e in root.iter(f"{SVG}path")]
    for name in sorted(set(named) - set(regions)):
        faults.add(SHAPES, f"has a path '{name}', which is no region", "give it a region's id")
    for name in sorted({name for name in named if named.count(name) > 1}):
        faults.add(SHAPES, f"has two paths '{name}'", "join them into one")
    if root.tag != f"{SVG}svg" or not root.get("viewBox"):
        faults.add(SHAPES, "is not an <svg> with a viewBox", "add it")
    return text


def _check(element: ElementTree.Element, faults: Faults) -> None:
    if element.tag not in ALLOWED:
        name = str(element.tag).rpartition("}")[2]
        faults.add(SHAPES, f"has a <{name}>", "keep svg, g, path, title and desc only")
    for attribute, value in element.attrib.items():
        name = attribute.rpartition("}")[2].lower()
        if name.startswith("on") or name in ("href", "style") or "url(" in value.lower():
            faults.add(
                SHAPES, f"has the attribute '{name}'", "remove it: a map runs and fetches nothing"
            )
