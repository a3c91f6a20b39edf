"""CSV as rows of cells, read line by line: no more of it stands in memory than one row."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator, Sequence

from partage.core.errors import InputRefused
from partage.core.findings import Finding
from partage.intake.limits import MAX_LINES, MAX_RECORD

SEPARATORS = {",": "comma", ";": "semicolon", "\t": "tab"}
SAVE = "Save it as CSV in UTF-8."


def in_utf8(data: bytes) -> bytes:
    """The bytes without a mark; text that says by its mark that it is UTF-16 is written in UTF-8."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            return data.decode("utf-16").encode("utf-8")
        except UnicodeError:
            raise InputRefused("The file is not whole UTF-16 text.", SAVE) from None
    return data.removeprefix(codecs.BOM_UTF8)


def read_csv(
    data: bytes, names: Sequence[str], findings: list[Finding]
) -> Iterator[tuple[int, list[str]]]:
    """The rows with their numbers, the first row first; ``data`` is as ``in_utf8`` gives it.

    Cells are separated by commas, or by semicolons or tabs where the first row shows it by the
    ``names`` that it has. Refused: text that is not UTF-8, NUL bytes, a quote that stays open.
    """
    if b"\x00" in data:
        raise InputRefused("The file has NUL bytes: it is not CSV text.", SAVE)
    separator = _separator(data[: data.find(b"\n", 0, MAX_RECORD) + 1 or MAX_RECORD], names)
    if separator != ",":
        what = f"have a {SEPARATORS[separator]} between them; they were read so"
        findings.append(Finding("the cells", what, "nothing, if the rows are right", "note"))
    lines = Lines(data)
    rows = csv.reader(lines, delimiter=separator, strict=True)
    number = 0
    while True:
        lines.length = 0
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            raise InputRefused(
                f"The file is not whole CSV (line {lines.number}: {error}); it may have been cut off.",
                "Export it again.",
            ) from None
        number += 1
        yield number, row


class Lines:
    """The lines of text in UTF-8, each decoded as it is asked for; a row over many lines has an end."""

    def __init__(self, data: bytes) -> None:
        self._left = io.BytesIO(data)
        self.number = 0
        self.length = 0  # bytes since the row began

    def __iter__(self) -> Lines:
        return self

    def __next__(self) -> str:
        line = self._left.readline(MAX_RECORD + 1)
        if not line:
            raise StopIteration
        self.number += 1
        self.length += len(line)
        if self.number > MAX_LINES:
            raise InputRefused(
                f"The file has more than {MAX_LINES:,} lines.",
                "Delete the empty ones, or split it.",
            )
        if self.length > MAX_RECORD:
            raise InputRefused(
                f"A row is longer than {MAX_RECORD:,} bytes (line {self.number}).",
                "Look for a quote that is never closed; write one household in a row.",
            )
        try:
            return line.decode("utf-8")
        except UnicodeDecodeError:
            raise InputRefused(
                f"The file is not UTF-8 text (line {self.number}).",
                "In a spreadsheet, save it as 'CSV UTF-8'; otherwise accents would be guessed.",
            ) from None


def _separator(first: bytes, names: Sequence[str]) -> str:
    """What stands between the cells of the first row: what shows the most known names, else a comma."""
    text = first.decode("utf-8", "replace").strip("\r\n")

    def known(separator: str) -> int:
        return len({cell.strip(' "') for cell in text.split(separator)} & set(names))

    return max(SEPARATORS, key=known)
