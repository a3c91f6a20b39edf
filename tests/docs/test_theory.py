"""Every key and method has a page, and every example on these pages runs as written."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from partage import KEYS, MECHANISMS, METHODS, PREDICTORS
from partage.core.registry import Shelf
from partage.faces.cli.main import run
from partage.place.mechanisms import MECHANISMS as SHELF

DOCS = Path(__file__).parents[2] / "docs"
COMMANDS = (  # pages of commands alone, which other tests run
    "README.md", "brief.md", "compare-policies.md", "databases.md", "deploy.md", "eligibility.md", "history.md", "screen-reader.md",
    "pages.md",
)  # fmt: skip
PAGES = sorted([*DOCS.glob("theory/**/*.md"), *DOCS.glob("how-to/*.md")])


def blocks(page: Path) -> list[str]:
    return re.findall(r"```python\n(.*?)```", page.read_text("utf-8"), re.S)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(DOCS)))
def test_the_examples_run_as_written(page, monkeypatch):
    for shelf in (KEYS, PREDICTORS):  # what a page puts on the shelf is taken off it again
        for name in ("_parts", "labels"):
            monkeypatch.setattr(shelf, name, dict(getattr(shelf, name)))
    names: dict[str, object] = {}
    for source in blocks(page):
        exec(compile(source, str(page), "exec"), names)
    if page.name not in COMMANDS:
        assert any("assert" in source for source in blocks(page)), "an example that claims nothing"


@pytest.mark.parametrize(("folder", "shelf"), [("keys", KEYS), ("methods", METHODS)])
def test_every_part_has_its_page_and_every_page_its_part(folder: str, shelf: Shelf[object]):
    assert {page.stem for page in (DOCS / "theory" / folder).glob("*.md")} == set(shelf)
    index = (DOCS / "theory" / "README.md").read_text("utf-8")
    for name in shelf:
        assert f"({folder}/{name}.md)" in index
        page = (DOCS / "theory" / folder / f"{name}.md").read_text("utf-8")
        assert f'["{name}"]' in page or f"import {name}" in page, "the page uses its own part"


def test_every_mechanism_is_on_the_page():
    text = (DOCS / "theory" / "mechanisms.md").read_text("utf-8")
    assert set(re.findall(r"^\| `(\w+)` \|", text, re.M)) == set(MECHANISMS) == set(SHELF)


def test_the_commands_of_the_how_to_run_as_written(monkeypatch, tmp_path, capsys):
    monkeypatch.chdir(tmp_path)
    text = (DOCS / "how-to" / "compare-policies.md").read_text("utf-8")
    lines = [
        line for block in re.findall(r"```sh\n(.*?)```", text, re.S) for line in block.splitlines()
    ]
    assert len(lines) >= 6
    for line in lines:
        code = run(shlex.split(line)[1:])
        said = capsys.readouterr()
        assert "Traceback" not in said.out + said.err
        assert code == 0, line
    assert (tmp_path / "out" / "plan.html").exists()


def test_a_newcomers_key_has_ten_lines():
    first = blocks(DOCS / "how-to" / "add-a-key.md")[0]
    lines = [line for line in first.splitlines() if line.strip()]
    assert len(lines) <= 10
