"""The ledger leafed through: its book sums to nought and is the journal's, its entries are all of them, once."""

from __future__ import annotations

import html
import re

import pytest

from api.asking import Asking
from partage.core.errors import InputRefused
from partage.faces.api.app import create_app
from partage.faces.web.words import LANGUAGES, Words
from partage.office.permits import PERMITS, ROLES
from web.asking import Browser
from web.conftest import opener
from web.test_numbers import number


@pytest.fixture
def rita(still):
    return Browser(still, "rita:auditor")


def listed(text: str) -> list[int]:
    table = re.search(r'aria-labelledby="list">.*?</table>', text, re.S)
    return [int(one) for one in re.findall(r'<tr><th scope="row">(\d+)</th>', table[0])] if table else []  # fmt: skip


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_book_is_the_journals_and_sums_to_nought(lang, rita, monday):
    office = opener(monday)("rita:auditor")
    page = rita.get(f"/{lang}/ledger")
    t = Words(lang)
    book = office.journal.rows("book")
    for kind in ("hosted", "waiting", "outside"):
        shown = re.search(rf'href="#{kind}">(.*?)<span', page.text)
        wanted = sum(
            r["persons"] for a, r in book.items() if a.replace(":", "@").startswith(f"{kind}@")
        )
        assert shown
        assert number(shown[1]) == wanted, kind
        part = re.search(rf'<details id="{kind}">(.*?)</details>', page.text, re.S)
        rows = re.findall(r"<li>(.*?): ([^<]*)</li>", part[1]) if part else []
        assert sum(number(n) for _, n in rows) == wanted
    assert f'<span class="big">0</span><p>{html.escape(t("ledger.sum"))}' in page.text
    assert t("ledger.reason-entry") in html.unescape(page.text)


def test_every_entry_is_on_one_page_and_older_ones_follow(rita, monday):
    office = opener(monday)("rita:auditor")
    seen, there = [], "/en/ledger"
    for _ in range(30):
        page = rita.get(there)
        seen += listed(page.text)
        more = re.search(r'href="([^"]+)" rel="next"', page.text)
        if not more:
            break
        there = html.unescape(more[1])
    assert seen == list(range(office.journal.head()[0], 0, -1))


def test_one_subject_is_leafed_through_alone(rita, monday):
    office = opener(monday)("rita:auditor")
    case = next(iter(office.journal.rows("cases", state="bound")))
    page = rita.get(f"/fr/ledger?subject=case/{case}")
    wanted = [entry.no for entry in office.journal.read(subject=f"case/{case}")]
    assert listed(page.text) == wanted[::-1]
    said = office.leaf(subject=f"case/{case}", most=2)
    assert [one["no"] for one in said["entries"]] == wanted[:-3:-1]
    assert said["before"] == wanted[-2]
    rest = office.leaf(subject=f"case/{case}", before=said["before"])
    assert [one["no"] for one in rest["entries"]] == wanted[:-2][::-1]
    assert rest["before"] == 0
    assert "Il n’y a pas de telle inscription." in rita.get("/fr/ledger?subject=case/none").words


def test_the_api_says_the_same_and_a_page_that_is_none_is_refused(monday):
    open_ = opener(monday)
    with Asking(create_app(open_, who=Asking.who), open_) as asking:
        said = asking("GET", "/verify/ledger?limit=3", who="rita:auditor").json()["data"]
        assert asking("GET", "/verify/ledger?limit=201", who="rita:auditor").status_code == 422
    mine = open_("rita:auditor").leaf(most=3)
    assert (said["entries"], said["book"], said["sum"]) == (mine["entries"], mine["book"], 0)
    for wrong in ({"most": 0}, {"most": 201}, {"before": -1}):
        with pytest.raises(InputRefused):
            open_("rita:auditor").leaf(**wrong)


def test_who_may_check_the_record_may_leaf_through_it_and_nobody_else(still):
    may = {row.role for row in PERMITS if row.verb == "verify"}
    for role in ROLES:
        page = Browser(still, f"x:{role}@x").get("/en/ledger")
        assert page.status == (200 if role in may else 403), role


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_kind_of_fact_has_words_on_the_page(lang, rita, monday):
    t = Words(lang)
    for entry in opener(monday)("rita:auditor").journal.read():
        step = str(entry.body.get("step") or entry.verb)
        assert (
            t.has(f"step.{step}") or t.has(f"event.{entry.verb}") or t.has(f"act.{entry.verb}")
        ), entry.verb


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_case_file_says_who_looked_by_role_and_its_household_reads_it_on_its_own_page(
    lang, browse, open_
):
    case = next(iter(open_("rita:auditor").journal.rows("cases", state="bound")))
    browse("pia:placement").get(f"/{lang}/case/{case}")
    page = browse("rita:auditor").get(f"/{lang}/case/{case}")
    reads = list(open_("rita:auditor").journal.read(subject=f"read/{case}"))
    part = re.search(r'id="looked">.*?</section>', page.text, re.S)
    assert part
    assert Words(lang)("case.looked-what", n=len(reads)) in html.unescape(part[0])
    rows = re.findall(r"<tr><td>.*?</td><td>(.*?)</td><td>(.*?)</td></tr>", part[0])
    assert [html.unescape(role) for role, _ in rows[:2]] == [
        Words(lang)("role.auditor"), Words(lang)("role.placement"),
    ]  # fmt: skip
    assert "pia" not in part[0]
    assert 'id="looked"' not in browse(f"them:household@{case}").get(f"/{lang}/case/{case}").text
