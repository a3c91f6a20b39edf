"""Households that look like one: both are served, people say which, nobody is merged silently."""

from __future__ import annotations

import pytest

from offices import DAY, arrivals, opened
from partage.core.errors import InputRefused, NotPermitted, WrongState

FAMILY = {"nationality": "COL"}


@pytest.fixture
def office():  # type: ignore[no-untyped-def]
    return opened("memory:")


def take_in(office, *rows: str, **columns: str):  # type: ignore[no-untyped-def]
    return office.acting("anna:intake").register(arrivals(*rows, **columns))


def alarms(done) -> list[str]:  # type: ignore[no-untyped-def]
    return [f.do for f in done.findings if "looks like" in f.what]


def test_a_reference_written_otherwise_looks_like_the_first(office):
    first = take_in(office, "A-0012,1").data["registered"][0]
    done = take_in(office, "a 12,1", "a-OO12,2", "B-0012,1")
    (by_row,) = [case for case, row in done.data["rows"].items() if row == 3]
    assert done.data["households"] == 3  # all are served meanwhile
    assert alarms(done) == [f"say whether they are one: 'partage duplicate {first} {by_row}'"]


def test_references_in_another_script_are_not_all_alike(office):
    take_in(office, "Ж-1,1", "---,1")
    assert alarms(take_in(office, "Я-1,1", "+ + +,1")) == []
    assert len(alarms(take_in(office, "ж 1,1"))) == 1


def test_a_family_with_the_same_ages_nationality_and_minute_looks_like_one(office):
    take_in(office, "a,2,1", **FAMILY)
    assert len(alarms(take_in(office, "b,2,1", **FAMILY))) == 1
    assert alarms(take_in(office, "c,2,1", nationality="HTI")) == []
    assert alarms(take_in(office, "d,2,2", **FAMILY)) == []
    assert alarms(take_in(office, "e,1", **FAMILY)) == []
    assert alarms(take_in(office, "f,1", **FAMILY)) == []  # adults alone look alike every day


def test_two_rows_of_one_file_and_a_preview_say_it_too(office):
    data = arrivals("x 1,1", "X-1,1")
    seen = office.acting("anna:intake").preview(data)
    assert len(alarms(seen)) == 1
    assert "register it, then say" in alarms(seen)[0]
    assert len(alarms(office.acting("anna:intake").register(data))) == 1


def pair(office):  # type: ignore[no-untyped-def]
    one = take_in(office, "a,2,1", **FAMILY).data["registered"][0]
    two = take_in(office, "b,2,1", **FAMILY).data["registered"][0]
    return one, two


def test_the_same_household_is_counted_once_and_its_data_stay(office):
    one, two = pair(office)
    done = office.acting("anna:intake").duplicate(one, two, "same")
    assert done.data["persons"] == 3
    rows = office.journal.rows("cases")
    assert (rows[one]["state"], rows[two]["state"], rows[two]["same_as"]) == (
        "waiting",
        "left",
        one,
    )
    assert office.journal.row("book", "waiting@ca-qc/roxham-road")["persons"] == 3
    assert list(office.journal.secrets(f"case/{two}", "case"))
    plan, _ = office.acting("paul:placement").propose("redirect-all", DAY)
    assert [line.case for line in plan.lines] == [one]
    assert office.acting("rita:auditor").verify().clean
    with pytest.raises(WrongState):
        office.acting("anna:intake").duplicate(one, two, "same")


@pytest.mark.parametrize("answer", ["different", "cannot-tell"])
def test_any_other_answer_is_recorded_and_both_are_served(office, answer):
    one, two = pair(office)
    office.acting("anna:intake").duplicate(one, two, answer)
    plan, _ = office.acting("paul:placement").propose("redirect-all", DAY)
    assert len(plan.lines) == 2
    (fact,) = [e for e in office.journal.read() if e.verb == "duplicate"]
    said = {"answer": answer, "matter": {"state": answer, "cases": sorted((one, two))}}
    assert {name: fact.body[name] for name in said} == said
    open_ = [(p["cases"], p["state"]) for p in office.acting("anna:intake").pairs()]
    assert open_ == ([(sorted((one, two)), answer)] if answer == "cannot-tell" else [])
    assert office.acting("rita:auditor").verify().clean


def test_side_by_side_shows_what_differs_to_intake_only(office):
    one, two = pair(office)
    rows = {name: (a, b) for name, a, b in office.acting("anna:intake").side_by_side(one, two)}
    assert rows["age_18_64"] == ("2", "2")
    assert rows["reference"] == (one, two)
    with pytest.raises(NotPermitted):
        office.acting("rita:auditor").side_by_side(one, two)


def test_a_case_that_holds_a_place_is_not_closed_by_it(office):
    one, two = pair(office)
    _, done = office.acting("paul:placement").propose("redirect-all", DAY)
    office.acting("rosa:approver").approve(done.data["plan"])
    with pytest.raises(WrongState, match="'approved'"):
        office.acting("anna:intake").duplicate(one, two, "same")
    with pytest.raises(InputRefused, match="is one case"):
        office.acting("anna:intake").duplicate(one, one, "same")
    with pytest.raises(InputRefused, match="not an answer"):
        office.acting("anna:intake").duplicate(one, two, "maybe")


def test_the_signs_never_leave_the_vault(office):
    one, two = pair(office)
    office.acting("anna:intake").duplicate(one, two, "same")
    chain = " ".join(str(entry.content()) for entry in office.journal.read())
    assert "col" not in chain.casefold().split()
    assert "like-household" in chain  # its kind and its commitment, not its content
    assert "|2|" not in chain


def test_a_pair_stays_on_the_list_until_people_say_what_it_is(office):
    one, two = pair(office)
    anna = office.acting("anna:intake")
    (found,) = anna.pairs()
    assert found == {
        "state": "open", "cases": sorted((one, two)), "signs": ["like-household"], "on": str(DAY),
    }  # fmt: skip
    assert office.acting("pia:placement").queues()["lists"]["pair/open"] == 1
    said = [f for f in office.acting("pia:placement").watch() if "looks like" in f.what]
    assert [f.do for f in said] == [
        f"say whether they are one: 'partage duplicate {' '.join(sorted((one, two)))}'"
    ]
    counted = [f for f in office.acting("min:minister").watch() if "look like one" in f.what]
    assert [f.what for f in counted] == ["1 pair(s) of cases look like one household"]
    with pytest.raises(NotPermitted):
        office.acting("pia:placement").pairs()
    anna.duplicate(one, two, "same")
    assert anna.pairs() == []
    assert office.acting("rita:auditor").verify().clean
