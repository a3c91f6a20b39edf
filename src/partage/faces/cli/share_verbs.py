"""Shares: due, draw, parts."""

from __future__ import annotations

from typing import Annotated

import typer

from partage.faces.cli.app import Idem, app
from partage.faces.cli.session import Session


@app.command(
    epilog="Example: partage due population --persons 235825 --day 2023-07-01 --rounding rounded-alone"
)
def due(
    ctx: typer.Context,
    keys: Annotated[list[str], typer.Argument(help="Keys of the shelf; see 'partage parts'.")],
    persons: Annotated[int, typer.Option("--persons", help="How many are to be shared out.")],
    day: Annotated[str, typer.Option("--day", help="Figures that were over by that day count.")],
    regions: Annotated[
        str, typer.Option("--regions", help="all, or a list such as ON,QC,NS.")
    ] = "all",
    rounding: Annotated[
        list[str] | None, typer.Option("--rounding", help="A rounding method; repeatable.")
    ] = None,
    figures: Annotated[
        str, typer.Option("--figures", help="A set of figures or a file; else the pack's.")
    ] = "",
    param: Annotated[
        list[str] | None, typer.Option("--param", help="NAME=VALUE for the key; repeatable.")
    ] = None,
    lots: Annotated[
        str, typer.Option("--lots", help="Order of a public draw among the tied.")
    ] = "",
    received: Annotated[
        bool, typer.Option("--received", help="Also who received more than its share, three ways.")
    ] = False,
    by_year: Annotated[
        bool, typer.Option("--by-year", help="Also the history of effort: people, shares, dollars.")
    ] = False,
) -> None:
    """Show who is due how many persons under one or more keys and roundings, exactly, with every step."""
    from partage.core.units import parse_day
    from partage.faces.pages.sharing import due_answer

    session: Session = ctx.obj
    data, text, assumptions = due_answer(
        session.pack, keys, persons, parse_day(day), regions=regions,
        roundings=rounding or ["hamilton"], figures=figures, params=param or [],
        lots=tuple(part.strip() for part in lots.split(",") if part.strip()), received=received,
        by_year=by_year,
    )  # fmt: skip
    session.answer("due", data, text=text, assumptions=assumptions)


@app.command(epilog="Example: partage --as rita:auditor draw D-0123456789 --among CA-NS,CA-NB")
def draw(
    ctx: typer.Context,
    id_: Annotated[str, typer.Argument(metavar="[DRAW]", help="A draw committed to before.")] = "",
    among: Annotated[str, typer.Option("--among", help="The tied regions.")] = "",
    idem: Idem = None,
) -> None:
    """Commit to the seed of a public draw; later hold it among the regions that are tied."""
    session: Session = ctx.obj
    tied = [part for part in among.split(",") if part.strip()]
    done = session.office().draw(id_, tied, idem=idem)
    if id_:
        order, seed = ",".join(done.data["order"]), done.data["seed"]
        text = f"Drawn: {order}. Anybody can check it: the seed is {seed}. Use --lots {id_}"
    else:
        new, hash_ = done.data["draw"], done.data["committed"]
        text = (
            f"Committed to {new}: {hash_}. Publish this hash, before witnesses; then hold the draw among "
            f"the regions that are tied: 'partage draw {new} --among CA-NS,CA-NB'."
        )
    session.answer("draw", done.data, text=text, findings=done.findings)


@app.command(epilog="Example: partage parts")
def parts(
    ctx: typer.Context,
    shelf: Annotated[
        str,
        typer.Argument(
            metavar="[SHELF]", help="keys, methods, mechanisms, predictors or priorities."
        ),
    ] = "",
) -> None:
    """List keys, methods, mechanisms, predictors and priorities, each with its promise and source."""
    from partage.faces.pages.sharing import parts_answer

    session: Session = ctx.obj
    data, text = parts_answer(shelf)
    session.answer("parts", data, text=text)
