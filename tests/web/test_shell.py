"""The shell: what every answer carries, how light a first visit is, and that nothing leaves the machine."""

from __future__ import annotations

import gzip
import re
from hashlib import sha256
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from partage.faces.web import static
from partage.faces.web.app import create_app
from partage.faces.web.words import LANGUAGES
from partage.office.office import Office
from partage.office.permits import ROLES, Actor
from web.asking import Browser, current
from web.conftest import opener

VENDOR = static.FOLDER / "vendor"
AXE = Path(__file__).parents[1] / "browser" / "vendor"


@pytest.fixture
def browse(still):
    """Nothing is written here."""
    return lambda who="": Browser(still, who)


def test_the_root_answers_in_both_languages_and_offers_each(browse):
    page = browse().get("/")
    assert page.status == 200
    assert page.headers["content-language"] == "en, fr"
    assert '<section lang="en">' in page.text
    assert '<section lang="fr">' in page.text
    assert 'href="/en"' in page.text
    assert 'href="/fr"' in page.text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_page_switches_to_itself_in_the_other_language(lang, browse):
    other = "en" if lang == "fr" else "fr"
    page = browse("pia:placement").get(f"/{lang}/today?a=1&b=%C3%A9")
    assert f'<html lang="{lang}">' in page.text
    assert (
        f'class="switch" lang="{other}" hreflang="{other}" href="/{other}/today?a=1&amp;b=%C3%A9"'
        in page.text
    )


def test_every_answer_forbids_scripts_and_styles_that_are_not_files_of_ours(browse):
    for path in ("/", "/en/today", "/fr/nowhere", f"/static/{static.mark()}/site.css"):
        page = browse("pia:placement").get(path)
        policy = page.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert page.headers["x-content-type-options"] == "nosniff"
    assert browse("pia:placement").get("/en/today").headers["cache-control"] == "no-store"


def test_no_page_has_a_script_or_style_of_its_own_or_asks_another_host(browse):
    for path in ("/", "/en/today", "/fr/today", "/en/nowhere"):
        text = browse("pia:placement").get(path).text
        assert not re.search(r"<style|\sstyle=|<script(?![^>]*\bsrc=)|\son[a-z]+=", text)
        assert not re.search(r'(?:src|href|action)="(?:https?:)?//', text)
    for name, file in static.files().items():
        if name.endswith(".css"):
            assert b"://" not in file.data, name


def test_a_first_visit_is_at_most_200_kb_compressed_without_fonts(browse):
    page = browse("pia:placement").get("/en/today")
    asked = re.findall(r'(?:href|src)="/static/[0-9a-f]+/([^"]+)"', page.text)
    assert len(asked) >= 5
    sizes = {name: len(static.files()[name].small or static.files()[name].data) for name in asked}
    fonts = [n for n in static.files() if n.endswith(".woff2")]
    assert not set(fonts) & set(sizes)
    assert sum(sizes.values()) + len(page.text.encode()) < 200_000
    assert sum(len(static.files()[n].data) for n in fonts) < 80_000
    answer = page.client.get(static.address("site.css"), headers={"accept-encoding": "gzip"})
    assert answer.headers["content-encoding"] == "gzip"
    assert "immutable" in answer.headers["cache-control"]


@pytest.mark.parametrize("folder", [VENDOR, AXE], ids=["pages", "tests"])
def test_vendored_files_are_those_of_the_table(folder):
    table = (folder / "VENDORED.md").read_text("utf-8")
    rows = dict(re.findall(r"^\| `([^`]+)` \|.*\| `([0-9a-f]{64})` \|$", table, re.M))
    assert {path.name for path in folder.iterdir()} == {*rows, "VENDORED.md"}
    for name, mark in rows.items():
        assert sha256((folder / name).read_bytes()).hexdigest() == mark, name


def test_an_unknown_page_and_a_body_that_is_too_large_get_a_page(browse):
    page = browse("pia:placement").get("/fr/rien")
    assert page.status == 404
    assert "Cette page n’existe pas" in page.text
    page.post("/en/today", {"x": "y" * 1_100_000})
    assert page.status in (404, 405, 413)


def test_files_are_served_once_compressed_and_nothing_else_is(browse):
    client = browse().client
    assert client.get("/static/x/../app.py").status_code == 404
    assert client.get(f"/static/{static.mark()}/nothing.css").status_code == 404
    file = static.files()["site.css"]
    assert file.small is not None
    assert gzip.decompress(file.small) == file.data


ROLES_THERE = {
    "site": "@ca-on/windsor/ircc-hotels", "region": "@CA-ON", "city": "@ca-on/windsor",
    "escort": "@R-00000000",
}  # fmt: skip


@pytest.mark.parametrize("role", ROLES)
def test_no_link_that_a_role_is_shown_leads_to_a_refusal(role, browse, monday):
    bound = opener(monday)("rita:auditor").journal.rows("cases", state="bound")
    there = {**ROLES_THERE, "household": f"@{next(iter(bound))}"}
    who = browse(f"x:{role}{there.get(role, '')}")
    first = who.get("/fr/today")
    assert first.status == 200
    links = sorted(set(re.findall(r'href="(/fr/[^"#]+)"', first.text)))
    assert ("/fr/policies" in links) == (role != "household")  # a household has no queues
    for link in links[:40]:
        assert who.get(link.replace("&amp;", "&")).status == 200, link


def test_no_page_and_no_template_takes_a_name_of_every_page(still):
    from jinja2 import nodes
    from starlette.requests import Request

    from partage.faces.web import render
    from partage.faces.web.at import At
    from partage.faces.web.words import Words

    request = Request({"type": "http", "path": "/en/x", "query_string": b"", "headers": []})
    office = still.app.state.open(Actor("x", "placement"))
    at = At(request, "en", Words("en"), None, office)
    with pytest.raises(ValueError, match=r"error\.html: day, site is a name of every page"):
        render.drawn(at, "error.html", {"key": "no-page", "day": 3, "site": "x"})
    names = render.names(at)
    assert {"day", "site", "n", "t", "here"} <= names
    for file in sorted(render.FOLDER.rglob("*.html")):
        if file.name in ("landing.html", "bare.html"):  # drawn without a shell, in both languages
            continue
        tree = render.environment().parse(file.read_text("utf-8"))
        taken = {one.name for one in tree.find_all(nodes.Name) if one.ctx == "store"}
        assert taken & names == set(), file.name
    office.journal.close()


def test_another_method_is_refused_with_those_there_are(browse):
    page = browse("anna:intake").post("/fr/today", {})
    assert page.status == 405
    assert "GET" in page.headers["allow"]


def test_a_fault_is_a_page_and_what_it_says_goes_nowhere(caplog):
    def failing(actor: object) -> Office:
        raise RuntimeError("Maria Silva")

    with TestClient(create_app(failing, current), raise_server_exceptions=True) as client:
        answers = [client.get("/en/today", headers={"x-who": "anna:intake"})]
        answers.append(client.get("/fr/today", headers={"x-who": "anna:intake"}))
    assert [answer.status_code for answer in answers] == [500, 500]
    assert "The programme failed here" in answers[0].text
    assert "Le programme a échoué ici" in answers[1].text
    assert "fault RuntimeError" in caplog.text
    assert "Maria" not in caplog.text + answers[0].text
