"""The capacity board as a file: the numbers of the board, described, and no formula in it."""

from __future__ import annotations

import csv
import io
import zipfile
from dataclasses import replace
from typing import Any

import frictionless
import pytest
from python_calamine import load_workbook

from daily import later, take_in
from offices import opened
from partage.core.errors import InputRefused, NotPermitted
from partage.office.taken_away import SHEETS
from partage.report.sheet import KINDS, Sheet, as_package, as_xlsx, plain, written
from partage.report.sheets import CAPACITY, capacity

NAMES = [column.name for column in CAPACITY]
EVIL = "=HYPERLINK(1)"


@pytest.fixture(scope="module")
def board() -> Any:
    office = opened("memory:", ("CA-ON",))
    seen = office.acting("paul:placement").capacity()
    seen["sites"][0]["services"]["person"]["source"] = EVIL
    return seen


def expected(board: Any) -> list[tuple[str, str, int | str]]:
    return [
        (row["site"], service, units["allocable"])
        for row in board["sites"]
        for service, units in row["services"].items()
    ]


def test_the_csv_has_an_hxl_row_and_the_numbers_of_the_board(board):
    text = b"".join(written(capacity(board), "csv")).decode()
    names, tags, *found = list(csv.reader(io.StringIO(text)))
    assert names == NAMES
    assert all(tag.startswith("#") for tag in tags)
    assert len(set(tags)) == len(tags)
    said = [dict(zip(names, row, strict=True)) for row in found]
    assert len(said) > 10
    assert [(r["site"], r["service"], r["allocable"]) for r in said] == [
        (site, service, "" if free is None else str(free))
        for site, service, free in expected(board)
    ]
    assert said[0]["source"] == f"'{EVIL}"
    assert {r["day"] for r in said} == {board["day"]}


def test_the_workbook_has_text_as_text_and_numbers_as_numbers(board):
    book = load_workbook(io.BytesIO(as_xlsx(capacity(board))))
    names, _, *found = book.get_sheet_by_index(0).to_python()
    assert names == NAMES
    assert found[0][NAMES.index("source")] == EVIL, "a text, where no formula was written"
    free = NAMES.index("allocable")
    assert [row[free] for row in found] == ["" if n is None else n for *_, n in expected(board)]
    with zipfile.ZipFile(io.BytesIO(as_xlsx(capacity(board)))) as parts:
        assert b"<f>" not in parts.read("xl/worksheets/sheet1.xml")


def test_the_package_is_what_it_says(board, tmp_path):
    assert as_package(capacity(board)) == as_package(capacity(board))
    with zipfile.ZipFile(io.BytesIO(as_package(capacity(board)))) as file:
        file.extractall(tmp_path)
    report = frictionless.Package(str(tmp_path / "datapackage.json")).validate()
    assert report.valid, report.flatten(["rowNumber", "fieldName", "message"])
    assert report.tasks[0].stats["rows"] == len(expected(board)), "the HXL row is no row of data"


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r", "\0"])
def test_no_cell_begins_as_a_formula_does(sign):
    assert plain(f"{sign}1+1") == f"'{sign}1+1"
    assert plain(-3) == -3
    assert plain("a=1") == "a=1"


def lists(office: Any) -> dict[str, Sheet]:
    """Every list of a day, asked for by whoever may see it."""
    paul, rosa = office.acting("paul:placement"), office.acting("rosa:approver")
    cases = take_in(office, "a,1", "b,2", "c,1")
    _, plan = paul.propose("redirect-all")
    other = paul.override(plan.data["plan"], cases[0], "", why="other").data["plan"]
    rosa.approve(other)
    paul.offer(cases[1])
    paul.answer(cases[1], "decline")
    found = {name: paul.sheet(name) for name in (*SHEETS, other) if name != "nights"}
    found["plan"] = found.pop(other)
    later(office, days=1)
    paul.close()
    return {**found, "nights": paul.sheet("nights")}


@pytest.fixture(scope="module")
def day() -> dict[str, Sheet]:
    office = opened("memory:")
    made = lists(office)
    return {name: replace(sheet, rows=list(sheet.rows)) for name, sheet in made.items()}


@pytest.mark.parametrize("name", [*SHEETS, "plan"])
def test_each_list_is_a_csv_a_workbook_and_a_package_with_the_same_rows(day, name, tmp_path):
    sheet = day[name]
    names, tags, *found = list(csv.reader(io.StringIO(b"".join(written(sheet, "csv")).decode())))
    assert found, "an empty list shows nothing"
    assert len({*tags}) == len(names)
    book = load_workbook(io.BytesIO(as_xlsx(sheet))).get_sheet_by_index(0).to_python()
    assert len(book) == len(found) + 2
    with zipfile.ZipFile(io.BytesIO(as_package(sheet))) as file:
        file.extractall(tmp_path)
    report = frictionless.Package(str(tmp_path / "datapackage.json")).validate()
    assert report.valid, report.flatten(["rowNumber", "fieldName", "message"])
    assert report.tasks[0].stats["rows"] == len(found)
    assert {sheet.file_name(kind).rpartition(".")[2] for kind in KINDS} == set(KINDS)


def test_the_lists_say_what_the_office_says(day):
    lines = [
        dict(zip([c.name for c in day["plan"].columns], row, strict=True))
        for row in day["plan"].rows
    ]
    assert sorted(line["persons"] for line in lines) == [1, 1, 2]
    assert [line["site"] for line in lines].count("") == 1, "the one that was overridden"
    steps = [row[4] for row in day["answers"].rows]
    assert steps == ["offer", "answer:decline"]
    assert {row[0] for row in day["agreements"].rows} >= {"CA-ON", "ca-on/ottawa/ircc-hotels"}
    assert sum(row[2] for row in day["nights"].rows) == 4


def test_who_sees_counts_alone_takes_no_codes_away():
    office = opened("memory:", ("CA-ON",)).acting("c:city@ca-on/ottawa")
    assert office.sheet("agreements").name == "agreements"
    for name in ("answers", "P-0000000000"):
        with pytest.raises(NotPermitted):
            office.sheet(name)
    with pytest.raises(InputRefused):
        office.sheet("people")
