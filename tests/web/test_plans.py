"""A plan while it is made, a long plan page by page, and who makes room for an override."""

from __future__ import annotations

import re
import threading
import time
from typing import Any

import pytest

from offices import arrivals
from partage.faces.web.screens import plans
from partage.office.office import Office
from partage.place.watched import Progress

LINES = 60


@pytest.fixture
def gate(monkeypatch):
    """Plans say that they are at work and wait until they are let go."""
    go, propose = threading.Event(), Office.propose

    def slow(self: Office, *given: Any, say: Any = None, **more: Any) -> Any:
        say("roof", 1, 3, Progress(1.0, 1200, 1300, "prices"))
        assert go.wait(60)
        return propose(self, *given, say=say, **more)

    monkeypatch.setattr(Office, "propose", slow)
    monkeypatch.setattr(plans, "SHORT", 0.0)
    return go


def test_a_plan_that_takes_long_says_how_far_it_is_and_leads_to_itself(gate, browse, open_):
    open_("anna:intake").register(arrivals("a,1"))
    pia = browse("pia:placement").get("/fr/plans")
    pia.send("/plans/propose", policy="redirect-all", day="2023-02-21")
    assert "/fr/plans/making/" in pia.at
    there = pia.at.partition("/fr")[1] + pia.at.partition("/fr")[2]
    while "priorité 1 sur 3" not in pia.get(there).words:  # the thread has said it, or soon will
        time.sleep(0.02)
    assert "un toit pour le plus de personnes possible" in pia.words
    assert re.search(r"1.300", pia.words)
    assert "8,3" in pia.words  # the gap: 100 of 1,200, as a percentage
    assert 'http-equiv="refresh"' in pia.text
    assert browse("paul:placement").get(there).status == 404  # what another session makes
    gate.set()
    while "/plan/P-" not in pia.get(there).at:
        time.sleep(0.05)
    assert pia.status == 200
    answer = pia.client.get(there, headers={"x-who": "pia:placement", "hx-request": "true"})
    assert answer.status_code == 204
    assert answer.headers["hx-redirect"].partition("?")[0] in pia.at
    assert pia.get("/fr/plans/making/0123456789abcdef").status == 404


def test_a_refusal_while_a_plan_is_made_is_a_page_as_ever(gate, browse):
    gate.set()
    pia = browse("pia:placement").get("/en/plans")
    pia.send("/plans/propose", policy="population-2024", day="2023-02-21")
    while "/plans/making/" in pia.at and pia.status == 200:
        time.sleep(0.05)
        pia.get(pia.at.partition("testserver")[2])
    assert pia.status == 409


def test_a_long_plan_is_read_page_by_page_and_counted_whole(browse, open_):
    rows = [f"p-{n},{1 + n % 2}" for n in range(LINES)]
    open_("anna:intake").register(arrivals(*rows))
    _, done = open_("pia:placement").propose("redirect-all")
    plan = done.data["plan"]
    rosa = browse("rosa:approver").get(f"/en/plan/{plan}")
    first = re.findall(r'id="l-(H-[0-9A-Z]+)"', rosa.text)
    seen = open_("rosa:approver").read_plan(plan)
    assert seen["counts"]["all"] == len(seen["lines"]) >= LINES
    assert "Page 1 of 2" in rosa.words
    assert f"All ({len(seen['lines'])})" in rosa.words
    second = rosa.get(f"/en/plan/{plan}?page=2").text
    last = re.findall(r'id="l-(H-[0-9A-Z]+)"', second)
    can = [line["case"] for line in seen["lines"] if line["status"] in ("open", "flagged")]
    assert [*first, *last] == can
    assert len(first) <= plans.PER_PAGE
    rosa.get(f"/en/plan/{plan}/approve").send(f"/plan/{plan}/approve")
    taken = open_("rosa:approver").read_plan(plan, show="approved", most=1)
    open_lines = [line for line in seen["lines"] if line["status"] == "open"]
    assert taken["counts"]["approved"] == len(open_lines)  # of every page
    assert len(taken["lines"]) == 1
    assert rosa.get(f"/en/plan/{plan}?show=nonsense").status == 422


def test_who_makes_room_is_chosen_among_those_who_are_placed_there(browse, open_):
    open_("anna:intake").register(arrivals("a,1", "b,2", "c,1"))
    _, done = open_("pia:placement").propose("redirect-all")
    plan = done.data["plan"]
    lines = [one for one in open_("rosa:approver").read_plan(plan)["lines"] if one["site"]]
    case, site = lines[0]["case"], lines[0]["site"]
    rosa = browse("rosa:approver").get(f"/fr/plan/{plan}/override/{case}")
    assert 'name="displace"' not in rosa.text
    rosa.get(f"/fr/plan/{plan}/override/{case}?site={site}")
    offered = set(re.findall(r'name="displace" value="(H-[0-9A-Z]+)"', rosa.text))
    assert offered == {one["case"] for one in lines if one["site"] == site} - {case}


def test_a_draft_of_a_policy_is_previewed_on_its_page_before_two_persons_adopt_it(browse, open_):
    from casework.test_policy_preview import OPEN

    open_("anna:intake").register(arrivals("a,1", "b,2", "c,1"))
    pia = browse("pia:placement").get("/fr/policies")
    pia.send(
        "/policies/preview", against="redirect-all", files={"draft": ("d.toml", OPEN, "text/plain")}
    )
    assert pia.status == 200
    assert "open-doors" in pia.text
    assert re.search(r"[1-9] ménages? serai", pia.words)
    assert "<ins>roof</ins>" not in pia.text  # only where they differ
    assert "<del>population</del>" in pia.text
    assert "/policies/preview" not in browse("anna:intake").get("/en/policies").text
