"""A list as a sheet for others: CSV with an HXL row, a workbook, a data package.

The numbers are those of the list as they are; where nobody stated one, the cell is empty. No cell is read
as a formula.
"""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

KINDS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "zip": "application/zip",
}
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\0")  # what a spreadsheet may take for the begin of one
THEN = (1980, 1, 1, 0, 0, 0)  # in the package, so that the same list is the same file
Cell = str | int


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, its HXL tag, its type in a data package, what it says."""

    name: str
    tag: str
    type: str
    says: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """A list: its name, the day or plan it is of, its columns, when it was asked for, its rows."""

    name: str
    of: str
    columns: tuple[Column, ...]
    at: str
    rows: Iterable[tuple[Any, ...]]

    def file_name(self, kind: str) -> str:
        """What a file with it is called."""
        return f"{self.name}-{self.of}.{kind}"

    def cells(self) -> Iterator[tuple[Cell, ...]]:
        """The rows as cells."""
        return (tuple(map(_cell, row)) for row in self.rows)


def written(sheet: Sheet, kind: str) -> Iterator[bytes]:
    """The sheet as one of ``KINDS``, piece by piece."""
    if kind == "csv":
        return (line.encode() for line in as_csv(sheet))
    return iter([as_xlsx(sheet) if kind == "xlsx" else as_package(sheet)])


def as_csv(sheet: Sheet) -> Iterator[str]:
    """Line by line: the names, the HXL tags, the rows; text that looks like a formula gets a quote."""
    yield _line([column.name for column in sheet.columns])
    yield _line([column.tag for column in sheet.columns])
    for row in sheet.cells():
        yield _line([plain(cell) for cell in row])


def as_xlsx(sheet: Sheet) -> bytes:
    """A workbook of one sheet; text is text."""
    import xlsxwriter

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        page, bold = book.add_worksheet(sheet.name[:31]), book.add_format({"bold": True})
        for n, column in enumerate(sheet.columns):
            page.write_string(0, n, column.name, bold)
            page.write_string(1, n, column.tag)
        for m, row in enumerate(sheet.cells(), 2):
            for n, cell in enumerate(row):
                if isinstance(cell, int):
                    page.write_number(m, n, cell)
                elif cell:
                    page.write_string(m, n, cell)
        page.freeze_panes(2, 0)
    return out.getvalue()


def as_package(sheet: Sheet) -> bytes:
    """A data package (version 2) in one file: the CSV, and what each column says."""
    fields = [
        {"name": c.name, "type": c.type, "description": c.says, "hxl": c.tag} for c in sheet.columns
    ]
    described = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": sheet.name,
        "created": sheet.at,
        "resources": [
            {
                "name": sheet.name, "path": f"{sheet.name}.csv", "format": "csv", "encoding": "utf-8",
                "mediatype": "text/csv", "dialect": {"commentChar": "#"},
                "schema": {"fields": fields, "missingValues": [""]},
            }
        ],
    }  # fmt: skip
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        text = json.dumps(described, ensure_ascii=False, indent=1)
        file.writestr(zipfile.ZipInfo("datapackage.json", THEN), text)
        with file.open(zipfile.ZipInfo(f"{sheet.name}.csv", THEN), "w") as page:
            for line in as_csv(sheet):
                page.write(line.encode())
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
