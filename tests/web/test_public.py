"""The public page: for everybody, counts of months that are over with small numbers hidden, and nothing else."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest

from daily import take_in
from offices import opened
from partage.faces.web.table import PAGES
from partage.faces.web.words import LANGUAGES, Words
from partage.office import published as counted
from partage.office.ports import StatedClock
from partage.office.published import published
from partage.report.public import suppressed
from web.asking import Browser, asking

ZONE = "America/Toronto"


def test_small_numbers_are_hidden_and_others_to_the_nearest_five():
    assert [suppressed(n) for n in (0, 1, 5)] == [None, None, None]
    assert [suppressed(n) for n in (6, 7, 8, 10, 12, 13, 1003)] == [5, 5, 10, 10, 10, 15, 1005]
    with pytest.raises(ValueError, match="no count"):
        suppressed(-1)


@pytest.fixture(scope="module")
def february():
    """An office with a little of February, at the end of March."""
    office = opened("memory:")
    take_in(office, *(f"r{n},2" for n in range(13)))
    march = datetime(2023, 3, 5, 15, tzinfo=UTC)
    office.clock.move_to(march)
    take_in(office, *(f"m{n},1" for n in range(40)), entered_at="2023-03-05T12:00:00Z")
    return office


def at(when: str) -> StatedClock:
    return StatedClock(datetime.fromisoformat(when))


def test_only_months_that_are_over_are_counted_each_by_its_own_entries(february):
    journal = february.journal
    assert published(journal, at("2023-02-28T15:00:00+00:00"), ZONE) == []
    assert published(journal, at("2023-03-01T15:00:00+00:00"), ZONE) == [], (
        "it is still being closed"
    )
    [month] = published(journal, at("2023-03-02T15:00:00+00:00"), ZONE)
    assert (month["month"], month["households"], month["persons"]) == ("2023-02", 15, 25)
    assert month["offers"] is None
    months = published(journal, at("2023-04-03T15:00:00+00:00"), ZONE)
    assert [(m["month"], m["households"], m["persons"]) for m in months] == [
        ("2023-03", 40, 40), ("2023-02", 15, 25),
    ]  # fmt: skip


def test_a_month_is_counted_once_and_only_suppressed_numbers_are_kept(february, monkeypatch):
    clock = at("2023-04-03T15:00:00+00:00")
    first = published(february.journal, clock, ZONE)
    kept = february.journal.aside("published/2023-02")
    assert all(value is None or value % 5 == 0 for value in kept["figures"].values())
    monkeypatch.setattr(counted, "_counted", lambda *_: pytest.fail("counted again"))
    assert published(february.journal, clock, ZONE) == first


@pytest.mark.parametrize("lang", LANGUAGES)
def test_anybody_reads_it_and_it_names_nobody(lang, february):
    def open_(actor):
        office = february.acting(actor)
        office.clock = StatedClock(february.clock.now() + timedelta(days=40))
        return office

    with asking(open_) as client:
        client.app.state.open = open_
        page = Browser(client, "").get(f"/{lang}/public")
        assert page.status == 200
        assert page.text.count("2023-02") == 1
        assert Words(lang)("public.hidden") in page.words
        assert not re.search(r"\b[HPRVCL]-[0-9A-Z]{8,}", page.text)
        assert "<form" not in page.text
        link = page.get(f"/{lang}/public/impact")
        assert link.status == 200
        assert Words(lang)("impact.head-7") in link.words


def test_what_is_public_is_looks_alone():
    assert {page.name for page in PAGES if page.public} == {"public", "impact"}
    assert all(page.method == "GET" for page in PAGES if page.public)
