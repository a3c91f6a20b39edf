"""Webhooks: hook."""

from __future__ import annotations

from typing import Annotated

import typer

from partage.core.errors import InputRefused
from partage.faces.cli.app import Idem, app
from partage.faces.cli.session import Session


@app.command(
    epilog="Example: partage --as adam:admin hook https://example.org/partage --event arrive"
)
def hook(
    ctx: typer.Context,
    what: Annotated[
        str, typer.Argument(metavar="[WHAT]", help="An address to tell, or a webhook W-…; none = all.")
    ] = "",
    event: Annotated[
        list[str] | None, typer.Option("--event", help="What it is told; repeat it for more.")
    ] = None,
    end: Annotated[bool, typer.Option("--end", help="It is told nothing any more.")] = False,
    resume: Annotated[
        bool, typer.Option("--resume", help="Go on where deliveries stopped.")
    ] = False,
    log: Annotated[bool, typer.Option("--log", help="What was delivered, with its outcome.")] = False,
    day: Annotated[str, typer.Option("--day", help="With --log: which day; none = today.")] = "",
    again: Annotated[
        int, typer.Option("--again", min=0, help="The number of an entry to be told once more.")
    ] = 0,
    test: Annotated[bool, typer.Option("--test", help="Send it a message without content.")] = False,
    idem: Idem = None,
) -> None:  # fmt: skip
    """Tell an address, signed, what happens; end it, resume it, read its log, or list all."""
    session: Session = ctx.obj
    asked = sum(map(bool, (event, end, resume, log, again, test)))
    if asked > 1 or (bool(what) != bool(asked)) or (day and not log):
        raise InputRefused(
            "It is not said what is asked of which webhook.",
            "Give an address with --event, or W-… with one of --end, --resume, --log, --again, --test.",
        )
    if not what:
        _list(session)
    elif event:
        done, secret = session.office().add_hook(what, event, idem=idem)
        shown = (
            f"It is signed by this secret, shown this once: {secret}"
            if secret
            else "Its secret was shown before."
        )
        data = {**done.data, **({"secret": secret} if secret else {})}
        session.answer("hook", data, text=f"{data['hook']} tells {data['origin']}. {shown}")
    elif log:
        _log(session, what, day)
    elif again:
        done = session.office().deliver_again(what, again)
        session.answer("hook", done.data, text=f"Entry {again} is told to {what} once more.")
    elif test:
        done = session.office().test_hook(what)
        session.answer("hook", done.data, text=f"A message without content is sent to {what}.")
    elif end:
        done = session.office().end_hook(what, idem=idem)
        session.answer("hook", done.data, text=f"{what} has ended.")
    else:
        done = session.office().resume_hook(what, idem=idem)
        session.answer("hook", done.data, text=f"{what} goes on where it stopped.")


def _list(session: Session) -> None:
    from partage.report.table import Table

    all_ = session.office().hooks()
    names = ("hook", "origin", "events", "state", "told_to", "misses", "why", "next_try")
    rows = tuple(
        tuple(", ".join(row[n]) if n == "events" else str(row[n]) for n in names) for row in all_
    )
    session.answer("hook", all_, text=session.table(Table("webhooks", names, rows)))


def _log(session: Session, hook: str, day: str) -> None:
    from partage.core.units import parse_day
    from partage.report.table import Table

    all_ = session.office().deliveries(hook, parse_day(day).isoformat() if day else "")
    names = ("at", "no", "event", "status", "why", "attempt", "again", "ms")
    rows = tuple(tuple(str(row[name]) for name in names) for row in all_)
    session.answer("hook", all_, text=session.table(Table("deliveries", names, rows)))
