"""The page of a comparison: whole, self-contained, in two languages, the same numbers as the tables."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from html.parser import HTMLParser

import pytest

from partage.packs.loader import load_pack
from partage.report.differences import Differences, GroupRow
from partage.report.measures import Measures, RegionRow, SiteRow
from partage.report.page import plan_page
from partage.report.page.words import WORDS, Voice

PACK = load_pack("canada")
VOID = {"meta", "br", "hr", "img", "input", "link"}


def made(policy: str, **more) -> Measures:  # type: ignore[no-untyped-def]
    values = {
        "policy": policy, "version": "1.0.0", "kind": "proposal", "mechanism": "optimum",
        "proven": True, "persons": 1505, "placed": 1471, "unplaced": 28, "outside": 6,
        "regions": (RegionRow("CA-ON", 1400, 1391), RegionRow("CA-NS", 71, 80)),
        "sites": (SiteRow("ca-on/windsor/ircc-hotels", "CA-ON", 66, 60, 66, 960),
                  SiteRow("ca-ns/cornwallis-park/annapolis-basin", "CA-NS", 80, None, 80, None)),
        "why_unplaced": (("full", 28),), "wishes_stated": 1000, "wishes_met": 217,
        "language_asked": 31, "language_met": 29, "linked_groups": 3, "linked_together": 2,
        "linked_near": 1, "longest_km": 1420, "longest_site": "x", "cost_per_day": Fraction(305968),
        "cost_notes": ("CA: 205 CAD per night",), "declines": Fraction(437, 10), "decline_asked": 624,
        "decline_note": "7 % of them", "keys": ("population over CA-NS, CA-ON",),
        "triggers": (), "review_on": "", "assumptions": ("Taken as agreed.",),
    }  # fmt: skip
    return Measures(**{**values, **more})


TWO = [
    made("redirect-all"),
    made("practice-2023", regions=(RegionRow("CA-ON", None, 1471),), declines=None),
]
DIFFERENCE = Differences(
    "redirect-all", "practice-2023",
    (GroupRow("everybody", 700, 123, 8, 0, 3), GroupRow("reduced mobility", 3, 2, 0, 0, 0)),
    (("CA-ON", "CA-ON", 611), ("CA-NS", "no place", 2)),
)  # fmt: skip


def page(language: str = "en", measures=TWO, pack=PACK, **more) -> str:  # type: ignore[no-untyped-def]
    return plan_page(measures, [DIFFERENCE], pack, language, **more)  # type: ignore[arg-type]


class Reader(HTMLParser):
    """Opens, closes, ids, and whatever points somewhere."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.ids: list[str] = []
        self.targets: list[str] = []
        self.tags: set[str] = set()
        self.text: list[str] = []

    def handle_starttag(self, tag, attrs):  # type: ignore[no-untyped-def]
        self.tags.add(tag)
        for name, value in attrs:
            assert not name.startswith("on"), (tag, name)
            if name == "id":
                self.ids.append(value)
            if name in ("href", "src", "xlink:href"):
                self.targets.append(value)
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):  # type: ignore[no-untyped-def]
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag):  # type: ignore[no-untyped-def]
        assert self.open.pop() == tag

    def handle_data(self, data):  # type: ignore[no-untyped-def]
        self.text.append(data)


def read(text: str) -> Reader:
    reader = Reader()
    reader.feed(text)
    reader.close()
    return reader


@pytest.mark.parametrize("language", ["en", "fr"])
def test_nothing_is_fetched_and_nothing_runs(language):
    text = page(language)
    reader = read(text)
    assert reader.open == []
    assert not reader.tags & {"script", "iframe", "link", "img", "object", "embed", "form"}
    sibling = "plan.fr.html" if language == "en" else "plan.html"
    assert {t for t in reader.targets if not t.startswith("#")} == {sibling}
    assert len(reader.ids) == len(set(reader.ids))
    assert {t[1:] for t in reader.targets if t.startswith("#")} <= set(reader.ids)
    assert "@import" not in text
    assert all(target.startswith("#") for target in re.findall(r"url\(([^)]*)\)", text))
    assert "default-src 'none'" in text


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_numbers_are_there_as_the_language_writes_them(language):
    text = page(language)
    say = Voice(language)  # type: ignore[arg-type]
    for number in (1505, 1471, 28, 1391, 1400, 80, 71, 611):
        assert say.number(number) in text, number
    for phrase in (say.of(217, 1000), say.of(29, 31), say.dollars(Fraction(305968)), "1-4"):
        assert phrase in text, phrase
    for phrase in (say.tenth(Fraction(437, 10)), say("unknown"), say("no_key")):
        assert phrase in text, phrase
    assert say("over") in text  # 66 persons where 60 places are agreed, in words
    assert f'<html lang="{language}">' in text


def test_small_cells_are_hidden_and_no_total_gives_them_away():
    text = page()
    rows = re.findall(r"<tr><th scope=\"row\">reduced mobility</th>(.*?)</tr>", text)
    assert rows == ["<td>1-4</td><td>1-4</td><td>0</td><td>0</td><td>0</td>"]


def test_the_map_has_a_table_twin_with_the_same_numbers():
    text = page()
    twin = text[text.index('id="t-map"') :]
    twin = twin[: twin.index("</table>")]
    drawn = re.findall(r'class="label">([A-Z]{2}) ([\d,]+)<', text)
    assert {("ON", "1,391"), ("NS", "80"), ("ON", "1,471")} == set(drawn)
    for _, number in drawn:
        assert f"<td>{number}</td>" in twin
    without = page(pack=replace(PACK, shapes=""))
    assert WORDS["map_none"][0] in without
    assert 'id="t-map"' in without


def test_names_from_a_pack_or_a_policy_are_never_markup():
    text = page(measures=[made("<b>x</b>", assumptions=("<script>alert(1)</script>",))])
    assert "<b>x</b>" not in text
    assert "<script>" not in text
    assert "&lt;b&gt;x" in text


def test_synthetic_people_are_called_so_and_others_are_not():
    assert WORDS["synthetic"][0] in page(synthetic=True)
    assert WORDS["synthetic"][0] not in page()


def test_both_languages_have_every_word_and_they_are_kept_apart():
    assert all(len(pair) == 2 and all(pair) for pair in WORDS.values())
    french = "".join(read(page("fr")).text)
    for key in (
        "title",
        "as_if",
        "placed",
        "unplaced",
        "provinces",
        "why",
        "differs",
        "assumptions",
    ):
        assert WORDS[key][1] in french
        assert WORDS[key][0] not in french


def test_nobody_without_a_place_is_said_and_an_empty_chart_is_left_out():
    nobody = made("quiet", regions=(), sites=(), why_unplaced=(), placed=0, unplaced=0)
    text = page(measures=[nobody])
    assert 'class="chart"' not in text
    assert WORDS["nobody"][0] in text
