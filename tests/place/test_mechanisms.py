"""Mechanisms that serve instead of searching: their order, their choice, and what binds them all."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from partage.core.errors import InputRefused
from partage.core.streams import Stream
from partage.place.instance import Instance, instance_from
from partage.place.mechanisms import MECHANISMS

SERVING = ("greedy", "lottery", "key_only", "easy")


def instance(value, need, capacity, **more) -> Instance:  # type: ignore[no-untyped-def]
    value, capacity = np.array(value), np.array(capacity)
    n, m = value.shape
    return instance_from(
        {
            "value": value, "need": np.array(need).reshape(n, -1), "capacity": capacity.reshape(m, -1),
            "floor": np.zeros(m, int), "floor_penalty": np.array(0), "unplaced": np.zeros(n, int),
            "count": np.ones(n, int), **{k: np.array(v) for k, v in more.items()},
        }
    )[0]  # fmt: skip


def sites(name: str, case: Instance, seed: str = "seed") -> list[int]:
    return [int(j) for j in MECHANISMS[name](case, None, None, Stream(seed), 1.0).site_of]


def test_greedy_serves_the_longest_wait_first():
    # one place at the good site; row 1 waits longest
    case = instance([[9, 1], [9, 1], [9, 1]], [1, 1, 1], [1, 5], order=[2, 0, 1])
    assert sites("greedy", case) == [1, 0, 1]


def test_greedy_keeps_priorities_in_order_and_then_takes_the_site_with_most_places():
    first = [[[0, 0, 5]]]  # the higher priority prefers site 2, the lower one site 0
    case = instance([[9, 1, 0]], [1], [5, 5, 1], keep_value=first, keep_least=[-(2**53)],
                    keep_floor_penalty=[0], keep_region_penalty=[0])  # fmt: skip
    assert sites("greedy", case) == [2]
    assert sites("greedy", instance([[1, 1, 1]], [1], [3, 8, 5])) == [1]


def test_greedy_counts_what_a_region_is_still_due():
    case = instance(
        [[0, 0], [0, 0]], [2, 2], [9, 5], region=[0, 1], region_floor=[0, 2], region_penalty=1
    )
    # the first adds to the due of region 1; then nothing is due, and site 0 has more places
    assert sites("greedy", case) == [1, 0]


def test_key_only_follows_what_is_due_and_nothing_else():
    case = instance(
        [[0, 99], [0, 99], [0, 99]], [1, 1, 1], [9, 9], region=[0, 1], region_floor=[2, 1]
    )
    assert sorted(sites("key_only", case)) == [0, 0, 1]
    full = instance([[0, 0]] * 3, [1, 1, 1], [1, 9], region=[0, 1], region_floor=[3, 0])
    assert sorted(sites("key_only", full)) == [0, 1, 1]  # where a region is full the next is asked


def test_easy_keeps_people_where_they_are_while_quota_place_and_competence_allow():
    near = {"km": [[0, 100, 200]] * 3, "region": [0, 1, 2]}
    quota = instance([[0, 0, 0]] * 3, [1, 1, 1], [9, 9, 9], region_floor=[1, 0, 2], **near)
    assert sites("easy", quota) == [0, 2, 2]
    places = instance([[0, 0, 0]] * 3, [1, 1, 1], [0, 1, 9], region_floor=[3, 0, 0], **near)
    # the quota is open at home but there is no place: then free places decide
    assert sites("easy", places) == [2, 2, 2]
    competence = instance([[-1, 0, 0]] * 3, [1, 1, 1], [9, 9, 9], region_floor=[3, 0, 0], **near)
    assert 0 not in sites("easy", competence)


def test_a_lottery_is_repeated_by_its_stream_and_differs_by_seed():
    case = instance(np.zeros((30, 3), int), np.ones(30, int), [20, 20, 20])
    assert sites("lottery", case, "a") == sites("lottery", case, "a")
    assert sites("lottery", case, "a") != sites("lottery", case, "b")


@pytest.mark.parametrize("name", SERVING)
def test_a_ceiling_binds_and_nobody_without_room_is_placed(name):
    case = instance([[0, 0]] * 5, [[2]] * 5, [9, 3], region=[0, 1], region_ceiling=[4, 99])
    got = sites(name, case)
    assert (got.count(0), got.count(1), got.count(-1)) == (2, 1, 2)


@pytest.mark.parametrize("name", SERVING)
def test_rows_that_stand_for_several_households_are_refused(name):
    case = instance([[0]], [1], [9])
    several = instance_from(
        {**{f: getattr(case, f) for f in case.__dataclass_fields__}, "count": [3]}
    )[0]
    with pytest.raises(InputRefused, match="several households"):
        sites(name, several)


@given(st.data(), st.sampled_from(SERVING))
def test_whoever_has_no_place_had_nowhere_to_go_at_the_end(data, name):
    n, m = data.draw(st.integers(1, 6)), data.draw(st.integers(1, 4))
    need = np.array([[data.draw(st.integers(1, 4))] for _ in range(n)]).reshape(n, 1)
    value = np.array([[data.draw(st.sampled_from([-1, 0, 3])) for _ in range(m)] for _ in range(n)])
    capacity = np.array([[data.draw(st.integers(0, 8))] for _ in range(m)])
    case = instance(value.reshape(n, m), need, capacity)
    got = sites(name, case)
    left = capacity[:, 0].copy()
    for i, j in enumerate(got):
        if j >= 0:
            left[j] -= need[i, 0]
    assert (left >= 0).all()
    for i, j in enumerate(got):
        if j < 0:
            assert not any(
                value.reshape(n, m)[i, k] >= 0 and left[k] >= need[i, 0] for k in range(m)
            )
