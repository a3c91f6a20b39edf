"""The same households from CSV, Excel and JSON; templates that read back; files that are no files."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import datetime

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from offices import arrivals
from partage.core.errors import InputRefused
from partage.intake.arrivals import AGE_COLUMNS, COLUMNS, OPTIONAL, REQUIRED, read_arrival_rows
from partage.intake.limits import MAX_BYTES
from partage.intake.template import TEMPLATES
from partage.packs.loader import load_pack

PACK = load_pack("canada")
CSV = arrivals("a,1", "b,2,3")
NAMES = (*REQUIRED, *OPTIONAL)


def cells() -> list[list[str]]:
    return [line.split(",") for line in CSV.decode().splitlines()]


def workbook(rows, *, sheet: str = "arrivals", before: str = "") -> bytes:  # type: ignore[no-untyped-def]
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "default_date_format": "yyyy-mm-dd hh:mm"})
    if before:
        book.add_worksheet(before).write_string(0, 0, "notes")
    page = book.add_worksheet(sheet)
    for i, row in enumerate(rows):
        for j, value in enumerate(row):
            page.write(i, j, value)
    book.close()
    return out.getvalue()


def as_json(rows=None) -> bytes:  # type: ignore[no-untyped-def]
    head, *lines = cells()
    return json.dumps([dict(zip(head, line, strict=True)) for line in (rows or lines)]).encode()


def households(data: bytes):  # type: ignore[no-untyped-def]
    rows, findings = read_arrival_rows(data, PACK)
    return [row.household for row in rows], findings


def typed() -> list[list[object]]:
    """The same rows as a spreadsheet keeps them: ages as numbers."""
    head, *lines = cells()
    return [list(head), *([float(c) if n.startswith("age_") and c.isdigit() else c
                           for n, c in zip(head, line, strict=True)] for line in lines)]  # fmt: skip


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(workbook(typed()), id="excel"),
        pytest.param(workbook(typed(), before="read me"), id="excel, second sheet"),
        pytest.param(as_json(), id="json"),
        pytest.param(json.dumps({"arrivals": json.loads(as_json())}).encode(), id="json, named"),
        pytest.param(b"\xef\xbb\xbf" + CSV, id="csv with a mark"),
    ],
)
def test_the_same_households_whatever_the_format(data):
    expected, _ = households(CSV)
    got, findings = households(data)
    assert got == expected
    assert not [f for f in findings if f.weight == "fault"]


def test_json_takes_lists_numbers_and_yes_or_no():
    row = dict(zip(cells()[0], cells()[1], strict=True)) | {
        "age_18_64": 2, "mobility": True, "care": ["clinic.fr", "school.fr"], "synthetic": True,
    }  # fmt: skip
    (one,), findings = households(json.dumps([row]).encode())
    assert (one.persons, one.need.mobility, one.need.care) == (2, True, ("clinic.fr", "school.fr"))
    assert findings == []


def test_an_instant_without_a_zone_in_a_date_cell_is_a_fault_of_its_row():
    rows = typed()
    rows[1][1] = datetime(2023, 2, 20, 12, 0)
    got, findings = households(workbook(rows))
    assert [h.id for h in got] == ["b"]
    assert [f.where for f in findings] == ["row 2, column entered_at"]


def test_formulas_are_said_and_never_read_as_values_of_a_row():
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    page = book.add_worksheet("arrivals")
    for i, row in enumerate(typed()):
        for j, value in enumerate(row):
            page.write(i, j, value)
    page.write_formula(1, 6, "=1+1", None, 2)
    book.close()
    got, findings = households(out.getvalue())
    assert got[0].persons == 2  # the last value, and it is said
    assert any("worked out by formulas" in f.what for f in findings)
    for text in ('=HYPERLINK("x")', "@SUM(A1)", "+A1", "-cmd"):
        _, faults = households(arrivals("a,1", skills=text))
        assert [f.where for f in faults] == ["row 2, column skills"], text
        assert "begins like a formula" in faults[0].what
    _, fine = households(arrivals("a,1", ties="+1 514 555 0000"))
    assert fine == []


@pytest.mark.parametrize("suffix", sorted(TEMPLATES))
def test_a_template_reads_back_and_has_every_column(suffix):
    data = TEMPLATES[suffix](PACK)
    if suffix == ".json":
        schema = json.loads(data)
        assert list(schema["items"]["properties"]) == list(NAMES)
        assert schema["items"]["required"] == list(COLUMNS.required)
        return
    rows, findings = read_arrival_rows(data, PACK)
    assert rows == []
    assert findings == []


def test_the_schema_takes_what_is_read_and_refuses_what_is_a_fault():
    import jsonschema

    schema = json.loads(TEMPLATES[".json"](PACK))
    good = json.loads(as_json())
    for row in good:
        row |= {name: int(row[name]) for name in AGE_COLUMNS}
    jsonschema.validate(good, schema)
    for change in ({"mode": "on-foot"}, {"age_18_64": -1}, {"surname": "x"}, {"entry_point": "x"}):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate([good[0] | change], schema)


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 301_000_000)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"x" * (MAX_BYTES + 1), "larger than 50 MB"),
        (bomb(), "archive, not a workbook"),
        (workbook(typed())[:2000], "not a whole workbook"),
        (b"PK\x03\x04 and no more", "not a whole workbook"),
        (workbook([["a", "b"]]), "lacks reference"),
        (workbook([[]]), "is empty"),
        (as_json()[:-3], "not whole JSON"),
        (b'{"people": []}', "not a list of households"),
        (b"[1, 2]", "not a list of households"),
        (b"[]", "is empty"),
        (b"[" * 100_000, "not whole JSON"),
        ("réfé".encode("utf-16"), "lacks reference"),
        ("réfé".encode("utf-16-le"), "NUL"),
        (CSV.replace(b"a,", "é,".encode("latin-1"), 1), "not UTF-8"),
    ],
    ids=lambda v: v if isinstance(v, str) else "",
)
def test_a_file_that_cannot_be_read_is_a_sentence(data, says):
    with pytest.raises(InputRefused, match=says) as refused:
        read_arrival_rows(data, PACK)
    assert refused.value.do


@settings(max_examples=120, deadline=None)
@given(st.data())
def test_whatever_bytes_come_there_is_an_answer_and_no_traceback(data):
    base = data.draw(st.sampled_from([CSV, as_json(), WHOLE]))
    at = data.draw(st.integers(0, len(base)))
    noise = data.draw(st.binary(max_size=30))
    try:
        read_arrival_rows(base[:at] + noise + base[at + len(noise) :], PACK)
    except InputRefused as refused:
        assert refused.what and refused.do  # noqa: PT018


WHOLE = workbook(typed())
