"""From bytes to rows of text: CSV, Excel (.xlsx) or JSON, told apart by what they are, not by a name.

Rows come one at a time, and how large anything may be is in ``limits``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from partage.core.errors import InputRefused
from partage.core.findings import Finding
from partage.intake.jsonrows import read_json
from partage.intake.limits import MAX_BYTES, MAX_CELL, MAX_COLUMNS, MAX_FAULTS, MAX_ROWS, MAX_TEXT
from partage.intake.text import in_utf8, read_csv

HELP = "See docs/reference/arrivals.md."
LIKE_FORMULA = "=@+-"
FORMULA = re.compile(r"^(=|@|[+-][A-Za-z(])")  # what a spreadsheet would work out, or run
ERROR = re.compile(r"^#(N/A|REF!|VALUE!|DIV/0!|NAME\?|NUM!|NULL!)", re.IGNORECASE)
NO_TEXT = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]"
)  # a terminal would obey it
KINDS = {
    b"\xd0\xcf\x11\xe0": "an old Excel workbook (.xls), or one with a password",
    b"%PDF": "a PDF",
    b"\x89PNG": "an image",
    b"\xff\xd8\xff": "an image",
    b"GIF8": "an image",
    b"II*\x00": "an image",
    b"MM\x00*": "an image",
    b"\x1f\x8b": "packed (gzip)",
    b"7z\xbc\xaf": "packed (7z)",
    b"Rar!": "packed (rar)",
    b"<!DOCTYPE": "a web page",
    b"<html": "a web page",
    b"<?xml": "XML",
}
JSON = re.compile(rb"\s*[\[{]")
ZIP = b"PK\x03\x04"
Row = tuple[int, dict[str, str]]


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a table: those it must have, one of several sets that it must have, and others."""

    required: Sequence[str]
    either: Sequence[Sequence[str]]
    optional: Sequence[str]

    def known(self) -> tuple[str, ...]:
        """All of them."""
        return (*self.required, *chain.from_iterable(self.either), *self.optional)

    def missing(self, header: Sequence[str]) -> list[str]:
        """What a first row lacks; of the sets, the first if none is whole."""
        lacks = [name for name in self.required if name not in header]
        sets = [[name for name in names if name not in header] for names in self.either]
        return lacks + (sets[0] if sets and all(sets) else [])


def read_rows(data: bytes, columns: Columns, findings: list[Finding]) -> Iterator[Row]:
    """The rows of a file with their numbers as people count them; ``findings`` gets what is wrong.

    Refused, also after some rows have come: a file that cannot be read as a whole, is too large in
    any direction, or lacks a column. A row of another width is a finding; so is a cell that begins
    like a formula, is too long or is no text, and its row is left out.
    """
    rows = 0
    size = 0
    few = FewFaults(findings)
    for number, row in _opened(data, columns, findings):
        length = sum(map(len, row.values()))
        if not length:
            continue
        rows += 1
        size += length
        if rows > MAX_ROWS:
            raise _too_many()
        if size > MAX_TEXT:
            raise InputRefused(
                "The list has more than 50 MB of text.", "Split it and register each part."
            )
        faults = _faults(number, row)
        if faults:
            findings += faults
            few.check()
        else:
            yield number, row


class FewFaults:
    """Watches a list of findings: more faults than anybody corrects one by one are refused."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        self._findings = findings
        self._seen = self._faults = 0

    def check(self) -> None:
        """Refused, with what the first of them is."""
        if len(self._findings) == self._seen:
            return
        self._faults += sum(f.weight == "fault" for f in self._findings[self._seen :])
        self._seen = len(self._findings)
        if self._faults > MAX_FAULTS:
            first = next(f for f in self._findings if f.weight == "fault")
            raise InputRefused(
                f"The file has more than {MAX_FAULTS:,} faults. The first: {first.where} {first.what}.",
                "Correct what is wrong in every row, and send it again.",
            )


def _opened(data: bytes, columns: Columns, findings: list[Finding]) -> Iterator[Row]:
    if len(data) > MAX_BYTES:
        raise InputRefused("The file is larger than 50 MB.", "Split it and register each part.")
    kind = next((what for start, what in KINDS.items() if data.startswith(start)), "")
    if kind:
        raise InputRefused(
            f"The file is {kind}.", "Save the list as .xlsx without a password, or as CSV in UTF-8."
        )
    if data.startswith(ZIP):
        from partage.intake.workbook import read_workbook

        yield from _named(read_workbook(data, findings), columns, findings)
        return
    text = in_utf8(data)
    if JSON.match(text):
        yield from _objects(text, columns, findings)
    else:
        _check_lines(text)
        yield from _named(read_csv(text, columns.known(), findings), columns, findings)


def _check_lines(text: bytes) -> None:
    """Refuse at once what has more rows than are read, where each line is one: nothing is in quotes."""
    if text.count(b"\n") > MAX_ROWS and b'"' not in text:
        rows = sum(1 for line in text.split(b"\n") if line.strip(b" ,;\t\r"))
        if rows > MAX_ROWS + 1:  # the first names the columns
            raise _too_many()


def _too_many() -> InputRefused:
    return InputRefused(
        f"The file has more than {MAX_ROWS:,} rows.",
        f"Split it into parts of {MAX_ROWS:,} at most.",
    )


def _named(
    lines: Iterator[tuple[int, list[str]]], columns: Columns, findings: list[Finding]
) -> Iterator[Row]:
    """Rows of cells as rows of named cells, by the names in the first row that has any."""
    header: list[str] = []
    few = FewFaults(findings)
    for number, cells in lines:
        cells = [cell.strip() for cell in cells]
        if not any(cells):
            continue
        if not header:
            while not cells[-1]:
                cells.pop()
            header = cells
            findings += _check_header(header, columns)
            width = len(header)
            continue
        while len(cells) > width and not cells[-1]:
            cells.pop()
        if len(cells) != width:
            what = f"has {len(cells)} cells, the first row has {width}"
            do = "complete the row; the file may have been cut off"
            findings.append(Finding(f"row {number}", what, do, "fault"))
            few.check()
            continue
        yield number, dict(zip(header, cells, strict=True))
    if not header:
        _check_header(header, columns)


def _objects(data: bytes, columns: Columns, findings: list[Finding]) -> Iterator[Row]:
    """The households of a list in JSON."""
    header: dict[str, None] = {}
    few = FewFaults(findings)
    for number, row in read_json(data, header, findings):
        few.check()
        yield number, {name: cell.strip() for name, cell in row.items()}
    findings += _check_header(list(header), columns)


def _check_header(header: Sequence[str], columns: Columns) -> list[Finding]:
    if not header:
        names = ", ".join(columns.known()[: len(columns.required)])
        raise InputRefused("The file is empty.", f"Its first row names: {names} …. {HELP}")
    missing = columns.missing(header)
    if missing:
        raise InputRefused(f"The first row lacks {', '.join(missing)}.", HELP)
    if len(set(header)) != len(header):
        raise InputRefused("A column stands twice in the first row.", "Keep one of them.")
    if len(header) > MAX_COLUMNS:
        raise InputRefused(
            f"The first row names more than {MAX_COLUMNS} columns.",
            f"Keep those that are read. {HELP}",
        )
    known = columns.known()
    return [
        Finding(
            f"column {name[:50]}", "is not known and was not read", "remove or rename it", "note"
        )
        for name in header
        if name not in known
    ]


def _faults(number: int, row: Mapping[str, str]) -> list[Finding]:
    """What is wrong with cells whatever their column: most rows have nothing."""
    suspect = NO_TEXT.search("\n".join(row.values()))
    return [
        Finding(f"row {number}, column {name[:50]}", *said, "fault")
        for name, cell in row.items()
        if cell and (suspect or len(cell) > MAX_CELL or cell[0] in LIKE_FORMULA or cell[0] == "#")
        for said in _wrong(cell)
    ]


def _wrong(cell: str) -> Iterator[tuple[str, str]]:
    if FORMULA.match(cell):
        yield "begins like a formula", "write the value itself, without = + - or @ before it"
    if ERROR.match(cell):
        yield "is an error of a spreadsheet", "write the value itself"
    if len(cell) > MAX_CELL:
        yield f"is longer than {MAX_CELL:,} signs", "write what is needed to find a place"
    if NO_TEXT.search(cell):
        yield "has a sign that is no text", "write it again by hand"
