"""What spreadsheets make of a list: encodings, separators, dates, formulas, merging, hiding, passwords."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from datetime import date, datetime

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from hostile import HEAD, NS, book, sheet, with_sheet
from offices import arrivals
from partage.core.errors import InputRefused
from partage.core.findings import Finding
from partage.intake.arrivals import OPTIONAL, REQUIRED, read_arrival_rows
from partage.intake.workbook import read_workbook
from partage.packs.loader import load_pack

PACK = load_pack("canada")
NAMES = [*REQUIRED, *OPTIONAL]
CSV = arrivals("a,1", "b,2,3", care="clinic.fr;school.fr", nationality="Haïti")
Fill = Callable[[xlsxwriter.Workbook, xlsxwriter.worksheet.Worksheet], None]


def households(data: bytes):  # type: ignore[no-untyped-def]
    rows, findings = read_arrival_rows(data, PACK)
    return [row.household for row in rows], findings


def made(fill: Fill | None = None, **options: object) -> bytes:
    """The two households as a workbook, and what ``fill`` does to it."""
    out = io.BytesIO()
    workbook = xlsxwriter.Workbook(out, {"in_memory": True, **options})
    page = workbook.add_worksheet("arrivals")
    for i, line in enumerate(CSV.decode().splitlines()):
        for j, cell in enumerate(line.split(",")):
            if cell:
                page.write_string(i, j, cell)
    if fill:
        fill(workbook, page)
    workbook.close()
    return out.getvalue()


def at(name: str) -> int:
    return NAMES.index(name)


@pytest.mark.parametrize(
    ("data", "note"),
    [
        (b"\xef\xbb\xbf" + CSV, ""),
        (CSV.decode().encode("utf-16"), ""),
        (b"\xfe\xff" + CSV.decode().encode("utf-16-be"), ""),
        (CSV.replace(b"\n", b"\r\n"), ""),
        (CSV.decode().replace(",", "\t").encode("utf-16"), "tab"),
        (CSV.decode().replace(";", "¤").replace(",", ";").replace("clinic.fr¤school.fr",
         '"clinic.fr;school.fr"').encode(), "semicolon"),
        (CSV + b"\n\n,,,,\n" * 50 + b"," * 40 + b"\n", ""),
        (CSV.replace(b"\n", b",,\n"), ""),
        (b"\n\n" + CSV, ""),
    ],
    ids=["mark", "utf-16", "utf-16 be", "crlf", "utf-16 tabs", "semicolons", "blank rows", "blank columns",
         "blank first"],
)  # fmt: skip
def test_the_same_households_however_the_text_was_saved(data, note):
    got, findings = households(data)
    assert got == households(CSV)[0]
    assert [f.what for f in findings if "between" in f.what] == (
        [f"have a {note} between them; they were read so"] if note else []
    )


def test_an_encoding_that_would_be_guessed_is_refused_with_what_to_do():
    with pytest.raises(InputRefused, match=r"not UTF-8 text \(line 2\)") as refused:
        households(CSV.decode().encode("cp1252"))
    assert "CSV UTF-8" in refused.value.do


def ole() -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600


def archive(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as inside:
        for name in names:
            inside.writestr(name, b"<x/>")
    return out.getvalue()


def locked() -> bytes:
    data = bytearray(made())
    for start, flags in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        place = data.find(start)
        while place >= 0:
            data[place + flags] |= 1
            place = data.find(start, place + 4)
    return bytes(data)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (ole(), "an old Excel workbook .* or one with a password"),
        (b"%PDF-1.7 ...", "a PDF"),
        (b"\x89PNG\r\n\x1a\n" + b"x" * 50, "an image"),
        (b"\xff\xd8\xff\xe0" + b"x" * 50, "an image"),
        (b"<html><body><table>", "a web page"),
        (archive("xl/workbook.bin"), "xlsb"),
        (archive("mimetype", "content.xml"), "OpenDocument"),
        (archive("word/document.xml"), "Word"),
        (archive("arrivals.csv"), "an archive, not a workbook"),
        (locked(), "has a password"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_other_files_are_named_for_what_they_are(data, says):
    with pytest.raises(InputRefused, match=says) as refused:
        households(data)
    assert refused.value.do


def test_a_day_in_a_date_cell_is_read_whatever_the_epoch():
    for options in ({}, {"date_1904": True}):

        def fill(workbook, page):  # type: ignore[no-untyped-def]
            day = workbook.add_format({"num_format": "dd/mm/yyyy"})
            page.write_datetime(1, at("referred_on"), datetime(2023, 2, 19), day)
            page.write_datetime(2, at("birth_dates"), datetime(1990, 5, 17), day)
            for name in ("age_0_4", "age_5_17", "age_18_64", "age_65_plus"):
                page.write_blank(2, at(name), None, day)

        rows, findings = read_arrival_rows(made(fill, **options), PACK)
        assert [f for f in findings if f.weight == "fault"] == []
        assert rows[0].referred_on == "2023-02-19"
        assert rows[1].household.need.ages.from_18_to_64 == 1


def test_a_bare_serial_number_is_no_day():
    for data in (
        made(lambda _, page: page.write_number(1, at("referred_on"), 44976)),
        arrivals("a,1", referred_on="44976"),
    ):
        _, findings = households(data)
        assert ("row 2, column referred_on", "is not a day") in [
            (f.where, f.what) for f in findings
        ]


def test_a_formula_that_nobody_worked_out_is_no_blank():
    def fill(_, page):  # type: ignore[no-untyped-def]
        page.write_formula(1, at("care"), '="clinic.fr"', None, "")

    got, findings = households(made(fill))
    assert [h.id for h in got] == ["b"]
    assert [(f.where, f.weight) for f in findings] == [
        ("row 2, column care", "fault"), ("the sheet 'arrivals'", "warning"),
    ]  # fmt: skip


@pytest.mark.parametrize("error", ["#N/A", "#REF!", "#DIV/0!", "#NAME?"])
def test_an_error_of_a_spreadsheet_is_no_value(error):
    for data in (
        arrivals("a,1", skills=error),
        made(lambda _, page: page.write_string(1, at("skills"), error)),
    ):
        _, findings = households(data)
        assert ("row 2, column skills", "is an error of a spreadsheet") in [
            (f.where, f.what) for f in findings
        ]


def test_merged_cells_in_the_list_are_refused_and_beside_it_are_not():
    with pytest.raises(InputRefused, match="merged cells"):
        households(
            made(lambda _, page: page.merge_range(1, at("care"), 2, at("care"), "clinic.fr"))
        )
    got, _ = households(made(lambda _, page: page.merge_range(0, 40, 5, 42, "")))
    assert len(got) == 2


def test_what_is_hidden_is_said():
    got, findings = households(made(lambda _, page: page.set_row(2, None, None, {"hidden": True})))
    assert len(got) == 2
    assert [f.what for f in findings] == ["has 1 hidden row(s); they were read too"]
    _, findings = households(made(lambda _, page: page.set_column(3, 3, 8, None, {"hidden": True})))
    assert [f.what for f in findings] == ["has hidden columns; they were read too"]


def test_a_hidden_sheet_is_not_read():
    def other(workbook, page):  # type: ignore[no-untyped-def]
        workbook.add_worksheet("notes").activate()
        page.hide()

    with pytest.raises(InputRefused, match="is hidden"):
        households(made(other))
    out = io.BytesIO()
    workbook = xlsxwriter.Workbook(out, {"in_memory": True})
    workbook.add_worksheet("old").hide()
    page = workbook.add_worksheet("list")
    page.activate()
    for i, line in enumerate(CSV.decode().splitlines()):
        page.write_row(i, 0, line.split(","))
    workbook.close()
    got, findings = households(out.getvalue())
    assert len(got) == 2
    assert [f.what for f in findings] == ["has 2 sheets; 'list' was read"]


def test_empty_rows_and_styled_cells_below_the_list_are_passed_over():
    def fill(workbook, page):  # type: ignore[no-untyped-def]
        grey = workbook.add_format({"bg_color": "#eeeeee"})
        for row in range(3, 5_000):
            page.write_blank(row, 0, None, grey)
        page.write_blank(1_048_575, 3, None, grey)

    got, findings = households(made(fill))
    assert (len(got), findings) == (2, [])


@pytest.mark.parametrize(
    ("inside", "says"),
    [
        (b'<row r="3"/><row r="2"/>', "ValueError"),
        (b'<row r="2"><c r="B2"/><c r="A2"/></row>', "ValueError"),
        (b'<row r="2"><c r="A2"/><c r="A2"/></row>', "ValueError"),
        (b'<row r="2"><c r="1A"/></row>', "ValueError"),
        (b'<row r="2"><c t="s"><v>9</v></c></row>', "IndexError"),
        (b'<row r="2"><c><v>x</v></c></row>', "ValueError"),
        (b"<row><c>", "ValueError"),
    ],
)
def test_a_workbook_that_contradicts_itself_is_refused(inside, says):
    with pytest.raises(InputRefused, match=says):
        households(with_sheet(sheet(HEAD + inside)))


def test_a_member_that_stands_twice_or_a_doctype_is_refused():
    twice = io.BytesIO(with_sheet(sheet(HEAD)))
    with zipfile.ZipFile(twice, "a") as inside, pytest.warns(UserWarning, match="Duplicate"):
        inside.writestr("xl/worksheets/sheet1.xml", sheet(HEAD))
    with pytest.raises(InputRefused, match="BadZipFile"):
        households(twice.getvalue())
    with pytest.raises(InputRefused, match="ValueError"):
        households(with_sheet(b"<!DOCTYPE x>" + sheet(HEAD)))


def test_names_may_have_a_prefix_and_texts_may_be_in_parts():
    cells = "".join(
        f'<x:c t="inlineStr"><x:is><x:r><x:t>{name[:2]}</x:t></x:r><x:r><x:t>{name[2:]}</x:t></x:r>'
        "<x:rPh><x:t>no</x:t></x:rPh></x:is></x:c>"
        for name in REQUIRED
    )
    text = f'<x:worksheet xmlns:x="{NS}"><x:sheetData><x:row>{cells}</x:row></x:sheetData></x:worksheet>'
    assert households(with_sheet(text.encode())) == ([], [])
    shared = (
        f'<sst xmlns="{NS}"><si><r><t>refe</t></r><r><t>rence</t></r><rPh><t>x</t></rPh></si></sst>'
    )
    rest = "".join(f'<c t="inlineStr"><is><t>{n}</t></is></c>' for n in REQUIRED[1:])
    row = f'<row><c t="s"><v>0</v></c>{rest}</row>'.encode()
    data = book({"xl/sharedStrings.xml": shared.encode(), "xl/worksheets/sheet1.xml": sheet(row)})
    assert households(data) == ([], [])


# -- beside another reader ---------------------------------------------------------------------

CELLS = st.one_of(
    st.none(),
    st.text(
        st.characters(blacklist_categories=["Cs", "Cc"], blacklist_characters="_"), max_size=12
    ),
    st.integers(-(10**9), 10**9),
    st.floats(-1e6, 1e6, allow_nan=False),
    st.booleans(),
    st.dates(date(1901, 1, 1), date(2100, 1, 1)),
)


@given(st.lists(st.lists(CELLS, min_size=1, max_size=6), min_size=1, max_size=8))
@settings(max_examples=60, deadline=None)
def test_a_workbook_reads_as_with_another_reader(rows):
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
               "strings_to_numbers": False, "default_date_format": "yyyy-mm-dd"}  # fmt: skip
    workbook = xlsxwriter.Workbook(out, options)
    page = workbook.add_worksheet("arrivals")
    for i, row in enumerate(rows):
        for j, value in enumerate(row):
            page.write(i, j, value)
    workbook.close()
    findings: list[Finding] = []
    ours = {
        (number - 1, column): text
        for number, cells in read_workbook(out.getvalue(), findings)
        for column, text in enumerate(cells)
        if text
    }
    sheet_ = CalamineWorkbook.from_filelike(io.BytesIO(out.getvalue())).get_sheet_by_index(0)
    theirs = {
        (i, j): value
        for i, row in enumerate(sheet_.to_python(skip_empty_area=False))
        for j, value in enumerate(row)
        if value != ""
    }
    assert set(ours) == set(theirs)
    for place, value in theirs.items():
        if isinstance(value, bool):
            assert ours[place] == ("yes" if value else "no")
        elif isinstance(value, float):
            assert float(ours[place]) == value
        elif isinstance(value, date):
            assert ours[place] == value.isoformat()
        else:
            assert ours[place] == value


# -- JSON --------------------------------------------------------------------------------------


def row(**more: object) -> dict[str, object]:
    head, line, _ = CSV.decode().splitlines()
    return dict(zip(head.split(","), line.split(","), strict=True)) | more


@pytest.mark.parametrize(
    ("text", "where", "says"),
    [
        (json.dumps([row()])[:-2] + ', "mode": "inland"}]', "row 1", "has a name twice"),
        (json.dumps([row(skills={"a": 1})]), "row 1, column skills", "a list in a list"),
        (json.dumps([row(skills=[["a"]])]), "row 1, column skills", "a list in a list"),
        (json.dumps([row(skills="\ud800")]), "row 1, column skills", "is no text"),
        (json.dumps([row(skills="\x1b[2J")]), "row 1, column skills", "is no text"),
        (json.dumps([row(age_18_64=1e300)]), "row 1, column age_18_64", "1000000 persons"),
        (json.dumps([row(age_18_64=1.5)]), "row 1, column age_18_64", "not a number of persons"),
        (json.dumps([row(age_18_64=-1)]), "row 1, column age_18_64", "not a number of persons"),
        (json.dumps([row(age_18_64=True)]), "row 1, column age_18_64", "not a number of persons"),
    ],
)
def test_what_json_can_say_and_a_list_cannot_is_a_fault_of_its_row(text, where, says):
    got, findings = households(text.encode())
    assert got == []
    assert [(f.where, says in f.what) for f in findings if f.weight == "fault"] == [(where, True)]


@pytest.mark.parametrize(
    "text",
    [
        json.dumps([row(age_18_64=float("nan"))]),
        json.dumps([row(age_18_64=float("inf"))]),
        json.dumps([row()]).replace('"age_18_64": "1"', '"age_18_64": ' + "9" * 5_000),
        json.dumps([row(skills="SKILLS")]).replace('"SKILLS"', "[" * 20_000 + "]" * 20_000),
        json.dumps([row()]) + "[]",
        json.dumps([row()])[:-1] + ",]",
        '{"arrivals": [] "x": 1}',
        '{"arrivals": []',
    ],
    ids=[
        "nan",
        "infinity",
        "a long number",
        "deep",
        "more after it",
        "a comma too much",
        "no comma",
        "open",
    ],
)
def test_what_is_no_json_is_refused(text):
    with pytest.raises(InputRefused, match="not whole JSON"):
        households(text.encode())


def test_other_names_beside_the_list_are_passed_over_and_rows_may_lack_what_is_not_required():
    first, second = row(), row(reference="b")
    for name in OPTIONAL:
        first.pop(name)
    text = json.dumps(
        {"made": [1, {"by": "x"}], "n": 12345, "arrivals": [first, {}, second], "z": 1}
    )
    got, findings = households(text.encode())
    assert [h.id for h in got] == ["a", "b"]
    assert findings == []


@given(st.integers(1, 60_000))
@settings(max_examples=40, deadline=None)
def test_json_reads_the_same_wherever_it_is_cut_into_pieces(indent):
    rows = [row(reference=f"é{n}", ties="ü" * (indent % 700)) for n in range(80)]
    text = " " * indent + json.dumps({"n": 1234567, "arrivals": rows}, ensure_ascii=False)
    got, findings = households(text.encode())
    assert [h.id for h in got] == [f"é{n}" for n in range(80)]
    assert findings == []
