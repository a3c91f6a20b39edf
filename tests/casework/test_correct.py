"""Corrections: history kept, persons counted, decisions opened again safely, roofs unchanged."""

from __future__ import annotations

from datetime import timedelta

import pytest

from offices import DAY, arrivals, opened
from partage.core.errors import InputRefused, NotFound, NotPermitted, WrongState
from partage.ledger.views import VIEWS, rebuild

LATER = "2023-02-21T12:00:00.000000Z"


@pytest.fixture
def office():  # type: ignore[no-untyped-def]
    return opened("memory:")


def taken_in(office, *rows: str, **columns: str) -> list[str]:  # type: ignore[no-untyped-def]
    done = office.acting("anna:intake").register(arrivals(*rows, **columns))
    return [case for case, _ in sorted(done.data["rows"].items(), key=lambda item: item[1])]


def state(office, case: str) -> str:  # type: ignore[no-untyped-def]
    return office.journal.row("cases", case)["state"]


def change(office, case: str, why: str = "new-information", **cells: str):  # type: ignore[no-untyped-def]
    return office.acting("anna:intake").correct(case, cells, why=why)


def whole(office) -> bool:  # type: ignore[no-untyped-def]
    report = office.acting("rita:auditor").verify()
    assert [f for f in report.findings if f.weight == "fault"] == []
    assert rebuild(office.journal.read()).tables == {
        view: office.journal.rows(view) for view in VIEWS
    }
    return report.clean


def test_a_child_is_born_and_the_book_counts_it(office):
    (case,) = taken_in(office, "a,2")
    done = change(office, case, "birth", age_0_4="1", guardian="yes")
    assert done.data["changed"] == ["ages"]
    assert office.journal.row("cases", case)["persons"] == 3
    assert office.journal.row("book", "waiting@ca-qc/roxham-road")["persons"] == 3
    assert office.journal.row("book", "outside:entry")["persons"] == -3
    history = [s.data for s in office.journal.secrets(f"case/{case}", "case")]
    assert len(history) == 2  # what was known before stays, as history
    (one,) = [e for e in office.journal.read(subject=f"case/{case}") if e.verb == "correct"]
    assert one.body["why"] == "birth"
    assert "age" not in str(one.body["changed"]).replace("ages", "")  # names, never values
    assert whole(office)


def test_somebody_left_the_household_and_is_counted_out(office):
    (case,) = taken_in(office, "a,3")
    change(office, case, "left-household", age_18_64="2")
    assert office.journal.row("book", "waiting@ca-qc/roxham-road")["persons"] == 2
    assert whole(office)


def proposed(office, *rows: str):  # type: ignore[no-untyped-def]
    cases = taken_in(office, *rows)
    _, done = office.acting("paul:placement").propose("redirect-all", DAY)
    return cases, done.data["plan"]


def test_a_change_after_the_proposal_leaves_the_line_out_of_the_approval(office):
    (one, two), plan = proposed(office, "a,1", "b,1")
    change(office, one, care="clinic.fr")
    done = office.acting("rosa:approver").approve(plan)
    assert done.data["lines"] == 1
    assert (state(office, one), state(office, two)) == ("waiting", "approved")
    assert any("has changed since the plan" in f.what for f in done.findings)
    assert whole(office)


@pytest.mark.parametrize("reached", ["approved", "offered", "bound"])
def test_a_change_after_the_decision_opens_it_again_and_frees_what_was_held(office, reached):
    (case,), plan = proposed(office, "a,1")
    office.acting("rosa:approver").approve(plan)
    if reached != "approved":
        office.acting("paul:placement").offer_plan(plan, until=LATER)
    if reached == "bound":
        office.acting("anna:intake").answer(case, "accept")
    assert state(office, case) == reached
    done = change(office, case, age_18_64="2")
    row = office.journal.row("cases", case)
    assert (row["state"], row["approved"], row["offer"], row["fallback"]) == (
        "waiting",
        None,
        None,
        None,
    )
    assert row["account"] == "waiting@ca-qc/roxham-road"  # the roof they had
    assert not any(r.get("held") for r in office.journal.rows("places").values())
    assert any("waits again and keeps its roof" in f.what for f in done.findings)
    assert whole(office)
    _, again = office.acting("paul:placement").propose("redirect-all", DAY)
    assert again.data["placed"] == 2


def test_what_changes_no_need_changes_no_decision(office):
    (case,), plan = proposed(office, "a,1")
    office.acting("rosa:approver").approve(plan)
    change(office, case, official_language="fr", wishes="QC")
    assert state(office, case) == "approved"
    assert whole(office)


def test_a_minor_who_is_alone_after_all_goes_to_an_officer_and_never_back_by_itself(office):
    (case,), plan = proposed(office, "a,1")
    office.acting("rosa:approver").approve(plan)
    change(office, case, "mistake", age_18_64="0", age_5_17="1")
    assert state(office, case) == "outside-engine"
    again, _ = office.acting("paul:placement").propose("redirect-all", DAY)
    assert again.lines == ()
    change(office, case, official_language="fr")
    assert state(office, case) == "outside-engine"
    change(office, case, age_18_64="1", guardian="yes")
    assert state(office, case) == "outside-engine"  # the hold stands until an officer lifts it
    change(office, case, hold="none", guardian="yes")
    assert state(office, case) == "waiting"
    assert whole(office)


def test_links_are_confirmed_by_each_side_apart_also_after_registration(office):
    one, two = taken_in(office, "a,1", "b,1")
    change(office, one, "wish", linked_to=two)
    plan, _ = office.acting("paul:placement").propose("redirect-all", DAY)
    assert all(not line.together for line in plan.lines)  # one side alone joins nobody
    change(office, two, "wish", linked_to=one)
    plan, _ = office.acting("paul:placement").propose("redirect-all", DAY)
    assert {line.together for line in plan.lines} == {(one,), (two,)}
    change(office, two, "wish", linked_to="")
    plan, _ = office.acting("paul:placement").propose("redirect-all", DAY)
    assert all(not line.together for line in plan.lines)
    with pytest.raises(InputRefused, match="cannot be linked to itself"):
        change(office, one, linked_to=one)
    with pytest.raises(NotFound):
        change(office, one, linked_to="H-0000000000")


def test_who_lives_at_a_site_uses_what_they_are_now(office):
    (case,), plan = proposed(office, "a,2")
    office.acting("rosa:approver").approve(plan)
    office.acting("paul:placement").offer_plan(plan, until=LATER)
    office.acting("anna:intake").answer(case, "accept")
    site = office.journal.row("cases", case)["offer"]["site"]
    run = office.acting("paul:placement").depart(site).data["run"]
    with pytest.raises(WrongState, match="'travelling'"):
        change(office, case, age_18_64="3")
    office.clock.move_to(office.clock.now() + timedelta(hours=9))
    office.acting(f"lea:site@{site}").arrive(run)
    change(office, case, "birth", age_0_4="1", guardian="yes")
    assert office.journal.row("places", site)["occupied"] == {"person": 3, "room.family": 1}
    assert office.journal.row("book", f"hosted@{site}")["persons"] == 3
    assert whole(office)


def test_a_kept_fallback_grows_with_the_household(office):
    (case,), plan = proposed(office, "a,2")
    office.acting("rosa:approver").approve(plan)
    office.acting("paul:placement").offer_plan(plan, until=LATER)
    office.acting("anna:intake").answer(case, "decline")
    kept = office.journal.row("cases", case)["fallback"]["site"]
    done = change(office, case, "joined", age_18_64="3", care="clinic.fr")
    assert office.journal.row("places", kept)["held"]["night"] == {"person": 3, "room.family": 1}
    assert any("other units" in f.what for f in done.findings)
    assert whole(office)


@pytest.mark.parametrize(
    ("cells", "why", "says"),
    [
        ({"age_18_64": "-1"}, "mistake", "age_18_64 is not a number of persons"),
        ({"age_18_64": "0"}, "mistake", "no one in it"),
        ({"mode": "on-foot", "care": "sauna"}, "mistake", "column care"),
        ({"reference": "b"}, "mistake", "'reference' cannot be corrected"),
        ({"surname": "x"}, "mistake", "'surname' cannot be corrected"),
        ({}, "mistake", "Nothing is to be corrected"),
        ({"age_18_64": "1"}, "mistake", "Nothing changes"),
        ({"age_18_64": "2"}, "because", "'because' is not a reason"),
        ({"linked_to": "a friend"}, "wish", "is not a case"),
        ({"entered_at": "yesterday"}, "mistake", "not an instant"),
    ],
)
def test_a_wrong_correction_is_a_sentence_and_changes_nothing(office, cells, why, says):
    (case,) = taken_in(office, "a,1")
    head = office.journal.head()
    with pytest.raises(InputRefused) as refused:
        change(office, case, why, **cells)
    assert says in str(refused.value)
    assert refused.value.do
    looks = list(office.journal.read(after=head[0]))
    assert [e.verb for e in looks] == ["read"] * len(looks), "at most that somebody looked"


def test_only_intake_corrects_and_the_same_request_twice_is_one(office):
    (case,) = taken_in(office, "a,1")
    with pytest.raises(NotPermitted):
        office.acting("paul:placement").correct(case, {"age_18_64": "2"}, why="mistake")
    anna = office.acting("anna:intake")
    first = anna.correct(case, {"age_18_64": "2"}, why="mistake", idem="k")
    again = anna.correct(case, {"age_18_64": "2"}, why="mistake", idem="k")
    assert again.entries == first.entries
    assert office.journal.row("cases", case)["persons"] == 2
