"""JSON as rows of named cells, read one household at a time."""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterator
from typing import Any, NoReturn

from partage.core.errors import InputRefused
from partage.core.findings import Finding
from partage.intake.limits import MAX_COLUMNS, MAX_RECORD, MAX_ROWS

LIST = "arrivals"
PIECE = 50_000  # bytes read at a time
TWICE = "\x00"  # the name, in a row as it is read, of names that stand in it twice


def read_json(data: bytes, findings: list[Finding]) -> Iterator[tuple[int, dict[str, str]]]:
    """The households of ``[{…}, …]`` or ``{"arrivals": [{…}, …]}`` with their numbers from 1.

    Each has the same names in the same order: all that were read until then. A row that has a
    name twice is a fault. Refused: what is not whole JSON (also NaN), and more than ``MAX_RECORD``
    signs in one household.
    """
    text = _Text(data)
    if text.next() == "{":
        _find_list(text)
    text.take("[")
    names: dict[str, None] = {}
    number = 0
    if text.next() == "]":
        text.take("]")
    else:
        while True:
            number += 1
            row = text.value()
            if not isinstance(row, dict):
                _no_list()
            if number > 2 * MAX_ROWS:  # blank ones too
                raise InputRefused(
                    f"The list has more than {MAX_ROWS:,} rows.",
                    f"Split it into parts of {MAX_ROWS:,}.",
                )
            twice = row.pop(TWICE, None)
            names |= dict.fromkeys(row)
            if len(names) > MAX_COLUMNS:
                raise InputRefused(
                    f"The households have more than {MAX_COLUMNS} names of columns.",
                    "See docs/reference/arrivals.md.",
                )
            faults = [_fault(number, "", "has a name twice", "write each column once")] * bool(
                twice
            )
            faults += [
                _fault(
                    number, f", column {name}", "has a list in a list", "write words, or one list"
                )
                for name, value in row.items()
                if _nested(value)
            ]
            findings += faults
            if not faults:
                yield number, {name: cell_of(row.get(name)) for name in names}
            if text.next() != ",":
                break
            text.take(",")
        text.take("]")
    text.finish()


def cell_of(value: Any) -> str:
    """A value as the text a person would have written into CSV."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, list):
        return ";".join(map(cell_of, value))
    return str(value)


def _nested(value: Any) -> bool:
    """Whether a value is more than words, or one list of words."""
    return isinstance(value, dict) or (
        isinstance(value, list) and any(isinstance(item, (list, dict)) for item in value)
    )


def _fault(number: int, where: str, what: str, do: str) -> Finding:
    return Finding(f"row {number}{where}", what, do, "fault")


class _Text:
    """Text in UTF-8 of which a small piece is in memory, and the place in it."""

    def __init__(self, data: bytes) -> None:
        self._data = memoryview(data)
        self._read = 0
        self._decoder = codecs.getincrementaldecoder("utf-8")()
        self._json = json.JSONDecoder(object_pairs_hook=_row, parse_constant=_no_number)
        self._text = ""
        self._at = 0
        self._closing: list[str] = []

    def next(self) -> str:
        """The next sign that is no space, or "" at the end."""
        while True:
            while self._at < len(self._text):
                if self._text[self._at] not in " \t\r\n":
                    return self._text[self._at]
                self._at += 1
            if not self._more():
                return ""

    def take(self, sign: str) -> None:
        """Step over that sign; refused if another stands there."""
        if self.next() != sign:
            if self.next() in ("", ",", "]", "}"):
                _cut_off()
            _no_list()
        self._at += 1

    def value(self) -> Any:
        """The next value, read whole."""
        self.next()
        while True:
            try:
                value, end = self._json.raw_decode(self._text, self._at)
                if end == len(self._text) and self._more():  # a number may go on
                    continue
                self._at = end
                return value
            except (ValueError, RecursionError):
                if len(self._text) - self._at > MAX_RECORD:
                    raise InputRefused(
                        f"A household is longer than {MAX_RECORD:,} signs, or is not whole JSON.",
                        "Export the file again.",
                    ) from None
                if not self._more():
                    _cut_off()

    def inside(self) -> None:
        """From now on one more brace has to be closed at the end."""
        self._closing.append("}")

    def finish(self) -> None:
        """Nothing more may come, but for what has to be closed and other names beside the list."""
        for sign in self._closing:
            while self.next() == ",":
                self.take(",")
                self.value()
                self.take(":")
                self.value()
            self.take(sign)
        if self.next():
            _cut_off()

    def _more(self) -> bool:
        if self._read >= len(self._data):
            return False
        piece = self._data[self._read : self._read + PIECE]
        self._read += len(piece)
        try:
            more = self._decoder.decode(piece, self._read >= len(self._data))
        except UnicodeDecodeError:
            raise InputRefused(
                f"The file is not UTF-8 text (before byte {self._read:,}).", "Save it as UTF-8."
            ) from None
        self._text, self._at = self._text[self._at :] + more, 0
        return True


def _find_list(text: _Text) -> None:
    """Step to the list that has the name ``arrivals``; what stands before it is passed over."""
    text.take("{")
    text.inside()
    while text.next() == '"':
        name = text.value()
        text.take(":")
        if name == LIST:
            return
        text.value()
        if text.next() == ",":
            text.take(",")
    _no_list()


def _row(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    row = dict(pairs)
    return row if len(row) == len(pairs) else {**row, TWICE: True}


def _no_number(_: str) -> NoReturn:
    raise ValueError("JSON has no such number")


def _cut_off() -> NoReturn:
    raise InputRefused(
        "The file is not whole JSON; it may have been cut off.", "Export it again."
    ) from None


def _no_list() -> NoReturn:
    raise InputRefused(
        "The JSON is not a list of households.",
        'Write [{"reference": …}, …] or {"arrivals": […]}.',
    ) from None
