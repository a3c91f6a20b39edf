"""Every page of the handbook runs as written, each on a fresh copy of the demo's journal."""

from __future__ import annotations

import csv
import json
import re
import shlex
import shutil
from pathlib import Path

import pytest

from partage.faces.cli.main import run
from partage.office.permits import PERMITS, ROLES

ROOT = Path(__file__).parents[2]
BOOK = ROOT / "docs" / "handbook"
NAMES = {
    "BOUND": "bound",
    "KEPT": "kept",
    "WAITING": "waiting",
    "UNKNOWN": "unknown",
    "HOSTED": "hosted",
    "OFFICER": "outside-engine",
}
WORD = re.compile(
    r"\b(BOUND2?|KEPT|WAITING|MONDAY|UNKNOWN|HOSTED|OFFICER|ABOARD[23]?"
    r"|RUN|PLAN|REVIEW|ROOF|GROUP|DRAW|SEAL)\b"
)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo")
    assert run(["demo", "--out", str(folder)]) == 0
    return folder


def said(capsys: pytest.CaptureFixture[str]) -> dict:  # type: ignore[type-arg]
    return json.loads(capsys.readouterr().out.strip().splitlines()[-1])


def commands(page: Path) -> list[list[str]]:
    blocks = re.findall(r"```sh\n(.*?)```", page.read_text(encoding="utf-8"), re.S)
    return [shlex.split(line) for block in blocks for line in block.strip().splitlines()]


def test_there_is_a_page_for_each_role():
    assert {page.stem for page in BOOK.glob("*.md")} == {"README", *ROLES}
    listed = re.findall(r"\]\(([a-z]+)\.md\)", (BOOK / "README.md").read_text("utf-8"))
    assert set(listed) == set(ROLES)


@pytest.mark.parametrize("role", ROLES)
def test_a_page_runs_as_written(role, demo, tmp_path, monkeypatch, capsys):
    shutil.copytree(demo, tmp_path / "out")
    monkeypatch.chdir(ROOT)
    [setting] = [c for c in commands(BOOK / "README.md") if c[0] == "export"]
    assert setting == ["export", "PARTAGE_DB=out/demo.db", "PARTAGE_AT=2023-02-21T15:00:00Z"]
    monkeypatch.setenv("PARTAGE_DB", f"sqlite:///{tmp_path / 'out' / 'demo.db'}")
    monkeypatch.setenv("PARTAGE_AT", "2023-02-21T15:00:00Z")
    ids = cases(capsys)
    ran = 0
    for words in commands(BOOK / f"{role}.md"):
        assert words[0] == "partage"
        real = [WORD.sub(lambda m: ids[m.group()], word) for word in words[1:]]
        real = [str(tmp_path / word) if word.startswith("out/") else word for word in real]
        capsys.readouterr()
        code = run(["--json", *real])
        answer = said(capsys)
        assert code == 0, (words, answer.get("error"))
        data = answer["data"]
        if "worth" in words:
            assert data["rows"], "a table that shows nothing explains nothing"
        for name, key in (
            ("PLAN", "plan"),
            ("RUN", "run"),
            ("REVIEW", "review"),
            ("ROOF", "roof"),
            ("GROUP", "group"),
            ("DRAW", "draw"),
            ("SEAL", "head"),
        ):
            if isinstance(data, dict) and data.get(key) and "worth" not in words:
                ids[name] = data[key]
        if isinstance(data, dict) and isinstance(data.get("runs"), list) and data["runs"]:
            ids["RUN"] = data["runs"][0]["run"]
            ids.update(aboard(data["runs"][0], capsys))
        ran += f":{role}" in " ".join(words) or role == "analyst"
    assert ran, "the role itself acts on its page"


@pytest.mark.parametrize("role", ROLES)
def test_a_page_has_every_task_that_its_role_may_do(role):
    mine = [words for words in commands(BOOK / f"{role}.md") if f":{role}" in " ".join(words[:3])]
    shown = {words[3] for words in mine}
    may = {row.verb for row in PERMITS if row.role == role} - {"open"}  # the first command opens
    assert may <= shown, f"{role} may {', '.join(sorted(may - shown))}: not on its page"


def test_every_word_in_capitals_is_explained():
    """A word that stands for something on the screen is in the list of the first page."""
    pages = " ".join(page.read_text("utf-8") for page in BOOK.glob("*.md") if page.stem != "README")
    first = (BOOK / "README.md").read_text("utf-8")
    for word in sorted({word.rstrip("23") for word in WORD.findall(pages)}):
        assert f"`{word}`" in first, word


def aboard(boarded: dict, capsys: pytest.CaptureFixture[str]) -> dict[str, str]:  # type: ignore[type-arg]
    """Three who are on the manifest and linked to nobody; the second has two persons or more."""
    capsys.readouterr()
    assert run(["--json", "--as", "pia:placement", "board", boarded["run"]]) == 0
    lines = [line for line in said(capsys)["data"]["lines"] if not line["with"]]
    [two, *_] = [line["case"] for line in lines if line["persons"] > 1]
    one, three, *_ = [line["case"] for line in lines if line["case"] != two]
    return {"ABOARD": one, "ABOARD2": two, "ABOARD3": three}


def cases(capsys: pytest.CaptureFixture[str]) -> dict[str, str]:
    """What a reader sees on the screen: cases by state; bound ones for Ottawa are left for the bus."""
    ids: dict[str, str] = {}
    for name, state in NAMES.items():
        capsys.readouterr()
        assert run(["--json", "--as", "anna:intake", "survey", "--state", state]) == 0
        listed = [row for row in said(capsys)["data"] if "ottawa" not in row["site"]]
        for number, row in enumerate(listed[:2]):
            ids[name + ("2" if number else "")] = row["case"]
    capsys.readouterr()
    assert run(["--json", "--as", "anna:intake", "explain", ids["BOUND"]]) == 0
    ids["MONDAY"] = said(capsys)["data"]["plan"]
    return ids


def test_a_night_on_which_a_site_closes_is_a_section_whose_steps_are_in_their_order():
    page = (BOOK / "placement.md").read_text("utf-8")
    section = page.partition("## A site closes tonight\n")[2]
    steps = [
        next(word for word in shlex.split(line)[3:] if not word.startswith("-"))
        for block in re.findall(r"```sh\n(.*?)```", section, re.S)
        for line in block.strip().splitlines()
    ]
    assert steps == [
        "withdraw", "survey", "survey", "place", "survey", "propose", "review", "count",
    ]  # fmt: skip
    for name in ("README.md", "site.md"):
        assert "placement.md#a-site-closes-tonight" in (BOOK / name).read_text("utf-8")


def test_a_headcount_is_of_as_many_persons_as_are_described_after_it():
    with (ROOT / "docs" / "tutorial" / "arrivals.csv").open(encoding="utf-8") as file:
        ages = [
            int(n or 0) for r in csv.DictReader(file) for k, n in r.items() if k.startswith("age_")
        ]
    assert f"register --headcount {sum(ages)} " in (BOOK / "intake.md").read_text("utf-8")
