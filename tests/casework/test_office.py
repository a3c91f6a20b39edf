"""The office: the story by library, refusals, four eyes, fallback places, and what a decline costs."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from offices import AT, DAY, arrivals, opened
from partage.core.errors import (
    InputRefused,
    NotFound,
    NotPermitted,
    Stale,
    WrongState,
)
from partage.core.situation import Agreement, Origin
from partage.ledger.views import rebuild
from partage.office.office import Office

CORNWALL_PREFIX = "ca-on/cornwall/"


def approved(office: Office, *rows: str) -> tuple[str, list[str]]:
    cases = office.acting("anna:intake").register(arrivals(*rows)).data["registered"]
    _, done = office.acting("paul:placement").propose("redirect-all", DAY)
    office.acting("rosa:approver").approve(done.data["plan"])
    return done.data["plan"], cases


def offered(office: Office, *rows: str) -> list[str]:
    plan, cases = approved(office, *rows)
    office.acting("paul:placement").offer_plan(plan)
    return cases


def all_of(office: Office, site: str) -> dict[str, int]:
    return {"person": office.acting("anna:intake").survey(DAY).agreed[site]["person"]}


def state(office: Office, case: str) -> str:
    return office.journal.row("cases", case)["state"]


def held(office: Office, site: str) -> dict[str, int]:
    return office.journal.row("places", site).get("held", {}).get("night", {})


def test_the_story_from_the_road_to_a_verified_record(office):
    plan, cases = approved(office, "a,1", "b,2", "c,4")
    offers = office.acting("paul:placement").offer_plan(plan).data["offers"]
    assert len(offers) == 3
    intake = office.acting("anna:intake")
    for case in cases:
        intake.answer(case, "accept")
    site = office.journal.row("cases", cases[0])["offer"]["site"]
    mine = [c for c in cases if office.journal.row("cases", c)["offer"]["site"] == site]
    run = office.acting("paul:placement").depart(site).data
    assert sorted(run["boarded"]) == sorted(mine)
    there = office.acting(f"lea:site@{site}").arrive(run["run"]).data
    assert sorted(there["arrived"]) == sorted(mine)
    persons = sum(office.journal.row("cases", c)["persons"] for c in mine)
    assert office.journal.row("book", f"hosted@{site}") == {"persons": persons}
    report = office.acting("rita:auditor").verify()
    assert report.clean, report.findings
    assert report.checked["plans"] == 1


def test_four_eyes_whoever_proposed_does_not_approve(office):
    office.acting("anna:intake").register(arrivals("a,1"))
    _, done = office.acting("same person:placement").propose("redirect-all", DAY)
    with pytest.raises(NotPermitted, match="second person"):
        office.acting("same person:approver").approve(done.data["plan"])


def test_a_decline_frees_the_place_keeps_the_fallback_and_changes_no_roof(office):
    (case,) = offered(office, "a,2")
    row = office.journal.row("cases", case)
    site, fallback = row["offer"]["site"], row["fallback"]["site"]
    assert fallback.startswith("ca-qc/")
    assert held(office, site)["person"] == held(office, fallback)["person"] == 2
    office.acting("anna:intake").answer(case, "decline")
    row = office.journal.row("cases", case)
    assert (row["state"], row["account"], row["declined"]) == (
        "kept",
        "waiting@ca-qc/roxham-road",
        True,
    )
    assert held(office, site) == {}
    assert held(office, fallback)["person"] == 2
    office.acting(f"lou:site@{fallback}").arrive_at_fallback(case)
    assert held(office, fallback) == {}
    assert office.journal.row("book", f"hosted@{fallback}") == {"persons": 2}
    assert office.acting("rita:auditor").verify().clean


def test_no_offer_is_made_without_a_fallback_place(office):
    plan, (case,) = approved(office, "a,1")
    for site in office.pack.sites:
        if site.region == "CA-QC":
            office.acting(f"lou:site@{site.id}").update(
                site.id, blocked=all_of(office, site.id), first=DAY, last=DAY, why="fire"
            )
    done = office.acting("paul:placement").offer_plan(plan)
    assert done.data["offers"] == []
    assert "No fallback place" in done.findings[0].what
    assert done.data["reopened"] == [case]
    assert state(office, case) == "waiting", "it is in the next plan, not left between two chairs"


def test_an_approved_place_that_is_gone_is_not_offered(office):
    _, (case,) = approved(office, "a,1")
    site = office.journal.row("cases", case)["approved"]["site"]
    office.acting(f"lou:site@{site}").update(
        site, blocked=all_of(office, site), first=DAY, last=DAY + timedelta(days=40), why="fire"
    )
    with pytest.raises(WrongState, match="no longer has"):
        office.acting("paul:placement").offer(case)
    assert held(office, site) == {}


def test_who_changed_since_the_proposal_is_left_out_and_the_others_are_not(office):
    office.acting("anna:intake").register(arrivals("a,1", "b,1"))
    paul, rosa = office.acting("paul:placement"), office.acting("rosa:approver")
    _, first = paul.propose("redirect-all", DAY)
    _, second = paul.propose("redirect-all", DAY)
    one = rosa.approve(first.data["plan"], only=[sorted(office.journal.rows("cases"))[0]])
    assert one.data["lines"] == 1
    both = rosa.approve(second.data["plan"])
    assert both.data["lines"] == 1
    assert "has moved on" in both.findings[0].what


def test_no_shows_keep_their_roof_and_the_unseen_raise_an_alarm(office):
    cases = offered(office, "a,1", "b,1", "c,1", "d,1")
    for case in cases:
        office.acting("anna:intake").answer(case, "accept")
    site = office.journal.row("cases", cases[0])["offer"]["site"]
    together = [c for c in cases if office.journal.row("cases", c)["offer"]["site"] == site]
    assert len(together) >= 3, "the fixture's nearest site takes at least three"
    absent, seen, lost = together[:3]
    run = office.acting("paul:placement").depart(site, no_show=[absent]).data["run"]
    assert state(office, absent) == "waiting"
    assert office.journal.row("cases", seen)["account"] == "waiting@ca-qc/roxham-road"
    done = office.acting(f"lea:site@{site}").arrive(run, seen_at_origin=[seen], not_seen=[lost])
    assert state(office, seen) == "waiting"
    assert state(office, lost) == "unknown"
    assert office.journal.row("book", "outside:unknown") == {"persons": 1}
    assert [f.weight for f in done.findings] == ["fault"]
    office.acting("paul:placement").found(lost)
    assert state(office, lost) == "waiting"
    assert office.acting("rita:auditor").verify().clean


def test_an_offer_lapses_only_after_its_time_and_cannot_be_accepted_then(office):
    (case,) = offered(office, "a,1")
    intake = office.acting("anna:intake")
    with pytest.raises(WrongState, match="lives until"):
        intake.answer(case, "expire")
    office.clock.move_to(AT + timedelta(hours=25))
    with pytest.raises(WrongState, match="lapsed"):
        intake.answer(case, "accept")
    intake.answer(case, "expire")
    assert state(office, case) == "kept"


def test_withdrawn_after_acceptance_until_departure_and_not_after(office):
    one, two = offered(office, "a,1", "b,1")
    intake = office.acting("anna:intake")
    for case in (one, two):
        intake.answer(case, "accept")
    intake.answer(one, "decline")
    assert state(office, one) == "kept"
    site = office.journal.row("cases", two)["offer"]["site"]
    office.acting("paul:placement").depart(site)
    with pytest.raises(WrongState, match="travelling"):
        intake.answer(two, "decline")


def test_the_same_file_twice_gives_the_first_answer(office):
    data = arrivals("a,1", "b,2")
    intake = office.acting("anna:intake")
    first, again = intake.register(data), intake.register(data)
    assert first.entries == again.entries
    assert again.data["answered_before"]
    assert len(office.journal.rows("cases")) == 2
    more = intake.register(arrivals("b,2", "c,3"))
    assert more.data["households"] == 1
    assert any("registered already" in f.what for f in more.findings)
    assert len(office.journal.rows("cases")) == 3


def test_the_order_of_the_file_changes_nothing_in_the_plan(tmp_path):
    rows = [f"r{n},{1 + n % 4}" for n in range(12)]
    plans = []
    for order in (rows, rows[::-1]):
        office = opened("memory:")
        office.acting("anna:intake").register(arrivals(*order))
        plan, _ = office.acting("paul:placement").propose("redirect-all", DAY)
        references = {
            s.subject.removeprefix("case/"): s.data
            for s in office.journal.secrets(kind="reference")
        }
        plans.append({references[line.case]: line.site for line in plan.lines})
    assert plans[0] == plans[1]
    assert any(plans[0].values())


def test_a_province_without_consent_has_no_places():
    office = opened("memory:", regions=("CA-QC",))
    office.acting("anna:intake").register(arrivals("a,1"))
    plan, done = office.acting("paul:placement").propose("redirect-all", DAY)
    assert plan.placed == ()
    assert any("has not agreed" in finding.what for finding in done.findings)
    codes = {e.site.split("/")[0]: e.code for e in plan.lines[0].reason.elsewhere}
    assert codes.pop("ca-qc") == "rule"
    assert codes == dict.fromkeys(("ca-on", "ca-nb", "ca-ns", "ca-nl"), "consent")


def test_a_policy_is_approved_only_while_in_force_and_as_if_never(office):
    paul = office.acting("paul:placement")
    office.acting("anna:intake").register(arrivals("a,1"))
    early = datetime(2023, 2, 11, tzinfo=UTC).date()
    with pytest.raises(WrongState, match="not in force"):
        paul.propose("redirect-all", early)
    _, done = paul.propose("redirect-all", early, as_if=True)
    assert "as if in force" in done.assumptions[0]
    with pytest.raises(WrongState, match="never be approved"):
        office.acting("rosa:approver").approve(done.data["plan"])


def test_permits_deny_by_default(office):
    with pytest.raises(NotPermitted, match="may not register"):
        office.acting("rita:auditor").register(arrivals("a,1"))
    with pytest.raises(NotPermitted, match="only for its own region"):
        office.acting("on:region@CA-ON").agree_as_in_pack("QC")
    with pytest.raises(NotPermitted, match="site"):
        office.acting("lea:site@ca-on/x/y").update(office.pack.sites[0].id)
    with pytest.raises(InputRefused, match="roles"):
        office.acting("anna:queen")


def test_what_does_not_exist_is_not_found(office):
    for act in (
        lambda: office.acting("rosa:approver").approve("P-0000000000"),
        lambda: office.acting("anna:intake").answer("H-0000000000", "accept"),
        lambda: office.acting("anna:intake").explain("Marie Tremblay"),
        lambda: office.acting("paul:placement").propose("no-such-policy", DAY),
    ):
        with pytest.raises(NotFound):
            act()


def test_a_minor_alone_is_never_placed_by_the_engine(office):
    office.acting("anna:intake").register(arrivals("alone,0,1", "a,1"))
    plan, _ = office.acting("paul:placement").propose("redirect-all", DAY)
    assert len(plan.outside) == 1
    assert plan.outside[0][1] == "protected-path"
    case = plan.outside[0][0]
    assert state(office, case) == "outside-engine"
    known = office.acting("anna:intake").explain(case)
    assert known["reason"] is None


def test_an_outside_count_is_compared_with_the_book(office):
    site = office.pack.sites[0].id
    done = office.acting(f"lea:site@{site}").count(site, 7, by="night-desk")
    assert done.data == {
        "account": f"hosted@{site}", "reported": 7, "book": 0, "night": "2023-02-20",
    }  # fmt: skip
    report = office.acting("rita:auditor").verify()
    assert report.clean
    assert any("outside count" in f.what for f in report.findings)


def test_no_personal_data_in_entries_blobs_or_views(office):
    """Canaries in every field of the profile and in the reference never leave the vault."""
    header_row = arrivals(
        "CANARYREF,2",
        nationality="CANARYNAT",
        ties="CANARYTIE",
        skills="CANARYSKILL",
        languages="CANARYLANG",
        interpreter_language="CANARYINT",
    )
    office.acting("anna:intake").register(header_row)
    _, done = office.acting("paul:placement").propose("redirect-all", DAY)
    office.acting("rosa:approver").approve(done.data["plan"])
    office.acting("paul:placement").offer_plan(done.data["plan"])
    text = repr(list(office.journal.read())) + repr(rebuild(office.journal.read()).tables)
    marks = [
        e.body[m]
        for e in office.journal.read()
        if e.verb == "propose"
        for m in ("document", "instance", "solution")
    ]
    text += "".join(repr(office.journal.blob(mark)) for mark in marks)
    assert "CANARY" not in text
    assert any(b"CANARYNAT" in s.data for s in office.journal.secrets(kind="profile"))


def test_an_offer_that_somebody_else_moved_first_is_stale_or_retried(office):
    _, cases = approved(office, "a,1", "b,1")
    journal, moved = office.journal, []
    real = journal.append

    def racing(drafts, expect, idem, **more):
        site = next((s for s in expect if s.startswith("site/ca-on")), None)
        if site and len(moved) < 3:
            moved.append(site)
            other = office.acting(f"lea:site@{site.removeprefix('site/')}")
            journal.append = real
            other.update(site.removeprefix("site/"))
            journal.append = racing
        return real(drafts, expect, idem, **more)

    journal.append = racing
    try:
        done = office.acting("paul:placement").offer(cases[0])
    except Stale:
        pytest.fail("it reads again and retries")
    finally:
        journal.append = real
    assert len(moved) == 3
    assert done.data["case"] == cases[0]


def test_a_key_is_one_verbs_own_and_keeps_the_first_answer(office):
    intake = office.acting("anna:intake")
    first = intake.register(arrivals("a,1"), idem="k")
    plan, done = office.acting("paul:placement").propose("redirect-all", DAY, idem="k")
    assert plan is not None
    again, same = office.acting("paul:placement").propose("redirect-all", DAY, idem="k")
    assert again is None
    assert same.data == {**done.data, "answered_before": True}
    assert intake.register(arrivals("b,1"), idem="k").data["registered"] == first.data["registered"]


def test_an_entry_in_the_future_is_a_fault_and_the_others_stand(office):
    rows = (
        arrivals("a,1") + arrivals("b,1", entered_at="2033-02-20T12:00:00Z").splitlines()[1] + b"\n"
    )
    done = office.acting("anna:intake").register(rows)
    assert done.data["households"] == 1
    assert done.data["rows_with_faults"] == 1
    assert any("in the future" in f.what for f in done.findings)
    same = office.acting("anna:intake").register(rows)
    assert same.data["answered_before"]


def test_more_than_is_agreed_cannot_be_blocked_and_who_lives_there_is_named(office):
    site = next(s.id for s in office.pack.sites if s.city == "Cornwall")
    clerk = office.acting(f"lea:site@{site}")
    with pytest.raises(InputRefused, match="are agreed there"):
        clerk.update(site, blocked={"room": 10_000}, why="fire")
    with pytest.raises(InputRefused, match="reason from the list"):
        clerk.update(site, blocked={"room": 1}, why="because of Mr X")


def test_linked_households_are_approved_together_or_not_at_all(office):
    rows = (
        arrivals("a,1", linked_to="b").decode()
        + arrivals("b,1", linked_to="a", mobility="yes").decode().splitlines()[1]
    )
    office.acting("anna:intake").register((rows + "\n").encode())
    plan, done = office.acting("paul:placement").propose("redirect-all", DAY)
    one, two = (line.case for line in plan.lines)
    rosa = office.acting("rosa:approver")
    with pytest.raises(WrongState, match="linked to it is flagged"):
        rosa.approve(done.data["plan"])
    with pytest.raises(WrongState, match="linked to a household that was not named"):
        rosa.approve(done.data["plan"], only=[one])
    assert rosa.approve(done.data["plan"], only=[one, two]).data["lines"] == 2


def test_a_link_to_somebody_with_an_officer_is_flagged(office):
    rows = (
        arrivals("a,1", linked_to="b").decode()
        + arrivals("b,1", linked_to="a", objects_to_automation="yes").decode().splitlines()[1]
    )
    office.acting("anna:intake").register((rows + "\n").encode())
    plan, done = office.acting("paul:placement").propose("redirect-all", DAY)
    assert [line.flags for line in plan.lines] == [("linked-elsewhere",)]
    assert any("joins nobody in this plan" in f.what for f in done.findings)


def test_a_day_that_is_over_is_planned_only_as_if(office):
    office.acting("anna:intake").register(arrivals("a,1"))
    paul = office.acting("paul:placement")
    _, done = paul.propose("redirect-all", DAY)
    office.clock.move_to(AT + timedelta(days=40))
    with pytest.raises(WrongState, match="is over"):
        paul.propose("redirect-all", DAY)
    with pytest.raises(WrongState, match="can no longer be approved"):
        office.acting("rosa:approver").approve(done.data["plan"])
    _, later = paul.propose("redirect-all")
    assert any("was to be looked at again" in f.what for f in later.findings), "past its review day"


def test_the_limit_of_the_day_is_of_the_day_they_are_sent(office):
    site = next(s for s in office.pack.sites if s.city == "Cornwall")
    cases = offered(office, *(f"r{n},6" for n in range(10)))
    for case in cases:
        office.acting("anna:intake").answer(case, "accept")
    rows = office.journal.rows("cases", state="bound")
    there = [c for c, row in rows.items() if row["offer"]["site"] == site.id]
    assert there
    office.clock.move_to(AT + timedelta(days=1))
    mayor = office.acting("mayor:city@ca-on/cornwall")
    origin = Origin(source="a letter")
    agreement = Agreement(site.id, DAY, DAY, DAY + timedelta(days=90), 0, 6, origin)
    mayor.agree(site.id, agreement, [])
    paul = office.acting("paul:placement")
    if len(there) > 1:
        with pytest.raises(WrongState, match="takes 6 persons a day"):
            paul.depart(site.id)
    paul.depart(site.id, only=there[:1])
    sent = office.journal.row("places", site.id)["sent"]
    assert sent["2023-02-21"] == {"person": 6}
    assert office.acting("rita:auditor").verify().clean


def test_an_approved_line_counts_as_taken_until_it_is_offered(office):
    _, cases = approved(office, "a,1")
    site = office.journal.row("cases", cases[0])["approved"]["site"]
    paul = office.acting("paul:placement")
    before = paul.survey(DAY).allocable[site]["room"]
    paul.offer(cases[0])
    assert paul.survey(DAY).allocable[site]["room"] == before


def test_names_that_look_alike_are_one_pair_of_eyes(office):
    office.acting("anna:intake").register(arrivals("a,1"))
    _, done = office.acting("rosa:placement").propose("redirect-all", DAY)
    for name in ("Rosa", "ROSA", " rosa ", "\uff52osa"):
        with pytest.raises(NotPermitted, match="second person"):
            office.acting(f"{name}:approver").approve(done.data["plan"])


def test_the_limit_of_the_day_is_named_as_what_decided(office):
    office.acting("anna:intake").register(arrivals(*(f"r{n},2" for n in range(64))))
    plan, _ = office.acting("paul:placement").propose("redirect-all", DAY)
    cornwall = next(s.id for s in office.pack.sites if s.city == "Cornwall")
    codes = {e.code for line in plan.placed for e in line.reason.elsewhere if e.site == cornwall}
    assert "ramp" in codes, "60 persons a day, long before the rooms are full"
    assert "full" not in codes


def test_a_household_that_wants_the_place_after_all_waits_for_the_next_plan(office):
    (case,) = offered(office, "a,1")
    intake = office.acting("anna:intake")
    intake.answer(case, "decline")
    fallback = office.journal.row("cases", case)["fallback"]["site"]
    intake.answer(case, "again")
    row = office.journal.row("cases", case)
    assert (row["state"], row["declined"], row["account"]) == (
        "waiting",
        False,
        "waiting@ca-qc/roxham-road",
    )
    assert held(office, fallback) == {}
    plan, _ = office.acting("paul:placement").propose("redirect-all", DAY)
    assert [line.case for line in plan.placed] == [case]
    with pytest.raises(WrongState, match="Nothing was changed"):
        intake.answer(case, "again")
    assert office.acting("rita:auditor").verify().clean


def test_a_place_taken_between_reading_and_writing_is_not_promised_again(office):
    _, cases = approved(office, "a,1", "b,1")
    site = office.journal.row("cases", cases[0])["approved"]["site"]
    assert office.journal.row("cases", cases[1])["approved"]["site"] == site
    agreed = office.acting("anna:intake").survey(DAY).agreed[site]["room"]
    office.acting(f"lea:site@{site}").update(
        site, blocked={"room": agreed - 1}, first=DAY, last=DAY + timedelta(days=60), why="repairs"
    )
    journal, real, faster = office.journal, office.journal.rows, []

    def rows(view, **where):
        seen = real(view, **where)
        if view == "places" and not faster:
            faster.append(1)
            office.acting("peter:placement").offer(cases[1])  # after this one has read
        return seen

    journal.rows = rows
    try:
        with pytest.raises(WrongState, match="no longer has"):
            office.acting("paul:placement").offer(cases[0])
    finally:
        journal.rows = real
    assert held(office, site)["room"] == 1
    assert state(office, cases[0]) == "waiting"
    assert office.acting("rita:auditor").verify().clean


def test_who_turns_up_late_at_the_site_stays_there_if_there_is_room(office):
    cases = offered(office, "a,1", "b,1")
    for case in cases:
        office.acting("anna:intake").answer(case, "accept")
    site = office.journal.row("cases", cases[0])["offer"]["site"]
    run = office.acting("paul:placement").depart(site).data["run"]
    clerk = office.acting(f"lea:site@{site}")
    clerk.arrive(run, not_seen=cases)
    clerk.arrive_late(cases[0], site)
    assert office.journal.row("book", f"hosted@{site}") == {"persons": 1}
    assert office.journal.row("places", site)["occupied"] == {"person": 1, "room": 1}
    agreed = office.acting("anna:intake").survey(DAY).agreed[site]["room"]
    clerk.update(site, blocked={"room": agreed - 1}, why="fire")
    with pytest.raises(WrongState, match="has no room free"):
        clerk.arrive_late(cases[1], site)
    with pytest.raises(NotPermitted):
        office.acting("x:site@ca-on/a/b").arrive_late(cases[1], site)
    assert state(office, cases[1]) == "unknown"
    assert office.acting("rita:auditor").verify().clean
