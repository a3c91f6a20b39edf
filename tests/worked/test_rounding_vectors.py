"""Published apportionments, row by row (tests/worked/data/apportionment_test_vectors.csv).

Source: the tests of the package apportionment (Balinski and Young 1975; Königstein 2019), per row.
"""

from __future__ import annotations

import pytest

from partage.apportion import METHODS
from partage.apportion.laws import shares_from
from tables import table

OURS = {
    "largest_remainder": "hamilton", "dhondt": "jefferson", "saintelague": "webster",
    "adams": "adams", "dean": "dean", "huntington": "huntington-hill", "quota": "quota",
}  # fmt: skip
ROWS = table("apportionment_test_vectors.csv")
MINE = [row for row in ROWS if row["method"] in OURS]


def test_what_is_left_out_is_one_method_we_do_not_have():
    other = {row["method"] for row in ROWS} - set(OURS)
    assert other == {"modified_saintelague"}  # first divisor 1.4, Norway: no key here asks for it
    assert (len(ROWS), len(MINE)) == (48, 42)


@pytest.mark.parametrize("row", MINE, ids=lambda r: f"{r['method']}-{r['seats']}-{r['case'][:12]}")
def test_a_published_row(row):
    weights = [int(text.replace(".", "")) for text in _scaled(row["weights"].split())]
    result = METHODS[OURS[row["method"]]](int(row["seats"]), shares_from(weights))
    assert [n for _, n in result.persons] == [int(n) for n in row["result"].split()]


def _scaled(words: list[str]) -> list[str]:
    """Decimal weights with as many places as the longest, so that dropping the point is exact."""
    places = max(len(word.partition(".")[2]) for word in words)
    return [
        f"{word.partition('.')[0]}.{word.partition('.')[2].ljust(places, '0')}" for word in words
    ]
