"""Marks, streams, units, steps and errors: what everything else counts on."""

from __future__ import annotations

from datetime import UTC, date, datetime
from fractions import Fraction
from pathlib import Path

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from partage.core import errors, marks, steps, streams, units

KEYS = st.text(st.characters(max_codepoint=127), max_size=8)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1)
    | st.text(st.characters(exclude_categories=["Cs"]), max_size=12),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=20,
)  # fmt: skip


@given(VALUES)
def test_canonical_json_is_what_an_independent_rfc_8785_library_writes(value):
    assert marks.canonical(value) == rfc8785.dumps(value)


def test_what_is_sealed_is_exact():
    assert marks.canonical({"b": Fraction(2, 6), "a": date(2023, 2, 20)}) == (
        b'{"a":"2023-02-20","b":"1/3"}'
    )
    for value in (0.1, {"é": 1}, {1: 1}, b"x", 2**53, object(), datetime(2023, 1, 1, tzinfo=UTC)):
        with pytest.raises(ValueError, match=r"seal|instant"):
            marks.canonical(value)


@given(st.text(max_size=10), st.text(max_size=10))
def test_streams_by_name_repeat_themselves_and_differ_from_others(seed, name):
    one, same = streams.Stream(seed, name), streams.Stream(seed, name)
    assert [one.token(10) for _ in range(3)] == [same.token(10) for _ in range(3)]
    assert streams.Stream(seed, name, "other").token(20) != streams.Stream(seed, name).token(20)
    assert streams.Stream(seed).child(name).token(9) == streams.Stream(seed, name).token(9)


def test_case_ids_have_the_form_of_the_contract():
    for number in range(200):
        assert units.CASE_ID.match("H-" + streams.Stream("s", str(number)).token(10))
    assert not units.CASE_ID.match("H-012345678I")


@pytest.mark.parametrize(
    ("at", "zone", "day"),
    [
        ("2023-02-20T08:59:59Z", "America/Toronto", date(2023, 2, 19)),  # 03:59 local
        ("2023-02-20T09:00:00Z", "America/Toronto", date(2023, 2, 20)),  # 04:00 local
        ("2023-02-20T08:00:00Z", "America/Halifax", date(2023, 2, 20)),
        ("2023-07-01T07:30:00Z", "America/Toronto", date(2023, 6, 30)),  # summer time
    ],
)
def test_the_operational_day_closes_at_four_local_time(at, zone, day):
    assert units.operational_day(units.parse_instant(at), zone) == day


def test_instants_are_utc_to_the_microsecond():
    assert units.instant(units.parse_instant("2023-02-20T09:00:00-05:00")) == (
        "2023-02-20T14:00:00.000000Z"
    )
    for text in ("2023-02-20", "2023-02-20T09:00:00", "yesterday"):
        with pytest.raises(errors.InputRefused):
            units.parse_instant(text)


def test_weeks_are_iso_weeks():
    assert units.week_of(date(2023, 2, 20)) == "2023-W08"
    assert units.week_of(date(2023, 1, 1)) == "2022-W52"


def test_each_transition_of_a_case_is_known_and_no_other():
    for row in steps.STEPS:
        assert row.after in steps.STATES
        for before in row.before:
            assert before == "" or before in steps.STATES
            assert steps.step(row.fact, before) is row
        for other in set(steps.STATES) - set(row.before):
            with pytest.raises(errors.WrongState, match=other):
                steps.step(row.fact, other)


def test_the_page_on_states_is_printed_from_the_table():
    page = Path(__file__).parents[2] / "docs" / "states.md"
    assert page.read_text(encoding="utf-8") == steps.as_markdown()


def test_exit_codes_and_statuses_are_those_of_the_contract():
    table = {e.kind: (e.exit_code, e.http_status) for e in errors.REFUSALS}
    assert table == {
        "InputRefused": (2, 422), "LotsRequired": (3, 409), "Stale": (4, 409),
        "NotPermitted": (5, 403), "NotFound": (6, 404), "WrongState": (7, 409),
        "Unfaithful": (8, 500), "Unavailable": (9, 503),
    }  # fmt: skip
    assert (errors.USAGE_EXIT, errors.INTERRUPT_EXIT) == (64, 130)
