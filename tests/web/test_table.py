"""The table of pages: each has a permit or a reason, both languages, and denies by default."""

from __future__ import annotations

import re
import shutil
from urllib.parse import unquote

import pytest

from partage.faces.web.table import OPEN, PAGES, Page
from partage.faces.web.words import LANGUAGES, texts
from partage.office.permits import PERMITS, ROLES
from web.asking import Browser, asking
from web.conftest import opener

VALUES = {
    "site": "ca-on/windsor/ircc-hotels", "case": "H-0000000000", "plan": "P-0000000000",
    "state": "waiting", "policy": "redirect-all", "group": "G-0000000000", "kind": "csv", "run": "R-00000000",
    "paper": "manifest", "scenario": "redirect-all", "ask": "A-0000000000", "user": "nobody", "list": "capacity", "hook": "W-0000000000", "statement": "S-0000000000", "act": "accept", "roof": "U-0000000000",
    "key": "0123456789abcdef01234567", "party": "ca-on/windsor", "kept": "H-0000000000", "other": "H-0000000001",
    "review": "V-0000000000", "correction": "C-0000000000",
}  # fmt: skip
ids = [f"{page.method} {page.path or '/'}" for page in PAGES]


@pytest.fixture
def browse(still):
    """Nothing is written here, so all of it reads one journal."""
    return lambda who="": Browser(still, who)


def address(page: Page, lang: str = "en") -> str:
    return f"/{lang}" + re.sub(r"\{(\w+)(:\w+)?\}", lambda m: VALUES[m[1]], page.path)


def roles_with(page: Page) -> set[str]:
    return {row.role for row in PERMITS if row.verb in page.verb.split("|")}


def test_every_page_has_a_verb_of_the_permits_or_a_reason():
    known = {row.verb for row in PERMITS}
    for page in PAGES:
        assert page.verb or page.name in OPEN, page.path
        assert not page.verb or set(page.verb.split("|")) <= known, page.path
        assert page.method == "GET" or page.verb, page.path  # nothing is done without a permit
        for verb in filter(None, page.verb.split("|")):
            assert f"verb.{verb}" in texts(), verb
    named = [(page.method, page.path) for page in PAGES]
    assert len(named) == len(set(named))


@pytest.mark.parametrize(
    "page",
    [p for p in PAGES if not p.public],
    ids=[i for i, p in zip(ids, PAGES, strict=True) if not p.public],
)
def test_nobody_is_let_in_who_is_not_signed_in(page, still):
    for lang in LANGUAGES:
        where = address(page, lang)
        answer = still.request(page.method, where, follow_redirects=False)
        back = f"?to={where}" if page.method == "GET" else ""
        assert answer.status_code == 303
        if page.path.startswith("/own"):  # whoever comes there has a letter, and no account
            assert answer.headers["location"] == f"/{lang}/own/open"
            continue
        assert unquote(answer.headers["location"]) == f"/{lang}/sign-in{back}"


@pytest.mark.parametrize(
    "page", [p for p in PAGES if p.verb], ids=[i for i, p in zip(ids, PAGES, strict=True) if p.verb]
)
def test_a_role_without_a_row_is_told_who_may_in_both_languages(page, browse):
    denied = [role for role in ROLES if role not in roles_with(page)]
    may = next(role for role in ROLES if role in roles_with(page))
    for role in denied[:2]:
        for lang in LANGUAGES:
            who = browse(f"x:{role}@x")
            if page.method == "GET":
                who.get(address(page, lang))
            else:
                who.post(address(page, lang), {})
            assert who.status == 403
            assert texts()[f"role.{may}"][lang == "fr"] in who.text


@pytest.mark.parametrize(
    "page", [p for p in PAGES if p.method == "POST"], ids=[i for i in ids if i[0] == "P"]
)
def test_a_form_without_its_token_or_from_elsewhere_does_nothing(page, browse, monday):
    role = next(role for role in ROLES if role in roles_with(page))
    head = opener(monday)("rita:auditor").journal.head()
    for lang, fields, more in (
        ("en", {}, {}),
        ("fr", {"csrf": "0" * 64}, {}),
        ("en", None, {"sec-fetch-site": "cross-site"}),
        ("fr", None, {"origin": "https://elsewhere.example"}),
    ):
        who = browse(f"x:{role}@{VALUES['site']}")
        if fields is None:
            from partage.office.permits import Actor
            from web.asking import Somebody

            fields = {"csrf": Somebody(Actor.parse(who.who)).csrf, "idempotency-key": "0" * 24}
        who.client.headers.update(more)
        who.post(address(page, lang), fields)
        for name in more:
            del who.client.headers[name]
        assert who.status == 403, (lang, more)
        assert texts()["form.not-ours"][lang == "fr"].split("’")[0] in who.words
    assert opener(monday)("rita:auditor").journal.head() == head


def test_a_look_at_any_page_writes_down_looks_and_nothing_else(monday, tmp_path):
    """Every page that is got, by each role that may, about things that are there: nothing is done by it."""
    for name in ("demo.db", "demo.db.key"):
        shutil.copy(monday / name, tmp_path / name)
    office = opener(tmp_path)("adam:admin")
    journal = office.journal
    case = next(iter(journal.rows("cases", state="hosted")))
    plan, run = (
        next(e.subject for e in journal.read() if e.verb == v) for v in ("propose", "depart")
    )
    there = {"case": case, "plan": plan.partition("/")[2], "run": run.partition("/")[2]}
    head, passing = journal.head()[0], len(journal.asides("login"))
    shown = 0
    with asking(opener(tmp_path)) as made:
        for page in PAGES:
            if page.method == "GET" and page.verb:
                for role in sorted(roles_with(page))[:2]:
                    where = "/en" + re.sub(
                        r"\{(\w+)(:\w+)?\}", lambda m: there.get(m[1], VALUES[m[1]]), page.path
                    )
                    who = Browser(made, f"x:{role}@{VALUES['site']}")
                    who.get(where)
                    shown += who.status == 200
    assert shown > 60
    assert {entry.verb for entry in journal.read(after=head)} <= {"read"}
    assert len(journal.asides("login")) == passing
    journal.close()
