"""The second search: what it shows holds for every plan, and it never changes which plan is answered."""

from __future__ import annotations

import time

import pytest

from arrayworlds import small_arrays
from partage.place import hunt, watched
from partage.place.beside import Beside
from partage.place.instance import instance_from
from partage.place.roads import prices_of
from partage.place.solve import solve


@pytest.mark.parametrize(("rows", "sites", "seed"), [(120, 12, 1), (140, 12, 0)])
def test_a_second_thread_changes_nothing_but_the_time(rows, sites, seed, monkeypatch):
    begun = []

    class Seen(Beside):
        def __init__(self, *given):
            begun.append(given)
            super().__init__(*given)

    monkeypatch.setattr(hunt, "PATIENCE", 0.0)
    monkeypatch.setattr(watched, "LOOK", 0.001)
    monkeypatch.setattr(hunt, "Beside", Seen)
    instance = instance_from(small_arrays(seed, rows=rows, sites=sites))[0]
    one = solve(instance, seconds=60, threads=1)
    assert not begun
    two = solve(instance, seconds=60, threads=2)
    assert begun
    assert one.proven
    assert two.proven
    assert one.plan.site.tolist() == two.plan.site.tolist()


@pytest.mark.parametrize("share", [0.25, 0.9, 1.5, 4.0])
@pytest.mark.parametrize("seed", range(3))
def test_what_it_shows_holds_for_the_best_plan(seed, share):
    instance = instance_from(small_arrays(seed, rows=60, sites=8))[0]
    best = solve(instance, seconds=60)
    assert best.proven
    prices = prices_of(instance, time.perf_counter() + 60)
    short = float(prices.bound - best.value)  # what the best plan falls short
    gap = share * short + 1.0
    near = prices.near(gap)
    beside = Beside(instance, near, float(prices.bound), gap, 60.0)
    while beside.running:
        assert beside.shown <= short + 1e-3
        time.sleep(0.005)
    beside.stop()
    assert min(gap, short) - 1.0 <= beside.shown <= min(gap, short) + 1e-3
