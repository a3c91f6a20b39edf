"""One household between plans: at the prices of the standing plan, beside everybody else's line."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given, settings

from daily import state, take_in
from keptplans import kept_of, plan_of
from offices import DAY, opened
from partage.casework.dues import due_of
from partage.casework.one import check_prices_hold, left_after, of_policy, place_one
from partage.core.errors import NotPermitted, WrongState
from partage.core.shares import Apportionment
from partage.core.units import RegionId
from partage.office.office import Office
from partage.place.certify import certify, load_plan
from partage.place.instance import load_instance
from partage.place.needs import units_needed
from partage.place.prices.online import Standing
from partage.place.value import build_model
from worlds import figures, household, policy, site, situation, small_worlds

POLICY = "redirect-all"
LOTS = ("CA-ON", "CA-NB", "CA-NS", "CA-QC")
TIERS = ["roof", "due", "short-ride"]


@pytest.fixture
def office() -> Office:
    return opened("memory:")


def begun(office: Office, households: int = 8):  # type: ignore[no-untyped-def]
    cases = take_in(office, *[f"r{n},{1 + n % 2},{n % 3}" for n in range(households)])
    plan, done = office.acting("pia:placement").propose(POLICY, DAY)
    return cases, plan, done.data["plan"]


def one(office: Office, *cases: str):  # type: ignore[no-untyped-def]
    made, done = office.acting("pia:placement").propose_one(cases, POLICY, DAY)
    return made, done.data["plan"]


def clean(office: Office) -> bool:
    return office.acting("ada:auditor").verify().findings == []


def test_a_household_is_decided_beside_everybodys_line_and_the_plan_certifies(office):
    _, plan, standing = begun(office)
    [new] = take_in(office, "s1,2,1")
    made, by = one(office, new)
    [line] = made.lines
    assert (line.case, made.mechanism, made.proven) == (new, "standing-prices", False)
    instance, _ = load_instance(made.arrays["instance"])
    assert certify(instance, load_plan(made.arrays["plan"], len(instance.keep_least))).faults == ()
    [said] = [f for f in made.findings if f.where == "plan"]
    assert "at most" in said.what
    assert "does not show" in said.what
    rosa = office.acting("rosa:approver")
    with pytest.raises(NotPermitted):
        office.acting("pia:approver").approve(by)
    rosa.approve(by)
    assert rosa.approve(standing).data["lines"] == len([x for x in plan.placed if not x.flags])
    assert state(office, new)["approved"]["site"] == line.site
    assert office.acting("pia:placement").explain(new)["prices"]["sites"]
    assert clean(office)


def test_two_in_a_row_do_not_take_the_same_place(office):
    """Nobody holds a place for a line that is only proposed; the next decision counts it all the same."""
    begun(office)
    new = take_in(office, *[f"s{n},1" for n in range(40)])
    given_at: dict[str, int] = {}
    free = office.acting("pia:placement").survey(DAY).allocable
    for case in new[:12]:
        made, _ = one(office, case)
        at = str(made.lines[0].site)
        given_at[at] = given_at.get(at, 0) + 1
    assert all(free[at]["room"] >= n for at, n in given_at.items())


def test_a_replan_starts_from_these_lines_too(office):
    _, _, standing = begun(office)
    [new] = take_in(office, "s1,2,1")
    made, by = one(office, new)
    again, _ = office.acting("pia:placement").replan(standing)
    assert again.replanned.site_of[new] == made.lines[0].site
    assert {str(move.case) for move in again.replanned.moves} <= {new}, (
        "dues are counted with it now"
    )
    with pytest.raises(WrongState, match=f"Start from {standing}"):
        office.acting("pia:placement").replan(by)
    office.acting("rosa:approver").approve(by)
    _, after = office.acting("pia:placement").replan(standing)
    take_in(office, "s2,1")
    third, last = office.acting("pia:placement").replan(after.data["plan"])
    assert third.replanned.moves == ()
    office.acting("rosa:approver").approve(last.data["plan"])


def test_at_a_replans_prices_too(office):
    _, _, standing = begun(office)
    first, second = take_in(office, "s1,2,1"), take_in(office, "s2,1")
    office.acting("pia:placement").replan(standing)
    with pytest.raises(WrongState, match="has a line in"):
        one(office, *first)
    third = take_in(office, "s3,1,2")
    made, by = one(office, *third)
    assert made.lines[0].site
    assert [name for name, _ in made.tiers] == TIERS
    assert second
    office.acting("rosa:approver").approve(by)
    assert clean(office)


def test_linked_households_are_placed_together_or_refused(office):
    begun(office)
    pair = take_in(office, "s1,2", "s2,1,2")
    anna = office.acting("anna:intake")
    anna.correct(pair[0], {"linked_to": pair[1]}, why="wish")
    anna.correct(pair[1], {"linked_to": pair[0]}, why="wish")
    with pytest.raises(WrongState, match=f"{pair[0]} is linked to {pair[1]}, who waits too"):
        one(office, pair[0])
    read = list(office.journal.read(subject=f"read/{pair[0]}"))[-1]
    assert (read.actor, read.body["what"]) == ("pia", "links"), "the refusal says what is known"
    [other] = take_in(office, "s3,1")
    with pytest.raises(WrongState, match="are not linked"):
        one(office, pair[0], pair[1], other)
    made, _ = one(office, *pair)
    assert len({line.site for line in made.lines}) == 1


def test_what_is_refused(office):
    [case] = take_in(office, "r0,1")
    with pytest.raises(WrongState, match="no prices to decide at"):
        one(office, case)
    office.acting("pia:placement").propose(POLICY, DAY)
    with pytest.raises(WrongState, match="has a line in"):
        one(office, case)
    [child] = take_in(office, "s1,0,1")
    with pytest.raises(WrongState):
        one(office, child)
    with pytest.raises(NotPermitted):
        office.acting("rosa:approver").propose_one([case], POLICY, DAY)
    office.clock.move_to(office.clock.now() + timedelta(days=1))
    [new] = take_in(office, "s2,1")
    with pytest.raises(WrongState, match="no prices to decide at"):
        office.acting("pia:placement").propose_one([new], POLICY)


def test_where_a_line_no_longer_fits_the_prices_do_not_hold(office):
    _, plan, standing = begun(office)
    [new] = take_in(office, "s1,2,1")
    at = str(plan.placed[0].site)
    office.acting(f"c:region@{office.pack.site(at).region}").withdraw(at, first=DAY, why="staff")
    with pytest.raises(WrongState, match="its prices no longer hold") as refused:
        one(office, new)
    assert "--replan" in refused.value.do
    made, _ = office.acting("pia:placement").replan(standing)
    assert new in {line.case for line in made.lines}
    assert one(office, *take_in(office, "s2,1"))[0].lines[0].site


def test_a_place_with_a_price_that_is_won_makes_the_prices_too_high():
    """The near site is full and has a price; with a room more there it is no longer what it was."""
    near, far = site("near", "CA-ON"), site("far", "CA-ON")
    roomy = {"person": 20, "room": 9, "room.family": 2, "clinic.fr": 1}
    world = situation([near, far], [{**roomy, "room": 1}, roomy], [100, 900])
    people = [household("H-1"), household("H-2")]
    kept = kept_of(plan_of(people, world), world)
    taken = {str(line): {"person": 1, "room": 1} for line in (near.id, far.id)}
    check_prices_hold(kept, TIERS, left_after(world, taken), taken)
    more = situation([near, far], [{**roomy, "room": 2}, roomy], [100, 900])
    with pytest.raises(WrongState, match=r"c?near/s \(room\)"):
        check_prices_hold(kept, TIERS, left_after(more, taken), taken)
    elsewhere = situation([near, far], [{**roomy, "room": 1}, {**roomy, "room": 12}], [100, 900])
    check_prices_hold(kept, TIERS, left_after(elsewhere, taken), taken)


def test_a_shorter_ride_does_not_cost_what_a_region_is_due():
    far, near = site("a", "CA-ON"), site("b", "CA-QC")
    roomy = {"person": 20, "room": 9, "room.family": 2, "clinic.fr": 1}
    world = situation([far, near], [roomy, roomy], [900, 100])
    kept = kept_of(plan_of([household("H-1", mode="airport")], world), world)
    persons = ((RegionId("CA-ON"), 1), (RegionId("CA-QC"), 0))
    dues = replace(
        due_of([household("H-1")], world, policy(), figures(), LOTS, {}),
        due=Apportionment("a test", 1, persons, ()),
    )
    new = household("H-2", mode="airport")
    made = place_one([new], world, policy(), dues, kept, seed="s", given={})
    assert made.lines[0].site == far.id
    enough = place_one([new], world, policy(), dues, kept, seed="s", given={"CA-ON": 1})
    assert enough.lines[0].site == near.id


@settings(max_examples=40, deadline=None)
@given(small_worlds())
def test_it_is_the_best_of_what_is_left_and_the_kernel_agrees(made):
    """No higher priority is worse than it must be; among equals there the compiled kernel finds no better net."""
    people, world = made
    chosen, newcomer = policy(), household("H-new")
    plan = plan_of(people, world)
    kept = kept_of(plan, world)
    taken: dict[str, dict[str, int]] = {}
    by_id = {h.id: h for h in people}
    for line in plan.placed:
        units = taken.setdefault(str(line.site), {})
        for service, number in units_needed(by_id[line.case].need).items():
            units[service] = units.get(service, 0) + number
    left = left_after(world, taken)
    check_prices_hold(kept, TIERS, left, taken)
    mine = [h for h in people if h.id in {line.case for line in plan.lines}]
    dues = due_of(mine, world, chosen, figures(), LOTS, {})
    given_to = plan.persons_by_region()
    one_more = place_one([newcomer], left, chosen, dues, kept, seed="s", given=given_to)
    model = build_model([newcomer], left, chosen, dues.persons, "s", settled=given_to)
    fits = [
        j for j in range(len(model.sites))
        if (0, j) not in model.forbidden and (model.need[0] <= model.capacity[j]).all()
    ]  # fmt: skip
    # placed where anything fits, and nowhere else
    assert bool(fits) == bool(one_more.lines[0].site)
    if not fits:
        return
    reached = {j: _reached(model, j) for j in fits}
    here = [s.id for s in model.sites].index(one_more.lines[0].site)
    assert reached[here] == max(reached.values())
    equals = [j for j in fits if reached[j] == reached[here]]
    _, prices = of_policy(kept, TIERS)[-1]
    last = model.instance(2, [-(2**53)] * 2)
    worth = np.full(len(model.sites), -1, np.int32)
    worth[equals] = last.value[0][equals]
    at = Standing(last, prices).decide(worth, last.need[0], -(10**6))
    net = lambda j: worth[j] - Standing(last, prices).price[j] @ last.need[0]  # noqa: E731
    assert net(here) == pytest.approx(net(at))


def _reached(model, j):  # type: ignore[no-untyped-def]
    from partage.place.solved import plan_value

    free = [-(2**53)] * 2
    return tuple(
        plan_value(model.instance(tier, free[:tier]), np.array([j], np.int32)) for tier in range(2)
    )
