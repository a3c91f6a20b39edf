"""Who has done more than its share: by place of claim, by last address and as a stock.

Sources: IRCC open data (claims by province of claim, monthly), La Presse 2024-03-04 quoting IRCC (last
address, 2023), Statistics Canada 17-10-0121 (stock); population 17-10-0009. All in the pack.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from partage.core.errors import InputRefused
from partage.keys import KEYS, shares_of
from partage.keys.history import months_before
from partage.packs.loader import load_pack
from partage.report.owed import owed, owed_table

PACK = load_pack("canada")
TEN = ["CA-AB", "CA-BC", "CA-MB", "CA-NB", "CA-NL", "CA-NS", "CA-ON", "CA-PE", "CA-QC", "CA-SK"]
DAY = date(2023, 2, 20)


def test_quebec_and_ontario_are_above_their_share_by_every_way_of_counting_in_2023():
    rows = {(row.region, row.basis.name): row for row in owed(PACK, TEN)}
    claim, address, stock = (
        rows["CA-QC", name]
        for name in (
            "by place of claim, 2023",
            "by last address, 2023",
            "as a stock on 1 January 2023",
        )
    )
    assert round(float(100 * claim.share), 1) == 45.5
    assert round(float(100 * address.share), 1) == 34.8
    assert round(float(100 * stock.share), 1) == 44.9
    assert min(claim.more, address.more, stock.more) > 0
    for name in (
        "by place of claim, 2023",
        "by last address, 2023",
        "as a stock on 1 January 2023",
    ):
        assert rows["CA-ON", name].more > 0
        assert rows["CA-ON", name].more < rows["CA-QC", name].more
    # a year earlier, by place of claim, Ontario was below: the window decides
    year = KEYS["history-corrected"](TEN, PACK.figures, DAY, persons=161)
    assert "CA-ON" in dict(year.basis)
    assert ": owes " in dict(year.basis)["CA-ON"]
    assert ": is owed " in dict(year.basis)["CA-QC"]
    text = str(owed_table(list(rows.values()), PACK))
    assert "unknown" in text  # nobody published Alberta by last address
    assert "vintage" in text


def test_the_stock_gap_by_hand():
    # worked example: 39,171 persons, ten provinces, stock of 1 January 2023, population of that day
    key = KEYS["history-corrected"](
        TEN, PACK.figures, date(2023, 1, 1), persons=39_171, received="stock", months=0
    )
    shares = dict(key.of)
    stock = {"CA-AB": 7596, "CA-BC": 10394, "CA-QC": 98318, "CA-ON": 100267}
    assert shares["CA-QC"] == 0  # it received more than twice its share
    people = {f.region: int(f.value) for f in PACK.figures
              if f.measure == "population" and f.period == "2023-01-01"}  # fmt: skip
    ten = sum(people[r] for r in TEN)
    total = sum(int(f.value) for f in PACK.figures
                if f.measure == "stock" and f.period == "2023-01-01" and f.region in TEN)  # fmt: skip
    ontario = Fraction(people["CA-ON"], ten) * (total + 39_171) - stock["CA-ON"]
    assert (shares["CA-ON"] > 0) == (ontario > 0)
    alberta = Fraction(people["CA-AB"], ten) * (total + 39_171) - stock["CA-AB"]
    assert shares["CA-AB"] / shares["CA-BC"] == alberta / (
        Fraction(people["CA-BC"], ten) * (total + 39_171) - stock["CA-BC"]
    )


def test_the_window_is_stated_and_is_whole_months_before_the_day():
    assert months_before(DAY, 12) == "2022-02/2023-01"
    assert months_before(date(2023, 1, 31), 1) == "2022-12/2022-12"
    shares = KEYS["history-corrected"](TEN, PACK.figures, DAY, persons=161)
    assert all("2022-02/2023-01" in words for _, words in shares.basis)
    assert dict(shares.of)["CA-QC"] == 0


def test_a_window_that_is_not_over_or_has_no_figures_is_refused():
    with pytest.raises(InputRefused, match="is not over"):
        KEYS["history-corrected"](TEN, PACK.figures, DAY, window="2022-03/2023-02")
    with pytest.raises(InputRefused, match="no claims figure"):
        KEYS["history-corrected"](TEN, PACK.figures, date(2024, 12, 1))
    with pytest.raises(InputRefused, match="not a window"):
        KEYS["history-corrected"](TEN, PACK.figures, DAY, window="last year")


def test_quebec_share_gives_quebec_nobody_while_it_is_above_and_others_by_population():
    policy = PACK.policy("quebec-share")
    part = ["CA-NB", "CA-NS", "CA-ON", "CA-QC"]
    shares = dict(
        shares_of(policy.key.name, policy.key.params, part, PACK.figures, DAY, persons=161).of
    )
    assert shares["CA-QC"] == 0
    people = {f.region: int(f.value) for f in PACK.figures
              if f.measure == "population" and f.period == "2023-01-01"}  # fmt: skip
    others = sum(people[r] for r in part if r != "CA-QC")
    assert shares["CA-ON"] == Fraction(people["CA-ON"], others)


def test_a_capped_region_below_its_share_receives_its_share_of_the_day_and_no_more():
    # before 2017 Quebec received less than its share of the claims
    key = KEYS["population-capped"](
        ["CA-ON", "CA-QC"], PACK.figures, date(2016, 2, 1), persons=100, capped=["CA-QC"], months=1,
    )  # fmt: skip
    quebec = dict(key.of)["CA-QC"]
    people = {f.region: int(f.value) for f in PACK.figures
              if f.measure == "population" and f.period == "2016-01-01"}  # fmt: skip
    assert 0 < quebec <= Fraction(people["CA-QC"], people["CA"])
