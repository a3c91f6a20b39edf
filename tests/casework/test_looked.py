"""The day beside a case in the store hides no exception: what it leaves out, nobody would have looked at."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from hypothesis import example, given
from hypothesis import strategies as st

from partage.casework.looked import ANY_DAY, NO_DAY, first_look
from partage.casework.watch import Watch
from partage.core.steps import STATES

TODAY = date(2023, 6, 1)
days = st.integers(-120, 120).map(lambda n: (TODAY + timedelta(days=n)).isoformat())
instants = days.map(lambda day: f"{day}T12:00:00Z")


@st.composite
def rows(draw: st.DrawFn) -> dict:
    state = draw(st.sampled_from(sorted(STATES)))
    row = {
        "state": state,
        "persons": 2,
        "since": draw(days),
        "account": draw(st.sampled_from(["waiting@x", "hosted@y", "left"])),
        "offer": {"site": "s", "day": draw(days), "until": draw(instants)},
        "fallback": {"site": "s"},
    }
    maybe = {
        "registered": instants,
        "waits_since": days,
        "file_by": st.one_of(st.just(""), days),
        "exit_plan": st.one_of(st.none(), days.map(lambda on: {"on": on, "to": "housing"})),
        "declines": st.integers(0, 3),
        "no_shows": st.integers(0, 1),
        "missing": st.integers(0, 1),
    }
    return row | {k: draw(v) for k, v in maybe.items() if draw(st.booleans())}


@given(rows(), st.integers(-100, 200))
@example({"state": "hosted", "persons": 1, "since": "2023-03-02", "account": "hosted@y"}, 0)
@example({"state": "waiting", "persons": 1, "since": "2023-05-28", "account": "waiting@x"}, 0)
@example({"state": "bound", "persons": 1, "offer": {"site": "s", "day": "2023-05-31"}}, 0)
@example({"state": "travelling", "persons": 1, "file_by": "2023-06-04"}, 0)
@example(
    {"state": "outside-engine", "persons": 1, "since": "2023-05-28", "account": "waiting@x",
     "registered": "2023-05-28T12:00:00Z", "waits_since": "2023-06-01"}, 0,
)  # fmt: skip
def test_no_case_is_an_exception_before_its_day(row, later):
    today = TODAY + timedelta(days=later)
    now = datetime(today.year, today.month, today.day, 12, tzinfo=UTC)
    watch = Watch({row["state"]: {"H-1": row}}, {}, {}, now, today)
    if watch.findings():
        assert first_look(row) <= today.isoformat()


def test_most_households_are_not_read_for_months():
    hosted = {"state": "hosted", "since": "2023-02-20", "file_by": "2023-03-01", "persons": 1}
    assert first_look(hosted) == "2023-02-26"  # three days before the 15 days are over
    assert first_look({**hosted, "file_by": ""}) == "2023-05-22"  # 91 days
    assert first_look({**hosted, "file_by": "", "exit_plan": {"on": "2023-03-07", "to": "x"}}) == (
        "2023-03-08"
    )
    assert first_look({"state": "approved", "since": "2023-02-20"}) == NO_DAY
    assert first_look({"state": "hosted", "since": 3, "file_by": None}) == ANY_DAY
    assert first_look({**hosted, "missing": 1}) == ANY_DAY
