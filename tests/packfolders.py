"""Copies of the shipped pack to break: whole, or short where a test breaks it many times."""

from __future__ import annotations

import shutil
from pathlib import Path

import partage.packs

SHIPPED = Path(partage.packs.__file__).parent / "canada"
ROWS = 80


def short_copy(target: Path) -> Path:
    """The shipped pack with the first rows of its long tables only; it still loads."""
    folder = Path(shutil.copytree(SHIPPED, target))
    for name in ("figures.csv",):
        lines = (folder / name).read_text("utf-8").splitlines(keepends=True)
        (folder / name).write_text("".join(lines[:ROWS]), "utf-8")
    return folder
