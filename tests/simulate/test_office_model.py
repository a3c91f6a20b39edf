"""The office model: the office's own verbs, day by day, on a real journal; it agrees with the compiled one."""

from __future__ import annotations

import tomllib
from datetime import date

import numpy as np
import pytest

from partage.compose import play_office, simulate_office
from partage.faces.cli.main import run
from partage.simulate.arrays import TOTALS, T
from partage.simulate.maps import in_processes, in_turn
from partage.simulate.played import luck
from partage.simulate.played.run import play
from partage.simulate.study import _Batch
from partage.store.memory import MemoryJournal
from scenarios import FAR, NEAR, SMALL, made, totals

SAID = {"assumption": "made up"}
DAYS = {"first_day": date(2023, 2, 20), "last_day": date(2023, 3, 11)}


def world(**more):
    """Two sites with room enough, so that every offer has a fallback; twenty days."""
    base = tomllib.loads(SMALL)
    places = [
        {"site": NEAR, "person": 300, **SAID},
        {"site": FAR, "person": 60, "room": 30, "room.family": 15, "cad_per_night": 100, **SAID},
    ]
    found = {
        "scenario": DAYS, "places": places,
        "arrivals": [{**base["arrivals"][0], "per_day": 5}], **more,
    }  # fmt: skip
    return made(**found)


@pytest.fixture(scope="module")
def both():
    """Ten runs of each model under the same luck, and each replication's own checks."""
    ready, seen = world(), []
    _, told = play(
        ready, "agree", 0, 10, MemoryJournal,
        lambda p: seen.append((p.desk.same(), p.counts["plans"], p.counts["proven"], p.desk.journal)),
    )  # fmt: skip
    return totals(ready, 10, "agree"), {n: told[:, T[n]] for n in TOTALS}, seen


def test_both_models_meet_the_same_arrivals_to_the_person(both):
    flow, office, _ = both
    for name in ("arrived", "lodged", "own-arrangement"):
        assert (flow[name] == office[name]).all(), name
    assert flow["arrived"].std() > 0


@pytest.mark.parametrize(
    "name",
    [
        "placed",
        "transferred",
        "declined",
        "nights",
        "nights-waiting",
        "to-housing",
        "hosted-at-end",
    ],
)
def test_both_models_agree_in_distribution(both, name):
    """The mean difference over ten runs lies within four standard errors of 0, and 5 % of the mean."""
    flow, office, _ = both
    apart = office[name].astype(float) - flow[name]
    most = 4 * apart.std(ddof=1) / np.sqrt(len(apart)) + 0.05 * flow[name].mean()
    assert abs(apart.mean()) <= most, (flow[name], office[name])
    assert most < flow[name].mean()  # an interval that can be missed


def test_everybody_is_counted_and_the_journal_is_what_the_verbs_were_played_on(both):
    _, office, seen = both
    assert not office["imbalance"].any()
    ends = (
        "to-housing",
        "to-homelessness",
        "to-montreal",
        "to-toronto",
        "left-waiting",
        "own-arrangement",
    )
    gone = sum(office[name] for name in ends)
    assert (office["arrived"] == gone + office["hosted-at-end"] + office["waiting-at-end"]).all()
    for same, plans, proven, journal in seen:
        assert same
        assert plans == proven > 10
        assert journal.check_seals()[1] == ""
    assert sum(row["persons"] for row in seen[0][3].rows("book").values()) == 0


def test_a_closed_site_puts_nobody_out_of_sight_and_roofs_are_looked_at_again():
    places = [
        {"site": NEAR, "person": 300, **SAID},
        {"site": FAR, "person": 60, "occupied": 30, "last_day": date(2023, 3, 2), **SAID},
        {"site": "ca-on/windsor/ircc-hotels", "person": 12, **SAID},
    ]
    kept = []
    _, told = play(
        world(places=places), "closed", 0, 1, MemoryJournal, lambda p: kept.append(p.desk)
    )
    told_of = {name: int(told[0, T[name]]) for name in TOTALS}
    assert told_of["imbalance"] == 0
    assert 0 < told_of["moved-again"] <= 12
    assert told_of["nights-without-roof"] > 0  # those for whom the region had no roof
    roofs = [r for k, r in kept[0].live.tables["matters"].items() if k.startswith("roof/")]
    assert {row["state"] for row in roofs} == {"upheld"}


def test_whoever_is_moved_and_leaves_on_the_day_they_would_have_left_anyway_leaves_once():
    short = [p for p in tomllib.loads(SMALL)["parameter"] if p["name"] != "stay_days"]
    places = [
        {"site": FAR, "person": 60, "occupied": 60, "last_day": date(2023, 2, 21), **SAID},
        {"site": "ca-on/windsor/ircc-hotels", "person": 60, **SAID},
    ]
    ready = world(
        places=places, arrivals=[{"id": "road", "mode": "between-ports", "region": "CA-QC", "per_day": 0, **SAID}],
        parameter=[*short, {"name": "stay_days", "value": 3, **SAID}],
    )  # fmt: skip
    _, told = play(ready, "1", 0, 1, MemoryJournal)
    got = {name: int(told[0, T[name]]) for name in TOTALS}
    assert got["imbalance"] == 0
    assert got["moved-again"] > 20
    gone = sum(got[f"to-{where}"] for where in ("housing", "homelessness", "montreal", "toronto"))
    assert gone + got["hosted-at-end"] + got["waiting-at-end"] == got["hosted-at-start"]


def test_without_a_fallback_nobody_is_asked_and_a_daily_limit_is_kept():
    places = [{"site": FAR, "person": 200, "ramp_per_day": 3, **SAID}]
    seen = []
    _, told = play(
        world(places=places), "alone", 0, 1, MemoryJournal, lambda p: seen.append(p.counts)
    )
    assert told[0, T["placed"]] == 0
    assert seen[0]["not-offered"] > 0
    places.append({"site": NEAR, "person": 400, **SAID})
    series, _ = play(world(places=places), "limit", 0, 1, MemoryJournal)
    assert np.diff(series[0, :, 4]).max() <= 3  # persons transferred a day


def test_held_and_unwilling_households_stay_in_the_region_by_an_officers_hand():
    willing = [
        {"first_day": DAYS["first_day"], "policy": "practice-2023", "asks": "willing", **SAID}
    ]
    more = [*tomllib.loads(SMALL)["parameter"]]
    more += [{"name": "held", "value": 0.3, **SAID}, {"name": "willing", "value": 0.5, **SAID},
             {"name": "no_show", "value": 0.3, **SAID}]  # fmt: skip
    ready = world(policy=willing, parameter=more, scenario={**DAYS, "policy": "practice-2023"})
    _, told = play(ready, "held", 0, 1, MemoryJournal)
    got = {name: int(told[0, T[name]]) for name in TOTALS}
    assert got["imbalance"] == 0
    assert got["placed"] > got["transferred"] > 0
    assert got["no-shows"] > 0


def test_the_same_to_the_bit_whatever_the_map():
    ready = world(scenario={**DAYS, "last_day": date(2023, 2, 24)})
    here = simulate_office([ready], 3, seed="maps", map_=in_turn)
    there = simulate_office([ready], 3, seed="maps", map_=in_processes(1))
    assert (here.totals[0].counts == there.totals[0].counts).all()
    assert (here.series[0].counts == there.series[0].counts).all()
    assert here.model == "office"


def test_plain_luck_is_the_compiled_luck():
    assert luck.poisson(0.999, 0.0) == 0
    assert luck.binomial(0.5, 10, 1.0) == 10
    n = 40_000
    us = [(i + 0.5) / n for i in range(n)]
    for mean in (0.3, 5.0, 30.0):
        drawn = np.array([luck.poisson(u, mean) for u in us])
        assert drawn.mean() == pytest.approx(mean, rel=0.01)
        assert drawn.var() == pytest.approx(mean, rel=0.03)
    for size, p in ((6, 0.2), (60, 0.7), (500, 0.1)):
        drawn = np.array([luck.binomial(u, size, p) for u in us])
        assert drawn.mean() == pytest.approx(size * p, rel=0.01)
        assert drawn.var() == pytest.approx(size * p * (1 - p), rel=0.05)


def test_the_command_plays_the_office(tmp_path, capsys):
    raw = SMALL.replace("2023-04-20", "2023-02-23").replace("person = 60", "person = 300")
    (tmp_path / "small.toml").write_text(raw, "utf-8")
    words = [
        "simulate",
        str(tmp_path / "small.toml"),
        "--model",
        "office",
        "--runs",
        "1",
        "--out",
        str(tmp_path),
    ]
    assert run(words) == 0
    assert "1 runs of the office model" in capsys.readouterr().out
    assert run([*words[:2], "--model", "wishes"]) == 2
    assert "flow, office" in capsys.readouterr().err


def test_a_batch_is_played_run_by_run():
    ready = world(scenario={**DAYS, "last_day": date(2023, 2, 22)})
    ((_, one),) = play_office(_Batch((ready,), "b", 1, 1))
    ((_, two),) = play_office(_Batch((ready,), "b", 0, 2))
    assert (one[0] == two[1]).all()
