"""Pages that are printed from the code are as the code prints them now."""

from __future__ import annotations

from pathlib import Path

from partage.faces.cli import reference

DOCS = Path(__file__).parents[2] / "docs"


def test_the_page_on_the_command_line_is_printed_from_it():
    page = DOCS / "reference" / "command-line.md"
    assert page.read_text(encoding="utf-8") == reference.as_markdown()


def test_every_decision_and_reference_is_a_page_that_is_not_empty():
    for page in (*DOCS.glob("decisions/0*.md"), *DOCS.glob("reference/*.md")):
        text = page.read_text(encoding="utf-8")
        assert text.startswith("# ")
        assert len(text) > 200
