"""The capacity board as a sheet for others: CSV with an HXL row, a workbook, a data package.

A row a service of a site, with the numbers of the board as they are; where nobody stated one, the cell is
empty. No cell is read as a formula.
"""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

KINDS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "zip": "application/zip",
}
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\0")  # what a spreadsheet may take for the begin of one
THEN = (1980, 1, 1, 0, 0, 0)  # in the package, so that the same board is the same file
Cell = str | int


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, its HXL tag, its type in a data package, what it says."""

    name: str
    tag: str
    type: str
    says: str


COLUMNS = (
    Column("day", "#date+day", "date", "The day the numbers are for."),
    Column("at", "#date+asked", "datetime", "When they were asked for."),
    Column("nights", "#meta+nights", "integer", "Over how many nights a place must be free."),
    Column("region", "#adm1+code", "string", "ISO 3166-2."),
    Column("city", "#adm2+code", "string", "The city."),
    Column("site", "#loc+code", "string", "The site."),
    Column("open", "#status+open", "boolean", "Whether it takes people."),
    Column("as_of", "#date+stated", "string", "When the site last said how it stands."),
    Column("fresh", "#status+fresh", "boolean", "Whether that is recent enough to count on."),
    Column(
        "left_out", "#status+left_out", "boolean", "Whether plans leave it out: silent too long."
    ),
    Column("service", "#service+code", "string", "What is offered."),
    Column("period", "#service+period", "string", "A stock per night, or an intake per week."),
    Column("funded", "#capacity+funded", "integer", "Units agreed."),
    Column("in_service", "#capacity+service", "integer", "Of these, not blocked."),
    Column("blocked", "#capacity+blocked", "integer", "Out of use for now."),
    Column("blocked_why", "#meta+blocked", "string", "Why they are."),
    Column("blocked_until", "#date+blocked", "string", "Until when they are."),
    Column("in_use", "#capacity+used", "integer", "Units in use."),
    Column("held", "#capacity+held", "integer", "Held for an offer or a household on its way."),
    Column("allocable", "#capacity+free", "integer", "What can be given that day."),
    Column("limit", "#meta+limit", "string", "What limits it, if not what is free."),
    Column("source", "#meta+source", "string", "Where the number comes from."),
    Column("assumption", "#meta+assumption", "string", "What is assumed in it."),
)
OF_ALL = ("day", "at", "nights")
OF_SITE = ("region", "city", "site", "open", "as_of", "fresh", "left_out")


def sheet_of(board: Mapping[str, Any], kind: str) -> Iterator[bytes]:
    """The board as one of ``KINDS``, piece by piece."""
    if kind == "csv":
        return (line.encode() for line in as_csv(board))
    return iter([as_xlsx(board) if kind == "xlsx" else as_package(board)])


def rows(board: Mapping[str, Any]) -> Iterator[tuple[Cell, ...]]:
    """A row a service of a site, in the order of the board."""
    for site in board["sites"]:
        for service, units in site["services"].items():
            said = {
                **{name: board[name] for name in OF_ALL},
                **{name: site[name] for name in OF_SITE},
                "service": service, **units,
            }  # fmt: skip
            yield tuple(_cell(said[column.name]) for column in COLUMNS)


def as_csv(board: Mapping[str, Any]) -> Iterator[str]:
    """Line by line: the names, the HXL tags, the rows; text that looks like a formula gets a quote."""
    yield _line([column.name for column in COLUMNS])
    yield _line([column.tag for column in COLUMNS])
    for row in rows(board):
        yield _line([plain(cell) for cell in row])


def as_xlsx(board: Mapping[str, Any]) -> bytes:
    """A workbook of one sheet; text is text."""
    import xlsxwriter

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet, bold = book.add_worksheet("capacity"), book.add_format({"bold": True})
        for n, column in enumerate(COLUMNS):
            sheet.write_string(0, n, column.name, bold)
            sheet.write_string(1, n, column.tag)
        for m, row in enumerate(rows(board), 2):
            for n, cell in enumerate(row):
                if isinstance(cell, int):
                    sheet.write_number(m, n, cell)
                elif cell:
                    sheet.write_string(m, n, cell)
        sheet.freeze_panes(2, 0)
    return out.getvalue()


def as_package(board: Mapping[str, Any]) -> bytes:
    """A data package (version 2) in one file: the CSV, and what each column says."""
    fields = [
        {"name": c.name, "type": c.type, "description": c.says, "hxl": c.tag} for c in COLUMNS
    ]
    described = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "capacity",
        "created": board["at"],
        "resources": [
            {
                "name": "capacity", "path": "capacity.csv", "format": "csv", "encoding": "utf-8",
                "mediatype": "text/csv", "dialect": {"commentChar": "#"},
                "schema": {"fields": fields, "missingValues": [""]},
            }
        ],
    }  # fmt: skip
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        text = json.dumps(described, ensure_ascii=False, indent=1)
        file.writestr(zipfile.ZipInfo("datapackage.json", THEN), text)
        with file.open(zipfile.ZipInfo("capacity.csv", THEN), "w") as sheet:
            for line in as_csv(board):
                sheet.write(line.encode())
    return out.getvalue()


def plain(cell: Cell) -> Cell:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell


def _cell(said: Any) -> Cell:
    if isinstance(said, bool):
        return "true" if said else "false"
    if said is None:
        return ""
    return said if isinstance(said, int) else str(said)


def _line(cells: list[Any]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow(cells)
    return out.getvalue()
