"""In by an outside sign-in service that is a process of its own: what is believed, and what is not."""

from __future__ import annotations

import json
import logging
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from entry.coming import HERE, Browser, House
from entry.idp import CLIENT, SECRET
from entry.test_way_in import came_in, who_is
from offices import AT, opened
from partage.core.errors import InputRefused, NotFound, WrongState
from partage.faces.web.provider import Provider, Settings, safe_address
from partage.faces.web.words import Words

NET = httpx.Client(verify=False)
FILE = Path(__file__).parent / "idp.py"


class Service:
    """The other process, and what it is told to say."""

    def __init__(self, issuer: str) -> None:
        self.issuer = issuer

    def says(self, **what: Any) -> list[dict[str, str]]:
        told = NET.post(f"{self.issuer}/control", content=json.dumps(what)).json()
        return list(told["seen"])

    def settings(self, **more: Any) -> Settings:
        return Settings(self.issuer, CLIENT, SECRET, HERE, "Test ID", **more)


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    told = tmp_path_factory.mktemp("idp") / "issuer"
    process = subprocess.Popen([sys.executable, "-W", "ignore", str(FILE), str(told)])
    try:
        until = time.monotonic() + 30
        while not (told.exists() and told.read_text()) and time.monotonic() < until:
            assert process.poll() is None
            time.sleep(0.02)
        yield Service(told.read_text("utf-8"))
    finally:
        process.kill()
        process.wait()


@pytest.fixture
def house(tmp_path: Path) -> House:
    """On a file alone: what is kept is kept by the same calls as sessions, which are tried on both."""
    url = f"sqlite:///{tmp_path / 'here.db'}"
    opened(url, ("CA-ON",)).journal.close()
    return House(url, AT)


@pytest.fixture
def service(running: Service, house: House) -> Service:
    """The service, true again, at the clock of this office, which has it."""
    running.says(
        sub="s-anna", at=int(house.clock.now().timestamp()), lie="", acr="", amr=[], down=False,
        auth_time=0, backs=[f"{HERE}/sign-in/back"],
    )  # fmt: skip
    house.app.state.provider = Provider(running.settings(two_factors=("two",)))
    return running


def goes(browser: Browser, lang: str = "en", to: str = "") -> str:
    """To the service and as far back as to this office: the address it sends the browser to."""
    asked = browser.get(f"/{lang}/sign-in/provider" + (f"?to={to}" if to else ""))
    assert asked.status_code == 303, asked.text
    there = NET.get(asked.headers["location"])
    assert there.status_code == 302, there.text
    return str(there.headers["location"]).removeprefix(HERE)


def comes(browser: Browser, **how: str) -> Any:
    return browser.get(goes(browser, **how))


def told(browser: Browser, answer: Any, what: str, lang: str = "en") -> Any:
    """The page that says why somebody did not come in."""
    assert answer.status_code == 303
    where = answer.headers["location"]
    assert where.startswith(f"/{lang}/sign-in/answer?what={what}"), where
    page = browser.get(where)
    assert Words(lang)(f"provider.title-{what}") in page.text
    assert page.status_code in (403, 503)
    return page


def linked(house: House, service: Service, name: str = "anna", subject: str = "s-anna") -> None:
    house.ask(lambda o: o.link_user(name, service.issuer, subject, "came with badge 12"))


def test_linked_somebody_comes_in_and_out_and_back_to_where_they_were(house, service):
    house.gives("anna:intake")
    linked(house, service)
    service.says(acr="two")
    browser = house.browser()
    assert "Test ID" in browser.get("/fr/sign-in?to=/fr/account").text
    back = comes(browser, lang="fr", to="/fr/account")
    assert back.headers["location"] == "/fr/account"
    who = who_is(house, browser.cookie)
    assert (who.name, who.role, who.lang) == ("anna", "intake", "fr")
    [row] = house.ask(lambda o: o.sessions_of("anna"))
    assert row["by"] == "provider"
    stolen = browser.cookie
    out = browser.post("/fr/sign-out", csrf=who.csrf)
    assert out.headers["location"] == "/fr/sign-in?left=1"
    page = browser.get("/fr/sign-in?left=1").text
    assert f"{service.issuer}/leave?client_id={CLIENT}" in page
    assert who_is(house, stolen) is None


def test_it_asks_with_pkce_a_state_and_a_nonce_and_for_who_they_are_alone(house, service):
    browser = house.browser()
    comes(browser)
    asked = service.says()[-1]
    assert (asked["response_type"], asked["scope"]) == ("code", "openid")
    assert (asked["code_challenge_method"], len(asked["code_challenge"])) == ("S256", 43)
    assert len(asked["nonce"]) == 64
    assert asked["nonce"] not in asked["state"]
    assert asked["acr_values"] == "two"
    kept = house.ask(lambda o: str(o.journal.asides("asked")))
    assert asked["state"] not in kept
    assert asked["nonce"] not in kept


def test_its_sessions_end_as_all_do(house, service):
    house.gives("anna:intake")
    linked(house, service)
    service.says(acr="two")
    browser = house.browser()
    comes(browser)
    house.clock.on(minutes=29)
    assert who_is(house, browser.cookie)
    house.clock.on(minutes=31)
    assert who_is(house, browser.cookie) is None


def test_one_factor_there_is_one_factor_here(house, service):
    _, app, _ = came_in(house)
    linked(house, service)
    house.clock.on(minutes=1)
    service.says(amr=["pwd"], at=int(house.clock.now().timestamp()))
    browser = house.browser()
    back = comes(browser, to="/en/board")
    assert back.headers["location"] == "/en/sign-in/code?to=/en/board"
    assert who_is(house, browser.cookie) is None
    done = browser.send("/en/sign-in/code", code=app.at(house.clock.now()))
    assert done.status_code == 303
    assert who_is(house, browser.cookie).name == "anna"
    assert house.ask(lambda o: o.sessions_of("anna"))[0]["by"] == "provider+app"


def test_who_has_no_second_factor_anywhere_does_not_come_in(house, service):
    house.gives("anna:intake")
    linked(house, service)
    browser = house.browser()
    told(browser, comes(browser), "no-factor")
    assert who_is(house, browser.cookie) is None


def test_nobody_gets_an_account_by_themselves(house, service):
    house.gives("anna:intake")
    before = house.ask(lambda o: o.journal.head())
    service.says(acr="two", sub="s-somebody")
    browser = house.browser()
    for lang in ("en", "fr"):
        back = comes(browser, lang=lang)
        page = told(browser, back, "unlinked", lang)
        assert "s-somebody" in page.text, "what they tell the administrator"
        assert (
            f'href="/{"fr" if lang == "en" else "en"}/sign-in/answer?what=unlinked&amp;ref='
            in page.text
        )
        other = house.browser().get(back.headers["location"]).text
        assert "s-somebody" not in other, "shown to the browser that asked alone"
    assert house.ask(lambda o: o.journal.head()) == before
    assert len(house.ask(lambda o: o.users())) == 1


LIES = (
    "nonce", "no nonce", "audience", "audience, our party", "two audiences", "party", "issuer",
    "expired", "no exp", "old", "nobody", "unsigned", "shared key", "other key", "changed",
)  # fmt: skip


def test_a_token_that_lies_opens_nothing(house, service, caplog):
    house.gives("anna:intake")
    linked(house, service)
    caplog.set_level(logging.DEBUG)
    browser = house.browser()
    for lie in LIES:
        service.says(acr="two", lie=lie)
        told(browser, comes(browser), "untrusted")
        assert browser.cookie == "", lie
    service.says(lie="")
    assert comes(browser).headers["location"] == "/en"
    assert "not believed, for its nonce" in caplog.text
    for secret in (SECRET, "s-anna"):
        assert secret not in caplog.text


def test_an_answer_counts_once_soon_and_in_the_browser_that_asked(house, service):
    house.gives("anna:intake")
    linked(house, service)
    service.says(acr="two")
    browser, other = house.browser(), house.browser()
    other.get("/en/sign-in")
    back = goes(browser)
    told(other, other.get(back), "stale")
    told(browser, browser.get(back), "stale")  # who holds it elsewhere has used it up
    back = goes(browser)
    assert browser.get(back).headers["location"] == "/en"
    again = browser.get(back)
    assert again.headers["location"] == "/en/sign-in/answer?what=stale"
    late = goes(browser)
    house.clock.on(minutes=16)
    told(browser, browser.get(late), "stale")
    state = parse_qs(urlsplit(late).query)["state"][0]
    for query in ("", f"?state={state}", "?state=en.x&code=y", "?code=y"):
        told(browser, browser.get(f"/sign-in/back{query}"), "stale")


def test_a_code_of_another_question_is_not_taken(house, service):
    """PKCE: a stolen code, put into the answer to a question of one's own."""
    house.gives("anna:intake")
    linked(house, service)
    service.says(acr="two")
    browser, thief = house.browser(), house.browser()
    stolen = parse_qs(urlsplit(goes(browser)).query)["code"][0]
    mine = parse_qs(urlsplit(goes(thief)).query)["state"][0]
    told(thief, thief.get(f"/sign-in/back?state={mine}&code={stolen}"), "untrusted")
    assert who_is(house, thief.cookie) is None


def test_an_answer_of_another_service_or_a_no_is_none(house, service):
    browser = house.browser()
    told(browser, browser.get(goes(browser) + "&iss=https://other.example"), "untrusted")
    service.says(lie="declines")
    told(browser, comes(browser), "declined", "en")


def test_while_it_is_down_the_password_still_opens(house, service):
    _, app, _ = came_in(house)
    linked(house, service)
    browser = house.browser()
    back = goes(browser)  # it goes away between the question and the answer
    service.says(down=True)
    assert told(browser, browser.get(back), "down").status_code == 503
    house.app.state.provider = Provider(service.settings())  # nothing known of it yet
    told(browser, browser.get("/fr/sign-in/provider"), "down", "fr")
    house.app.state.provider = Provider(
        Settings("http://127.0.0.1:9", CLIENT, SECRET, HERE, "Nobody there")
    )
    told(browser, browser.get("/en/sign-in/provider"), "down")
    house.clock.on(minutes=1)
    browser.signs_in("anna")
    assert browser.send("/en/sign-in/code", code=app.at(house.clock.now())).status_code == 303


def test_a_new_key_of_the_service_is_asked_for_once(house, service, monkeypatch):
    from partage.faces.web import provider as module

    house.gives("anna:intake")
    linked(house, service)
    service.says(acr="two")
    browser = house.browser()
    assert comes(browser).headers["location"] == "/en"
    service.says(**{"new key": True})
    told(browser, comes(browser), "untrusted")  # its keys were asked for this minute
    monkeypatch.setattr(module, "AGAIN_SECONDS", 0)
    assert comes(browser).headers["location"] == "/en"


def test_an_account_that_ended_or_was_unlinked_opens_no_more(house, service):
    for who in ("adam:admin", "anna:intake", "bo:intake"):
        house.gives(who)
    linked(house, service)
    service.says(acr="two")
    browser = house.browser()
    comes(browser)
    with pytest.raises(WrongState, match="another account"):
        linked(house, service, "bo")
    house.ask(lambda o: o.unlink_user("anna"))
    assert who_is(house, browser.cookie) is None, "its sessions ended"
    told(browser, comes(browser), "unlinked")
    linked(house, service, "bo")
    assert comes(browser).headers["location"] == "/en"
    assert who_is(house, browser.cookie).name == "bo"
    house.ask(lambda o: o.end_user("bo"))
    told(browser, comes(browser), "unlinked")
    house.gives("bo:intake")
    told(browser, comes(browser), "unlinked")  # the new account is not linked by the old one's link
    with pytest.raises(NotFound):
        linked(house, service, "nobody")
    with pytest.raises(InputRefused):
        house.ask(lambda o: o.link_user("anna", service.issuer, "s-1", " "))


def test_the_record_says_who_linked_whom_and_not_to_what(house, service):
    house.gives("anna:intake")
    linked(house, service)
    told_ = " ".join(str(entry) for entry in house.ask(lambda o: list(o.journal.read())))
    assert "came with badge 12" in told_
    assert "s-anna" not in told_
    assert service.issuer not in told_
    assert house.ask(lambda o: o.verify(), "rita:auditor").clean


def test_an_address_that_somebody_could_listen_to_is_none():
    for good in (
        "https://id.example/x",
        "http://127.0.0.1:9/x",
        "http://localhost/x",
        "http://[::1]/",
    ):
        assert safe_address(good)
    for bad in (
        "http://id.example",
        "ftp://127.0.0.1",
        "https://",
        "javascript:x",
        "",
        "//x",
        "http://[",
    ):
        assert not safe_address(bad)


def test_who_has_no_such_service_is_told_so(house):
    browser = house.browser()
    page = browser.get(browser.get("/en/sign-in/provider").headers["location"])
    assert page.status_code == 404
    assert "/sign-in/provider" not in browser.get("/en/sign-in").text


def test_a_service_that_describes_itself_as_another_is_none(house, service):
    mine = service.settings()
    other = Settings(mine.issuer.replace("127.0.0.1", "localhost"), CLIENT, SECRET, HERE, "Another")
    house.app.state.provider = Provider(other)
    browser = house.browser()
    told(browser, browser.get("/en/sign-in/provider"), "down")


def test_whoever_came_by_the_service_says_there_again_who_they_are(house, service):
    first, _, codes = came_in(house)
    first.send("/en/sign-out")
    linked(house, service)
    browser = house.browser()
    service.says(acr="two", at=int(house.clock.now().timestamp()))
    comes(browser)
    page = browser.get("/en/account")
    assert "say again who you are at Test ID" in page.text
    said = {"do": "codes", "code": codes[0]}
    assert browser.send("/en/account", **said).status_code == 403, "no password, and no word of it"
    house.clock.on(minutes=10)
    asked = browser.get("/en/sign-in/provider?again=1&to=/en/account").headers["location"]
    query = parse_qs(urlsplit(asked).query)
    assert (query["prompt"], query["max_age"]) == (["login"], ["0"])

    def again(at: int, subject: str = "s-anna") -> Any:
        service.says(at=int(house.clock.now().timestamp()), auth_time=at, sub=subject)
        there = NET.get(
            browser.get("/en/sign-in/provider?again=1&to=/en/account").headers["location"]
        )
        return browser.get(str(there.headers["location"]).removeprefix(HERE))

    now = int(house.clock.now().timestamp())
    told(browser, again(now - 600), "untrusted")  # it did not ask them: they were in there long ago
    told(browser, again(now, "s-bert"), "stale")  # somebody else is in there
    assert browser.send("/en/account", **said).status_code == 403
    assert again(now).headers["location"] == "/en/account"
    assert "Test ID has said again who you are" in browser.get("/en/account").text
    assert browser.send("/en/account", do="codes", code="000000").status_code == 403, "a code too"
    given = browser.send("/en/account", **said)
    assert given.status_code == 200
    assert len(re.findall(r"<code>([0-9A-Z-]{29})</code>", given.text)) == 10
    house.clock.on(minutes=6)
    fresh = re.findall(r"<code>([0-9A-Z-]{29})</code>", given.text)[0]
    late = browser.send("/en/account", do="codes", code=fresh)
    assert late.status_code == 403, "it counts for some minutes"
