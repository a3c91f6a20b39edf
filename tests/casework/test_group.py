"""A busload is counted first and described later; the book never loses or doubles anybody."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from offices import DAY, arrivals, opened
from partage.core.errors import InputRefused, NotFound, NotPermitted, WrongState

ROAD = "waiting@ca-qc/roxham-road"


@pytest.fixture
def anna():  # type: ignore[no-untyped-def]
    return opened("memory:").acting("anna:intake")


def there(anna) -> int:  # type: ignore[no-untyped-def]
    assert anna.acting("rita:auditor").verify().clean
    return (anna.journal.row("book", ROAD) or {"persons": 0})["persons"]


def test_counted_first_described_later_counted_once(anna):
    group = anna.headcount(10).data["group"]
    assert there(anna) == 10
    done = anna.register(arrivals("a,2", "b,1,3"), group=group)
    assert done.data["left_in_group"] == 4
    assert there(anna) == 10
    anna.register(arrivals("c,4"), group=group)
    assert there(anna) == 10
    closed = anna.close_group(group)
    assert closed.data["never_described"] == 0
    assert closed.findings == ()
    assert there(anna) == 10


def test_who_was_never_described_is_an_alarm_and_leaves_the_book(anna):
    group = anna.headcount(5).data["group"]
    anna.register(arrivals("a,2"), group=group)
    closed = anna.close_group(group)
    assert closed.data["never_described"] == 3
    (alarm,) = closed.findings
    assert alarm.weight == "fault"
    assert "3 person(s) were counted and never described" in alarm.what
    assert there(anna) == 2
    for again in (
        lambda: anna.close_group(group),
        lambda: anna.register(arrivals("b,1"), group=group),
    ):
        with pytest.raises(WrongState, match="is closed"):
            again()


def test_more_than_were_counted_are_counted_as_new_with_a_finding(anna):
    group = anna.headcount(2).data["group"]
    done = anna.register(arrivals("a,3"), group=group)
    assert any("3 persons are described, 2 of the count were left" in f.what for f in done.findings)
    assert there(anna) == 3


def test_a_group_is_no_case_and_the_engine_never_sees_it(anna):
    group = anna.headcount(3).data["group"]
    plan, _ = anna.acting("paul:placement").propose("redirect-all", DAY)
    assert plan.lines == ()
    with pytest.raises(NotFound):
        anna.correct(group, {"age_18_64": "2"}, why="mistake")
    with pytest.raises(NotFound, match="no group G-0"):
        anna.close_group("G-0000000000")
    with pytest.raises(NotFound):
        anna.register(arrivals("a,1"), group="H-0000000000")


def test_a_file_sent_twice_describes_once(anna):
    group = anna.headcount(6).data["group"]
    anna.register(arrivals("a,2"), group=group)
    again = anna.register(arrivals("a,2"), group=group)
    assert again.data["answered_before"]
    assert anna.journal.row("cases", group)["persons"] == 4
    assert there(anna) == 6


@pytest.mark.parametrize("persons", [0, -1, 1001])
def test_a_count_out_of_range_is_a_sentence(anna, persons):
    with pytest.raises(InputRefused, match="cannot be counted as one group"):
        anna.headcount(persons)
    with pytest.raises(InputRefused, match="not a mode"):
        anna.headcount(3, mode="on-foot")
    with pytest.raises(NotPermitted):
        anna.acting("rita:auditor").headcount(3)


@given(st.integers(1, 12), st.lists(st.integers(1, 4), max_size=5))
@settings(max_examples=20, deadline=None)
def test_whatever_is_described_the_book_has_the_larger_of_count_and_description(counted, sizes):
    anna = opened("memory:", regions=()).acting("anna:intake")
    group = anna.headcount(counted).data["group"]
    for number, size in enumerate(sizes):
        anna.register(arrivals(f"r{number},{size}"), group=group)
    assert there(anna) == max(counted, sum(sizes))
    anna.close_group(group)
    assert there(anna) == sum(sizes)
