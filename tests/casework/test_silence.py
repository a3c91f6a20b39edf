"""A site that says nothing for too long is in no plan until it does; an officer may still place there."""

from __future__ import annotations

from datetime import date

import pytest

from daily import later, take_in
from offices import opened
from partage.casework.silence import Silence, last_word
from partage.core.errors import InputRefused
from partage.core.policy import SILENT_HOURS
from partage.office.office import Office
from partage.packs.policies import parse_policy

DAY = date(2023, 2, 24)
POLICY = "redirect-all"
SITES = ("ca-on/niagara-falls/ircc-hotels", "ca-on/windsor/ircc-hotels")


@pytest.fixture
def office():
    """Four days after the agreements were written down, of which nobody has spoken since."""
    office = opened("memory:", regions=("CA-ON", "CA-QC"))
    later(office, days=4)
    yield office
    assert office.acting("rita:auditor").verify().clean
    office.journal.close()


def speak(office: Office, site: str) -> None:
    office.acting(f"lou:site@{site}").update(site)


def said_of(findings: object, site: str) -> list[str]:
    return [f.what for f in findings if f.where == f"site {site}" and "said nothing" in f.what]


def test_a_silent_site_is_in_no_plan_and_one_word_brings_it_back(office: Office):
    cases = take_in(office, "a,2", "b,1")
    for site in office.pack.sites:
        if site.region == "CA-ON" and site.id != SITES[0]:
            speak(office, site.id)
    paul = office.acting("paul:placement")
    plan, done = paul.propose(POLICY)
    assert plan is not None
    assert {line.case for line in plan.placed} == {*cases}
    assert SITES[0] not in {line.site for line in plan.lines}
    assert said_of(done.findings, SITES[0]) == [
        "has said nothing since 2023-02-20T14:00:00.000000Z, and plans leave it out after 72 h"
    ]
    assert all(
        {e.site: e.code for e in line.reason.elsewhere}[SITES[0]] == "silent" for line in plan.lines
    )
    assert said_of(paul.survey().findings, SITES[0])
    assert SITES[0] not in paul.survey().allocable
    row = {r["site"]: r for r in paul.capacity()["sites"]}[SITES[0]]
    assert (row["left_out"], row["services"]["person"]["allocable"]) == (True, 0)
    speak(office, SITES[0])
    row = {r["site"]: r for r in paul.capacity()["sites"]}[SITES[0]]
    assert row["left_out"] is False
    assert row["services"]["person"]["allocable"] > 0
    assert not said_of(paul.propose(POLICY)[1].findings, SITES[0])


def test_a_silent_site_is_a_fault_of_the_day_for_whoever_looks(office: Office):
    found = [f for f in office.acting("paul:placement").watch() if f.where == f"site {SITES[0]}"]
    assert [(f.weight, "said nothing" in f.what) for f in found] == [("fault", True)]


def test_an_officer_places_there_by_hand_and_is_told_but_the_engine_does_not(office: Office):
    hand, other = take_in(office, "a,2", "b,1")
    paul = office.acting("paul:placement")
    plan, done = paul.place({hand: SITES[0]}, POLICY)
    assert plan is not None
    assert [line.site for line in plan.lines] == [SITES[0]]
    assert "by hand" in said_of(done.findings, SITES[0])[0]
    made, done = paul.propose(POLICY)
    assert made is not None
    assert not made.placed  # every site is silent
    new = office.acting("rosa:approver").override(
        str(done.data["plan"]), other, SITES[1], why="capacity-known-otherwise"
    )
    lines = paul.read_plan(str(new.data["plan"]))["lines"]
    assert {line["case"]: line["site"] for line in lines} == {other: SITES[1], hand: ""}


def test_what_people_do_at_the_door_and_days_that_are_over_do_not_ask_for_it(office: Office):
    assert office.acting(f"lou:site@{SITES[0]}").survey_site(SITES[0])["places"]["person"]["free"]
    assert SITES[0] in office.acting("paul:placement").survey(date(2023, 2, 22)).allocable


@pytest.mark.parametrize(
    ("as_of", "stated", "word"), [("b", "a", "b"), ("", "a", "a"), ("", "", "")]
)
def test_the_last_word_is_the_later_of_agreement_and_update(as_of: str, stated: str, word: str):
    assert last_word({"as_of": as_of, "stated_at": stated}) == word


def test_a_site_without_places_is_not_silent(office: Office):
    assert Silence(1, office.clock.now()).finding("site", {}) is None


def test_a_policy_says_after_how_many_hours_or_the_default_holds():
    head = (
        '[policy]\nid = "a"\nversion = "1"\nkind = "law"\nprofile_blind = true\n'
        '[policy.source]\ntitle = "t"\n[[priority]]\nid = "roof"\n'
    )
    assert parse_policy(head.encode(), "a.toml").silent_hours == SILENT_HOURS == 72
    assert parse_policy(f"{head}[silence]\nhours = 24\n".encode(), "a.toml").silent_hours == 24
    for bad in ("hours = 0", "hours = 9000", 'hours = "3"', "days = 3"):
        with pytest.raises(InputRefused):
            parse_policy(f"{head}[silence]\n{bad}\n".encode(), "a.toml")
