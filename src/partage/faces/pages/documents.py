"""Documents to files: HTML as it is, PDF by the typesetter, tagged for whoever reads with a machine."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from importlib import resources
from pathlib import Path
from typing import Literal

from partage.core.errors import InputRefused
from partage.report.document import Document, to_html

STANDARD: Literal["ua-1"] = (
    "ua-1"  # PDF/UA-1: the typesetter refuses what a screen reader could not follow
)


def pdf(document: Document, at: datetime) -> bytes:
    """The document as PDF/UA-1, the same to the byte for the same document and instant."""
    import typst

    template = resources.files("partage.faces.pages") / "document.typ"
    made = typst.compile(
        template.read_bytes(),
        sys_inputs={"data": json.dumps(document.as_dict(), ensure_ascii=False)},
        format="pdf",
        pdf_standards=[STANDARD],
        ignore_system_fonts=True,
        timestamp=int(at.timestamp()),
    )
    assert isinstance(made, bytes)
    return made


def write_documents(out: Path, documents: Mapping[str, Document], at: datetime) -> dict[str, str]:
    """``NAME.html`` and ``NAME.pdf`` for each name, whole or not at all; their paths."""
    made: dict[str, bytes] = {}
    for name, document in documents.items():
        made[f"{name}.html"] = to_html(document).encode()
        made[f"{name}.pdf"] = pdf(document, at)
    try:
        out.mkdir(parents=True, exist_ok=True)
        for name, data in made.items():
            part = out / f".{name}.part"
            part.write_bytes(data)
            part.replace(out / name)
    except OSError as error:
        raise InputRefused(
            f"The folder '{out}' cannot be written: {error.strerror}.", "Give another with --out."
        ) from None
    return {name: str(out / name) for name in made}
