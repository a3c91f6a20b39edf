"""Planned again from a standing plan: held against every plan there is, in tiny worlds."""

from __future__ import annotations

import itertools
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from keptplans import reached
from partage.casework.planning import place_households
from partage.core.errors import Unfaithful
from partage.core.findings import Finding
from partage.core.policy import Replan
from partage.place import referee
from partage.place.certify import certify, load_plan
from partage.place.instance import load_instance
from partage.place.scene import Tier
from partage.place.solve import fits
from partage.place.stay import Standing
from worlds import figures, household, policy, site, situation, small_worlds

LOTS = ("CA-ON", "CA-NB", "CA-NS", "CA-QC")
ROOMY = {"person": 9, "room": 9, "room.family": 2, "clinic.fr": 1}


def plan_of(people, world, *priorities, standing=None, kept=None, **more):  # type: ignore[no-untyped-def]
    return place_households(
        people, world, policy(*priorities, **more), figures(), seed="s", lots=LOTS,
        standing=standing, kept=kept,
    )  # fmt: skip


def standing_from(plan, *, at_most=10, points=None, **more):  # type: ignore[no-untyped-def]
    lines = {line.case: line.site for line in plan.lines if line.site}
    return Standing("P-BEFORE", lines, at_most, points, **more)


def arrays_of(plan):  # type: ignore[no-untyped-def]
    return load_instance(plan.arrays["instance"])[0]


def sites(plan) -> dict[str, str | None]:  # type: ignore[no-untyped-def]
    return {line.case: line.site for line in plan.lines}


def with_places(world, changes):  # type: ignore[no-untyped-def]
    """The same world with other places at some sites; None closes one."""
    allocable = {s: dict(units) for s, units in world.allocable.items()}
    for number, units in changes.items():
        name = world.sites[number].id
        if units is None:
            allocable.pop(name)
        else:
            allocable[name] |= units
    return replace(world, allocable=allocable)


@st.composite
def changed_worlds(draw: st.DrawFn):  # type: ignore[no-untyped-def]
    people, world = draw(small_worlds())
    changes = {
        number: draw(
            st.sampled_from([None, {"person": 0}, {"person": 3, "room": 1}, {"person": 8}])
        )
        for number in range(len(world.sites))
        if draw(st.booleans())
    }
    more = [
        household(f"H-new-{n}", draw(st.integers(1, 3))) for n in range(draw(st.integers(0, 2)))
    ]
    at_most = draw(st.sampled_from([0, 1, 2, 10]))
    decided = draw(st.sets(st.integers(0, 4)))
    return people, world, with_places(world, changes), more, at_most, decided


def best_by_trying(plan) -> tuple[int, ...]:  # type: ignore[no-untyped-def]
    """The most that any plan reaches, priority by priority, where one asks for enough only that."""
    instance = arrays_of(plan)
    open_ = replace(instance, keep_least=np.full_like(instance.keep_least, -(2**53)))
    enough = {n: plan.replanned.enough for n, (name, _) in enumerate(plan.tiers) if name == "moves"}
    choices = [[-1, *np.flatnonzero(may >= 0).tolist()] for may in instance.value]
    found = [
        tuple(
            min(value, enough.get(n, value))
            for n, value in enumerate(reached(instance, np.array(one, np.int32)))
        )
        for one in itertools.product(*choices)
        if fits(open_, np.array(one, np.int32))
    ]
    return max(found)


@settings(max_examples=60, deadline=None)
@given(changed_worlds())
def test_a_replan_is_the_best_of_all_plans_in_the_order_of_its_priorities_and_certifies(made):
    people, before, after, more, at_most, decided = made
    first = plan_of(people, before)
    had = sites(first)
    who = {f"H-{n}": str(had[f"H-{n}"]) for n in decided if had.get(f"H-{n}")}
    standing = standing_from(first, at_most=at_most, decided=who, approved=frozenset(who))
    again = plan_of([*people, *more], after, standing=standing)
    if not again.lines:
        return
    assert tuple(value for _, value in again.tiers) == best_by_trying(again)
    instance = arrays_of(again)
    assert certify(instance, load_plan(again.arrays["plan"], len(instance.keep_least))).faults == ()
    moved = {c for c, s in sites(again).items() if had.get(c) and had[c] != s}
    assert {str(move.case) for move in again.replanned.moves} == moved
    twice = plan_of([*people, *more], after, standing=standing)
    assert sites(twice) == sites(again)


@settings(max_examples=60, deadline=None)
@given(changed_worlds(), st.sampled_from([0, 1, 10]))
def test_where_nothing_has_changed_nobody_moves(made, at_most):
    people, before, after, more, *_ = made
    for world, standing in ((before, None), (after, standing_from(plan_of(people, before)))):
        first = plan_of([*people, *more], world, standing=standing)
        stood = standing_from(first, at_most=at_most)
        again = plan_of([*people, *more], world, standing=stood, kept=arrays_of(first))
        assert again.replanned.moves == ()
        assert sites(again) == sites(first)
        assert again.replanned.unchanged
        assert again.replanned.at_most == at_most, "the policy's own word is said"


@settings(max_examples=60, deadline=None)
@given(changed_worlds(), st.permutations(range(5)))
def test_linked_households_stay_together_through_a_replan(made, order):
    """Also where their link was released; nothing changed, nobody moves; the referee finds no fault."""
    people, before, after, *_ = made
    pair = [people[n].id for n in order if n < len(people)][:2]
    linked = [
        replace(h, need=replace(h.need, links=tuple(p for p in pair if p != h.id)))
        if h.id in pair and len(pair) == 2
        else h
        for h in people
    ]
    first = plan_of(linked, before)
    same = plan_of(linked, before, standing=standing_from(first), kept=arrays_of(first))
    assert sites(same) == sites(first)
    again = plan_of(linked, after, standing=standing_from(first))
    assert len(again.lines) == len(first.lines)
    third = plan_of(linked, after, standing=standing_from(again), kept=arrays_of(again))
    assert third.replanned.moves == ()
    assert sites(third) == sites(again)


def two_sites(near_rooms: int, far_rooms: int, km=(100, 900), **more):  # type: ignore[no-untyped-def]
    near, far = site("near", "CA-ON"), site("far", "CA-ON")
    places = [{**ROOMY, "room": near_rooms}, {**ROOMY, "room": far_rooms}]
    return situation([near, far], places, list(km), **more)


def test_a_line_stays_unless_a_move_gains_enough():
    """15 points more a person are less than the 40 that a move must gain; with a lower bonus they are not."""
    people = [household("H-1")]
    world = two_sites(1, 1, km=(500, 900))
    there = {"H-1": str(world.sites[1].id)}
    stays = plan_of(people, world, standing=Standing("P", there, 10, 40))
    assert (sites(stays), stays.replanned.moves) == (there, ())
    [move] = plan_of(people, world, standing=Standing("P", there, 10, 15)).replanned.moves
    assert (move.why, move.before, move.after) == ("better", there["H-1"], world.sites[0].id)
    assert dict(stays.tiers)["stay"] == 40
    here = next(e for e in stays.lines[0].reason.elsewhere if e.site == world.sites[0].id)
    assert here.args == {"priority": "stay", "here": 40, "there": 15}


def test_a_policy_says_how_freely():
    world = two_sites(1, 1, km=(500, 900))
    chosen = policy(replan=Replan(moves_at_most=0, stay=1))
    assert (chosen.replan.moves_at_most, chosen.replan.stay) == (0, 1)
    there = {"H-1": str(world.sites[1].id)}
    plan = plan_of([household("H-1")], world, standing=Standing("P", there, 0, 1))
    assert plan.replanned.moves == (), "no roof needs it, and nobody may move"


def test_without_a_word_a_move_gains_the_most_points_there_are():
    world = two_sites(1, 1, km=(500, 900))
    there = {"H-1": str(world.sites[1].id)}
    plan = plan_of([household("H-1")], world, standing=Standing("P", there, 10))
    assert (plan.replanned.points, len(plan.replanned.moves)) == (15, 1)
    bare = plan_of([household("H-1")], world, "roof", standing=Standing("P", there, 10))
    assert (bare.replanned.points, bare.replanned.moves) == (1, ())


def test_a_closed_site_moves_its_lines_beyond_the_bound_and_says_so():
    """Roofs go before the bound: who lost a place moves, and whoever approves has to say that they looked."""
    people = [household(f"H-{n}") for n in range(4)]
    before = two_sites(4, 4)
    first = plan_of(people, before)
    assert set(sites(first).values()) == {before.sites[0].id}
    after = with_places(before, {0: None})
    plan = plan_of(people, after, standing=standing_from(first, at_most=1))
    assert {(m.why, m.after) for m in plan.replanned.moves} == {("gone", before.sites[1].id)}
    assert plan.replanned.over
    assert "moves 4 household(s), more than the 1" in str(plan.findings[0])


def test_who_loses_a_place_and_finds_none_is_named():
    people = [household(f"H-{n}") for n in range(3)]
    before = two_sites(3, 0)
    first = plan_of(people, before)
    after = with_places(before, {0: {"room": 2}})
    plan = plan_of(people, after, standing=standing_from(first))
    [move] = plan.replanned.moves
    assert (move.after, move.why) == (None, "less-room")
    [fault] = [f for f in plan.findings if f.where == f"case {move.case}"]
    assert fault.weight == "fault"
    assert "keeps its roof" in fault.what
    assert len(plan.lines) == 3


def test_nobody_loses_a_place_to_a_larger_household():
    """As many persons as possible have a roof, but a place that somebody has in a plan is not taken for it."""
    world = two_sites(1, 0)
    first = plan_of([household("H-1")], world)
    plan = plan_of([household("H-1"), household("H-2", 2)], world, standing=standing_from(first))
    assert sites(plan) == {"H-1": world.sites[0].id, "H-2": None}
    assert dict(plan.tiers)["place-kept"] == 1


def test_a_place_is_freed_for_whom_no_other_fits_and_the_move_says_for_whom():
    near, far = site("near", "CA-ON"), site("far", "CA-ON")
    clinic = {"person": 9, "room": 1, "room.family": 0, "clinic.fr": 1}
    world = situation([near, far], [clinic, {**ROOMY, "clinic.fr": 0}], [100, 100])
    people = [household("H-1")]
    first = Standing("P", {"H-1": str(near.id)}, 10)
    plan = plan_of([*people, household("H-2", care=("clinic.fr",))], world, standing=first)
    [move] = plan.replanned.moves
    assert (move.case, move.why, move.frees_for) == ("H-1", "frees", ("H-2",))


def test_a_place_that_somebody_else_took_is_not_the_reason_where_there_is_room_for_both():
    near, far = site("near", "CA-ON"), site("far", "CA-ON")
    world = situation([near, far], [ROOMY, ROOMY], [100, 900])
    first = Standing("P", {"H-1": str(far.id)}, 10, 1, no_place_yet=frozenset())
    plan = plan_of(
        [household("H-1"), household("H-2", places_to_avoid=(near.id,))], world, standing=first
    )
    assert sites(plan) == {"H-1": near.id, "H-2": far.id}
    assert [(m.why, m.frees_for) for m in plan.replanned.moves] == [("better", ())]


def test_what_a_person_decided_stays_before_what_was_only_proposed():
    """One room less: the line that is approved stays, whatever the lots."""
    for decided in ("H-0", "H-1", "H-2"):
        people = [household(f"H-{n}") for n in range(3)]
        before = two_sites(3, 3)
        first = plan_of(people, before)
        site_ = str(before.sites[0].id)
        plan = plan_of(
            people, with_places(before, {0: {"room": 1}}),
            standing=standing_from(first, decided={decided: site_}, approved=frozenset({decided})),
        )  # fmt: skip
        assert sites(plan)[decided] == site_
        assert len(plan.replanned.moves) == 2


def test_an_approved_line_that_must_move_is_looked_at_by_name():
    people = [household("H-1"), household("H-2")]
    before = two_sites(2, 2)
    first = plan_of(people, before)
    at = str(before.sites[0].id)
    stood = standing_from(first, decided={"H-1": at}, approved=frozenset({"H-1"}))
    plan = plan_of(people, with_places(before, {0: None}), standing=stood)
    flags = {line.case: line.flags for line in plan.lines}
    assert "approved-moved" in flags["H-1"]
    assert "approved-moved" not in flags["H-2"]
    nowhere = with_places(before, {0: None, 1: None})
    lost = plan_of(people, nowhere, standing=stood)
    assert "approved-lost" in next(line.flags for line in lost.lines if line.case == "H-1")


def test_who_is_linked_to_a_household_with_an_offer_is_not_moved_away_from_it():
    world = two_sites(2, 2, km=(900, 100))
    at = str(world.sites[0].id)
    people = [household("H-1", links=("H-9",))]
    beside = {"H-1": (at, "CA-ON")}
    for had in ({"H-1": at}, {}):
        plan = plan_of(people, world, standing=Standing("P", had, 10, 1, beside=beside))
        assert sites(plan) == {"H-1": at}
    assert [e.code for e in plan.lines[0].reason.elsewhere] == ["beside"]


def test_an_officers_no_place_yet_is_not_undone():
    world = two_sites(2, 2)
    said = Standing("P", {"H-2": str(world.sites[0].id)}, 10, no_place_yet=frozenset({"H-1"}))
    plan = plan_of([household("H-1"), household("H-2")], world, standing=said)
    assert sites(plan) == {"H-1": None, "H-2": world.sites[0].id}
    assert {e.code for e in plan.lines[0].reason.elsewhere if plan.lines[0].case == "H-1"} <= {
        "by-hand"
    }


def test_persons_with_an_offer_count_in_what_is_due():
    """Four went to Ontario by the same plan: without them Quebec's three would be two too many."""
    world = situation([site("a", "CA-ON"), site("b", "CA-QC")], [ROOMY, ROOMY], [100, 100])
    people = [household(f"H-{n}", mode="airport") for n in range(8)]
    first = plan_of(people, world)
    assert first.persons_by_region() == {"CA-ON": 5, "CA-QC": 3}
    gone = [line for line in first.lines if line.region == "CA-ON"][:4]
    left = [h for h in people if h.id not in {line.case for line in gone}]
    stood = {line.case: str(line.site) for line in first.lines if line not in gone}
    standing = Standing("P", stood, 10, settled={"CA-ON": 4})
    plan = plan_of(left, world, standing=standing)
    assert plan.replanned.moves == ()
    assert dict(plan.due.persons) == dict(first.due.persons)
    alone = plan_of(left, world, standing=Standing("P", stood, 10))
    assert len(alone.replanned.moves) == 2, "so it would be if they did not count"


def test_the_referee_catches_a_move_that_is_not_reported_and_one_that_is_none():
    people = [household("H-1"), household("H-2")]
    before = two_sites(2, 2)
    first = plan_of(people, before)
    after = with_places(before, {0: None})
    plan = plan_of(people, after, standing=standing_from(first))
    chosen = policy()

    def faults(replanned):  # type: ignore[no-untyped-def]
        found: list[Finding] = referee.faults_in_plan(
            replace(plan, replanned=replanned), people, after, chosen
        )
        return " ".join(str(f) for f in found)

    one = plan.replanned
    assert faults(one) == ""
    assert "does not say so" in faults(replace(one, moves=one.moves[1:]))
    assert "says it does" in faults(replace(one, site_of={"H-1": one.site_of["H-1"]}, had=1))
    assert "lines stood" in faults(replace(one, had=5))
    assert "lines to stay" in faults(replace(one, enough=2))


def test_the_referees_word_is_asked(monkeypatch):
    people, before = [household("H-1")], two_sites(1, 1)
    first = plan_of(people, before)
    import partage.casework.planning as planning

    real = planning.replanned_of
    monkeypatch.setattr(planning, "replanned_of", lambda *a, **k: replace(real(*a, **k), moves=()))
    with pytest.raises(Unfaithful, match="does not say so"):
        plan_of(people, with_places(before, {0: None}), standing=standing_from(first))


def test_a_bound_asks_for_enough_and_leaves_the_rest_to_lower_priorities():
    bound = Tier("moves", np.ones((3, 1), np.int32), 0, enough=2)
    assert [bound.kept(reached) for reached in (1, 2, 3)] == [1, 2, 2]
    assert Tier("roof", np.ones((3, 1), np.int32), 0).kept(3) == 3
