"""The compiled model, many runs side by side, says what the plain one says of each run by itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from partage.packs.loader import load_pack
from partage.simulate.arrays import SERIES, TOTALS
from partage.simulate.compiled import Compiled, compile_scenario
from partage.simulate.drawn import draw
from partage.simulate.luck import BESIDE
from partage.simulate.study import _Batch, run_batch
from plainly import Plain
from scenarios import FAR, NEAR, made

FIRST = date(2023, 2, 20)
SAID = {"assumption": "made up"}


def check(ready: Compiled, runs: int, *, judged: tuple[int, ...]) -> None:
    """Every total and every reported night of some runs is what the plain model finds."""
    [(series, totals)] = run_batch(_Batch((ready,), "judge", 0, runs))
    drawn = draw(ready, "judge", 0, runs)
    nights = np.flatnonzero(ready.world.report >= 0)
    for run in judged:
        plain = Plain.of(ready.world, drawn, run).play()
        found = dict(zip(TOTALS, totals[run].tolist(), strict=False))
        assert {name: found[name] for name in plain.told} == dict(plain.told)
        assert found["arrived"] == plain.arrived > 0
        for row, day in enumerate(nights):
            said, told = plain.days[day], series[run, row]
            assert told[: 2].tolist() == [said["waiting"], said["without-roof"]]  # fmt: skip
            assert told[len(SERIES) : len(SERIES) + len(ready.sites)].tolist() == said["sites"]


@pytest.mark.parametrize(
    "policy", ["redirect-all", "wishes-first", "quebec-share", "practice-2023"]
)
def test_small_worlds_with_closures_caps_ramps_and_levers(policy):
    ready = made(
        scenario={"policy": policy},
        places=[
            {"site": NEAR, "person": 60, "room": 25, "ramp_per_day": 9, **SAID},
            {"site": FAR, "person": 150, "room.family": 12, "occupied": 20, **SAID},
            {"site": FAR, "person": 90, "last_day": FIRST + timedelta(days=25), **SAID},
        ],
        arrivals=[
            {"id": "road", "mode": "between-ports", "region": "CA-QC", "per_day": 25, "lodged": 0.8, **SAID},
            {"id": "shore", "mode": "airport", "region": "CA-ON", "per_day": 4, "lodged": 0.5, **SAID},
            {"id": "air", "mode": "airport", "region": "CA-ON", "per_day": 30, "lodged": 0, **SAID},
        ],
        cap=[{"party": "CA-ON", "persons": 190, **SAID}],
        lever=[
            {"id": "quick", "exit_factor": 6, "cad_per_day": 5, "first_day": FIRST + timedelta(days=30), **SAID}
        ],
        parameter=[
            {"name": name, "value": value, **SAID}
            for name, value in {
                "accepts": 0.8, "willing": 0.4, "held": 0.1, "no_show": 0.2, "to_homelessness": 0.1,
                "to_montreal": 0.2, "to_toronto": 0.1, "stay_days": 14, "leaves_waiting_days": 9,
                "days_to_offer": 3, "daily_spread": 0.4,
            }.items()
        ],
    )  # fmt: skip
    check(ready, 3, judged=(0, 2))


def test_the_country_of_the_pack_over_many_runs_side_by_side():
    pack = load_pack()
    scenario = pack.scenario("practice-2022-23")
    year = compile_scenario(
        replace(scenario, last_day=scenario.first_day + timedelta(days=364)), pack
    )
    check(year, BESIDE + 2, judged=(0, BESIDE - 1, BESIDE, BESIDE + 1))
