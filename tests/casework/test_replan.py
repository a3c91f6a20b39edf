"""The office plans again: who has a line keeps it, who holds an offer is never in it, and two people decide."""

from __future__ import annotations

import json
from datetime import timedelta
from fractions import Fraction

import pytest

from daily import state, take_in
from offices import DAY, opened
from partage.core.errors import InputRefused, NotPermitted, WrongState
from partage.core.policy import Replan
from partage.core.units import instant
from partage.faces.pages.show import explain_answer
from partage.faces.pages.show_prices import flip_answer
from partage.office.office import Office
from partage.packs.policies import parse_policy

POLICY = "redirect-all"


@pytest.fixture
def office() -> Office:
    return opened("memory:")


def begun(office: Office, households: int = 8) -> tuple[list[str], str]:
    """Households with a plan for today, nothing of it approved."""
    cases = take_in(office, *[f"r{n},{1 + n % 2},{n % 3}" for n in range(households)])
    _, done = office.acting("pia:placement").propose(POLICY, DAY)
    return cases, done.data["plan"]


def document(office: Office, plan: str) -> dict:  # type: ignore[type-arg]
    [first, *_] = office.journal.read(subject=f"plan/{plan}")
    return json.loads(office.journal.blob(first.body["document"]) or b"{}")


def lines(office: Office, plan: str) -> dict[str, str | None]:
    return {line["case"]: line["site"] for line in document(office, plan)["lines"]}


def replan(office: Office, plan: str):  # type: ignore[no-untyped-def]
    made, done = office.acting("omar:placement").replan(plan)
    assert made is not None
    return made, done


def close(office: Office, site: str) -> None:
    """A site takes nobody any more."""
    region = office.pack.site(site).region
    office.acting(f"c:region@{region}").withdraw(site, first=DAY, why="staff")


def clean(office: Office) -> bool:
    return office.acting("ada:auditor").verify().findings == []


def test_nothing_changed_nobody_moves_and_twice_is_once(office):
    _, plan = begun(office)
    before = lines(office, plan)
    made, done = replan(office, plan)
    assert (made.replanned.moves, made.replanned.unchanged, done.data["moves"]) == ((), True, [])
    assert lines(office, done.data["plan"]) == before
    _, again = replan(office, plan)
    _, chained = replan(office, done.data["plan"])
    assert lines(office, again.data["plan"]) == lines(office, chained.data["plan"]) == before
    assert clean(office)


def test_after_arrivals_the_new_have_lines_and_the_others_keep_theirs(office):
    _, plan = begun(office)
    before = lines(office, plan)
    new = take_in(office, "s1,2,1", "s2,1")
    made, done = replan(office, plan)
    after = lines(office, done.data["plan"])
    assert all(after[case] for case in new)
    assert {c: s for c, s in after.items() if c in before} == before
    assert made.proven
    _, text = explain_answer(office.acting("pia:placement"), new[0], "officer", "en")
    assert "had no line there" in text
    old = next(iter(before))
    for language, words in (("en", "keeps its line"), ("fr", "garde sa ligne")):
        data, text = explain_answer(office.acting("pia:placement"), old, "officer", language)
        assert words in text
        assert (data["replan"]["why"], data["replan"]["by"]) == ("kept", done.data["plan"])


def test_the_biggest_site_closes_everybody_has_a_line_and_the_approver_says_how_many_move(office):
    """A closure over the policy's bound is proposed, and approved only with a word on it."""
    _, plan = begun(office, 24)
    before = lines(office, plan)
    at = max(set(before.values()), key=list(before.values()).count)
    there = [case for case, site in before.items() if site == at]
    assert len(there) > 10
    close(office, at)
    made, done = replan(office, plan)
    by = done.data["plan"]
    after = lines(office, by)
    assert set(after) == set(before)
    assert all(after.values()), "nobody is left without a line"
    moves = {move["case"]: move for move in done.data["moves"]}
    assert {c for c in before if after[c] != before[c]} == set(moves)
    assert {moves[case]["why"] for case in there} == {"gone"}
    assert done.data["replan"]["over"]
    assert made.replanned.over
    rosa = office.acting("rosa:approver")
    with pytest.raises(
        WrongState, match=rf"moves {len(moves)} household\(s\); the policy lets"
    ) as no:
        rosa.approve(by)
    assert f"--moves {len(moves)}" in no.value.do
    with pytest.raises(InputRefused, match="not 3"):
        rosa.approve(by, moves=3)
    approved = rosa.approve(by, moves=len(moves))
    assert approved.data["lines"] == len([line for line in made.lines if not line.flags])
    _, text = explain_answer(office.acting("pia:placement"), there[0], "officer", "fr")
    assert "passe de" in text
    assert "n'est plus possible" in text
    assert clean(office)


def test_lines_over_the_bound_can_be_approved_by_name(office):
    _, plan = begun(office, 24)
    before = lines(office, plan)
    close(office, max(set(before.values()), key=list(before.values()).count))
    _, done = replan(office, plan)
    case = done.data["moves"][0]["case"]
    office.acting("rosa:approver").approve(done.data["plan"], only=[case])
    assert state(office, case)["approved"]["plan"] == done.data["plan"]


def test_who_holds_an_offer_is_in_no_line_and_the_rest_is_unmoved(office):
    cases, plan = begun(office)
    pia = office.acting("pia:placement")
    office.acting("rosa:approver").approve(plan)
    until = instant(office.clock.now() + timedelta(hours=20))
    offered = [case for case in cases if state(office, case)["state"] == "approved"][:3]
    for case in offered:
        pia.offer(case, until=until)
    office.acting("anna:intake").answer(offered[0], "accept")
    rows = {case: state(office, case) for case in offered}
    made, done = replan(office, plan)
    assert not {line.case for line in made.lines} & set(offered)
    assert made.replanned.moves == ()
    assert {case: state(office, case) for case in offered} == rows
    assert {one["case"] for one in document(office, done.data["plan"])["replan"]["settled"]} == set(
        offered
    )
    assert clean(office)


def test_an_approved_line_that_did_not_move_stays_approved_and_a_moved_one_is_approved_again(
    office,
):
    """Four eyes: the line stands as approved until somebody else than the proposer approves the move."""
    cases, plan = begun(office)
    rosa = office.acting("rosa:approver")
    rosa.approve(plan)
    approved = {case: state(office, case)["approved"] for case in cases}
    at = max({a["site"] for a in approved.values()},
             key=[a["site"] for a in approved.values()].count)  # fmt: skip
    moving = [case for case in cases if approved[case]["site"] == at]
    block(office, at)
    made, done = replan(office, plan)
    by = done.data["plan"]
    moves = {m["case"]: m for m in done.data["moves"]}
    assert set(moves) == set(moving)
    assert all(m["approved"] for m in moves.values())
    assert {case: state(office, case)["approved"] for case in cases} == approved, "nobody moved yet"
    _, text = explain_answer(office.acting("pia:placement"), moving[0], "officer", "en")
    assert "The approved place stands until this change is approved in its turn" in text
    with pytest.raises(NotPermitted):
        office.acting("omar:approver").approve(by, only=moving)
    with pytest.raises(WrongState, match="flagged"):
        rosa.approve(by)
    balance = owed(office)
    answer = rosa.approve(by, only=moving)
    assert answer.data["lines"] == len(moving)
    for case in cases:
        row = state(office, case)
        assert row["state"] == "approved"
        assert row["approved"]["plan"] == (by if case in moving else plan)
    assert state(office, moving[0])["approved"]["site"] == moves[moving[0]]["after"]
    assert sum(owed(office).values()) == sum(balance.values()), "a move owes nobody more persons"
    with pytest.raises(WrongState, match=f"{by}, a re-plan that was approved, took the place of"):
        rosa.approve(plan)
    with pytest.raises(WrongState, match="took the place of"):
        replan(office, plan)
    assert clean(office)
    derived = office.acting("ada:auditor").provenance(by)["wasDerivedFrom"]
    assert f"partage:{plan}" in {one["prov:usedEntity"] for one in derived.values()}
    assert office.acting("ada:auditor").provenance(plan)["entity"]
    load = office.acting("pia:placement").survey_for(made).load
    assert not load[str(made.lines[0].site)].get("person"), "its own lines are not there before it"
    offers = office.acting("pia:placement").offer_plan(by)
    assert {one["case"] for one in offers.data["offers"]} == set(moving)


def block(office: Office, site: str) -> None:
    """Nothing can be used at a site for a while; who is approved there stays approved."""
    units = office.acting("pia:placement").survey(DAY).agreed[site]["person"]
    owner = office.acting(f"c:region@{office.pack.site(site).region}")
    owner.update(site, blocked={"person": units}, why="repairs", last=DAY + timedelta(days=40))


def owed(office: Office) -> dict[str, Fraction]:
    return {
        name: Fraction(row["carry"][POLICY])
        for name, row in office.journal.rows("places").items()
        if POLICY in row.get("carry", {})
    }


def test_a_line_that_changed_after_the_replan_is_left_out_of_its_approval(office):
    cases, plan = begun(office)
    office.acting("rosa:approver").approve(plan)
    at = state(office, cases[0])["approved"]["site"]
    block(office, at)
    _, done = replan(office, plan)
    moved = done.data["moves"][0]["case"]
    before = state(office, moved)
    answer = office.acting("anna:intake").correct(moved, {"official_language": "fr"}, why="mistake")
    assert answer.data["state"] == "approved"
    assert state(office, moved)["version"] > before["version"]
    with pytest.raises(WrongState, match=r"approved already|has changed|moved on"):
        office.acting("rosa:approver").approve(done.data["plan"], only=[moved])
    assert state(office, moved)["approved"] == before["approved"]


def test_dues_do_not_drift_where_approved_lines_are_planned_again(office):
    """The policy carries claims over: lines that are approved count once, not twice."""
    _, plan = begun(office, 12)
    [first, *_] = office.journal.read(subject=f"plan/{plan}")
    office.acting("rosa:approver").approve(plan)
    assert owed(office)
    made, _ = replan(office, plan)
    assert dict(made.due.persons) == first.body["due"]
    assert made.replanned.unchanged


def test_dues_do_not_drift_where_a_closure_opened_approved_lines_again(office):
    """What was approved and is planned again counts once: a closure changes nobody's due."""
    _, plan = begun(office, 12)
    [first, *_] = office.journal.read(subject=f"plan/{plan}")
    office.acting("rosa:approver").approve(plan)
    before = lines(office, plan)
    close(office, max(set(before.values()), key=list(before.values()).count))
    made, _ = replan(office, plan)
    assert dict(made.due.persons) == first.body["due"]
    assert {move.why for move in made.replanned.moves} == {"gone"}


def test_what_an_officer_chose_is_not_undone(office):
    cases, plan = begun(office)
    case = cases[0]
    worse = "ca-on/windsor/ircc-hotels"
    done = office.acting("pia:placement").override(plan, case, worse, why="family")
    new = done.data["plan"]
    left = office.acting("pia:placement").override(new, cases[1], "", why="wish").data["plan"]
    made, again = replan(office, left)
    assert lines(office, again.data["plan"])[case] == worse
    assert lines(office, again.data["plan"])[cases[1]] is None
    line = next(line for line in made.lines if line.case == case)
    assert "by-hand" in line.flags, "it still waits for a look"
    with pytest.raises(NotPermitted):
        office.acting("pia:approver").approve(again.data["plan"])


def test_who_declined_has_no_line_to_keep(office):
    cases, plan = begun(office)
    pia, anna = office.acting("pia:placement"), office.acting("anna:intake")
    office.acting("rosa:approver").approve(plan)
    case = next(c for c in cases if state(office, c)["state"] == "approved")
    pia.offer(case, until=instant(office.clock.now() + timedelta(hours=20)))
    anna.answer(case, "decline")
    anna.answer(case, "again")
    made, done = replan(office, plan)
    assert case in {line.case for line in made.lines}
    assert case not in made.replanned.site_of
    line = next(one for one in document(office, done.data["plan"])["lines"] if one["case"] == case)
    assert line["was"] is None


def test_a_flip_and_the_value_of_a_place_are_worked_out_on_a_replan_too(office):
    _, plan = begun(office)
    take_in(office, "s1,2,1")
    made, done = replan(office, plan)
    case = made.lines[0].case
    data, text = flip_answer(office.acting("pia:placement"), case, "officer", "en")
    assert data["flip"]["why"] in ("", "none")
    assert "changed" not in text
    own, _ = flip_answer(office.acting("pia:placement"), case, "household", "en")
    assert own["flip"]["why"] in ("", "none")
    rows = office.acting("pia:placement").worth(done.data["plan"], check=True)["rows"]
    assert all(row.gains is not None for row in rows)


def test_who_came_after_the_cut_off_is_in_the_next_plan_of_another_day(office):
    _, plan = begun(office)
    for who in ("pia:placement", "rosa:approver"):
        office.acting(who).adopt(POLICY, "16:00")
    early = take_in(office, "s1,1")
    office.clock.move_to(office.clock.now() + timedelta(hours=8))
    late = take_in(office, "s2,1")
    made, done = replan(office, plan)
    in_it = {line.case for line in made.lines}
    assert {*early} <= in_it
    assert not {*late} & in_it
    assert f"case {late[0]}" in {f.where for f in done.findings}
    with pytest.raises(WrongState, match="after the cut-off"):
        office.acting("pia:placement").propose_one(late)


def test_a_policy_bounds_what_may_move():
    text = """
[policy]
id = "p"
version = "1"
kind = "law"
profile_blind = true
source = {title = "t"}
[[priority]]
id = "roof"
"""
    assert parse_policy(text.encode(), "p").replan == Replan()
    given = text + "[replan]\nmoves_at_most = 3\nstay = 20\n"
    assert parse_policy(given.encode(), "p").replan == Replan(3, 20)
    for wrong in (
        "moves_at_most = -1",
        "moves_at_most = true",
        "stay = 0",
        "stay = 1001",
        "bonus = 3",
    ):
        with pytest.raises(InputRefused):
            parse_policy(f"{text}[replan]\n{wrong}\n".encode(), "p")


def test_what_no_replan_starts_from(office):
    _, plan = begun(office)
    pia = office.acting("pia:placement")
    _, as_if = pia.propose("quebec-share", DAY, as_if=True)
    with pytest.raises(WrongState, match="as if in force"):
        replan(office, as_if.data["plan"])
    case = next(iter(lines(office, plan)))
    by = pia.override(plan, case, "", why="wish").data["plan"]
    with pytest.raises(WrongState, match=f"overridden by {by}"):
        replan(office, plan)
    with pytest.raises(NotPermitted):
        office.acting("rosa:approver").replan(by)
    office.clock.move_to(office.clock.now() + timedelta(days=2))
    with pytest.raises(WrongState, match="over"):
        replan(office, by)


def test_the_moves_are_said_again_under_the_same_key(office):
    _, plan = begun(office)
    site = next(s for s in lines(office, plan).values() if s)
    close(office, site)
    omar = office.acting("omar:placement")
    _, first = omar.replan(plan, idem="k")
    made, again = omar.replan(plan, idem="k")
    assert made is None
    assert first.data["moves"]
    assert again.data == {**first.data, "answered_before": True}


def test_the_offers_of_a_plan_are_said_again_under_the_same_key_also_once_answered(office):
    _, plan = begun(office, 4)
    placed = [case for case, site in lines(office, plan).items() if site]
    office.acting("rosa:approver").approve(plan, only=placed)
    pia = office.acting("pia:placement")
    until = instant(office.clock.now() + timedelta(hours=1))
    first = pia.offer_plan(plan, until=until, idem="k")
    assert len(first.data["offers"]) == len(placed)
    office.acting("anna:intake").answer(placed[0], "accept")
    office.clock.move_to(office.clock.now() + timedelta(hours=2))  # type: ignore[attr-defined]
    again = pia.offer_plan(plan, until=until, idem="k")
    by_case = sorted(first.data["offers"], key=lambda one: one["case"])
    assert sorted(again.data["offers"], key=lambda one: one["case"]) == by_case
    assert {e.no for e in again.entries} == {e.no for e in first.entries}
    assert again.data["answered_before"]
    with pytest.raises(WrongState, match="approved and not yet offered"):
        pia.offer_plan(plan, idem="another")
