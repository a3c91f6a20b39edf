"""The office over the network: token."""

from __future__ import annotations

from typing import Annotated

import typer

from partage.core.errors import InputRefused
from partage.faces.cli.app import Idem, app
from partage.faces.cli.session import Session


@app.command(epilog="Example: partage --as adam:admin token anna:intake --until 2023-06-30")
def token(
    ctx: typer.Context,
    who: Annotated[
        str, typer.Argument(metavar="[WHO]", help="NAME:ROLE or NAME:ROLE@SCOPE; none = all.")
    ] = "",
    until: Annotated[str, typer.Option("--until", help="The last day on which it opens.")] = "",
    end: Annotated[str, typer.Option("--end", help="An access, T-…, that ends at once.")] = "",
    idem: Idem = None,
) -> None:
    """Give somebody an access to the API, end it at once, or list all; only a hash of it is kept."""
    from partage.core.units import parse_day
    from partage.report.table import Table

    session: Session = ctx.obj
    if who and end:
        raise InputRefused("An access is given or ended, not both.", "Leave one out.")
    if end:
        done = session.office().end_token(end, idem=idem)
        session.answer("token", done.data, text=f"{end} has ended.")
    elif who:
        if not until:
            raise InputRefused("An access has a last day.", "Give it with --until.")
        last = parse_day(until)  # before the journal is begun
        done, secret = session.office(create=True).grant_token(who, last, idem=idem)
        data = {**done.data, **({"secret": secret} if secret else {})}
        shown = (
            f"It is shown this once: {secret}"
            if secret
            else "It was shown before, and is not kept."
        )
        session.answer("token", data, text=f"{done.data['token']}, to the end of {until}. {shown}")
    else:
        all_ = session.office().tokens()
        names = ("token", "name", "role", "scope", "until", "state")
        rows = tuple(tuple(str(row[name]) for name in names) for row in all_)
        session.answer("token", all_, text=str(Table("accesses", names, rows)))
