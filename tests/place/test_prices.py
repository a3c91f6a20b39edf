"""The compiled road: its prices are as good as a general solver's, whatever the shape of the problem."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings

from partage.place import roads as solving
from partage.place.certificate import bound_of
from partage.place.certify import PlanFile, certify
from partage.place.instance import Instance
from partage.place.milp import solve_milp, solve_prices
from partage.place.prices.dual import BLUR
from partage.place.prices.road import Priced
from partage.place.regret import near_by_regret
from partage.place.solve import solve
from place.instances import apart, drawn, instances

SHAPES: dict[str, dict[str, Any]] = {
    "plain": {},
    "overload": {"slack": 0.6},
    "no slack": {"slack": 1.0, "floor": 1.0},
    "all ties": {"levels": 1},
    "few levels": {"levels": 3, "barred": 0.0},
    "forty per cent barred": {"barred": 0.4},
    "households of eight": {"sizes": 8},
    "dues that cannot be met": {"due": 2.0},
    "dues": {"due": 0.9},
    "nowhere": {"slack": 0.0},
}


def lp_bound(instance: Instance) -> float:
    certificate = solve_prices(instance, 60.0)
    return bound_of(instance, certificate) / certificate.scale


@given(instances(tiers=False, grouped=True))
@settings(max_examples=150)
def test_small_prices_bound_as_tightly_as_a_general_solver(instance: Instance):
    priced = Priced.of(instance)
    bound = priced.bound()
    assert bound * priced.certificate.scale == bound_of(instance, priced.certificate)
    assert float(bound) == pytest.approx(lp_bound(instance), abs=BLUR + 1e-3)


@pytest.mark.parametrize("name", SHAPES)
@pytest.mark.parametrize(("rows", "sites"), [(60, 4), (400, 9)])
def test_prices_of_every_shape_bound_as_tightly(name: str, rows: int, sites: int):
    instance = drawn(7, rows, sites, **SHAPES[name])
    priced = Priced.of(instance)
    assert float(priced.bound()) == pytest.approx(lp_bound(instance), abs=BLUR + 1e-2, rel=1e-9)


def test_samples_lead_to_the_same_prices():
    instance = drawn(3, 6000, 7)
    priced = Priced.of(instance)
    assert float(priced.bound()) == pytest.approx(lp_bound(instance), abs=BLUR + 1e-2, rel=1e-9)


@given(instances(tiers=False))
def test_the_moves_are_those_that_the_plain_formula_finds(instance: Instance):
    priced = Priced.of(instance)
    near, plain = priced.near(7.0), near_by_regret(instance, priced.certificate, 7.0)
    here = {(i, j): lost for i, j, lost in zip(near.row, near.to, near.lost, strict=True)}
    there = {(i, j): lost for i, j, lost in zip(plain.row, plain.to, plain.lost, strict=True)}
    same = near.own == plain.own  # equal sites may stand first by rounding
    assert {p for p in here if same[p[0]]} == {p for p in there if same[p[0]]}
    assert all(here[p] == pytest.approx(there[p], abs=1e-6) for p in here if same[p[0]])


@given(instances(tiers=False))
@settings(max_examples=60)
def test_the_compiled_road_finds_the_best_plan(instance: Instance):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(solving, "FEW_PAIRS", -1)
        answer = solve(instance)
    assert answer.road == "pivots"
    assert (answer.value, answer.proven) == (solve_milp(instance).value, True)
    assert not certify(instance, answer.plan).faults


@given(instances(grouped=True))
@settings(max_examples=60)
def test_grouped_rows_are_worth_what_their_households_are(instance: Instance):
    answer, single = solve(instance), solve_milp(apart(instance))
    assert (answer.value, answer.proven) == (single.value, True)
    checked = certify(instance, answer.plan)
    assert (checked.value, checked.faults) == (answer.value, ())


@pytest.mark.parametrize("name", SHAPES)
def test_plans_of_every_shape_are_proven_and_stand(name: str):
    instance = drawn(11, 60, 4, **SHAPES[name])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(solving, "FEW_PAIRS", -1)
        answer = solve(instance, seconds=30.0)
    checked = certify(instance, answer.plan)
    assert (checked.value, checked.faults) == (answer.value, ())
    reference = solve_milp(instance, 30.0)
    assert answer.value <= reference.bound
    assert answer.bound >= reference.value
    if answer.proven and reference.proven:
        assert answer.value == reference.value


def test_the_walk_keeps_its_time():
    instance = drawn(3, 6000, 7)
    priced = Priced.of(instance, deadline=0.0)
    assert not priced.found.ended
    assert float(priced.bound()) >= lp_bound(instance) - 1e-2


@given(instances(tiers=False, grouped=True))
@settings(max_examples=60)
def test_a_plan_made_in_one_pass_stands(instance: Instance):
    filled = Priced.of(instance).fill()
    certificate = Priced.of(instance).certificate
    plan = (
        PlanFile(filled, None, (certificate,))
        if filled.ndim == 1
        else PlanFile(None, filled, (certificate,))
    )
    assert not certify(instance, plan).faults


def test_a_floor_above_capacity_is_missed_whatever_is_done():
    instance = drawn(5, 30, 3)
    floor = instance.capacity[:, 0] + np.array([4, 0, 2])
    instance = Instance(**{f: getattr(instance, f) for f in Instance.__slots__} | {"floor": floor})
    priced = Priced.of(instance)
    assert float(priced.bound()) == pytest.approx(lp_bound(instance), abs=BLUR + 1e-2)
