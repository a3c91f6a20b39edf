"""A few examples of every operation, all checks; ``make api-fuzz`` tries fifty and every edge."""

from __future__ import annotations

from api.fuzzing import fuzz


def test_no_request_breaks_the_contract():
    code, said = fuzz(examples=5, phases="examples,fuzzing")
    assert code == 0, said
