"""The federal proposal of September 2024: its eight exact targets, and what exact shares give.

Sources: Statistics Canada 17-10-0009 (in the pack); published targets as collected from the press
(tests/worked/data/canada_2024_targets.csv).
"""

from __future__ import annotations

from datetime import date

from partage.apportion import METHODS
from partage.keys import KEYS
from partage.packs.loader import load_pack
from tables import table

CLAIMANTS = 235_825  # open claims on 30 June 2024
DAY = date(2023, 7, 1)  # the population of that day gives the printed targets
PACK = load_pack("canada")
REGIONS = [region.id for region in PACK.regions]


def test_one_decimal_and_each_on_its_own_gives_all_eight_published_targets():
    shares = KEYS["population"](REGIONS, PACK.figures, DAY)
    assert "2023-07-01" in shares.definition
    result = METHODS["rounded-alone"](CLAIMANTS, shares)
    published = {r["region"]: int(r["published_target"]) for r in table("canada_2024_targets.csv")
                 if r["published_target"]}  # fmt: skip
    assert len(published) == 8
    assert {region: result.of(region) for region in published} == published
    assert sum(n for _, n in result.persons) + result.rest == CLAIMANTS
    assert result.rest != 0  # it does not add up, and says so


def test_exact_shares_give_other_numbers():
    shares = KEYS["population"](REGIONS, PACK.figures, DAY)
    exact = METHODS["hamilton"](CLAIMANTS, shares)
    assert sum(n for _, n in exact.persons) == CLAIMANTS
    # Ontario 91,972 printed, Quebec 51,882, Prince Edward Island 943
    assert (exact.of("CA-ON"), exact.of("CA-QC"), exact.of("CA-PE")) == (92_050, 51_946, 1_023)


def test_the_population_is_that_of_the_day_asked_for():
    before = KEYS["population"](REGIONS, PACK.figures, date(2023, 6, 30))
    assert "2023-04-01" in before.definition
