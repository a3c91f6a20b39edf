"""The story in Chromium: by mouse in both languages, by keyboard alone, without JavaScript, at 320 px."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from partage.faces.web.words import Words
from web.conftest import opener

Do = Callable[[Page, Locator], None]
AT = "document.activeElement === element"


def by_mouse(page: Page, target: Locator) -> None:
    target.click()


def by_keyboard(page: Page, target: Locator) -> None:
    """Tab until it has the focus, then Enter, or Space for what is ticked."""
    element = target.element_handle()
    assert element is not None
    for _ in range(250):
        if element.evaluate("element => document.activeElement === element"):
            break
        page.keyboard.press("Tab")
    else:
        raise AssertionError("no Tab leads there")
    ticked = target.evaluate("element => ['checkbox', 'radio'].includes(element.type)")
    if ticked:
        page.keyboard.press("Space")
        return
    stays = target.evaluate("it => !!(it.form && it.form.dataset.clear && !it.form.dataset.unless)")
    if stays:  # sent by the page itself, which stays for the next one
        page.keyboard.press("Enter")
        return
    with page.expect_navigation():
        page.keyboard.press("Enter")


def write(page: Page, name: str, text: str) -> None:
    page.locator(f"main [name='{name}']").first.fill(text)


def type_in(page: Page, name: str, text: str) -> None:
    """As ``write``, with keys alone: what stands there is replaced."""
    field = page.locator(f"main [name='{name}']").first
    element = field.element_handle()
    assert element is not None
    for _ in range(250):
        if element.evaluate("element => document.activeElement === element"):
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Control+A")
    page.keyboard.type(text)


WAYS: dict[str, tuple[str, Do, Callable[[Page, str, str], None], dict[str, Any]]] = {
    "mouse-en": ("en", by_mouse, write, {}),
    "phone-fr": ("fr", by_mouse, write, {"width": 320}),
    "keyboard-en": ("en", by_keyboard, type_in, {}),
    "no-script-fr": ("fr", by_mouse, write, {"java_script": False}),
}


@pytest.mark.parametrize("way", WAYS)
def test_from_arrival_to_a_place(way, people, journal):
    lang, do, fill, how = WAYS[way]
    t, office = Words(lang), opener(journal)
    anna, pia = people("anna:intake", **how), people("pia:placement", **how)
    rosa = people("rosa:approver", **how)

    def button(page: Page, key: str, **given: Any) -> None:
        do(page, page.get_by_role("button", name=t(key, **given), exact=True).first)

    def link(page: Page, key: str) -> None:
        do(page, page.locator("main").get_by_role("link", name=t(key), exact=True).first)

    before = set(office("rita:auditor").journal.rows("cases"))
    page = anna.go(f"/{lang}/arrivals")
    link(page, "arrivals.begin")
    fill(page, "reference", f"browser-{way}")
    fill(page, "age_18_64", "1")
    button(page, "arrivals.to-check")
    expect(page.locator("main")).to_contain_text(f"browser-{way}")
    button(page, "arrivals.register")
    expect(page.get_by_role("status")).to_have_text(t("done.registered"))
    (case,) = set(office("rita:auditor").journal.rows("cases")) - before

    page = pia.go(f"/{lang}/plans")
    button(page, "plans.propose")
    plan = re.search(r"P-[0-9A-Z]{10}", page.url)
    assert plan

    page = rosa.go(f"/{lang}/plan/{plan[0]}")
    do(page, page.locator(f"#l-{case}"))
    button(page, "plan.to-approval")
    assert t("approval.what") in page.locator("main").inner_text()
    button(page, "approval.do")
    assert page.get_by_role("status").inner_text() == t("done.approved")

    page = pia.go(f"/{lang}/case/{case}")
    button(page, "case.offer")
    assert page.get_by_role("status").inner_text() == t("done.offered")
    do(page, page.get_by_label(t("case.accept"), exact=True))
    fill(page, "adult", "1")  # the first of them: of an answer, not of a letter
    button(page, "case.record")
    assert page.get_by_role("status").inner_text() == t("done.answer-bound")

    row = office("rita:auditor").journal.row("cases", case)
    assert row is not None
    site = row["offer"]["site"]
    page = pia.go(f"/{lang}/departures/{site}")
    assert case in page.locator("main").inner_text()
    fill(page, "seats_1", "50")
    fill(page, "child_1", "20")
    fill(page, "wheelchair_1", "20")
    button(page, "road.fill-do")
    assert page.get_by_role("status").inner_text() == t("done.filled")
    run = next(one["run"] for one in office("pia:placement").runs() if case in one["cases"])

    page = people(f"eve:escort@{run}", **how).go(f"/{lang}/today")
    link(page, "door.title")
    lines = office("pia:placement").manifest(run)["lines"]
    for number, line in enumerate(lines):
        fill(page, "code", line["code"])
        aboard = line["case"] == case or number == 0
        if not aboard:
            do(page, page.get_by_label(t("door.not-come"), exact=True))
        button(page, "door.write")
        state = page.locator(f"tr[data-case={line['case']}] [data-state]")
        expect(state).to_have_text(t("door.aboard" if aboard else "door.not-come"))
    link(page, "door.to-departure")
    counted = sum(li["persons"] for n, li in enumerate(lines) if li["case"] == case or n == 0)
    fill(page, "counted", str(counted))
    button(page, "road.depart")
    expect(page.locator("main")).to_contain_text(t("road.state-on-road"))

    page = people(f"lea:site@{site}", **how).go(f"/{lang}/today")
    assert page.url.endswith(f"/{lang}/site/{site}")
    do(page, page.locator("#expected ~ ul a").get_by_text(run, exact=True))
    button(page, "desk.write")
    expect(page.get_by_role("status")).to_have_text(t("done.arrived"))
    row = office("rita:auditor").journal.row("cases", case)
    assert row is not None
    assert (row["state"], row["account"]) == ("hosted", f"hosted@{site}")
    assert office("rita:auditor").verify().clean
