"""``board``: vehicles filled, manifests and their papers, and who is aboard."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from partage.core.errors import InputRefused
from partage.core.findings import Finding
from partage.faces.cli.app import Idem, app
from partage.faces.cli.session import Session


@app.command(
    epilog="Example: partage --as paul:placement board SITE --vehicle 50:6:2 --leaves 2023-02-21T13:00:00Z"
)
def board(
    ctx: typer.Context,
    what: Annotated[
        str,
        typer.Argument(
            help="A site to fill vehicles for, or a run R-…; nothing: the runs there are."
        ),
    ] = "",
    vehicle: Annotated[
        list[str] | None,
        typer.Option("--vehicle", help="SEATS[:CHILD SEATS[:WHEELCHAIRS]], one each; repeatable."),
    ] = None,
    leaves_at: Annotated[
        str, typer.Option("--leaves", help="The instant at which it is to leave.")
    ] = "",
    add: Annotated[
        list[str] | None, typer.Option("--add", help="Add a case to the run; repeatable.")
    ] = None,
    remove: Annotated[
        list[str] | None, typer.Option("--remove", help="Take a case off the run; repeatable.")
    ] = None,
    version: Annotated[
        int, typer.Option("--version", min=0, help="An earlier manifest of the run; 0 = the last.")
    ] = 0,
    aboard: Annotated[
        list[str] | None, typer.Option("--aboard", help="The code of who is aboard; repeatable.")
    ] = None,
    not_come: Annotated[
        list[str] | None, typer.Option("--not-come", help="Who did not come; repeatable.")
    ] = None,
    declined: Annotated[
        list[str] | None, typer.Option("--declined", help="Who says no at the door; repeatable.")
    ] = None,
    expected: Annotated[
        list[str] | None, typer.Option("--expected", help="Takes a mark back; repeatable.")
    ] = None,
    paper: Annotated[
        str,
        typer.Option("--paper", help="manifest, driver, receiver or blank: as PDF, to --out."),
    ] = "",
    out: Annotated[
        Path | None, typer.Option("--out", help="The file that a --paper is written to.")
    ] = None,
    language: Annotated[str, typer.Option("--lang", help="The language of a --paper.")] = "en",
    address: Annotated[
        str,
        typer.Option("--address", help="Where the office is served, for the squares of a --paper."),
    ] = "",
    idem: Idem = None,
) -> None:
    """Fill vehicles, households whole; show or change the manifest of a run; list the runs."""
    from partage.casework.board import Vehicle
    from partage.core.units import instant, parse_instant
    from partage.faces.pages.show_manifest import manifest_table, runs_table

    session: Session = ctx.obj
    office = session.office()
    if paper:
        _write_paper(session, what, paper, language, version, address, out)
        return
    if not what:
        listed = office.runs()
        session.answer("board", listed, text=session.table(runs_table(listed)))
        return
    if not what.startswith("R-"):
        if not leaves_at or not vehicle:
            raise InputRefused(
                "It is not said with what, and when.", "Give --vehicle 50 and --leaves INSTANT."
            )
        seats = [Vehicle.parse(word) for word in vehicle]
        done = office.board(what, seats, instant(parse_instant(leaves_at)), idem=idem)
        shown = [
            session.table(manifest_table(office.manifest(run["run"]))) for run in done.data["runs"]
        ]
        session.answer("board", done.data, text="\n".join(shown), findings=done.findings)
        return
    findings: tuple[Finding, ...] = ()
    if add or remove:
        changed = office.change_manifest(what, add=add or [], remove=remove or [], idem=idem)
        findings = changed.findings
    marks = (("aboard", aboard), ("not-come", not_come), ("declined", declined))
    for mark, codes in (*marks, ("expected", expected)):
        for code in codes or []:
            office.check_in(what, code, mark)
    manifest = office.manifest(what, version)
    session.answer(
        "board", manifest, text=session.table(manifest_table(manifest)), findings=findings
    )


def _write_paper(
    session: Session,
    run: str,
    paper: str,
    language: str,
    version: int,
    address: str,
    out: Path | None,
) -> None:
    """One paper of a run, or the blank form, into a file."""
    from partage.core.marks import mark_of_bytes
    from partage.faces.pages.run_papers import file_name, paper_of

    if (paper == "blank") == bool(run):
        raise InputRefused(
            "It is not said of which run.", "Name the run R-…, or print --paper blank alone."
        )
    page = f"{address.rstrip('/')}/{language}/run/{run}" if address else ""
    data = paper_of(session.office(), run, paper, language, version=version, address=page)
    file = out or Path(file_name(run, paper, language))
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    except OSError as error:
        raise InputRefused(
            f"The file '{file}' cannot be written: {error.strerror}.", "Give another with --out."
        ) from None
    said = {"file": str(file), "paper": paper, "mark": mark_of_bytes(data)}
    session.answer("board", said, text=f"The paper '{paper}' is in {file}.")
