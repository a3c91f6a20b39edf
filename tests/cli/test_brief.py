"""``brief`` and ``trace`` at a terminal, on the demo's night; and the page that explains them."""

from __future__ import annotations

import csv
import re
import shlex
from pathlib import Path

import pytest

from partage.compose import open_office
from partage.core.units import parse_instant
from partage.faces.cli.demo import LATER, SEED, monday
from partage.faces.cli.demo_brief import briefs, draft_statement
from partage.packs.loader import load_pack

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def night(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("night")
    pack = load_pack()
    monday(pack, out, lambda _: None)
    briefs(pack, out, lambda _: None)
    return out


def test_the_demo_ends_with_four_briefs_of_the_closed_night(night):
    for to in ("federal", "province"):
        for lang in ("en", "fr"):
            page = (night / f"brief-{to}-{lang}.html").read_text("utf-8")
            assert f'<html lang="{lang}">' in page
            paper = (night / f"brief-{to}-{lang}.pdf").read_bytes()
            assert paper.startswith(b"%PDF-")
            assert 1 <= len(re.findall(rb"/Type\s*/Page\b", paper)) <= 2, "one or two pages"
            for name in ("shares", "load", "costs"):
                assert (night / f"brief-{to}-{lang}-{name}.svg").read_bytes().startswith(b"<svg")
    assert "Quebec" in (night / "brief-province-en.html").read_text("utf-8")
    office = open_office(f"sqlite:///{night / 'demo.db'}", "rita:auditor", at=parse_instant(LATER))
    assert office.verify().clean
    assert office.journal.version("day/2023-02-20") == 1
    office.journal.close()
    assert SEED


def test_the_demo_ends_with_the_draft_statement_of_quebec(night):
    """Its files are there; every line names an entry or a row of the pack; what is left out is told."""
    told: list[str] = []
    files, assumed = draft_statement(load_pack(), night, told.append)
    [lines] = [path for name, path in files.items() if name == "statement-CA-QC-2023-02.csv"]
    rows = list(csv.DictReader(Path(lines).read_text("utf-8").splitlines()))
    assert sum(int(row["claimed_cents"]) for row in rows) > 0
    assert all(
        row["entries"] or "published_nights.csv" in row["not_from_the_ledger"] for row in rows
    )
    assert {row["assumed"] != "" for row in rows} == {True}
    assert any("are not closed" in said for said in told)
    assert any("1,150 places" in said for said in assumed)
    assert (night / "statement-CA-QC-2023-02.xlsx").read_bytes().startswith(b"PK")


def test_a_person_at_a_terminal_writes_a_brief_and_traces_each_figure(terminal, night):
    db, at = str(night / "demo.db"), "2023-02-21T15:00:00Z"
    made = terminal("brief", "--to", "federal", "--as-of", "2023-02-20", "--out",
                    str(terminal.folder / "b"), who="min:minister", db=db, at=at)  # fmt: skip
    assert made.code == 0
    data = made.json["data"]
    assert {name.rpartition(".")[2] for name in data["files"]} == {"html", "pdf", "svg"}
    assert len(data["files"]) == 4 + 6
    values = {row["ref"]: row["value"] for row in (*data["figures"], *data["decisions"])}
    for ref, value in values.items():
        traced = terminal("trace", ref, who="rita:auditor", db=db, at=at)
        assert traced.json["data"]["value"] == value
    public = terminal("brief", "--public", "--lang", "en", "--out", str(terminal.folder / "p"),
                      who="min:minister", db=db, at=at).json["data"]  # fmt: skip
    assert public["figures"][0]["value"] == data["figures"][0]["value"]
    assert "earlier" not in public["figures"][1]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["brief", "--lang", "de"], "--lang is en, fr or both"),
        (["brief", "--to", "europe"], "somebody else"),
        (["brief", "--region", "QC", "--city", "ca-on/windsor"], "to a province or to a city"),
        (["brief", "--as-of", "2023-02-19"], "is not closed"),
        (["trace", "page 3"], "no reference"),
    ],
)
def test_what_is_wrong_is_a_sentence(terminal, night, words, says):
    answer = terminal(
        *words, who="min:minister", db=str(night / "demo.db"), at="2023-02-21T15:00:00Z"
    )
    assert answer.code in (2, 6)
    assert says in answer.json["error"]["what"]


def test_a_folder_that_cannot_be_written_is_a_sentence(terminal, night):
    taken = terminal.file(b"x", "taken")
    answer = terminal("brief", "--out", taken, who="min:minister", db=str(night / "demo.db"),
                      at="2023-02-21T15:00:00Z")  # fmt: skip
    assert answer.code == 2
    assert "cannot be written" in answer.json["error"]["what"]


def test_the_page_runs_as_written(terminal, night, monkeypatch):
    page = (ROOT / "docs/how-to/brief.md").read_text("utf-8")
    lines = [x for block in re.findall(r"```sh\n(.*?)```", page, re.S) for x in block.splitlines()]
    assert lines.pop(0).startswith("export PARTAGE_DB=out/demo.db")
    monkeypatch.chdir(terminal.folder)
    for line in lines:
        words = shlex.split(line)[1:]
        who = words[words.index("--as") + 1]
        rest = [w for w in words if w not in ("--as", who)]
        assert (
            terminal(*rest, who=who, db=str(night / "demo.db"), at="2023-02-21T15:00:00Z").code == 0
        ), line
