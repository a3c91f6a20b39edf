"""What today's plan would be under another policy: same people, places and lots, and nothing is kept."""

from __future__ import annotations

import pytest

from daily import take_in
from offices import opened
from partage.core.errors import InputRefused, NotPermitted, WrongState
from partage.office.office import Office

OPEN = b"""
[policy]
id = "open-doors"
version = "0.1"
kind = "proposal"
profile_blind = true
[policy.source]
title = "A draft for a test: nobody is excluded from anywhere"
[[priority]]
id = "roof"
[[priority]]
id = "short-ride"
[priority.points]
under_200_km = 50
"""


@pytest.fixture
def office():
    office = opened("memory:")
    take_in(office, "a,2", "b,1,2", "c,1", "d,2")
    return office


def test_a_draft_is_set_against_a_policy_and_nothing_is_kept_but_the_look(office: Office):
    pia = office.acting("pia:placement")
    last = office.journal.head()[0]
    seen = pia.preview_policy(draft=OPEN, against="redirect-all")
    first, second = seen["policies"]
    assert (first["policy"], second["policy"]) == ("redirect-all", "open-doors")
    assert (first["in_force"], second["in_force"]) == (True, False)
    assert first["placed"] == second["placed"] == 8
    placed = {one["region"]: one["placed"] for one in seen["regions"]}
    assert placed["CA-QC"] == [
        0,
        8,
    ]  # the rule of the request keeps everybody out; the draft nobody
    assert len(seen["changes"]) == 4
    assert all(one["after"].startswith("ca-qc/") for one in seen["changes"])
    assert [e.verb for e in office.journal.read() if e.no > last] == ["read"]
    assert not office.journal.rows("matters", list="plan/as-if")


def test_the_same_policy_changes_nobody_and_is_what_propose_makes(office: Office):
    rosa = office.acting("rosa:approver")
    seen = rosa.preview_policy("redirect-all", against="redirect-all")
    assert seen["changes"] == []
    plan, _ = office.acting("pia:placement").propose("redirect-all")
    assert plan is not None
    assert seen["policies"][1]["placed"] == sum(line.persons for line in plan.placed)
    assert {r["region"]: r["placed"][1] for r in seen["regions"] if r["placed"][1]} == {
        region: persons for region, persons in plan.persons_by_region().items() if persons
    }


def test_what_cannot_be_previewed_is_said(office: Office):
    pia = office.acting("pia:placement")
    with pytest.raises(WrongState, match="No standing policy"):
        pia.preview_policy("redirect-all")
    rule = b'[[rule]]\nnever = ["CA-XX"]\n'
    with pytest.raises(InputRefused, match="'CA-XX', which this pack does not have"):
        pia.preview_policy(draft=OPEN + rule, against="redirect-all")
    with pytest.raises(InputRefused, match="the draft"):
        pia.preview_policy(draft=b"policy = 3", against="redirect-all")
    with pytest.raises(NotPermitted):
        office.acting("anna:intake").preview_policy("redirect-all", against="redirect-all")
