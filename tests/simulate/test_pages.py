"""Pages, drawings, comparisons and outcomes: whole, self-contained, in both languages, and no bare number."""

from __future__ import annotations

import json
import re
from datetime import date

import pytest

from partage.faces.cli.main import run
from partage.packs.loader import scenario_names
from partage.packs.scenarios import parse_scenario
from partage.report.simulated_charts import charts
from partage.report.simulated_page import COMPARED, simulation_page
from partage.report.simulated_words import WORDS, Words
from partage.simulate.compiled import compile_scenario
from partage.simulate.outcome import outcomes
from partage.simulate.study import study
from scenarios import FAR, made, small, the_pack

SAID = {"assumption": "made up"}
MORE = [{"site": FAR, "person": 100, "room": 40, "room.family": 15, "cad_per_night": 80, **SAID}]


@pytest.fixture(scope="module")
def pair():
    base = small()
    more = small(scenario={"id": "more"}, places=[*base.raw["places"], *MORE])
    return study([compile_scenario(s, the_pack()) for s in (base, more)], 60, seed="pages")


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_page_is_whole_and_fetches_nothing(pair, language):
    page = simulation_page(pair, language, ["assumed for a test"], "other.html")
    assert f'<html lang="{language}">' in page
    assert page.count("<figure>") == 6 + 6 + 1
    assert "assumed for a test" in page
    assert not re.search(r'(?:src|href)="(?:https?:)?//', page)
    assert "<script" not in page
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    if language == "fr":
        words = re.sub(
            r"<[^>]+>", " ", re.sub(r"<style>.*?</style>|<svg.*?</svg>", "", page, flags=re.S)
        )
        assert not re.search(r"[a-zé] [:;?!]", words.split("assumed for a test")[0])


def test_every_word_of_the_page_is_in_both_languages():
    same = {key for key, (en, fr) in WORDS.items() if en == fr}
    assert same <= {"region", "service", "service-word", "places-word"}
    assert all(en and fr for en, fr in WORDS.values())
    assert set(COMPARED) <= set(WORDS)


def test_drawings_hold_their_numbers_and_bands(pair):
    drawn = {chart.id: chart for chart in charts(pair, 0, Words("en"))}
    assert list(drawn) == ["without-roof", "places-needed", "cost-thousands", "days-to-full", "share-against-due", "share-over-time"]  # fmt: skip
    (rows,) = drawn["places-needed"].spec["datasets"].values()
    assert len(rows) == len(pair.made[0].reported)
    assert all(r["q0"] <= r["q1"] <= r["middle"] <= r["q3"] <= r["q4"] for r in rows)
    assert {r["agreed"] for r in rows} == {260.0}
    assert drawn["without-roof"].svg().startswith("<svg")
    assert drawn["without-roof"].png()[:4] == b"\x89PNG"


def test_more_places_are_fewer_nights_without_a_roof_in_pairs(pair):
    names = pair.rows[0].totals
    mean, half = pair.differences[0].mean_interval()
    n = names.index("nights-without-roof")
    assert mean[n] + half[n] < 0
    assert mean[names.index("arrived")] == half[names.index("arrived")] == 0
    alone = [study([one], 60, seed="pages").mean(0, "nights-without-roof") for one in pair.made]
    assert mean[n] == pytest.approx(alone[1] - alone[0])


def test_scenarios_are_compared_from_the_command_line(tmp_path, capsys):
    own = tmp_path / "own.toml"
    own.write_text(
        '[scenario]\nid = "own"\nbased_on = "road-closed"\ntitle_en = "x"\ntitle_fr = "y"\n',
        "utf-8",
    )
    words = ["compare", "road-closed", str(own), "--runs", "20", "--out", str(tmp_path / "out")]
    assert run(["--json", *words]) == 0
    said = json.loads(capsys.readouterr().out.strip().splitlines()[-1])
    assert said["ok"]
    assert said["assumptions"]
    (apart,) = said["data"]["differences"]
    assert apart["measures"]["nights-without-roof"] == {
        "quantiles": [0, 0, 0],
        "mean": 0,
        "half_width_95": 0,
    }
    names = {path.name for path in (tmp_path / "out").iterdir()}
    assert {"scenarios.html", "scenarios.fr.html", "scenarios.json"} <= names


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["compare", "redirect-all", "--runs", "5"], "One scenario cannot be compared"),
        (["compare", "redirect-all", "surge-2017", "--runs", "5"], "not run over the same days"),
        (["compare", "redirect-all", "redirect-all", "--runs", "5"], "named twice"),
        (["simulate", "hope"], "no scenario 'hope'"),
        (["simulate", "none.toml"], "cannot be read"),
        (["simulate", "redirect-all", "--runs", "0"], "0 runs cannot be made"),
        (["simulate", "redirect-all", "--runs", "-3"], "-3 runs cannot be made"),
    ],
)
def test_what_cannot_be_run_is_refused_in_a_sentence(words, said, capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert run(words) in (2, 6)
    assert said in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


def test_what_was_expected_stands_beside_what_was_published():
    ready = compile_scenario(the_pack().scenario("agreement-2023"), the_pack())
    found = {one.stream: one for one in outcomes(ready, "s")}
    road = found["qc-land"]
    assert (road.first, road.last) == (date(2023, 4, 1), date(2023, 12, 31))
    assert road.published == 610 + 615 + 555 + 650 + 695 + 1015 + 830 + 705 + 1030
    assert road.low < road.middle < road.high
    assert outcomes(made(), "s") == ()


def test_the_agreement_scenario_reads_nothing_later_than_24_march():
    scenario = the_pack().scenario("agreement-2023")
    assert scenario.nothing_after == scenario.as_of == date(2023, 3, 24)
    ready = compile_scenario(scenario, the_pack())
    assert max(day for day in ready.entries.known_to if day) == date(2023, 2, 28)
    later = {
        **scenario.raw,
        "effect": [{"id": "e", "factor": 2, "known_on": date(2023, 4, 1), **SAID}],
    }
    with pytest.raises(Exception, match="reads nothing after 2023-03-24"):
        parse_scenario(later, "x", scenario_names(the_pack()))
    assert "told apart" in " ".join(scenario.assumptions())


@pytest.mark.parametrize(("value", "said"), [(0, "0"), (7, "7"), (1234, "1,230"), (2_345_678, "2.35 million"), (6.5e9, "6.50 billion")])  # fmt: skip
def test_no_more_figures_are_shown_than_are_known(value, said):
    assert Words("en").shown(value) == said
