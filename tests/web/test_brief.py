"""The brief on a page: its plots come from the server, its figures lead to what they rest on."""

from __future__ import annotations

import html
import re

import pytest

from web.asking import Browser

FIGURE = re.compile(r'<a href="/\w\w/trace\?ref=([^"]+)">([^<]*)</a>')


@pytest.fixture
def look(still):
    return lambda who: Browser(still, who)


def test_a_ministers_office_reads_the_brief_with_its_plots_and_nothing_is_fetched(look):
    page = look("min:minister").get("/en/brief")
    assert page.status == 200
    assert "brief for the federal government" in page.text
    drawings = re.findall(r"<figure>.*?</figure>", page.text, re.DOTALL)
    assert len(drawings) == 3
    for drawn in drawings:
        assert "<svg" in drawn
        assert "style=" not in drawn
        assert re.sub(r"http://www\.w3\.org/\S+", "", drawn).count("http") == 0
    assert "asked of it, $853,133.25" in html.unescape(page.text)


def test_each_figure_of_the_page_leads_to_what_it_rests_on(look):
    page = look("luc:region@CA-QC")
    figures = FIGURE.findall(page.get("/en/brief").text)
    assert len(figures) > 30
    kinds: dict[str, tuple[str, str]] = {}
    for ref, number in figures:
        kinds.setdefault("/".join(ref.split("/")[::3]), (ref, number))
    for ref, number in kinds.values():
        found = page.get(f"/en/trace?ref={ref}")
        assert found.status == 200, ref
        digits = re.sub(r"[^0-9]", "", number)
        if not ref.startswith("carried"):
            assert digits in re.sub(r"[^0-9]", "", found.text), ref


def test_english_and_french_readers_get_the_same_figures(look):
    page = look("mia:city@ca-on/cornwall")
    english, french = (
        [(ref, re.sub(r"[^0-9]", "", html.unescape(n))) for ref, n in
         FIGURE.findall(page.get(f"/{lang}/brief").text)]
        for lang in ("en", "fr")
    )  # fmt: skip
    assert english == french
    assert english


def test_a_night_that_is_not_closed_is_a_sentence_and_no_province_reads_anothers(look):
    assert look("min:minister").get("/en/brief?night=2023-02-19").status == 404
    assert look("x:intake").get("/en/brief").status == 403
    other = look("luc:region@CA-QC").get("/en/brief?to=province&scope=CA-ON")
    assert "brief for Quebec" in other.text, "one's own, whatever is asked"
