"""The capacity board as a file: the numbers of the board, described, and no formula in it."""

from __future__ import annotations

import csv
import io
import zipfile
from typing import Any

import frictionless
import pytest
from python_calamine import load_workbook

from offices import opened
from partage.report.sheet import COLUMNS, as_package, as_xlsx, plain, sheet_of

NAMES = [column.name for column in COLUMNS]
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
    text = b"".join(sheet_of(board, "csv")).decode()
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
    book = load_workbook(io.BytesIO(as_xlsx(board)))
    names, _, *found = book.get_sheet_by_index(0).to_python()
    assert names == NAMES
    assert found[0][NAMES.index("source")] == EVIL, "a text, where no formula was written"
    free = NAMES.index("allocable")
    assert [row[free] for row in found] == ["" if n is None else n for *_, n in expected(board)]
    with zipfile.ZipFile(io.BytesIO(as_xlsx(board))) as parts:
        assert b"<f>" not in parts.read("xl/worksheets/sheet1.xml")


def test_the_package_is_what_it_says(board, tmp_path):
    assert as_package(board) == as_package(board)
    with zipfile.ZipFile(io.BytesIO(as_package(board))) as file:
        file.extractall(tmp_path)
    report = frictionless.Package(str(tmp_path / "datapackage.json")).validate()
    assert report.valid, report.flatten(["rowNumber", "fieldName", "message"])
    assert report.tasks[0].stats["rows"] == len(expected(board)), "the HXL row is no row of data"


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r", "\0"])
def test_no_cell_begins_as_a_formula_does(sign):
    assert plain(f"{sign}1+1") == f"'{sign}1+1"
    assert plain(-3) == -3
    assert plain("a=1") == "a=1"
