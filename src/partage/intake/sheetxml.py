"""The XML inside a workbook, read piece by piece; each reader keeps what it needs and no more."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import IO, Final, TypeVar
from xml.parsers import expat

from partage.core.errors import InputRefused
from partage.intake.limits import (
    MAX_SHEET,
    MAX_STRINGS,
    MAX_TAG,
    MAX_TEXT,
)

PIECE: Final = 65_536
MOST: Final = 65_536  # sheets, relations, formats, styles
KEEP: Final = "Keep the list of households only."
DATE_FORMATS = frozenset([*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)])
NOT_OF_A_DATE = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.|\*.')
Attributes = Mapping[str, str]


class Reader:
    """What is told of the XML: a tag begins, text, a tag ends; names are without their prefix."""

    def start(self, tag: str, given: Attributes) -> None:
        """A tag begins."""

    def end(self, tag: str) -> None:
        """A tag ends."""

    def text(self, text: str) -> None:
        """Text between tags."""


Read = TypeVar("Read", bound=Reader)


class Xml:
    """A part of a workbook, told to a reader piece by piece."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file

    def pieces(self, reader: Reader) -> Iterator[None]:
        """Tell the reader one piece at a time. Refused: broken XML, and more than is ever needed."""
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = lambda tag, given: _begin(parser, reader, tag, given)
        parser.CharacterDataHandler = reader.text
        parser.StartDoctypeDeclHandler = _no_doctype
        read = 0
        try:
            while piece := self._file.read(PIECE):
                read += len(piece)
                if read > MAX_SHEET:
                    raise InputRefused("A sheet unpacks to more than 200 MB.", KEEP)
                parser.Parse(piece, False)
                if read - parser.CurrentByteIndex > MAX_TAG:
                    raise ValueError("a tag has no end")
                yield
            parser.Parse(b"", True)
        except expat.ExpatError as error:
            raise ValueError(str(error)) from None
        yield


def read_all(xml: Xml, reader: Read) -> Read:
    """The reader, told all of the XML."""
    for _ in xml.pieces(reader):
        pass
    return reader


class Book(Reader):
    """The sheets in their order, as (name, relation, whether hidden), and where days are counted from."""

    def __init__(self) -> None:
        self.sheets: list[tuple[str, str, bool]] = []
        self.from_1904 = False

    def start(self, tag: str, given: Attributes) -> None:
        if tag == "sheet" and len(self.sheets) < MOST:
            relation = next((v for k, v in given.items() if k.endswith(":id")), "")
            hidden = given.get("state", "visible") != "visible"
            self.sheets.append((given.get("name", ""), relation, hidden))
        elif tag == "workbookPr":
            self.from_1904 = given.get("date1904", "0") in ("1", "true")


class Relations(Reader):
    """Where each relation points to, by its id and by the last word of its type."""

    def __init__(self) -> None:
        self.target: dict[str, str] = {}

    def start(self, tag: str, given: Attributes) -> None:
        if tag == "Relationship" and len(self.target) < MOST:
            self.target[given.get("Id", "")] = given.get("Target", "")
            self.target.setdefault(
                given.get("Type", "").rpartition("/")[2], given.get("Target", "")
            )


class Styles(Reader):
    """Which styles of cells show a date."""

    def __init__(self) -> None:
        self._formats: dict[str, str] = {}
        self._styles: list[str] = []
        self._inside = False

    def start(self, tag: str, given: Attributes) -> None:
        if tag == "numFmt" and len(self._formats) < MOST:
            self._formats[given.get("numFmtId", "")] = given.get("formatCode", "")[:200]
        elif tag == "cellXfs":
            self._inside = True
        elif tag == "xf" and self._inside and len(self._styles) < MOST:
            self._styles.append(given.get("numFmtId", ""))

    def end(self, tag: str) -> None:
        if tag == "cellXfs":
            self._inside = False

    def dates(self) -> frozenset[str]:
        """The numbers of the styles that show a date."""
        return frozenset(str(n) for n, f in enumerate(self._styles) if self._is_date(f))

    def _is_date(self, number: str) -> bool:
        if number in self._formats:
            return bool(re.search("[dmyhs]", NOT_OF_A_DATE.sub("", self._formats[number].lower())))
        return number.isdigit() and int(number[:6]) in DATE_FORMATS


class Strings(Reader):
    """The texts that cells point at, without the readings beside them (furigana)."""

    def __init__(self) -> None:
        self.all: list[str] = []
        self._parts: list[str] = []
        self._length = 0
        self._reading = self._aside = False

    def start(self, tag: str, given: Attributes) -> None:
        if tag == "rPh":
            self._aside = True
        elif tag == "t":
            self._reading = not self._aside

    def text(self, text: str) -> None:
        self._length += len(text)
        if self._length > MAX_TEXT:
            raise InputRefused("The workbook has more than 50 MB of text.", KEEP)
        if self._reading:
            self._parts.append(text)

    def end(self, tag: str) -> None:
        if tag == "t":
            self._reading = False
        elif tag == "rPh":
            self._aside = False
        elif tag == "si":
            if len(self.all) >= MAX_STRINGS:
                raise InputRefused(f"The workbook has more than {MAX_STRINGS:,} texts.", KEEP)
            self.all.append("".join(self._parts))
            self._parts.clear()


def _begin(parser: expat.XMLParserType, reader: Reader, root: str, given: dict[str, str]) -> None:
    """The first tag begins; if it has a prefix, so have the others, and it is cut off."""
    prefix = root.rpartition(":")[0] + ":"
    if prefix == ":":
        parser.StartElementHandler, parser.EndElementHandler = reader.start, reader.end
    else:
        cut = len(prefix)
        parser.StartElementHandler = lambda tag, its: reader.start(tag[cut:], its)
        parser.EndElementHandler = lambda tag: reader.end(tag[cut:])
    reader.start(root.removeprefix(prefix), given)


def _no_doctype(*_: object) -> None:
    raise ValueError("a workbook has no doctype")
