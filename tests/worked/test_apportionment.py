"""Hamilton against published examples, and its laws as properties."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partage.apportion import METHODS
from partage.core.errors import InputRefused, LotsRequired
from partage.core.shares import Shares
from partage.core.situation import Figure, Origin
from partage.core.units import RegionId
from partage.keys import KEYS

SOURCE = Origin(source="Balinski and Young 1975, as in the tests of the package apportionment")


def shares(weights: list[int]) -> Shares:
    total = sum(weights)
    of = tuple((RegionId(f"R{n:02d}"), Fraction(w, total)) for n, w in enumerate(weights))
    return Shares("test", of, (), "", SOURCE)


@pytest.mark.parametrize(
    ("weights", "seats", "given_"),
    [
        # Balinski and Young 1975, https://github.com/martinlackner/apportionment (test_methods.py)
        ([5117, 4400, 162, 161, 160], 100, [51, 44, 2, 2, 1]),
        ([9061, 7179, 5259, 3319, 1182], 26, [9, 7, 5, 4, 1]),
    ],
)
def test_published_examples(weights, seats, given_):
    result = METHODS["hamilton"](seats, shares(weights))
    assert [persons for _, persons in result.persons] == given_


@given(st.lists(st.integers(0, 10**7), min_size=1, max_size=14).filter(any), st.integers(0, 5000))
def test_quota_sum_and_recorded_steps(weights, total):
    key = shares(weights)
    draw = tuple(region for region, _ in key.of)
    result = METHODS["hamilton"](total, key, draw)
    assert sum(n for _, n in result.persons) == total
    for region, share in key.of:
        claim = share * total
        assert claim - 1 < result.of(region) < claim + 1
        assert sum(s.given for s in result.steps if s.region == region) == result.of(region)


@given(st.permutations([7, 11, 13, 170, 4]), st.integers(0, 300))
def test_anonymity_a_region_gets_the_same_wherever_it_stands(weights, total):
    names = {w: RegionId(f"W{w}") for w in weights}
    of = tuple((names[w], Fraction(w, 205)) for w in weights)
    draw = tuple(names.values())
    first = METHODS["hamilton"](total, Shares("t", of, (), "", SOURCE), tuple(sorted(draw)))
    again = METHODS["hamilton"](
        total, Shares("t", tuple(sorted(of)), (), "", SOURCE), tuple(sorted(draw))
    )
    assert first.persons == again.persons


def test_a_tie_needs_lots_and_a_draw_answers_it():
    with pytest.raises(LotsRequired) as refused:
        METHODS["hamilton"](2, shares([1, 1, 1]))
    assert refused.value.tied == ("R00", "R01", "R02")
    assert refused.value.exit_code == 3
    drawn = METHODS["hamilton"](2, shares([1, 1, 1]), ("R02", "R00", "R01"))
    assert dict(drawn.persons) == {"R00": 1, "R01": 0, "R02": 1}
    assert drawn.draw == ("R02", "R00", "R01")
    with pytest.raises(LotsRequired):
        METHODS["hamilton"](2, shares([1, 1, 1]), ("R02", "R00"))  # a draw leaves nobody out


def test_no_tie_where_the_remainders_differ_or_nothing_is_left():
    assert dict(METHODS["hamilton"](3, shares([1, 1, 1])).persons) == {"R00": 1, "R01": 1, "R02": 1}


def test_negative_totals_are_refused():
    with pytest.raises(InputRefused, match="-1 persons"):
        METHODS["hamilton"](-1, shares([1]))


def figure(region: str, period: str, value: str) -> Figure:
    return Figure("population", region, period, value, "persons", "estimate", "now", SOURCE)


def test_population_takes_one_common_date_for_all():
    history = [
        figure("CA-ON", "2022-10-01", "300"), figure("CA-ON", "2023-01-01", "400"),
        figure("CA-NB", "2022-10-01", "100"), figure("CA-ON", "2023-04-01", "1"),
        figure("CA-NB", "2023-04-01", "9"),
    ]  # fmt: skip
    key = KEYS["population"](["CA-ON", "CA-NB"], history, date(2023, 2, 20))
    assert dict(key.of) == {"CA-ON": Fraction(3, 4), "CA-NB": Fraction(1, 4)}
    assert "2022-10-01" in key.definition


@pytest.mark.parametrize(
    ("regions", "value", "says"),
    [
        ([], "1", "No region"),
        (["CA-ON", "CA-ON"], "1", "twice"),
        (["CA-ON", "CA-XX"], "1", "no population figure for CA-XX"),
        (["CA-ON"], "-3", "'-3'"),
        (["CA-ON"], "many", "'many'"),
        (["CA-ON"], "0", "'0'"),
    ],
)
def test_population_refuses_in_a_sentence(regions, value, says):
    with pytest.raises(InputRefused, match=says):
        KEYS["population"](regions, [figure("CA-ON", "2023-01-01", value)], date(2023, 2, 20))


def test_an_unknown_key_is_refused_with_the_names_that_are_known():
    with pytest.raises(InputRefused, match="population"):
        KEYS["astrology"]
