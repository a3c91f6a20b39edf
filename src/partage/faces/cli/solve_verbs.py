"""Arrays without an office: solve a problem, certify a plan."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from partage.core.errors import Unfaithful
from partage.faces.cli.app import app
from partage.faces.cli.session import Session


@app.command(epilog="Example: partage certify plan.instance.npz plan.npz")
def certify(
    ctx: typer.Context,
    instance: Annotated[Path, typer.Argument(help="The placement arrays, an .npz file.")],
    plan: Annotated[Path, typer.Argument(help="The plan with its certificate, an .npz file.")],
    value: Annotated[
        int | None, typer.Option("--value", help="The value that was claimed; another is a fault.")
    ] = None,
    price_bound: Annotated[
        str, typer.Option("--price-bound", help="The bound that was claimed, as p/q.")
    ] = "",
) -> None:
    """Judge a plan and its prices again, with no journal and nothing of the engine."""
    from partage.faces.cli.solving import certified, certify_answer

    session: Session = ctx.obj
    checked, marks = certified(instance, plan, value, price_bound)
    data, text = certify_answer(checked)
    findings = [*checked.faults, *checked.notes]
    if not checked.faults:
        session.answer("certify", data, text=text, findings=findings, marks=marks)
        return
    first = checked.faults[0]
    error = {"kind": Unfaithful.kind, "what": f"{first.where} {first.what}", "do": first.do}
    session.answer(
        "certify", data, text=text, findings=findings, marks=marks, ok=False, error=error
    )
    raise typer.Exit(Unfaithful.exit_code)


@app.command(epilog="Example: partage solve plan.instance.npz --seconds 10 --out again.npz")
def solve(
    ctx: typer.Context,
    instance: Annotated[Path, typer.Argument(help="The placement arrays, an .npz file.")],
    out: Annotated[Path, typer.Option("--out", help="Where the plan and its certificate go.")],
    seconds: Annotated[
        float, typer.Option("--seconds", min=0.1, max=86400, help="Time, once it is loaded.")
    ] = 60.0,
    threads: Annotated[
        int,
        typer.Option(
            "--threads", min=1, max=256, help="Two may be sooner; never changes a proven plan."
        ),
    ] = 1,
    gap: Annotated[
        float, typer.Option("--gap", min=0, max=1, help="Enough is enough at that share.")
    ] = 0.0,
    previous: Annotated[
        Path | None, typer.Option("--previous", help="A plan to begin with and count moves from.")
    ] = None,
) -> None:
    """Find the best plan for placement arrays, with a certificate; checked before it is written."""
    from partage.faces.cli.solving import solve_answer, solve_file

    session: Session = ctx.obj
    solved = solve_file(
        instance, out, seconds=seconds, threads=threads, gap=gap, previous=previous,
        tell=session.progress,
    )  # fmt: skip
    data, text = solve_answer(solved, out)
    session.answer("solve", data, text=text, findings=solved.findings, marks=solved.marks)
