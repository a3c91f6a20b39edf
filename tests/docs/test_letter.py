"""The letter's numbers are those of the demo, and whatever it points at is there."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from partage.faces.cli.demo import run_demo

ROOT = Path(__file__).parents[2]
LETTER = (ROOT / "docs" / "letter.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def demo(tmp_path_factory) -> tuple[dict, str, Path]:  # type: ignore[no-untyped-def, type-arg]
    out = tmp_path_factory.mktemp("demo") / "out"
    said: list[str] = []
    data, _, _ = run_demo(out, say=said.append)
    return data, "\n".join(said), out


def test_the_numbers_of_the_weekend_are_those_of_the_demo(demo):
    days = demo[0]["weekend"].values()
    placed = sum(sum(day["placed"].values()) for day in days)
    without = sum(day["unplaced"] for day in days)
    assert (
        f"of 505 synthetic persons {placed} get a place outside Quebec, {without} have none"
        in LETTER
    )
    assert f"{505 - placed - without} are left\nto an officer" in LETTER


def test_the_numbers_of_monday_are_those_of_the_demo(demo):
    data, text, out = demo
    plan = json.loads((out / "plan.json").read_text("utf-8"))
    monday = data["monday"]
    assert f"{monday['persons']} synthetic persons in {monday['households']} households" in LETTER
    placed = plan["placed"]
    provinces = ("Ontario", "CA-ON"), ("Nova Scotia", "CA-NS"), ("New Brunswick", "CA-NB")
    named = ", ".join(f"{name} {placed[code]}" for name, code in provinces)
    assert f"{sum(placed.values())} get a place" in LETTER
    assert named in LETTER
    offers = re.search(r"^offer +(\d+) offers", text, re.M)
    answers = re.search(r"^answer +(\d+) accept, (\d+) decline", text, re.M)
    assert offers
    assert answers
    assert f"{offers.group(1)} offers, {answers.group(2)} declined" in LETTER


def test_every_file_the_letter_names_is_there():
    named = re.findall(r"`((?:src|tests|docs)/[\w./*-]+)`", LETTER)
    assert len(named) > 15
    for path in named:
        assert (ROOT / path).exists(), path


def test_every_test_the_letter_names_is_there():
    tests = "".join(p.read_text("utf-8") for p in (ROOT / "tests").rglob("test_*.py"))
    for name in re.findall(r"`(test_\w+)…?`", LETTER):
        assert f"def {name}" in tests, name
