"""Sets of figures beside the packs: the inputs of keys that have been law elsewhere, with sources."""

from __future__ import annotations

import re
from importlib import resources
from pathlib import Path

from partage.core.errors import InputRefused, NotFound
from partage.core.situation import Figure
from partage.packs.nouns import TABLES, read_figures
from partage.packs.tables import Faults, read_table

SHOWN = 20
BUILT_IN = re.compile(r"^[a-z][a-z0-9-]*$")


def load_figures(name_or_path: str | Path) -> tuple[Figure, ...]:
    """The built-in set of that name (``eu-2015``), or the figures in that CSV file.

    The columns are those of ``figures.csv`` of a pack; any region code is allowed. Refused with all
    its faults.
    """
    name = str(name_or_path)
    faults = Faults()
    lines = read_table(Path(name).stem or "figures", _bytes(name), TABLES["figures"], faults)
    figures = read_figures(lines, {row.cells["region"] for row in lines})
    if faults.findings:
        shown = "; ".join(f"{f.where}: {f.what} ({f.do})" for f in faults.findings[:SHOWN])
        raise InputRefused(
            f"The figures '{Path(name).name}' have {len(faults.findings)} fault(s): {shown}.",
            "Correct them; nothing of it was used.",
        )
    return figures


def known_sets() -> list[str]:
    """The names of the built-in sets."""
    folder = resources.files("partage.packs") / "figures"
    return sorted(
        item.name.removesuffix(".csv") for item in folder.iterdir() if item.name.endswith(".csv")
    )


def _bytes(name: str) -> bytes:
    if BUILT_IN.match(name) and name in known_sets():
        return (resources.files("partage.packs") / "figures" / f"{name}.csv").read_bytes()
    try:
        return Path(name).read_bytes()
    except OSError:
        raise NotFound(
            f"There is no set of figures '{Path(name).name}'.",
            f"Known: {', '.join(known_sets())}; or give a CSV file.",
        ) from None
