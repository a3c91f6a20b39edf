"""Scenarios on pages: run in both languages, and a policy taken away as a draft that loads."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from partage.core.policy import Source
from partage.packs.loader import load_pack
from partage.packs.policies import parse_policy
from partage.report.draft_policy import as_toml
from web.asking import Browser


@pytest.fixture
def browse(still):
    return lambda who="": Browser(still, who)


def test_a_minister_reads_what_would_follow_in_both_languages(browse):
    assert "redirect-all" in browse("m:minister").get("/en/scenarios").text
    page = browse("m:minister").get("/fr/scenario/redirect-all")
    assert page.status == 200
    assert "nuitées sans toit" in page.text
    assert "Part reçue et part due" in page.text
    assert "40 tirages fictifs" in page.text
    assert browse("m:minister").get("/en/scenario/dreams").status == 404


def test_a_scenario_is_drawn_on_its_page_and_every_drawing_has_its_table(browse):
    text = browse("m:minister").get("/fr/scenario/redirect-all").text
    drawings = re.findall(r"<svg[^>]*>.*?</svg>", text, re.S)
    assert len(drawings) == 6
    assert text.count("<table") == 6
    for drawn in drawings:
        said = re.search(r"<title [^>]*>(.+?)</title><desc [^>]*>(.+?)</desc>", drawn)
        assert said
        assert not re.search("style=|<style|<script|href=", drawn)
    assert re.search("[0-9][\u202f\u00a0]000</text>", text)  # numbers as French writes them
    ids = re.findall(r'\bid="([^"]+)"', text)
    assert len(ids) == len(set(ids))


def test_a_scenario_is_set_beside_another_of_the_same_days_only(browse):
    page = browse("m:minister").get("/en/scenario/redirect-all?beside=practice-2022-23")
    assert "redirect-all less practice-2022-23, run by run" in page.text
    assert page.text.count("<svg") == 7
    assert re.search(r"person-nights without a roof</th>.*?\(.* … .*\)", page.text, re.S)
    other = browse("m:minister").get("/en/scenario/redirect-all?beside=surge-2017")
    assert (other.status, "surge-2017" in other.text) == (404, True)


def test_a_scenario_is_taken_away_as_a_draft_policy_in_force_on_no_day(browse):
    text = browse("ana:analyst").get("/en/scenario/redirect-all/draft").text
    draft = parse_policy(text.encode(), "draft.toml")
    assert (draft.id, draft.kind, draft.in_force_from) == ("redirect-all-draft", "proposal", None)
    assert "person-nights without a roof (5 to 95 %:" in draft.source.title
    assert draft.rules == load_pack().policy("redirect-all").rules
    assert browse("x:household@x").get("/en/scenario/redirect-all/draft").status == 403


@pytest.mark.parametrize("name", sorted(load_pack().policies))
def test_every_policy_of_the_pack_is_written_and_read_again(name):
    policy = load_pack().policies[name]
    again = parse_policy(as_toml(policy, "again", Source("a draft")).encode(), "again.toml")
    same = {
        "id": "again", "version": again.version, "kind": "proposal", "source": again.source,
        "mark": again.mark, "in_force_from": None, "in_force_to": None, "review_on": None,
        "assumption": "", "notes": again.notes,
    }  # fmt: skip
    assert again == replace(policy, **same)
