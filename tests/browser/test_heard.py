"""What a screen reader is told, step by step of ``docs/how-to/screen-reader.md``: names, roles, order, focus, what is live."""

from __future__ import annotations

import re
import threading
from pathlib import Path
from typing import Any

import pytest

from browser.conftest import PACK
from offices import arrivals
from partage.casework.board import Vehicle
from partage.faces.web import making
from partage.faces.web.words import LANGUAGES, Words
from partage.office.permits import Actor
from web.asking import Somebody

SCRIPT = Path(__file__).parents[2] / "docs" / "how-to" / "screen-reader.md"
SITE = "ca-on/windsor/ircc-hotels"
NAMELESS = """() => [...document.querySelectorAll('main input:not([type=hidden]), main select, main textarea')]
    .filter(it => !it.labels.length).map(it => it.outerHTML)"""
FIRST = "document.activeElement.className"


def heard(page: Any, where: str = "body") -> str:
    """The page as the accessibility tree has it."""
    return str(page.locator(where).first.aria_snapshot())


@pytest.fixture
def there(people, house):
    return lambda who, path: people(who, at=house.address).go(path)


def test_the_script_has_the_steps_that_are_tried_here():
    steps = re.findall(r"^\| (\d+) \|", SCRIPT.read_text("utf-8"), re.M)
    assert steps == [str(n) for n in range(1, 17)]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_door_and_a_wrong_password(lang, there):
    t = Words(lang)
    page = there("", "/")  # 1
    for one in LANGUAGES:
        link = page.locator(f"section[lang={one}] a[hreflang={one}]").first
        assert link.inner_text() == Words(one)("landing.enter")
    page.goto(page.url + f"{lang}/sign-in")  # 2
    assert page.get_by_role("heading", level=1).all_inner_texts() == [t("way-in.title")]
    for key in ("way-in.name", "way-in.password"):
        assert page.get_by_label(t(key), exact=True).count() == 1
    assert heard(page).index("\n- banner:") < heard(page).index("\n- main")
    page.fill("[name=name]", "nobody")
    page.fill("[name=password]", "not this one, though long enough")
    with page.expect_navigation():
        page.get_by_role("button", name=t("way-in.go"), exact=True).click()
    assert page.title().startswith(t("shell.error-first"))  # 3
    assert page.evaluate("document.activeElement.getAttribute('role')") == "alert"
    assert page.get_by_role("alert").inner_text()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_site_says_that_nothing_has_changed(lang, there, house):
    t = Words(lang)
    page = there(f"lea:site@{SITE}", f"/{lang}/today")  # 4
    site = PACK.site(SITE)
    assert page.title().startswith(site.name_fr if lang == "fr" else site.name_en)
    page.keyboard.press("Tab")
    assert page.evaluate(FIRST) == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    before = page.locator(".asof").first.inner_text()
    with page.expect_navigation():  # 5
        page.get_by_role("button", name=t("site.same"), exact=True).click()
    assert page.get_by_role("status").inner_text() == t("done.confirmed")
    assert page.locator(".asof").first.inner_text() != before
    table = page.get_by_role("table", name=t("site.tonight"))  # 6
    heads = table.get_by_role("columnheader").all_inner_texts()
    assert heads[1:] == [t("site.agreed"), t("board.in_use"), t("board.held"), t("site.free")]
    rows = table.get_by_role("row").count() - 1
    assert table.get_by_role("rowheader").count() == rows > 2
    page.get_by_role("link", name=t("shell.other-language"), exact=True).click()  # 16
    other = "en" if lang == "fr" else "fr"
    page.wait_for_url(f"**/{other}/site/{SITE}*")
    assert page.evaluate("document.documentElement.lang") == other


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_household_is_taken_in(lang, there):
    t = Words(lang)
    page = there("anna:intake", f"/{lang}/arrivals/household")  # 7
    assert page.evaluate(NAMELESS) == []
    assert page.get_by_role("group", name=t("answer.wishes"), exact=True).count() == 1
    box = page.get_by_role("textbox", name=t("answer.reference"), exact=True)
    hint = page.locator(f"#{box.get_attribute('aria-describedby')}")
    assert hint.inner_text() == t("answer.reference-hint")
    page.fill("[name=reference]", f"heard-{lang}")
    go = page.get_by_role("button", name=t("arrivals.to-check"), exact=True)
    with page.expect_navigation():
        go.click()
    assert page.title().startswith(t("shell.error-first"))  # 8
    assert page.evaluate("document.activeElement.id") == "faults"
    link = page.get_by_role("alert").get_by_role("link", name=t("answer.age_18_64"), exact=True)
    link.click()
    field = page.get_by_label(t("answer.age_18_64"), exact=True)
    assert field.evaluate("it => document.activeElement === it")
    assert field.get_attribute("aria-invalid") == "true"
    said = page.locator(f"#{field.get_attribute('aria-describedby')}").inner_text()
    assert said.strip() in page.get_by_role("alert").inner_text()
    field.fill("2")
    with page.expect_navigation():
        go.click()
    tree = heard(page, "main")  # 9
    assert tree.index(t("answer.reference")) < tree.index(f"heard-{lang}")
    assert page.get_by_role("button", name=t("arrivals.change"), exact=True).count() == 1
    assert "heard" not in page.url
    with page.expect_navigation():
        page.get_by_role("button", name=t("arrivals.register"), exact=True).click()
    assert page.get_by_role("status").inner_text() == t("done.registered")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_plan_an_offer_and_a_yes(lang, there, house, people):
    t = Words(lang)
    anna, pia, rosa = (house.office(w) for w in ("anna:intake", "pia:placement", "rosa:approver"))
    made = anna.register(arrivals("heard,2", entered_at="2023-02-21T12:00:00Z"))
    csrf = Somebody(Actor.parse("pia:placement")).csrf
    going = threading.Event()
    making.begin(f"pia:placement:{csrf}", f"heard{lang}01234567", lambda one: going.wait(60))
    page = there("pia:placement", f"/{lang}/plans/making/heard{lang}01234567")  # 10
    live = page.locator("[aria-live=polite]:not([hidden])")
    assert t("making.found") in live.first.inner_text()
    page.close()
    going.set()
    (case,) = made.data["registered"]
    _, plan = pia.propose("redirect-all")
    page = there("rosa:approver", f"/{lang}/plan/{plan.data['plan']}")  # 11
    lines = page.get_by_role("table", name=t("plan.lines"))
    assert t("plan.second") in lines.get_by_role("columnheader").all_inner_texts()
    assert case in lines.inner_text()
    assert page.get_by_role("img", name=t("plan.map")).count() == 1  # 12
    assert page.get_by_role("table", name=t("plan.shares")).count() == 1
    rosa.approve(plan.data["plan"])
    pia.offer(case, contact="514 555 0100")
    _, codes = pia.letter(case)
    page = there("", f"/{lang}/own/open")  # 13
    page.get_by_label(t("own.code"), exact=True).fill(codes[1])
    with page.expect_navigation():
        page.get_by_role("button", name=t("own.open"), exact=True).click()
    assert page.get_by_role("navigation").count() == 0
    told = page.locator(".letter").first
    assert told.locator("p").count() >= 5
    assert "514 555 0100" in told.inner_text()
    answers = page.get_by_role("group", name=t("own.my-answer"), exact=True)  # 14
    answers.get_by_label(t("own.accept"), exact=True).check()
    with page.expect_navigation():
        page.get_by_role("button", name=t("own.send-answer"), exact=True).click()
    assert page.get_by_role("status").inner_text() == t("done.own-accept-one")
    pia.answer(case, "accept", adult=2)
    site = pia.journal.row("cases", case)["offer"]["site"]
    run = pia.board(site, [Vehicle(9, 9, 9)], "2023-02-21T18:00:00.000000Z").data["runs"][0]["run"]
    page = there(f"eve:escort@{run}", f"/{lang}/run/{run}/board")  # 15
    page.get_by_label(t("door.code"), exact=True).fill(case[-4:].lower())
    assert page.get_by_role("group", name=t("door.what"), exact=True).count() == 1
    page.get_by_role("button", name=t("door.write"), exact=True).click()
    row = (
        page.get_by_role("table", name=t("road.lines"))
        .get_by_role("row")
        .filter(has_text=case[-4:])
    )
    row.get_by_text(t("door.aboard"), exact=True).wait_for()
    live = page.locator("#later")
    assert (live.get_attribute("aria-live"), case[-4:].lower() in live.inner_text()) == (
        "polite",
        True,
    )
