"""An Excel workbook (.xlsx) as rows of cells, read as a stream: it is never believed, only counted.

A workbook is a zip of XML. What it says of its own size (a dimension, the size of a member, the number
of a row) decides nothing here: every member is read in pieces, and each cell counts.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from typing import Final

from partage.core.errors import InputRefused
from partage.core.findings import Finding
from partage.intake.limits import MAX_MEMBERS, MAX_UNPACKED
from partage.intake.sheet import Sheet, rows_in
from partage.intake.sheetxml import Book, Relations, Strings, Styles, Xml, read_all

SHEET: Final = "arrivals"
BOOK: Final = "xl/workbook.xml"
RELATIONS: Final = "xl/_rels/workbook.xml.rels"
UNREADABLE = (
    zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, NotImplementedError, RuntimeError,
    LookupError,
)  # fmt: skip
OTHERS = {
    "xl/workbook.bin": "a binary workbook (.xlsb)",
    "content.xml": "an OpenDocument file (.ods)",
    "word/document.xml": "a Word document",
}


def read_workbook(data: bytes, findings: list[Finding]) -> Iterator[tuple[int, list[str]]]:
    """The rows of the sheet named ``arrivals``, else of the first that is not hidden, with their numbers.

    Rows without a value are passed over. Refused: what is no whole workbook, has a password, unpacks
    to too much, hides the sheet, or has merged cells, of which all but the first would be lost.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(_few_members(data))) as archive:
            _check(archive)
            yield from _rows(archive, findings)
    except UNREADABLE as error:
        raise InputRefused(
            f"The file is not a whole workbook ({type(error).__name__}); it may have been cut off.",
            "Export it again, or save it as CSV in UTF-8.",
        ) from None


def _few_members(data: bytes) -> bytes:
    if data.count(b"PK\x01\x02") > MAX_MEMBERS:
        raise InputRefused(
            f"The workbook has more than {MAX_MEMBERS:,} parts.",
            "Keep the list of households only.",
        )
    return data


def _check(archive: zipfile.ZipFile) -> None:
    members = archive.infolist()
    names = {member.filename for member in members}
    for name, what in OTHERS.items():
        if name in names and BOOK not in names:
            raise InputRefused(f"The file is {what}.", "Save it as .xlsx, or as CSV in UTF-8.")
    if BOOK not in names:
        raise InputRefused(
            "The file is an archive, not a workbook.", "Register the file inside it."
        )
    if len(names) != len(members):
        raise zipfile.BadZipFile("a part stands twice")
    if any(member.flag_bits & 1 for member in members):
        raise InputRefused("The workbook has a password.", "Save it without one.")
    if sum(member.file_size for member in members) > MAX_UNPACKED:
        raise InputRefused(
            "The workbook unpacks to more than 300 MB.", "Keep the list of households only."
        )


def _rows(archive: zipfile.ZipFile, findings: list[Finding]) -> Iterator[tuple[int, list[str]]]:
    book = read_all(_member(archive, BOOK), Book())
    target = read_all(_member(archive, RELATIONS), Relations()).target
    name, relation = _choose(book, findings)
    inside = set(archive.namelist())
    texts, styles = (_path(target.get(kind, "")) for kind in ("sharedStrings", "styles"))
    strings = read_all(_member(archive, texts), Strings()).all if texts in inside else []
    dates = (
        read_all(_member(archive, styles), Styles()).dates() if styles in inside else frozenset()
    )
    sheet = Sheet(strings, dates, from_1904=book.from_1904)
    yield from rows_in(_member(archive, _path(target[relation])), sheet)
    findings += [Finding(f"the sheet '{name}'", *said) for said in sheet.remarks()]


def _choose(book: Book, findings: list[Finding]) -> tuple[str, str]:
    """The name of the sheet that is read and the relation under which it stands."""
    if not book.sheets:
        raise InputRefused("The workbook has no sheet.", f"Name one '{SHEET}'.")
    seen = [name for name, _, hidden in book.sheets if not hidden]
    name = SHEET if any(sheet[0] == SHEET for sheet in book.sheets) else next(iter(seen), "")
    if name not in seen:
        raise InputRefused(
            "The sheet with the list is hidden.", "Show it, and look at what is registered."
        )
    if len(book.sheets) > 1:
        what = f"has {len(book.sheets)} sheets; '{name}' was read"
        findings.append(Finding("the workbook", what, "keep one", "note"))
    return next((sheet[0], sheet[1]) for sheet in book.sheets if sheet[0] == name)


def _path(target: str) -> str:
    """Where a relation of the workbook points to inside the archive."""
    return posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")


def _member(archive: zipfile.ZipFile, name: str) -> Xml:
    member = archive.getinfo(name)
    if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise zipfile.BadZipFile("a part is packed in a way that no spreadsheet uses")
    return Xml(archive.open(member))
