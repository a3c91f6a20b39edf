"""What the office says needs a look is said on pages in both languages, with no command in it."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import partage
from partage.faces.web.voice import said, sentences
from partage.faces.web.words import Words

SOURCE = Path(partage.__file__).parent
ZONE = "America/Toronto"


def same(text: str) -> str:
    return text


def test_every_sentence_has_both_languages_and_the_same_parts():
    for one in sentences():
        parts = set(one.pattern.groupindex)
        for text in (one.en, one.fr):
            assert set(re.findall(r"\{(\w+)\}", text)) <= parts
        assert "partage " not in one.en + one.fr
        assert "--" not in one.en + one.fr
        assert one.fr != one.en


def test_days_instants_and_places_are_named_as_the_language_names_them():
    names = {"ca-on/x/y": "Lieu X"}.get
    text = "was to leave for ca-on/x/y at 2023-02-20T14:00:00.000000Z and has not left"
    what, lang = said(text, Words("fr"), lambda one: names(one, one), ZONE)
    assert (what, lang) == (
        "devait partir pour Lieu X le 20 févr. 2023, 09:00 HNE et n’est pas parti",
        "fr",
    )
    assert said("a sentence nobody knows", Words("fr"), same, ZONE) == (
        "a sentence nobody knows",
        "en",
    )
    assert said("waits since 2023-02-20, longer than 3 days", Words("en"), same, ZONE)[0] == (
        "waits since February 20, 2023, longer than 3 days"
    )


def texts_of(node: ast.expr) -> list[str]:
    """A literal sentence, with X for what changes; both of a choice."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [node.value]
    if isinstance(node, ast.JoinedStr):
        made = [""]
        for part in node.values:
            pieces = (
                [str(part.value)] if isinstance(part, ast.Constant) else choices(part.value)  # type: ignore[attr-defined]
            )
            made = [a + b for a in made for b in pieces]
        return made
    if isinstance(node, ast.IfExp):
        return texts_of(node.body) + texts_of(node.orelse)
    return []


def choices(node: ast.expr) -> list[str]:
    return texts_of(node) if isinstance(node, ast.IfExp) else ["X"]


def tails(text: str) -> list[str]:
    """With and without the tail that some sentences have."""
    whose = text.replace("and X ends", "and its agreement ends")
    return [text, text.removesuffix("X"), text.replace("XX", "X"), whose]


@pytest.mark.parametrize(
    "module", ["casework/watch.py", "casework/survey.py", "casework/triggers.py"]
)
def test_whatever_needs_a_look_is_known_here(module):
    """Each sentence a finding of these modules is made of; new ones fail until they have their French."""
    tree = ast.parse((SOURCE / module).read_text("utf-8"))
    said_: list[str] = []
    for node in ast.walk(tree):
        named = isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "")
        if named in ("what", "do"):
            said_ += texts_of(node.value)  # type: ignore[attr-defined]
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Finding":
            for part in node.args[1:3]:
                said_ += texts_of(part)
    known = [one.pattern for one in sentences()]
    missing = [
        text
        for text in said_
        if re.search(r"[a-z]{2,}", text)
        and not any(p.fullmatch(t) for p in known for t in tails(text))
    ]
    assert missing == []
    assert said_


def test_today_is_french_in_french(browse):
    page = browse("pia:placement").get("/fr/today")
    looks = page.text.partition('id="look"')[2]
    assert 'lang="en"' not in looks
    assert "partage " not in looks
    assert "n’a jamais confirmé ses places" in looks


def test_what_has_no_words_of_a_page_is_said_as_the_command_line_says_it():
    from partage.report.french import in_french, rows

    own = [one.pattern for one in sentences()]
    text = next(
        english
        for english, _ in rows()
        if "{" not in english and not any(p.fullmatch(english) for p in own)
    )
    assert said(text, Words("fr"), same, ZONE) == (in_french(text), "fr")
    assert said(text, Words("en"), same, ZONE) == (text, "en")
