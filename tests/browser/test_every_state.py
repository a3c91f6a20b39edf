"""No barrier (axe, 320 px) in what a page is seldom: refused, faulty, empty, between two steps, at work, the way in."""

from __future__ import annotations

import inspect
import re
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyotp
import pytest

from browser.conftest import House, pages_of, serving
from browser.test_accessible import LOOKS, check, role_for
from offices import arrivals
from partage.compose import open_office
from partage.faces.web import by_provider, making, render, way_in
from partage.faces.web.words import LANGUAGES, Words
from partage.office.gate import TooMany
from partage.office.office import Office
from partage.office.pace import Pace
from partage.office.permits import Actor
from web.asking import Somebody
from web.conftest import PACK

FOLDER = Path(render.__file__).parent / "templates"
BETWEEN = {
    "household_check.html", "household_form.html", "file_preview.html", "policy_preview.html",
    "override.html", "agreement.html", "making.html",
}  # fmt: skip
WAY_IN = {
    "way-in/sign-in.html", "way-in/start.html", "way-in/second-factor.html", "way-in/paper-codes.html",
    "way-in/account.html", "way-in/code.html", "way-in/lost.html", "way-in/said.html",
}  # fmt: skip
REFUSED = {"refused.html", "bare.html", "error.html", "way-in/refused.html", "way-in/provider.html"}
IN_TEST_ACCESSIBLE = {
    "landing.html", "letters.html", "way-in/letter.html", "boarding.html", "before_departure.html",
    "policy_draft.html", "policy_drafted.html", "base.html", "parts.html", "users.html", "user.html",
    "webhook.html", "vouch.html",
}  # fmt: skip


def test_every_template_is_shown_to_axe():
    looked = {
        name
        for page in LOOKS
        for name in re.findall(r'"([\w/-]+\.html)"', inspect.getsource(page.call))
    }
    texts = {str(one.relative_to(FOLDER)): one.read_text("utf-8") for one in FOLDER.rglob("*.html")}
    parts = set(
        re.findall(r'\{% (?:include|import|from) "([\w/-]+\.html)"', "".join(texts.values()))
    )
    assert {*texts} - parts == (looked | BETWEEN | WAY_IN | REFUSED | IN_TEST_ACCESSIBLE) - parts


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """The templates that were drawn."""
    seen: set[str] = set()
    there = render.environment()
    get = there.get_template

    def noted(name: Any, *more: Any, **how: Any) -> Any:
        seen.add(str(name))
        return get(name, *more, **how)

    monkeypatch.setattr(there, "get_template", noted)
    return seen


def narrow(page: Any) -> None:
    check(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320, page.url


@pytest.fixture
def press(people):
    """``press(page, t, "own.open")``: the button, and the page it leads to."""

    def pressed(page: Any, t: Words, key: str) -> None:
        with page.expect_navigation():
            page.get_by_role("button", name=t(key), exact=True).first.click()

    return pressed


@pytest.mark.parametrize("lang", LANGUAGES)
def test_pages_between_two_steps_and_pages_with_faults(lang, people, house, drawn, press):
    t = Words(lang)
    anna = house.office("anna:intake")
    anna.register(arrivals("between-1,2,1", "between-2,1"))
    pia = house.office("pia:placement")
    _, made = pia.propose("redirect-all")
    line = pia.read_plan(made.data["plan"])["lines"][0]

    def at(who: str, path: str) -> Any:
        return people(who, width=320, at=house.address).go(f"/{lang}{path}")

    page = at("anna:intake", "/arrivals/household")
    page.fill("[name=reference]", "nobody-in-it")
    press(page, t, "arrivals.to-check")  # nobody is in it: a fault
    narrow(page)
    assert page.title().startswith(t("shell.error-first"))
    assert page.evaluate("document.activeElement.id") == "faults"
    page.locator("#faults a").click()
    assert page.evaluate("document.activeElement.name") == "age_18_64"
    described = page.locator("[name=age_18_64]").get_attribute("aria-describedby")
    assert page.locator(f"#{described}").inner_text()
    page.keyboard.press("Control+A")
    page.keyboard.type("2")
    press(page, t, "arrivals.to-check")
    narrow(page)
    press(page, t, "arrivals.change")
    narrow(page)
    assert page.title().startswith(t("arrivals.household"))
    page = at("anna:intake", "/arrivals")
    page.set_input_files("[type=file]", {
        "name": "a.csv", "mimeType": "text/csv",
        "buffer": arrivals("file-1,1", "file-2,two"),
    })  # fmt: skip
    with page.expect_navigation():
        page.locator("form:has([type=file]) button").first.click()
    narrow(page)
    page = at("rosa:approver", "/policies")
    press(page, t, "effect.see")
    narrow(page)
    page = at("rosa:approver", f"/plan/{made.data['plan']}/override/{line['case']}")
    page.select_option("#f-site", "none")
    press(page, t, "override.preview")
    narrow(page)
    page = at("mary:region@CA-ON", "/agreement/CA-ON")
    page.locator("details:has(#e-first) summary").click()
    with page.expect_navigation():
        page.locator("details:has(#e-first) button").click()
    narrow(page)
    csrf, going = Somebody(Actor.parse("pia:placement")).csrf, threading.Event()
    making.begin(f"pia:placement:{csrf}", f"{lang}0123456789", lambda one: going.wait(60))
    page = at("pia:placement", f"/plans/making/{lang}0123456789")
    narrow(page)
    assert page.locator("[aria-live=polite]").count() >= 1
    page.close()  # it asks every second
    going.set()
    assert drawn >= BETWEEN


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_is_refused_or_broken(lang, people, house, drawn, monkeypatch):
    def at(who: str, path: str) -> Any:
        return people(who, width=320, at=house.address).go(f"/{lang}{path}")

    case = next(iter(house.office("rita:auditor").journal.rows("cases", state="hosted")))
    narrow(at("x:site@a/b/c", "/users"))  # 403
    narrow(at("x:placement", f"/offers/{case}/withdraw"))  # 409: it holds no offer
    nobody = people("", width=320, at=house.address)
    for what in by_provider.SAID:
        narrow(nobody.go(f"/{lang}/sign-in/answer?what={what}"))
    assert len(nobody.complaints) == 1, "a service that is down is a 503"
    nobody.complaints.clear()
    page = nobody.go(f"/{lang}/sign-in")
    page.evaluate("document.querySelector('[name=csrf]').value = 'x'")
    page.evaluate("document.querySelectorAll('[required]').forEach(it => it.required = false)")
    with page.expect_navigation():
        page.locator("main form button").click()
    narrow(page)

    def no(*_: Any, **__: Any) -> None:
        raise TooMany("", "", 40)

    monkeypatch.setattr(Pace, "sign_in", no)
    page = at("", "/own/open")
    page.fill("[name=code]", "7K3M-9QTV-X2HD-4RWE")
    with page.expect_navigation():
        page.locator("main form button").click()
    narrow(page)  # 429

    def broken(*_: Any, **__: Any) -> None:
        raise RuntimeError("a fault of ours")

    monkeypatch.setattr(Office, "capacity", broken)
    somebody = people("x:placement", width=320, at=house.address)
    narrow(somebody.go(f"/{lang}/board"))  # 500
    house.folder = house.folder / "away"
    narrow(somebody.go(f"/{lang}/board"))  # the office cannot be opened
    somebody.complaints.clear()
    assert drawn >= REFUSED


@pytest.fixture(scope="module")
def nothing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """An office in which nothing has happened yet."""
    house = House(tmp_path_factory.mktemp("nothing"))
    url = f"sqlite:///{house.folder / 'demo.db'}"
    open_office(url, "adam:admin", pack=PACK, at=house.now).journal.close()
    with serving(pages_of(house.office)) as address:
        yield address


def test_an_office_in_which_nothing_has_happened(people, nothing):
    same = ("/arrivals/household", "/arrivals/busload")  # the same questions whoever came before
    pages = [
        page
        for page in LOOKS
        if not (
            "{" in page.path or page.path.startswith("/own") or page.public or page.path in same
        )
    ]
    assert len(pages) > 15
    for number, page in enumerate(pages):
        who, lang = f"x:{role_for(page)}", LANGUAGES[number % 2]
        there = people(who, width=320, at=nothing).go(f"/{lang}{page.path}")
        assert there.locator("h1").count() == 1, page.path
        narrow(there)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_household_s_own_page_however_it_stands_with_it(lang, people, house):
    anna, pia, rosa = (
        house.office(who) for who in ("anna:intake", "pia:placement", "rosa:approver")
    )
    made = anna.register(
        arrivals("own-1,2", "own-2,1", "own-3,2", entered_at="2023-02-21T12:00:00Z")
    )
    _, done = pia.propose("redirect-all")
    one, two, three = made.data["registered"]
    rosa.approve(done.data["plan"], only=[one, two, three])
    for case in (one, two):
        pia.offer(case, contact="514 555 0100")
    pia.answer(one, "accept", adult=1)  # the other has not said
    pia.answer(two, "decline", adult=1)
    pia.request_review(two, "family", note="a sister")
    rows = house.office("rita:auditor").journal.rows("cases")
    by_state = {row["state"]: case for case, row in rows.items()} | {"one yes": one}
    assert {"waiting", "offered", "hosted", "kept", "approved", "outside-engine", "unknown"} <= {
        *by_state
    }
    for state, case in by_state.items():
        if state == "counted":
            continue
        page = people(f"adult 1:household@{case}", width=320, at=house.address).go(f"/{lang}/own")
        assert page.locator("h1").inner_text() == Words(lang)("own.title"), state
        narrow(page)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_way_in_with_two_factors_and_the_way_back(lang, people, house, drawn, press):
    t = Words(lang)
    _, code = house.office("adam:admin").add_user("nadia:auditor")
    page = people("", width=320, at=house.address).go(f"/{lang}/start")
    narrow(page)
    for name, text in (("name", "nadia"), ("code", code)):
        page.fill(f"[name={name}]", text)
    word = "a sentence that nobody else would say"
    page.fill("[name=password]", word)
    page.fill("[name=again]", word)
    press(page, t, "way-in.start-go")
    narrow(page)
    seed = page.locator("code").first.inner_text().replace(" ", "")
    page.fill("[name=code]", pyotp.TOTP(seed).at(house.now))
    press(page, t, "way-in.factor-go")
    narrow(page)
    papers = page.locator("main li").all_inner_texts()
    page.goto(f"{house.address}/{lang}/account")
    narrow(page)
    press(page, t, "shell.sign-out")
    page.wait_for_url("**/sign-in")
    page.fill("[name=name]", "nadia")
    page.fill("[name=password]", word)
    press(page, t, "way-in.go")
    narrow(page)
    page.fill("[name=code]", "000000")
    press(page, t, "way-in.code-go")
    narrow(page)
    page.goto(f"{house.address}/{lang}/sign-in/lost")
    narrow(page)
    assert papers
    assert drawn >= WAY_IN
    shown = {path for path, method, *_ in way_in.PAGES if method == "GET"}
    assert shown == {
        "/sign-in", "/sign-in/code", "/sign-in/lost", "/start", "/second-factor", "/account",
        "/own/open", "/sign-in/provider", "/sign-in/answer",
    }, "each of them is walked here, by its letter, or by an outside service"  # fmt: skip
