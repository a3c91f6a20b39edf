"""The last part of the demo: the night is told to Ottawa and to Quebec, in English and French."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from partage.compose import open_office
from partage.core.units import parse_instant
from partage.faces.pages.brief import documents
from partage.faces.pages.documents import write_documents
from partage.packs.pack import Pack

NIGHT = date(2023, 2, 20)
MORNING = "2023-02-21T11:00:00Z"
READERS = (("federal", "min:minister"), ("province", "luc:region@CA-QC"))


def briefs(pack: Pack, out: Path, say: Callable[[str], None]) -> dict[str, str]:
    """``brief-{federal,province}-{en,fr}`` as PDF and HTML under ``out``; their paths."""
    at = parse_instant(MORNING)
    files: dict[str, str] = {}
    office = open_office(
        f"sqlite:///{out / 'demo.db'}", "min:minister", pack=pack, at=at, create=False
    )
    try:
        for to, who in READERS:
            made = office.acting(who).brief(NIGHT, to=to)
            files |= write_documents(out, documents(made, pack, "both"), at)
    finally:
        office.journal.close()
    say(f"\nbrief     of the night of {NIGHT}: {', '.join(sorted(files.values()))}")
    return files
