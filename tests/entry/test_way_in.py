"""Coming in, step by step, and what is said to whoever may not: on both databases."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from starlette.requests import Request

from entry.coming import FIRST, House
from partage.core.errors import InputRefused, NotPermitted, WrongState
from partage.faces.web.entry import current


def came_in(house: House, who: str = "anna:intake"):  # type: ignore[no-untyped-def]
    """A browser that is signed in, the app and the codes on paper of its owner."""
    browser = house.browser()
    name = who.partition(":")[0]
    begun = browser.begins(name, house.gives(who))
    assert begun.headers["location"] == "/en/second-factor", begun.text
    app, codes = browser.sets_up(house.clock)
    return browser, app, codes


def who_is(house: House, cookie: str):  # type: ignore[no-untyped-def]
    headers = [(b"host", b"127.0.0.1:8000"), (b"cookie", f"partage={cookie}".encode())]
    scope = {"type": "http", "method": "GET", "path": "/en", "headers": headers, "scheme": "http",
             "query_string": b"", "app": house.app, "server": ("127.0.0.1", 8000)}  # fmt: skip
    return current(Request(scope))


def test_from_a_code_to_a_session_and_out_again(house):
    browser, app, codes = came_in(house)
    assert len(codes) == len(set(codes)) == 10
    who = who_is(house, browser.cookie)
    assert (who.name, who.role, who.scope, who.lang) == ("anna", "intake", "", "en")
    assert browser.get("/en/account").status_code == 200
    stolen = browser.cookie
    out = browser.post("/en/sign-out", csrf=who.csrf)
    assert out.headers["location"] == "/en/sign-in"
    assert who_is(house, stolen) is None, "a copy of the cookie opens nothing after the end"
    house.clock.on(seconds=60)
    assert browser.signs_in("Anna").headers["location"] == "/en/sign-in/code"
    assert who_is(house, browser.cookie) is None, "a password alone opens nothing"
    half = browser.cookie
    done = browser.send("/en/sign-in/code", code=app.at(house.clock.now()))
    assert done.headers["location"] == "/en"
    assert browser.cookie != half, "each step has a secret of its own"
    assert who_is(house, half) is None
    assert who_is(house, browser.cookie).role == "intake"


def test_nothing_that_opens_is_kept_in_the_clear(house, tmp_path):
    browser, _, codes = came_in(house)
    seed = house.ask(lambda office: office.journal.aside("login/anna"))
    assert seed["password"].startswith("$argon2id$")
    rows = house.ask(
        lambda o: [
            str(o.journal.aside("login/anna")),
            *map(str, o.journal.asides("session/anna").items()),
        ]
    )
    kept = " ".join(rows) + " ".join(
        str(entry) for entry in house.ask(lambda o: list(o.journal.read()))
    )
    assert len(rows) == 2
    for secret in (FIRST, browser.cookie, *codes):
        assert secret not in kept


def test_ten_wrong_passwords_wait_and_the_right_one_waits_too(plain):
    browser = plain.browser()
    browser.begins("anna", plain.gives("anna:intake"))
    statuses = [browser.signs_in("anna", f"wrong password {n}").status_code for n in range(10)]
    assert statuses[:5] == [403] * 5
    assert statuses[6:] == [429] * 4
    waits = browser.last.headers["retry-after"]
    assert 0 < int(waits) <= 30
    assert waits in browser.last.text
    assert browser.signs_in("anna").status_code == 429
    plain.clock.on(seconds=31)
    assert browser.signs_in("anna").status_code == 303
    plain.clock.on(seconds=1)
    other = plain.browser()
    assert [other.signs_in("anna", "no").status_code for _ in range(5)] == [403] * 5, "forgiven"


def test_many_guesses_at_once_are_no_way_round(plain):
    plain.browser().begins("anna", plain.gives("anna:intake"))
    with ThreadPoolExecutor(8) as desks:
        guesses = [desks.submit(plain.browser().signs_in, "anna", f"no {n}") for n in range(24)]
    statuses = [guess.result().status_code for guess in guesses]
    assert statuses.count(403) <= 6
    assert set(statuses) <= {403, 429}


def test_who_has_no_account_is_answered_in_the_same_words_and_steps(plain):
    plain.browser().begins("anna", plain.gives("anna:intake"))

    def told(name: str) -> list[tuple[int, str]]:
        browser, said = plain.browser(), []
        for _ in range(7):
            answer = browser.signs_in(name, "a wrong password")
            said.append((answer.status_code, re.sub('value="[^"]*"', "", answer.text)))
        return said

    assert told("anna") == told("nobody at all")


def test_sessions_end_when_idle_and_in_any_case(house):
    browser, app, _ = came_in(house)
    house.clock.on(minutes=29)
    assert browser.get("/en/account").status_code == 200
    house.clock.on(minutes=29)
    assert browser.get("/en/account").status_code == 200, "each look counts"
    house.clock.on(minutes=31)
    idle = browser.get("/en/account?x=1")
    assert idle.headers["location"] == "/en/sign-in?to=/en/account%3Fx%3D1"
    browser.signs_in("anna")
    browser.send("/en/sign-in/code", code=app.at(house.clock.now()))
    for _ in range(36):
        house.clock.on(minutes=20)
        browser.get("/en/account")
    assert browser.last.status_code == 303, "12 hours are the end"
    house.clock.on(minutes=1)
    browser.signs_in("anna")
    browser.send("/en/sign-in/code", code=app.at(house.clock.now()))
    assert who_is(house, browser.cookie)
    house.clock.on(hours=-2)
    assert who_is(house, browser.cookie) is None, "a clock set back lengthens nothing"


def test_a_code_of_the_app_opens_once_also_when_sent_twice_at_once(house):
    _, app, _ = came_in(house)
    house.clock.on(minutes=5)
    code, browsers = app.at(house.clock.now()), [house.browser() for _ in range(4)]
    for browser in browsers:
        assert browser.signs_in("anna").headers["location"] == "/en/sign-in/code"
    with ThreadPoolExecutor(4) as desks:
        sent = [desks.submit(browser.send, "/en/sign-in/code", code=code) for browser in browsers]
    statuses = sorted(answer.result().status_code for answer in sent)
    assert statuses == [303, 403, 403, 403]
    late = house.browser()
    late.signs_in("anna")
    house.clock.on(seconds=30)
    assert late.send("/en/sign-in/code", code=code).status_code == 403, "also within its minute"
    assert late.send("/en/sign-in/code", code=app.at(house.clock.now())).status_code == 303


def test_the_code_that_set_up_the_app_does_not_sign_in(house):
    _, app, _ = came_in(house)
    browser = house.browser()
    browser.signs_in("anna")
    assert browser.send("/en/sign-in/code", code=app.at(house.clock.now())).status_code == 403


def test_a_code_on_paper_opens_once_however_it_is_typed(house):
    _, _, codes = came_in(house)
    browser = house.browser()
    browser.signs_in("anna")
    assert (
        browser.send("/en/sign-in/code", code=codes[3].lower().replace("-", " ")).status_code == 303
    )
    [row] = house.ask(lambda office: office.users())
    assert row["codes_left"] == 9
    again = house.browser()
    again.signs_in("anna")
    assert again.send("/en/sign-in/code", code=codes[3]).status_code == 403
    assert again.send("/en/sign-in/code", code=codes[4]).status_code == 303


def test_other_codes_on_paper_take_the_password_and_a_code_and_end_the_old_ones(house):
    browser, app, codes = came_in(house)
    house.clock.on(seconds=60)
    now = app.at(house.clock.now())
    refused = browser.send("/en/account", do="codes", password="not mine at all", code=now)
    assert refused.status_code == 403
    assert browser.send("/en/account", do="codes", password=FIRST).status_code == 403
    given = browser.send("/en/account", do="codes", password=FIRST, code=now)
    fresh = re.findall(r"<code>([0-9A-Z-]{29})</code>", given.text)
    assert len(fresh) == 10
    assert not set(fresh) & set(codes)
    other = house.browser()
    other.signs_in("anna")
    assert other.send("/en/sign-in/code", code=codes[0]).status_code == 403
    assert other.send("/en/sign-in/code", code=fresh[0]).status_code == 303


def test_another_phone_takes_the_password_and_a_code_and_ends_other_sessions(house):
    browser, app, codes = came_in(house)
    other = house.browser()
    other.signs_in("anna")
    other.send("/en/sign-in/code", code=codes[0])
    page = browser.get("/en/second-factor")
    [seed] = re.findall(r"<code>([A-Z2-7]{32})</code>", page.text)
    assert seed != app.secret
    import pyotp

    code = pyotp.TOTP(seed).at(house.clock.now())
    token = browser.token(page.text)
    assert browser.post("/en/second-factor", csrf=token, code=code).status_code == 403
    said = {"csrf": token, "password": FIRST}
    assert browser.post("/en/second-factor", **said, code=code).status_code == 403
    slip = browser.post("/en/second-factor", **said, code="000000", now=codes[1])
    assert slip.status_code == 403
    done = browser.post("/en/second-factor", **said, code=code, now=codes[1])
    assert done.status_code == 200, "a slip in the new code used up none of the old"
    assert who_is(house, other.cookie) is None
    assert who_is(house, browser.cookie)


def test_codes_that_are_guessed_in_a_session_that_was_left_open_wait_as_at_the_door(house):
    browser, _, codes = came_in(house)
    said = {"do": "codes", "password": FIRST}
    tried = [browser.send("/en/account", **said, code=f"{n:06}").status_code for n in range(7)]
    assert tried == [403] * 6 + [429]
    assert browser.send("/en/account", **said, code=codes[0]).status_code == 429
    house.clock.on(minutes=2)
    page = browser.get("/en/account").text
    assert page.count('name="code"') == 2
    assert browser.send("/en/account", **said, code=codes[0]).status_code == 200
    assert browser.send("/en/account", **said, code=codes[0]).status_code == 403, "each once"


def test_where_nobody_has_a_second_factor_none_is_asked_again(plain):
    browser = plain.browser()
    browser.begins("anna", plain.gives("anna:intake"))
    assert 'name="code"' not in browser.get("/en/account").text
    new = "four words that are mine"
    said = {"do": "password", "password": FIRST, "new": new, "again": new}
    assert browser.send("/en/account", **said).status_code == 303


def test_a_code_to_begin_with_opens_once_and_for_three_days(house):
    code = house.gives("anna:intake")
    browser = house.browser()
    assert browser.begins("anna", code[:-1] + ("1" if code[-1] == "0" else "0")).status_code == 403
    short = browser.begins("anna", code, "too short")
    assert short.status_code == 422
    assert "12 to 256" in short.text
    assert browser.begins("anna", code).status_code == 303
    assert house.browser().begins("anna", code).status_code == 403
    late = house.gives("bo:intake")
    house.clock.on(hours=73)
    assert house.browser().begins("bo", late).status_code == 403


def test_an_account_that_ends_ends_its_sessions_at_once(house):
    house.gives("adam:admin")
    browser, _, _ = came_in(house)
    house.ask(lambda office: office.end_user("anna"))
    assert who_is(house, browser.cookie) is None
    house.clock.on(seconds=40)
    assert house.browser().signs_in("anna").status_code == 403
    with pytest.raises(WrongState, match="last admin"):
        house.ask(lambda office: office.end_user("adam"))


def test_a_reset_ends_sessions_password_and_app_and_names_how_it_is_known(house):
    browser, _, _ = came_in(house)
    with pytest.raises(InputRefused, match="how it is known"):
        house.ask(lambda office: office.reset_user("anna", " "))
    code = house.ask(lambda office: office.reset_user("anna", "came to the desk with her card"))[1]
    assert who_is(house, browser.cookie) is None
    again = house.browser()
    assert again.signs_in("anna").status_code == 403
    house.clock.on(seconds=40)
    assert (
        again.begins("anna", code, "another good password").headers["location"]
        == "/en/second-factor"
    )
    again.sets_up(house.clock)
    assert who_is(house, again.cookie)
    entry = house.ask(lambda office: list(office.journal.read(subject="user/anna"))[-1])
    assert (entry.verb, entry.actor, entry.body["matter"]["instrument"]) == (
        "user", "adam", "came to the desk with her card",
    )  # fmt: skip
    assert house.ask(lambda office: office.verify(), "rita:auditor").clean


def test_one_person_with_two_roles_acts_in_one_at_a_time_under_one_name(house):
    browser, _, _ = came_in(house)
    assert house.gives("anna:site@ca-on/windsor/ircc-hotels") == "", "who has begun needs no code"
    browser.send("/en/account", do="act-as", post="1")
    who = who_is(house, browser.cookie)
    assert (who.name, who.role, who.scope) == ("anna", "site", "ca-on/windsor/ircc-hotels")
    browser.send("/en/account", do="act-as", post="7")
    assert who_is(house, browser.cookie).role == "site"
    house.ask(lambda office: office.end_user("anna:site@ca-on/windsor/ircc-hotels"))
    assert who_is(house, browser.cookie).role == "intake"
    with pytest.raises(NotPermitted, match="themselves"):
        house.gives("adam:approver")


def test_sessions_are_listed_and_ended_by_their_owner_and_by_the_administrator(house):
    browser, app, codes = came_in(house)
    other = house.browser()
    other.signs_in("anna")
    other.send("/en/sign-in/code", code=codes[0])
    listed = house.ask(lambda office: office.sessions_of("ANNA"))
    assert {row["by"] for row in listed} == {"password+app", "password+paper"}
    mine = who_is(house, other.cookie).session
    browser.send("/en/account", do="end", session=mine)
    assert who_is(house, other.cookie) is None
    house.clock.on(seconds=60)
    other.signs_in("anna")
    other.send("/en/sign-in/code", code=app.at(house.clock.now()))
    browser.send("/en/account", do="end-others")
    assert (who_is(house, other.cookie), bool(who_is(house, browser.cookie))) == (None, True)
    house.ask(lambda office: office.end_sessions("anna"))
    assert who_is(house, browser.cookie) is None


def test_a_new_password_takes_the_old_one_and_a_code_and_ends_the_others(house):
    browser, app, codes = came_in(house)
    other = house.browser()
    other.signs_in("anna")
    other.send("/en/sign-in/code", code=codes[0])
    new = "four words that are mine"
    house.clock.on(seconds=60)
    said = {"do": "password", "new": new, "again": new, "code": app.at(house.clock.now())}
    wrong = browser.send("/en/account", **said, password="x" * 12)
    assert wrong.status_code == 403
    unlike = browser.send("/en/account", **{**said, "again": new + "x"}, password=FIRST)
    assert unlike.status_code == 422
    weak = browser.send("/en/account", **{**said, "new": "short", "again": "short"}, password="no")
    assert weak.status_code == 422, "said before the old one is looked at"
    bare = browser.send("/en/account", **{**said, "code": ""}, password=FIRST)
    assert bare.status_code == 403, "the password alone changes nothing"
    assert browser.send("/en/account", **said, password=FIRST).status_code == 303
    assert who_is(house, other.cookie) is None
    assert who_is(house, browser.cookie)
    late = house.browser()
    assert late.signs_in("anna").status_code == 403
    assert late.signs_in("anna", new).headers["location"] == "/en/sign-in/code"


def test_a_copy_that_is_restored_signs_nobody_in_and_keeps_the_accounts(tmp_path, plain):
    from partage import compose

    browser = plain.browser()
    browser.begins("anna", plain.gives("anna:intake"))
    assert who_is(plain, browser.cookie)
    office = plain.open("adam:admin")
    compose.backup(office, tmp_path / "copy.partage", with_key=True)
    office.journal.close()
    url = f"sqlite:///{tmp_path / 'back' / 'again.db'}"
    (tmp_path / "back").mkdir()
    compose.restore(url, "adam:admin", tmp_path / "copy.partage")
    again = House(url, plain.clock.now(), plain.rules)
    assert who_is(again, browser.cookie) is None
    assert again.browser().signs_in("anna").status_code == 303
