"""Every built-in part keeps the promises that ``partage.testing`` asks; a broken part does not."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from partage import testing
from partage.apportion import METHODS
from partage.core.shares import Apportionment
from partage.keys import KEYS
from partage.place.mechanisms import MECHANISMS

CHECKS = [
    *((testing.check_key, KEYS, name) for name in KEYS),
    *((testing.check_method, METHODS, name) for name in METHODS),
    *((testing.check_mechanism, MECHANISMS, name) for name in MECHANISMS),
]


@pytest.mark.parametrize(
    ("check", "shelf", "name"),
    CHECKS,
    ids=lambda v: v if isinstance(v, str) else getattr(v, "__name__", "shelf"),
)
def test_built_ins_keep_every_promise(check, shelf, name):
    promises = list(check(shelf[name]))
    assert len(promises) >= 5
    assert [p for p in promises if not p.kept] == []
    assert shelf.labels[name].promise
    assert shelf.labels[name].source


def broken(check, part) -> list[str]:  # type: ignore[no-untyped-def]
    return [p.says for p in check(part) if not p.kept]


def test_a_broken_method_is_seen():
    def generous(total, shares, draw=()):  # type: ignore[no-untyped-def]
        result = METHODS["hamilton"](total, shares, draw)
        first = result.persons[0]
        return replace(result, persons=((first[0], first[1] + 1), *result.persons[1:]))

    def alphabetical(total, shares, draw=()):  # type: ignore[no-untyped-def]
        names = tuple(sorted(region for region, _ in shares.of))
        return METHODS["hamilton"](total, shares, draw or names)

    assert any("no more and no less" in says for says in broken(testing.check_method, generous))
    assert broken(testing.check_method, alphabetical) == [
        "a tie is LotsRequired and names who is tied"
    ]
    assert isinstance(METHODS["hamilton"](1, testing._shares([1]), ()), Apportionment)


def test_a_broken_key_is_seen():
    def forgetful(regions, history, at):  # type: ignore[no-untyped-def]
        known = sorted({f.region for f in history} & set(regions))
        return KEYS["population"](known, history, at)

    assert "a region without a figure is refused" in broken(testing.check_key, forgetful)


def test_a_broken_mechanism_is_seen():
    def crowd(instance, wishes, due, stream, budget):  # type: ignore[no-untyped-def]
        solved = MECHANISMS["optimum"](instance, wishes, due, stream, budget)
        return replace(solved, site_of=np.zeros(instance.households, np.int32))

    assert any("no fault" in says for says in broken(testing.check_mechanism, crowd))
