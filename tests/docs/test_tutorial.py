"""The first day runs as written, command by command."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path

import pytest

from partage.faces.cli.main import run

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "tutorial" / "first-day.md").read_text(encoding="utf-8")


def commands() -> list[list[str]]:
    blocks = re.findall(r"```sh\n(.*?)```", PAGE, re.S)
    lines = [line for block in blocks for line in block.strip().splitlines()]
    return [shlex.split(line) for line in lines]


def learn(ids: dict[str, str], verb: str, data: dict) -> None:  # type: ignore[type-arg]
    """What a reader would copy from the answer."""
    if verb == "register":
        ids["CASES"] = " ".join(data["registered"])
    if verb == "propose":
        ids["PLAN"] = data["plan"]
    if verb == "offer":
        first, other = data["offers"][0], data["offers"][1]
        ids |= {"CASE": first["case"], "OTHER": other["case"], "SITE": first["site"]}
    if verb == "arrive" and data.get("persons"):
        ids["PERSONS"] = str(data["persons"])
    if verb == "depart":
        ids["RUN"] = data["run"]


def test_the_first_day_runs_as_written(monkeypatch, capsys, tmp_path: Path):
    monkeypatch.chdir(ROOT)
    ids: dict[str, str] = {}
    seen = []
    for words in commands():
        if words[0] == "export":
            for setting in words[1:]:
                name, _, value = setting.partition("=")
                monkeypatch.setenv(name, str(tmp_path / value) if name == "PARTAGE_DB" else value)
            continue
        if "explain" in words and "CASE" not in ids:
            ids["CASE"] = _placed(ids, capsys)
        real = [re.sub("|".join(ids) or "$^", lambda m: ids[m.group()], w) for w in words[1:]]
        capsys.readouterr()
        assert run(["--json", *real]) == 0, real
        answer = json.loads(capsys.readouterr().out.strip().splitlines()[-1])
        learn(ids, answer["verb"], answer["data"])
        seen.append(answer["verb"])
        if answer["verb"] == "count":
            assert answer["data"]["book"] == answer["data"]["reported"] > 0
            assert not [f for f in answer["findings"] if "the book says" in f["what"]]
    assert set(seen) >= {"agree", "register", "propose", "approve", "offer", "answer", "verify"}


def _placed(ids: dict[str, str], capsys: pytest.CaptureFixture[str]) -> str:
    """Any household of the plan that has a reason."""
    for case in ids["CASES"].split():
        capsys.readouterr()
        assert run(["--json", "--as", "rosa:approver", "explain", case]) == 0
        if "reason" in json.loads(capsys.readouterr().out.strip().splitlines()[-1])["data"]:
            return case
    raise AssertionError("somebody has a reason")
