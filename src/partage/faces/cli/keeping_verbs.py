"""Keeping the record itself: a copy of it, the way back from a copy, and the next format."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from partage.core.findings import Finding
from partage.faces.cli.app import app
from partage.faces.cli.session import Session


@app.command(epilog="Example: partage --as adam:admin backup copies/2023-02-20.partage")
def backup(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(help="A new file, readable by you alone.")],
    with_key: Annotated[
        bool,
        typer.Option(
            "--with-key", help="The key of the vault too: whoever has the file can read it all."
        ),
    ] = False,
) -> None:
    """Copy the whole record into one file while others go on; either database can be filled from it."""
    from partage.compose import backup as copy

    session: Session = ctx.obj
    held, key = copy(session.office(), file, with_key=with_key)
    kept = (
        "The key of the vault is in it: whoever has this file can read what is known of every "
        "household. Keep it under lock, apart from other copies, and say in your register who has it."
        if with_key
        else f"The key of the vault is not in it; without it nobody reads what is known of people. Keep a "
        f"copy of '{key}' too, and not where copies of the record are."
    )
    data = {
        "file": str(file), "entries": held.head[0], "rows": held.rows, "with_key": with_key,
        "bytes": file.stat().st_size, "key": str(key),
    }  # fmt: skip
    session.answer(
        "backup", data, text=f"{file}: {held.head[0]} entries, head {held.head[1]}.\n{kept}",
        marks={"head": held.head[1], "backup": held.mark},
    )  # fmt: skip


@app.command(
    epilog="Example: partage --db new.db --as adam:admin restore copies/2023-02-20.partage"
)
def restore(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(help="A file that 'partage backup' made.")],
) -> None:
    """Fill an empty file or database from a backup, whole or not at all; every seal is checked."""
    from partage.compose import restore as fill
    from partage.store.address import shown

    session: Session = ctx.obj
    held, missing = fill(session.db, session.who(), file)
    findings = []
    if missing:
        what = f"is not at '{missing}': nothing about people can be read or written until it is"
        findings.append(Finding("key of the vault", what, "put the key file there", "warning"))
    findings += _not_appointed(session)
    text = (
        f"Restored: {held.head[0]} entries, head {held.head[1]}. Compare it with the last head you "
        "wrote down, run 'partage verify', and see that nobody works on the journal it was copied from."
    )
    data = {"db": shown(session.db), "entries": held.head[0], "rows": held.rows}
    session.answer(
        "restore", data, text=text, findings=findings,
        marks={"head": held.head[1], "backup": held.mark},
    )  # fmt: skip


@app.command(epilog="Example: partage --db office.db --as adam:admin migrate")
def migrate(ctx: typer.Context) -> None:
    """Take the tables of the record to the format of this version: forwards only, whole or not at all."""
    from partage.compose import migrate as forward

    session: Session = ctx.obj
    before, after = forward(session.db, session.who())
    text = (
        f"Nothing to do: the format is {after}." if before == after
        else f"The format was {before} and is {after} now; the entries are as they were."
    )  # fmt: skip
    data = {"before": before, "after": after}
    session.answer("migrate", data, text=text, findings=_not_appointed(session))


def _not_appointed(session: Session) -> list[Finding]:
    """Whoever brings a record back, or forward, gets no right in it: said where that is so."""
    from partage.compose import not_appointed
    from partage.core.units import parse_instant

    who, at = session.who(), parse_instant(session.at) if session.at else None
    why = not_appointed(session.db, who, at)
    if not why:
        return []
    do = "look who keeps the machine; to act in the record, an admin of it appoints with 'partage appoint'"
    return [Finding(f"role {who.partition(':')[2]}", f"whoever did this {why} in this record", do)]
