"""Accounts of people: user, vouch."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

import typer

from partage.core.errors import InputRefused
from partage.faces.cli.app import Idem, app
from partage.faces.cli.session import Session


@app.command(epilog="Example: partage --as adam:admin user anna:intake")
def user(
    ctx: typer.Context,
    who: Annotated[
        str,
        typer.Argument(metavar="[WHO]", help="NAME:ROLE or NAME:ROLE@SCOPE; NAME; none = all."),
    ] = "",
    end: Annotated[
        bool, typer.Option("--end", help="The account (NAME) or one role (NAME:ROLE) ends.")
    ] = False,
    reset: Annotated[
        bool, typer.Option("--reset", help="Password and second factor are chosen anew.")
    ] = False,
    instrument: Annotated[
        str, typer.Option("--instrument", help="How it is known that they ask for it.")
    ] = "",
    sessions: Annotated[
        bool, typer.Option("--sessions", help="Where they are signed in; with --end, end it.")
    ] = False,
    link: Annotated[
        str,
        typer.Option(
            "--link", help="What the outside sign-in service calls them: they come in by it."
        ),
    ] = "",
    issuer: Annotated[
        str,
        typer.Option("--issuer", envvar="PARTAGE_OIDC_ISSUER", help="Which service, for --link."),
    ] = "",
    unlink: Annotated[
        bool, typer.Option("--unlink", help="They come in by the service no more.")
    ] = False,
    looked: Annotated[
        bool,
        typer.Option("--looked", help="A colleague vouched for them, and you have looked at it."),
    ] = False,
    idem: Idem = None,
) -> None:
    """Give somebody an account for the pages, or a role; list, link, end or begin again what there is."""
    session: Session = ctx.obj
    if sum((reset, end or sessions, bool(link), unlink, looked)) > 1:
        raise InputRefused("One thing is done with an account, not two.", "Leave one option out.")
    if not who:
        _list(session, bool(end or reset or sessions or link or unlink or looked))
    elif looked:
        done = session.office().look_at_vouched(who, idem=idem)
        session.answer("user", done.data, text=f"What was set up for {who} stays.")
    elif link:
        done = session.office().link_user(who, issuer, link, instrument, idem=idem)
        session.answer("user", done.data, text=f"{done.data['name']} comes in by {issuer} too.")
    elif unlink:
        done = session.office().unlink_user(who, idem=idem)
        session.answer("user", done.data, text=f"{done.data['name']} comes in by it no more.")
    elif sessions:
        _sessions(session, who, end)
    elif end:
        done = session.office().end_user(who, idem=idem)
        session.answer("user", done.data, text=f"{who} has ended, with every session of it.")
    elif reset:
        done, code = session.office().reset_user(who, instrument, idem=idem)
        _answer(session, done.data, code)
    else:
        done, code = session.office(create=True).add_user(who, idem=idem)
        _answer(session, done.data, code)


@app.command(
    epilog="Example: partage --as rosa:approver vouch anna --why phone-lost --instrument 'called back'"
)
def vouch(
    ctx: typer.Context,
    who: Annotated[
        str, typer.Argument(metavar="[NAME]", help="Whose account; none = who asks for it now.")
    ] = "",
    why: Annotated[
        str, typer.Option("--why", help="phone-lost, phone-broken, phone-new, no-code-left, other.")
    ] = "",
    instrument: Annotated[
        str, typer.Option("--instrument", help="How you know that it is they.")
    ] = "",
    idem: Idem = None,
) -> None:
    """Say that whoever lost their second factor is who they say; a code lets them set up another."""
    from partage.report.table import Table

    session: Session = ctx.obj
    if not who:
        asks = session.office().locked_out()
        rows = tuple((row["name"], row["asked"], row["until"]) for row in asks)
        table = Table("who asks", ("name", "asked", "until"), rows)
        text = session.table(table) if rows else "Nobody asks."
        session.answer("vouch", asks, text=text)
        return
    done, code = session.office().vouch(who, why=why, instrument=instrument, idem=idem)
    said = (
        f"The code for {who}, shown this once and good for 30 minutes: {code}"
        if code
        else "It was shown before, and is not kept."
    )
    session.answer("vouch", {**done.data, **({"code": code} if code else {})}, text=said)


def _list(session: Session, asked_more: bool) -> None:
    from partage.report.table import Table

    if asked_more:
        raise InputRefused("It is not said whose account.", "Give the name.")
    office = session.office()
    all_ = office.users()
    names = ("name", "roles", "state", "begun", "second_factor", "linked", "codes_left", "sessions")
    rows = tuple(
        tuple(
            ", ".join(row[name]) if name == "roles" else _word(row[name]) for name in names
        )
        for row in all_
    )  # fmt: skip
    told = office.told_of_vouched()
    session.answer("user", all_, text=session.table(Table("accounts", names, rows)), findings=told)


def _sessions(session: Session, who: str, end: bool) -> None:
    from partage.report.table import Table

    office = session.office()
    if end:
        done = office.end_sessions(who)
        session.answer("user", done.data, text=f"{done.data['ended']} session(s) of {who} ended.")
        return
    all_ = office.sessions_of(who)
    names = ("session", "role", "by", "began", "seen", "ends")
    rows = tuple(tuple(str(row[name]) for name in names) for row in all_)
    session.answer("user", all_, text=session.table(Table("sessions", names, rows)))


def _answer(session: Session, data: Mapping[str, Any], code: str) -> None:
    said = (
        f"The code to begin with, shown this once and good for 72 hours: {code}\n"
        "With it they choose a password at /en/start (/fr/start) and set up their second factor."
        if code
        else "They sign in as before; no code was made."
    )
    session.answer(
        "user", {**data, **({"code": code} if code else {})}, text=f"{data['name']}. {said}"
    )


def _word(value: object) -> str:
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)
