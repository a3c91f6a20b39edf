"""No placement depends on eligibility: no file of a floor that places, acts or simulates names it."""

from __future__ import annotations

import ast
from pathlib import Path

import partage

SOURCE = Path(partage.__file__).parent
FLOORS = ("place", "intake", "casework", "simulate", "forecast")  # simulate once it is there


def imported(file: Path) -> set[str]:
    """Every module that a file imports, wherever in it."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{name.name}" for name in node.names)}
    return found


def test_no_floor_that_places_acts_or_simulates_imports_eligibility():
    files = [file for floor in FLOORS for file in (SOURCE / floor).rglob("*.py")]
    assert len(files) > 60
    bad = [f for f in files if any(m.startswith("partage.eligibility") for m in imported(f))]
    assert bad == []
    assert any(
        m.startswith("partage.eligibility")
        for m in imported(SOURCE / "faces" / "pages" / "eligibility.py")
    ), "the same look finds it where it is"
