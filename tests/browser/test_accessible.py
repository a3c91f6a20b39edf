"""Every page in both languages: no finding of axe (WCAG 2.2 AA), nothing to scroll sideways at 320 px."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from partage.costs import period_of
from partage.faces.web.table import PAGES, Page
from partage.faces.web.words import LANGUAGES, Words
from partage.office.checks import _KNOWN, Check
from partage.office.permits import PERMITS, ROLES
from web.conftest import opener

AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text("utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
RUN = """() => axe.run(document, {runOnly: %s, rules: {"target-size": {enabled: true}}})
    .then(found => found.violations.map(one => [one.id, one.nodes.map(node => node.html).slice(0, 3)]))"""
WITHOUT = {
    "template": "a file to save, no page",
    "draft": "a file to save, no page",
    "paper": "a PDF",
    "statement_file": "a file to save, no page",
    "taken": "a file to save, no page",
    "plan_taken": "a file to save, no page",
    "paper_form": "a PDF",
    "later": "data for a script",
    "boarding": "below, on a run that is loading",
    "before": "below, on a run that is loading",
    "home": "sends on to the first page",
    "making": "there while a plan is made",
}
SITE = "ca-on/windsor/ircc-hotels"
PATHS = {"withdrawing": "bound"}  # a case that holds an offer
QUERIES = {
    "difference": "?before=redirect-all&after=population-2024",
    "statements": "?region=CA-QC&period=2023-02",
    "ahead": "?where=CA-ON&policy=redirect-all",
    "trace": "?ref=night/2023-02-20/waiting",
}
LOOKS = [page for page in PAGES if page.method == "GET" and page.name not in WITHOUT]


@pytest.fixture(scope="module")
def values(journal: Path) -> dict[str, str]:
    """Things that are there, for the addresses of pages."""
    rows = opener(journal)("rita:auditor").journal
    pia = opener(journal)("pia:placement")
    anna = opener(journal)("anna:intake")
    from offices import arrivals

    taken = anna.register(arrivals("axe-1,2,1", "AXE 1,2,1", "axe-2,1")).data["registered"]
    _, made = pia.propose("redirect-all")
    line = pia.read_plan(made.data["plan"])["lines"][0]
    taken = [case for case in taken if case != line["case"]]
    run = next(iter(rows.rows("matters", list="run/arrived"))).partition("/")[2]
    ask = pia.ask("CA-QC", "federal", "places", text="Places for 500 people.", source="a letter")
    opener(journal)("ada:admin").add_user("rita:auditor")
    hook = _told(opener(journal)("ada:admin"))
    stated = opener(journal)("fay:finance").prepare_statement("CA-QC", period_of("2023-02"))
    stated = stated.data["statement"]
    offered = next(iter(rows.rows("cases", state="bound")))
    rita = opener(journal)("rita:auditor")
    assert rita.begin_check("whole", lambda: rita).ended.wait(120)  # the page shows what it found
    review = anna.request_review(offered, "family", note="a sister").data["review"]
    wrong = anna.request_correction(offered, "ages", note="the child is 4").data["correction"]
    return {
        "plan": made.data["plan"], "case": line["case"], "site": SITE, "run": run,
        "ask": ask.data["ask"], "user": "rita", "hook": hook, "statement": stated, "review": review, "correction": wrong,
        "party": SITE, "group": anna.headcount(4, synthetic=True).data["group"], "kept": line["case"], "other": taken[0], "state": "bound", "policy": "redirect-all", "kind": "csv", "scenario": "redirect-all",
        "bound": next(iter(rows.rows("cases", state="bound"))),
    }  # fmt: skip


def _told(ada: Any) -> str:
    """A webhook with a log: something taken, something that was not."""
    from partage.office.courier import Courier

    hook = ada.add_hook("https://example.org/partage", ("register", "close"))[0].data["hook"]
    ada.test_hook(hook)
    ada.acting("anna:intake").headcount(2, synthetic=True)
    answers = [(204, ""), (500, "")]
    Courier(ada.journal, ada.clock, lambda *_: answers.pop(0)).round()
    return str(hook)


def role_for(page: Page) -> str:
    """The role with the widest row for a page."""
    rows = [r for r in PERMITS if r.verb in page.verb.split("|")] if page.verb else []
    wide = [r.role for r in rows if r.scope == "all"] or [r.role for r in rows] or ["placement"]
    order = ("placement", "approver", "intake", *ROLES)
    return min(wide, key=order.index)


@pytest.mark.parametrize("page", LOOKS, ids=[page.path or "/" for page in LOOKS])
def test_a_page_has_no_barrier_in_either_language(page, people, values):
    own = page.path.startswith("/own")  # a household's, by the letter of one adult
    who = f"adult 1:household@{values['bound']}" if own else f"x:{role_for(page)}"
    path = re.sub(
        r"\{(\w+)(:\w+)?\}", lambda m: values[PATHS.get(page.name, m[1])], page.path
    ) + QUERIES.get(page.name, "")
    person = people(who)
    for lang, width in zip(LANGUAGES, (1280, 320), strict=True):
        person.page.set_viewport_size({"width": width, "height": 800})
        there = person.go(f"/{lang}{path}")
        check(there)
        assert there.evaluate("document.documentElement.lang") == lang
        assert there.locator("h1").count() == 1
        wide = there.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, f"{path} is {wide} px wide"


def check(there: Any) -> None:
    there.evaluate(AXE)
    found = there.evaluate(RUN % TAGS)
    assert found == [], found


@pytest.mark.parametrize(
    "path", ["/", "/fr/rien", "/en/case/H-0000000000", "/fr/plan/P-0000000000"]
)
def test_the_landing_and_what_is_refused_have_no_barrier_either(path, people):
    check(people("x:placement", width=320).go(path))


def test_a_case_with_its_reason_and_a_site_seen_by_its_clerk_have_none(people, values):
    check(people("x:placement").go(f"/fr/case/{values['bound']}"))
    check(people(f"x:site@{SITE}", width=320).go(f"/en/site/{SITE}"))
    check(people(f"x:household@{values['bound']}", width=320).go(f"/fr/case/{values['bound']}"))


@pytest.fixture(scope="module")
def loading(journal: Path) -> tuple[str, str]:
    """A run that is loading, and where it goes."""
    from partage.casework.board import Vehicle

    office = opener(journal)("pia:placement")
    sites = [row["offer"]["site"] for row in office.journal.rows("cases", state="bound").values()]
    site = min(sites)
    done = office.board(site, [Vehicle(50, 9, 9)], "2023-02-21T18:00:00.000000Z")
    return done.data["runs"][0]["run"], site


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_door_of_a_vehicle_and_the_desk_of_a_site_have_none(lang, people, loading):
    run, site = loading
    for who, path in (
        (f"x:escort@{run}", f"/run/{run}/board"), (f"x:escort@{run}", f"/run/{run}/depart"),
        ("x:placement", f"/run/{run}"), ("x:placement", f"/departures/{site}"),
        (f"x:site@{site}", f"/run/at/{site}"),
    ):  # fmt: skip
        width = {"en": 1280, "fr": 320}[lang]
        there = people(who, width=width).go(f"/{lang}{path}")
        check(there)
        assert there.evaluate("document.documentElement.scrollWidth") <= width, path


@pytest.mark.parametrize("lang", LANGUAGES)
def test_letters_and_the_door_they_open_have_none(lang, people, values, journal):
    there = people("", width=320).go(f"/{lang}/own/open#7K3M-9QTV-X2HD-4RWE")
    assert there.locator("#code").input_value() == "7K3M-9QTV-X2HD-4RWE"
    assert there.url.endswith("/own/open"), "the code stands in the address no more"
    there.evaluate("location.hash = '#main'")
    assert there.locator("#code").input_value() == "7K3M-9QTV-X2HD-4RWE"
    check(there)
    t = Words(lang)
    page = people("pia:placement", width=320).go(f"/{lang}/case/{values['bound']}")
    page.get_by_role("button", name=t("letters.give"), exact=True).click()
    page.wait_for_load_state()
    assert page.locator(".sheet svg").count() >= 1
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    check(page)


def test_the_first_page_of_a_city_with_its_sites_has_none(people, values):
    there = people("x:city@ca-on/windsor", width=320).go("/fr/today")
    check(there)
    assert there.evaluate("document.documentElement.scrollWidth") <= 320


def test_the_skip_link_is_first_and_the_focus_is_seen(people):
    page = people("x:placement").go("/en/today")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"


def test_a_policy_that_is_drafted_has_none_nor_has_one_with_faults(people):
    there = people("x:placement", width=320).go("/fr/policies/draft?from=quebec-share")
    there.locator("button[value=see]").first.click()
    check(there)
    assert there.locator("#e-version").count() == 1, "the pack has that version"
    there.fill("#f-version", "2.0.0")
    there.locator("button[value=see]").first.click()
    check(there)
    assert there.locator("pre").count() == 1
    assert there.evaluate("document.documentElement.scrollWidth") <= 320


def test_a_check_of_the_record_that_goes_on_has_none_and_its_page_follows_it(people, journal):
    office = opener(journal)("rita:auditor")
    going = Check("whole", "2023-02-21T15:00:00.000000Z", "auditor", 9, 4)
    seal = office._first_seal()
    before, _KNOWN[seal] = _KNOWN.get(seal), going
    there = people("x:auditor", width=320).go("/fr/record")
    check(there)
    assert there.locator("progress").get_attribute("value") == "4"
    going.done, going.stopped = 5, True
    going.ended.set()
    there.get_by_text("arrêtée après 5").wait_for()  # htmx asked again: nobody reloaded the page
    check(there)
    _KNOWN.pop(seal)
    if before is not None:
        _KNOWN[seal] = before
