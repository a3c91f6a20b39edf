"""Denmark, BEK 550/2022 § 4, on three made-up municipalities: no published table was found.

share = 2 p - f; calculated = share (N + R); provisional = calculated - R_i; negatives become 0.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from partage.core.errors import InputRefused
from partage.core.situation import Figure, Origin
from partage.keys import KEYS

MADE_UP = Origin(assumption="made up for a worked example")
AT = date(2022, 6, 1)


def figures(**measures: tuple[int, int, int]) -> list[Figure]:
    return [
        Figure(name.replace("_", "-"), f"DK-{n}", "2022-01-01", str(value), "persons", "made up", "made up", MADE_UP)
        for name, values in measures.items()
        for n, value in enumerate(values)
    ]  # fmt: skip


def test_the_formula_by_hand():
    known = figures(
        population=(500, 300, 200), foreign_residents=(50, 30, 20), received=(10, 10, 0)
    )
    # p = f = (.5, .3, .2): share = p; N + R = 120: calculated (60, 36, 24), less R (50, 26, 24)
    shares = dict(KEYS["denmark"](["DK-0", "DK-1", "DK-2"], known, AT, persons=100).of)
    assert shares == {
        "DK-0": Fraction(50, 100),
        "DK-1": Fraction(26, 100),
        "DK-2": Fraction(24, 100),
    }


def test_a_negative_becomes_0_and_the_others_absorb_it():
    known = figures(population=(500, 300, 200), foreign_residents=(90, 5, 5), received=(100, 0, 0))
    # share (.1, .55, .35), N + R = 200: (20, 110, 70), less R: (-80, 110, 70) of 100 persons
    shares = dict(KEYS["denmark"](["DK-0", "DK-1", "DK-2"], known, AT, persons=100).of)
    assert shares == {"DK-0": 0, "DK-1": Fraction(110, 180), "DK-2": Fraction(70, 180)}


def test_it_needs_the_national_number():
    with pytest.raises(InputRefused, match="national number is 0"):
        KEYS["denmark"](["DK-0"], figures(population=(1, 1, 1)), AT, persons=0)
