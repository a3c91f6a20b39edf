"""What nights cost and who bears it: settle."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from partage.core.errors import InputRefused
from partage.faces.cli.app import app
from partage.faces.cli.session import Session

if TYPE_CHECKING:
    from partage.costs import Statement


@app.command(
    epilog="Example: partage --as fay:finance settle --region CA-QC --period 2023-02 --out out"
)
def settle(
    ctx: typer.Context,
    region: Annotated[str, typer.Option("--region", help="Whose statement, such as CA-QC.")],
    period: Annotated[
        str,
        typer.Option(
            "--period",
            help="A month 2023-02, a year 2023, a fiscal year FY2022-23 from 1 April.",
        ),
    ],
    out: Annotated[
        Path | None, typer.Option("--out", help="A folder for the statement as XLSX and CSV.")
    ] = None,
    language: Annotated[str, typer.Option("--lang", help="en or fr.")] = "en",
) -> None:
    """Draft a region's statement of cost from closed nights and headcounts; what blocks it is told."""
    from partage.costs import period_of
    from partage.report.settled import assumptions, statement_data, statement_text

    session: Session = ctx.obj
    if language not in ("en", "fr"):
        raise InputRefused("--lang is en or fr.", "Use one of them.")
    said = session.office().settle(region, period_of(period))
    data, text = statement_data(said), statement_text(said, language)
    if out is not None:
        data["files"] = [str(path) for path in write_statement(said, out)]
        text += "\n" + "\n".join(data["files"])
    session.answer(
        "settle",
        data,
        text=text,
        findings=(*said.blocked, *said.notes),
        assumptions=assumptions(said),
    )


def write_statement(said: Statement, folder: Path) -> list[Path]:
    """The statement as XLSX, CSV and a description of both; each file is written whole."""
    import xlsxwriter

    from partage.faces.cli.files import write_whole
    from partage.report.settled import COLUMNS, cells

    folder.mkdir(parents=True, exist_ok=True)
    name = f"statement-{said.claimant}-{said.period.name.replace('/', '-')}"
    rows = [cells(line) for line in said.lines]
    sheet = io.StringIO(newline="")
    writer = csv.writer(sheet)
    writer.writerows([COLUMNS, *rows])
    book = io.BytesIO()
    with xlsxwriter.Workbook(book, {"in_memory": True, "strings_to_formulas": False}) as workbook:
        page = workbook.add_worksheet("statement")
        for at, row in enumerate([COLUMNS, *rows]):
            page.write_row(at, 0, row)
        told = workbook.add_worksheet("not in the sums")
        for at, finding in enumerate(said.blocked):
            told.write_row(at, 0, (finding.where, finding.what, finding.do))
    left = io.StringIO(newline="")
    csv.writer(left).writerows(
        [("where", "what", "do"), *((f.where, f.what, f.do) for f in said.blocked)]
    )
    about = {
        "name": name.lower(),
        "complete": said.complete,
        "title": f"Statement of cost, draft: {said.claimant}, {said.period.name}",
        "resources": [
            {"name": "lines", "path": f"{name}.csv", "format": "csv", "encoding": "utf-8",
             "schema": {"fields": [{"name": column, "type": _type(column)} for column in COLUMNS]}},
            {"name": "not-in-the-sums", "path": f"{name}.not-in-the-sums.csv", "format": "csv",
             "encoding": "utf-8"},
        ],
    }  # fmt: skip
    files = {
        folder / f"{name}.csv": sheet.getvalue().encode("utf-8"),
        folder / f"{name}.not-in-the-sums.csv": left.getvalue().encode("utf-8"),
        folder / f"{name}.xlsx": book.getvalue(),
        folder / f"{name}.datapackage.json": json.dumps(about, indent=1).encode(),
    }
    for path, data in files.items():
        write_whole(path, data)
    return list(files)


def _type(column: str) -> str:
    whole = column.endswith("_cents") or column == "quantity"
    return "integer" if whole else "date" if column == "night" else "string"
