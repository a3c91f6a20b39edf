"""The page on planning again runs as written, command by command."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path

from partage.faces.cli.main import run
from partage.report.replanned import _WHY

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "how-to" / "replan.md").read_text(encoding="utf-8")


def commands() -> list[list[str]]:
    blocks = re.findall(r"```sh\n(.*?)```", PAGE, re.S)
    return [shlex.split(line) for block in blocks for line in block.strip().splitlines()]


def learn(ids: dict[str, str], words: list[str], data: dict) -> None:  # type: ignore[type-arg]
    """What a reader would copy from the answer."""
    if "register" in words:
        ids["NEW"] = data["registered"][-1]
    if "propose" in words:
        name = "REPLAN" if "--replan" in words else "ONE" if "--case" in words else "PLAN"
        ids[name] = data["plan"]
    if "explain" in words:
        ids["SITE"] = data["site"]


def real(ids: dict[str, str], word: str) -> str:
    return re.sub(rf"^({'|'.join(ids) or '$^'})$", lambda m: ids[m.group()], word)


def test_the_page_runs_as_written(monkeypatch, capsys, tmp_path):
    monkeypatch.chdir(ROOT)
    ids: dict[str, str] = {}
    moves = []
    for words in commands():
        if words[0] == "export":
            for setting in words[1:]:
                name, _, value = setting.partition("=")
                monkeypatch.setenv(name, str(tmp_path / value) if name == "PARTAGE_DB" else value)
            continue
        capsys.readouterr()
        assert run(["--json", *(real(ids, word) for word in words[1:])]) == 0, words
        data = json.loads(capsys.readouterr().out.strip().splitlines()[-1])["data"]
        moves += data.get("moves", [])
        learn(ids, words, data)
    assert ids["NEW"] in {move["case"] for move in moves}
    assert {move["why"] for move in moves} == {"gone"}
    assert all(move["after"] for move in moves)


def test_the_page_has_every_reason_for_a_move_in_the_words_of_the_table():
    for english, _ in _WHY.values():
        assert f"| {english.format(others='…')} |" in PAGE
