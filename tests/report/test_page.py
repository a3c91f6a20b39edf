"""The page of a comparison: whole, self-contained, in two languages, the same numbers as the tables."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from html.parser import HTMLParser
from itertools import pairwise, product

import pytest

from partage.packs.loader import load_pack
from partage.report.compared import as_data, who_differs
from partage.report.differences import GROUPS, Differences, GroupRow
from partage.report.measures import CODES_NOWHERE, Measures, RegionRow, SiteRow
from partage.report.page import plan_page
from partage.report.page.maps import _shade, _shades
from partage.report.page.words import WORDS, Voice
from partage.report.shown import shown

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
    (GroupRow("everybody", 1711, 123, 76, 8, 5), GroupRow("reduced mobility", 3, 2, 0, 0, 0)),
    (("CA-NS", "CA-NS", 3), ("CA-NS", "CA-ON", 76), ("CA-NS", "no place", 8), ("CA-ON", "CA-ON", 1611),
     ("no place", "CA-ON", 5), ("no place", "no place", 8)),
)  # fmt: skip


def page(language: str = "en", measures=TWO, pack=PACK, **more) -> str:  # type: ignore[no-untyped-def]
    differences = more.pop("differences", [DIFFERENCE])
    return plan_page(measures, differences, pack, language, **more)  # type: ignore[arg-type]


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
    for number in (1505, 1471, 28, 1391, 1400, 80, 71, 624):
        assert say.number(number) in text, number
    for phrase in (say.of(217, 1000), say.of(29, 31), say.dollars(Fraction(305968)), say("small")):
        assert phrase in text, phrase
    for phrase in (say.tenth(Fraction(437, 10)), say("unknown"), say("no_key")):
        assert phrase in text, phrase
    assert say("over", "66") in text  # 66 persons where 60 places are agreed, in words
    assert f'<html lang="{language}">' in text


def rows_of(text: str, id_: str) -> list[list[str]]:
    """The cells of one table."""
    part = text[text.index(f'<table id="{id_}"') :]
    part = part[: part.index("</table>")]
    rows = re.findall(r"<tr>(.*?)</tr>", part)
    return [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row) for row in rows]


def test_a_small_count_is_hidden_and_no_total_gives_it_away():
    groups, moves = rows_of(page(), "t-difference-1"), rows_of(page(), "t-difference-2")
    assert ["reduced mobility", "1-4", "1-4", "0", "0", "0"] in groups
    # 1,711 in all less the others, and the 87 of Nova Scotia before less 76 and 8, would say 3
    assert ["Nova Scotia", "Nova Scotia", "1-4"] in moves
    seen = [row[2] for row in moves[1:]]
    assert seen.count("1-4") == 1
    of_nova_scotia = [row[2] for row in moves if row[0] == "Nova Scotia"]
    assert any("or more" in cell for cell in of_nova_scotia)
    assert "3" not in {cell for row in groups + moves for cell in row}
    assert "or more" in page()
    assert "ou plus" in page("fr")
    assert "1 à 4" in page("fr")


Moves = tuple[tuple[str, str, int], ...]


def everybody(moves: Moves) -> Differences:
    """A difference that these moves and nothing else make."""
    none = "no place"
    total = sum(n for _, _, n in moves)
    other = sum(n for a, b, n in moves if a != b and none not in (a, b))
    loses = sum(n for a, b, n in moves if a != none == b)
    gains = sum(n for a, b, n in moves if a == none != b)
    row = GroupRow("everybody", total, other + loses + gains, other, loses, gains)
    return Differences("x", "y", (row,), moves)


def possible(moves: Moves) -> list[set[int]]:
    """What each shown count may be for somebody who also knows each province's households before."""
    counts = shown(everybody(moves))
    known = {a: sum(n for x, _, n in moves if x == a) for a, _, _ in moves}
    found: list[set[int]] = [set() for _ in moves]
    total = sum(known.values())
    spans = [range(c.least, min(c.most, total) + 1) for _, _, c in counts.moves]
    for guess in product(*spans):
        guessed = tuple((a, b, n) for (a, b, _), n in zip(moves, guess, strict=True))
        before = {a: sum(n for x, _, n in guessed if x == a) for a in known}
        if any(before[a] != n for a, n in known.items() if n >= 5):
            continue
        g = everybody(guessed).groups[0]
        households, otherwise, *parts = counts.groups[0][1]
        totals = zip(
            (households, *parts),
            (g.households, g.other_region, g.loses_place, g.gains_place),
            strict=True,
        )
        if all(c.least <= n <= c.most for c, n in totals) and g.otherwise <= otherwise.most:
            for own, n in zip(found, guess, strict=True):
                own.add(n)
    return found


@pytest.mark.parametrize(
    "moves",
    [
        (("A", "A", 8), ("A", "no place", 3), ("no place", "A", 4)),
        (("A", "A", 9), ("A", "B", 1), ("B", "B", 9), ("B", "A", 1)),
        (("A", "B", 4), ("A", "no place", 4), ("B", "B", 9)),
        (("A", "A", 5), ("A", "B", 1), ("A", "no place", 1), ("B", "B", 2)),
        (("A", "A", 6), ("no place", "A", 6), ("no place", "no place", 2)),
    ],
)
def test_nobody_can_work_out_a_hidden_count(moves):
    for (_, _, number), may_be in zip(moves, possible(moves), strict=True):
        assert number in may_be
        assert number >= 5 or len(may_be) > 1, (moves, may_be)


def test_the_terminal_and_the_file_hide_what_the_page_hides():
    difference = everybody((("A", "A", 80), ("A", "B", 3), ("A", "C", 20)))
    texts = [c.text for _, _, c in shown(difference).moves]
    assert texts.count("1-4") == 1
    assert any("or more" in text for text in texts)
    groups, moves = who_differs(difference)
    assert [row[2] for row in moves.rows] == texts
    data = as_data([], [difference])["differences"][0]
    assert [row["households"] for row in data["moves"]] == texts
    assert list(data["groups"][0].values()) == list(groups.rows[0])


def test_counts_that_give_nothing_away_are_shown_as_they_are():
    counts = shown(everybody((("A", "A", 80), ("A", "B", 20), ("B", "B", 1234))))
    assert [c.value for _, _, c in counts.moves if c.open] == [80, 20, 1234]


def test_the_map_has_a_table_twin_with_the_same_numbers_and_a_key_to_its_shades():
    text = page()
    listed = set(re.findall(r"<li>([A-Z]{2}) ([^<]*?) ([\d,]+)</li>", text))
    assert listed == {
        ("ON", "Ontario", "1,391"),
        ("NS", "Nova Scotia", "80"),
        ("ON", "Ontario", "1,471"),
    }
    twin = rows_of(text, "t-map")
    assert twin[1:] == [["Nova Scotia", "80", "0"], ["Ontario", "1,391", "1,471"]]
    for shade in set(re.findall(r'<use [^>]*fill="([^"]+)"', text)):
        assert f'<rect width="16" height="10" fill="{shade}"' in text
    assert set(re.findall(r'class="label">([A-Z]{2})<', text)) == {"ON", "NS"}
    without = page(pack=replace(PACK, shapes=""))
    assert WORDS["map_none"][0] in without
    assert rows_of(without, "t-map") == twin


def test_every_number_falls_in_the_shade_that_the_key_says():
    for most in (1, 3, 4, 5, 300, 1471):
        key = {shade: said.replace(",", "") for shade, said in _shades(most, Voice("en"))}
        for placed in range(most + 1):
            low, _, high = key[_shade(placed, most)].partition("–")
            assert int(low) <= placed <= int(high or low), (most, placed)


def test_no_due_is_said_in_words_and_unknown_is_never_0():
    three = [*TWO, made("a", regions=(RegionRow("CA-ON", 0, 0), RegionRow("CA-NS", None, 0)))]
    provinces = rows_of(page(measures=three), "t-provinces")
    assert provinces[1:] == [
        ["Nova Scotia", "80 (71)", "0 (no key)", "0 (no part)"],
        ["Ontario", "1,391 (1,400)", "1,471 (no key)", "0 (0)"],
    ]
    sites = {row[0]: row[1:] for row in rows_of(page(), "t-sites")}
    name = PACK.site("ca-ns/cornwallis-park/annapolis-basin").name_en
    assert sites[name] == ["unknown", "unknown", "80", "80"]
    unknown = made("x", declines=None, decline_asked=0, longest_km=None)
    summary = {row[0]: row[1] for row in rows_of(page(measures=[unknown]), "t-summary")}
    assert [summary[WORDS[k][0]] for k in ("asked", "declines")] == ["unknown", "unknown"]
    assert summary[WORDS["longest"][0]].startswith("unknown")


def test_names_from_a_pack_or_a_policy_are_never_markup():
    text = page(measures=[made("<b>x</b>", assumptions=("<script>alert(1)</script>",))])
    assert "<b>x</b>" not in text
    assert "<script>" not in text
    assert "&lt;b&gt;x" in text
    regions = tuple(replace(r, name_en="<b>y</b>") if r.id == "CA-ON" else r for r in PACK.regions)
    text = page(pack=replace(PACK, regions=regions))
    assert "<b>" not in text
    assert "&lt;b&gt;y" in text
    assert read(text).open == []


def test_synthetic_people_are_called_so_and_others_are_not():
    assert WORDS["synthetic"][0] in page(synthetic=True)
    assert WORDS["synthetic"][0] not in page()


def everything(text: str) -> str:
    """All that a reader sees or hears outside the quoted notes: text, and what is named for a reader."""
    return "".join(read(text).text) + " ".join(re.findall(r'aria-label="([^"]*)"', text))


def test_both_languages_have_every_word_and_they_are_kept_apart():
    assert all(len(pair) == 2 and all(pair) for pair in WORDS.values())
    days = ["2023-02-01", "2023-02-11"]
    said = {n: everything(page(lang, days=days)) for n, lang in enumerate(("en", "fr"))}
    own = {
        key: pair for key, pair in WORDS.items() if key != "other" and "{" not in pair[0] + pair[1]
    }
    same = {pair[0] for pair in own.values()} & {pair[1] for pair in own.values()}
    for language, other in ((0, 1), (1, 0)):
        for key, pair in own.items():
            long = len(pair[other]) > 11 and pair[other] not in same
            if long and pair[other] not in pair[language] and not key.startswith("due_"):
                assert pair[other] not in said[language], (key, language)
    assert "February\u00a01, 2023; February\u00a011, 2023" in said[0]
    assert "1er\u00a0février 2023; 11\u00a0février 2023" in said[1]
    assert "linear scale" not in page("fr")  # what a drawing library would say to a screen reader


def test_whatever_a_difference_or_a_plan_may_name_has_words():
    assert set(GROUPS) <= set(WORDS)
    assert {f"why.{code}" for code in (*CODES_NOWHERE, "none")} <= set(WORDS)
    assert {f"mechanism.{p.mechanism}" for p in PACK.policies.values()} <= set(WORDS)
    assert "by_hand" in page(measures=[made("a", mechanism="by_hand")])  # one somebody added


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_screen_reader_finds_its_way(language):
    text = page(language)
    levels = [int(n) for n in re.findall(r"<h([1-6])", text)]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(b <= a + 1 for a, b in pairwise(levels))
    assert text.count("<table") == text.count("<caption>") == text.count('role="region"')
    assert all('scope="' in head for head in re.findall(r"<th\b[^>]*>", text))
    assert '<th scope="col"></th>' not in text
    ids = set(read(text).ids)
    for names in re.findall(r'aria-labelledby="([^"]+)"', text):
        assert set(names.split()) <= ids
    for svg in re.findall(r"<svg[^>]*>", text):
        assert 'aria-hidden="true"' in svg or ('role="img"' in svg and "aria-labelledby" in svg)


def test_the_same_comparison_gives_the_same_bytes():
    assert page() == page()


def test_notes_say_each_sentence_once_with_its_policies_and_what_all_of_them_assume():
    text = page(assumptions=["Ties were answered by lot.", "Taken as agreed."])
    assert text.count("Taken as agreed.") == 1
    assert "redirect-all, practice-2023: Taken as agreed." in text
    assert "<li>Ties were answered by lot.</li>" in text


def test_nobody_without_a_place_is_said_and_an_empty_chart_is_left_out():
    nobody = made("quiet", regions=(), sites=(), why_unplaced=(), placed=0, unplaced=0)
    text = page(measures=[nobody])
    assert 'class="chart"' not in text
    assert WORDS["nobody"][0] in text
