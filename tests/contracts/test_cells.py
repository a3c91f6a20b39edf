"""What a view is searched by stands beside its rows, and cannot say otherwise unseen."""

from __future__ import annotations

from partage.store.rows import row_of
from partage.store.schema import SEARCHED, cells_of


def test_a_search_column_that_was_changed_is_shown():
    row = {"state": "hosted", "since": "2023-02-20", "persons": 2}
    cells = [*cells_of("cases", row).values()]
    text = '{"state":"hosted","since":"2023-02-20","persons":2}'
    assert row_of("cases", cells, text) == row
    at = list(SEARCHED["cases"]).index("look")
    cells[at] = "9999-12-31"
    assert row_of("cases", cells, text) == row | {"search column": "look 9999-12-31"}
