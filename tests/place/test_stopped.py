"""A search that ends with nothing shown proves nothing."""

import numpy as np
import pytest

from arrayworlds import small_arrays
from partage.place import hunt as module
from partage.place.instance import instance_from
from partage.place.milp import Found
from partage.place.solve import solve
from partage.place.solved import NoPlanInTime


def test_a_search_that_was_stopped_before_it_showed_anything_proves_nothing(monkeypatch):
    instance = instance_from(small_arrays(3, rows=1100, sites=30))[0]
    nobody = np.full(1100, -1, np.int32)
    monkeypatch.setattr(module, "search", lambda *_, **__: Found(None, -np.inf, False))
    answer = solve(instance, seconds=1, previous=nobody)
    assert not answer.proven
    assert answer.bound > answer.value


def test_without_a_plan_it_is_said_what_none_can_exceed(monkeypatch):
    instance = instance_from(alike_arrays())[0]
    prices = solve(instance, seconds=5).price_bound
    monkeypatch.setattr(module, "search", lambda *_, **__: Found(None, 41.2, False))
    with pytest.raises(NoPlanInTime, match="none can be worth more than 41") as told:
        solve(instance, seconds=0.2)
    assert told.value.bound == 41 < prices


def alike_arrays():
    """Eight households of one kind: searched as one group."""
    return {
        "value": np.full((8, 2), 10), "need": np.full((8, 1), 2),
        "capacity": np.array([[7], [3]]), "floor": np.zeros(2, int), "floor_penalty": 0,
        "unplaced": np.ones(8, int), "count": np.ones(8, int), "region": np.zeros(2, int),
        "region_floor": [0], "region_ceiling": [2147483647], "region_penalty": 0,
    }  # fmt: skip


def test_a_plan_to_begin_with_never_stands_in_for_the_best_one():
    """Found by the law on the worth of a place: the solver gave the start back and called it the optimum."""
    arrays = {
        "value": [[120] * 4, [160] * 4, [-1, -1, -1, 120]],
        "need": [[3, 0, 1, 0], [4, 0, 1, 0], [3, 0, 1, 1]],
        "capacity": [[0] * 4, [0] * 4, [4, 0, 1, 0], [4, 0, 1, 1]], "floor": [0] * 4,
        "floor_penalty": 0, "unplaced": [0] * 3, "count": [1] * 3, "region": [0] * 4,
        "region_floor": [10], "region_ceiling": [2147483647], "region_penalty": 0,
        "keep_value": [[[3] * 4, [4] * 4, [0, 0, 0, 3]], [[0] * 4] * 3],
        "keep_floor_penalty": [0, 0], "keep_region_penalty": [0, 1], "keep_least": [4, -6],
    }  # fmt: skip
    instance = instance_from({name: np.array(a) for name, a in arrays.items()})[0]
    answer = solve(instance, seconds=30, previous=np.array([-1, 2, -1], np.int32))
    assert (answer.value, answer.proven) == (280, True)
