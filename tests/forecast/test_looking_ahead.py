"""Series as intervals, paths that add up, bands from paths, days from months; bad input in sentences."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from partage import load_pack
from partage.core.errors import InputRefused
from partage.core.series import Monthly, month_name, month_number, read_count
from partage.core.situation import Origin
from partage.core.streams import Stream
from partage.forecast import PREDICTORS, sample_panel, sample_paths
from partage.forecast.days import split_days
from partage.forecast.outlook import LEVELS, look_ahead, now_cast
from partage.forecast.panel import Break, large_series, pack_panel, panel_of
from partage.forecast.tree import leaves_of, sums_of

SOURCE = Origin(assumption="made up for a test")
JANUARY = month_number("2015-01")
CANADA = pack_panel(load_pack())


@pytest.fixture(scope="module")
def canada():
    return CANADA


@pytest.fixture(scope="module")
def outlook(canada):
    return look_ahead(canada.until(month_number("2023-01")), 6, 400, Stream("t"))


def series(persons, *, region="CA-QC", office="land_border", first=JANUARY):
    return Monthly(region, office, first, tuple(persons), tuple(persons), SOURCE)


@pytest.mark.parametrize(
    ("cell", "means"),
    [("", (None, None)), ("0", (0, 0)), ("1-5", (1, 5)), ("5", (6, 7)), ("10", (8, 12)), ("4780", (4778, 4782))],
)  # fmt: skip
def test_a_published_cell_is_an_interval_and_a_gap_is_a_gap(cell, means):
    assert read_count(cell) == means


@pytest.mark.parametrize("cell", ["7", "-5", "1-4", "n/a", "5.0", "٥", "999999995"])
def test_a_cell_that_means_nothing_is_not_guessed(cell):
    with pytest.raises(ValueError, match="neither"):
        read_count(cell)


def test_the_pack_carries_the_published_series(canada):
    border = canada.rows(["CA-QC/land_border"])
    at = month_number("2022-12") - border.first
    assert border.middle()[0, at] == 4780
    assert month_name(canada.last) == "2023-12"
    suppressed = canada.rows(["CA-QC/airport"])
    assert suppressed.low[0, month_number("2020-04") - canada.first] == 1
    assert suppressed.high[0, month_number("2020-04") - canada.first] == 5
    assert len(large_series(canada)) == 11
    assert [month_name(b.month) for b in canada.breaks] == ["2020-03", "2021-11", "2023-03"]


def test_published_parts_of_an_office_make_up_the_country_within_rounding(canada):
    leaves = leaves_of(canada)
    sums = sums_of(canada, leaves)
    low, high = sums @ canada.low[leaves], sums @ canada.high[leaves]
    apart = (low > canada.high) | (high < canada.low)
    assert apart.mean() < 0.01  # IRCC rounds parts and totals apart


@settings(max_examples=12, deadline=None, phases=(Phase.generate,))
@given(
    cut=st.integers(60, 107), times=st.floats(0, 20), add=st.integers(0, 50_000),
    name=st.sampled_from(sorted(PREDICTORS)),
)  # fmt: skip
def test_changing_the_future_changes_no_forecast(cut, times, add, name):
    whole = CANADA
    rows = [one for one in whole.series if one.id in ("CA-QC/airport", "CA-ON/inland", "CA/all")]
    origin = whole.first + cut - 1

    def changed(one):
        low, high = (
            tuple(v if n < cut else int((v or 0) * times) + add for n, v in enumerate(ends))
            for ends in (one.low, one.high)
        )
        return Monthly(one.region, one.office, one.first, low, high, one.origin)

    late = Break(date(origin // 12 + 1, 1, 1), "border", ("airport", "inland"))
    ours = panel_of(rows, breaks=whole.breaks).until(origin)
    theirs = panel_of([changed(one) for one in rows], breaks=(*whole.breaks, late)).until(origin)
    drawn = [PREDICTORS[name].fit(panel).sample(6, 50, Stream("same")) for panel in (ours, theirs)]
    assert (drawn[0] == drawn[1]).all()


def test_every_path_adds_up_over_provinces_and_offices_in_whole_persons(canada, outlook):
    paths = outlook.paths
    assert (paths == np.rint(paths)).all()
    assert (paths >= 0).all()
    for office in ("airport", "land_border", "inland"):
        parts = [
            n for n, one in enumerate(canada.series) if one.office == office and "-" in one.region
        ]
        assert (paths[:, parts].sum(axis=1) == outlook.of(f"CA/{office}")).all()
    offices = ("airport", "land_border", "inland", "other")
    assert (sum(outlook.of(f"CA/{o}") for o in offices) == outlook.of("CA/all")).all()
    quebec = sum(outlook.of(f"CA-QC/{o}") for o in offices[:3])
    assert (quebec == outlook.of("CA-QC/all")).all()


def test_bands_hold_the_share_of_paths_that_they_name(outlook):
    band, paths = outlook.band("CA/all"), outlook.of("CA/all")
    for level, low, high in zip(LEVELS, band.low, band.high, strict=True):
        inside = ((paths >= low) & (paths <= high)).mean(axis=0) * 100
        assert (inside >= level - 1).all()
        assert (inside <= level + 3).all()
    assert all(a <= m <= b for a, m, b in zip(band.low[0], band.middle, band.high[0], strict=True))
    assert all(a >= b for a, b in zip(band.low[0], band.low[2], strict=True))


def test_a_known_break_moves_the_level_at_once_and_not_before_it_is_known():
    persons = [1_000] * 60 + [100] * 3
    known = Break(date(2020, 1, 3), "border", ("land_border",))
    calm = panel_of([series(persons)])
    told = panel_of([series(persons)], breaks=[known])
    by_then = told.first + 58
    assert told.until(by_then).breaks == ()
    same = [p.until(by_then) for p in (calm, told)]
    drawn = [np.median(sample_panel(p, 1, 300, Stream("b"))) for p in same]
    assert drawn[0] == drawn[1]
    fits = [PREDICTORS["damped"].fit(p) for p in (calm, told)]
    assert fits[1].level[0, 60] == np.log(110)  # all the way, in the month of the break
    assert fits[1].scale[0, 61] == fits[1].scale[0, 59]  # a dated fact is no usual error
    assert fits[0].scale[0, 61] > 2 * fits[0].scale[0, 59]
    spread = [
        np.ptp(np.quantile(sample_panel(p, 3, 2_000, Stream("b"))[:, 0, 2], [0.1, 0.9]))
        for p in (calm, told)
    ]
    assert spread[1] < spread[0]  # what a dated fact explains is no usual error


def test_a_gap_is_neither_nobody_nor_forgotten():
    persons: list[int | None] = [500 + 10 * (n % 5) for n in range(60)]
    whole = sample_paths(series(persons), 1, 500, Stream("g"))
    persons[40:46] = [None] * 6
    gaps = sample_paths(series(persons), 1, 500, Stream("g"))
    assert abs(np.median(whole) - np.median(gaps)) < 25


def test_one_series_gives_paths_of_runs_and_months():
    paths = sample_paths(series(range(100, 160)), 4, 70, Stream("s"))
    assert paths.shape == (70, 4)
    assert (paths == sample_paths(series(range(100, 160)), 4, 70, Stream("s"))).all()


def relative(month) -> float:
    return float(np.ptp(np.quantile(month, [0.1, 0.9])) / np.median(month))


def test_the_running_month_moves_with_what_was_counted_and_never_ends_below_it(outlook):
    id_ = "CA-QC/land_border"
    before = outlook.of(id_)[:, 0]
    usual = float(np.median(before))
    for seen in (0, int(usual * 0.25), int(usual * 0.5), int(usual * 1.4), int(usual * 3)):
        now = now_cast(outlook, id_, seen, 14, 28, Stream("n"))
        month = now.of(id_)[:, 0]
        assert month.min() >= seen
        if seen:
            assert relative(month) < relative(before)  # what was counted makes it surer
        assert 1.3 * seen <= np.median(month) + 60 <= 2.6 * seen + 600
        offices = [now.of(f"CA/{o}") for o in ("airport", "land_border", "inland", "other")]
        assert (sum(offices) == now.of("CA/all")).all()
    over = now_cast(outlook, id_, int(usual), 28, 28, Stream("n")).of(id_)[:, 0]
    assert over.min() >= int(usual)
    assert over.max() < usual * 1.1  # a month that is over is what was counted
    low, high = (
        np.median(now_cast(outlook, id_, int(usual * f), 14, 28, Stream("n")).of("CA-QC/all")[:, 1])
        for f in (0.3, 0.8)
    )
    assert low < np.median(outlook.of("CA-QC/all")[:, 1]) < high  # the month behind it moves too


def test_days_add_up_to_their_month_and_follow_the_profile(outlook):
    paths = outlook.of("CA-QC/land_border")
    days = split_days(paths, outlook.first, date(2023, 2, 1), 28, Stream("d"))
    assert (days.sum(axis=1) == paths[:, 0]).all()
    fortnight = split_days(paths, outlook.first, date(2023, 2, 20), 14, Stream("d"))
    assert fortnight.shape == (400, 14)
    sundays = split_days(
        paths, outlook.first, date(2023, 2, 1), 28, Stream("d"), (0, 0, 0, 0, 0, 0, 1)
    )
    assert {date(2023, 2, 1 + n).weekday() for n in np.flatnonzero(sundays.sum(axis=0))} == {6}


@pytest.mark.parametrize(
    ("ask", "says"),
    [
        (lambda p: sample_panel(p, 0, 10, Stream("x")), "A horizon of 0 months"),
        (lambda p: sample_panel(p, 60, 10, Stream("x")), "A horizon of 60 months"),
        (lambda p: sample_panel(p, 3, 0, Stream("x")), "0 paths"),
        (lambda p: sample_panel(p, 3, 10, Stream("x"), predictor="oracle"), "no predictor named 'oracle'"),
        (lambda p: p.until(month_number("2024-01")), "outside the data"),
        (lambda p: p.until(month_number("2014-12")), "outside the data"),
        (lambda p: sample_panel(p.until(month_number("2016-01")), 3, 10, Stream("x")), "has 13 known months"),
        (lambda p: p.rows(["CA-XX/all"]), "no series"),
        (lambda p: panel_of([]), "no monthly series"),
        (lambda p: panel_of([series([1] * 30)] * 2), "stands twice"),
        (lambda p: panel_of([series([1] * 23)]), "has 23 known months"),
        (lambda p: panel_of([series([None] * 80)]), "has 0 known months"),
        (lambda p: month_number("2023-13"), "is not a month"),
        (lambda p: month_number("soon"), "is not a month"),
        (lambda p: look_ahead(p, 2, 10, Stream("x")).of("CA-QC/harbour"), "no series"),
        (lambda p: now_cast(look_ahead(p, 2, 10, Stream("x")), "CA/all", 5, 32, 31, Stream("x")), "Day 32"),
        (lambda p: now_cast(look_ahead(p, 2, 10, Stream("x")), "CA/all", -5, 3, 31, Stream("x")), "-5 persons"),
        (lambda p: split_days(np.ones((5, 2)), p.first, date(2014, 12, 31), 14, Stream("x")), "outside the months"),
        (lambda p: split_days(np.ones((5, 2)), p.first, date(2015, 1, 1), 0, Stream("x")), "0 days"),
        (lambda p: split_days(np.ones((5, 2)), p.first, date(2015, 1, 1), 3, Stream("x"), (1, 2)), "seven weights"),
    ],
)  # fmt: skip
def test_bad_input_is_refused_in_a_sentence(canada, ask, says):
    with pytest.raises(InputRefused) as refused:
        ask(canada)
    assert says in refused.value.what
    assert refused.value.do
