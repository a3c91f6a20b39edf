"""A search that ends with nothing shown proves nothing."""

import numpy as np

from arrayworlds import small_arrays
from partage.place import hunt as module
from partage.place.instance import instance_from
from partage.place.milp import Found
from partage.place.solve import solve


def test_a_search_that_was_stopped_before_it_showed_anything_proves_nothing(monkeypatch):
    instance = instance_from(small_arrays(3, rows=1100, sites=30))[0]
    nobody = np.full(1100, -1, np.int32)
    monkeypatch.setattr(module, "search", lambda *_, **__: Found(None, -np.inf, False))
    answer = solve(instance, seconds=1, previous=nobody)
    assert not answer.proven
    assert answer.bound > answer.value
