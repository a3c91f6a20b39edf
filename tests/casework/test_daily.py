"""The day of the office: standing policy, roofs for a night, plans by hand, exits and the close."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import timedelta

import pytest

from daily import findings, later, site_of, state, take_in
from offices import AT, DAY, opened
from partage.compose import open_office
from partage.core.errors import InputRefused, LotsRequired, NotPermitted, Unavailable, WrongState
from partage.core.situation import Agreement, Origin, Terms
from partage.office.office import Office
from partage.packs.loader import load_pack

HERE = Origin(source="a letter")


@pytest.fixture
def office():
    office = opened("memory:")
    yield office
    assert office.acting("rita:auditor").verify().clean, "verify found a fault"
    office.journal.close()


# -- the standing policy -------------------------------------------------------------------


def test_a_standing_policy_takes_two_persons_and_the_same_words(office):
    assert not office.acting("pia:placement").adopt("redirect-all").data["confirmed"]
    with pytest.raises(WrongState, match="does not confirm"):
        office.acting("PIA:approver").adopt("redirect-all")
    assert not office.acting("rosa:approver").adopt("redirect-all", "12:00").data["confirmed"]
    assert office.acting("pia:placement").adopt("redirect-all", "12:00").data["confirmed"]
    take_in(office, "a,1")
    _, done = office.acting("pia:placement").propose()
    assert done.data["policy"] == "redirect-all"


def test_without_a_standing_policy_one_is_named(office):
    take_in(office, "a,1")
    with pytest.raises(WrongState, match="No standing policy"):
        office.acting("pia:placement").propose()


def test_who_comes_after_the_cut_off_is_in_the_next_plan(office):
    office.acting("pia:placement").adopt("redirect-all", "10:00")
    office.acting("rosa:approver").adopt("redirect-all", "10:00")
    [early] = take_in(office, "a,1")  # 14:00 UTC is 9:00 at Roxham Road
    later(office, hours=2)
    [late] = take_in(office, "b,1")
    plan, done = office.acting("pia:placement").propose()
    assert plan is not None
    assert [line.case for line in plan.lines] == [early]
    assert any(late in f.where and "cut-off" in f.what for f in done.findings)
    later(office, days=1)
    plan, _ = office.acting("pia:placement").propose()
    assert plan is not None
    assert {line.case for line in plan.lines} == {early, late}


def test_a_cut_off_after_midnight_is_of_the_same_operational_day(office):
    office.acting("pia:placement").adopt("redirect-all", "02:00")
    office.acting("rosa:approver").adopt("redirect-all", "02:00")
    [case] = take_in(office, "a,1")
    plan, done = office.acting("pia:placement").propose()
    assert plan is not None
    assert [line.case for line in plan.lines] == [case]
    assert done.data["cut_off"] == "2023-02-21T07:00:00.000000Z"
    with pytest.raises(InputRefused, match="time of day"):
        office.acting("pia:placement").adopt("redirect-all", "14:00+05:00")


# -- a roof for the night ------------------------------------------------------------------


def test_one_officer_gives_a_roof_for_the_night_and_a_second_looks_at_it(office):
    [case] = take_in(office, "a,2,1")
    site = site_of(office, "CA-QC", rooms="room.family")
    before = office.acting("pia:placement").survey(DAY, 1).allocable[site]["person"]
    done = office.acting("anna:intake").emergency(case, site, why="no-roof")
    assert state(office, case)["account"] == f"hosted@{site}"
    assert state(office, case)["state"] == "waiting"  # the next plan looks for a place
    assert office.acting("pia:placement").survey(DAY, 1).allocable[site]["person"] == before - 3
    with pytest.raises(WrongState, match="Whoever gave the roof"):
        office.acting("Anna:approver").review_roof(done.data["roof"], "upheld")
    later(office, days=1)
    assert findings(office, "emergency roof")[0].startswith("fault")
    office.acting("rosa:approver").review_roof(done.data["roof"], "upheld")
    assert not findings(office, "emergency roof")
    with pytest.raises(WrongState, match="already"):
        office.acting("rosa:approver").review_roof(done.data["roof"], "upheld")


def test_a_roof_in_an_emergency_is_never_across_a_region(office):
    [case] = take_in(office, "a,1")
    with pytest.raises(WrongState, match="never across a region") as refused:
        office.acting("anna:intake").emergency(case, site_of(office, "CA-ON"), why="no-roof")
    assert "never across a region" in refused.value.do


def test_a_roof_for_who_left_is_refused_in_a_sentence(office):
    (case,) = take_in(office, "a,1")
    office.acting("anna:intake").exit(case, "housing")
    with pytest.raises(WrongState, match=f"{case} is 'left'"):
        office.acting("anna:intake").emergency(case, site_of(office, "CA-QC"), why="no-roof")


def test_a_roof_is_never_promised_twice_and_the_refusal_names_where_there_is_room(office):
    [big] = take_in(office, "a,40")
    site = site_of(office, "CA-QC")
    office.acting(f"q:site@{site}").update(
        site, blocked={"room.family": office.acting("p:placement").survey(DAY).agreed[site]["room.family"]},
        why="repairs", last=DAY,
    )  # fmt: skip
    with pytest.raises(WrongState, match=r"has no room\.family free"):
        office.acting("anna:intake").emergency(big, site, why="weather")


def test_the_next_day_they_travel_and_the_roof_of_the_night_is_free_again(office):
    [case] = take_in(office, "a,1")
    night = site_of(office, "CA-QC")
    office.acting("anna:intake").emergency(case, night, why="late-arrival")
    _, done = office.acting("pia:placement").propose("redirect-all")
    office.acting("rosa:approver").approve(done.data["plan"])
    office.acting("pia:placement").offer(case)
    office.acting("anna:intake").answer(case, "accept")
    there = state(office, case)["offer"]["site"]
    left = office.acting("pia:placement").depart(there)
    assert office.journal.row("places", night)["occupied"]["person"] == 1  # until they are there
    office.acting(f"lea:site@{there}").arrive(left.data["run"])
    assert "person" not in office.journal.row("places", night)["occupied"]
    assert state(office, case)["account"] == f"hosted@{there}"


def test_a_minor_alone_gets_a_roof_from_an_officer_and_stays_with_one(office):
    [case] = take_in(office, "a,0,1")
    done = office.acting("anna:intake").emergency(case, site_of(office, "CA-QC"), why="no-roof")
    assert state(office, case)["state"] == "outside-engine"
    assert "whoever protects them" in str(done.findings[0])


def test_a_closed_site_does_not_leave_anybody_without_a_roof(office):
    [case] = take_in(office, "a,1")
    first = site_of(office, "CA-ON")
    office.acting(f"q:site@{first}").arrive_late(case, first)  # came by itself
    assert state(office, case)["state"] == "hosted"
    other = next(
        s for s, free in office._tonight("CA-ON", DAY).items()
        if s != first and free.get("room", 0) and free.get("person", 0)
    )  # fmt: skip
    office.acting("anna:intake").emergency(case, other, why="site-closed")
    assert state(office, case)["state"] == "waiting"
    assert state(office, case)["account"] == f"hosted@{other}"


# -- by hand and override ------------------------------------------------------------------


def test_a_plan_by_hand_has_the_same_referee_reasons_and_approval(office):
    a, b = take_in(office, "a,1", "b,2,1")
    on = site_of(office, "CA-ON")
    plan, done = office.acting("pia:placement").place({a: on, b: on}, "redirect-all")
    assert plan is not None
    assert {line.site for line in plan.lines} == {on}
    assert plan.mechanism == "by-hand"
    assert not plan.proven
    assert all("by-hand" in line.flags for line in plan.lines)
    with pytest.raises(NotPermitted):
        office.acting("pia:approver").approve(done.data["plan"])
    with pytest.raises(WrongState, match="flagged"):
        office.acting("rosa:approver").approve(done.data["plan"])
    office.acting("rosa:approver").approve(done.data["plan"], only=[a, b])
    assert state(office, a)["approved"]["site"] == on


def test_a_place_by_hand_that_the_rules_forbid_is_refused_with_the_reason(office):
    [case] = take_in(office, "a,1")
    with pytest.raises(WrongState, match="a rule of the policy excludes it"):
        office.acting("pia:placement").place({case: site_of(office, "CA-QC")}, "redirect-all")


def test_nobody_with_an_officer_is_placed_by_a_plan(office):
    [case] = take_in(office, "a,0,1")
    with pytest.raises(WrongState):
        office.acting("pia:placement").place({case: site_of(office, "CA-ON")}, "redirect-all")


def test_a_tie_in_the_key_is_answered_by_a_draw_by_hand_too():
    pack = load_pack()
    twins = tuple(replace(f, value="1000000") for f in pack.figures)
    office = open_office("memory:", "t:admin", pack=replace(pack, figures=twins), at=AT, seed="t")
    for region in ("CA-ON", "CA-NB"):
        office.acting(f"r:region@{region}").agree_as_in_pack(region)
    [case] = take_in(office, "a,1")
    site = site_of(office, "CA-ON")
    pia = office.acting("pia:placement")
    with pytest.raises(LotsRequired):
        pia.place({case: site}, "redirect-all")
    plan, _ = pia.place({case: site}, "redirect-all", lots=("CA-ON", "CA-NB"))
    assert plan is not None
    assert [line.site for line in plan.lines] == [site]
    draw = str(pia.draw().data["draw"])
    pia.draw(draw, ["CA-ON", "CA-NB"])
    _, done = pia.place({case: site}, "redirect-all", draw=draw)
    assert done.data["draw"] == draw
    assert office.acting("rita:auditor").verify().clean
    office.journal.close()


def test_an_override_shows_what_follows_and_replaces_the_plan(office):
    cases = take_in(office, *(f"r{n},1" for n in range(6)))
    _, done = office.acting("pia:placement").propose("redirect-all")
    old = done.data["plan"]
    plan_lines = {c: office.acting("anna:intake").explain(c)["site"] for c in cases}
    case = cases[0]
    other = next(
        s.id for s in office.pack.sites
        if s.region == "CA-ON" and s.id != plan_lines[case]
        and office.acting("p:placement").survey(DAY).allocable.get(s.id, {}).get("room", 0) > 6
    )  # fmt: skip
    before = office.journal.head()
    omar = office.acting("omar:placement")
    shown = omar.override(old, case, other, why="language", preview=True)
    assert [e.verb for e in office.journal.read(after=before[0])] == ["read"]
    made = omar.override(old, case, other, why="language", note="asked in person")
    assert made.data["consequences"] == shown.data["consequences"]
    assert {"case": case, "persons": 1, "before": plan_lines[case], "after": other} in made.data[
        "consequences"
    ]
    with pytest.raises(WrongState, match="was overridden"):
        office.acting("rosa:approver").approve(old)
    new = made.data["plan"]
    for name in ("pia", "omar"):
        with pytest.raises(NotPermitted, match="overrode"):
            office.acting(f"{name}:approver").approve(new)
    office.acting("rosa:approver").approve(new)
    assert state(office, case)["state"] == "waiting"  # flagged: by name only
    office.acting("rosa:approver").approve(new, only=[case])
    assert state(office, case)["approved"]["site"] == other
    assert "asked in person" not in str([e.body for e in office.journal.read()])


def test_an_override_needs_a_coded_reason(office):
    [case] = take_in(office, "a,1")
    _, done = office.acting("pia:placement").propose("redirect-all")
    with pytest.raises(InputRefused, match="not a reason"):
        office.acting("omar:placement").override(done.data["plan"], case, "", why="because")
    made = office.acting("omar:placement").override(done.data["plan"], case, "", why="wish")
    assert made.data["placed"] == 0


# -- leaving, arriving in parts, and the close ----------------------------------------------


def test_people_leave_and_their_address_is_kept_only_by_consent(office):
    [case] = take_in(office, "a,1")
    site = site_of(office, "CA-QC")
    clerk = office.acting(f"q:site@{site}")
    clerk.arrive_late(case, site)
    clerk.plan_exit(case, "housing", DAY + timedelta(days=3))
    with pytest.raises(InputRefused, match="consents"):
        clerk.exit(case, "housing", address="12 rue X")
    clerk.exit(case, "housing", address="12 rue X", consent=True)
    assert state(office, case)["account"] == "outside:housing"
    assert "person" not in office.journal.row("places", site)["occupied"]
    assert [s.data for s in office.journal.secrets(f"case/{case}", "address")] == [b"12 rue X"]
    assert "rue X" not in str([e.body for e in office.journal.read()])
    with pytest.raises(WrongState):
        office.acting("anna:intake").exit(case, "housing")


def test_a_clerk_of_another_site_cannot_record_an_exit(office):
    [case] = take_in(office, "a,1")
    site = site_of(office, "CA-QC")
    office.acting(f"q:site@{site}").arrive_late(case, site)
    with pytest.raises(NotPermitted):
        office.acting(f"q:site@{site_of(office, 'CA-ON')}").exit(case, "housing")


def on_the_road(office: Office, *rows: str) -> tuple[str, str, list[str]]:
    take_in(office, *rows)
    _, done = office.acting("pia:placement").propose("redirect-all")
    office.acting("rosa:approver").approve(done.data["plan"])
    office.acting("pia:placement").offer_plan(done.data["plan"])
    for case in office.journal.rows("cases", state="offered"):
        office.acting("anna:intake").answer(case, "accept")
    bound = office.journal.rows("cases", state="bound")
    site = next(iter(bound.values()))["offer"]["site"]
    run = office.acting("pia:placement").depart(site)
    return run.data["run"], site, list(run.data["boarded"])


def test_a_run_may_arrive_in_parts(office):
    run, site, cases = on_the_road(office, *(f"r{n},1" for n in range(3)))
    if len(cases) < 2:
        pytest.fail("the fixture needs two households on one run")
    clerk = office.acting(f"lea:site@{site}")
    first = clerk.arrive(run, only=cases[:1])
    assert first.data["still_on_road"] == len(cases) - 1
    assert state(office, cases[1])["state"] == "travelling"
    later(office, days=1)
    assert findings(office, f"run {run}")
    clerk.arrive(run)
    assert not findings(office, f"run {run}")
    assert state(office, cases[1])["state"] == "hosted"


def test_the_night_is_charged_where_people_are_at_four_in_the_morning(office):
    [case] = take_in(office, "a,1")
    site = site_of(office, "CA-QC")
    clerk = office.acting(f"q:site@{site}")
    with pytest.raises(WrongState, match="is over at"):
        office.acting("pia:placement").close(DAY)
    later(office, hours=18, minutes=59)  # 03:59 in Quebec
    clerk.arrive_late(case, site)
    later(office, minutes=2)
    [again] = take_in(office, "b,1")
    clerk.arrive_late(again, site)  # after four: the next night
    later(office, hours=6)
    closed = office.acting("pia:placement").close()
    assert closed.data["day"] == DAY.isoformat()
    assert closed.data["nights"][f"hosted@{site}"] == 1
    assert any("was not counted" in f.what for f in closed.findings)
    assert office.acting("pia:placement").nights(DAY)[f"hosted@{site}"] == 1
    with pytest.raises(WrongState, match="closed already"):
        office.acting("pia:placement").close(DAY, idem="another key")
    later(office, days=1)
    clerk.count(site, 3, by="night-desk")
    assert office.acting("pia:placement").close().data["nights"][f"hosted@{site}"] == 2


def test_the_close_lets_lapsed_offers_expire_and_names_runs_that_are_not_confirmed(office):
    run, _, _ = on_the_road(office, "a,1")
    [case] = take_in(office, "b,1")
    _, done = office.acting("pia:placement").propose("redirect-all")
    office.acting("rosa:approver").approve(done.data["plan"])
    office.acting("pia:placement").offer(case)
    later(office, days=2)
    closed = office.acting("pia:placement").close(DAY)
    assert any(f"run {run}" in f.where and f.weight == "fault" for f in closed.findings)
    assert state(office, case)["state"] == "kept"


def test_a_close_that_is_refused_has_changed_nothing(office):
    [case] = take_in(office, "a,1")
    _, done = office.acting("pia:placement").propose("redirect-all")
    office.acting("rosa:approver").approve(done.data["plan"])
    head = office.journal.head()
    with pytest.raises(WrongState, match="is over at"):
        office.acting("pia:placement").close(DAY)
    with pytest.raises(WrongState, match="began on 2023-02-20"):
        office.acting("pia:placement").close(DAY - timedelta(1))
    assert office.journal.head() == head
    assert state(office, case)["state"] == "approved"


def test_the_first_night_that_nobody_closed_is_named_until_it_is(office):
    pia = office.acting("pia:placement")
    later(office, days=3)
    pia.close()
    assert findings(office, "day 2023-02-20: is over")
    pia.close(DAY)
    assert findings(office, "day 2023-02-21: is over")
    pia.close(DAY + timedelta(1))
    assert not findings(office, "not closed")


# -- the clock of 15 days, and what is looked at first ---------------------------------------


def test_the_fifteen_days_to_file_are_watched(office):
    [case] = take_in(office, "a,1", referred_on="2023-02-08")
    assert state(office, case)["file_by"] == "2023-02-23"
    assert findings(office, "15 days")
    office.acting("anna:intake").correct(case, {"filed_on": "2023-02-20"}, why="new-information")
    assert not findings(office, "15 days")
    office.acting("anna:intake").correct(case, {"referred_on": "2023-02-01"}, why="mistake")
    assert findings(office, "15 days")[0].startswith("fault")


def test_a_day_of_referral_that_is_no_day_is_a_fault_of_its_row(office):
    with pytest.raises(InputRefused, match="referred_on"):
        take_in(office, "a,1", referred_on="yesterday")


def test_what_waits_or_goes_stale_is_shown_first(office):
    [case] = take_in(office, "a,1")
    later(office, days=5)
    shown = office.acting("pia:placement").watch()
    assert shown[0].weight == "fault"
    assert any(case in f.where and "longer than 3 days" in f.what for f in shown)
    site = site_of(office, "CA-QC")
    assert findings(office, f"site {site}: has said nothing since 2023-02-20T14:00")
    office.acting(f"q:site@{site}").update(site)
    assert not findings(office, f"site {site}: ")


def test_who_lives_where_no_agreement_stands_is_seen_every_morning(office):
    [case] = take_in(office, "a,2,1")
    site = site_of(office, "CA-ON", rooms="room.family")
    office.acting(f"l:site@{site}").arrive_late(case, site)
    ontario = office.acting("on:region@CA-ON")
    end = DAY + timedelta(10)
    ontario.agree("CA-ON", Agreement("CA-ON", DAY, DAY, end, 0, None, HERE))
    ontario.withdraw("CA-ON", first=end + timedelta(1), why="decision")
    ends = findings(office, "the agreement of CA-ON ends on 2023-03-02")
    assert ends[0].startswith(f"fault: site {site}: 3 person(s) live there")
    ontario.withdraw("CA-ON", why="full")
    later(office, days=1)
    said = [str(f) for f in office.acting("pia:placement").survey().findings]
    assert any(s.startswith(f"fault: site {site}: 3 person(s) live there or") for s in said)


def test_over_capacity_is_seen_also_in_a_pause_beside_a_block_and_over_a_cap(office):
    [case] = take_in(office, "a,2,1")
    site = site_of(office, "CA-QC", rooms="room.family")
    clerk, quebec = office.acting(f"l:site@{site}"), office.acting("qc:region@CA-QC")
    clerk.arrive_late(case, site)

    def over() -> list[str]:
        found = office.acting("pia:placement").survey().findings
        return [f.what for f in found if f.weight == "fault" and site in f.where]

    agreed = office.acting("pia:placement").survey().agreed[site]["room.family"]
    clerk.update(site, blocked={"room.family": agreed}, last=DAY, why="fire")
    assert over() == [f"1 room.family in use or held, {agreed} agreed and {agreed} of them blocked"]
    quebec.withdraw("CA-QC", first=DAY, last=DAY, why="staff")
    assert over()
    later(office, days=1)
    assert not over()
    whole = Agreement("CA-QC", DAY, DAY, DAY + timedelta(90), 0, None, HERE)
    quebec.agree("CA-QC", whole, terms=Terms(cap=2))
    said = [str(f) for f in office.acting("pia:placement").survey().findings]
    assert any("region CA-QC: 3 person(s)" in s and "its cap is 2" in s for s in said)


def test_a_child_with_an_officer_is_not_forgotten(office):
    [case] = take_in(office, "a,0,1", referred_on="2023-02-08")
    assert state(office, case)["state"] == "outside-engine"
    assert findings(office, f"case {case}: has until 2023-02-23 to file")
    later(office, days=5)
    assert findings(office, f"case {case}: is with an officer and waits")[0].startswith("fault")


def test_a_policy_that_waits_for_its_second_person_and_a_night_not_closed_are_seen(office):
    pia = office.acting("pia:placement")
    assert not findings(office, "standing policy")
    pia.adopt("redirect-all", "12:00")
    assert pia.standing() == {}
    assert "adopt redirect-all --cut-off 12:00" in findings(office, "standing policy")[0]
    office.acting("rosa:approver").adopt("redirect-all", "12:00")
    assert not findings(office, "standing policy")
    assert pia.standing()["cut_off"] == "12:00"
    assert not findings(office, "not closed")  # the journal began today
    later(office, days=1)
    assert findings(office, "day 2023-02-20: is over and not closed")
    pia.close()
    assert not findings(office, "not closed")


def test_two_declines_are_seen_and_forgotten_on_arrival(office):
    [case] = take_in(office, "a,1")
    for _ in range(2):
        _, done = office.acting("pia:placement").propose("redirect-all")
        if state(office, case)["state"] == "waiting":
            office.acting("rosa:approver").approve(done.data["plan"], only=[case])
        office.acting("pia:placement").offer(case)
        office.acting("anna:intake").answer(case, "decline")
        office.acting("anna:intake").answer(case, "again")
    assert findings(office, "declined 2 offers; nothing is held against it")
    site = site_of(office, "CA-QC")
    office.acting(f"q:site@{site}").arrive_late(case, site)
    assert state(office, case)["declines"] == 0


def test_with_the_solver_gone_people_place_by_hand_and_the_referee_still_judges(
    office, monkeypatch
):
    [one, other] = take_in(office, "a,1", "b,1")
    monkeypatch.setitem(sys.modules, "highspy", None)
    pia = office.acting("pia:placement")
    with pytest.raises(Unavailable, match="HiGHS is not installed"):
        pia.propose("redirect-all")
    site = site_of(office, "CA-ON")
    plan, done = pia.place({one: site}, "redirect-all")
    assert plan is not None
    assert [(line.case, line.site) for line in plan.lines] == [(one, site)]
    office.acting("rosa:approver").approve(done.data["plan"], only=[one])
    assert pia.offer(one).data["site"] == site
    with pytest.raises(WrongState):
        pia.place({other: "ca-qc/montreal/ircc-hotels"}, "redirect-all")
    assert office.acting("rita:auditor").verify().clean
