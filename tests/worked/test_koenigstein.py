"""Königstein shares as published (2010-2020), and a quota mechanism like EASY driven by them.

Sources: Bundesanzeiger per year, through the GWK table (figure set ``koenigstein``); AsylG § 45 (the
key of the year before); BAMF, Erstverteilung (quota, free places, competence).
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import numpy as np
import pytest

from partage.apportion import METHODS
from partage.core.errors import InputRefused
from partage.core.streams import Stream
from partage.keys import KEYS
from partage.packs.figure_sets import load_figures
from partage.place.instance import instance_from
from partage.place.mechanisms import MECHANISMS

FIGURES = load_figures("koenigstein")
LAENDER = sorted({f.region for f in FIGURES})


def test_every_year_has_sixteen_laender_that_sum_to_exactly_100():
    years = sorted({f.period for f in FIGURES})
    assert years == [str(year) for year in range(2010, 2021)]
    for year in years:
        own = [Fraction(f.value) for f in FIGURES if f.period == year]
        assert (len(own), sum(own)) == (16, 100)


def test_the_key_of_the_year_before_counts():
    shares = dict(KEYS["koenigstein"](LAENDER, FIGURES, date(2011, 6, 1)).of)
    assert shares["DE-BW"] == Fraction("12.80360") / 100  # 2010, BAnz Nr. 192 of 18.12.2009
    later = dict(KEYS["koenigstein"](LAENDER, FIGURES, date(2012, 1, 1)).of)
    assert later["DE-BW"] != shares["DE-BW"]


def test_a_year_without_figures_is_a_sentence():
    with pytest.raises(InputRefused, match=r"no koenigstein-share figure for DE-BB in 2021"):
        KEYS["koenigstein"](LAENDER, FIGURES, date(2023, 1, 1), year="2021")
    with pytest.raises(InputRefused, match="on or before 2010-06-01"):
        KEYS["koenigstein"](LAENDER, FIGURES, date(2010, 6, 1))


def test_shares_that_do_not_sum_to_100_are_refused():
    with pytest.raises(InputRefused, match=r"sum to \d+\.\d+, not 100"):
        KEYS["koenigstein"](
            LAENDER[1:], [f for f in FIGURES if f.region != LAENDER[0]], date(2016, 1, 1)
        )


def world(persons: int, places: int):  # type: ignore[no-untyped-def]
    """One site a Land with that many places, persons one by one, each 100 km from the next Land."""
    due = METHODS["hamilton"](persons, KEYS["koenigstein"](LAENDER, FIGURES, date(2016, 1, 1)))
    near = np.arange(persons) % len(LAENDER)  # where each person reports first
    km = 100 * np.abs(near[:, None] - np.arange(len(LAENDER))[None, :])
    instance, _ = instance_from(
        {
            "value": np.zeros((persons, len(LAENDER)), int),
            "need": np.ones((persons, 1), int),
            "capacity": np.full((len(LAENDER), 1), places),
            "floor": np.zeros(len(LAENDER), int),
            "floor_penalty": np.array(0),
            "unplaced": np.full(persons, 0),
            "count": np.ones(persons, int),
            "region": np.arange(len(LAENDER)),
            "region_floor": np.array([due.of(land) for land in LAENDER]),
            "km": km,
        }
    )
    return instance, near, due


def test_with_places_for_all_every_land_receives_its_quota_and_near_people_stay():
    instance, near, due = world(1000, 1000)
    solved = MECHANISMS["easy"](instance, None, None, Stream("seed"), 1.0)
    received = np.bincount(solved.site_of, minlength=16)
    assert [int(n) for n in received] == [due.of(land) for land in LAENDER]
    so_far = [0] * 16
    for home, site in zip(near, solved.site_of, strict=True):  # in the order in which they came
        if so_far[home] < due.of(LAENDER[home]):
            assert site == home  # nobody is moved while the quota at home is open
        else:
            assert site != home
        so_far[site] += 1


def test_without_places_the_quota_gives_way_and_the_rest_has_no_place():
    instance, _, due = world(1000, 50)
    solved = MECHANISMS["easy"](instance, None, None, Stream("seed"), 1.0)
    received = np.bincount(solved.site_of[solved.site_of >= 0], minlength=16)
    assert received.max() == 50  # Nordrhein-Westfalen is due 212 of 1,000, and has 50 places
    assert int((solved.site_of < 0).sum()) == 1000 - 16 * 50
    assert due.of("DE-NW") > 50
