"""``partage forecast``: tables, pages in both languages, data; bad input in sentences; one's own days."""

from __future__ import annotations

import functools
import re
from xml.etree import ElementTree

import pytest

from offices import opened
from partage.report.french import knows
from report.test_french import KINDS, SRC, sentences

BORDER = ("forecast", "QC", "--office", "land_border", "--origin", "2023-01")


@pytest.fixture
def untested(monkeypatch):
    """Without the back-test, which has tests of its own and takes seconds."""
    from partage.faces.cli import forecasting

    monkeypatch.setattr(forecasting, "_tested", lambda *words: (None, "left out by a test"))


def test_a_forecast_prints_its_bands_its_check_and_its_back_test(terminal, monkeypatch):
    from partage.faces.cli import forecasting

    few = functools.partial(
        forecasting.back_test, origins=4, runs=100
    )  # all 24 in test_backtest.py
    monkeypatch.setattr(forecasting, "back_test", few)
    answer = terminal(*BORDER, "--runs", "300", "--out", str(terminal.folder / "out"))
    assert answer.code == 0
    data = answer.json["data"]
    [border] = data["series"]
    assert border["id"] == "CA-QC/land_border"
    first = border["months"][0]
    assert first["month"] == "2023-02"
    assert first["95"][0] <= first["80"][0] <= first["50"][0] <= first["middle"] <= first["50"][1]
    scores = {(s["predictor"], s["months"]): s["loss"] for s in data["back_test"]["scores"]}
    assert set(scores) == {
        (p, m) for p in ("damped", "seasonal-naive", "ets", "theta") for m in (1, 3, 6)
    }
    assert data["back_test"]["last_origin"] == "2022-07", (
        "nothing after the month asked for is read"
    )
    assert [b["day"] for b in data["breaks"]] == ["2020-03-21", "2021-11-21"]
    for name in ("forecast.html", "forecast.fr.html", "forecast.svg", "forecast.fr.svg"):
        text = (terminal.folder / "out" / name).read_text("utf-8")
        assert not re.search(r"(?:src|href)=\"https?:|url\(http|<script|@import", text), name
        for svg in re.findall(r"<svg.*?</svg>", text, re.S):
            ElementTree.fromstring(svg)
    french = (terminal.folder / "out" / "forecast.fr.html").read_text("utf-8")
    assert "Québec, frontière terrestre" in french
    assert "février 2023" in french
    assert "perte quantile" in french
    assert not re.search(
        r"\w [:;?!%] ",
        re.sub(r"<style.*?</style>|<ul class=\"quoted.*?</ul>", "", french, flags=re.S),
    )


def test_a_total_shows_its_offices_and_they_add_up_in_the_middle_of_nothing_else(
    terminal, untested
):
    data = terminal("forecast", "--runs", "200", "--months", "1").json["data"]
    assert [one["id"] for one in data["series"]] == [
        "CA/all", "CA/airport", "CA/land_border", "CA/inland", "CA/other",
    ]  # fmt: skip
    assert data["known_to"] == "2023-12"
    assert data["no_back_test"] == "left out by a test"
    again = terminal("forecast", "--runs", "200", "--months", "1").json["data"]
    assert again["series"] == data["series"]
    other = terminal("forecast", "--runs", "200", "--months", "1", "--seed", "x").json["data"]
    assert other["series"] != data["series"]


def test_the_running_month_and_days(terminal, untested):
    words = (*BORDER, "--runs", "300", "--so-far", "1500@2023-02-20", "--days", "10")
    answer = terminal(*words, "--lang", "fr")
    data = answer.json["data"]
    assert data["now_cast"] == "CA-QC/land_border"
    assert data["series"][0]["months"][0]["95"][0] >= 1500
    assert data["series"][0]["months"][0]["middle"] < 3_500
    assert [day["day"] for day in data["days"]][0::9] == ["2023-02-21", "2023-03-02"]
    assert "21 février 2023" in answer.err.replace("\u00a0", " ")
    assert any("not scored" in line for line in answer.json["assumptions"])


def test_a_break_that_is_near_and_months_far_ahead_are_said(terminal, untested):
    answer = terminal("forecast", "--origin", "2023-04", "--months", "9", "--runs", "50")
    where = {f["where"] for f in answer.json["findings"]}
    assert {"breaks", "horizon", "back-test"} <= where
    assert "2023-03-25" in str(answer.json["findings"])


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--months", "0"], "A horizon of 0 months"),
        (["--months", "60"], "A horizon of 60 months"),
        (["--months", "-3"], "A horizon of -3 months"),
        (["--origin", "2031-01"], "outside the data"),
        (["--origin", "2014-12"], "outside the data"),
        (["--origin", "2015-06"], "has 6 known months"),
        (["--origin", "soon"], "is not a month"),
        (["XX"], "is not a region"),
        (["PE", "--office", "airport"], "no series of airport for CA-PE"),
        (["--office", "harbour"], "is not an office"),
        (["--runs", "0"], "0 paths"),
        (["--predictor", "oracle"], "no predictor named"),
        (["--so-far", "many@2023-02-20"], "not NUMBER@DAY"),
        (["--so-far", "-4@2024-01-20"], "not NUMBER@DAY"),
        (["--so-far", "4@2024-03-20"], "is not in 2024-01"),
        (["--so-far", "4@2024-01-32"], "is not a day"),
        (["--days", "99"], "99 days"),
        (["--days", "-1"], "-1 days"),
        (["--months", "1", "--days", "40"], "outside the months"),
        (["--profile", "1,2"], "seven weights"),
        (["--profile", "a,b,c"], "seven weights"),
        (["--lang", "de"], "en or fr"),
    ],
)  # fmt: skip
def test_bad_input_is_a_sentence(terminal, untested, words, says):
    answer = terminal("forecast", "--runs", "20", *words)
    assert (answer.code, answer.json["error"]["kind"]) == (2, "InputRefused")
    assert says in answer.json["error"]["what"]
    assert answer.json["error"]["do"]


def test_every_refusal_and_finding_has_its_french():
    files = sorted({*SRC.glob("forecast/*.py"), *SRC.glob("casework/ahead.py"), *SRC.glob("office/ahead.py"),
                    SRC / "faces/cli/forecasting.py"})  # fmt: skip
    said = [t for f in files for t in sentences(str(f.relative_to(SRC)), {"Finding", *KINDS})]
    assert len(said) > 40
    assert [text for text in said if not knows(text)] == []


def test_a_destination_sees_its_own_next_days_and_nobody_elses(office):
    words = ("forecast", "--here", "ON", "--policy", "redirect-all")
    answer = office(*words, who="mary:region@CA-ON")
    data = answer.json["data"]
    assert len(data["days"]) == 14
    assert data["days"][0]["day"] == "2023-02-20"
    assert data["last_month"] == "2023-01"
    assert data["as_if"] is True
    due = sum(day["due"]["middle"] for day in data["days"])
    enter = sum(day["enter"]["middle"] for day in data["days"])
    assert 0.6 * enter < due < enter, "Ontario is most of the population of those who take part"
    assert office(*words, who="x:region@CA-QC").code == 5
    quebec = office("forecast", "--here", "QC", "--policy", "redirect-all", who="x:region@CA-QC")
    assert sum(day["due"]["middle"] for day in quebec.json["data"]["days"]) == 0
    assert any("bars" in line for line in quebec.json["assumptions"])
    unsaid = office("forecast", "--here", "ON", who="mary:region@CA-ON")
    assert unsaid.json["data"]["days"][0]["due"] is None
    city = office(
        "forecast",
        "--here",
        "ca-on/windsor",
        "--policy",
        "redirect-all",
        who="m:city@ca-on/windsor",
    )
    assert city.json["data"]["free"] < data["free"]
    assert sum(day["due"]["middle"] for day in city.json["data"]["days"]) < due
    assert office("forecast", "--here", "nowhere/x/y", who="pia:placement").code == 6
    assert office(*words, "--days", "63", who="pia:placement").code == 2


def test_days_too_far_behind_the_figures_are_refused():
    from datetime import UTC, datetime

    from partage.core.errors import InputRefused

    office = opened("memory:", at=datetime(2026, 5, 1, 12, tzinfo=UTC)).acting("pia:placement")
    with pytest.raises(InputRefused, match="figures end in 2023-12"):
        office.forecast("CA-ON")
