"""Offers that are out, and the queue of what households ask: clocks, another look tried, answers by others."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from offices import arrivals
from partage.faces.web.words import LANGUAGES, Words
from web.conftest import opener


@pytest.fixture(scope="module")
def tuesday(monday, tmp_path_factory) -> tuple[Path, str, str, str]:
    """The demo's Monday; a household with an offer that asks for another look and for a correction."""
    folder = tmp_path_factory.mktemp("requests")
    for file in monday.glob("demo.db*"):
        shutil.copy(file, folder / file.name)
    open_ = opener(folder)
    anna, pia, rosa = open_("anna:intake"), open_("pia:placement"), open_("rosa:approver")
    [case] = anna.register(arrivals("asks-1,2,1", entered_at="2023-02-21T12:00:00Z")).data["rows"]
    _, made = pia.propose("redirect-all", seconds=2)
    rosa.approve(made.data["plan"], only=[case])
    pia.offer(case)
    them = open_(f"adult 1:household@{case}")
    them.answer(case, "accept", adult=1, language="fr")
    review = them.request_review(case, "family", note="ma sœur").data["review"]
    wrong = them.request_correction(case, "ages", note="the child is 4").data["correction"]
    return folder, case, review, wrong


@pytest.fixture
def open_(tuesday, tmp_path):
    for file in tuesday[0].glob("demo.db*"):
        shutil.copy(file, tmp_path / file.name)
    return opener(tmp_path)


def state(open_, case: str) -> str:
    return open_("rita:auditor").journal.row("cases", case)["state"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_offers_say_how_long_they_live_and_who_said_what(lang, browse, tuesday):
    t, case = Words(lang), tuesday[1]
    page = browse("pia:placement").get(f"/{lang}/offers")
    [row] = [one for one in page.text.split("<tr>") if f"/case/{case}" in one]
    assert t("offers.adult", n=1) in row
    assert t("offers.said-accept") in row
    assert t("offers.in-language", code="fr") in row
    assert t("offers.without-interpreter") in row
    assert t("offers.by-themselves") in row
    assert t("offers.hours-left", n=24) in row
    assert browse("ana:analyst").get(f"/{lang}/offers").status == 403
    rita = browse("rita:auditor").get(f"/{lang}/offers")
    assert "/withdraw" not in rita.text


def test_an_offer_is_taken_back_with_a_reason_after_a_page_that_says_what_it_does(
    browse, open_, tuesday
):
    case = tuesday[1]
    pia = browse("pia:placement").get(f"/en/offers/{case}/withdraw")
    assert "keeps its roof" in pia.words
    assert state(open_, case) == "offered", "looking changes nothing"
    pia.send("/withdraw", why="place-unfit")
    assert Words("en")("done.offer-withdrawn") in pia.words
    assert state(open_, case) == "waiting"
    own = browse(f"adult 2:household@{case}").get("/en/own")
    assert Words("en")("own.ended-offer-withdrawn") in own.words
    assert browse("pia:placement").get(f"/en/offers/{case}/withdraw").status == 404
    report = open_("rita:auditor").verify()
    assert report.clean, report.findings


def test_whoever_decided_does_not_answer_and_another_tries_what_would_follow(
    browse, open_, tuesday
):
    _, case, review, _ = tuesday
    en = Words("en")
    for who in ("pia:placement", "rosa:approver"):
        page = browse(who).get("/en/requests")
        assert en("requests.not-you") in page.words
        page.get(f"/en/review/{review}")
        assert en("requests.not-you-long") in page.words
        assert f'action="/en/review/{review}"' not in page.text
    max_ = browse("max:approver").get("/fr/requests")
    assert Words("fr")("requests.days-left", n=10) in max_.words
    max_.get(f"/fr/review/{review}")
    assert "ma sœur" in max_.text
    max_.get(f"/fr/review/{review}?look=again")
    assert Words("fr")("requests.nothing-written") in max_.words
    assert state(open_, case) == "offered"
    max_.send(f"/review/{review}", note="une place près d'elle")
    assert max_.status == 422
    max_.get(f"/fr/review/{review}").send(
        f"/review/{review}", outcome="changed", note="près d'elle"
    )
    assert "Le ménage le lit" in max_.words
    assert state(open_, case) == "waiting"
    own = browse(f"adult 1:household@{case}").get("/fr/own")
    assert "près d&#39;elle" in own.text
    assert open_("rita:auditor").verify().clean


def test_a_correction_is_made_in_one_act_with_its_answer_or_refused_with_a_reason(
    browse, open_, tuesday
):
    _, case, _, wrong = tuesday
    en = Words("en")
    pia = browse("pia:placement").get("/en/requests")
    assert f"/correction/{wrong}" not in pia.text, "who may not correct is not led there"
    assert pia.get(f"/en/correction/{wrong}").status == 403
    anna = browse("anna:intake").get(f"/en/correction/{wrong}")
    assert "the child is 4" in anna.words
    anna.send("/refuse", note="")
    assert anna.status == 422
    anna.get(f"/en/correction/{wrong}").send("/correct", why="mistake")
    assert anna.status == 422, "nothing is said to be corrected"
    anna.get(f"/en/correction/{wrong}").send("/correct", **{
        "cell-1": "age_0_4", "value-1": "1", "cell-2": "age_5_17", "value-2": "0",
        "why": "mistake", "note": "Thank you.",
    })  # fmt: skip
    assert en("done.correction-corrected") in anna.words, anna.words
    entries = list(open_("rita:auditor").journal.read())
    last = [e for e in entries if e.verb == "correct"]
    assert {e.subject.partition("/")[0] for e in last[-2:]} == {"case", "correction"}
    assert len({e.idem for e in last[-2:]}) == 1, "one act"
    known = [s.data for s in open_("anna:intake").journal.secrets(f"case/{case}", "case")]
    assert len(known) == 2, "what was known before stays"
    anna.get(f"/en/correction/{wrong}")
    assert "/refuse" not in anna.text
    assert open_("rita:auditor").verify().clean


def test_a_refused_correction_is_read_by_the_household_and_changes_nothing(browse, open_, tuesday):
    _, case, _, wrong = tuesday
    anna = browse("anna:intake").get(f"/fr/correction/{wrong}")
    anna.send("/refuse", note="Le passeport dit 6 ans.")
    assert "ils lisent pourquoi" in anna.words
    assert state(open_, case) == "offered"
    own = browse(f"adult 1:household@{case}").get("/fr/own")
    assert "Le passeport dit 6 ans." in own.text
    other = browse(f"adult 2:household@{case}").get("/fr/own")
    assert "Le passeport" not in other.text
