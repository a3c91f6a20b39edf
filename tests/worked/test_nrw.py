"""Nordrhein-Westfalen, FlüAG § 3 (1)-(2): 0.9 population, 0.1 area, the gain of area clipped.

Source: the rule as in FlüAG NRW § 3; the municipalities here are made up: none of the 396 is in the
tables we have.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from partage.core.situation import Figure, Origin
from partage.keys import KEYS

MADE_UP = Origin(assumption="made up for a worked example")
AT = date(2023, 6, 1)


def figures(population: list[int], area: list[int]) -> list[Figure]:
    return [
        Figure(name, f"M-{n:02d}", "2023-01-01", str(value), "", "made up", "made up", MADE_UP)
        for name, values in (("population", population), ("area", area))
        for n, value in enumerate(values)
    ]


def key(population: list[int], area: list[int], **params: object) -> dict[str, Fraction]:
    names = [f"M-{n:02d}" for n in range(len(population))]
    return dict(KEYS["nrw-area"](names, figures(population, area), AT, **params).of)


def test_the_gain_of_a_wide_and_empty_municipality_is_clipped_and_spread():
    # population 90 / 10, area 10 / 90: unclipped 0.9 * 0.1 + 0.1 * 0.9 = 0.18 for the second;
    # it may not pass 0.1 * 1.25 = 0.125, the first absorbs the rest
    assert key([90, 10], [10, 90]) == {"M-00": Fraction(7, 8), "M-01": Fraction(1, 8)}


def test_a_small_gain_stands():
    # population 60 / 40, area 50 / 50: 0.59 / 0.41, a gain of 2.5 %
    assert key([60, 40], [50, 50]) == {"M-00": Fraction(59, 100), "M-01": Fraction(41, 100)}


def test_the_excess_goes_to_the_others_in_proportion_to_their_key():
    got = key([60, 30, 10], [5, 5, 90])
    # keys 0.545 / 0.275 / 0.18, the third limited to 0.125: 0.055 spread 545 : 275
    assert got["M-02"] == Fraction(1, 8)
    assert got["M-00"] / got["M-01"] == Fraction(545, 275)


@given(
    st.lists(st.tuples(st.integers(1, 10**6), st.integers(1, 10**4)), min_size=2, max_size=12),
)
def test_shares_sum_to_1_and_no_gain_passes_a_quarter_by_area_alone(places):
    population, area = [p for p, _ in places], [a for _, a in places]
    got = key(population, area)
    assert sum(got.values()) == 1
    clipped = [
        name
        for n, name in enumerate(got)
        if Fraction(9, 10) * Fraction(population[n], sum(population))
        + Fraction(1, 10) * Fraction(area[n], sum(area))
        > Fraction(5, 4) * Fraction(population[n], sum(population))
    ]
    for name in clipped:
        n = int(name[2:])
        assert got[name] == Fraction(5, 4) * Fraction(population[n], sum(population))
