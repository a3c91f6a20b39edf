"""At the door of a vehicle: marks that can be taken back, heads that are counted, a no that costs no roof."""

from __future__ import annotations

import pytest

from casework.test_board import LEAVES, bound
from daily import state
from offices import opened
from partage.casework.board import Vehicle
from partage.casework.check_in import MARKS, at_the_door, marks_of
from partage.core.errors import InputRefused, NotFound, NotPermitted, WrongState


@pytest.fixture
def office():
    office = opened("memory:")
    yield office
    assert office.acting("rita:auditor").verify().clean, "verify found a fault"
    office.journal.close()


@pytest.fixture
def loading(office):
    """An escort of a run with four households of one, two, one and one persons."""
    site, cases = bound(office, "a,1", "b,2", "c,1", "d,1")
    run = office.acting("pia:placement").board(site, [Vehicle(50)], LEAVES).data["runs"][0]["run"]
    one, three, four, two = sorted(cases, key=lambda case: (state(office, case)["persons"], case))
    cases = [one, two, three, four]
    return office.acting(f"eve:escort@{run}"), run, site, cases


def test_a_run_leaves_with_who_is_marked_aboard_once_the_heads_are_counted(office, loading):
    eve, run, site, (one, two, three, four) = loading
    held = {case: state(office, case)["fallback"] for case in (one, two, three, four)}
    for code, mark in ((one[-4:].lower(), "aboard"), (two, "aboard"), (three[-4:], "declined")):
        assert eve.check_in(run, code, mark).data["mark"] == mark
    assert state(office, one)["state"] == "bound"  # nobody moves by a mark
    with pytest.raises(
        WrongState, match="2 persons were counted on the vehicle; those marked aboard are 3"
    ):
        eve.depart(run, counted=2)
    assert state(office, two)["state"] == "bound"
    done = eve.depart(run, counted=3)
    assert sorted(done.data["boarded"]) == sorted([one, two])
    assert state(office, one)["state"] == "travelling"
    said_no, absent = state(office, three), state(office, four)
    assert (said_no["state"], said_no["fallback"], said_no["offer"]) == ("kept", held[three], None)
    assert (said_no["declines"], said_no["account"]) == (1, absent["account"])
    assert (absent["state"], absent["no_shows"], absent["fallback"]) == ("waiting", 1, None)
    body = next(e for e in office.journal.read(subject=f"run/{run}") if e.verb == "depart").body
    assert (body["counted"], body["declined"], body["no_show"]) == (3, 1, 1)
    with pytest.raises(WrongState, match="left already"):
        eve.check_in(run, one, "aboard")
    now = {line["case"]: line["now"] for line in eve.manifest(run)["lines"]}
    assert now == {one: "on-road", two: "on-road", three: "not-aboard", four: "not-aboard"}
    office.acting(f"lea:site@{site}").arrive(run)
    assert {line["now"] for line in eve.manifest(run)["lines"]} == {"arrived", "not-aboard"}


def test_a_mark_is_taken_back_said_twice_written_once_and_kept_over_a_new_version(office, loading):
    eve, run, _, cases = loading
    first = eve.check_in(run, cases[0], "aboard", idem="k1")
    assert first.data["marks"] == {"aboard": 1, "not-come": 0, "declined": 0, "expected": 3}
    head = office.journal.head()[0]
    assert eve.check_in(run, cases[0], "aboard", idem="k1").data["answered_before"]
    assert eve.check_in(run, cases[0], "aboard").entries == ()
    assert office.journal.head()[0] == head
    version = eve.manifest(run)["manifest"]
    eve.change_manifest(run, remove=[cases[3]])
    row = office.journal.row("matters", f"run/{run}")
    assert row is not None
    assert marks_of(row) == {cases[0]: "aboard", **dict.fromkeys(cases[1:3], "expected")}
    assert eve.manifest(run)["manifest"] == version + 1
    eve.check_in(run, cases[0], "expected")
    done = eve.depart(run, counted=0)
    assert done.data["boarded"] == []
    assert state(office, cases[3])["state"] == "bound"  # who was taken off is nobody's no-show


def test_what_cannot_be_said_at_the_door_is_refused(office, loading):
    eve, run, site, cases = loading
    for code, mark, refusal in (
        ("ZZZZ", "aboard", NotFound), (cases[0], "lost", InputRefused), ("", "aboard", NotFound),
    ):  # fmt: skip
        with pytest.raises(refusal):
            eve.check_in(run, code, mark)
    for who in (f"lea:site@{site}", "eve:escort@R-00000000"):
        with pytest.raises(NotPermitted):
            office.acting(who).check_in(run, cases[0], "aboard")
    pia = office.acting("pia:placement")
    with pytest.raises(InputRefused, match="manifest is counted"):
        pia.depart(site, counted=1)
    with pytest.raises(InputRefused, match="before the vehicle is counted"):
        pia.depart(run, counted=0, no_show=[cases[0]])
    with pytest.raises(InputRefused, match="cannot have said no"):
        pia.depart(run, no_show=[cases[0]], declined=[cases[0]])
    assert {state(office, case)["state"] for case in cases} == {"bound"}


def test_who_answered_elsewhere_meanwhile_does_not_stop_the_vehicle_unless_it_is_on_it(
    office, loading
):
    eve, run, _, cases = loading
    eve.check_in(run, cases[0], "aboard")
    eve.check_in(run, cases[1], "aboard")
    office.acting("anna:intake").answer(cases[2], "decline")
    office.acting("anna:intake").answer(cases[1], "decline")
    with pytest.raises(WrongState, match="not bound there any more"):
        eve.depart(run, counted=3)
    eve.check_in(run, cases[1], "declined")
    eve.depart(run, counted=1)
    assert [state(office, case)["state"] for case in cases] == [
        "travelling",
        "kept",
        "kept",
        "waiting",
    ]
    assert state(office, cases[2])["declines"] == 1


def test_each_household_of_a_manifest_is_in_one_of_three():
    row = {"cases": ["A", "B", "C"], "marks": {"A": "aboard", "B": "declined", "Z": "aboard"}}
    rows = {case: {"persons": 2} for case in "ABC"}
    door = at_the_door("R-1", row, rows, 2)
    assert (door.aboard, door.no_show, door.declined) == (("A",), ("C",), ("B",))
    assert at_the_door("R-1", row, rows, 2, ["C"]).declined == ("B", "C")
    assert set(marks_of({"cases": ["A"]}).values()) <= set(MARKS)
