"""The brief of a closed night, and what its figures rest on: brief, trace."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from partage.core.errors import InputRefused
from partage.faces.cli.app import app
from partage.faces.cli.session import Session


@app.command(
    epilog="Example: partage --as min:minister brief --to federal --as-of 2023-02-20 --lang both --out out"
)
def brief(
    ctx: typer.Context,
    to: Annotated[str, typer.Option("--to", help="federal, province or city.")] = "federal",
    as_of: Annotated[
        str, typer.Option("--as-of", help="A closed night; the last one if left out.")
    ] = "",
    language: Annotated[str, typer.Option("--lang", help="en, fr or both.")] = "both",
    region: Annotated[str, typer.Option("--region", help="The province, such as QC.")] = "",
    city: Annotated[str, typer.Option("--city", help="The city, such as ca-on/cornwall.")] = "",
    public: Annotated[
        bool, typer.Option("--public", help="Hide 0 to 5, others to the nearest 5.")
    ] = False,
    options: Annotated[
        bool, typer.Option("--options", help="Also what a few scenarios would have meant.")
    ] = False,
    out: Annotated[
        Path, typer.Option("--out", help="Folder for the HTML, PDF and SVG files.")
    ] = Path("out"),
) -> None:
    """Write a brief of one or two pages on a closed night; each figure has a reference to trace."""
    from partage.core.units import parse_day
    from partage.faces.cli.files import write_whole
    from partage.faces.pages.brief import brief_data, documents, plots
    from partage.faces.pages.documents import write_documents

    session: Session = ctx.obj
    if language not in ("en", "fr", "both"):
        raise InputRefused("--lang is en, fr or both.", "Use one of them.")
    if region and city:
        raise InputRefused("A brief is to a province or to a city.", "Give one of the two.")
    office = session.office()
    made = office.brief(
        parse_day(as_of) if as_of else None, to=to, scope=region or city, options=options
    )
    files = write_documents(
        out, documents(made, office.pack, language, public=public), office.clock.now()
    )
    for name, drawn in plots(made, office.pack, language, public=public).items():
        write_whole(out / name, drawn)
        files[name] = str(out / name)
    data = {**brief_data(made, public=public), "files": files}
    session.answer("brief", data, text=f"Written: {', '.join(files.values())}",
                   assumptions=made.assumptions)  # fmt: skip


@app.command(epilog="Example: partage --as min:minister trace night/2023-02-20/waiting")
def trace(
    ctx: typer.Context,
    ref: Annotated[str, typer.Argument(help="The reference beside a figure of a brief.")],
) -> None:
    """Show the entries of the journal, or the row of the pack, that a figure rests on."""
    from partage.faces.pages.brief import trace_table

    session: Session = ctx.obj
    found = session.office().trace(ref)
    session.answer("trace", found.as_dict(), text=session.table(trace_table(found)))
