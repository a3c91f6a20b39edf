"""Draws are what they say: exact where small, right in mean and spread where large, monotone in their cause."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numba import njit

from partage.simulate.luck import (
    BESIDE,
    binomials,
    exp,
    normals,
    poissons,
    uniform,
    uniforms,
    weigh_chance,
    whole,
)
from partage.simulate.spread import Differences, Spread, middle
from partage.simulate.tally import bin_of


def drawn_at(which, u, a, b=0.0):
    """The Poisson numbers of mean a (which 0), or how many of a with chance b, at each u."""
    a, b = np.broadcast_to(float(a), len(u)), np.broadcast_to(float(b), len(u))
    out, odd = np.empty(len(u)), np.empty((3, BESIDE))
    row, rest, chance = np.empty(BESIDE), np.empty(BESIDE), np.empty(BESIDE)
    for first in range(0, len(u), BESIDE):
        at = np.minimum(np.arange(first, first + BESIDE), len(u) - 1)
        if which == 0:
            poissons(u[at], a[at], row, rest, chance)
        else:
            weigh_chance(b[at], odd)
            binomials(u[at], a[at], odd, row, rest, chance)
        out[first : first + BESIDE] = row[: len(u) - first]
    return out.astype(int)


def many(which, n, a, b):
    return drawn_at(which, (np.arange(n) + 0.5) / n, a, b)


def normal(u):
    out = np.empty(BESIDE)
    normals(np.full(BESIDE, u), out)
    return out[0]


def binomial(u, n, p):
    return drawn_at(1, np.array([u]), n, p)[0]


@njit
def exps(x):
    return [exp(y) for y in x]


@njit
def wholes(x):
    return [whole(y) for y in x]


@njit
def hashed(n, key):
    out = np.empty(n)
    for i in range(n):
        out[i] = uniform(np.uint64(key), i % 365, i // 365)
    return out


@pytest.mark.parametrize("mean", [0.05, 1.0, 6.5, 11.9])
def test_small_poisson_numbers_are_exact(mean):
    found = np.bincount(many(0, 200_000, mean, 0.0), minlength=8) / 200_000
    for k in range(8):
        assert abs(found[k] - math.exp(-mean) * mean**k / math.factorial(k)) < 2e-5


@pytest.mark.parametrize(("n", "p"), [(1, 0.3), (5, 0.9), (9, 0.5), (40, 0.02), (3000, 0.001)])
def test_small_binomial_numbers_are_exact(n, p):
    found = np.bincount(many(1, 200_000, n, p), minlength=6) / 200_000
    for k in range(min(n, 5) + 1):
        assert abs(found[k] - math.comb(n, k) * p**k * (1 - p) ** (n - k)) < 2e-5


@pytest.mark.parametrize(("which", "a", "b"), [(0, 12.0, 0), (0, 90.0, 0), (1, 100, 0.3), (1, 5000, 0.01)])  # fmt: skip
def test_large_numbers_have_their_mean_spread_and_skew(which, a, b):
    drawn = many(which, 200_000, a, b).astype(float)
    mean = a if which == 0 else a * b
    variance = mean if which == 0 else mean * (1 - b)
    skew = (1 if which == 0 else 1 - 2 * b) / math.sqrt(variance)
    assert abs(drawn.mean() - mean) < 0.01 * math.sqrt(variance)
    assert abs(drawn.var() / variance - 1) < 0.02
    assert abs((((drawn - mean) / math.sqrt(variance)) ** 3).mean() - skew) < 0.02


def test_the_normal_quantile_is_the_inverse_of_its_distribution():
    for u in (1e-9, 0.001, 0.02425, 0.3, 0.5, 0.9, 0.99999):
        assert abs(0.5 * math.erfc(-normal(u) / math.sqrt(2)) - u) < 1e-8


def test_the_exponential_is_right_where_it_is_used():
    for x, found in zip(np.linspace(-18, 3, 300), exps(np.linspace(-18, 3, 300)), strict=True):
        assert abs(found / math.exp(x) - 1) < 2e-12


@given(st.lists(st.floats(0, 2**50), min_size=1, max_size=30))
def test_the_whole_number_is_the_one_below(numbers):
    assert wholes(np.array(numbers)) == [math.floor(x) for x in numbers]


def test_a_row_of_numbers_is_that_of_each_key():
    keys = np.arange(7, 7 + BESIDE).astype(np.uint64) ** np.uint64(9)
    row = np.empty(BESIDE)
    uniforms(keys, 11, -3, row)
    assert row.tolist() == [uniform(key, 11, -3) for key in keys]


def test_neighbours_in_a_row_draw_as_if_alone():
    u, n = np.linspace(0.01, 0.99, BESIDE), np.arange(BESIDE) * 3
    p = np.linspace(0, 1, BESIDE)
    assert drawn_at(1, u, 0, 0).tolist() == [0] * BESIDE
    row, odd, rest, chance = (
        np.empty(BESIDE),
        np.empty((3, BESIDE)),
        np.empty(BESIDE),
        np.empty(BESIDE),
    )
    weigh_chance(p, odd)
    binomials(u, n.astype(float), odd, row, rest, chance)
    assert row.tolist() == [binomial(*one) for one in zip(u, n, p, strict=True)]
    poissons(u, p * 30, row, rest, chance)
    assert row.tolist() == [
        drawn_at(0, np.array([x]), m)[0] for x, m in zip(u, p * 30, strict=True)
    ]


def test_hashed_numbers_are_uniform_and_belong_to_their_day_and_purpose():
    drawn = hashed(365 * 200, 5)
    counts = np.histogram(drawn, 50, (0, 1))[0]
    assert ((counts - 1460) ** 2 / 1460).sum() < 100  # chi-square, 49 degrees: 1 in 40,000
    table = drawn.reshape(200, 365)
    assert abs(np.corrcoef(table[:-1].ravel(), table[1:].ravel())[0, 1]) < 0.02
    assert abs(np.corrcoef(table[:, :-1].ravel(), table[:, 1:].ravel())[0, 1]) < 0.02
    assert (hashed(10, 5) == drawn[:10]).all()
    assert (hashed(10, 6) != drawn[:10]).all()


@settings(max_examples=200, deadline=None)
@given(st.floats(0.001, 0.999), st.integers(0, 60), st.floats(0, 1), st.floats(0, 1))
def test_more_of_a_cause_is_never_less_of_its_effect(u, n, p, q):
    low, high = sorted((p, q))
    if n * high < 12 and high <= 0.5:
        assert binomial(u, n, low) <= binomial(u, n, high)
        assert binomial(u, n, low) <= binomial(u, n + 1, low)
    assert 0 <= binomial(u, n, p) <= n


@settings(max_examples=50, deadline=None)
@given(st.lists(st.integers(0, 10**9), min_size=1, max_size=60), st.floats(0.01, 1))
def test_quantiles_are_those_of_the_numbers_to_one_percent(numbers, share):
    spread = Spread.of(1)
    spread.add(np.array(numbers, np.int64)[:, None])
    exact = sorted(numbers)[max(1, math.ceil(share * len(numbers) - 1e-9)) - 1]
    found = spread.quantiles([share])[0, 0]
    assert abs(found - exact) <= 0.008 * exact + 1e-9
    assert abs(spread.means()[0] - sum(numbers) / len(numbers)) <= 1e-6 * max(numbers) + 1e-9


@given(st.integers(0, 2**40))
def test_a_bin_holds_its_numbers(value):
    at = bin_of(value)
    assert abs(middle(at) - value) <= (0 if value < 128 else value / 128)
    assert bin_of(value + 1) in (at, at + 1)


def test_paired_differences_are_signed_and_joined():
    rng = np.random.default_rng(1)
    a, b = rng.integers(0, 100, (300, 1)), rng.integers(0, 100, (300, 1))
    whole, parts = Differences.of(1), Differences.of(1)
    whole.add(a, b)
    for start in (0, 100, 200):
        part = Differences.of(1)
        part.add(a[start : start + 100], b[start : start + 100])
        parts.join(part)
    apart = np.sort((b - a)[:, 0])
    for found in (whole, parts):
        assert found.quantiles([0.05, 0.5, 0.95])[0].tolist() == [apart[14], apart[149], apart[284]]
        mean, half = found.mean_interval()
        assert abs(mean[0] - apart.mean()) < 1e-9
        assert abs(half[0] - 1.96 * apart.std(ddof=1) / math.sqrt(300)) < 1e-9
