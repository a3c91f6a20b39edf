"""Published tables, as they were printed, with their sources."""

from __future__ import annotations

import csv
from pathlib import Path

DATA = Path(__file__).parent / "worked" / "data"


def table(name: str) -> list[dict[str, str]]:
    """The rows of a published table."""
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
