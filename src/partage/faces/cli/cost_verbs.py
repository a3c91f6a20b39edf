"""What nights cost and who bears it: settle."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from partage.core.errors import InputRefused
from partage.core.findings import Finding
from partage.faces.cli.app import Idem, app
from partage.faces.cli.session import Session, read_file


@app.command(
    epilog="Example: partage --as fay:finance settle --region CA-QC --period 2023-02 --out out"
)
def settle(
    ctx: typer.Context,
    statement: Annotated[
        str, typer.Argument(help="A statement on record, S-…; left out: a draft.")
    ] = "",
    act: Annotated[
        str,
        typer.Argument(
            help="submit (certified by a second person), query, answer, accept, pay, or reverse; left "
            "out: it is shown."
        ),
    ] = "",
    region: Annotated[str, typer.Option("--region", help="Whose statement, such as CA-QC.")] = "",
    period: Annotated[
        str,
        typer.Option(
            "--period",
            help="A month 2023-02, a year 2023, a fiscal year FY2022-23 from 1 April.",
        ),
    ] = "",
    prepare: Annotated[
        bool, typer.Option("--prepare", help="Put the draft on record, to be certified.")
    ] = False,
    listed: Annotated[
        bool, typer.Option("--list", help="Every statement on record (of --region).")
    ] = False,
    invoices: Annotated[
        Path | None,
        typer.Option(
            "--invoices",
            help="CSV: site, night, persons; or in full: site, first_night, last_night, unit, quantity, "
            "rate, amount, currency. Held against it; with --prepare kept with it.",
        ),
    ] = None,
    why: Annotated[
        str, typer.Option("--why", help="With query or reverse: the reason, by its code.")
    ] = "",
    site: Annotated[str, typer.Option("--site", help="With query: the site of the line.")] = "",
    night: Annotated[str, typer.Option("--night", help="With query: the night of the line.")] = "",
    entry: Annotated[
        int, typer.Option("--entry", min=0, help="With answer: the entry that shows it.")
    ] = 0,
    amount: Annotated[
        str, typer.Option("--amount", help="With pay: in dollars, such as 1250.50.")
    ] = "",
    on: Annotated[str, typer.Option("--on", help="With pay: the day it was paid.")] = "",
    out: Annotated[
        Path | None,
        typer.Option("--out", help="A folder for the statement as XLSX, PDF and CSV."),
    ] = None,
    language: Annotated[str, typer.Option("--lang", help="en or fr.")] = "",
    idem: Idem = None,
) -> None:
    """Draft a region's statement of cost from closed nights and headcounts; follow it to its payment."""
    from partage.core.units import parse_day
    from partage.costs import cents_of, period_of, read_invoices
    from partage.faces.cli import settling

    session: Session = ctx.obj
    language = language or session.language
    if language not in ("en", "fr"):
        raise InputRefused("--lang is en or fr.", "Use one of them.")
    office = session.office()
    if listed:
        settling.show_list(session, office.statements(region), language)
        return
    invoiced = None
    if invoices is not None:
        known = {s.id for s in office.pack.sites} | {
            one.site for one in office.pack.published_nights
        }
        invoiced = read_invoices(read_file(invoices), known)
    if act:
        done = office.act_on_statement(
            statement, act, why=why, site=site, night=parse_day(night) if night else None,
            entry=entry, cents=cents_of(amount) if amount else 0,
            on=parse_day(on) if on else None, invoiced=invoiced, idem=idem,
        )  # fmt: skip
        text = settling.acted(done.data, language)
        session.answer("settle", done.data, text=text, findings=done.findings)
        return
    row: dict[str, Any] | None = None
    findings: list[Finding] = []
    if statement:
        row, said, findings = office.read_statement(statement)
    else:
        if not region or not period:
            raise InputRefused(
                "It is not said whose statement, or of which nights.",
                "Give --region and --period, or a statement S-…; --list shows those on record.",
            )
        if prepare:
            done = office.prepare_statement(region, period_of(period), invoiced, idem=idem)
            text = settling.acted(done.data, language)
            session.answer("settle", done.data, text=text, findings=done.findings)
            return
        said = office.settle(region, period_of(period), invoiced)
    settling.show(session, office, said, row, findings, out, language)
