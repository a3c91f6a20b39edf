"""Grech 2017, table 1: the key of September 2015 for 32 states, from the inputs it prints.

Source: Grech, European Union Politics 18(2), 2017, doi:10.1177/1465116516649244.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from partage.keys.european import corrected
from partage.keys.reading import read
from partage.packs.figure_sets import load_figures
from tables import table

FIGURES = load_figures("grech-2017")
ROWS = table("grech_2017_table1.csv")
STATES = [row["state"] for row in ROWS]


def values(measure: str):  # type: ignore[no-untyped-def]
    return read(measure, STATES, FIGURES, date(2016, 1, 1)).values


def furthest(cap: str, column: str) -> Fraction:
    key = corrected(
        values("pop-share"), values("gdp-share"), values("applications-per-million"),
        values("unemployment-rate"), cap=cap,
    )  # fmt: skip
    return max(abs(key[row["state"]] - Fraction(row[column])) for row in ROWS)


def test_the_final_share_with_the_second_reading_of_the_cap():
    assert len(STATES) == 32
    assert furthest("mean", "share_final") < Fraction("1e-4")
    assert furthest("sum", "share_final") > Fraction("1e-3")  # the first reading is another key


def test_the_share_without_a_cap():
    assert furthest("none", "share_uncapped") < Fraction("2e-4")
