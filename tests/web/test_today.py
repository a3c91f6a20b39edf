"""The first page of each role: what waits for it, each number with its list; the last hours and their file."""

from __future__ import annotations

import csv
import html
import io
import re

import pytest

from api.asking import Asking
from offices import arrivals
from partage.faces.api.app import create_app
from partage.faces.pages.work import WORK, work_of
from partage.faces.web.words import LANGUAGES, Words
from partage.office.permits import ROLES
from web.test_numbers import number

SEES_ALL = (
    "intake", "placement", "approver", "region", "city", "organization", "finance", "certifier",
    "auditor", "analyst", "minister",
)  # fmt: skip
SCOPES = {"region": "@CA-ON", "city": "@ca-on/windsor"}


def waiting(text: str) -> list[tuple[str, str]]:
    """What waits for a role, as its page says it: where, in which words."""
    there = re.search(r'aria-labelledby="work">.*?</section>', text, re.S)
    found = re.findall(r'<li><a href="([^"]+)">(.*?)</a></li>', there[0]) if there else []
    return [(html.unescape(where), html.unescape(words)) for where, words in found]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_role_sees_its_own_work_and_each_number_opens_its_list(lang, browse, open_):
    anna = open_("anna:intake")
    anna.headcount(4, synthetic=True)
    case = anna.register(arrivals("a,1", "b,2")).data["registered"][0]
    anna.request_review(case, "family", note="a sister")
    open_("pia:placement").ask("CA-QC", "federal", "places", text="Places.", source="a letter")
    open_("pia:placement").propose("redirect-all")
    t, queues = Words(lang), open_("pia:placement").queues()
    for role in SEES_ALL:
        page = browse(f"x:{role}{SCOPES.get(role, '')}").get(f"/{lang}/today")
        wanted = [
            (f"/{lang}{path}", t(f"work.{key}", n=n)) for key, n, path in work_of(role, queues)
        ]
        assert waiting(page.text) == wanted, role
        for there, words in wanted:
            assert number(words) >= 1
            assert browse(f"x:{role}{SCOPES.get(role, '')}").get(there).status == 200, (role, there)
    assert {role for role in ROLES if work_of(role, queues)} >= {"intake", "approver", "minister"}


def test_the_lists_are_as_long_as_the_numbers_say(browse, open_):
    anna = open_("anna:intake")
    anna.headcount(4, synthetic=True)
    case = anna.register(arrivals("a,1")).data["registered"][0]
    anna.request_review(case, "family", note="a sister")
    queues = open_("pia:placement").queues()
    counts = {one.key: one.count(queues) for one in WORK}
    page = browse("x:intake").get("/en/arrivals")
    assert len(re.findall(r"/arrivals/group/G-", page.text)) == counts["describe"] == 1
    page = browse("x:intake").get("/en/requests")
    assert len(re.findall(r'href="/en/review/V-', page.text)) == counts["asked"] == 1
    page = browse("x:placement").get("/en/cases/outside-engine")
    assert len(re.findall(r'<tr><th scope="row">', page.text)) == counts["by-hand"] == 2
    bound = open_("pia:placement").cases_in("bound")
    assert counts["to-leave"] == len(bound) > 0


def test_nothing_waits_is_said_and_not_left_out(browse):
    assert "Nothing waits for you now." in browse("x:approver").get("/en/today").words
    assert "What waits for you" not in browse("x:analyst").get("/en/today").words


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_last_hours_are_one_number_on_screen_in_the_file_and_in_the_api(lang, browse, open_):
    open_("anna:intake").register(arrivals("a,1,2", "b,2"))
    page = browse("x:minister").get(f"/{lang}/lately")
    foot = re.search(r"<tfoot>(.*?)</tfoot>", page.text, re.S)
    assert foot
    shown = [number(n) for n in re.findall(r"<strong>(.*?)</strong>", foot[1])]
    with Asking(create_app(open_, who=Asking.who), open_) as asking:
        told = asking("GET", "/survey/lately", who="x:minister").json()["data"]
    assert shown == [told["came"], told["moved_in"]] == [5, 50]
    today = browse("x:minister").get(f"/{lang}/today").text
    for key, n in (("came", 5), ("moved_in", 50)):
        assert re.search(rf'href="/{lang}/lately#{key}">{n}<', today)
        assert f'<figure id="{key}">' in page.text
        assert page.text.count("<svg") == 3
    where = re.search(rf'href="(/{lang}/list/lately/csv)" download', page.text)
    assert where
    sheet = list(csv.DictReader(io.StringIO(browse("x:minister").get(where[1]).text)))[1:]
    assert [int(row["came"]) for row in sheet] == [row["came"] for row in told["hours"]]
    assert sum(int(row["moved_in"]) for row in sheet) == told["moved_in"]
    nights = re.findall(r'/trace\?ref=night/(2023-02-20)/hosted">([0-9]+)<', page.text)
    assert nights == [("2023-02-20", str(told["nights"][-1]["hosted"]))]


def test_an_administrator_sees_the_house_and_no_household(browse, open_):
    open_("adam:admin").add_user("rita:auditor")
    page = browse("adam:admin").get("/fr/today")
    assert "La maison" in page.words
    assert re.search(r'href="/fr/users">1<', page.text)
    last = open_("adam:admin").journal.head()[0]
    (entries,) = re.findall(r'class="big" href="/fr/record">(.*?)<span', page.text)
    assert number(entries) == last
    assert "H-" not in page.words


def test_finance_sees_the_statements_that_are_not_over(browse, open_):
    for name in ("fay:finance", "cem:certifier"):
        page = browse(name).get("/en/today")
        assert "No statement is on record that is not over." in page.words
    assert "Statements of cost" not in browse("pia:placement").get("/en/today").words


def test_an_organization_is_told_that_what_nobody_said_is_unknown(browse):
    page = browse("olga:organization").get("/en/today")
    assert re.search(r'href="/en/board\?service=caseload">\?<', page.text)


@pytest.mark.parametrize("kind", ["csv", "xlsx", "zip"])
@pytest.mark.parametrize("name", ["capacity", "agreements", "overrides"])
def test_what_a_page_shows_is_taken_away_from_it(kind, name, browse):
    pages = {"capacity": "board"}
    page = browse("x:minister").get(f"/en/{pages.get(name, name)}")
    (there,) = re.findall(rf'href="(/en/list/{name}/{kind}[^"]*)" download', page.text)
    got = browse("x:minister").get(html.unescape(there))
    assert got.status == 200
    assert got.headers["content-disposition"].endswith(f'.{kind}"')


def test_a_list_that_is_none_and_a_list_with_cases_are_refused(browse):
    assert browse("x:minister").get("/en/list/people/csv").status == 404
    assert browse("x:minister").get("/en/list/capacity/ods").status == 404
    assert browse("x:minister").get("/en/list/answers/csv").status == 403
    assert browse("x:placement").get("/en/plan/P-0000000000/file/ods").status == 404
