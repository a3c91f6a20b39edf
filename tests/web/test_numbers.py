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
    regions = re.search(r'aria-labelledby="shares"><table>(.*?)</table>', page.text, re.S)
    assert regions
    rows = re.findall(r'<td class="num">(.*?)</td>' * 3, regions[1])
    assert [tuple(map(number, row)) for row in rows] == [
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
