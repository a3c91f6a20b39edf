"""Arrivals on the paths of the forecast: its bands, one path a run for all streams, nothing later read."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from partage.core.errors import InputRefused
from partage.report import french
from partage.simulate.ahead import known_panel
from partage.simulate.arrays import T
from partage.simulate.compiled import compile_scenario
from partage.simulate.drawn import draw
from partage.simulate.played.run import play
from partage.store.memory import MemoryJournal
from scenarios import made, small, the_pack, totals

SAID = {"assumption": "made up"}
HEAD = {
    "arrivals": "forecast", "as_of": date(2023, 2, 20), "first_day": date(2023, 1, 15),
    "last_day": date(2023, 5, 31),
}  # fmt: skip


def stream(id_, measure, **more):
    return {"id": id_, "mode": "inland", "region": "CA-QC", "measure": measure, **SAID, **more}


LAND = stream("road", "claims-land-border", mode="between-ports")
REST = stream("rest", "claims", less=["claims-land-border", "claims-airport"])


def months_of(ready, runs=400, seed="s"):
    """Persons a month and stream on each run, before the luck of single days: (runs, E) by month."""
    level = draw(ready, seed, 0, runs).level
    mean = float((ready.world.share * ready.world.need[:, 0]).sum())
    days = [
        date.fromordinal(ready.scenario.first_day.toordinal() + n)
        for n in range(len(ready.world.rate))
    ]
    out = {}
    for d, day in enumerate(days):
        today = level[:, :, ready.world.stretch[d]] * ready.world.rate[d] * mean
        out[day.month] = out.get(day.month, 0) + today
    return out


@pytest.fixture(scope="module")
def ready():
    return made(scenario=HEAD, arrivals=[LAND, REST])


def test_months_that_are_known_are_as_published_and_those_after_are_the_paths(ready):
    found = months_of(ready)
    assert np.ptp(found[1][:, 0]) == 0
    assert found[1][0, 0] == pytest.approx(4960 * 17 / 31)
    paths = ready.entries.ahead
    assert paths.panel.last == 12 * 2023  # January
    low, high = np.quantile(found[3][:, 0], (0.1, 0.9))
    assert 3000 < low < 4831 < high < 7500  # the middle and the band of partage forecast
    assert np.ptp(found[5][:, 0]) > np.ptp(found[2][:, 0])  # what is further off is less known
    assert "on a path of the forecast" in ready.findings[0].what
    assert all(french.knows(f.what) and french.knows(f.where) for f in ready.findings)


def test_a_run_is_on_one_path_for_all_streams_whatever_the_batch(ready):
    whole, part = draw(ready, "s", 0, 40).level, draw(ready, "s", 25, 15).level
    assert (whole[25:] == part).all()
    assert (draw(ready, "other", 0, 40).level != whole).any()
    more = made(
        scenario=HEAD, arrivals=[LAND, REST], entry=[{"region": "CA-QC", "places": 5, **SAID}]
    )
    assert (draw(more, "s", 0, 40).level == whole).all()  # the same luck beside each other
    found = months_of(ready, 2000)
    assert np.corrcoef(found[4][:, 0], found[5][:, 0])[0, 1] > 0.5


def test_nothing_published_later_moves_a_path(ready):
    def doubled(one):
        keep = max(0, ready.entries.ahead.panel.last - one.first + 1)

        def later(cells):
            return (*cells[:keep], *(None if c is None else 2 * c for c in cells[keep:]))

        return replace(one, low=later(one.low), high=later(one.high))

    pack = replace(the_pack(), claimants=tuple(map(doubled, the_pack().claimants)))
    again = compile_scenario(small(scenario=HEAD, arrivals=[LAND, REST]), pack)
    assert (draw(again, "s", 0, 20).level == draw(ready, "s", 0, 20).level).all()
    assert known_panel(the_pack(), date(2023, 2, 28)).last == 12 * 2023 + 1
    assert known_panel(the_pack(), date(2023, 2, 27)).last == 12 * 2023


def test_a_cause_multiplies_what_a_path_says(ready):
    half = {"id": "half", "factor": 0.5, "first_day": date(2023, 4, 1), "streams": ["road"], **SAID}
    less = months_of(made(scenario=HEAD, arrivals=[LAND, REST], effect=[half]))
    base = months_of(ready)
    assert less[4][:, 0] == pytest.approx(base[4][:, 0] / 2)
    assert less[4][:, 1] == pytest.approx(base[4][:, 1])


def test_both_models_meet_the_same_arrivals_of_a_path():
    days = {**HEAD, "first_day": date(2023, 3, 1), "last_day": date(2023, 3, 3)}
    ready = made(scenario=days, arrivals=[LAND])
    _, told = play(ready, "both", 0, 1, MemoryJournal)
    assert told[0, T["arrived"]] == totals(ready, 1, "both")["arrived"][0] > 100


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"scenario": {**HEAD, "arrivals": "hope"}, "arrivals": [LAND]}, "how arrivals go on"),
        (
            {"scenario": {**HEAD, "last_day": date(2025, 12, 1)}, "arrivals": [LAND]},
            "35 months after 2023-01",
        ),
        (
            {"scenario": HEAD, "arrivals": [{**REST, "less": ["interceptions-monthly"]}]},
            "'interceptions-monthly', which is not forecast",
        ),
    ],
)
def test_what_cannot_be_forecast_is_refused_in_both_languages(changes, said):
    with pytest.raises(InputRefused) as refused:
        made(**changes)
    assert said in refused.value.what
    assert french.knows(refused.value.what)
    assert french.knows(refused.value.do)
