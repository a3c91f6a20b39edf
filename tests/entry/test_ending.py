"""An account that ends: not one page more, not one call more, on any address."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from entry.coming import House
from entry.test_way_in import who_is
from offices import AT, opened
from partage.faces.web.table import PAGES
from partage.office.sessions import Rules
from partage.office.tokens import NOBODY


@pytest.fixture
def plain(tmp_path: Path) -> House:
    url = f"sqlite:///{tmp_path / 'plain.db'}"
    opened(url, ("CA-ON",)).journal.close()
    return House(url, AT, Rules(second_factor=False))


def test_who_has_no_account_any_more_loads_no_page_and_sends_no_form(plain):
    plain.gives("adam:admin")
    browser = plain.browser()
    browser.begins("anna", plain.gives("anna:intake"))
    token = browser.token(browser.get("/en/account").text)
    assert browser.get("/en/today").status_code == 200
    plain.ask(lambda o: o.end_user("anna"))
    asked = 0
    for page in PAGES:
        path = re.sub(r"\{\w+(:\w+)?\}", lambda m: "x/y/z" if m[1] else "x", page.path)
        for lang in ("en", "fr"):
            if page.method == "GET":
                answer = browser.get(f"/{lang}{path}")
            else:
                answer = browser.post(f"/{lang}{path}", csrf=token)
            if page.public:
                continue
            asked += 1
            assert answer.status_code == 303, (page.method, path)
            door = "/own/open" if page.path.startswith("/own") else "/sign-in"
            assert answer.headers["location"].startswith(f"/{lang}{door}"), path
    assert asked > 60
    for path in ("/en/account", "/en/second-factor"):
        assert browser.get(path).headers["location"].startswith("/en/sign-in")
    assert browser.post("/en/account", csrf=token, do="end-others").status_code == 403


def test_its_accesses_to_the_api_end_with_it_and_those_of_a_role_with_the_role(plain):
    for who in ("adam:admin", "anna:intake", "anna:auditor"):
        plain.gives(who)
    until = date(2023, 3, 1)
    given = {
        who: plain.ask(lambda o, who=who: o.grant_token(who, until))[1]
        for who in ("anna:intake", "ANNA:auditor", "bo:intake")
    }

    def opens() -> list[str]:
        return [who for who, secret in given.items() if plain.ask(lambda o, s=secret: o.bearer(s))]

    assert opens() == list(given)
    done = plain.ask(lambda o: o.end_user("anna:intake"))
    assert done.data["accesses_ended"] == 1
    assert opens() == ["ANNA:auditor", "bo:intake"]
    assert plain.ask(lambda o: o.end_user("anna")).data["accesses_ended"] == 1
    assert opens() == ["bo:intake"]
    assert plain.ask(lambda o: o.verify(), "rita:auditor").clean
    assert NOBODY.role == "household"


def test_one_ends_any_of_ones_sessions_this_one_too(plain):
    browser, other = plain.browser(), plain.browser()
    browser.begins("anna", plain.gives("anna:intake"))
    assert other.signs_in("anna").status_code == 303
    for lang, word in (("en", "password"), ("fr", "mot de passe")):
        page = browser.get(f"/{lang}/account").text
        assert page.count('name="session"') == 2
        assert f"<td>{word}</td>" in page
        assert not re.search(r"\d{4}-\d\d-\d\dT", re.sub(r"<time[^>]*>", "", page))
    theirs = who_is(plain, other.cookie).session
    browser.send("/en/account", do="end", session=theirs)
    assert who_is(plain, other.cookie) is None
    mine = who_is(plain, browser.cookie).session
    ended = browser.send("/en/account", do="end", session=mine)
    assert ended.headers["location"] == "/en/sign-in"
    assert browser.get("/en/account").status_code == 303
