"""Stays are estimated with those who had not left: the known mean comes back, and leavers alone fall short."""

from __future__ import annotations

import pytest

from partage.core.errors import InputRefused
from partage.simulate.stay import mean_of_leavers, mean_stay, range_of, still_there, surge
from scenarios import the_pack


@pytest.mark.parametrize("mean", [20.0, 113.0, 200.0, 400.0])
def test_a_known_stay_comes_back(mean):
    came = surge(4896, 365, 52, 0.7)
    assert mean_stay(1100, came, still_there(mean, 1100, came)) == pytest.approx(mean, abs=0.02)
    assert mean_of_leavers(mean, came) < mean


def test_counts_that_cannot_be_are_refused():
    for end in (0, -3, 7000):
        with pytest.raises(InputRefused):
            mean_stay(1000, surge(5000, 100, 10, 0.5), end)


def test_the_range_of_the_pack_is_that_of_the_estimate():
    starts = (600, 1000, 1400)  # persons there on 1 February 2023: not published
    profiles = [surge(4896, 365, 52, share) for share in (0.55, 0.7, 0.85)]
    least, most = range_of(starts, profiles, 2018)
    said = the_pack().scenario("practice-2022-23").parameters["stay_days"]
    assert said.least <= least <= said.value <= most <= said.most
    assert least > 113  # the printed mean leaves out who had not left
