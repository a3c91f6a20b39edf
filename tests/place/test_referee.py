"""The referee sees every fault in a plan, by arrays and by nouns, without the engine's help."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from partage.casework.planning import place_households
from partage.core.errors import InputRefused
from partage.core.plan import Plan
from partage.place.instance import Instance, instance_from, load_instance
from partage.place.npz import arrays_to_bytes
from partage.place.referee import faults_in_arrays, faults_in_plan
from worlds import figures, household, policy, site, situation

BASE: dict[str, Any] = {
    "value": [[5, 3], [4, -1]], "need": [[2, 1], [1, 1]], "capacity": [[3, 2], [2, 1]],
    "floor": [2, 1], "floor_penalty": 7, "unplaced": [-10, -10], "count": [1, 1],
    "region": [0, 1], "region_floor": [0, 3], "region_ceiling": [9, 9], "region_penalty": 2,
    "keep_value": [[[1, 1], [1, 0]]], "keep_floor_penalty": [0], "keep_region_penalty": [0],
    "keep_least": [2],
}  # fmt: skip


def instance(**changes: Any) -> Instance:
    return instance_from({k: np.array(v) for k, v in (BASE | changes).items()})[0]


def sentences(site_of: list[int], *, value: int, bound: int = 99, **changes: Any) -> str:
    found = faults_in_arrays(instance(**changes), np.array(site_of), value=value, bound=bound)
    return " | ".join(f.what for f in found)


def test_a_true_plan_has_no_fault():
    # both at their site: 3 + 4, site floors met (2 persons at site 1? no: 2 at 1, 1 at 0 -> short 1)
    assert sentences([1, 0], value=3 + 4 - 7 * 1 - 2 * 1) == ""


@pytest.mark.parametrize(
    ("site_of", "value", "changes", "says"),
    [
        ([1, 0], 0, {}, "worth -2, not 0"),
        ([1, 0], -2, {"bound": -3}, "above the bound"),
        ([1, 1], 0, {}, "not allowed"),
        ([1, 2], 0, {}, "does not exist"),
        ([1], 0, {}, "1 rows"),
        ([1, 0], -2, {"capacity": [[3, 2], [1, 1]]}, "gives 2 of service 0, but has 1"),
        ([1, 0], -2, {"capacity": [[3, 2], [2, 0]]}, "gives 1 of service 1, but has 0"),
        ([1, 0], -2, {"region_ceiling": [9, 1]}, "above its ceiling"),
        ([1, -1], 3 - 10 - 14 - 2, {}, "priority 0 reaches 1, but 2 was promised"),
    ],
)
def test_each_fault_in_the_arrays_is_named(site_of, value, changes, says):
    bound = changes.pop("bound", 99)
    assert says in sentences(site_of, value=value, bound=bound, **changes)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"value": [[1, 2]]}, "shape"),
        ({"capacity": [[-1, 2], [2, 1]]}, "negative"),
        ({"value": [[0.5, 1], [1, 1]]}, "whole"),
        ({"value": [[float("nan"), 1], [1, 1]]}, "whole"),
        ({"value": [[2**40, 1], [1, 1]]}, "beyond"),
        ({"region": [0, 5]}, "region"),
        ({"value": [[], []], "capacity": np.zeros((0, 2)), "floor": [], "region": []}, "no site"),
        ({"value": 3}, "not a matrix"),
    ],
)
def test_arrays_that_do_not_fit_are_refused_in_a_sentence(changes, says):
    with pytest.raises(InputRefused, match=says):
        instance(**changes)


def test_arrays_survive_the_file_and_equal_arrays_give_equal_bytes():
    one = instance()
    again, findings = load_instance(one.to_bytes())
    assert again.to_bytes() == one.to_bytes()
    assert findings == []
    extra = {k: np.array(v) for k, v in BASE.items()} | {"colour": np.array([1])}
    _, findings = load_instance(arrays_to_bytes(extra))
    assert "unknown" in findings[0].what
    for junk in (b"", b"junk", one.to_bytes()[:100]):
        with pytest.raises(InputRefused):
            load_instance(junk)


A, B, HERE = site("a", "CA-ON"), site("b", "CA-NB"), site("here", "CA-QC")
WORLD = situation(
    [A, B, HERE],
    [
        {"person": 6, "room": 2, "room.family": 1},
        {"person": 6, "room": 2},
        {"person": 6, "room": 2},
    ],
    [100, 900, 60],
)
PEOPLE = [
    household("H-1"), household("H-2", adults=2, children=1), household("H-3", links=("H-4",)),
    household("H-4", links=("H-3",)), household("H-5", children=1, adults=0),
]  # fmt: skip


def good_plan() -> Plan:
    return place_households(PEOPLE, WORLD, policy(), figures(), seed="s")


def moved(plan: Plan, case: str, to: Any) -> Plan:
    lines = tuple(
        replace(line, site=to and to.id, region=to and to.region) if line.case == case else line
        for line in plan.lines
    )
    return replace(plan, lines=lines)


def faults(plan: Plan) -> str:
    return " | ".join(str(f) for f in faults_in_plan(plan, PEOPLE, WORLD, policy()))


def test_a_true_plan_stands():
    assert faults(good_plan()) == ""


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (lambda p: moved(p, "H-1", HERE), "against rule 1"),
        (lambda p: moved(p, "H-2", B), "room.family, whose capacity is not known"),
        (lambda p: replace(moved(moved(p, "H-3", A), "H-4", A), tiers=()), "but only 2 are free"),
        (lambda p: moved(p, "H-3", None), "was parted from"),
        (lambda p: replace(p, lines=p.lines[1:]), "is missing from the plan"),
        (lambda p: replace(p, lines=(*p.lines, p.lines[0])), "stands 2 times"),
        (lambda p: replace(p, outside=(), lines=(*p.lines, replace(
            p.lines[0], case="H-5", persons=1, site=A.id, region=A.region))), "never for the engine"),
        (lambda p: replace(p, due=replace(p.due, total=99)), "sum to"),
        (lambda p: replace(p, tiers=(("roof", 99), *p.tiers[1:])), "priority 'roof' says 99"),
        (lambda p: replace(p, tiers=(p.tiers[0], ("due", 5), p.tiers[2])), "priority 'due' says 5"),
    ],
)  # fmt: skip
def test_each_fault_in_a_plan_is_named(spoil, says):
    crowded = moved(good_plan(), "H-1", A)
    assert says in faults(spoil(crowded)) or says in faults(spoil(good_plan()))


def test_a_place_without_consent_or_to_avoid_is_named():
    plan = good_plan()
    no_consent = replace(WORLD, consenting=frozenset({"CA-NB"}))
    found = faults_in_plan(plan, PEOPLE, no_consent, policy())
    assert any("nobody has agreed" in f.what for f in found)
    first = next(line for line in plan.placed)
    shy = [
        replace(h, need=replace(h.need, places_to_avoid=(str(first.region),)))
        if h.id == first.case
        else h
        for h in PEOPLE
    ]
    assert any("must not be" in f.what for f in faults_in_plan(plan, shy, WORLD, policy()))
