"""Who came by the hour is the movement of the book, and each entry is read once for it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from offices import AT, arrivals, opened
from partage.core.errors import NotPermitted
from partage.office.ports import StatedClock

SITE = "ca-on/windsor/ircc-hotels"


@pytest.fixture
def anna():  # type: ignore[no-untyped-def]
    office = opened("memory:").acting("anna:intake")
    office.clock = StatedClock(AT)
    return office


def taken_in(office) -> int:  # type: ignore[no-untyped-def]
    return -int((office.journal.row("book", "outside:entry") or {"persons": 0})["persons"])


def test_who_came_is_what_left_the_outside_whatever_was_counted_twice(anna):
    anna.register(arrivals("a,1,2"))
    group = anna.headcount(10).data["group"]
    anna.register(arrivals("b,2", "c,1,3"), group=group)  # six of the ten, described
    seen = anna.lately()
    assert seen["came"] == taken_in(anna) == 13
    assert [row["came"] for row in seen["hours"]][-1] == 13
    assert len(seen["hours"]) == 24
    assert seen["moved_in"] == 0
    lea = anna.acting(f"lea:site@{SITE}")
    lea.clock = anna.clock
    lea.headcount(2, site=SITE)
    anna.close_group(group)  # four were never described, and leave the book
    seen = anna.lately()
    assert (seen["came"], seen["moved_in"]) == (13 + 2 - 4, 2)
    assert seen["came"] == taken_in(anna)


def test_an_hour_passes_and_a_day_forgets(anna):
    anna.register(arrivals("a,1"))
    assert anna.lately()["came"] == 1
    anna.clock.move_to(AT + timedelta(hours=5, minutes=30))
    anna.register(arrivals("b,2"))
    hours = [row["came"] for row in anna.lately()["hours"]]
    assert (hours[-1], hours[-6], sum(hours)) == (2, 1, 3)
    anna.clock.move_to(AT + timedelta(hours=24))
    assert anna.lately()["came"] == 2
    anna.clock.move_to(AT + timedelta(hours=48))
    assert anna.lately()["came"] == 0


def test_what_was_read_is_not_read_again(anna, monkeypatch):
    anna.register(arrivals("a,1", "b,1"))
    anna.lately(0)
    began, read = [], type(anna.journal).read

    def watched(journal, after=0, subject=None):  # type: ignore[no-untyped-def]
        began.append(after)
        return read(journal, after, subject)

    monkeypatch.setattr(type(anna.journal), "read", watched)
    last = anna.journal.head()[0]
    assert anna.lately(0)["came"] == 2
    assert began == [last]


def test_another_journal_has_hours_of_its_own(anna):
    anna.register(arrivals("a,1"))
    assert anna.lately()["came"] == 1
    other = opened("memory:").acting("anna:intake")
    other.clock = StatedClock(AT)
    other.register(arrivals("z,3,1"))
    assert other.lately()["came"] == 4
    assert anna.lately()["came"] == 1


def test_a_site_is_refused(anna):
    with pytest.raises(NotPermitted):
        anna.acting(f"lea:site@{SITE}").lately()
