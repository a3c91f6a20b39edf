"""The household's own page by a letter: what it opens, for whom, how long, and what can be done there."""

from __future__ import annotations

import re
import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from offices import arrivals
from partage.faces.web import entry, way_in
from partage.faces.web.app import create_app
from partage.faces.web.words import LANGUAGES, Words
from partage.office.office import Office
from partage.office.pace import Pace, Rates
from partage.office.ports import StatedClock
from web.asking import Browser, current
from web.conftest import opener

CODE = re.compile(r"[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}")
EN, FR = Words("en"), Words("fr")


def said(t: Words, key: str, **given: object) -> str:
    """A text as the words of a page have it: spaces that do not break are spaces there."""
    return " ".join(t(key, **given).split())


class Hand:
    """One telephone: no account, a browser with cookies of its own."""

    def __init__(self, app: object, lang: str = "en") -> None:
        client = TestClient(app, base_url="https://office.test", raise_server_exceptions=False)  # type: ignore[arg-type]
        self.browser = Browser(client, "")
        self.lang = lang

    def open(self, code: str) -> Browser:
        self.browser.get(f"/{self.lang}/own/open?code={code}")
        assert f'value="{code}"' not in self.browser.text, "what is in an address is no code"
        return self.browser.send("/own/open", code=code)

    def page(self) -> Browser:
        return self.browser.get(f"/{self.lang}/own")


@pytest.fixture
def app(open_):
    made = create_app(
        lambda actor: open_(actor),
        lambda request: current(request) or entry.current(request),
        way_in.routes(),
    )
    made.state.pace = Pace(Rates(letter=5))
    return made


@pytest.fixture(scope="module")
def tuesday(monday, tmp_path_factory) -> tuple[Path, str]:
    """The demo's Monday, and a household of two adults and a child that holds an offer."""
    folder = tmp_path_factory.mktemp("tuesday")
    for file in monday.glob("demo.db*"):
        shutil.copy(file, folder / file.name)
    return folder, offer(opener(folder), "own-1,2,1")


@pytest.fixture
def open_(tuesday, tmp_path):
    for file in tuesday[0].glob("demo.db*"):
        shutil.copy(file, tmp_path / file.name)
    return opener(tmp_path)


@pytest.fixture
def offered(tuesday) -> str:
    return tuesday[1]


def offer(open_, row: str, **columns: str) -> str:
    anna, pia, rosa = open_("anna:intake"), open_("pia:placement"), open_("rosa:approver")
    columns = {"entered_at": "2023-02-21T12:00:00Z", **columns}
    [case] = anna.register(arrivals(row, **columns)).data["rows"]
    _, made = pia.propose("redirect-all", seconds=2)
    rosa.approve(made.data["plan"], only=[case])
    pia.offer(case, contact="514 555 0100")
    return case


def letters(app, case: str, lang: str = "en", **fields: str) -> list[str]:
    pia = Browser(TestClient(app, raise_server_exceptions=False), "pia:placement")
    pia.get(f"/{lang}/case/{case}").send(f"/case/{case}/letters", **fields)
    assert pia.status == 200, pia.words
    return CODE.findall(re.sub(r"7K3M-9QTV-X2HD-4RWE", "", pia.text.partition("<footer")[0]))[::2]


def row(open_, case: str) -> dict:
    return open_("rita:auditor").journal.row("cases", case)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_two_adults_answer_apart_each_with_a_letter_of_their_own(lang, app, open_, offered):
    t = Words(lang)
    first, second = letters(app, offered)
    one, two = Hand(app, lang), Hand(app, lang)
    page = one.open(first)
    assert page.at.endswith(f"/{lang}/own")
    assert "514 555 0100" in page.text
    assert said(t, "own.apart") in page.words
    assert 'name="adult"' not in page.text, "a letter says who answers"
    page.send("/own/answer", outcome="accept")
    assert said(t, "done.own-accept-one") in page.words
    assert row(open_, offered)["state"] == "offered"
    page = two.open(second)
    assert said(t, "own.said-yes") not in page.words, "nobody sees what another adult answered"
    page.send("/own/answer", outcome="accept")
    assert said(t, "done.own-accept") in page.words
    assert row(open_, offered)["state"] == "bound"
    page = one.page().send("/own/answer", outcome="decline")
    assert said(t, "done.own-decline") in page.words
    assert row(open_, offered)["state"] == "kept"
    page.send("/own/answer", outcome="again")
    assert row(open_, offered)["state"] == "waiting"
    acted = [
        e
        for e in open_("rita:auditor").journal.read(subject=f"case/{offered}")
        if e.verb == "answer"
    ]
    assert [(e.actor, e.role) for e in acted][:3] == [
        ("adult 1", "household"), ("adult 2", "household"), ("adult 1", "household"),
    ]  # fmt: skip
    assert open_("rita:auditor").verify().clean


def test_nobody_answers_for_another_adult_and_a_form_sent_twice_is_done_once(app, open_, offered):
    from web.asking import Form

    first, _ = letters(app, offered)
    page = Hand(app).open(first)
    fields = next(f for where, f in Form(page.text).forms if where.endswith("/own/answer"))
    for _ in range(2):
        page.post("/en/own/answer", {**fields, "outcome": "accept", "adult": "2"})
        assert page.status == 200
    assert row(open_, offered)["said_yes"] == [1]
    entries = open_("rita:auditor").journal.read(subject=f"case/{offered}")
    assert [e.verb for e in entries].count("answer") == 1
    with pytest.raises(Exception, match="for themselves alone"):
        open_(f"adult 1:household@{offered}").answer(offered, "accept", adult=2)


def test_a_code_is_kept_as_a_digest_alone_and_is_in_no_address_but_the_first(
    app, open_, offered, tmp_path
):
    codes = letters(app, offered)
    assert len(set(codes)) == 2
    files = b"".join(f.read_bytes() for f in Path(tmp_path).glob("demo.db*"))
    for code in codes:
        for form in (code, code.replace("-", ""), code.lower()):
            assert form.encode() not in files
    hand = Hand(app)
    page = hand.open(codes[0].lower().replace("-", " "))
    links = re.findall(r'(?:href|action)="([^"]+)"', page.text)
    assert not any("code=" in one or offered in one for one in links)
    for one in ("/en/own", "/fr/own", "/en/own/data", "/en/own/open?code=x"):
        page.get(one)
        assert page.status == 200
        assert page.headers["cache-control"] == "no-store"
        assert page.headers["referrer-policy"] == "same-origin"
        assert not re.search(r'(?:href|src)="https?://', page.text)


def test_a_letter_is_replaced_ended_and_over_and_says_so_kindly(app, open_, offered):
    first, second = letters(app, offered)
    page = Hand(app).open(first)
    again = letters(app, offered, adult="1")
    assert len(again) == 1
    assert "/own/open" in page.get("/en/own").at, "whoever came with the old letter is out at once"
    old = Hand(app, "fr").open(first)
    assert old.status == 403
    assert said(FR, "own.gone-replaced") in old.words
    assert Hand(app).open(again[0]).status == 200
    assert Hand(app).open(second).status == 200, "the other adult keeps theirs"
    pia = Browser(TestClient(app), "pia:placement").get(f"/en/case/{offered}")
    pia.send("/letters/end")
    assert said(EN, "done.letters-ended") in pia.words
    gone = Hand(app).open(second)
    assert said(EN, "own.gone-ended") in gone.words
    codes = letters(app, offered)
    real = app.state.open

    def later(actor) -> Office:
        office = real(actor)
        office.clock = StatedClock(office.clock.now() + timedelta(days=31))
        return office

    app.state.open = later
    assert said(EN, "own.gone-over") in Hand(app).open(codes[0]).words


def test_a_wrong_code_opens_nothing_and_too_many_wait(app, offered):
    [code, _] = letters(app, offered)
    hand = Hand(app)
    for wrong in ("0000-0000-0000-0000", "x", "", code[:-1]):
        hand.browser.get("/en/own/open").send("/own/open", code=wrong)
        assert hand.browser.status == 403, wrong
        assert said(EN, "own.no-such-letter") in hand.browser.words
    hand.browser.get("/en/own/open").send("/own/open", code="y")
    hand.browser.get("/en/own/open").send("/own/open", code=code)
    assert hand.browser.status == 429
    assert hand.browser.headers["retry-after"]


def test_nobody_under_18_gets_a_letter_or_an_offer_to_answer(app, open_):
    [case] = (
        open_("anna:intake")
        .register(arrivals("own-2,0,1", entered_at="2023-02-21T12:00:00Z"))
        .data["rows"]
    )
    pia = Browser(TestClient(app), "pia:placement").get(f"/en/case/{case}")
    pia.send(f"/case/{case}/letters")
    assert pia.status == 403
    assert "nobody of 18" in pia.words
    assert not open_("rita:auditor").journal.row("matters", f"letter/{case}")


def test_a_review_and_a_correction_are_asked_for_and_answered_on_the_page(app, open_, offered):
    first, second = letters(app, offered)
    one, two = Hand(app), Hand(app)
    page = one.open(first)
    page.send("/own/review", ground="family", note="my sister is in Ottawa")
    assert said(EN, "done.own-review") in page.words
    assert "my sister is in Ottawa" in page.words
    page.send("/own/correction", about="ages", wrong="the child is 4")
    assert said(EN, "done.own-correction") in page.words
    page.send("/own/correction", about="ages", wrong="")
    assert page.status == 422
    assert row(open_, offered)["state"] == "offered", "nothing changes by being asked for"
    other = two.open(second)
    assert said(EN, "own.asked") not in other.words, "that somebody asked is theirs alone"
    assert "my sister" not in other.words + other.get("/en/own/data").words, (
        "their words are theirs"
    )
    assert EN("own.title") in other.words
    journal = open_("rita:auditor").journal
    [review] = [
        s.partition("/")[2]
        for s, r in journal.rows("matters", list="review/open").items()
        if r["case"] == offered
    ]
    [wrong] = [s.partition("/")[2] for s in journal.rows("matters", list="correction/open")]
    max_, anna = open_("max:approver"), open_("anna:intake")
    assert max_.read_review(review)["note"] == "my sister is in Ottawa"
    assert anna.read_correction(wrong)["note"] == "the child is 4"
    max_.answer_review(review, "upheld", note="Ottawa is full; we look again with each plan")
    anna.answer_correction(
        wrong,
        "corrected",
        changes={"age_0_4": "1", "age_5_17": "0"},
        why="mistake",
        note="corrected",
    )
    page = one.page()
    assert "Ottawa is full" in page.words
    assert said(EN, "own.ended-correct-reopened") in page.words
    assert open_("rita:auditor").verify().clean
    told = page.get("/fr/own/data")
    assert "the child is 4" in told.text
    assert "Qui a regardé vos données" in told.words
    assert "votre propre page" in told.words


def test_an_offer_that_is_over_or_taken_back_says_so_kindly(app, open_, offered):
    [code, _] = letters(app, offered)
    real = app.state.open

    def later(actor) -> Office:
        office = real(actor)
        office.clock = StatedClock(office.clock.now() + timedelta(hours=30))
        return office

    app.state.open = later
    page = Hand(app, "fr").open(code)
    assert said(FR, "own.over") in page.words
    assert 'name="outcome"' not in page.text
    later("pia:placement").answer(offered, "expire")
    page.get("/fr/own")
    assert said(FR, "own.ended-answer-expire") in page.words


def test_an_officer_has_no_household_page_and_a_letter_opens_no_other_case(app, open_, offered):
    pia = Browser(TestClient(app, raise_server_exceptions=False), "pia:placement")
    assert pia.get("/en/own").at.endswith("/en/today")
    other = next(iter(open_("rita:auditor").journal.rows("cases", state="bound")))
    page = Hand(app).open(letters(app, offered)[0])
    assert page.get(f"/en/case/{other}").status == 403
    assert page.get("/en/today").at.endswith("/en/own")
    page.get("/en/own").send("/sign-out")
    assert page.at.endswith("/en/own/open")
    assert page.get("/en/own").at.endswith("/en/own/open")


def test_the_letter_is_a_tagged_pdf_with_the_code_that_was_shown(app, offered):
    pia = Browser(TestClient(app, raise_server_exceptions=False), "pia:placement")
    for lang in LANGUAGES:
        pia.get(f"/{lang}/case/{offered}").send(f"/case/{offered}/letters", adult="2")
        assert pia.text.count("<svg") == 1
        answer = pia.client.post(
            f"/{lang}/case/{offered}/letter-pdf",
            data=next(
                f
                for w, f in __import__("web.asking").asking.Form(pia.text).forms
                if w.endswith("pdf")
            ),
            headers={"x-who": pia.who},
        )
        assert answer.status_code == 200
        assert answer.content[:5] == b"%PDF-"
        assert b"pdfuaid" in answer.content


def test_a_language_that_is_not_carried_is_read_by_an_interpreter(app, open_):
    case = offer(open_, "own-3,1", interpreter_language="ht")
    page = Hand(app).open(letters(app, case)[0])
    assert said(EN, "own.interpreter", code="ht") in page.words
