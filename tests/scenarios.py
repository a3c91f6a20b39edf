"""Small scenarios for tests: two sites in two provinces, one stream, whatever else a test asks for."""

from __future__ import annotations

import tomllib
from functools import cache
from typing import Any

import numpy as np

from partage.core.scenario import Scenario
from partage.packs.loader import load_pack, scenario_names
from partage.packs.pack import Pack
from partage.packs.scenarios import parse_scenario
from partage.simulate.arrays import TOTALS
from partage.simulate.compiled import Compiled, compile_scenario
from partage.simulate.study import _Batch, run_batch

NEAR, FAR = "ca-qc/montreal/ircc-hotels", "ca-on/cornwall/dev-centre"
SMALL = """
[scenario]
id = "small"
title_en = "Two sites"
title_fr = "Deux lieux"
first_day = 2023-02-20
last_day = 2023-04-20
policy = "redirect-all"
assumption = "made up for a test"

[[household]]
id = "alone"
persons = 1
share = 0.6
room = 1
assumption = "made up"

[[household]]
id = "family"
persons = 4
share = 0.4
"room.family" = 1
"school.en" = 2
assumption = "made up"

[[arrivals]]
id = "road"
mode = "between-ports"
region = "CA-QC"
per_day = 11
assumption = "made up"

[[entry]]
region = "CA-QC"
places = 20
assumption = "made up"

[[places]]
site = "ca-qc/montreal/ircc-hotels"
person = 60
assumption = "made up"

[[places]]
site = "ca-on/cornwall/dev-centre"
person = 200
room = 60
"room.family" = 35
"school.en" = 30
ramp_per_day = 30
cad_per_night = 100
assumption = "made up"

[[parameter]]
name = "accepts"
value = 0.8
least = 0.6
most = 0.9
assumption = "made up"

[[parameter]]
name = "stay_days"
value = 20
least = 10
most = 40
assumption = "made up"

[[parameter]]
name = "leaves_waiting_days"
value = 10
assumption = "made up"

[[parameter]]
name = "days_to_offer"
value = 2
assumption = "made up"
"""


@cache
def the_pack() -> Pack:
    """The shipped pack, once."""
    return load_pack()


def small(*, drop: str = "", **changes: Any) -> Scenario:
    """The small scenario; blocks by name replace, ``scenario`` is merged, ``drop`` leaves one out."""
    raw = tomllib.loads(SMALL)
    for name, value in changes.items():
        raw[name] = {**raw["scenario"], **value} if name == "scenario" else value
    raw.pop(drop, None)
    return parse_scenario(raw, "small.toml", scenario_names(the_pack()))


def made(**changes: Any) -> Compiled:
    """The small scenario ready to run."""
    return compile_scenario(small(**changes), the_pack())


def totals(ready: Compiled, runs: int = 20, seed: str = "test") -> dict[str, np.ndarray]:
    """What each run tells of itself: (runs,) by name."""
    ((_, told),) = run_batch(_Batch((ready,), seed, 0, runs))
    return {name: told[:, n] for n, name in enumerate(TOTALS)}


def series(ready: Compiled, runs: int = 20, seed: str = "test") -> np.ndarray:
    """What each run tells of each reported day."""
    ((told, _),) = run_batch(_Batch((ready,), seed, 0, runs))
    return told


def everybody_counted(told: dict[str, np.ndarray]) -> bool:
    """Whoever came or was there is somewhere: by the ends that were counted, not by the run's own check."""
    ends = ("own-arrangement", "to-housing", "to-homelessness", "to-montreal", "to-toronto", "left-waiting")  # fmt: skip
    gone = sum(told[name] for name in ends)
    there = told["hosted-at-end"] + told["waiting-at-end"]
    return bool((told["arrived"] + told["hosted-at-start"] == gone + there).all())
