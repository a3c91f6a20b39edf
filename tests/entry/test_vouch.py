"""The way back of whoever lost their second factor: a password, a colleague's word, and an administrator's look."""

from __future__ import annotations

import re
from pathlib import Path

import pyotp
import pytest

from entry.coming import House
from entry.test_way_in import came_in, who_is
from offices import AT, opened
from partage.core.errors import InputRefused, NotPermitted, WrongState

CODE = re.compile(r"<code>([0-9A-Z]{4}(?:-[0-9A-Z]{4}){5})</code>")
ROSA = "rosa:approver"


@pytest.fixture
def house(tmp_path: Path) -> House:
    url = f"sqlite:///{tmp_path / 'here.db'}"
    opened(url, ("CA-ON",)).journal.close()
    return House(url, AT)


def asks(house: House, name: str = "anna"):  # type: ignore[no-untyped-def]
    """A browser that has shown the password, and has asked for a colleague's word."""
    house.clock.on(minutes=1)
    browser = house.browser()
    assert browser.signs_in(name).headers["location"] == "/en/sign-in/code"
    assert "/en/sign-in/lost" in browser.get("/en/sign-in/code").text
    asked = browser.send("/en/sign-in/lost", do="ask")
    assert asked.headers["location"] == "/en/sign-in/lost?asked=1"
    return browser


def vouched(house: House, name: str = "anna", by: str = ROSA) -> str:
    how = {"why": "phone-lost", "instrument": "called back at the number of the desk"}
    return str(house.ask(lambda o: o.vouch(name, **how), by)[1])


def types(browser, code: str):  # type: ignore[no-untyped-def]
    page = browser.get("/en/sign-in/lost?asked=1")
    return browser.post("/en/sign-in/lost", csrf=browser.token(page.text), do="code", code=code)


def test_a_password_and_a_colleagues_word_set_up_another_app(house):
    old, _, codes = came_in(house)
    rosa, _, _ = came_in(house, ROSA)
    browser = asks(house)
    assert "anna" in rosa.get("/fr/vouch").text
    told = rosa.get("/en/vouch")
    sent = rosa.post(
        "/en/vouch", name="anna", why="phone-lost", instrument="I see her", csrf=rosa.token(told.text),
        **{"idempotency-key": "0123456789abcdef"},
    )  # fmt: skip
    [code] = CODE.findall(sent.text)
    assert code not in " ".join(str(e) for e in house.ask(lambda o: list(o.journal.read())))
    assert code not in str(house.ask(lambda o: o.journal.aside("login/anna")))
    assert types(browser, code).headers["location"] == "/en/second-factor"
    assert who_is(house, browser.cookie) is None, "a colleague's code alone opens nothing"
    assert who_is(house, old.cookie) is None, "what was open on the lost phone has ended"
    app, _ = browser.sets_up(house.clock)
    assert who_is(house, browser.cookie).name == "anna"
    late = house.browser()
    late.signs_in("anna")
    assert late.send("/en/sign-in/code", code=codes[0]).status_code == 403, "the old paper"
    house.clock.on(minutes=1)
    assert late.send("/en/sign-in/code", code=app.at(house.clock.now())).status_code == 303


def test_neither_of_the_two_opens_alone(house):
    came_in(house)
    came_in(house, ROSA)
    with pytest.raises(WrongState, match="does not ask"):
        vouched(house)
    browser = asks(house)
    code = vouched(house)
    stranger = house.browser()
    token = stranger.token(stranger.get("/en/sign-in").text)
    sent = stranger.post("/en/sign-in/lost", csrf=token, do="code", code=code)
    assert sent.headers["location"] == "/en/sign-in", "without the password"
    assert types(browser, code[:-1] + ("0" if code[-1] != "0" else "1")).status_code == 403
    house.clock.on(minutes=10)
    assert types(browser, code).status_code == 303
    again = house.browser()
    again.signs_in("anna")
    assert types(again, code).status_code == 403, "once"


def test_it_opens_for_half_an_hour(house):
    came_in(house)
    asks(house)
    code = vouched(house)
    house.clock.on(minutes=31)
    late = house.browser()
    late.signs_in("anna")
    assert types(late, code).status_code == 403
    house.clock.on(minutes=40)
    assert house.ask(lambda o: o.locked_out(), ROSA) == [], "who asked is shown for an hour"


def test_nobody_vouches_for_themselves_nor_for_an_administrator_nor_twice(house):
    came_in(house, ROSA)
    asks(house, "rosa")
    with pytest.raises(NotPermitted, match="themselves"):
        vouched(house, "rosa", "ROSA:approver")
    came_in(house, "ada:admin")
    asks(house, "ada")
    with pytest.raises(NotPermitted, match="administrator"):
        vouched(house, "ada")
    came_in(house)
    asks(house)
    with pytest.raises(NotPermitted):
        vouched(house, by="pia:placement")
    with pytest.raises(InputRefused, match="reason"):
        house.ask(lambda o: o.vouch("anna", why="x", instrument="y"), ROSA)
    with pytest.raises(InputRefused, match="how it is known"):
        house.ask(lambda o: o.vouch("anna", why="other", instrument=" "), ROSA)
    assert vouched(house)
    with pytest.raises(WrongState, match="no administrator has looked"):
        vouched(house)


def test_an_administrator_is_told_and_what_nobody_looked_at_ends(house):
    came_in(house)
    ada, key, _ = came_in(house, "ada:admin")
    browser = asks(house)
    types(browser, vouched(house))
    app, _ = browser.sets_up(house.clock)
    assert house.ask(lambda o: o.told_of_vouched())[0].what.startswith("came back at")
    for lang, word in (("en", "words to look at"), ("fr", "paroles de coll")):
        assert word in ada.get(f"/{lang}/today").text
        page = ada.get(f"/{lang}/users").text
        assert "called back at the number of the desk" in page
        assert "rosa" in page
    house.clock.on(hours=73)
    late = house.browser()
    late.signs_in("anna")
    refused = late.send("/en/sign-in/code", code=app.at(house.clock.now()))
    assert refused.status_code == 422
    assert "no administrator has looked" in refused.text
    with pytest.raises(NotPermitted, match="had a part"):
        house.ask(lambda o: o.look_at_vouched("anna"), "rosa:admin")
    ada.signs_in("ada")
    ada.send("/en/sign-in/code", code=key.at(house.clock.now()))
    page = ada.get("/en/users")
    done = ada.post(
        "/en/users/looked", name="anna", csrf=ada.token(page.text),
        **{"idempotency-key": "0123456789abcdef"},
    )  # fmt: skip
    assert done.status_code == 303, done.text
    house.clock.on(minutes=1)
    late.signs_in("anna")
    assert late.send("/en/sign-in/code", code=app.at(house.clock.now())).status_code == 303
    assert house.ask(lambda o: o.vouched()) == []
    assert house.ask(lambda o: o.verify(), "rita:auditor").clean
    with pytest.raises(WrongState):
        house.ask(lambda o: o.look_at_vouched("anna"))


def test_the_app_that_was_found_again_still_opens_until_another_is_set_up(house):
    _, app, _ = came_in(house)
    browser = asks(house)
    code = vouched(house)
    house.clock.on(minutes=1)
    found = house.browser()
    found.signs_in("anna")
    assert found.send("/en/sign-in/code", code=app.at(house.clock.now())).status_code == 303
    assert types(browser, code).status_code == 303
    page = browser.get("/en/second-factor")
    [seed] = re.findall(r"<code>([A-Z2-7]{32})</code>", page.text)
    assert seed != app.secret
    assert pyotp.TOTP(seed)
