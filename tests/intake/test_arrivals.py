"""Arrivals files: every fault named with row and column, the good rows stand, nothing guessed."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from offices import arrivals
from partage.core.errors import InputRefused
from partage.core.streams import Stream
from partage.intake.arrivals import read_arrival_rows, read_arrivals
from partage.intake.synthetic import synthetic_arrivals
from partage.packs.loader import load_pack

PACK = load_pack("canada")
GOOD = arrivals("a,1", "b,2,3")


def test_good_rows_are_read_whole():
    households, findings = read_arrivals(GOOD, PACK)
    assert [(h.id, h.persons) for h in households] == [("a", 1), ("b", 5)]
    assert findings == []
    assert households[0].need.entered_at == "2023-02-20T12:00:00.000000Z"


@pytest.mark.parametrize(
    ("columns", "column", "says"),
    [
        ({"age_18_64": "-1"}, "age_18_64", "not a number of persons"),
        ({"age_18_64": ""}, "age_18_64", "not a number of persons"),
        ({"age_5_17": "two"}, "age_5_17", "not a number of persons"),
        ({"age_0_4": "²"}, "age_0_4", "not a number of persons"),
        ({"age_18_64": "0"}, "age_18_64", "no one in it"),
        ({"age_18_64": "41"}, "age_18_64", "41 persons in one household"),
        ({"age_18_64": "0000041"}, "age_18_64", "41 persons in one household"),
        ({"entry_point": "ca-qc/nowhere"}, "entry_point", "not a known code"),
        ({"mode": "on-foot"}, "mode", "not a known code"),
        ({"entered_at": "yesterday"}, "entered_at", "not an instant"),
        ({"entered_at": "2023-02-20T12:00:00"}, "entered_at", "not an instant"),
        ({"care": "clinic.fr;sauna"}, "care", "not known"),
        ({"care": "person"}, "care", "not known"),
        ({"care": "clinic.fr;clinic.fr"}, "care", "twice"),
        ({"avoid": "ca-on/nowhere/x"}, "avoid", "not known"),
        ({"hold": "forever"}, "hold", "not a known hold"),
        ({"room_need": "suite"}, "room_need", "not a room need"),
        ({"room_need": "room:0"}, "room_need", "not a room need"),
        ({"mobility": "maybe"}, "mobility", "neither yes nor no"),
        ({"official_language": "de"}, "official_language", "not a known code"),
        ({"wishes": "ZZ"}, "wishes", "not known"),
        ({"guardian": "perhaps"}, "guardian", "not a known code"),
        ({"reference": ""}, "reference", "empty"),
    ],
)
def test_a_fault_is_named_with_row_and_column_and_the_row_left_out(columns, column, says):
    rows, findings = read_arrival_rows(arrivals("x,1", **columns), PACK)
    assert rows == []
    faults = [f for f in findings if f.weight == "fault"]
    assert faults[0].where == f"row 2, column {column}"
    assert says in faults[0].what
    assert faults[0].do


def test_all_faults_of_a_file_are_found_in_one_go_and_good_rows_stand():
    text = GOOD.decode() + arrivals("c,1", mode="?", care="?").decode().splitlines()[1] + "\n"
    rows, findings = read_arrival_rows(text.encode(), PACK)
    assert [row.reference for row in rows] == ["a", "b"]
    assert {f.where for f in findings} == {"row 4, column mode", "row 4, column care"}


def test_a_reference_twice_is_a_fault_of_the_second():
    rows, findings = read_arrival_rows(arrivals("a,1", "a,2"), PACK)
    assert [(row.reference, row.household.persons) for row in rows] == [("a", 1)]
    assert "already stands in row 2" in findings[0].what


@pytest.mark.parametrize(
    ("columns", "adults", "children", "hold"),
    [
        ({}, "0", "1", "protected-path"),
        ({"guardian": "yes"}, "0", "1", "protected-path"),
        ({"guardian": "no"}, "1", "1", "protected-path"),
        ({"guardian": "unknown"}, "1", "1", "protected-path"),
        ({"guardian": ""}, "1", "1", "protected-path"),
        ({"guardian": "yes"}, "1", "1", "none"),
        ({"guardian": ""}, "1", "0", "none"),
        ({"age_disputed": "yes"}, "1", "0", "protected-path"),
        ({"objects_to_automation": "yes"}, "1", "0", "protected-path"),
        ({"hold": "medical-hold"}, "1", "0", "medical-hold"),
        ({"hold": "medical-hold", "age_disputed": "yes"}, "1", "0", "protected-path"),
    ],
)
def test_the_protected_path_is_for_officers(columns, adults, children, hold):
    rows, _ = read_arrival_rows(arrivals(f"x,{adults},{children}", **columns), PACK)
    assert rows[0].household.need.holds == hold


def test_links_are_kept_between_rows_of_the_file_and_to_nobody_else():
    text = arrivals("a,1", linked_to="b;a;zzz") + b"\n".join(
        arrivals("b,1", linked_to="a").splitlines()[1:]
    )
    rows, findings = read_arrival_rows(text, PACK)
    assert [row.household.need.links for row in rows] == [("b",), ("a",)]
    assert any("not kept" in f.what for f in findings)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "is empty"),
        (b"\xff\xfe1\x002\x00", "lacks reference"),
        (b"\xff\xfe1\x002", "not whole UTF-16"),
        (b"\x00\x00", "NUL"),
        (b"reference,mode\n", "lacks entered_at"),
        (b"reference;mode;entry_point\n", "lacks entered_at"),
        (GOOD.replace(b"mode", b"reference", 1), "lacks mode"),
        (GOOD + b'"open', "cut off"),
        (b"x" * 50_000_001, "larger than 50 MB"),
    ],
)
def test_a_file_that_is_no_arrivals_file_is_refused_in_a_sentence(data, says):
    with pytest.raises(InputRefused, match=says) as refused:
        read_arrivals(data, PACK)
    assert refused.value.do


@given(st.integers(0, len(GOOD)))
@settings(max_examples=80, deadline=None)
def test_a_file_cut_anywhere_gives_a_refusal_findings_or_fewer_rows(at):
    try:
        households, findings = read_arrivals(GOOD[:at], PACK)
    except InputRefused as refused:
        assert refused.what
        return
    assert len(households) + len({f.where.split(",")[0] for f in findings}) <= 2


@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
@settings(max_examples=150, deadline=None)
def test_anything_after_a_good_header_gives_findings_or_a_refusal(junk):
    header = GOOD.splitlines()[0] + b"\n"
    try:
        _, findings = read_arrivals(header + junk, PACK)
    except InputRefused:
        return
    assert all(f.where and f.what for f in findings)


def test_no_cell_is_ever_repeated_in_a_finding():
    _, findings = read_arrival_rows(
        arrivals("x,1", mode="MARIE", care="TREMBLAY", wishes="ZORRO"), PACK
    )
    assert not [f for f in findings if any(w in str(f) for w in ("MARIE", "TREMBLAY", "ZORRO"))]


def test_synthetic_arrivals_are_exact_marked_and_repeat_themselves():
    def make(persons: int) -> bytes:
        first = datetime(2023, 2, 20, 9, tzinfo=UTC)
        return synthetic_arrivals(
            Stream("s"), persons, entry_point="ca-qc/roxham-road", first=first, hours=23, prefix="p"
        )

    rows, findings = read_arrival_rows(make(380), PACK)
    assert sum(row.household.persons for row in rows) == 380
    assert all(row.synthetic for row in rows)
    assert not [f for f in findings if f.weight == "fault"]
    assert make(380) == make(380)
    children = sum(r.household.need.ages.under_5 + r.household.need.ages.from_5_to_17 for r in rows)
    assert 0.2 < children / 380 < 0.4
    assert {row.household.need.holds for row in rows} == {"none", "protected-path"}
