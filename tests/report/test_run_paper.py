"""The papers of a run: what each of them says and leaves out, whole households on one page, nothing changed."""

from __future__ import annotations

import io
import re

import pytest
from pypdf import PdfReader

from casework.test_board import LEAVES, bound
from offices import opened
from partage.casework.board import Vehicle
from partage.core.errors import InputRefused, NotPermitted
from partage.faces.pages.run_papers import paper_of, pdf
from partage.report.run_paper import blank_paper, run_paper
from partage.report.run_paper_words import COLUMNS, WORDS

ADDRESS = "https://office.example/en/run/R-1"


@pytest.fixture(scope="module")
def loaded():
    """An office with a run of many households, and the run."""
    office = opened("memory:")
    site, _ = bound(office, *(f"r{n},{1 + n % 3},{n % 2}" for n in range(24)))
    pia = office.acting("pia:placement")
    run = pia.board(site, [Vehicle(90, 9, 9)], LEAVES).data["runs"][0]["run"]
    yield pia, run
    office.journal.close()


def text_of(data: bytes) -> str:
    """The pages as they are laid out, with a form feed between them."""
    pages = PdfReader(io.BytesIO(data)).pages
    return "\f".join(page.extract_text(extraction_mode="layout") for page in pages)


@pytest.mark.parametrize("paper", ["manifest", "driver", "receiver"])
@pytest.mark.parametrize("lang", ["en", "fr"])
def test_a_paper_is_tagged_and_the_same_to_the_byte_and_only_the_look_is_written(
    loaded, paper, lang
):
    pia, run = loaded
    head, row = pia.journal.head()[0], pia.journal.row("matters", f"run/{run}")
    data = paper_of(pia, run, paper, lang, address=ADDRESS)
    assert data.startswith(b"%PDF")
    assert b"pdfuaid" in data
    written = list(pia.journal.read(after=head))
    assert {entry.verb for entry in written} == {"read"}
    assert {"read/" + run} < {entry.subject for entry in written}
    assert pia.journal.row("matters", f"run/{run}") == row
    manifest = pia.manifest(run, needs=paper == "receiver")
    made = run_paper(manifest, paper, lang, pia.pack, leaves="x", printed="y", address=ADDRESS)
    assert pdf(made, pia.clock.now()) == pdf(made, pia.clock.now())


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_the_drivers_sheet_knows_nobody(loaded, lang):
    pia, run = loaded
    manifest = pia.manifest(run)
    made = run_paper(manifest, "driver", lang, pia.pack, leaves="x", printed="y", address=ADDRESS)
    said = repr(made.as_dict())
    assert made.groups == ()
    for line in manifest["lines"]:
        assert line["case"] not in said
        assert line["code"] not in said.replace(manifest["mark"], "").replace(
            manifest["anchor"], ""
        )
    assert WORDS[lang]["interpreters"] not in said
    assert (WORDS[lang]["persons"], str(manifest["persons"])) in made.head
    whole = run_paper(
        manifest, "manifest", lang, pia.pack, leaves="x", printed="y", address=ADDRESS
    )
    assert all(line["case"] in repr(whole.as_dict()) for line in manifest["lines"])


def test_needs_are_for_whoever_receives_and_not_for_the_escort(loaded):
    pia, run = loaded
    site = pia.journal.row("matters", f"run/{run}")["site"]
    assert pia.acting(f"lea:site@{site}").manifest(run, needs=True)["lines"][0]["rooms"]
    with pytest.raises(NotPermitted):
        pia.acting(f"eve:escort@{run}").manifest(run, needs=True)
    assert not {"rooms", "ages", "care"} & set(
        pia.acting(f"eve:escort@{run}").manifest(run)["lines"][0]
    )
    with pytest.raises(InputRefused, match="no paper"):
        paper_of(pia, run, "blank", "en")


def test_linked_households_stand_together_and_no_household_is_cut(loaded):
    pia, run = loaded
    manifest = pia.manifest(run)
    first, last = manifest["lines"][0], manifest["lines"][-1]
    first["with"], last["with"] = [last["case"]], [first["case"]]
    made = run_paper(manifest, "manifest", "en", pia.pack, leaves="x", printed="y", address=ADDRESS)
    sizes = [len(group) for group in made.groups]
    assert sorted(sizes)[-2:] == [1, 2]
    assert sum(sizes) == len(manifest["lines"])
    pages = text_of(pdf(made, pia.clock.now())).split("\f")
    assert len(pages) > 2
    of = {
        line["case"]: [n for n, page in enumerate(pages) if line["case"] in page]
        for line in manifest["lines"]
    }
    assert all(len(found) == 1 for found in of.values())
    assert of[first["case"]] == of[last["case"]]


def test_a_superseded_paper_says_so_and_says_what_it_superseded(loaded):
    pia, run = loaded
    out = next(line["case"] for line in pia.manifest(run)["lines"] if not line["with"])
    pia.change_manifest(run, remove=[out])
    old, new = pia.manifest(run, 1), pia.manifest(run)
    said = [
        run_paper(one, "manifest", "fr", pia.pack, leaves="x", printed="y") for one in (old, new)
    ]
    assert "REMPLACÉE par la version 2" in said[0].warning
    assert said[1].warning == ""
    assert ("Version", "2, remplace la 1") in said[1].head
    assert new["mark"] in said[1].footer
    assert said[1].square == run
    pia.change_manifest(run, add=[out])


def test_the_blank_form_has_every_field_and_nobody_in_it():
    for lang in ("en", "fr"):
        blank = blank_paper(lang, "")
        assert all(value == "" for _, value in blank.head)
        names = {name for name, _ in blank.head}
        assert {WORDS[lang][n] for n in ("phone", "driver", "escort", "vehicle", "leaves")} <= names
        assert all(set(row.cells) <= {"", "[]"} for group in blank.groups for row in group)
        assert not re.search(r"[HRP]-[0-9A-Z]{8}", repr(blank.as_dict()))


def test_both_languages_have_every_word_and_every_column_its_heading():
    assert WORDS["en"].keys() == WORDS["fr"].keys()
    for columns in COLUMNS.values():
        assert all(f"c-{name}" in WORDS["en"] for name in columns)
