"""Letters with a code for the household's own page: letter."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from partage.core.errors import InputRefused
from partage.faces.cli.app import Idem, app
from partage.faces.cli.session import Session


@app.command(
    epilog="Example: partage --as pia:placement letter H-0123456789 --address https://office.test"
)
def letter(
    ctx: typer.Context,
    case: Annotated[str, typer.Argument(help="A case.")],
    adult: Annotated[int, typer.Option("--adult", min=0, help="Which adult; 0 = each.")] = 0,
    address: Annotated[
        str, typer.Option("--address", help="Where the pages are served, for the letter.")
    ] = "http://127.0.0.1:8000",
    language: Annotated[
        str, typer.Option("--lang", help="en or fr: what the letter is written in.")
    ] = "en",
    out: Annotated[Path, typer.Option("--out", help="Folder for the HTML and PDF files.")] = Path(
        "out"
    ),
    end: Annotated[
        bool, typer.Option("--end", help="No letter of this household opens anything any more.")
    ] = False,
    idem: Idem = None,
) -> None:
    """Print a letter with a code for each adult of a household; the code stands in the files alone."""
    from partage.faces.pages.documents import write_documents
    from partage.faces.pages.letter import letter_document

    session: Session = ctx.obj
    office = session.office()
    if end:
        done = office.end_letters(case, idem=idem)
        session.answer("letter", done.data, text=f"No letter of {case} opens anything any more.")
        return
    if language not in ("en", "fr"):
        raise InputRefused("--lang is en or fr.", "Use one of them.")
    done, codes = office.letter(case, adult=adult, idem=idem)
    if not codes:
        text = f"Letters of {case} were made under this key before; their codes are kept nowhere."
        session.answer("letter", done.data, text=text)
        return
    said = office.letter_text(case, language)
    until = str(done.data["until"])
    papers = {
        f"letter-{case}-adult-{one}": letter_document(
            case, one, code, said, language, address=address, until=until
        )
        for one, code in codes.items()
    }
    files = write_documents(out, papers, office.clock.now())
    data = {**done.data, "files": files}
    session.answer("letter", data, text=f"Written: {', '.join(files.values())}")
