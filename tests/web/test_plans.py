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


def test_lines_are_sorted_and_kept_to_one_province(browse, open_, monkeypatch):
    open_("anna:intake").register(arrivals(*[f"s-{n},{1 + n % 4}" for n in range(70)]))
    _, done = open_("pia:placement").propose("redirect-all")
    plan = done.data["plan"]
    seen = open_("rosa:approver").read_plan(plan)
    persons = {one["case"]: one["persons"] for one in seen["lines"]}
    rosa = browse("rosa:approver").get(f"/en/plan/{plan}?sort=persons")
    cases = re.findall(r'<th scope="row"><a href="/en/case/(H-[0-9A-Z]+)"', rosa.text)
    sizes = [persons[one] for one in cases]
    assert sizes == sorted(persons.values(), reverse=True)[: len(sizes)]
    assert len(sizes) == plans.PER_PAGE
    assert 'href="?sort=persons&amp;page=2#lines"' in rosa.text
    region, placed = max(((r["region"], r["placed"]) for r in seen["regions"]), key=lambda r: r[1])
    rosa.get(f"/fr/plan/{plan}?region={region}&sort=case")
    there = [one["case"] for one in seen["lines"] if one["region"] == region]
    shown = re.findall(r'<th scope="row"><a href="/fr/case/(H-[0-9A-Z]+)"', rosa.text)
    assert shown == sorted(there)[: plans.PER_PAGE]
    assert f'href="?region={region}&amp;sort=case#lines"' in rosa.text  # a number opens its list
    assert f"{len(there)} lignes ici" in rosa.words
    assert sum(persons[one] for one in there) == placed
    asked: list[str] = []
    secrets = Office._secrets
    with monkeypatch.context() as patch:
        patch.setattr(Office, "_secrets", lambda *said: asked.append(said[1]) or secrets(*said))
        rosa.get(f"/en/plan/{plan}?sort=persons&page=2")
    assert 0 < len(asked) <= plans.PER_PAGE, (
        "the reasons of the lines that are shown, and no others"
    )
    first = open_("rosa:approver").read_plan(plan, most=1)["lines"][0]["reason"]
    whole = open_("rosa:approver").read_plan(plan, most=1, whole=True)["lines"][0]["reason"]
    assert (first.best, first.by, first.elsewhere) == (whole.best, whole.by, ())
    assert len(whole.elsewhere) > 1
    assert rosa.get(f"/en/plan/{plan}?sort=luck").status == 422
    assert rosa.get(f"/en/plan/{plan}?region=CA-XX").status in (404, 422)


def test_an_override_that_moves_nobody_else_says_so(browse, open_):
    open_("anna:intake").register(arrivals("a,1", "b,2", "c,1"))
    _, done = open_("pia:placement").propose("redirect-all")
    plan = done.data["plan"]
    one, two = [line for line in open_("rosa:approver").read_plan(plan)["lines"] if line["site"]][
        :2
    ]
    rosa = browse("rosa:approver").get(f"/en/plan/{plan}/override/{one['case']}?site={two['site']}")
    rosa.send(f"/override/{one['case']}/preview", site="none", why="family")
    assert f"This household ({one['persons']} person" in rosa.words
    assert "Nobody else" in rosa.words
    assert "other household" not in rosa.words


def test_those_who_move_for_another_are_named_first_who_is_left_without_a_place(
    browse, open_, monkeypatch
):
    open_("anna:intake").register(arrivals("a,1", "b,2", "c,1"))
    _, done = open_("pia:placement").propose("redirect-all")
    plan = done.data["plan"]
    one, two, three = open_("rosa:approver").read_plan(plan)["lines"][:3]
    moved = [
        {"case": one["case"], "before": one["site"], "after": two["site"]},
        {"case": two["case"], "before": two["site"], "after": three["site"]},
        {"case": three["case"], "before": three["site"], "after": ""},
    ]
    monkeypatch.setattr("partage.office.by_hand.consequences", lambda *_: moved)
    rosa = browse("rosa:approver").get(f"/fr/plan/{plan}/override/{one['case']}")
    rosa.send(f"/override/{one['case']}/preview", site="none", why="family")
    assert "2 autres ménages changent de place" in rosa.words
    assert re.search(rf"{three['case']} \({three['persons']} personnes?\)[^<]*→ <strong>sans place", rosa.text)  # fmt: skip
    assert rosa.text.index(f"<li>{three['case']}") < rosa.text.index(f"<li>{two['case']}")
