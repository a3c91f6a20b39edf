"""Linked households: together where a site can take them, else in the same region, and it is said."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from partage.casework.planning import place_households
from partage.place.referee import faults_in_plan
from worlds import figures, household, policy, site, situation

TIERS = ("roof", "due", "short-ride")
SMALL = {"person": 2, "room": 1, "room.family": 0}


def plan_for(people, world, **more):  # type: ignore[no-untyped-def]
    return place_households(people, world, policy(*TIERS), figures(), seed=more.pop("seed", "s"),
                            lots=("CA-ON", "CA-NB", "CA-NS", "CA-QC"), **more)  # fmt: skip


def pair(first: int = 1, second: int = 1):  # type: ignore[no-untyped-def]
    return [
        household("H-1", adults=first, links=("H-2",)),
        household("H-2", adults=second, links=("H-1",)),
    ]


def test_together_where_a_site_can_take_them_even_if_it_is_far():
    a, b = site("a", "CA-ON"), site("b", "CA-ON")
    plan = plan_for(pair(), situation([a, b], [SMALL, {**SMALL, "room": 2}], [100, 900]))
    assert {line.site for line in plan.lines} == {b.id}
    assert {line.together for line in plan.lines} == {("H-1",), ("H-2",)}
    assert not any(line.flags for line in plan.lines)


def test_no_site_can_take_them_so_the_link_is_released_to_the_same_region():
    a, b, c = site("a", "CA-ON"), site("b", "CA-ON"), site("c", "CA-NB")
    plan = plan_for(pair(), situation([a, b, c], [SMALL] * 3, [100, 900, 50]))
    assert len({line.site for line in plan.placed}) == 2
    assert {line.region for line in plan.placed} == {"CA-ON"}  # the one region with room for both
    assert all("link-released" in line.flags for line in plan.lines)
    said = [f for f in plan.findings if "released to the same region: CA-ON, 1 of 1" in f.what]
    assert len(said) == 1
    assert said[0].weight == "warning"


def test_the_larger_household_is_placed_first_and_the_other_waits_if_its_region_has_no_room():
    near, far = site("near", "CA-ON"), site("far", "CA-NB")
    family = {"person": 4, "room": 0, "room.family": 1}
    world = situation([near, far], [SMALL, family], [50, 900])
    plan = plan_for(pair(1, 4), world)
    where = {line.case: line.region for line in plan.lines}
    assert where == {"H-1": None, "H-2": "CA-NB"}
    small = next(line for line in plan.lines if line.case == "H-1")
    assert small.flags == ("link-released", "linked-unplaced")
    assert {e.site: e.code for e in small.reason.elsewhere}[near.id] == "near"


def test_where_the_larger_has_no_place_the_other_waits_with_it():
    plan = plan_for(pair(1, 4), situation([site("a", "CA-ON")], [SMALL], [50]))
    assert not plan.placed
    assert any("larger household has no place yet" in f.what for f in plan.findings)


def test_a_link_of_one_side_joins_nobody():
    a, b = site("a", "CA-ON"), site("b", "CA-NB")
    people = [household("H-1", links=("H-2",)), household("H-2")]
    plan = plan_for(people, situation([a, b], [SMALL] * 2, [100, 100]))
    assert {line.site for line in plan.lines} == {a.id, b.id}


@pytest.mark.parametrize("mechanism", ["optimum", "greedy", "lottery", "key_only", "easy"])
@given(data=st.data())
@settings(max_examples=25, deadline=None)
def test_whatever_the_world_linked_households_share_a_site_or_a_region(mechanism, data):
    regions = data.draw(st.lists(st.sampled_from(["CA-ON", "CA-NB"]), min_size=1, max_size=4))
    places = [site(f"c{n}", region) for n, region in enumerate(regions)]
    free = [
        {"person": data.draw(st.integers(0, 7)), "room": data.draw(st.integers(0, 2)),
         "room.family": data.draw(st.integers(0, 2))}
        for _ in places
    ]  # fmt: skip
    people = pair(data.draw(st.integers(1, 4)), data.draw(st.integers(1, 4)))
    people += [household(f"H-{n}", adults=data.draw(st.integers(1, 3))) for n in (3, 4)]
    plan = plan_for(people, situation(places, free, [100] * len(places)), mechanism=mechanism)
    line = {one.case: one for one in plan.lines}
    one, two = line["H-1"], line["H-2"]
    if one.site and two.site:
        assert one.site == two.site or (one.region == two.region and "link-released" in one.flags)
    elif one.site or two.site:  # never the smaller alone
        alone = one if one.site else two
        assert alone.persons == max(one.persons, two.persons)


def test_the_referee_sees_a_parted_pair_and_a_released_pair_in_two_regions():
    a, b, c = site("a", "CA-ON"), site("b", "CA-ON"), site("c", "CA-NB")
    world = situation([a, b, c], [SMALL] * 3, [100, 900, 50])
    people = pair()
    plan = plan_for(people, world)
    assert faults_in_plan(plan, people, world, policy(*TIERS)) == []
    hushed = replace(plan, lines=tuple(replace(line, flags=()) for line in plan.lines))
    assert any(
        "was parted" in f.what for f in faults_in_plan(hushed, people, world, policy(*TIERS))
    )
    moved = replace(
        plan, lines=(replace(plan.lines[0], site=c.id, region="CA-NB"), *plan.lines[1:])
    )
    found = [f.what for f in faults_in_plan(moved, people, world, policy(*TIERS))]
    assert any("in another region" in what for what in found)


def test_a_chain_of_three_is_one_group_whoever_named_whom():
    """A and C are linked only through B; B, the middle one, finds no room near the largest."""
    people = [
        household("H-A", adults=1, links=("H-B",)),
        household("H-B", adults=3, links=("H-A", "H-C")),
        household("H-C", adults=5, links=("H-B",)),
    ]
    big, small = site("big", "CA-ON"), site("small", "CA-ON")
    free = [{"person": 5, "room": 0, "room.family": 1}, {"person": 1, "room": 1, "room.family": 0}]
    plan = plan_for(people, situation([big, small], free, [100, 200]))
    where = {line.case: line.site for line in plan.lines}
    assert where == {"H-A": small.id, "H-B": None, "H-C": big.id}
    assert all("link-released" in line.flags for line in plan.lines)
