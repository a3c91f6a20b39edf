"""First and second choice within a hair: an officer decides; equals are a draw."""

from __future__ import annotations

import re

import pytest

from daily import take_in
from keptplans import plan_of
from offices import DAY
from partage.core.errors import InputRefused
from partage.core.policy import Priority, Source
from partage.faces.pages.show import explain_answer
from partage.packs.policies import parse_policy
from partage.report.priced import FLAGS
from worlds import household, site, situation

ROOMY = {"person": 9, "room": 9, "room.family": 2, "clinic.fr": 1}


def bands(**points: int) -> Priority:
    return Priority("short-ride", points, Source("made up"))


def flags_with(near: int, far: int, **more):  # type: ignore[no-untyped-def]
    a, b = site("a", "CA-ON"), site("b", "CA-ON")
    world = situation([a, b], [ROOMY, ROOMY], [100, 500])
    priorities = (
        Priority("roof", {}, Source("made up")),
        bands(under_300_km=near, under_600_km=far),
    )
    plan = plan_of([household("H-1", adults=2)], world, priorities=priorities, key=None, **more)
    [line] = plan.lines
    return line.flags


def test_first_and_second_choice_within_a_hair_are_flagged_and_equals_are_not():
    assert flags_with(40, 38) == ("hair",)  # a twentieth of 40
    assert flags_with(40, 37) == ()
    assert flags_with(40, 40) == (), "equals are a draw"
    assert flags_with(40, 37, hair=3) == ("hair",)
    assert flags_with(40, 39, hair=0) == ()
    assert flags_with(40, 39, mechanism="greedy") == (), "it does not decide by prices"


def test_a_second_choice_that_could_not_hold_the_household_is_none():
    a, b = site("a", "CA-ON"), site("b", "CA-ON")
    world = situation([a, b], [ROOMY, {**ROOMY, "person": 1}], [100, 500])
    priorities = (Priority("roof", {}, Source("made up")), bands(under_300_km=40, under_600_km=39))
    plan = plan_of([household("H-1", adults=2)], world, priorities=priorities, key=None)
    assert plan.lines[0].flags == ()


@pytest.mark.parametrize("hair", ["-1", "1001", "true", "1.5", '"2"'])
def test_a_hair_is_a_whole_number(hair):
    text = f"""
[policy]
id = "p"
version = "1"
kind = "law"
profile_blind = true
source = {{title = "t"}}
[place]
hair = {hair}
[[priority]]
id = "roof"
"""
    with pytest.raises(InputRefused, match=r"hair|whole numbers"):
        parse_policy(text.encode(), "p")
    read = parse_policy(text.replace(f"hair = {hair}", "hair = 3").encode(), "p")
    assert read.hair == 3


def test_every_flag_of_a_line_has_words_in_both_languages():
    from pathlib import Path

    source = Path("src/partage/casework/planning.py").read_text("utf-8")
    moves = Path("src/partage/core/moves.py").read_text("utf-8")
    used = set(re.findall(r'append\("([a-z-]+)"\)', source)) | {"by-hand", "hair"}
    used |= set(re.findall(r'\("([a-z-]+)",\) (?:if|else)', moves)) | {
        "approved-lost",
        "by-hand-moved",
    }
    assert used == set(FLAGS)
    assert all(en and fr and en != fr for en, fr in FLAGS.values())


def test_a_line_within_a_hair_waits_for_an_officer_who_names_it(office, monkeypatch):
    monkeypatch.setattr(
        "partage.casework.planning.close_calls",
        lambda instance, site_of, *_, **__: site_of * 0 == [0] + [1] * (len(site_of) - 1),
    )
    cases = take_in(office, "a,1", "b,1", "c,2")
    plan, done = office.acting("pia:placement").propose("redirect-all", DAY)
    close = [line.case for line in plan.lines if line.flags == ("hair",)]
    assert len(close) == 1
    rosa = office.acting("rosa:approver")
    made = rosa.approve(done.data["plan"])
    assert made.data["lines"] == 2
    assert [f.where for f in made.findings] == [f"case {close[0]}"]
    text = explain_answer(rosa, close[0], "officer", "fr")[1]
    assert "à un cheveu" in text
    rosa.approve(done.data["plan"], only=close)
    assert all(office.journal.row("cases", c)["state"] == "approved" for c in cases)
