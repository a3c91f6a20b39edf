"""The story in Chromium, from an arrival to a record that was checked: each language by keyboard, without JavaScript, on a phone."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import expect

from browser.walking import WAYS, Way


def said(page: Any, text: str) -> None:
    expect(page.get_by_role("status").first).to_have_text(text)


@pytest.mark.parametrize("name", WAYS)
def test_from_an_arrival_to_a_record_that_was_checked(name, people, house):
    way = WAYS[name]()
    t = way.t

    def person(who: str) -> Any:
        return people(who, at=house.address, **way.how)

    anna, pia, rosa = person("anna:intake"), person("pia:placement"), person("rosa:approver")
    rows = house.office("rita:auditor").journal

    # an arrival
    before = set(rows.rows("cases"))
    page = way.go(anna, "/arrivals")
    way.link(page, "arrivals.begin")
    way.fill(page, "reference", f"walk-{name}")
    way.fill(page, "age_18_64", "2")
    way.button(page, "arrivals.to-check")
    expect(page.locator("main")).to_contain_text(f"walk-{name}")
    way.button(page, "arrivals.register")
    said(page, t("done.registered"))
    (case,) = set(rows.rows("cases")) - before

    # a plan, and somebody else's approval
    page = way.go(pia, "/plans")
    way.button(page, "plans.propose")
    plan = re.search(r"P-[0-9A-Z]{10}", page.url)
    assert plan
    page = way.go(rosa, f"/plan/{plan[0]}")
    way.do(page, page.locator(f"#l-{case}"))
    way.button(page, "plan.to-approval")
    assert t("approval.what") in page.locator("main").inner_text()
    way.button(page, "approval.do")
    said(page, t("done.approved"))

    # an offer; one adult answers by their letter, the other tells an officer
    page = way.go(pia, f"/case/{case}")
    way.fill(page, "contact", "514 555 0100")
    way.button(page, "case.offer")
    said(page, t("done.offered"))
    way.button(page, "letters.give")
    code = page.locator(".code").first.inner_text()
    own_page(way, person(""), code)
    page = way.go(pia, f"/case/{case}")
    way.choose(page, "case.accept")
    way.fill(page, "adult", "2")
    way.button(page, "case.record")
    said(page, t("done.answer-bound"))
    site = rows.row("cases", case)["offer"]["site"]

    # a vehicle, its door, its departure
    page = way.go(pia, f"/departures/{site}")
    for part, number in (("seats", "50"), ("child", "20"), ("wheelchair", "20")):
        way.fill(page, f"{part}_1", number)
    way.button(page, "road.fill-do")
    said(page, t("done.filled"))
    (run,) = (one["run"] for one in house.office("pia:placement").runs() if case in one["cases"])
    (line,) = house.office("pia:placement").manifest(run)["lines"]
    page = way.go(person(f"eve:escort@{run}"), "/today")
    way.link(page, "door.title")
    way.fill(page, "code", line["code"])
    way.button(page, "door.write")
    state = page.locator(f"tr[data-case={case}] [data-state]")
    expect(state).to_have_text(t("door.aboard"))
    way.link(page, "door.to-departure")
    way.fill(page, "counted", "2")
    way.button(page, "road.depart")
    expect(page.locator("main")).to_contain_text(t("road.state-on-road"))

    # they are there, and are counted in the morning
    lea = person(f"lea:site@{site}")
    page = way.go(lea, "/today")
    assert page.url.endswith(f"/{way.lang}/site/{site}")
    way.do(page, page.locator("#expected ~ ul a").get_by_text(run, exact=True))
    way.button(page, "desk.write")
    said(page, t("done.arrived"))
    row = rows.row("cases", case)
    assert (row["state"], row["account"]) == ("hosted", f"hosted@{site}")
    house.now += timedelta(days=1)
    page = way.go(lea, "/today")
    way.fill(page, "persons", str(rows.row("book", f"hosted@{site}")["persons"]))
    way.button(page, "nights.count-do")
    said(page, t("done.counted-night"))

    # the day is closed, and the record checked
    page = way.go(pia, "/nights")
    day = t.day((house.now - timedelta(days=1)).date())
    way.button(page, "nights.close", day=day)
    said(page, t("done.day-closed"))
    assert t("nights.last", day=day) in page.locator("main").inner_text()
    here = page.locator("li").filter(has_text=house.office("rita:auditor").pack.site(site).name_en)
    assert here.count() == 0, "nothing is said against a site that was counted"
    page = way.go(person("rita:auditor"), "/record")
    way.choose(page, "record.whole")
    way.button(page, "record.do")
    said(page, t("record.clean-whole"))
    assert len(set(way.seen)) > 20


def own_page(way: Way, person: Any, code: str) -> None:
    """An adult with a letter: the offer, a yes, another look, what is known; nothing in an address."""
    t = way.t
    page = way.go(person, "/own/open")
    way.fill(page, "code", code.lower())
    way.button(page, "own.open")
    assert page.url.endswith(f"/{way.lang}/own")
    assert "514 555 0100" in page.locator("main").inner_text()
    way.fill(page, "note", "ma sœur est à Ottawa")
    way.button(page, "own.ask-review")
    said(page, t("done.own-review"))
    way.choose(page, "own.accept")
    way.button(page, "own.send-answer")
    said(page, t("done.own-accept-one"))
    way.link(page, "own.see-data")
    page.wait_for_url("**/own/data")
    assert "Ottawa" in page.locator("main").inner_text()
    way.button(page, "own.close")
    assert page.url.endswith(f"/{way.lang}/own/open")
    assert not any(re.search(r"code=|H-[0-9A-Z]{10}", url) for url in person.asked)
