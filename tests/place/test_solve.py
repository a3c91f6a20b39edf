"""``solve``: the best plan by every measure that can be worked out otherwise, with a certificate."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from arrayworlds import (
    Arrays,
    best_value,
    bound_again,
    fits,
    small_arrays,
    tiny_arrays,
    worth,
    worth_of_counts,
)
from partage.casework import arrays as casework_arrays
from partage.casework.arrays import check_seconds, solve_arrays
from partage.core.errors import InputRefused, Unfaithful
from partage.place.certify import PlanFile, certify, load_plan
from partage.place.instance import Instance, instance_from
from partage.place.milp import solve_milp
from partage.place.solve import solve
from partage.place.watched import Progress

SECONDS = 30.0


def of(arrays: Arrays) -> Instance:
    return instance_from(arrays)[0]


@given(tiny_arrays())
@settings(max_examples=120)
def test_no_plan_is_better_than_the_one_found(arrays):
    answer, checked, data = solve_arrays(of(arrays), seconds=SECONDS)
    plan = tuple(answer.plan.site.tolist())
    assert fits(arrays, plan)
    assert answer.value == worth(arrays, plan)[0] == best_value(arrays)
    assert answer.proven
    assert answer.bound == answer.value <= answer.price_bound
    assert answer.price_bound == bound_again(arrays, load_plan_arrays(data))
    assert (checked.value, checked.price_bound, checked.faults) == (
        answer.value, answer.price_bound, (),
    )  # fmt: skip
    persons = [int(units[0]) for units in arrays["need"]]
    placed = sum(p for p, j in zip(persons, plan, strict=True) if j >= 0)
    assert (answer.placed, answer.unplaced) == (placed, sum(persons) - placed)


def load_plan_arrays(data: bytes) -> Arrays:
    plan = load_plan(data, 0)
    assert plan.certificates[-1] is not None
    return plan.certificates[-1].arrays()


@pytest.mark.parametrize("seed", range(4))
def test_it_agrees_with_the_search_alone_on_small_problems(seed):
    instance = of(small_arrays(seed))
    answer = solve(instance, seconds=SECONDS)
    alone = solve_milp(instance, SECONDS)
    assert alone.proven
    assert answer.proven
    assert answer.value == alone.value <= answer.price_bound
    assert answer.price_gap < 0.05


@given(st.integers(0, 10**6), st.integers(2, 50))
@settings(max_examples=12)
def test_the_order_of_rows_and_sites_and_the_unit_of_value_change_nothing_of_worth(seed, unit):
    arrays = small_arrays(seed, rows=14, sites=4)
    luck = np.random.default_rng(seed)
    rows, sites = luck.permutation(14), luck.permutation(4)
    other = dict(arrays)
    other["value"] = arrays["value"][rows][:, sites] * unit
    for name in ("need", "unplaced", "count"):
        other[name] = arrays[name][rows] * (unit if name == "unplaced" else 1)
    for name in ("capacity", "floor", "region"):
        other[name] = arrays[name][sites]
    for name in ("floor_penalty", "region_penalty"):
        other[name] = arrays[name] * unit
    first, second = solve(of(arrays), seconds=SECONDS), solve(of(other), seconds=SECONDS)
    assert first.proven
    assert second.proven
    assert second.value == unit * first.value
    assert float(second.price_bound) == pytest.approx(unit * float(first.price_bound), rel=1e-6)
    back = np.full(14, -1)
    to = np.append(sites, -1)
    back[rows] = to[second.plan.site]
    assert certify(of(arrays), PlanFile(back, None, (first.certificate,))).value == first.value


@pytest.mark.parametrize("seed", range(3))
def test_the_same_instance_gives_the_same_bytes(seed):
    one, two = (solve_arrays(of(small_arrays(seed)), seconds=SECONDS)[2] for _ in range(2))
    assert one == two


def test_nobody_is_an_empty_plan():
    none = small_arrays(1, rows=0)
    answer, checked, _ = solve_arrays(of(none | {"region_floor": np.zeros(2)}), seconds=1)
    assert answer.plan.site.shape == (0,)
    assert (answer.placed, answer.unplaced, answer.proven) == (0, 0, True)
    assert checked.faults == ()


def test_rows_that_no_site_takes_are_without_a_place_and_cost_what_that_costs():
    arrays = small_arrays(1)
    closed = arrays | {"value": np.full_like(arrays["value"], -1)}
    answer = solve_arrays(of(closed), seconds=SECONDS)[0]
    assert (answer.plan.site == -1).all()
    assert answer.value == best_of_nothing(closed)
    assert answer.value <= answer.price_bound


def best_of_nothing(arrays: Arrays) -> int:
    found = worth(arrays, (-1,) * len(arrays["value"]))
    assert found is not None
    return found[0]


def test_the_plan_before_is_a_beginning_and_moves_are_counted_from_it():
    instance = of(small_arrays(5))
    first = solve_arrays(instance, seconds=SECONDS)[0]
    assert first.moved is None
    again = solve_arrays(instance, seconds=SECONDS, previous=first.plan.site)[0]
    assert (again.value, again.moved) == (first.value, 0)
    nobody = np.full(40, -1, np.int32)
    moved = solve_arrays(instance, seconds=SECONDS, previous=nobody)[0]
    assert moved.moved == int((moved.plan.site >= 0).sum())
    with pytest.raises(InputRefused, match="39 rows"):
        solve_arrays(instance, seconds=SECONDS, previous=nobody[1:])


@pytest.mark.parametrize("limits", [{"seconds": float("nan")}, {"seconds": 1, "gap": float("nan")}])
def test_a_limit_that_is_no_number_is_refused(limits):
    with pytest.raises(InputRefused, match="no limit"):
        solve_arrays(of(small_arrays(1)), **limits)


INSTANCE = of(small_arrays(1))
HONEST = solve(INSTANCE, seconds=SECONDS)


@pytest.mark.parametrize(
    "lie",
    [
        {"value": 1},
        {"price_bound": Fraction(1)},
        {"bound": 0},
        {"plan": PlanFile(np.zeros(40, np.int32), None, (HONEST.certificate,))},
        {"plan": PlanFile(HONEST.plan.site, None, (None,))},
    ],
)
def test_an_answer_that_its_own_certificate_does_not_bear_out_is_never_given(lie, monkeypatch):
    wrong = replace(HONEST, **lie)
    monkeypatch.setattr(casework_arrays, "solve", lambda *_, **__: wrong)
    with pytest.raises(Unfaithful, match="does not stand up"):
        solve_arrays(INSTANCE, seconds=5)


def test_the_search_leaves_time_to_certify_what_it_finds(monkeypatch):
    given_seconds = []
    honest = casework_arrays.solve

    def watched(instance, *, seconds, **more):
        given_seconds.append(seconds)
        return honest(instance, seconds=seconds, **more)

    monkeypatch.setattr(casework_arrays, "solve", watched)
    instance = of(small_arrays(1))
    solve_arrays(instance, seconds=5)
    assert given_seconds == [5 - check_seconds(instance, 5)]
    assert 0 < check_seconds(instance, 5) < 0.01
    assert check_seconds(instance, 1e-6) == 0.25e-6


def test_progress_has_a_value_below_its_bound_and_time_that_goes_on():
    heard: list[Progress] = []
    solve(of(small_arrays(8, rows=400, sites=30)), seconds=3, say=heard.append)
    assert [p.seconds for p in heard] == sorted(p.seconds for p in heard)
    assert all(p.value <= p.bound for p in heard if p.value is not None and p.bound is not None)


@given(tiny_arrays(rows=3, grouped=True))
@settings(max_examples=60)
def test_grouped_rows_are_worth_what_their_households_are_one_by_one(arrays):
    assume((arrays["count"] != 1).any())
    answer, checked, data = solve_arrays(of(arrays), seconds=SECONDS)
    assert answer.plan.site is None
    counts = answer.plan.counts.tolist()
    value, kept = worth_of_counts(arrays, counts)
    assert (answer.value, [tier.reached for tier in checked.tiers]) == (value, kept)
    assert answer.price_bound == bound_again(arrays, load_plan_arrays(data))
    assert answer.proven
    assert answer.value == best_value(one_by_one(arrays))


def one_by_one(arrays: Arrays) -> Arrays:
    """The same households, a row each."""
    each = np.repeat(np.arange(len(arrays["count"])), arrays["count"])
    rows = {name: arrays[name][each] for name in ("value", "need", "unplaced")}
    kept = arrays["keep_value"][:, each]
    return arrays | rows | {"count": np.ones(len(each), np.int64), "keep_value": kept}
