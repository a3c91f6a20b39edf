"""Looking ahead: simulate."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from partage.faces.cli.app import app
from partage.faces.cli.session import Session

Runs = Annotated[int, typer.Option("--runs", help="How many made-up runs of each scenario.")]


@app.command(epilog="Example: partage simulate redirect-all --runs 200 --out out")
def simulate(
    ctx: typer.Context,
    scenario: Annotated[
        str, typer.Argument(metavar="SCENARIO", help="A scenario of the pack, or a file .toml.")
    ] = "",
    runs: Annotated[
        int | None,
        typer.Option("--runs", help="How many made-up runs: 200, or 4 of the office model."),
    ] = None,
    model: Annotated[
        str,
        typer.Option("--model", help="flow: counts; office: every verb, a certified plan a day."),
    ] = "flow",
    cluster: Annotated[
        str,
        typer.Option("--cluster", help="Address of a Ray cluster: office model, partage[cluster]."),
    ] = "",
    seed: Annotated[
        str, typer.Option("--seed", help="The same seed gives the same luck, to the bit.")
    ] = "partage-simulate-1",
    out: Annotated[Path, typer.Option("--out", help="Folder for pages, drawings and JSON.")] = Path(
        "out"
    ),
    history: Annotated[
        bool, typer.Option("--history", help="Foretell what has happened since; misses are told.")
    ] = False,
) -> None:
    """Run a dated scenario many times; every figure with its spread. Without a name: list them."""
    from partage.packs.loader import load_pack
    from partage.report.simulated_words import Words

    session: Session = ctx.obj
    pack, say = load_pack(session.pack), Words(session.language)
    if history:
        from partage.faces.cli import hindsight

        data, said, assumed = hindsight.told(pack, scenario, say)
        session.answer("simulate", data, text=said, assumptions=assumed)
        return
    from partage.faces.cli import simulating
    from partage.report.simulated import as_data

    if not scenario:
        known, lines = simulating.listed(pack, say)
        session.answer("simulate", {"scenarios": known}, text=lines)
        return
    done = simulating.simulate(
        pack, [scenario], simulating.MODELS.get(model, 1) if runs is None else runs, seed=seed,
        progress=session.progress, model=model, cluster=cluster,
    )  # fmt: skip
    files = simulating.write(out, done, "simulate", say)
    said = f"{simulating.text(done, say)}\n{simulating.written(files, 'simulate', say)}"
    data = {**as_data(done), "files": files}
    session.answer("simulate", data, text=said, assumptions=simulating.assumptions(done))
