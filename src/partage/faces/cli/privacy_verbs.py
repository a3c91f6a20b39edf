"""What is kept of people: erase, export, disclose."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from partage.core.errors import InputRefused, shown
from partage.faces.cli.app import Idem, app
from partage.faces.cli.session import Session


@app.command(epilog="Example: partage --as adam:admin erase H-0123456789")
def erase(
    ctx: typer.Context,
    case: Annotated[str, typer.Argument(help="A case that has left; none = what is due.")] = "",
    consent: Annotated[
        str, typer.Option("--consent", help="Before the date: the paper on which they ask for it.")
    ] = "",
    hold: Annotated[str, typer.Option("--hold", help="Keep the data: the reason.")] = "",
    release: Annotated[str, typer.Option("--release", help="Release a hold: its reason.")] = "",
    idem: Idem = None,
) -> None:
    """Erase what is known of a household once it may be, or hold it; the record stays whole."""
    from partage.report.table import Table

    session: Session = ctx.obj
    office = session.office()
    if not case:
        queue = office.due_for_disposal()
        rows = tuple((r["case"], r["earliest"], ", ".join(r["holds"])) for r in queue)
        table = Table("data of households that left", ("case", "may be erased from", "held"), rows)
        session.answer("erase", queue, text=str(table))
        return
    if hold or release:
        done = office.hold_data(case, hold or release, release=bool(release), idem=idem)
        text = f"{case}: held for {', '.join(done.data['holds']) or 'nothing'}."
    else:
        done = office.erase(case, consent=consent, idem=idem)
        total = sum(done.data["rows"].values())
        text = f"{case}: {total} rows erased ({done.data['ground']}); the record stays whole."
    session.answer("erase", done.data, text=text, findings=done.findings)


@app.command(epilog="Example: partage --as adam:admin rekey")
def rekey(ctx: typer.Context, idem: Idem = None) -> None:
    """Make a new key for the vault, in the place of the old one; nothing else changes."""
    session: Session = ctx.obj
    done = session.office().rekey(idem=idem)
    text = f"{done.data['keys']} keys sealed anew. Keep a copy of the new key file, and apart."
    session.answer("rekey", done.data, text=text)


@app.command(epilog="Example: partage --as them:household@H-… export H-… --out mine.json")
def export(
    ctx: typer.Context,
    what: Annotated[str, typer.Argument(help="A case; or a plan P-… as PROV-JSON.")],
    adult: Annotated[
        int, typer.Option("--adult", min=0, help="For one adult: with what they answered apart.")
    ] = 0,
    out: Annotated[
        Path | None, typer.Option("--out", help="A new file, readable by you alone.")
    ] = None,
) -> None:
    """Everything the office has on a household, for that household; or a plan's provenance."""
    session: Session = ctx.obj
    office = session.office()
    data = office.provenance(what) if what.startswith("P-") else office.export(what, adult=adult)
    text = json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True)
    if out is None:
        session.answer("export", data, text=text)
        return
    try:
        out.touch(mode=0o600, exist_ok=False)
        out.write_text(text + "\n", encoding="utf-8")
    except OSError as error:
        raise InputRefused(
            f"{shown(str(out))} cannot be written: {error.strerror}.",
            "Give the name of a new file.",
        ) from None
    session.answer("export", {"file": str(out)}, text=f"Written: {out}")


@app.command(
    epilog="Example: partage --as anna:intake disclose H-… --to CA-ON --field need "
    "--ground consent --instrument 'form 3 of 20 February'"
)
def disclose(
    ctx: typer.Context,
    case: Annotated[str, typer.Argument(help="A case.")],
    to: Annotated[str, typer.Option("--to", help="Who was told.")],
    fields: Annotated[
        list[str], typer.Option("--field", help="need, profile, contact, placement; repeatable.")
    ],
    ground: Annotated[str, typer.Option("--ground", help="agreement, consent or law.")],
    instrument: Annotated[str, typer.Option("--instrument", help="Which one.")],
    idem: Idem = None,
) -> None:
    """Write down that data about a household were told to somebody, on what ground."""
    session: Session = ctx.obj
    done = session.office().disclose(
        case, to, fields, ground=ground, instrument=instrument, idem=idem
    )
    session.answer("disclose", done.data, text=f"{done.data['disclosure']}: written down.")
