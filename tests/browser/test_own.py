"""A household at its own page in Chromium: by its letter, without an account, in each way and language."""

from __future__ import annotations

import re

import pytest

from browser.test_accessible import check
from browser.test_story import WAYS
from offices import arrivals
from partage.faces.web.words import Words
from web.conftest import opener


@pytest.fixture(scope="module")
def offered(journal) -> dict[str, str]:
    """A household of one adult with an offer, for each way."""
    office = opener(journal)
    anna, pia, rosa = office("anna:intake"), office("pia:placement"), office("rosa:approver")
    rows = [f"own-{way},1" for way in WAYS]
    made = anna.register(arrivals(*rows, entered_at="2023-02-21T12:00:00Z")).data["rows"]
    _, done = pia.propose("redirect-all", seconds=2)
    rosa.approve(done.data["plan"], only=list(made))
    for case in made:
        pia.offer(case, contact="514 555 0100")
    return dict(zip(WAYS, made, strict=True))


@pytest.mark.parametrize("way", WAYS)
def test_a_letter_opens_a_page_of_ones_own(way, people, journal, offered):
    lang, do, fill, how = WAYS[way]
    t, office, case = Words(lang), opener(journal), offered[way]
    _, codes = office("pia:placement").letter(case)
    person = people("", **how)
    page = person.go(f"/{lang}/own/open")
    fill(page, "code", codes[1].lower())

    def button(key: str) -> None:
        do(page, page.get_by_role("button", name=t(key), exact=True).first)

    button("own.open")
    assert page.url.endswith(f"/{lang}/own")
    assert "514 555 0100" in page.locator("main").inner_text()
    fill(page, "note", "ma sœur est à Ottawa")
    button("own.ask-review")
    assert page.get_by_role("status").inner_text() == t("done.own-review")
    do(page, page.get_by_label(t("own.accept"), exact=True))
    button("own.send-answer")
    assert page.get_by_role("status").inner_text() == t("done.own-accept")
    row = office("rita:auditor").journal.row("cases", case)
    assert row is not None
    assert row["state"] == "bound"
    if how.get("width", 1280) == 320:
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
    if how.get("java_script", True):
        check(page)
    do(page, page.get_by_role("link", name=t("own.see-data"), exact=True))
    page.wait_for_url("**/own/data")
    assert "Ottawa" in page.locator("main").inner_text()
    button("own.close")
    assert page.url.endswith(f"/{lang}/own/open")
    assert not any(re.search("code=|H-[0-9A-Z]{10}", url) for url in person.asked), (
        "nothing in an address"
    )
