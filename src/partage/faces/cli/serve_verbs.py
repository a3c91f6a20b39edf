"""The office over the network: token, serve."""

from __future__ import annotations

import os
from typing import Annotated, Any

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
        session.answer("token", all_, text=session.table(Table("accesses", names, rows)))


@app.command(epilog="Example: partage serve --demo")
def serve(
    ctx: typer.Context,
    demo: Annotated[
        bool, typer.Option("--demo", help="An office of synthetic households, an access per role.")
    ] = False,
    host: Annotated[str, typer.Option("--host", help="The address to serve at.")] = "127.0.0.1",
    port: Annotated[
        int, typer.Option("--port", min=0, max=65535, help="The port; 0 = any that is free.")
    ] = 8000,
) -> None:
    """Serve the office over HTTP, the pages and the API, until it is stopped."""
    from contextlib import ExitStack
    from pathlib import Path
    from tempfile import TemporaryDirectory

    from partage.faces import serve as serving
    from partage.faces.cli import settings
    from partage.office.pace import Pace

    session: Session = ctx.obj
    rules = settings.rules(os.environ, second_factor=not demo)
    pace, proxies = Pace(settings.rates(os.environ)), settings.proxies(os.environ)
    origin = "" if demo else settings.origin(os.environ)
    outside = None if demo else settings.provider(os.environ)
    if demo:
        serving.check_demo(host)
    log = settings.log_form(os.environ)
    with ExitStack() as stack:
        listening = stack.enter_context(serving.bound(host, port))
        serving.check_reached(host, proxies)
        url, at = session.db, session.at
        if demo:
            from partage.faces.cli.demo_office import demo_office

            if ctx.parent is not None and _left_out(ctx.parent, "db"):
                folder = stack.enter_context(TemporaryDirectory(prefix="partage-demo-"))
                url = f"sqlite:///{Path(folder) / 'demo.db'}"
            session.say("Filling a demonstration office with synthetic households ...")
            at, who = demo_office(url, at)
        offices = serving.offices_at(url, session.pack, at)
        if demo:
            offices.reach = serving.here_alone()
            for role, name, secret in serving.demo_accesses(offices, who):
                session.say(f"  {role:13} {secret}  {name}")
            session.say("The pages, a name and a password a role:")
            for role, name, password in serving.demo_users(offices, who):
                session.say(f"  {role:13} {name:6} password {password}")
            session.say(
                f"Its journal: {url}. It is {offices.clock.now():%Y-%m-%d %H:%M} UTC there."
            )
        elif steps := serving.first_steps(offices):
            session.say(steps)
        address = serving.run(
            offices, listening, session.say, rules, pace, proxies,
            origin=origin, outside=outside, log=log,
        )  # fmt: skip
    session.answer("serve", {"address": address})


def _left_out(ctx: Any, name: str) -> bool:
    source = ctx.get_parameter_source(name)
    return source is not None and source.name == "DEFAULT"
