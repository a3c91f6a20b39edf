"""Every built-in part keeps the promises that ``partage.testing`` asks; a broken part does not."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from partage import testing
from partage.apportion import METHODS
from partage.apportion.laws import CLAIMS
from partage.core.series import Monthly
from partage.core.shares import Apportionment
from partage.forecast import PREDICTORS
from partage.keys import KEYS
from partage.place.mechanisms import MECHANISMS
from partage.testing import KeySample

MONTHS = (*(f"2022-{month:02d}" for month in range(2, 13)), "2023-01")
DAY = ("2023-01-01",)
EU = {
    "population": ("2014-01-01",), "gdp": ("2013", "2014"), "unemployment": ("2014",),
    "applications": ("2010", "2011", "2012", "2013", "2014"), "resettled": ("2010/2014",),
}  # fmt: skip
HALVES = KeySample({"population": DAY, "gdp": ("2022",)})
PERCENT = {"R-A": "50.5", "R-B": "30.25", "R-C": "19.25"}
SAMPLES = {
    "population": KeySample(),
    "weighted": KeySample(HALVES.measures, params={"weights": {"population": "1/3", "gdp": "2/3"}}),
    "half-population-half-gdp": HALVES,
    "eu-2024-1351": HALVES,
    "published-shares": KeySample({"quota": ("2022",)}, PERCENT, params={"measure": "quota"}),
    "koenigstein": KeySample({"koenigstein-share": ("2021", "2022")}, PERCENT),
    "nrw-area": KeySample({"population": DAY, "area": DAY}),
    "denmark": KeySample(
        {"population": DAY, "foreign-residents": DAY, "received": DAY}, params={"persons": 10**7}
    ),
    "eu-2015-may": KeySample(EU),
    "eu-2015-september": KeySample(EU),
    "history-corrected": KeySample({"population": DAY, "claims": MONTHS}, params={"persons": 100}),
    "population-capped": KeySample(
        {"population": DAY, "claims": MONTHS}, others={"CA": "5000000"},
        params={"capped": ["R-A"], "persons": 100},
    ),
}  # fmt: skip
CHECKS = [
    *((testing.check_key, KEYS, name, SAMPLES.get(name)) for name in KEYS),
    *((testing.check_mechanism, MECHANISMS, name, None) for name in MECHANISMS),
    *((testing.check_predictor, PREDICTORS, name, None) for name in PREDICTORS),
]


@pytest.mark.parametrize(
    ("check", "shelf", "name", "sample"),
    CHECKS,
    ids=lambda v: v if isinstance(v, str) else getattr(v, "__name__", "-"),
)
def test_built_ins_keep_every_promise(check, shelf, name, sample):
    promises = list(check(shelf[name]) if sample is None else check(shelf[name], sample))
    assert len(promises) >= 5
    assert [p for p in promises if not p.kept] == []
    assert shelf.labels[name].promise
    assert shelf.labels[name].source


@pytest.mark.parametrize("name", list(METHODS))
def test_methods_keep_every_promise(name):
    adds_up = "adds-up" in CLAIMS[name]
    promises = list(testing.check_method(METHODS[name], adds_up=adds_up))
    assert [p for p in promises if not p.kept] == []
    assert METHODS.labels[name].promise
    assert METHODS.labels[name].source


def test_every_method_says_which_laws_it_keeps():
    assert set(CLAIMS) == set(METHODS)


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


def test_a_broken_predictor_is_seen():
    class Debt:
        def fit(self, panel):  # type: ignore[no-untyped-def]
            return self

        def sample(self, horizon, n, stream):  # type: ignore[no-untyped-def]
            return np.full((n, 3, horizon), -1.0)

    found = broken(testing.check_predictor, Debt())
    assert "persons are numbers, 0 or more" in found
    assert "another stream gives others" in found


def test_a_predictor_that_reads_the_future_is_seen(monkeypatch):
    class Peeks:
        def fit(self, panel):  # type: ignore[no-untyped-def]
            self.last = [one.low[-1] for one in panel.series]
            return self

        def sample(self, horizon, n, stream):  # type: ignore[no-untyped-def]
            drawn = stream.generator().random((n, 3, horizon))
            return drawn + np.array(self.last)[None, :, None]

    says = "changing the future changes no forecast"
    assert says not in broken(testing.check_predictor, Peeks())  # a panel hands on nothing later
    monkeypatch.setattr(Monthly, "until", lambda self, last: self)
    assert says in broken(testing.check_predictor, Peeks())
