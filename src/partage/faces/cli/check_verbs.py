"""Checking the record, and the demonstration: verify, demo."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from partage.core.errors import InputRefused, Unfaithful
from partage.faces.cli.app import app
from partage.faces.cli.session import Session

TELL_EVERY = 50_000  # entries, some seconds of work


@app.command(epilog="Example: partage --as rita:auditor verify --anchor sha256:…")
def verify(
    ctx: typer.Context,
    anchor: Annotated[str | None, typer.Option("--anchor", help="A seal printed earlier.")] = None,
    rebuild: Annotated[
        bool, typer.Option("--rebuild", help="Write the views anew from the entries.")
    ] = False,
    chain: Annotated[
        bool, typer.Option("--chain", help="Only the seals, on every core: fast.")
    ] = False,
) -> None:
    """Check the whole record; names the first bad entry."""
    from partage.faces.pages.show import verified

    session: Session = ctx.obj
    office = session.office()
    if chain and rebuild:
        raise InputRefused(
            "--chain looks at seals alone; it does not look at the views.",
            "Leave out --chain to have them written anew.",
        )
    if chain:
        report = office.verify_chain(anchor=anchor)
    else:

        def told(done: int, of: int) -> None:
            if done % TELL_EVERY == 0 and done < of:
                session.progress(f"verify: {done:,} of {of:,} entries")

        report = office.verify(anchor=anchor, rebuild=rebuild, progress=told)
    checked = ", ".join(
        f"{number} {session.label(name)}" for name, number in sorted(report.checked.items())
    )
    data, marks, first = verified(report)
    if first is None:
        text = f"Clean: {checked}. Head {report.head}"
        session.answer("verify", data, text=text, findings=report.findings, marks=marks)
        return
    faults = [f for f in report.findings if f.weight == "fault"]
    [first] = session.said([first])
    error = {"kind": Unfaithful.kind, "what": f"{first.where} {first.what}", "do": first.do}
    text = f"NOT clean: {len(faults)} fault(s).\n{first.where} {first.what}"
    session.answer("verify", data, text=text, findings=report.findings, ok=False, error=error)
    raise typer.Exit(Unfaithful.exit_code)


@app.command(epilog="Example: partage demo --out out")
def demo(
    ctx: typer.Context,
    out: Annotated[
        Path, typer.Option("--out", help="Folder for the journal and the files.")
    ] = Path("out"),
) -> None:
    """Run the main job on the weekend and Monday of February 2023, on synthetic households."""
    from partage.faces.cli.demo import run_demo

    session: Session = ctx.obj
    data, assumptions, findings = run_demo(out, say=session.say)
    session.answer("demo", data, findings=findings, assumptions=assumptions)
