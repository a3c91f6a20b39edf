"""What people look at together: queues, the capacity board, the plans of a day, a plan line by line."""

from __future__ import annotations

from datetime import timedelta

import pytest

from daily import later, site_of, take_in
from offices import DAY
from partage.core.errors import NotFound, NotPermitted


def test_queues_count_what_waits_and_a_plan_whose_day_is_over_waits_for_nobody(office):
    take_in(office, "a,1", "b,2,1")
    pia = office.acting("pia:placement")
    pia.propose("redirect-all", DAY, as_if=False)
    seen = pia.queues()
    assert seen["states"]["waiting"] == {"households": 2, "persons": 4}
    assert seen["lists"]["plan/proposed"] == 1
    later(office, days=1)
    assert pia.queues()["lists"]["plan/proposed"] == 0


def test_the_board_adds_up_and_knows_how_old_each_word_is(office):
    site = site_of(office, "CA-ON")
    clerk = office.acting(f"lea:site@{site}")
    assert all(
        not row["fresh"] and not row["as_of"]
        for row in clerk.acting("a:analyst").capacity()["sites"]
    )
    clerk.update(site, blocked={"room": 3}, first=DAY, last=DAY + timedelta(days=2), why="repairs")
    rows = {row["site"]: row for row in office.acting("pia:placement").capacity()["sites"]}
    room = rows[site]["services"]["room"]
    assert rows[site]["fresh"]
    assert (room["blocked"], room["blocked_why"], room["blocked_until"]) == (
        3,
        "repairs",
        "2023-02-22",
    )
    assert room["in_service"] == room["funded"] - 3
    situation = office.acting("pia:placement").survey(DAY)
    for name, row in rows.items():
        for service, units in row["services"].items():
            assert units["allocable"] == situation.allocable.get(name, {}).get(service, 0)
            assert units["in_use"] + units["held"] == situation.load[name][service]
            assert units["allocable"] <= max(0, units["funded"])
    first = [row["fresh"] for row in office.acting("pia:placement").capacity()["sites"]]
    assert first == sorted(first), "whoever has said nothing for long stands first"
    later(office, hours=25)
    rows = {row["site"]: row for row in office.acting("pia:placement").capacity()["sites"]}
    assert not rows[site]["fresh"]


def test_a_plan_is_read_line_by_line_with_reason_second_choice_and_state(office):
    cases = take_in(office, "a,1", "b,2,1")
    _, made = office.acting("pia:placement").propose("redirect-all", DAY)
    plan = made.data["plan"]
    rosa = office.acting("rosa:approver")
    seen = rosa.read_plan(plan)
    assert {line["case"] for line in seen["lines"]} == {*cases}
    assert not seen["mine"]
    assert office.acting("pia:placement").read_plan(plan)["mine"]
    assert all(line["reason"].best for line in seen["lines"])
    assert sum(r["placed"] for r in seen["regions"]) == seen["placed"]
    assert all(r["difference"] == r["placed"] - r["due"] for r in seen["regions"])
    reads = list(office.journal.read(subject=f"read/plan/{plan}"))
    assert [e.role for e in reads] == ["approver", "placement"]
    rosa.approve(plan, only=[cases[0]])
    lines = {line["case"]: line for line in rosa.read_plan(plan)["lines"]}
    assert (lines[cases[0]]["approved"], lines[cases[0]]["now"]) == (True, "approved")
    office.acting("anna:intake").correct(cases[1], {"age_65_plus": "1"}, why="mistake")
    assert {line["case"]: line["changed"] for line in rosa.read_plan(plan)["lines"]} == {
        cases[0]: False, cases[1]: True,
    }  # fmt: skip
    assert [one["plan"] for one in rosa.plans()] == [plan]
    assert rosa.plans(DAY + timedelta(days=1)) == []


def test_a_household_does_not_read_the_plan_it_is_in_and_an_unknown_plan_is_not_there(office):
    [case] = take_in(office, "a,1")
    _, made = office.acting("pia:placement").propose("redirect-all", DAY)
    with pytest.raises(NotPermitted):
        office.acting(f"them:household@{case}").read_plan(made.data["plan"])
    with pytest.raises(NotFound):
        office.acting("rosa:approver").read_plan("P-0000000000")
