"""The default must beat its peers and hold what its bands promise; the printed table is what a run gives."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest

import forecasts as bench
from partage.core.errors import InputRefused
from partage.core.series import month_name, month_number
from partage.core.streams import Stream
from partage.forecast import PREDICTORS
from partage.forecast.backtest import HORIZONS, back_test, score

PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "forecast.md"
ROW = re.compile(r"^\| ([\w -]+) \| (\d) \| ([\d.]+) \| ([\d.]+) \| ([\d.]+) \| ([\d.]+) \|$", re.M)
PANEL, IDS = bench.default_panel()


@pytest.fixture(scope="module")
def test():
    return bench.ours(PANEL, IDS)


def printed() -> dict[tuple[str, int], tuple[float, ...]]:
    rows = ROW.findall(PAGE.read_text("utf-8"))
    return {(name, int(months)): tuple(map(float, rest)) for name, months, *rest in rows}


def test_the_default_panel_is_as_written():
    assert set(IDS) == {
        *(f"{r}/{o}" for r in ("CA", "CA-QC", "CA-ON") for o in ("land_border", "airport", "inland")),
        "CA/all", "CA-BC/inland",
    }  # fmt: skip


def test_the_default_beats_the_best_of_its_peers_and_its_bands_hold_at_each_horizon(test):
    assert (month_name(test.first), month_name(test.last)) == ("2021-07", "2023-06")
    for months in HORIZONS:
        own = test.of("damped", months)
        rest = [s for s in test.scores if s.months == months and s.predictor != "damped"]
        assert len(rest) == 3
        assert own.loss < 0.95 * min(s.loss for s in rest)
        fifty, eighty, most = own.held
        assert 74 <= eighty <= 86
        assert 40 <= fifty <= 60
        assert 88 <= most <= 99
        assert own.forecasts == 264


def test_the_printed_table_is_what_the_command_gives(test):
    table = printed()
    for one in test.scores:
        assert table[one.predictor, one.months] == pytest.approx((one.loss, *one.held), abs=0.4), (
            one
        )  # sums of floats differ a little between machines
    peers = {name for name, _ in table if name.startswith("statsforecast")}
    assert len(peers) == 4
    for months in HORIZONS:
        assert table["damped", months][0] < min(table[name, months][0] for name in peers)


def test_our_peers_are_near_those_of_statsforecast():
    names = ["statsforecast SeasonalNaive", "statsforecast Theta"]
    theirs = bench.theirs(PANEL, IDS, names, origins=6)
    ours = back_test(PANEL, IDS, Stream("near"), predictors=["seasonal-naive", "theta"], origins=6)
    for one, other in zip(theirs, ours.scores, strict=True):
        assert other.loss == pytest.approx(one.loss, rel=0.05), (one, other)
        assert other.held == pytest.approx(one.held, abs=8)
    few = ("CA-QC/airport", "CA-ON/inland", "CA/all")
    [*ets] = bench.theirs(PANEL, few, ["statsforecast AutoETS"], origins=6)
    ours = back_test(PANEL, few, Stream("near"), predictors=["ets"], origins=6)
    for one, other in zip(ets, ours.scores, strict=True):
        assert other.loss < 1.15 * one.loss, (one, other)  # no straw man


def test_the_score_of_a_known_forecast_is_that_of_the_hand():
    made = np.array(
        [[[10.0], [20.0], [30.0], [40.0], [50.0], [60.0], [70.0]]]
    )  # one origin, one series
    one = score("x", 1, made, np.array([[45.0]]), np.array([[45.0]]))
    by_hand = [0.025 * 35, 0.1 * 25, 0.25 * 15, 0.5 * 5, 0.25 * 5, 0.1 * 15, 0.025 * 25]
    assert one.loss == pytest.approx(sum(by_hand) / 7)
    assert one.held == (100, 100, 100)
    suppressed = score("x", 1, made - 30, np.array([[1.0]]), np.array([[5.0]]))
    assert suppressed.held == (100, 100, 100)
    outside = score("x", 1, made, np.array([[65.0]]), np.array([[65.0]]))
    assert outside.held == (0, 0, 100)
    gap = score(
        "x", 1, np.repeat(made, 2, 0), np.array([[45.0], [np.nan]]), np.array([[45.0], [np.nan]])
    )
    assert (gap.loss, gap.forecasts) == (pytest.approx(one.loss), 1)


def test_an_origin_sees_nothing_of_the_months_after_it(monkeypatch):
    """A predictor is handed panels that end at their origin, the last of them too early to know the truth."""
    seen = []

    class Watches:
        def fit(self, panel):  # type: ignore[no-untyped-def]
            seen.append((panel.last, panel.low.shape[1], max(one.last for one in panel.series)))
            return PREDICTORS["theta"].fit(panel)

    monkeypatch.setattr(PREDICTORS, "_parts", {**PREDICTORS._parts, "watches": Watches()})
    back_test(PANEL, IDS[:2], Stream("w"), predictors=["watches"], origins=3, runs=20)
    assert [month_name(last) for last, *_ in seen] == ["2023-04", "2023-05", "2023-06"]
    assert all(n == last - PANEL.first + 1 and most == last for last, n, most in seen)


def test_too_little_to_test_is_a_sentence():
    early = PANEL.until(month_number("2019-04"))
    with pytest.raises(InputRefused, match="too little to back-test"):
        back_test(early, IDS, Stream("e"))
    assert back_test(
        PANEL.until(month_number("2019-05")), IDS, Stream("e"), predictors=["theta"], runs=20
    )
