"""The files of a statement of cost: XLSX, PDF and CSV, with a description of them all."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from partage.costs import Statement
from partage.faces.pages.documents import pdf
from partage.report.settled import COLUMNS, cells
from partage.report.settled_page import Language, statement_document
from partage.report.sheet import Cell, plain


def name_of(said: Statement) -> str:
    """The name of the files: ``statement-CA-QC-2023-02``."""
    return f"statement-{said.claimant}-{said.period.name.replace('/', '-')}"


def statement_files(
    said: Statement,
    row: Mapping[str, Any] | None,
    head: tuple[int, str],
    at: datetime,
    languages: Sequence[Language] = ("en",),
) -> dict[str, bytes]:
    """Each file by its name; every one of them carries the head of the journal it was made from.

    One PDF a language: the first has the plain name, others end in ``.fr.pdf`` and the like.
    """
    name = name_of(said)
    on = dict(row or {})
    lines = [COLUMNS, *(cells(line) for line in said.lines)]
    left = [("where", "what", "do"), *((f.where, f.what, f.do) for f in said.blocked)]
    about = [
        ("journal_entries", head[0]), ("journal_head", head[1]), ("lines_digest", said.digest),
        ("state", on.get("state", "draft")), ("on_record_as", on.get("statement", "")),
        ("complete", "yes" if said.complete else "no"), ("amount_cents", said.amount),
        *((f"claimed_cents_{payer}", said.claimed(payer)) for payer in said.payers),
        ("open_cents", on.get("open", "")), ("prepared_by", on.get("prepared_by", "")),
        ("certified_by", on.get("certified_by", "")), ("attested", on.get("attested", "")),
        *((f"paid_cents {one['on']}", one["cents"]) for one in on.get("paid", ())),
    ]  # fmt: skip
    files = {
        f"{name}.csv": _csv(lines),
        f"{name}.not-in-the-sums.csv": _csv(left),
        f"{name}.xlsx": _xlsx(
            {"statement": lines, "not in the sums": left, "about": about}, created=at
        ),
    }
    for number, language in enumerate(languages):
        end = f".{language}.pdf" if number else ".pdf"
        files[name + end] = pdf(statement_document(said, row, head, language), at)
    files[f"{name}.datapackage.json"] = json.dumps(
        _package(said, name, dict(about), list(files)), indent=1, ensure_ascii=False
    ).encode()
    return files


def _package(
    said: Statement, name: str, about: Mapping[str, Any], files: Sequence[str]
) -> dict[str, Any]:
    schema = {"fields": [{"name": column, "type": _type(column)} for column in COLUMNS]}
    plain = {"format": "csv", "encoding": "utf-8", "mediatype": "text/csv"}
    return {
        "name": name.lower(),
        "title": f"Statement of cost: {said.claimant}, {said.period.name}",
        "currency": "CAD",
        "about": about,
        "resources": [
            {"name": "lines", "path": f"{name}.csv", **plain, "schema": schema},
            {"name": "not-in-the-sums", "path": f"{name}.not-in-the-sums.csv", **plain},
            *(
                {"name": file.lower(), "path": file, "format": file.rpartition(".")[2]}
                for file in files
                if not file.endswith(".csv")
            ),
        ],
    }


def _csv(rows: Iterable[Sequence[Cell]]) -> bytes:
    sheet = io.StringIO(newline="")
    csv.writer(sheet).writerows([plain(cell) for cell in row] for row in rows)
    return sheet.getvalue().encode("utf-8")


def _xlsx(sheets: Mapping[str, Iterable[Sequence[object]]], created: datetime) -> bytes:
    import xlsxwriter

    book = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(book, options) as workbook:
        workbook.set_properties({"created": created.replace(tzinfo=None)})
        for title, rows in sheets.items():
            page = workbook.add_worksheet(title)
            for at, row in enumerate(rows):
                page.write_row(at, 0, list(row))
    return book.getvalue()


def _type(column: str) -> str:
    whole = column.endswith("_cents") or column == "quantity"
    return "integer" if whole else "date" if column == "night" else "string"
