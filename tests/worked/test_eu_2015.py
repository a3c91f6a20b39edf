"""The Commission's key of May 2015 against its published columns, from inputs of a later vintage.

Sources: COM(2015)240 annex, COM(2015)286 annex, as reported (tests/worked/data); Eurostat and UNHCR
in the edition of autumn 2016 (figure set ``eu-2015``). The differences are printed with -s.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from partage.core.errors import InputRefused
from partage.keys import KEYS
from partage.keys.european import YEARS, inverse
from partage.keys.reading import read, read_window
from partage.packs.figure_sets import load_figures
from tables import table

AT = date(2016, 1, 1)
FIGURES = load_figures("eu-2015")
MAY = table("eu_com2015_240.csv")
ALL_28 = [row["state"] for row in MAY]
OUTSIDE = ("DK", "IE", "GB")  # not part of the relocation of May 2015


def differences(regions: list[str], published: dict[str, str], label: str) -> dict[str, Fraction]:
    """Percentage points between what the key gives and what was printed, where it was."""
    key = dict(KEYS["eu-2015-may"](regions, FIGURES, AT).of)
    out = {r: 100 * key[r] - Fraction(text) for r, text in published.items() if text}
    for region, gap in sorted(out.items(), key=lambda item: -abs(item[1])):
        print(f"{label} {region}: ours {float(100 * key[region]):.3f} %, printed {published[region]} %, "
              f"difference {float(gap):+.3f} points")  # fmt: skip
    return out


def test_resettlement_among_28():
    gaps = differences(ALL_28, {r["state"]: r["resettlement_28_pct"] for r in MAY}, "28 states")
    assert len(gaps) == 26  # Germany and Slovenia were cut off in the copy
    assert max(abs(gap) for state, gap in gaps.items() if state != "GB") < Fraction("0.13")
    assert abs(gaps["GB"]) < Fraction("0.24")
    assert abs(gaps["GB"]) > Fraction("0.13")  # said, not hidden


def test_relocation_among_25():
    part = [state for state in ALL_28 if state not in OUTSIDE]
    gaps = differences(part, {r["state"]: r["relocation_25_pct"] for r in MAY}, "25 states")
    assert len(gaps) == 25
    assert max(map(abs, gaps.values())) < Fraction("0.13")


def test_relocation_from_italy_and_greece_among_23():
    rows = table("eu_com2015_286.csv")
    gaps = differences(
        [r["state"] for r in rows], {r["state"]: r["key_pct"] for r in rows}, "23 states"
    )
    assert len(gaps) == 23
    assert max(map(abs, gaps.values())) < Fraction("0.13")


def test_the_check_sums_over_the_28_are_those_of_the_later_inputs():
    # published: sum(1/u) 3.20075342, sum(1/x) 0.14940961; the later inputs give a little more
    idle = read("unemployment", ALL_28, FIGURES, AT, "2014")
    assert round(float(sum(1 / u for u in idle.values.values())), 5) == 3.20085
    asked = read_window("applications", ALL_28, FIGURES, YEARS, missing_is_zero=True)
    resettled = {f.region: Fraction(f.value) for f in FIGURES if f.measure == "resettled"}
    people = read("population", ALL_28, FIGURES, AT, "2014-01-01")
    x = {
        r: (asked.values[r] + resettled.get(r, 0)) / 5 / people.values[r] * 1_000_000
        for r in asked.values
    }
    assert round(float(sum(1 / value for value in x.values())), 5) == 0.14942
    assert sum(inverse(x).values()) == 1


def test_the_columns_the_commission_printed_do_not_add_up_and_ours_do():
    rows = table("eu_com2015_286.csv")
    assert sum(int(r["from_italy_24000"]) for r in rows) == 23_998  # of 24,000
    key = KEYS["eu-2015-may"]([r["state"] for r in rows], FIGURES, AT)
    assert sum(share for _, share in key.of) == 1


def test_the_participating_set_is_a_parameter_in_september():
    part = [state for state in ALL_28 if state not in (*OUTSIDE, "IT", "GR")]
    alone = dict(KEYS["eu-2015-september"](part, FIGURES, AT).of)
    among_all = dict(KEYS["eu-2015-september"](part, FIGURES, AT, over=ALL_28).of)
    assert set(alone) == set(among_all) == set(part)
    assert sum(alone.values()) == sum(among_all.values()) == 1
    assert alone != among_all
    mean = dict(KEYS["eu-2015-september"](part, FIGURES, AT, cap="mean").of)
    assert mean != alone  # the two readings of the cap differ
    with pytest.raises(InputRefused, match="IT take part, but are not among"):
        KEYS["eu-2015-september"](["IT", "FR"], FIGURES, AT, over=["FR"])
    with pytest.raises(InputRefused, match="not a reading of the cap"):
        KEYS["eu-2015-september"](part, FIGURES, AT, cap="third")
