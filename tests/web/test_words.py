"""Every text of the pages has its English and its French; none stands in a template or is left over."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from partage.faces.web import nav, words
from partage.faces.web.words import Words, french, texts
from partage.office.permits import ROLES

WEB = Path(words.__file__).parent
TEMPLATES = sorted((WEB / "templates").rglob("*.html"))
COGNATES = re.compile(
    r"^[\W\d]*$|^(Plans?|Province|Pages|Places|Description|Version|Source|Notes?|Message|Date|Service|Actions?|Conditions?)\b"
)


def code() -> str:
    return "\n".join(f.read_text("utf-8") for f in (*WEB.rglob("*.py"), *TEMPLATES))


def test_french_is_set_as_it_is_set():
    assert french("Le nom : « Anna » ; 12 %") == "Le nom\u00a0: «\u00a0Anna\u00a0»\u00a0; 12\u00a0%"
    assert all(" :" not in fr and "'" not in fr for _, fr in texts().values())


def test_no_text_is_the_same_in_both_languages_unless_it_is_one_word_in_both():
    same = [key for key, (en, fr) in texts().items() if en == fr and not COGNATES.match(en)]
    assert same == []


def test_both_texts_of_a_key_take_the_same_values():
    for key, (en, fr) in texts().items():
        names = [sorted(set(re.findall(r"\{(\w+)\}", text))) for text in (en, fr)]
        assert names[0] == names[1], key
        assert ("|" in en) == ("|" in fr), key


@pytest.mark.parametrize("file", TEMPLATES, ids=lambda file: file.name)
def test_a_template_has_no_text_of_its_own(file: Path):
    text = re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", " ", file.read_text("utf-8"), flags=re.S)
    text = re.sub(r"<title>|- Partage</title>|<!doctype html>", " ", text)
    for name in ("alt", "aria-label", "title", "placeholder", "summary"):
        assert not re.findall(rf'\b{name}="\s*\w', text), f"{file.name}: {name} with a text"
    bare = re.sub(r"<[^>]*>", " ", text)
    left = [word for word in re.findall(r"[^\W\d_]{2,}", bare) if word != "Partage"]
    assert left == [], f"{file.name}: {left}"


def test_every_key_that_is_written_out_exists_and_none_is_left_over():
    written = set(re.findall(r"""\bt\(\s*f?["']([a-z-]+\.[\w.-]+)["'](?!\s*~)""", code()))
    written |= set(re.findall(r"""["']([a-z]+\.[a-z][\w-]*)["']""", code())) & set(texts())
    missing = sorted(key for key in written if key not in texts())
    assert missing == []
    families = set(re.findall(r"""\bt(?:\.or_else)?\(\s*["']([a-z-]+\.[\w-]*)["']\s*~""", code()))
    families |= set(re.findall(r"""f["']([a-z-]+\.[\w-]*)\{""", code()))
    left = [k for k in texts() if k not in written and not any(k.startswith(f) for f in families)]
    assert left == []


def test_numbers_days_and_plurals_are_those_of_the_language():
    en, fr = Words("en"), Words("fr")
    assert (en.n(1234567), fr.n(1234567)) == (
        "1,234,567",
        "1\u202f234\u202f567".replace("\u202f", "\u00a0"),
    )
    assert (en.day("2023-02-20"), fr.day("2023-02-20")) == ("February 20, 2023", "20 février 2023")
    assert [en("today.persons", n=n) for n in (0, 1, 2)] == ["0 persons", "1 person", "2 persons"]
    assert [fr("today.persons", n=n) for n in (0, 1, 2)] == [
        "0 personne",
        "1 personne",
        "2 personnes",
    ]
    assert fr.moment("2023-02-20T14:00:00Z", "America/Toronto").endswith("09:00 HNE")
    with pytest.raises(words.Unknown):
        en("today.no-such-key")


def test_every_role_has_its_name_and_every_queue_its_words():
    for role in ROLES:
        assert Words("fr").has(f"role.{role}")
    for queue in nav.QUEUES:
        assert Words("fr").has(queue.key)
