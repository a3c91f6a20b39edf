"""Reviews with a clock, overrides that are counted and not ranked, asks and answers, appointments, reads."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from daily import findings, later, site_of, state, take_in
from offices import DAY, opened
from partage.casework.approve import load_document
from partage.core.errors import InputRefused, NotPermitted, WrongState
from partage.office.office import Office
from partage.report.overrides import override_report


@pytest.fixture
def office():
    office = opened("memory:")
    yield office
    assert office.acting("rita:auditor").verify().clean, "verify found a fault"
    office.journal.close()


def offered(office: Office, *rows: str) -> list[str]:
    cases = take_in(office, *rows)
    _, done = office.acting("pia:placement").propose("redirect-all")
    office.acting("rosa:approver").approve(done.data["plan"], only=cases)
    office.acting("pia:placement").offer_plan(done.data["plan"])
    return cases


def ask_review(office: Office, case: str, **more: str) -> str:
    household = office.acting(f"them:household@{case}")
    return str(household.request_review(case, "language", **more).data["review"])


# -- reviews --------------------------------------------------------------------------------


def test_a_household_asks_for_a_review_and_nothing_is_taken_away_meanwhile(office):
    [case] = offered(office, "a,1")
    before = state(office, case)
    review = ask_review(office, case, note="nous parlons français")
    assert state(office, case) == before
    assert any(review in f and "answer by 2023-03-02" in f for f in findings(office, "review"))
    assert "français" not in str([e.body for e in office.journal.read()])
    later(office, days=11)
    assert any(f.startswith("fault") for f in findings(office, review))


@pytest.mark.parametrize("who", ["pia", "rosa", "ROSA"])
def test_who_took_part_in_a_decision_does_not_review_it(office, who):
    [case] = offered(office, "a,1")
    review = ask_review(office, case)
    with pytest.raises(NotPermitted, match="took part"):
        office.acting(f"{who}:approver").answer_review(review, "upheld", note="because")


def test_an_outcome_that_changes_the_decision_opens_it_again_with_the_same_roof(office):
    [case] = offered(office, "a,1")
    roof = state(office, case)["account"]
    review = ask_review(office, case)
    shown = office.acting("omar:approver").preview_review(review)
    assert shown["case"] == case
    assert shown["site"]
    head = office.journal.head()
    assert office.acting("omar:approver").preview_review(review) == shown
    assert [e.verb for e in office.journal.read(after=head[0])] == ["read"]
    done = office.acting("omar:approver").answer_review(review, "changed", note="asked again")
    assert done.data["outcome"] == "changed"
    row = state(office, case)
    assert (row["state"], row["account"], row["offer"]) == ("waiting", roof, None)
    with pytest.raises(WrongState, match="answered already"):
        office.acting("omar:approver").answer_review(review, "upheld", note="x")
    assert not findings(office, review)


def test_a_household_at_its_place_keeps_it_until_it_is_elsewhere(office):
    [case] = offered(office, "a,1")
    office.acting("anna:intake").answer(case, "accept")
    there = state(office, case)["offer"]["site"]
    run = office.acting("pia:placement").depart(there)
    office.acting(f"l:site@{there}").arrive(run.data["run"])
    review = ask_review(office, case)
    office.acting("omar:approver").answer_review(review, "changed", note="school")
    assert state(office, case)["account"] == f"hosted@{there}"
    assert office.journal.row("places", there)["occupied"]["person"] == 1


@pytest.mark.parametrize(
    ("ground", "outcome", "note", "word"),
    [("because", "", "", "not a ground"), ("rule", "maybe", "x", "not an outcome"),
     ("rule", "upheld", " ", "says why")],
)  # fmt: skip
def test_a_review_that_says_nothing_is_refused(office, ground, outcome, note, word):
    [case] = offered(office, "a,1")
    anna, omar = office.acting("anna:intake"), office.acting("omar:approver")
    if not outcome:
        with pytest.raises(InputRefused, match=word):
            anna.request_review(case, ground)
        return
    review = anna.request_review(case, ground).data["review"]
    with pytest.raises(InputRefused, match=word):
        omar.answer_review(review, outcome, note=note)


def test_a_household_asks_only_for_itself(office):
    one, other = offered(office, "a,1", "b,1")
    with pytest.raises(NotPermitted):
        office.acting(f"x:household@{one}").request_review(other, "rule")


def settled(office: Office, case: str) -> str:
    """The household lives at the place it was offered."""
    office.acting("anna:intake").answer(case, "accept")
    there = str(state(office, case)["offer"]["site"])
    run = office.acting("pia:placement").depart(there).data["run"]
    office.acting(f"l:site@{there}").arrive(run)
    return there


@pytest.mark.parametrize("who", ["pia", "rosa"])
def test_who_decided_does_not_review_it_either_once_the_household_lives_there(office, who):
    [case] = offered(office, "a,1")
    settled(office, case)
    review = ask_review(office, case)
    with pytest.raises(NotPermitted, match="took part"):
        office.acting(f"{who}:approver").answer_review(review, "upheld", note="because")
    assert office.acting("omar:approver").preview_review(review)["case"] == case


def test_a_household_that_was_found_no_place_contests_the_plan_that_found_none(office):
    for region in ("CA-ON", "CA-NB", "CA-NS"):
        office.acting(f"r:region@{region}").withdraw(region, why="full")
    [case] = take_in(office, "a,1")
    plan, _ = office.acting("pia:placement").propose("redirect-all")
    assert plan is not None
    assert [line.site for line in plan.lines] == [None]
    review = ask_review(office, case)
    with pytest.raises(NotPermitted, match="took part"):
        office.acting("pia:approver").answer_review(review, "upheld", note="because")
    assert office.acting("omar:approver").preview_review(review)["site"] is None


def test_who_writes_requests_down_does_not_answer_them(office):
    [case] = offered(office, "a,1")
    review = ask_review(office, case)
    for who in ("ivo:intake", f"them:household@{case}"):
        with pytest.raises(NotPermitted, match="may not review with reasons"):
            office.acting(who).answer_review(review, "changed", note="x")
        with pytest.raises(NotPermitted):
            office.acting(who).preview_review(review)
    roof = office.acting("anna:intake").emergency(
        case, site_of(office, "CA-QC"), why="no-roof"
    ).data["roof"]  # fmt: skip
    with pytest.raises(NotPermitted):
        office.acting("ivo:intake").review_roof(roof, "upheld")


def test_a_review_of_a_household_on_the_road_is_answered_once_it_has_arrived(office):
    [case] = offered(office, "a,1")
    office.acting("anna:intake").answer(case, "accept")
    there = state(office, case)["offer"]["site"]
    run = office.acting("pia:placement").depart(there).data["run"]
    review = ask_review(office, case)
    omar = office.acting("omar:approver")
    with pytest.raises(WrongState, match="on the road"):
        omar.answer_review(review, "changed", note="school")
    office.acting(f"l:site@{there}").arrive(run)
    omar.answer_review(review, "changed", note="school")
    row = state(office, case)
    assert (row["state"], row["account"]) == ("waiting", f"hosted@{there}")


@pytest.mark.parametrize("where", ["outside-engine", "left"])
def test_a_changed_decision_moves_nobody_whom_no_plan_can_place(office, where):
    [case] = take_in(office, "a,0,1") if where == "outside-engine" else take_in(office, "a,1")
    if where == "left":
        office.acting("anna:intake").exit(case, "housing")
    review = ask_review(office, case)
    before = state(office, case)
    done = office.acting("omar:approver").answer_review(review, "changed", note="asked again")
    assert before["state"] == where
    assert state(office, case) == before
    assert done.findings[0].where == f"case {case}"
    assert not findings(office, review)


# -- overrides ------------------------------------------------------------------------------


def test_overrides_are_counted_by_reason_and_week_and_nobody_is_ranked(office):
    cases = take_in(office, "a,1", "b,1")
    _, done = office.acting("pia:placement").propose("redirect-all")
    office.acting("omar:placement").override(done.data["plan"], cases[0], "", why="health")
    reasons, weeks, spread = office.acting("rita:auditor").overrides()
    assert reasons.rows == (("health", 1, 0),)
    assert reasons.notes == ("1 of 2 lines proposed: 50.0 %",)
    assert weeks.rows == (("2023-W08", 2, 1, "50.0 %"),)
    assert "no spread" in spread.notes[0]
    assert "omar" not in f"{reasons}{weeks}{spread}"


def test_one_override_does_not_undo_another_and_each_counts_once(office):
    cases = take_in(office, *(f"r{n},1" for n in range(6)))
    _, done = office.acting("pia:placement").propose("redirect-all")
    plan = done.data["plan"]
    omar = office.acting("omar:placement")
    for case in cases[:3]:
        made = omar.override(plan, case, "", why="wish")
        assert [c["case"] for c in made.data["consequences"]] == [case]
        plan = made.data["plan"]
    history = office._history(f"plan/{plan}", plan)
    document = load_document(office.journal.blob(history[0].body["document"]), plan)
    assert {line["case"] for line in document["lines"] if not line["site"]} == {*cases[:3]}
    reasons, _, _ = office.acting("rita:auditor").overrides()
    assert reasons.notes == ("3 of 6 lines proposed: 50.0 %",)
    back = omar.override(plan, cases[3], "", why="wish", displace=cases[:1], preview=True)
    assert any(c["case"] == cases[0] and c["after"] for c in back.data["consequences"])


def test_an_override_that_changes_nothing_or_shows_as_if_is_refused(office):
    [case] = take_in(office, "a,1")
    pia, omar = office.acting("pia:placement"), office.acting("omar:placement")
    plan, done = pia.propose("redirect-all")
    assert plan is not None
    [line] = plan.lines
    with pytest.raises(WrongState, match="already"):
        omar.override(done.data["plan"], case, str(line.site), why="wish")
    with pytest.raises(InputRefused, match="room for itself"):
        omar.override(done.data["plan"], case, "", why="wish", displace=[case])
    _, shown = pia.propose("redirect-all", as_if=True)
    with pytest.raises(WrongState, match="as if"):
        omar.override(shown.data["plan"], case, "", why="wish")


def test_a_line_that_was_approved_is_not_overridden_and_the_way_to_change_it_is_named(office):
    [case] = take_in(office, "a,1")
    _, done = office.acting("pia:placement").propose("redirect-all")
    office.acting("rosa:approver").approve(done.data["plan"], only=[case])
    later(office, days=1)  # also when the day of the plan is over
    for preview in (True, False):
        with pytest.raises(WrongState, match=r"is 'approved'.*before it is approved") as refused:
            office.acting("omar:placement").override(
                done.data["plan"], case, "", why="wish", preview=preview
            )
        assert f"'partage review {case} --ground …'" in refused.value.do
    review = office.acting("anna:intake").request_review(case, "health").data["review"]
    office.acting("omar:approver").answer_review(review, "changed", note="nearer to its clinic")
    assert state(office, case)["state"] == "waiting"


def test_the_spread_needs_five_officers():
    *_, spread = override_report([], [1, 9, 3, 4, 5])
    assert spread.notes == ("5 officers; fewest 1, median 4, most 9",)


# -- asks and answers -----------------------------------------------------------------------


def test_an_ask_is_answered_promised_and_found_kept_or_not(office):
    pia = office.acting("pia:placement")
    number = pia.ask("CA-QC", "CA", "costs", text="Ottawa bears the costs", source="a letter",
                     on=date(2023, 2, 19)).data["ask"]  # fmt: skip
    pia.answer_ask(number, "partly", source="a reply", promise="a sum", until=date(2023, 2, 21))
    assert not findings(office, number)
    later(office, days=3)
    assert findings(office, number)
    pia.keep_ask(number, "no", source="the accounts")
    assert not findings(office, number)
    assert pia.asks()[number]["state"] == "not-kept"


def test_an_ask_names_its_document_and_comes_before_its_answer(office):
    pia = office.acting("pia:placement")
    with pytest.raises(InputRefused, match="stands written"):
        pia.ask("CA-QC", "CA", "costs", text="x", source=" ")
    with pytest.raises(InputRefused, match="future"):
        pia.ask("CA-QC", "CA", "costs", text="x", source="y", on=DAY + timedelta(1))
    number = pia.ask("CA-QC", "CA", "costs", text="x", source="y").data["ask"]
    with pytest.raises(InputRefused, match="before it was asked"):
        pia.answer_ask(number, "yes", source="z", on=DAY - timedelta(1))
    with pytest.raises(InputRefused, match="has a day"):
        pia.answer_ask(number, "yes", source="z", promise="w")
    with pytest.raises(WrongState, match="Nothing is promised"):
        pia.keep_ask(number, "yes", source="z")


def test_the_asks_of_the_letter_are_in_the_pack_and_recorded_once(office):
    pia = office.acting("pia:placement")
    pia.asks_of_pack()
    head = office.journal.head()
    pia.asks_of_pack()
    assert office.journal.head() == head
    assert {row["what"] for row in pia.asks().values()} == {
        "redirection", "fair-share", "costs", "agreement", "dignity",
    }  # fmt: skip
    later(office, days=40)  # the Additional Protocol of 25 March
    pia.asks_of_pack()
    answered = pia.asks()["A-letter-agreement"]
    assert answered["answer"] == "yes"
    assert "whole land border" in answered["answers"][0]["said"]
    assert "toute la frontière" in answered["answers"][0]["said_fr"]
    assert all("https://" in row["source"] for row in pia.asks().values())
    assert all(row["text_fr"] for row in pia.asks().values())


def test_a_later_promise_stands_beside_the_earlier_one(office):
    pia = office.acting("pia:placement")
    number = pia.ask("CA-QC", "CA", "costs", text="Ottawa bears the costs", source="a letter",
                     on=date(2023, 2, 19)).data["ask"]  # fmt: skip
    pia.answer_ask(number, "later", source="a speech", said="they look at it")
    pia.answer_ask(number, "partly", source="a reply", promise="a sum", until=date(2023, 2, 21))
    later(office, days=1)
    pia.answer_ask(number, "yes", source="a treaty", promise="all of it", until=date(2023, 3, 31))
    row = pia.asks()[number]
    assert [(a["answer"], a["promise"], a["source"]) for a in row["answers"]] == [
        ("later", "", "a speech"), ("partly", "a sum", "a reply"), ("yes", "all of it", "a treaty"),
    ]  # fmt: skip
    assert row["answers"][0]["said"] == "they look at it"
    later(office, days=2)
    [due] = findings(office, number)  # the first promise is past its day, whatever came after
    assert "a sum" in due
    pia.keep_ask(number, "no", source="the accounts")  # the earliest that is open
    assert not findings(office, number)
    row = pia.asks()[number]
    assert [a["kept"] for a in row["answers"]] == ["", "no", ""]
    assert row["state"] == "promised"
    later(office, days=60)
    assert findings(office, number)
    pia.keep_ask(number, "yes", source="the accounts", which=3)
    row = pia.asks()[number]
    assert [a["kept"] for a in row["answers"]] == ["", "no", "yes"]
    assert row["state"] == "kept"
    with pytest.raises(WrongState, match="Nothing is promised"):
        pia.keep_ask(number, "yes", source="the accounts")


def test_which_promise_was_kept_is_one_that_is_open(office):
    pia = office.acting("pia:placement")
    number = pia.ask("CA-QC", "CA", "costs", text="x", source="y").data["ask"]
    pia.answer_ask(number, "yes", source="z", promise="w", until=DAY + timedelta(3))
    with pytest.raises(InputRefused, match="no open promise 2"):
        pia.keep_ask(number, "yes", source="z", which=2)
    with pytest.raises(InputRefused, match="before the answer"):
        pia.answer_ask(number, "yes", source="z", promise="w", until=DAY - timedelta(3))


# -- appointments and reads -----------------------------------------------------------------


def test_once_a_role_has_appointments_only_who_is_appointed_acts_in_it(office):
    [case] = take_in(office, "a,1")
    admin = office.acting("adam:admin")
    admin.appoint("nora", "intake", first=DAY, last=DAY + timedelta(30), hours="20:00-06:00",
                  deputy_for="anna", instrument="memo 12")  # fmt: skip
    site = site_of(office, "CA-QC")
    with pytest.raises(NotPermitted, match="anna is not appointed as intake"):
        office.acting("anna:intake").emergency(case, site, why="no-roof")
    with pytest.raises(NotPermitted, match="20:00-06:00"):
        office.acting("nora:intake").emergency(case, site, why="no-roof")  # 9:00 at Roxham Road
    later(office, hours=12)
    office.acting("Nora:intake").emergency(case, site, why="late-arrival")
    admin.end_appointment("nora", "intake")
    with pytest.raises(NotPermitted, match="not appointed"):
        office.acting("nora:intake").emergency(case, site, why="no-roof")
    office.acting("pia:placement").watch()  # other roles are as they were


def test_an_appointment_names_its_instrument(office):
    with pytest.raises(InputRefused, match="instrument"):
        office.acting("adam:admin").appoint("n", "intake", first=DAY, last=DAY, instrument="")
    with pytest.raises(InputRefused, match="no hours"):
        office.acting("adam:admin").appoint(
            "n", "intake", first=DAY, last=DAY, instrument="m", hours="night"
        )
    with pytest.raises(NotPermitted):
        office.acting("anna:intake").appoint(
            "anna", "approver", first=DAY, last=DAY, instrument="m"
        )


def test_every_look_at_a_household_is_on_record_with_its_ground(office):
    [case] = take_in(office, "a,1", nationality="Utopia")
    office.acting("rita:auditor").explain(case)
    last = list(office.journal.read())[-1]
    assert (last.verb, last.subject, last.actor) == ("read", f"read/{case}", "rita")
    assert "Privacy Act" in last.body["ground"]
    assert "Utopia" not in str(last.body)
    assert state(office, case)["version"] == 1  # a look makes no plan stale
