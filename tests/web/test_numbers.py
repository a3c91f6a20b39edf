"""A number on a page opens its list, says what it counts and as of when, and is the same wherever it is read."""

from __future__ import annotations

import csv
import html
import io
import re
from typing import Any

import pytest

from api.asking import Asking
from offices import arrivals
from partage.faces.api.app import create_app
from partage.faces.web.words import LANGUAGES

BOARD = ("funded", "in_service", "blocked", "in_use", "held", "allocable")


@pytest.fixture
def api(open_):
    with Asking(create_app(open_, who=Asking.who), open_) as asking:
        yield lambda path, who="pia:placement": asking("GET", path, who=who)


def number(text: str) -> int:
    """A number as a page writes it."""
    digits = re.sub(r"[^0-9]", "", html.unescape(text))
    assert digits, text
    return int(digits) * (-1 if re.search("[-\u2212]", text) else 1)


def numbers(text: str) -> dict[str, tuple[int, str]]:
    """The big numbers of a page: what they are called, how many, and where they lead."""
    found = re.findall(
        r'<li class="number">\s*<a class="big" href="([^"]+)">(.*?)<span class="vh">(.*?)</span>',
        text, re.S,
    )  # fmt: skip
    return {
        html.unescape(name).strip(): (number(n), html.unescape(there)) for there, n, name in found
    }


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_number_of_today_opens_its_list_and_is_that_of_the_api(lang, browse, api):
    pia = browse("pia:placement").get(f"/{lang}/today")
    assert "<details><summary>" in pia.text  # what they count
    assert ("as of" if lang == "en" else "au ") in pia.words
    seen = numbers(pia.text)
    states = api("/survey/queues").json()["data"]["states"]
    lists = [(n, there) for n, there in seen.values() if "/cases/" in there]
    assert len(lists) >= 5
    for households, there in lists:
        page = browse("pia:placement").get(there)
        state = there.rpartition("/")[2]
        assert states.get(state, {"households": 0})["households"] == households, there
        listed = len(re.findall(r"<tr><th scope=\"row\">", page.text))
        assert listed == min(households, 50), there
        codes = api(f"/survey/cases?state={state}").json()["data"]
        assert len(codes) == households
        persons = sum(one["persons"] for one in codes)
        assert persons == states.get(state, {"persons": 0})["persons"]
    (free,) = [n for n, there in seen.values() if there.endswith("/board")]
    board = api("/survey/capacity").json()["data"]
    assert free == sum(s["services"].get("person", {}).get("allocable", 0) for s in board["sites"])


@pytest.mark.parametrize("service", ["person", "room", "room.family"])
def test_the_board_is_the_same_on_screen_in_the_sheet_and_in_the_api(service, browse, api):
    page = browse("pia:placement").get(f"/en/board?service={service}")
    foot = re.search(r"<tfoot>(.*?)</tfoot>", page.text, re.S)
    assert foot
    shown = [number(n) for n in re.findall(r"<strong>(.*?)</strong>", foot[1])]
    sites = api("/survey/capacity").json()["data"]["sites"]
    units = [s["services"][service] for s in sites if service in s["services"]]
    assert shown == [sum(one[name] for one in units) for name in BOARD]
    sheet = list(csv.DictReader(io.StringIO(api("/survey/capacity/csv").text)))
    mine = [row for row in sheet if row["service"] == service]
    assert shown == [sum(int(row[name]) for row in mine) for name in BOARD]
    assert {row["as_of"] for row in mine} == {s["as_of"] for s in sites if service in s["services"]}
    for name in BOARD:  # each names what it counts
        assert f"<dt>{page_name(page.text, name)}</dt>" in page.text


def page_name(text: str, name: str) -> str:
    heads = re.search(r"<thead>(.*?)</thead>", text, re.S)
    assert heads
    return re.findall(r'<th scope="col" class="num">(.*?)</th>', heads[1])[BOARD.index(name)]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_numbers_of_a_plan_are_those_of_its_lines_its_sheet_and_the_api(
    lang, browse, open_, api
):
    open_("anna:intake").register(arrivals("a,1", "b,2,3", "c,1", "d,0,1"))
    nowhere = arrivals("e,2", avoid="CA-ON;CA-NB;CA-NS")  # and the rule leaves out Quebec
    open_("anna:intake").register(nowhere)
    _, done = open_("pia:placement").propose("redirect-all")
    plan = done.data["plan"]
    page = browse("rosa:approver").get(f"/{lang}/plan/{plan}")
    big: Any = numbers(page.text)
    told = api(f"/explain/plan/{plan}", "rosa:approver").json()["data"]
    lines = told["lines"]
    placed = sum(line["persons"] for line in lines if line["site"])
    left = sum(line["persons"] for line in lines if not line["site"])
    by_link = {there: n for n, there in big.values()}
    assert left == 2
    assert by_link["?show=all"] == placed == told["placed"]
    assert by_link["?show=unplaced"] == left == told["unplaced"]
    assert by_link["?show=flagged"] == told["counts"].get("flagged", 0)
    lists = {
        "?show=unplaced": {line["case"] for line in lines if not line["site"]},
        "?show=flagged": {line["case"] for line in lines if line["site"] and line["look"]},
    }
    for there, wanted in lists.items():
        shown = browse("rosa:approver").get(f"/{lang}/plan/{plan}{there}").text
        cases = set(re.findall(r"/case/(H-[0-9A-Z]{10})", shown))
        assert cases == wanted
    regions = re.search(r'aria-labelledby="shares"><table[^>]*>(.*?)</table>', page.text, re.S)
    assert regions
    rows = re.findall(r'<td class="num">(.*?)</td>' * 3, regions[1])
    plain = [[re.sub(r"<span.*|<[^>]*>", "", cell) for cell in row] for row in rows]
    assert [tuple(map(number, row)) for row in plain] == [
        (one["due"], one["placed"], one["difference"]) for one in told["regions"]
    ]
    assert page.words.count(page_word(lang)) == 1  # what each counts, and when it was made


def page_word(lang: str) -> str:
    return "What these numbers count" if lang == "en" else "Ce que comptent ces nombres"


def test_a_city_sees_its_own_sites_first_and_says_with_one_tap_that_nothing_has_changed(
    browse, open_
):
    mia = browse("mia:city@ca-on/windsor").get("/en/today")
    rows = re.search(r'aria-labelledby="mine"><table.*?</table>', mia.text, re.S)
    assert rows
    assert re.findall(r"/site/(ca-[^/]+/[^/]+)/ircc-hotels/same", rows[0]) == ["ca-on/windsor"]
    assert "never confirmed" in rows[0]
    mia.send("/site/ca-on/windsor/ircc-hotels/same")
    assert open_("pia:placement").journal.row("places", "ca-on/windsor/ircc-hotels")["as_of"]
    assert "These plans wait for you" not in mia.words


def test_an_approver_sees_what_waits_and_an_owner_what_is_asked(browse, open_):
    from everyverb import AGREED

    open_("anna:intake").register(arrivals("a,1"))
    _, done = open_("pia:placement").propose("redirect-all")
    rosa = browse("rosa:approver").get("/fr/today")
    assert "Ces plans vous attendent" in rosa.words
    assert f"/plan/{done.data['plan']}?show=flagged" in rosa.text
    assert "Ces plans vous attendent" not in browse("pia:placement").get("/fr/today").words
    line = open_("rosa:approver").read_plan(done.data["plan"])["lines"][0]
    open_("rosa:approver").override(done.data["plan"], line["case"], "", why="other")
    assert "Ces plans vous attendent" not in browse("rosa:approver").get("/fr/today").words
    open_("pia:placement").propose_agreement(AGREED.party, AGREED)
    assert "/agreement/ca-on/cornwall" in browse("on:region@CA-ON").get("/fr/today").text
    assert "Une entente vous est demandée" not in browse("ns:region@CA-NS").get("/fr/today").words


def test_the_board_is_sent_in_pages_with_its_sums(api):
    whole = api("/survey/capacity").json()["data"]
    found, cursor = [], ""
    for _ in range(10):
        said = api(f"/survey/capacity?limit=3&cursor={cursor}")
        data, cursor = said.json()["data"], said.json().get("next", "")
        assert len(data["sites"]) <= 3
        assert data["together"] == whole["together"]
        assert data["sites_in_all"] == len(whole["sites"]) > 3
        found += data["sites"]
        if not cursor:
            break
    assert found == whole["sites"]
    persons = [site["services"]["person"] for site in whole["sites"]]
    assert whole["together"]["person"]["allocable"] == sum(one["allocable"] for one in persons)


SAY_IT_THEMSELVES = {  # templates with numbers and no list of what they count, and why
    "case": "one household: its own persons",
    "letters": "one household: its adults and its sheets",
    "own_page": "a household's own page: a number names an adult",
    "correction": "one household: what is known beside what is asked",
    "duplicate": "two households side by side",
    "duplicates": "the list under the number is all there is",
    "review": "one request: its clock",
    "override": "one line of a plan",
    "file_preview": "one file: its rows",
    "making": "a plan that is being made: how far",
    "trace": "a number with the entries it is made of",
    "policy_draft": "a form: how many rules it has",
    "statement_lines": "a part of the pages of statements, which say it",
    "webhooks": "says it in its own words",
    "own": "says it in its own words",
    "lately": "says it in its own words",
    "today": "says it in its own words",
    "board": "says it in its own words",
    "plan": "says it in its own words",
}


def test_every_page_with_numbers_says_what_they_count_or_why_it_need_not():
    from partage.faces.web.render import FOLDER

    for file in sorted(FOLDER.glob("*.html")):
        text = file.read_text("utf-8")
        if file.stem in ("base", "parts") or not re.search(r"\{\{ n\(| n=", text):
            continue
        says = "parts.counts(" in text
        assert says != (file.stem in SAY_IT_THEMSELVES), file.name
        if "in its own words" in SAY_IT_THEMSELVES.get(file.stem, ""):
            assert "today.definitions" in text, file.name


PAGES_WITH_COUNTS = {
    "agreements": "placement", "approval": "", "asks": "placement", "cases/waiting": "placement",
    "departures": "placement", "exceptions": "minister", "nights": "placement", "offers": "intake",
    "overrides": "auditor", "plans": "placement", "requests": "intake", "record": "auditor",
    "users": "admin", "ledger": "admin", "site/ca-on/windsor/ircc-hotels": "placement", "public": "minister",
    "agreement/ca-on/windsor": "minister", "ahead": "placement",
}  # fmt: skip


@pytest.mark.parametrize("lang", LANGUAGES)
def test_numbers_name_their_definition_and_their_moment_on_the_page(lang, still):
    from partage.faces.web.words import Words
    from web.asking import Browser

    t = Words(lang)
    moment = t.moment("2023-02-21T15:00:00.000000Z", "America/Toronto")
    for path, role in PAGES_WITH_COUNTS.items():
        if not role:
            continue
        page = Browser(still, f"x:{role}").get(f"/{lang}/{path}")
        assert page.status == 200, path
        name = path.split("/")[0]
        said = re.search(
            r"<details><summary>[^<]*</summary><p class=\"small\">(.*?)</p>", page.text
        )
        assert said, path
        assert html.unescape(said[1]).startswith(t(f"counts.{name}")), path
        assert moment in html.unescape(said[1]), path


def test_the_numbers_of_plans_open_the_lines_they_count(browse, open_):
    open_("anna:intake").register(arrivals("a,1", "b,2,3"))
    open_("anna:intake").register(arrivals("e,2", avoid="CA-ON;CA-NB;CA-NS"))
    plan = open_("pia:placement").propose("redirect-all")[1].data["plan"]
    page = browse("rosa:approver").get("/fr/plans")
    told = open_("rosa:approver").read_plan(plan)
    for show, wanted in (("all", told["placed"]), ("unplaced", told["unplaced"])):
        (shown,) = re.findall(rf'href="/fr/plan/{plan}\?show={show}">(.*?)<span', page.text)
        assert number(shown) == wanted
        lines = open_("rosa:approver").read_plan(plan, show=show)["lines"]
        placed = [one for one in lines if bool(one["site"]) == (show == "all")]
        assert sum(one["persons"] for one in placed) == wanted
