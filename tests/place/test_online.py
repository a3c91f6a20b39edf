"""Between plans: decisions follow from the prices, and a plan made again stands and moves few."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from partage.place.certify import certify
from partage.place.instance import Instance
from partage.place.prices.online import Book, Standing
from partage.place.prices.road import Priced
from partage.place.regret import net_worth
from partage.place.solve import solve
from place.instances import drawn, instances


@given(instances(tiers=False))
@settings(max_examples=60)
def test_a_decision_is_the_best_at_the_standing_prices(instance: Instance):
    certificate = Priced.of(instance).certificate
    standing = Standing(instance, certificate)
    net = net_worth(instance, certificate)
    many = standing.decide_many(instance.value, instance.need, instance.unplaced)
    for i in range(instance.households):
        one = standing.decide(instance.value[i], instance.need[i], int(instance.unplaced[i]))
        best = max(float(net[i].max()), float(instance.unplaced[i]))
        for site in (one, int(many[i])):
            worth = net[i, site] if site >= 0 else float(instance.unplaced[i])
            assert worth == pytest.approx(best, abs=1e-6)


def test_where_nothing_is_scarce_deciding_one_by_one_is_the_best_plan():
    instance = drawn(2, 80, 5, slack=9.0, floor=0.0)
    answer = solve(instance)
    standing = Standing(instance, answer.certificate)
    site = standing.decide_many(instance.value, instance.need, instance.unplaced)
    assert certify(instance, replace(answer.plan, site=site)).value == answer.value


@given(st.integers(0, 5), st.sampled_from([0, 1, 2, 10, 60, 100]), st.integers(0, 3))
@settings(max_examples=40)
def test_whatever_closes_the_plan_made_again_stands(site: int, percent: int, seed: int):
    instance = drawn(seed, 120, 6)
    book = Book(instance, solve(instance, seconds=5.0).plan.site)
    capacity = instance.capacity.copy()
    capacity[site] -= capacity[site] * percent // 100
    again = book.again(capacity)
    checked = certify(replace(instance, capacity=capacity), again.plan)
    assert (checked.value, checked.faults) == (again.value, ())
    stay = book.site_of != site  # only the site that closes is left by anybody
    assert (again.plan.site[stay] == book.site_of[stay]).all()
    assert again.moved == int((again.plan.site != book.site_of).sum())


def test_a_change_that_touches_nobody_moves_nobody():
    instance = drawn(4, 200, 6, slack=1.3)
    book = Book(instance, solve(instance, seconds=5.0).plan.site)
    assert book.again(instance.capacity).moved == 0
    more = instance.capacity + 1
    again = book.again(more)
    assert again.moved == 0
    fresh = Priced.of(replace(instance, capacity=more))
    assert float(again.price_bound) == pytest.approx(float(fresh.bound()), abs=0.2)


def test_places_given_back_end_where_they_began():
    instance = drawn(6, 300, 5)
    book = Book(instance, solve(instance, seconds=5.0).plan.site)
    before = book.priced.found.corner.y.copy()
    book.again(np.maximum(instance.capacity - 3, 0))
    assert (book.priced.found.corner.y == before).all()
