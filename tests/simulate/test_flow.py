"""The compiled model: nobody is lost, nothing is exceeded, and the same luck gives the same answer."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from partage.simulate.arrays import NEVER, SERIES
from partage.simulate.study import BATCH, Study, in_threads, study
from scenarios import FAR, NEAR, everybody_counted, made, series, totals

FIRST = date(2023, 2, 20)
SAID = {"assumption": "made up"}


def places(site: str, person: int, **more: object) -> dict[str, object]:
    return {"site": site, "person": person, **SAID, **more}


def parameter(name: str, value: float, **more: object) -> dict[str, object]:
    return {"name": name, "value": value, **SAID, **more}


@st.composite
def worlds(draw: st.DrawFn) -> dict[str, object]:
    """Scenarios of every kind: closures, freezes, caps, levers, any shares, nobody or a great many."""
    day = st.integers(0, 59).map(lambda n: FIRST + timedelta(days=n))
    share = st.floats(0, 1)
    rows = []
    for site in (NEAR, FAR, FAR):
        one, other = sorted((draw(day), draw(day)))
        person = draw(st.sampled_from([0, 1, 7, 150, 5000]))
        row = places(site, person, first_day=one, last_day=other)
        row["ramp_per_day"] = draw(st.sampled_from([0, 3, 1000]))
        row["grows_per_day"] = draw(st.sampled_from([0, 5]))
        row["occupied"] = draw(st.integers(0, person))
        rows.append(row)
    named = ("accepts", "willing", "held", "no_show")
    ends = [draw(st.floats(0, 0.3)) for _ in range(3)]
    return {
        "arrivals": [
            {
                "id": "road", "mode": draw(st.sampled_from(["between-ports", "airport"])),
                "region": "CA-QC", "per_day": draw(st.sampled_from([0, 0.3, 12, 400, 100_000])),
                "lodged": draw(share), **SAID,
            },
            {"id": "air", "mode": "airport", "region": "CA-ON", "per_day": 5, "lodged": 0, **SAID},
        ],
        "places": rows,
        "freeze": [{"site": FAR, "first_day": FIRST + timedelta(days=9), **SAID}],
        "cap": [{"party": draw(st.sampled_from(["CA-ON", FAR, "ca-on/cornwall"])), "persons": 90, **SAID}],
        "lever": [{"id": "quick", "exit_factor": draw(st.sampled_from([0, 1, 30])), "cad_per_day": 5, **SAID}],
        "scenario": {"policy": draw(st.sampled_from(["redirect-all", "wishes-first", "quebec-share", "practice-2023"]))},
        "parameter": [
            *(parameter(name, draw(share)) for name in named),
            *(parameter(n, v) for n, v in zip(("to_homelessness", "to_montreal", "to_toronto"), ends, strict=True)),
            parameter("stay_days", draw(st.sampled_from([0.1, 3, 60]))),
            parameter("leaves_waiting_days", draw(st.sampled_from([0, 0.5, 9]))),
            parameter("days_to_offer", draw(st.sampled_from([0, 1, 14]))),
            parameter("daily_spread", draw(st.sampled_from([0, 0.3, 2]))),
        ],
    }  # fmt: skip


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(worlds())
def test_persons_are_conserved_in_every_run_and_no_place_is_given_twice(world):
    ready = made(**world)
    told = totals(ready, 4)
    assert everybody_counted(told)
    assert all((numbers >= 0).all() for numbers in told.values())
    rows = series(ready, 4)
    assert (rows >= 0).all()
    told_days = np.flatnonzero(ready.world.report >= 0)
    for number in range(len(ready.sites)):
        there = rows[:, :, len(SERIES) + number]
        assert (there <= ready.world.cap[told_days, number, 0]).all()


def test_a_household_is_never_split():
    family = [{"id": "family", "persons": 4, "share": 1, "room.family": 1, **SAID}]
    ready = made(household=family, places=[places(FAR, 41, **{"room.family": 50})])
    told = totals(ready)
    assert not any((told[name] % 4).any() for name in ("placed", "to-housing", "left-waiting", "declined"))  # fmt: skip
    assert series(ready)[:, :, len(SERIES)].max() == 40


def test_a_cap_of_a_city_holds_also_over_two_sites_of_it():
    rows = [places(FAR, 500), places("ca-on/cornwall/other", 500)]
    other = {
        "id": "ca-on/cornwall/other",
        "region": "CA-ON",
        "name_en": "o",
        "name_fr": "o",
        **SAID,
    }
    cap = [{"party": "ca-on/cornwall", "persons": 33, **SAID}]
    rows_told = series(made(places=rows, site=[other], cap=cap))
    both = rows_told[:, :, len(SERIES)] + rows_told[:, :, len(SERIES) + 1]
    assert both.max() == 33


def test_who_declines_keeps_to_the_province_and_is_never_placed_elsewhere():
    everyone = [parameter("accepts", 0), parameter("stay_days", 20)]
    told = totals(made(parameter=everyone))
    assert told["transferred"].max() == 0
    assert told["declined"].min() > 100
    assert told["placed"].min() > 0  # in Montreal


def test_a_closure_moves_nobody_out_of_sight():
    half = FIRST + timedelta(days=30)
    told = totals(made(places=[places(FAR, 400, last_day=half)]))
    assert told["moved-again"].min() > 50
    assert told["hosted-at-end"].max() == 0
    assert everybody_counted(told)


def test_closure_of_everything_zero_arrivals_and_a_hundred_thousand_in_a_day():
    nothing = totals(made(places=[places(FAR, 0), places(NEAR, 0)]))
    assert nothing["placed"].max() == 0
    assert nothing["nights-without-roof"].min() > 0
    assert everybody_counted(nothing)
    bare = made(places=[])
    assert everybody_counted(totals(bare, 3))
    assert "no region has places" in bare.findings[-1].what
    road = {"id": "road", "mode": "between-ports", "region": "CA-QC", **SAID}
    nobody = totals(made(arrivals=[{**road, "per_day": 0}]))
    assert {name: int(numbers.max()) for name, numbers in nobody.items() if numbers.any()} == {
        "first-day-without-roof": NEVER, "cost-lodging": 60 * 200 * 100, "empty-place-nights": 60 * 260,
    }  # fmt: skip
    many = totals(made(arrivals=[{**road, "per_day": 100_000}]), 3)
    assert everybody_counted(many)
    assert many["arrived"].min() > 5_000_000


def test_the_same_luck_whatever_the_map_and_however_many_runs_at_a_time():
    ready = [made()]
    one = study(ready, 130, seed="s", map_=map)
    other = study(ready, 130, seed="s", map_=in_threads(3))
    third = study(ready, 130, seed="s", map_=map, at_a_time=7)
    for again in (other, third):
        assert (one.series[0].counts == again.series[0].counts).all()
        assert (one.totals[0].counts == again.totals[0].counts).all()
    assert (study(ready, 130, seed="t", map_=map).totals[0].counts != one.totals[0].counts).any()


def test_memory_does_not_grow_with_the_number_of_runs():
    few, many = study([made()], 50, seed="s"), study([made()], 1000, seed="s")
    size = [sum(s.counts.nbytes + s.sums.nbytes for s in (d.series[0], d.totals[0])) for d in (few, many)]  # fmt: skip
    assert size[0] == size[1]
    assert many.totals[0].counts.sum(axis=1).tolist() == [1000] * len(many.rows[0].totals)


def test_an_interrupt_keeps_what_is_done_and_says_so():
    def interrupted(function, things):
        for number, thing in enumerate(things):
            if number == 2:
                raise KeyboardInterrupt
            yield function(thing)

    told: list[int] = []
    done: Study = study([made()], 1000, seed="s", map_=interrupted, heard=lambda: told.append(1))
    assert (done.runs, done.stopped) == (2 * BATCH, True)
    assert told == [1]  # so that whoever repeats an interrupt until it is heard stops doing so
    with pytest.raises(KeyboardInterrupt):
        study([made()], 10, seed="s", map_=lambda f, t: (_ for _ in ()).throw(KeyboardInterrupt()))


def test_more_places_are_never_more_nights_without_a_roof_under_the_same_luck():
    less, more = ([places(NEAR, 60), places(FAR, n)] for n in (100, 300))
    before, after = totals(made(places=less), 50), totals(made(places=more), 50)
    assert (before["arrived"] == after["arrived"]).all()
    assert (after["nights-without-roof"] <= before["nights-without-roof"]).mean() > 0.95


def test_a_ceiling_leaves_a_province_at_its_due():
    rows = [places(NEAR, 5000), places(FAR, 5000)]
    arrivals = [{"id": "r", "mode": "between-ports", "region": "CA-QC", "per_day": 50, **SAID}]
    accept = [parameter("accepts", 1), parameter("stay_days", 20)]
    capped = totals(made(scenario={"policy": "quebec-share"}, places=rows, arrivals=arrivals, parameter=accept))  # fmt: skip
    assert (
        capped["transferred"] == capped["placed"]
    ).all()  # Quebec had more than its share before


def test_no_more_come_in_a_day_than_the_daily_limit():
    road = [{"id": "r", "mode": "between-ports", "region": "CA-QC", "per_day": 80, **SAID}]
    rows = [places(FAR, 5000, ramp_per_day=9)]
    stay = [parameter("accepts", 1), parameter("stay_days", 3000)]
    there = series(made(arrivals=road, places=rows, parameter=stay))[:, :, len(SERIES)]
    assert 8 <= np.diff(there, axis=1).max() <= 9


def test_half_who_do_not_come_to_the_departure_wait_where_they_were():
    away = [parameter("no_show", 0.5), parameter("accepts", 1), parameter("stay_days", 3000)]
    rows = [places(FAR, 5000)]
    told = totals(made(places=rows, parameter=away))
    share = told["no-shows"].sum() / (told["no-shows"] + told["transferred"]).sum()
    assert 0.45 < share < 0.55
    still = told["waiting-at-end"]  # nobody gives up, no place is in the region
    assert (still >= told["no-shows"]).all()
    assert everybody_counted(told)
