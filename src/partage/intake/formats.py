"""From bytes to rows of text: CSV, Excel (.xlsx) or JSON, told apart by what they are, not by a name."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
import zlib
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from partage.core.errors import InputRefused
from partage.core.findings import Finding

MAX_BYTES = 50_000_000
MAX_UNPACKED = 300_000_000  # of a spreadsheet: more is a bomb, or not a list of households
MAX_ROWS = 100_000
SHEET = "arrivals"
FORMULA = re.compile(r"^(=|@|[+-][A-Za-z(])")  # what a spreadsheet would work out, or run
UNREADABLE = (
    zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, NotImplementedError, RuntimeError,
)  # fmt: skip
CELL_FORMULA = re.compile(rb"<f[ >/]")
Rows = list[tuple[int, dict[str, str]]]
ZIP, HELP = b"PK\x03\x04", "See docs/reference/arrivals.md."


def read_rows(
    data: bytes, required: Sequence[str], optional: Sequence[str]
) -> tuple[Rows, list[Finding]]:
    """The rows of a file with their numbers as people count them, and what is wrong with the table.

    Refused: a file that cannot be read as a whole, or lacks a required column. A row of another
    width is a finding; a cell that begins like a formula is a finding and its row is left out.
    """
    if len(data) > MAX_BYTES:
        raise InputRefused("The file is larger than 50 MB.", "Split it and register each part.")
    if data[:4] == ZIP:
        header, lines, findings = _excel(data)
    elif data.lstrip()[:1] in (b"[", b"{"):
        header, lines, findings = _json(data)
    else:
        header, lines, findings = _csv(data)
    if len(lines) > MAX_ROWS:
        raise InputRefused(
            f"The file has {len(lines):,} rows.", f"Split it into parts of {MAX_ROWS:,} at most."
        )
    findings += _check_header(header, required, optional)
    rows: Rows = []
    for number, cells in lines:
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(header):
            findings.append(
                Finding(
                    f"row {number}",
                    f"has {len(cells)} cells, the first row has {len(header)}",
                    "complete the row; the file may have been cut off",
                    "fault",
                )
            )
            continue
        named = {name: cell.strip() for name, cell in zip(header, cells, strict=True)}
        formulas = [name for name, cell in named.items() if FORMULA.match(cell)]
        findings += [_formula(number, name) for name in formulas]
        if not formulas:
            rows.append((number, named))
    return rows, findings


Table = tuple[list[str], list[tuple[int, list[str]]], list[Finding]]


def _csv(data: bytes) -> Table:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputRefused(
            f"The file is not UTF-8 text (byte {error.start}).", "Save it as CSV in UTF-8."
        ) from None
    if "\x00" in text:
        raise InputRefused(
            "The file has NUL bytes: it is not CSV text.", "Save it as CSV in UTF-8."
        )
    try:
        lines = list(csv.reader(io.StringIO(text), strict=True))
    except csv.Error as error:
        raise InputRefused(
            f"The file is not whole CSV ({error}); it may have been cut off.", "Export it again."
        ) from None
    header = [cell.strip() for cell in lines[0]] if lines else []
    if len(header) == 1 and ";" in header[0]:
        raise InputRefused(
            "The cells seem to be separated by ';'.", "Save the file as CSV with commas."
        )
    return header, list(enumerate(lines[1:], start=2)), []


def _excel(data: bytes) -> Table:
    formulas = _check_archive(data)
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        names = book.sheet_names
        if not names:
            raise InputRefused("The workbook has no sheet.", f"Name one '{SHEET}'.")
        sheet = book.get_sheet_by_name(SHEET if SHEET in names else names[0])
        lines = sheet.to_python(skip_empty_area=False)
    except (CalamineError, ValueError, OSError) as error:
        raise InputRefused(
            f"The file is not a readable Excel workbook ({type(error).__name__}).",
            "Save it as .xlsx without a password, or as CSV in UTF-8.",
        ) from None
    findings = []
    if formulas:
        findings.append(
            Finding(
                "the workbook",
                "has cells that are worked out by formulas; their last values were read",
                "replace formulas by values, so that what is registered is what you see",
                "warning",
            )
        )
    if len(names) > 1:
        read = SHEET if SHEET in names else names[0]
        findings.append(
            Finding(
                "the workbook", f"has {len(names)} sheets; '{read}' was read", "keep one", "note"
            )
        )
    header = [_cell(value) for value in (lines[0] if lines else [])]
    while header and not header[-1]:
        header.pop()
    width = len(header)
    rows = [
        (number, [_cell(value) for value in line[:width]] + [_cell(v) for v in line[width:] if v])
        for number, line in enumerate(lines[1:], start=2)
    ]
    return header, rows, findings


def _check_archive(data: bytes) -> bool:
    """Whether a workbook has formulas; refused if it is no whole archive, or unpacks to too much."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            sheets = archive.infolist()
            if sum(info.file_size for info in sheets) > MAX_UNPACKED:
                raise InputRefused(
                    "The workbook unpacks to more than 300 MB.", "Keep the list of households only."
                )
            inside = [i for i in sheets if i.filename.startswith("xl/worksheets/")]
            return any(CELL_FORMULA.search(archive.read(info)) for info in inside)
    except UNREADABLE as error:
        raise InputRefused(
            f"The file is not a whole workbook ({type(error).__name__}); it may have been cut off.",
            "Export it again, or save it as CSV in UTF-8.",
        ) from None


def _json(data: bytes) -> Table:
    try:
        raw = json.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise InputRefused(
            f"The file is not UTF-8 text (byte {error.start}).", "Save it as UTF-8."
        ) from None
    except (ValueError, RecursionError):
        raise InputRefused(
            "The file is not whole JSON; it may have been cut off.", "Export it again."
        ) from None
    rows = raw.get(SHEET) if isinstance(raw, dict) else raw
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise InputRefused(
            "The JSON is not a list of households.",
            'Write [{"reference": …}, …] or {"arrivals": […]}.',
        )
    header = list(dict.fromkeys(name for row in rows for name in row))
    lines = [(n, [_cell(row.get(name)) for name in header]) for n, row in enumerate(rows, start=1)]
    return header, lines, []


def _cell(value: Any) -> str:
    """A cell as the text a person would have written into CSV."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, (datetime, date, time)):
        return value.isoformat()
    if isinstance(value, timedelta):
        return str(value)
    if isinstance(value, list):
        return ";".join(_cell(item) for item in value)
    if isinstance(value, dict):
        return json.dumps(value, sort_keys=True)
    return str(value).replace("\x00", "�").strip()


def _check_header(
    header: Sequence[str], required: Sequence[str], optional: Sequence[str]
) -> list[Finding]:
    if not any(header):
        raise InputRefused("The file is empty.", f"Its first row names: {', '.join(required)}.")
    missing = [name for name in required if name not in header]
    if missing:
        raise InputRefused(f"The first row lacks {', '.join(missing)}.", HELP)
    if len(set(header)) != len(header):
        raise InputRefused("A column stands twice in the first row.", "Keep one of them.")
    return [
        Finding(f"column {name}", "is not known and was not read", "remove or rename it", "note")
        for name in header
        if name not in required and name not in optional
    ]


def _formula(number: int, column: str) -> Finding:
    return Finding(
        f"row {number}, column {column}",
        "begins like a formula",
        "write the value itself, without = + - or @ before it",
        "fault",
    )
