"""The night in a browser: a count beside the book, a day closed once, with what it does said before."""

from __future__ import annotations

from datetime import timedelta

import pytest

from partage.compose import open_office
from web.asking import Browser, asking
from web.conftest import NOW, PACK

SITE = "ca-on/cornwall/dev-centre"


@pytest.fixture
def morning(open_, tmp_path):
    """The same office a day later, on Wednesday at ten."""
    url = f"sqlite:///{tmp_path / 'demo.db'}"
    open_("rita:auditor").journal.close()

    def later(actor):
        return open_office(url, actor, pack=PACK, at=NOW + timedelta(days=1), create=False)

    with asking(later) as client:
        yield lambda who: Browser(client, who)


def test_a_night_is_counted_at_its_site_and_stands_beside_the_book(morning):
    desk = morning(f"lea:site@{SITE}").get(f"/en/site/{SITE}")
    assert 'value="2023-02-21" checked' in desk.text
    desk.send("/count", persons="43", rooms="", night="2023-02-21")
    assert "The count is on record." in desk.words
    assert "counted 43 persons, the book says 44" in desk.words
    board = morning("pia:placement").get("/en/nights")
    assert "To close: February 21, 2023" in board.words
    assert "44 43" in board.words
    assert "hosted@" not in board.words


def test_a_day_is_closed_once_and_who_was_where_is_said(morning):
    pia = morning("pia:placement").get("/fr/nights")
    assert "0 offre expire" in pia.words
    pia.send("/nights/close", day="2023-02-21")
    assert "La journée est close." in pia.words
    assert "n’a pas été compté la nuit du 21 février 2023" in pia.words
    assert "partage " not in pia.words
    assert "Close : 21 février 2023" in pia.words.replace("\u202f", " ").replace("\xa0", " ")
    assert "ne finit pas partout avant le" in pia.words
    assert 'action="/fr/nights/close"' not in pia.text


def test_a_day_that_is_not_over_is_not_closed_and_a_count_without_a_number_is_none(browse):
    pia = browse("pia:placement").get("/en/nights")
    assert "is not over everywhere before" in pia.words
    assert "/nights/close" not in pia.text
    desk = browse(f"lea:site@{SITE}").get(f"/en/site/{SITE}")
    desk.send("/count", persons="", night="2023-02-21")
    assert desk.status == 422


def test_who_may_not_count_or_close_is_offered_neither(browse):
    assert "/count" not in browse("rita:auditor").get(f"/en/site/{SITE}").text
    assert "/en/nights" not in browse("anna:intake").get("/en/today").text
    assert browse("anna:intake").get("/en/nights").status == 403
    assert "/en/nights" in browse("rosa:approver").get("/en/today").text
