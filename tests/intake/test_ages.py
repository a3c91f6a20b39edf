"""Ages that are not known, and birth dates: a minor is never made an adult, and no date is kept."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offices import DAY, arrivals, opened
from partage.core.household import Ages, Need
from partage.intake.ages import MAX_YEARS, ages_from
from partage.intake.arrivals import AGE_COLUMNS, read_arrival_rows
from partage.packs.loader import load_pack

PACK = load_pack("canada")
ENTRY = date(2023, 2, 20)  # of the households in these files
BLANK = dict.fromkeys(AGE_COLUMNS, "")


def read(births: str, **columns: str):  # type: ignore[no-untyped-def]
    return read_arrival_rows(arrivals("x,0", birth_dates=births, **(BLANK | columns)), PACK)


def faults(findings) -> list[tuple[str, str]]:  # type: ignore[no-untyped-def]
    return [(f.where, f.what) for f in findings if f.weight == "fault"]


@pytest.mark.parametrize(
    ("born", "ages"),
    [
        ("1990-05-17", Ages(from_18_to_64=1)),
        ("2005-02-20", Ages(from_18_to_64=1)),  # eighteen on the day
        ("2005-02-21", Ages(from_5_to_17=1)),  # tomorrow
        ("2018-02-20", Ages(from_5_to_17=1)),
        ("2018-02-21", Ages(under_5=1)),
        ("1958-02-20", Ages(from_65=1)),
        ("2023-02-20", Ages(under_5=1)),
        ("1903", Ages(from_65=1)),
        ("1990", Ages(from_18_to_64=1)),
        ("2005", Ages(unknown=1)),  # seventeen or eighteen
        ("2005-01", Ages(from_18_to_64=1)),
        ("2005-02", Ages(unknown=1)),
        ("unknown", Ages(unknown=1)),
        ("?", Ages(unknown=1)),
        ("1990-05-17; 1988-01-02 ;2015-06-01;UNKNOWN", Ages(0, 1, 2, 0, 1)),
    ],
)
def test_birth_dates_give_the_band_of_the_day_of_entry(born, ages):
    rows, findings = read(born, guardian="yes")
    assert faults(findings) == []
    assert rows[0].household.need.ages == ages


@pytest.mark.parametrize(
    ("born", "says"),
    [
        ("2023-02-21", "at place 1 that lies after the entry"),
        ("1990-01-01;2999-01-01", "at place 2 that lies after the entry"),
        ("1890-01-01", f"lies more than {MAX_YEARS} years before the entry"),
        ("1890", f"lies more than {MAX_YEARS} years before the entry"),
        ("1990-02-30", "no date at place 1 that can be read"),
        ("17/05/1990", "no date at place 1 that can be read"),
        ("33010", "no date at place 1 that can be read"),  # the serial number of a spreadsheet
        ("1990-01-01;;1991-01-01", "no date at place 2 that can be read"),
        ("١٩٩٠", "no date at place 1 that can be read"),
    ],
)
def test_a_date_that_cannot_be_is_a_fault_and_is_not_repeated(born, says):
    rows, findings = read(born)
    assert rows == []
    (fault,) = faults(findings)
    assert fault[0] == "row 2, column birth_dates"
    assert says in fault[1]
    assert not any(piece in str(findings) for piece in born.split(";") if len(piece) > 4)


def test_the_day_of_entry_is_that_of_the_place_and_a_doubt_leaves_a_minor_a_minor():
    late = {"entered_at": "2023-02-20T22:00:00-05:00"}  # the 21st in UTC
    rows, findings = read("2005-02-21", **late)
    assert faults(findings) == []
    assert rows[0].household.need.ages == Ages(from_5_to_17=1)
    assert read("2023-02-21", guardian="yes", **late)[0][0].household.need.ages == Ages(under_5=1)


def test_a_row_has_counts_or_birth_dates_or_both_that_agree():
    both = {"age_0_4": "0", "age_5_17": "0", "age_18_64": "2", "age_65_plus": "0"}
    assert read("1990;1991", **both)[0][0].household.persons == 2
    assert faults(read("1990", **both)[1]) == [
        ("row 2, column birth_dates", "do not fit the persons counted in the age columns")
    ]
    assert [where for where, _ in faults(read("")[1])] == [
        f"row 2, column {c}" for c in AGE_COLUMNS
    ]
    text = "reference,entered_at,entry_point,mode,birth_dates\n"
    text += "a,2023-02-20T12:00:00Z,ca-qc/roxham-road,inland,1990-01-01\n"
    rows, findings = read_arrival_rows(text.encode(), PACK)  # no age column at all
    assert (rows[0].household.need.ages.adults, findings) == (1, [])


def test_an_age_that_is_not_known_is_for_an_officer_whoever_else_is_there():
    for columns in ({"age_unknown": "1"}, {"age_unknown": "1", "guardian": "yes"}):
        rows, findings = read_arrival_rows(arrivals("x,2,1", **columns), PACK)
        assert rows[0].household.need.holds == "protected-path"
        assert rows[0].household.persons == 4
        assert "protected path: an age is not known" in [f.what for f in findings]
    alone, _ = read_arrival_rows(arrivals("x,0", age_unknown="1"), PACK)
    assert (alone[0].household.need.ages.adults, alone[0].household.persons) == (0, 1)
    assert faults(read_arrival_rows(arrivals("x,1", age_unknown="some"), PACK)[1])[0][0].endswith(
        "age_unknown"
    )


@given(
    st.lists(st.dates(ENTRY - timedelta(days=365 * 119), ENTRY), min_size=1, max_size=8),
    st.sampled_from([10, 7, 4]),
)
def test_nobody_who_may_be_a_minor_is_an_adult(dates, length):
    ages, wrong = ages_from(";".join(d.isoformat()[:length] for d in dates), ENTRY, ENTRY)
    assert wrong == []
    assert ages.persons == len(dates)
    adults = sum((d.year + 18, d.month, d.day) <= (2023, 2, 20) for d in dates)
    assert ages.adults <= adults
    if length == 10:
        assert ages.adults == adults


def test_birth_dates_are_nowhere_after_the_file_is_read():
    office = opened("memory:")
    data = arrivals("x,0", birth_dates="1987-06-05;2011-10-09", guardian="yes", **BLANK)
    done = office.acting("anna:intake").register(data)
    (case,) = done.data["registered"]
    kept = [s.data for s in office.journal.secrets(f"case/{case}")]
    chain = str([entry.content() for entry in office.journal.read()])
    shown = str(office.acting("anna:intake").export(case))
    for text in (str(kept), chain, shown, str(done)):
        assert "1987-06" not in text
        assert "2011-10" not in text
    assert json.loads(kept[0])["ages"] == {
        "under_5": 0, "from_5_to_17": 1, "from_18_to_64": 1, "from_65": 0,
    }  # fmt: skip


def test_an_unknown_age_waits_for_an_officer_who_says_what_was_found():
    office = opened("memory:")
    anna = office.acting("anna:intake")
    (case,) = anna.register(arrivals("x,1", age_unknown="1")).data["registered"]
    assert office.journal.row("cases", case)["state"] == "outside-engine"
    plan, _ = office.acting("paul:placement").propose("redirect-all", DAY)
    assert plan.lines == ()
    anna.correct(case, {"mobility": "yes"}, why="new-information")  # something else
    assert office.journal.row("cases", case)["state"] == "outside-engine"
    found = {"birth_dates": "1990-01-01;2010-01-01", "guardian": "yes", "hold": "none"}
    anna.correct(case, found, why="new-information")
    assert office.journal.row("cases", case)["state"] == "waiting"
    assert office.journal.row("cases", case)["persons"] == 2
    plan, _ = office.acting("paul:placement").propose("redirect-all", DAY)
    assert [line.case for line in plan.lines] == [case]
    assert office.acting("rita:auditor").verify().clean


def test_an_age_in_doubt_after_a_decision_goes_to_an_officer():
    office = opened("memory:")
    anna = office.acting("anna:intake")
    (case,) = anna.register(arrivals("x,2")).data["registered"]
    _, done = office.acting("paul:placement").propose("redirect-all", DAY)
    office.acting("rosa:approver").approve(done.data["plan"])
    anna.correct(case, {"age_18_64": "1", "age_unknown": "1"}, why="new-information")
    assert office.journal.row("cases", case)["state"] == "outside-engine"
    assert office.acting("rita:auditor").verify().clean


def test_the_case_part_is_written_as_before_where_every_age_is_known():
    rows, _ = read_arrival_rows(arrivals("x,1"), PACK)
    need = rows[0].household.need
    assert "unknown" not in need.as_dict()["ages"]
    assert Need.from_dict(need.as_dict()) == need
    rows, _ = read_arrival_rows(arrivals("x,1", age_unknown="2"), PACK)
    need = rows[0].household.need
    assert Need.from_dict(json.loads(json.dumps(need.as_dict()))) == need
