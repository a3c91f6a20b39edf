"""One sheet of a workbook as rows of cells: every cell counts, and nothing it says of its size does."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from partage.core.errors import InputRefused
from partage.core.findings import Weight
from partage.intake.limits import MAX_CELLS, MAX_LINES, MAX_RECORD
from partage.intake.sheetxml import KEEP, MOST, Attributes, Reader, Xml

LAST_COLUMN: Final = 16_384
LETTERS = re.compile(r"^[A-Z]{1,3}$")
RANGE = re.compile(r"^([A-Z]{1,3})[0-9]{1,7}(?::([A-Z]{1,3})[0-9]{1,7})?$")


def rows_in(xml: Xml, sheet: Sheet) -> Iterator[tuple[int, list[str]]]:
    """The rows of a sheet that have a value, as wide as the first or wider, with their numbers."""
    for _ in xml.pieces(sheet):
        found, sheet.found = sheet.found, []
        for number, cells in found:
            row = [""] * max(sheet.width, 1 + max(cells))
            for column, text in cells.items():
                row[column] = text
            yield number, row


class Sheet(Reader):
    """The rows of one sheet: in ``found`` those that have been read and not yet been taken."""

    def __init__(self, strings: list[str], dates: frozenset[str], *, from_1904: bool) -> None:
        self.found: list[tuple[int, dict[int, str]]] = []
        self.width = 0
        self._strings, self._dates = strings, dates
        # serial 60 is a day that never was (29 February 1900); no date before it is used here
        self._epoch = datetime(1904, 1, 1) if from_1904 else datetime(1899, 12, 30)
        self._cells = self._others = self._unknown = 0
        self._row, self._hidden = 0, False
        self._now: dict[int, str] = {}
        self._length = 0
        self._column = -1
        self._kind = self._style = ""
        self._formula = self._reading = self._aside = False
        self._parts: list[str] = []
        self._formulas = self._hidden_rows = 0
        self._hidden_columns = False

    def start(self, tag: str, given: Attributes) -> None:
        if tag == "c":
            self._begin_cell(given)
            return
        self._others += 1
        if self._others > 3 * MAX_CELLS:
            raise InputRefused("The sheet has more in it than a list of households.", KEEP)
        if tag == "v" or tag == "t":
            self._reading = not self._aside
        elif tag == "f":
            self._formula = True
        elif tag == "rPh":
            self._aside = True
        elif tag == "row":
            self._begin_row(given)
        elif tag == "mergeCell":
            self._merged(given.get("ref", ""))
        elif tag == "col":
            self._hidden_columns |= given.get("hidden") in ("1", "true")
        elif tag != "is" and tag != "r":
            self._unknown += 1
            if self._unknown > MOST:
                raise InputRefused("The sheet has more in it than a list of households.", KEEP)

    def text(self, text: str) -> None:
        if self._reading:
            self._length += len(text)
            if self._length > MAX_RECORD:
                raise InputRefused(f"Row {self._row} is longer than {MAX_RECORD:,} signs.", KEEP)
            self._parts.append(text)

    def end(self, tag: str) -> None:
        if tag == "v" or tag == "t":
            self._reading = False
        elif tag == "c":
            text = self._value("".join(self._parts))
            if text:
                self._now[self._column] = text
            self._parts.clear()
        elif tag == "rPh":
            self._aside = False
        elif tag == "row" and self._now:
            self.width = self.width or 1 + max(self._now)
            self.found.append((self._row, self._now))
            self._hidden_rows += self._hidden
            self._now = {}

    def remarks(self) -> Iterator[tuple[str, str, Weight]]:
        """What is to be said of the sheet once it has been read: what, what to do, how much it weighs."""
        if self._formulas:
            yield (
                "has cells that are worked out by formulas; their last values were read",
                "replace formulas by values, so that what is registered is what you see",
                "warning",
            )
        if self._hidden_rows or self._hidden_columns:
            rows = f"{self._hidden_rows} hidden row(s)" if self._hidden_rows else "hidden columns"
            yield (f"has {rows}; they were read too", "show them, and look at the list", "warning")

    def _begin_row(self, given: Attributes) -> None:
        stated = given.get("r", "")
        number = int(stated[:9]) if stated.isdigit() else self._row + 1
        if not self._row < number <= MAX_LINES:
            raise ValueError("rows are out of their order")
        self._row, self._column, self._length = number, -1, 0
        self._hidden = given.get("hidden") in ("1", "true")

    def _begin_cell(self, given: Attributes) -> None:
        self._cells += 1
        if self._cells > MAX_CELLS:
            raise InputRefused(
                f"The sheet has more than {MAX_CELLS:,} cells.",
                "Delete the empty rows and columns below and beside the list.",
            )
        stated = given.get("r")
        column = _column_of(stated) if stated else self._column + 1
        if not self._column < column < LAST_COLUMN:
            raise ValueError("cells are out of their order")
        self._column = column
        self._kind, self._style = given.get("t", "n"), given.get("s", "")
        self._formula = False

    def _value(self, raw: str) -> str:
        self._formulas += self._formula
        kind = self._kind
        if not raw:
            return "=" if self._formula else ""  # a formula that nobody worked out is no blank
        if kind == "s":
            return self._strings[int(raw)] if raw.isdigit() else ""
        if kind == "b":
            return "yes" if raw == "1" else "no"
        if kind != "n":
            return raw
        number = float(raw)
        if self._style in self._dates:
            return self._date(number)
        return str(int(number)) if number.is_integer() else raw

    def _date(self, serial: float) -> str:
        try:
            at = self._epoch + timedelta(days=round(serial * 86_400) / 86_400)
        except (OverflowError, ValueError):
            return str(serial)
        return at.date().isoformat() if serial == int(serial) else at.isoformat(timespec="seconds")

    def _merged(self, ref: str) -> None:
        found = RANGE.match(ref)
        if found is None or _number_of(found[1]) < self.width:
            raise InputRefused(
                "The list has merged cells: all but the first of them are blank.",
                "Take the merging back, and fill in every row.",
            )


def _column_of(reference: str) -> int:
    letters = reference.rstrip("0123456789")
    if letters not in _COLUMNS:
        if not LETTERS.match(letters):
            raise ValueError("a cell has no place")
        _COLUMNS[letters] = _number_of(letters)
    return _COLUMNS[letters]


def _number_of(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


_COLUMNS: dict[str, int] = {}  # at most as many as there are of up to three letters
