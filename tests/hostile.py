"""Small files that would take gigabytes or abort the process of whoever believes them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from functools import cache

import xlsxwriter

from offices import arrivals

MEGA = 1_000_000
HEADER = arrivals().splitlines()[0]
GOOD = arrivals("a,1").splitlines()[1]
NS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def sheet(inside: bytes, before: bytes = b"") -> bytes:
    """A worksheet with that inside its data."""
    start = f'<worksheet xmlns="{NS}">'.encode()
    return start + before + b"<sheetData>" + inside + b"</sheetData></worksheet>"


def written(row: int, cells: list[bytes]) -> bytes:
    """One row of text cells, from column A on."""
    inside = b"".join(b'<c t="inlineStr"><is><t>%s</t></is></c>' % cell for cell in cells)
    return b'<row r="%d">%s</row>' % (row, inside)


HEAD = written(1, HEADER.split(b","))


@cache
def plain_book() -> bytes:
    """A workbook as a spreadsheet writes it, with shared strings."""
    out = io.BytesIO()
    made = xlsxwriter.Workbook(out, {"in_memory": True})
    made.add_worksheet("arrivals").write_string(0, 0, "reference")
    made.close()
    return out.getvalue()


def book(members: dict[str, bytes]) -> bytes:
    """That workbook with other members."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(plain_book())) as old:
        whole = {name: old.read(name) for name in old.namelist()}
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in (whole | {"xl/worksheets/sheet1.xml": sheet(HEAD)} | members).items():
            archive.writestr(name, content)
    return out.getvalue()


def with_sheet(content: bytes) -> bytes:
    """A workbook with that worksheet."""
    return book({"xl/worksheets/sheet1.xml": content})


def far_corner() -> bytes:
    """Two cells, one in the last row and column that a spreadsheet has."""
    return with_sheet(sheet(HEAD + b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'))


def lying_dimension() -> bytes:
    """A dimension of seventeen thousand million cells over one row."""
    return with_sheet(sheet(HEAD, b'<dimension ref="A1:XFD1048576"/>'))


def far_beyond() -> bytes:
    """A row and a column that no spreadsheet has."""
    return with_sheet(
        sheet(HEAD + b'<row r="4294967295"><c r="ZZZZZZ4294967295"><v>1</v></c></row>')
    )


def many_rows() -> bytes:
    """Two million rows of one cell."""
    return with_sheet(sheet(HEAD + b"<row><c><v>1</v></c></row>" * (2 * MEGA)))


def many_cells() -> bytes:
    """Forty thousand rows of a hundred cells."""
    row = b"<row>" + b"<c><v>1</v></c>" * 100 + b"</row>"
    return with_sheet(sheet(HEAD + row * 40_000))


def many_elements() -> bytes:
    """Five million elements that say nothing."""
    return with_sheet(sheet(HEAD, b"<x/>" * (5 * MEGA)))


def shared(inside: bytes) -> bytes:
    """A workbook with these shared strings."""
    return book({"xl/sharedStrings.xml": f'<sst xmlns="{NS}">'.encode() + inside + b"</sst>"})


def many_strings() -> bytes:
    """Four million shared strings."""
    return shared(b"<si><t>ab</t></si>" * (4 * MEGA))


def one_huge_string() -> bytes:
    """One shared string of 90 MB."""
    return shared(b"<si><t>" + b"a" * (90 * MEGA) + b"</t></si>")


def huge_attribute() -> bytes:
    """One tag of 60 MB."""
    return shared(b'<si a="' + b"a" * (60 * MEGA) + b'"/>')


def amplified() -> bytes:
    """A hundred thousand rows that point at one string of thirty thousand signs in many pieces."""
    names = HEADER.decode().split(",")
    at = names.index("skills")
    cells = GOOD.split(b",")
    text = b"".join(
        b"" if i == at else b'<c t="inlineStr"><is><t>%s</t></is></c>' % cell
        for i, cell in enumerate(cells[:at])
    )
    row = b"<row>" + text + b'<c t="s"><v>0</v></c></row>'
    return book(
        {
            "xl/worksheets/sheet1.xml": sheet(HEAD + row * 99_000),
            "xl/sharedStrings.xml": f'<sst xmlns="{NS}"><si><t>'.encode()
            + b"ab;" * 10_000
            + b"</t></si></sst>",
        }
    )


def entities() -> bytes:
    """A thousand million laughs."""
    lol = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, 10))
    start = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "lol">{lol}]>'
    return with_sheet(start.encode() + sheet(HEAD + b"<row><c><v>&l9;</v></c></row>"))


def many_members() -> bytes:
    """An archive of a hundred thousand members."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for number in range(100_000):
            archive.writestr(str(number), b"")
    return out.getvalue()


def unpacks_to_much() -> bytes:
    """400 MB of noughts in a small file."""
    return with_sheet(b"0" * (400 * MEGA))


def says_less_than_it_unpacks() -> bytes:
    """A member that unpacks to 200 MB and says that it is 1 kB."""
    content = sheet(HEAD, b" " * (200 * MEGA))
    data = bytearray(with_sheet(content))
    size = len(content).to_bytes(4, "little")
    at = data.find(size)
    while at >= 0:
        data[at : at + 4] = (1000).to_bytes(4, "little")
        at = data.find(size, at + 4)
    return bytes(data)


def lines(number: int, line: bytes) -> Callable[[], bytes]:
    """The good header, then a line so many times."""
    return lambda: HEADER + b"\n" + line * number


def open_quote() -> bytes:
    """One quoted cell that never ends."""
    return HEADER + b'\n"' + b"a\n" * (8 * MEGA)


def long_line() -> bytes:
    """One row of eight million cells."""
    return HEADER + b"\n" + b"a," * (8 * MEGA)


def long_record() -> bytes:
    """One row of four million quoted cells, each over two lines."""
    return HEADER + b"\n" + b'"\n",' * (4 * MEGA)


def wide_header() -> bytes:
    """A first row of eight million names."""
    return b"a," * (8 * MEGA)


def many_values() -> bytes:
    """Rows of cells with a thousand values in each."""
    row = b"<row><c>" + b"<v/>" * 1_000 + b"</c></row>"
    return with_sheet(sheet(HEAD + row * 20_000))


def faulty() -> bytes:
    """A hundred thousand rows with a fault in every cell."""
    row = b",".join([b"?"] * (HEADER.count(b",") + 1))
    return HEADER + b"\n" + (row + b"\n") * 99_000


def many_pieces() -> bytes:
    """Cells of millions of pieces, written as a list."""
    columns = HEADER.decode().split(",")
    cells = GOOD.decode().split(",")
    cells[columns.index("skills")] = "ab;" * 130
    return HEADER + b"\n" + (",".join(cells) + "\n").encode() * 40_000


def wide_text() -> bytes:
    """Text of which each sign takes two bytes in the file and four in memory."""
    return (HEADER.decode() + "\n" + "😀" * (4 * MEGA)).encode("utf-16")


def json_of(piece: bytes, number: int) -> Callable[[], bytes]:
    """A list of so many pieces."""
    return lambda: b"[" + b",".join([piece] * number) + b"]"


def json_one_row() -> bytes:
    """One household with four million things in one cell."""
    return b'[{"skills":[' + b"[]," * (4 * MEGA) + b"[]]}]"


def json_keys() -> bytes:
    """A million names of columns."""
    return b"[" + b",".join(b'{"%d":1}' % n for n in range(MEGA)) + b"]"


FILES: dict[str, Callable[[], bytes]] = {
    "far corner": far_corner,
    "lying dimension": lying_dimension,
    "far beyond": far_beyond,
    "many rows": many_rows,
    "many cells": many_cells,
    "many elements": many_elements,
    "many values": many_values,
    "many strings": many_strings,
    "one huge string": one_huge_string,
    "huge attribute": huge_attribute,
    "amplified": amplified,
    "entities": entities,
    "many members": many_members,
    "unpacks to much": unpacks_to_much,
    "says less": says_less_than_it_unpacks,
    "short rows": lines(4 * MEGA, b"aa\n"),
    "quoted rows": lines(MEGA, b'"a"\n'),
    "blank rows": lines(9 * MEGA, b"\n"),
    "rows of blanks": lines(1_100_000, b"," * 20 + b"\n"),
    "open quote": open_quote,
    "long line": long_line,
    "long record": long_record,
    "wide header": wide_header,
    "faulty": faulty,
    "many pieces": many_pieces,
    "wide text": wide_text,
    "json, empty rows": json_of(b"{}", 4 * MEGA),
    "json, lists": json_of(b"[]", 4 * MEGA),
    "json, one row": json_one_row,
    "json, many names": json_keys,
    "json, deep": lambda: b"[" * (9 * MEGA),
    "json, a long number": lambda: b'[{"reference":' + b"9" * (9 * MEGA) + b"}]",
    "json, an open text": lambda: b'[{"reference":"' + b"9" * (9 * MEGA),
    "over 50 MB": lambda: b"x" * (50 * MEGA + 1),
}
