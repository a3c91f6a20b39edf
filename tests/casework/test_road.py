"""The road as it is: vehicles that go elsewhere, part of a household missing, strangers at the door at night."""

from __future__ import annotations

from datetime import timedelta

import pytest

from daily import findings, later, site_of, state, take_in
from offices import DAY, arrivals, opened
from partage.casework.board import Vehicle
from partage.core.errors import InputRefused, NotFound, NotPermitted, WrongState
from partage.office.office import Office

LEAVES = "2023-02-20T18:00:00.000000Z"


@pytest.fixture
def office():
    office = opened("memory:")
    yield office
    assert office.acting("rita:auditor").verify().clean, "verify found a fault"
    office.journal.close()


def bound(office: Office, *rows: str) -> tuple[str, list[str]]:
    cases = take_in(office, *rows)
    _, done = office.acting("pia:placement").propose("redirect-all")
    office.acting("rosa:approver").approve(done.data["plan"], only=cases)
    office.acting("pia:placement").offer_plan(done.data["plan"])
    for case in office.journal.rows("cases", state="offered"):
        office.acting("anna:intake").answer(case, "accept")
    found = office.journal.rows("cases", state="bound")
    sites = [row["offer"]["site"] for row in found.values()]
    site = max(set(sites), key=sites.count)
    return site, sorted(case for case, row in found.items() if row["offer"]["site"] == site)


def on_road(office: Office, *rows: str) -> tuple[str, str, list[str]]:
    site, cases = bound(office, *rows)
    run = office.acting("pia:placement").depart(site).data["run"]
    return run, site, cases


def another(office: Office, site: str) -> str:
    """The site of Ontario, but for that one, with most rooms."""
    situation = office.acting("pia:placement").survey(DAY)
    return max(
        (s for s in situation.allocable if s.startswith("ca-on/") and s != site),
        key=lambda s: situation.allocable[s].get("room", 0),
    )


# -- a vehicle goes elsewhere ---------------------------------------------------------------


def test_a_run_that_arrives_at_another_site_is_hosted_there_and_asked_again(office):
    run, site, cases = on_road(office, *(f"r{n},1" for n in range(4)))
    there = another(office, site)
    used = office.acting("pia:placement").survey(DAY, 1).load[there]["person"]
    with pytest.raises(NotPermitted):
        office.acting(f"lea:site@{there}").arrive(run)
    done = office.acting(f"lea:site@{there}").arrive(run, site=there)
    assert sorted(done.data["arrived"]) == cases
    for case in cases:
        row = state(office, case)
        assert (row["state"], row["account"]) == ("hosted", f"hosted@{there}")
        assert row["offer"] is None
        assert row["fallback"] is None
    [said, *_] = [f for f in done.findings if "had agreed to" in f.what]
    assert site in said.what
    assert "--ground not-asked" in said.do
    assert office.acting("anna:intake").request_review(cases[0], "not-asked").data["review"]
    after = office.acting("pia:placement").survey(DAY, 1)
    assert after.load[there]["person"] == used + len(cases)
    assert after.load[site]["person"] == 0
    assert not office.journal.rows("matters", list="run/on-road")


def test_part_of_a_run_may_arrive_elsewhere_and_the_others_as_planned(office):
    run, site, cases = on_road(office, *(f"r{n},1" for n in range(4)))
    there = another(office, site)
    office.acting(f"lea:site@{there}").arrive(run, site=there, only=cases[:1])
    assert state(office, cases[1])["state"] == "travelling"
    office.acting(f"lea:site@{site}").arrive(run)
    assert state(office, cases[1])["account"] == f"hosted@{site}"


def test_nobody_is_put_where_there_is_no_room_and_nothing_is_written(office):
    run, site, _ = on_road(office, "a,2", "b,2", "c,1")
    there = another(office, site)
    office.acting(f"q:site@{there}").update(
        there, blocked={"person": office.acting("p:placement").survey(DAY).agreed[there]["person"] - 1},
        why="repairs", last=DAY + timedelta(40),
    )  # fmt: skip
    head = office.journal.head()
    with pytest.raises(WrongState, match="has no person free"):
        office.acting(f"lea:site@{there}").arrive(run, site=there)
    assert office.journal.head() == head
    office.acting(f"lea:site@{site}").arrive(run)


# -- a household of which not everybody is seen -----------------------------------------------


def test_a_household_is_never_split_on_the_road_and_who_is_missing_is_an_alarm(office):
    run, site, [case] = on_road(office, "a,2,1")
    clerk = office.acting(f"lea:site@{site}")
    for wrong in (0, 3, 4):
        with pytest.raises(InputRefused, match="1 to 2"):
            clerk.arrive(run, partly={case: wrong})
    with pytest.raises(InputRefused, match="cannot arrive with"):
        clerk.arrive(run, partly={"H-0000000000": 1})
    done = clerk.arrive(run, partly={case: 2})
    assert done.data["arrived"] == [case]
    assert [f.weight for f in done.findings] == ["fault"]
    assert (done.data["persons"], done.data["missing"]) == (3, 1)
    assert (
        clerk.survey_site(site)["here"]["missing"] == 1
    )  # the desk where they are missing sees it
    assert state(office, case)["state"] == "hosted"
    assert state(office, case)["persons"] == 3  # one household, one place, one line in the book
    later(office, days=1)
    [alarm] = findings(office, "not seen")
    assert "1 of its 3 person(s)" in alarm
    assert alarm.startswith("fault")
    clerk.found(case)
    assert not findings(office, "not seen")
    assert "missing" not in clerk.survey_site(site)["here"]
    with pytest.raises(WrongState):
        office.acting("pia:placement").found(case)


# -- manifests ------------------------------------------------------------------------------


def test_a_superseded_manifest_says_so_and_one_that_left_stands(office):
    site, cases = bound(office, *(f"r{n},1" for n in range(4)))
    pia = office.acting("pia:placement")
    run = pia.board(site, [Vehicle(50)], LEAVES).data["runs"][0]["run"]
    first = pia.manifest(run)
    assert first["superseded_by"] == 0
    pia.change_manifest(run, remove=cases[:1])
    old, new = pia.manifest(run, version=1), pia.manifest(run)
    assert (old["superseded_by"], old["mark"]) == (2, first["mark"])
    assert [line["case"] for line in old["lines"]] == cases
    assert [line["case"] for line in new["lines"]] == cases[1:]
    with pytest.raises(NotFound, match="no version 3"):
        pia.manifest(run, version=3)
    pia.depart(run)
    office.acting(f"lea:site@{site}").arrive(run)
    after = pia.manifest(run)
    assert [line | {"now": ""} for line in after["lines"]] == [
        line | {"now": ""} for line in new["lines"]
    ]  # also once those on it have arrived
    assert after["mark"] == new["mark"]
    with pytest.raises(WrongState, match="has left"):
        pia.change_manifest(run, add=cases[:1])


def test_a_vehicle_that_was_to_leave_and_has_not_is_seen(office):
    site, _ = bound(office, "a,1")
    run = office.acting("pia:placement").board(site, [Vehicle(50)], LEAVES).data["runs"][0]["run"]
    assert not findings(office, f"run {run}")
    later(office, hours=6)
    [late] = findings(office, f"run {run}")
    assert "has not left" in late
    office.acting("pia:placement").depart(run)
    assert not findings(office, "has not left")


def test_who_said_no_and_still_waits_where_they_came_in_is_seen(office):
    [case] = take_in(office, "a,1")
    _, done = office.acting("pia:placement").propose("redirect-all")
    office.acting("rosa:approver").approve(done.data["plan"])
    office.acting("pia:placement").offer_plan(done.data["plan"])
    office.acting("anna:intake").answer(case, "decline")
    later(office, days=2)
    assert not findings(office, case)
    later(office, days=3)
    [waits] = findings(office, case)
    assert waits.startswith("fault")
    assert "has a fallback place at" in waits


# -- strangers at the door at night -----------------------------------------------------------


def test_a_clerk_counts_who_turns_up_at_night_before_anybody_knows_who_they_are(office):
    site = site_of(office, "CA-QC")
    later(office, hours=14)  # 23:00 in Quebec
    before = office.acting("pia:placement").survey(DAY, 1).allocable[site]["person"]
    clerk = office.acting(f"q:site@{site}")
    done = clerk.headcount(3, site=site)
    group = done.data["group"]
    assert (office.journal.row("book", f"hosted@{site}") or {})["persons"] == 3
    assert office.acting("pia:placement").survey(DAY, 1).allocable[site]["person"] == before - 3
    assert any(site in f for f in findings(office, group))
    later(office, hours=10)
    assert office.acting("pia:placement").close(DAY).data["nights"][f"hosted@{site}"] == 3
    anna = office.acting("anna:intake")
    described = anna.register(arrivals("a,2"), group=group)
    [case] = described.data["registered"]
    assert any("--walk-in" in f.do and case in f.where for f in described.findings)
    clerk.arrive_late(case, site)
    assert (office.journal.row("book", f"hosted@{site}") or {})["persons"] == 3
    closed = anna.close_group(group)
    assert closed.data["never_described"] == 1
    assert (office.journal.row("book", f"hosted@{site}") or {})["persons"] == 2
    assert office.acting("pia:placement").survey(DAY, 1).load[site]["person"] == 2


def test_as_many_strangers_as_there_are_places_tonight_are_counted_and_not_one_more(office):
    site = site_of(office, "CA-QC")
    clerk = office.acting(f"q:site@{site}")
    free = clerk.survey_site(site)["places"]["person"]["free"]
    with pytest.raises(WrongState, match="has no person free"):
        clerk.headcount(free + 1, site=site)
    clerk.headcount(free, site=site)
    assert clerk.survey_site(site)["places"]["person"]["free"] == 0


def test_a_clerk_counts_at_its_own_site_and_describes_nobody(office):
    site, other = site_of(office, "CA-QC"), site_of(office, "CA-ON")
    clerk = office.acting(f"q:site@{site}")
    with pytest.raises(NotPermitted):
        clerk.headcount(3, site=other)
    with pytest.raises(NotPermitted):
        clerk.headcount(3)
    with pytest.raises(NotPermitted):
        clerk.register(arrivals("a,1"))
    group = clerk.headcount(1, site=site).data["group"]
    with pytest.raises(NotPermitted):
        clerk.close_group(group)


def test_a_full_site_says_where_there_is_room(office):
    site = site_of(office, "CA-ON")
    clerk = office.acting(f"q:site@{site}")
    clerk.update(
        site, blocked={"person": office.acting("p:placement").survey(DAY).agreed[site]["person"]},
        why="repairs", last=DAY,
    )  # fmt: skip
    with pytest.raises(WrongState, match="has no person free") as refused:
        clerk.headcount(2, site=site)
    assert "ca-on/" in refused.value.do
