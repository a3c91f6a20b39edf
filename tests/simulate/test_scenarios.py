"""Scenarios: those of the pack run; bad ones are refused in a sentence that names what is wrong."""

from __future__ import annotations

import tomllib
from datetime import date

import pytest

from partage.core.errors import InputRefused
from partage.packs.loader import scenario_names
from partage.packs.scenario_base import read_toml
from partage.packs.scenarios import parse_scenario
from partage.report import french
from partage.simulate.compiled import compile_scenario
from partage.simulate.study import study
from scenarios import FAR, SMALL, everybody_counted, made, small, the_pack, totals

SAID = {"assumption": "made up"}
NAMES = {
    "practice-2022-23", "redirect-all", "population-2024", "quebec-share", "city-caps", "surge-2017",
    "road-closed", "wishes-first",
}  # fmt: skip


def test_the_scenarios_of_the_pack_run_and_lose_nobody():
    assert set(the_pack().scenarios) >= NAMES
    for name, scenario in the_pack().scenarios.items():
        ready = compile_scenario(scenario, the_pack())
        told = totals(ready, 5)
        assert everybody_counted(told), name
        assert told["lodged"].min() > 1000, name
        assert scenario.title_fr != scenario.title_en


def test_every_number_of_the_pack_has_a_source_or_an_assumption_and_a_range_around_it():
    for scenario in the_pack().scenarios.values():
        for one in (*scenario.parameters.values(), *(s.lodged for s in scenario.arrivals)):
            assert one.origin.source or one.origin.assumption
            assert one.least <= one.value <= one.most
        assert all(len(sentence) > 10 for sentence in scenario.assumptions())


BAD = [
    ("unknown site", {"places": [{"site": "ca-on/nowhere/x", "person": 5, **SAID}]}, "nowhere"),
    ("end before start", {"scenario": {"last_day": date(2023, 1, 1)}}, "before it begins"),
    ("a contract that ends before it begins",
     {"places": [{"site": FAR, "person": 5, "first_day": date(2023, 3, 1), "last_day": date(2023, 2, 28), **SAID}]},
     "before it begins on 2023-03-01"),
    ("negative rate", {"arrivals": [{"id": "r", "mode": "inland", "region": "CA-QC", "per_day": -4, **SAID}]}, "(-4)"),
    ("probability of 1.2", {"parameter": [{"name": "accepts", "value": 1.2, **SAID}]}, "(1.2)"),
    ("not a number", {"parameter": [{"name": "accepts", "value": float("nan"), **SAID}]}, "accepts"),
    ("outside its own range", {"parameter": [{"name": "accepts", "value": 0.5, "least": 0.6, **SAID}]}, "range"),
    ("no source", {"parameter": [{"name": "accepts", "value": 0.5}]}, "neither a source"),
    ("unknown parameter", {"parameter": [{"name": "hope", "value": 0.5, **SAID}]}, "hope"),
    ("no stay", {"parameter": [{"name": "accepts", "value": 0.5, **SAID}]}, "stay_days"),
    ("a stay of no day", {"parameter": [{"name": "stay_days", "value": 0, **SAID}]}, "no day"),
    ("ends of more than everybody",
     {"parameter": [{"name": n, "value": 0.6, **SAID} for n in ("to_homelessness", "to_montreal")]
      + [{"name": "accepts", "value": 1, **SAID}, {"name": "stay_days", "value": 9, **SAID}]}, "more than 1"),
    ("unknown policy", {"scenario": {"policy": "send-them"}}, "send-them"),
    ("unknown region", {"arrivals": [{"id": "r", "mode": "inland", "region": "CA-XX", "per_day": 4, **SAID}]}, "CA-XX"),
    ("unknown mode", {"arrivals": [{"id": "r", "mode": "boat", "region": "CA-QC", "per_day": 4, **SAID}]}, "boat"),
    ("unknown measure", {"arrivals": [{"id": "r", "mode": "inland", "region": "CA-QC", "measure": "x", **SAID}]}, "'x'"),
    ("unknown field", {"cap": [{"party": "CA-ON", "persons": 4, "colour": 1, **SAID}]}, "colour"),
    ("shares of households", {"household": [{"id": "a", "persons": 1, "share": 0.4, **SAID}]}, "sum to 0.4"),
    ("nobody in a household", {"household": [{"id": "a", "persons": 0, "share": 1, **SAID}]}, "no persons"),
    ("unknown stream", {"effect": [{"id": "e", "factor": 2, "streams": ["sea"], **SAID}]}, "sea"),
    ("a word for a day", {"scenario": {"first_day": "soon"}}, "first_day"),
    ("a block that is none", {"cap": {"party": "CA-ON"}}, "list of blocks"),
    ("text in a list", {"cap": ["CA-ON"]}, "not a block"),
    ("a hundred years", {"scenario": {"last_day": date(2099, 1, 1)}}, "ten years"),
    ("based on nothing", {"scenario": {"based_on": "dreams"}}, "dreams"),
]  # fmt: skip


@pytest.mark.parametrize(("what", "changes", "said"), BAD, ids=[one[0] for one in BAD])
def test_a_bad_scenario_is_refused_in_a_sentence(what, changes, said):
    with pytest.raises(InputRefused) as refused:
        small(**changes)
    assert said in f"{refused.value.what} {refused.value.do}"
    assert refused.value.what.startswith("The scenario small.toml")
    assert refused.value.do.endswith(".")
    assert french.knows(refused.value.what), refused.value.what
    assert french.knows(refused.value.do) or refused.value.do.startswith("Known:"), refused.value.do


def test_days_outside_the_data_are_refused_and_a_late_as_of_is_carried_on():
    stream = {"id": "r", "mode": "inland", "region": "CA-QC", "measure": "claims", **SAID}
    for first, last, more in (
        (date(2014, 1, 1), date(2014, 2, 1), {}),
        (date(2023, 12, 1), date(2024, 2, 1), {}),
        (date(2030, 1, 1), date(2030, 2, 1), {"as_of": date(2023, 12, 31)}),
        (date(2014, 1, 1), date(2014, 2, 1), {"as_of": date(2013, 12, 31)}),
    ):
        with pytest.raises(InputRefused) as refused:
            made(scenario={"first_day": first, "last_day": last, **more}, arrivals=[stream])
        assert "claims" in refused.value.what
    ready = made(
        scenario={"first_day": date(2023, 12, 1), "last_day": date(2024, 2, 1), "as_of": date(2024, 1, 1)},
        arrivals=[stream],
    )  # fmt: skip
    assert "the mean of the last 3 months known" in ready.findings[0].what


def test_what_was_published_later_is_not_read():
    stream = {"id": "r", "mode": "inland", "region": "CA-QC", "measure": "claims", **SAID}
    days = {"first_day": date(2023, 2, 1), "last_day": date(2023, 4, 30)}
    known = made(scenario=days, arrivals=[stream])
    then = made(scenario={**days, "as_of": date(2023, 2, 20)}, arrivals=[stream])
    mean = sum(kind.share * kind.persons for kind in known.scenario.kinds)
    assert known.world.rate[0, 0] * mean * 28 == pytest.approx(6435)
    assert then.world.rate[0, 0] * mean * 92 == pytest.approx(5900 + 7170 + 6945 - 5900 + 5900)


def test_more_people_at_the_start_than_places_is_refused():
    with pytest.raises(InputRefused) as refused:
        made(places=[{"site": FAR, "person": 5, "occupied": 6, **SAID}])
    assert "6 persons" in refused.value.what


def test_a_scenario_that_may_know_nothing_later_refuses_what_was():
    head = {"nothing_after": date(2023, 2, 16), "as_of": date(2023, 2, 16)}
    with pytest.raises(InputRefused) as refused:
        small(scenario=head)
    assert "reads nothing after 2023-02-16" in refused.value.what


def test_two_levers_and_a_site_can_be_told_apart():
    quick = [{"id": "quick", "exit_factor": 3, "cad_per_day": 1000, **SAID}]
    bought = tomllib.loads(SMALL)["places"] + [
        {"site": FAR, "person": 150, "room": 60, "room.family": 30, "cad_per_night": 100, **SAID}
    ]
    arrivals = [{"id": "r", "mode": "between-ports", "region": "CA-QC", "per_day": 30, **SAID}]
    base, sooner, more = (
        made(arrivals=arrivals), made(arrivals=arrivals, lever=quick), made(arrivals=arrivals, places=bought),
    )  # fmt: skip
    done = study([base, sooner, more], 100, seed="levers")
    nights = done.rows[0].totals.index("nights-without-roof")
    cost = done.rows[0].totals.index("cost-lodging")
    for which, spent in ((0, 60 * 1000), (1, 60 * 150 * 100)):
        mean, half = done.differences[which].mean_interval()
        assert mean[nights] + half[nights] < 0  # fewer, for sure
        assert mean[cost] == pytest.approx(spent, rel=0.01)


def test_a_file_that_is_no_scenario_is_refused():
    for data in (b"\xff\xfe", b"[scenario", b"a" * 9, b"[[" * 5000):
        with pytest.raises(InputRefused):
            read_toml(data, "x.toml")
    with pytest.raises(InputRefused):
        parse_scenario({}, "x.toml", scenario_names(the_pack()))


def test_the_kept_base_of_a_scenario_is_replaced_block_by_block():
    names = scenario_names(the_pack())
    base = the_pack().scenario("practice-2022-23")
    head = {"id": "x", "based_on": "practice-2022-23", "title_en": "x", "title_fr": "y"}
    row = {"site": "ca-on/windsor/ircc-hotels", "person": 9, **SAID}
    more = parse_scenario({"scenario": head, "places": [row]}, "x", names)
    instead = parse_scenario({"scenario": head, "places": [{**row, "replaces": True}]}, "x", names)
    assert len(more.places) == len(base.places) + 1
    assert [p.units["person"] for p in instead.places if p.site == row["site"]] == [9]
    held = {"name": "held", "value": 0.5, **SAID}
    other = parse_scenario({"scenario": head, "parameter": [held]}, "x", names)
    assert (other.parameters["held"].value, len(other.parameters)) == (0.5, len(base.parameters))
    bare = parse_scenario({"scenario": {**head, "without": ["cap", "freeze"]}}, "x", names)
    assert bare.places == base.places
    with pytest.raises(InputRefused):
        parse_scenario({"scenario": {**head, "without": ["hope"]}}, "x", names)
