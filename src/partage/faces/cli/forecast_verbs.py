"""Looking ahead: forecast."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from partage.faces.cli.app import app
from partage.faces.cli.session import Session


@app.command(epilog="Example: partage forecast QC --office land_border --origin 2023-01")
def forecast(
    ctx: typer.Context,
    region: Annotated[
        str, typer.Argument(metavar="[REGION]", help="A region, or the whole country if left out.")
    ] = "",
    office: Annotated[
        str, typer.Option("--office", help="airport, land_border, inland, other or all.")
    ] = "all",
    origin: Annotated[
        str, typer.Option("--origin", help="The last month that is known; else the last there is.")
    ] = "",
    months: Annotated[int, typer.Option("--months", help="How many to look ahead, 1 to 24.")] = 6,
    predictor: Annotated[
        str,
        typer.Option("--predictor", help="A part of the shelf; see 'partage parts predictors'."),
    ] = "damped",
    so_far: Annotated[
        str,
        typer.Option("--so-far", help="Persons counted in the running month: 1200@2023-02-20."),
    ] = "",
    days: Annotated[
        int, typer.Option("--days", help="Also the first days after the last known one.")
    ] = 0,
    profile: Annotated[
        str, typer.Option("--profile", help="Seven weights of days, Monday first: 1,1,1,1,1,2,2.")
    ] = "",
    runs: Annotated[int, typer.Option("--runs", help="Paths to draw.")] = 2_000,
    seed: Annotated[str, typer.Option("--seed", help="Another seed draws other paths.")] = "",
    here: Annotated[
        str,
        typer.Option("--here", help="The next 14 days of this region, city or site of the office."),
    ] = "",
    policy: Annotated[
        str, typer.Option("--policy", help="With --here: whose key; else the standing one.")
    ] = "",
    out: Annotated[
        Path | None, typer.Option("--out", help="Write forecast.html, .fr.html and SVG there.")
    ] = None,
) -> None:
    """How many people may come, month by month, in bands, back-tested."""
    from partage.faces.cli import forecasting
    from partage.packs.loader import load_pack

    session: Session = ctx.obj
    if here:
        data, text, assumed = forecasting.here_answer(
            session.office(), here, days or 14, policy, session.language
        )
        session.answer("forecast", data, text=text, assumptions=assumed)
        return
    asked = forecasting.Asked(
        region, office, origin, months, predictor, so_far, days, profile, runs, seed
    )
    seen, findings = forecasting.looked_ahead(load_pack(session.pack), asked, session.progress)
    data, text = forecasting.said(seen, session.language)
    if out is not None:
        data["files"] = forecasting.write(out, seen)
        text += f"\n{', '.join(data['files'].values())}\n"
    session.answer("forecast", data, text=text, findings=findings, assumptions=seen.assumptions)
