"""Texts of a pack: both languages, the same blanks, and translations that somebody approved."""

from __future__ import annotations

from pathlib import Path

import pytest

import partage.packs
from partage.core.marks import mark_of_bytes
from partage.packs.tables import Faults
from partage.packs.texts import read_texts

FOLDER = Path(partage.packs.__file__).parent / "canada" / "texts"
EN, FR = (FOLDER / f"offer.{code}.txt" for code in ("en", "fr"))
BODY = EN.read_text("utf-8").partition("\n---\n")[2]
MARK = mark_of_bytes(BODY.encode())


def read(**files: str) -> tuple[dict[str, str], list[str]]:
    faults = Faults()
    texts = {"en": EN.read_text("utf-8"), "fr": FR.read_text("utf-8"), **files}
    found = read_texts(
        {f"texts/offer.{code}.txt": text.encode() for code, text in texts.items() if text}, faults
    )
    return found, [str(f) for f in faults.findings]


def translation(**head: str) -> str:
    said = {
        "language": "ht",
        "approved-by": "A. Tradiktè",
        "approved-on": "2023-02-01",
        "of": MARK,
        **head,
    }
    return (
        "\n".join(f"{k}: {v}" for k, v in said.items() if v)
        + "\n---\n"
        + BODY.replace("offer", "òf")
    )


def test_the_pack_has_both_and_takes_an_approved_translation():
    assert set(read()[0]) == {"en", "fr"}
    found, faults = read(ht=translation())
    assert (set(found), faults) == ({"en", "fr", "ht"}, [])


@pytest.mark.parametrize(
    ("files", "word"),
    [
        ({"fr": ""}, "offer.fr.txt: is missing"),
        ({"ht": translation(**{"approved-by": ""})}, "does not say approved-by"),
        ({"ht": translation(of="sha256:" + "0" * 64)}, "another English text"),
        ({"ht": translation(language="es")}, "does not say"),
        ({"ht": translation().replace("{until}", "demain")}, "other blanks"),
        ({"ht": translation() + "{nationality}"}, "other blanks"),
    ],
)
def test_a_text_that_nobody_approved_or_that_says_something_else_is_a_fault(files, word):
    _, faults = read(**files)
    assert any(word in fault for fault in faults), faults
