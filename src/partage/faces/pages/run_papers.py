"""The papers of a run as PDF: tagged for whoever reads with a machine, with squares for a phone."""

from __future__ import annotations

import io
import json
from datetime import datetime
from importlib import resources
from typing import Any
from zoneinfo import ZoneInfo

from partage.core.errors import InputRefused, shown
from partage.core.units import parse_instant
from partage.faces.pages.documents import STANDARD
from partage.office.office import Office
from partage.report.run_paper import PAPERS, Paper, RunPaper, blank_paper, run_paper
from partage.report.words import Language


def paper_of(
    office: Office,
    run: str,
    paper: str,
    language: str,
    *,
    version: int = 0,
    address: str = "",
) -> bytes:
    """One paper of a run; ``run`` "" is the blank form. The look is logged, nothing else is done.

    ``address`` is that of the run's page. Hours are those of where they leave from, with their zone.
    """
    lang: Language = "fr" if language == "fr" else "en"
    at = office.clock.now()
    zone = office.pack.entry_points[0].zone
    said = _moment(at, zone, lang)
    by = f"{office.actor.name}:{office.actor.role}"
    printed = f"Imprimé le {said} par {by}." if lang == "fr" else f"Printed on {said} by {by}."
    if not run:
        return pdf(blank_paper(lang, ""), at)
    kind = next((known for known in PAPERS if known == paper and known != "blank"), None)
    if kind is None:
        raise InputRefused(
            f"{shown(paper)} is no paper of a run.", f"Name one of: {', '.join(PAPERS[:3])}."
        )
    manifest = office.manifest(run, version, needs=kind == "receiver")
    leaves = str(manifest["leaves_at"] or "")
    made = run_paper(
        manifest, kind, lang, office.pack, printed=printed, address=address,
        leaves=_moment(parse_instant(leaves), zone, lang) if "T" in leaves else leaves,
    )  # fmt: skip
    return pdf(made, at)


def file_name(run: str, paper: Paper | str, language: str) -> str:
    """What a paper is called when it is saved."""
    return f"{run.lower() or 'run'}-{paper}-{language}.pdf"


def pdf(paper: RunPaper, at: datetime) -> bytes:
    """A paper as PDF/UA-1, the same to the byte for the same paper and instant."""
    import typst

    data = paper.as_dict() | {"other": "en" if paper.language == "fr" else "fr"}
    data["square_svg"] = _square(paper.square)
    for group in data["groups"]:
        for row in group:
            row["svg"], row["alt"] = _square(row["square"]), row["square"]
    template = resources.files("partage.faces.pages") / "run_paper.typ"
    made = typst.compile(
        template.read_bytes(),
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        format="pdf",
        pdf_standards=[STANDARD],
        ignore_system_fonts=True,
        timestamp=int(at.timestamp()),
    )
    assert isinstance(made, bytes)
    return made


def _moment(at: datetime, zone: str, language: Language) -> str:
    """An instant in the hour of a place, with its zone as the language names it."""
    from babel.dates import format_datetime

    return format_datetime(
        at, "yyyy-MM-dd HH:mm zzz", tzinfo=ZoneInfo(zone), locale=f"{language}_CA"
    )


def _square(text: str) -> str:
    """A QR code as SVG; "" for nothing to say."""
    if not text:
        return ""
    import segno

    out: Any = io.BytesIO()
    segno.make(text, error="m", micro=False).save(out, kind="svg", scale=4, border=2, xmldecl=False)
    return str(out.getvalue().decode())
