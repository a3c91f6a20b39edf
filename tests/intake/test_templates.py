"""The published schema and what is accepted agree, cell by cell; the templates ask for what is needed."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import jsonschema
import pytest

from offices import arrivals
from partage.intake.arrivals import AGE_COLUMNS, OPTIONAL, REQUIRED, read_arrival_rows
from partage.intake.template import FILLED_IN, TEMPLATES, choices
from partage.packs.loader import load_pack

PACK = load_pack("canada")
SCHEMA = json.loads(TEMPLATES[".json"](PACK))
CHECK = jsonschema.Draft202012Validator(SCHEMA)
HEAD, LINE = csv.reader(io.StringIO(arrivals("a,1", guardian="yes").decode()))
BASE = dict(zip(HEAD, LINE, strict=True)) | {"age_65_plus": "1"}
SITE = PACK.sites[0].id
CELLS: list[tuple[str, Any]] = [
    *((name, word) for name, words in choices(PACK).items() for word in (*words, "", None, "other", 3)),
    *((name, value) for name in (*AGE_COLUMNS, "age_unknown")
      for value in (0, 3, "0", "3", "003", "", None, -1, 1.5, "two", 41, "²", "-1", ["x"])),
    *(("reference", value) for value in ("x 1", "é", "", None, " ", "a" * 1_001)),
    *(("entered_at", value) for value in (
        "2023-02-20T14:05:00Z", "2023-02-20T09:05:00-05:00", "2023-02-20T09:05:00", "", None, "noon", 44977)),
    *(("room_need", value) for value in ("room", "room.family:2", "room:0", "suite", "", None, "room:10")),
    *(("referred_on", value) for value in ("2023-02-19", "", None, "44976", "19/02/2023", "soon")),
    *(("care", value) for value in (
        "", None, "clinic.fr", "clinic.fr;school.fr", "clinic.fr; school.fr", ["clinic.fr"], [], "sauna",
        ["sauna"], ["clinic.fr", "clinic.fr"], "clinic.fr;sauna", ["clinic.fr"] * 60)),
    *(("avoid", value) for value in ("CA-ON", SITE, [SITE, "CA-ON"], "ca-on/nowhere/x", ["ON"])),
    *(("wishes", value) for value in ("ON", "ON;QC", "CA-ON", ["QC"], "ZZ", ["ZZ"])),
    *((name, value) for name in ("languages", "ties", "skills", "linked_to")
      for value in ("", "a", "a;b", ["a", "b"], None, "a" * 1_001, ["a"] * 51, [["a"]], {"a": 1})),
    *((name, value) for name in ("nationality", "interpreter_language")
      for value in ("", "HTI", None, "a" * 1_001, {"a": 1}, [[1]])),
]  # fmt: skip
BIRTHS = [
    "1990-05-17", "1990", "1990-05", "unknown", "1990-05-17;2015", ["1990-05-17", "?"], "17/05/1990",
    ["noon"], "", None, [], "1990;;1991",
]  # fmt: skip


def is_fault(row: dict[str, Any]) -> list[str]:
    _, findings = read_arrival_rows(json.dumps([row]).encode(), PACK)
    return [str(f) for f in findings if f.weight == "fault"]


@pytest.mark.parametrize(("name", "value"), CELLS)
def test_what_the_schema_refuses_is_a_fault_and_nothing_else_is(name, value):
    row = BASE | {name: value}
    faults = is_fault(row)
    errors = [error.message for error in CHECK.iter_errors([row])]
    # CELLS has both kinds: either side alone fails
    assert bool(errors) == bool(faults), (errors, faults)


@pytest.mark.parametrize("births", BIRTHS)
def test_birth_dates_in_place_of_the_counts(births):
    row = {name: value for name, value in BASE.items() if name not in AGE_COLUMNS}
    row["birth_dates"] = births
    errors = [error.message for error in CHECK.iter_errors([row])]
    # BIRTHS has both kinds: either side alone fails
    assert bool(errors) == bool(is_fault(row)), errors


def test_neither_counts_nor_birth_dates_is_refused_by_both():
    row = {name: value for name, value in BASE.items() if name not in (*AGE_COLUMNS, "birth_dates")}
    assert list(CHECK.iter_errors([row]))
    with pytest.raises(Exception, match="lacks age_0_4, age_5_17"):
        is_fault(row)


def test_the_files_to_fill_in_ask_for_everything_but_birth_dates():
    assert [*FILLED_IN] == [name for name in (*REQUIRED, *OPTIONAL) if name != "birth_dates"]
    text = TEMPLATES[".csv"](PACK).decode("utf-8-sig")
    assert next(csv.reader(io.StringIO(text))) == [*FILLED_IN]


def test_a_template_that_is_filled_in_is_taken():
    text = TEMPLATES[".csv"](PACK).decode("utf-8-sig")
    cells = [BASE.get(name, "") for name in FILLED_IN]
    rows, findings = read_arrival_rows((text + ",".join(cells) + "\n").encode("utf-8-sig"), PACK)
    assert (len(rows), findings) == (1, [])
