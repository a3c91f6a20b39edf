"""What is kept of people: erase, export, disclose, archive."""

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
        session.answer("erase", queue, text=session.table(table))
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
        Path | None,
        typer.Option(
            "--out",
            help="A new file for programmes, readable by you alone; of a case, a .txt to read beside it.",
        ),
    ] = None,
) -> None:
    """Everything the office has on a household, for that household; or a plan's provenance."""
    from partage.report.own_record import own_record_text

    session: Session = ctx.obj
    office = session.office()
    if what.startswith("P-"):
        data, read = office.provenance(what), ""
    else:
        data = office.export(what, adult=adult)
        read = own_record_text(data, office.pack, session.language)
    text = json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True)
    if out is None:
        session.answer("export", data, text=read or text)
        return
    files = {out: text} | ({out.with_suffix(".txt"): read} if read and out.suffix != ".txt" else {})
    if read and out.suffix == ".txt":
        files = {out: read}
    _write_new(files)
    written = [str(file) for file in files]
    session.answer(
        "export", {"file": written[0], "files": written}, text=f"Written: {', '.join(written)}"
    )


def _write_new(files: dict[Path, str]) -> None:
    """New files, readable by their owner alone; none is written over, nor the first without the second."""
    made: list[Path] = []
    try:
        for file in files:
            file.touch(mode=0o600, exist_ok=False)
            made.append(file)
        for file, text in files.items():
            file.write_text(text + "\n", encoding="utf-8")
    except OSError as error:
        for file in made:
            file.unlink(missing_ok=True)
        failed = str(next((f for f in files if f not in made), next(iter(files))))
        raise InputRefused(
            f"{shown(failed)} cannot be written: {error.strerror}.",
            "Give the name of a new file.",
        ) from None


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


@app.command(
    epilog="Example: partage --as anna:intake archive H-… --to CA-ON --field need --ground agreement "
    "--instrument 'agreement 4, s. 2' --file for-ontario.zip"
)
def archive(
    ctx: typer.Context,
    to: Annotated[str, typer.Option("--to", help="Who is told.")],
    fields: Annotated[
        list[str], typer.Option("--field", help="need, profile, contact, placement; repeatable.")
    ],
    ground: Annotated[str, typer.Option("--ground", help="agreement, consent or law.")],
    instrument: Annotated[str, typer.Option("--instrument", help="Which one.")],
    file: Annotated[Path, typer.Option("--file", help="A new file, .zip.")],
    cases: Annotated[list[str] | None, typer.Argument(help="Cases; none = all at --site.")] = None,
    site: Annotated[str, typer.Option("--site", help="Of people at this site alone.")] = "",
    idem: Idem = None,
) -> None:
    """Hand data about households to somebody as an encrypted file, each logged as told, on a ground."""
    session: Session = ctx.obj
    try:
        file.touch(mode=0o600, exist_ok=False)
    except OSError as error:
        raise InputRefused(
            f"The file cannot be written: {error.strerror}.", "Give the name of a new file."
        ) from None
    try:
        done, made = session.office().archive(
            to,
            fields,
            ground=ground,
            instrument=instrument,
            cases=cases or (),
            site=site,
            idem=idem,
        )
        if made.content:
            file.write_bytes(made.content)
    finally:
        if not file.stat().st_size:
            file.unlink()
    if not made.content:
        session.answer("archive", done.data, text="It was made before, and is kept nowhere.")
        return
    said = (
        f"{done.data['households']} household(s). It opens by {made.passphrase}, shown this once."
    )
    data = {**done.data, "file": str(file), "passphrase": made.passphrase}
    session.answer("archive", data, text=said)
