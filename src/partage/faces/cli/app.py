"""The application and the options that stand before the verb."""

from __future__ import annotations

from typing import Annotated

import typer

from partage import __version__
from partage.core.errors import InputRefused
from partage.faces.cli.session import Session

app = typer.Typer(
    name="partage",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="Decides with people, and explains to them, where arriving asylum seekers go.",
    epilog="Example: partage --db office.db --as anna:intake register arrivals.csv",
)

Idem = Annotated[
    str | None, typer.Option("--idem", help="A key: repeated, it gives the first answer.")
]
Day = Annotated[
    str | None, typer.Option("--day", help="A day such as 2023-02-20; today if left out.")
]
Seconds = Annotated[
    float, typer.Option("--seconds", min=0.1, max=3600, help="Time for the search.")
]


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"partage {__version__}")
        raise typer.Exit


@app.callback(invoke_without_command=False)
def options(
    ctx: typer.Context,
    db: Annotated[
        str,
        typer.Option(
            "--db",
            envvar="PARTAGE_DB",
            help="The journal: a path, sqlite:///PATH or postgresql://HOST/NAME.",
        ),
    ] = "sqlite:///partage.db",
    actor: Annotated[
        str,
        typer.Option("--as", envvar="PARTAGE_AS", help="Who acts: NAME:ROLE or NAME:ROLE@SCOPE."),
    ] = "",
    as_json: Annotated[
        bool, typer.Option("--json", help="One JSON object as the last line.")
    ] = False,
    at: Annotated[
        str | None,
        typer.Option(
            "--at", envvar="PARTAGE_AT", help="State the instant (training journals only)."
        ),
    ] = None,
    pack: Annotated[
        str, typer.Option("--pack", envvar="PARTAGE_PACK", help="A built-in pack or a folder.")
    ] = "canada",
    language: Annotated[
        str,
        typer.Option(
            "--lang", envvar="PARTAGE_LANG", help="en or fr: what is found and refused too."
        ),
    ] = "en",
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    url = db if ":" in db else f"sqlite:///{db}"
    if language not in ("en", "fr"):
        raise InputRefused("--lang is en or fr.", "Use one of them.")
    ctx.obj = Session(url, actor, as_json, at, pack, "fr" if language == "fr" else "en")
