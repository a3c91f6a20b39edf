"""The page on ASVS has each line of its levels 1 and 2, once, and the tests that it names are there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/asvs.md").read_text("utf-8")
ROW = re.compile(r"^\| (V[0-9.]+) \| ([a-z ]+) \| (.+) \|$", re.M)
TEST = re.compile(r"`(tests/[a-z_/]+\.py)::(\w+)`")
STATES = {"met", "in part", "not met", "no such thing"}
LINES = {  # levels 1 and 2 of ASVS 5.0.0, in its numbers
    "V1.1": "1 2", "V1.2": "1 2 3 4 5 6 7 8 9", "V1.3": "1 2 3 4 5 6 7 8 9 10 11",
    "V1.4": "1 2 3", "V1.5": "1 2", "V2.1": "1 2 3", "V2.2": "1 2 3", "V2.3": "1 2 3 4",
    "V2.4": "1",
    "V3.2": "1 2", "V3.3": "1 2 3 4", "V3.4": "1 2 3 4 5 6", "V3.5": "1 2 3 4 5", "V3.7": "1 2",
    "V4.1": "1 2 3",
    "V4.2": "1", "V4.3": "1 2", "V4.4": "1 2 3 4", "V5.1": "1", "V5.2": "1 2 3",
    "V5.3": "1 2", "V5.4": "1 2 3",
    "V6.1": "1 2 3", "V6.2": "1 2 3 4 5 6 7 8 9 10 11 12", "V6.3": "1 2 3 4",
    "V6.4": "1 2 3 4", "V6.5": "1 2 3 4 5", "V6.6": "1 2 3", "V6.8": "1 2 3 4", "V7.1": "1 2 3",
    "V7.2": "1 2 3 4", "V7.3": "1 2", "V7.4": "1 2 3 4 5", "V7.5": "1 2", "V7.6": "1 2",
    "V8.1": "1 2", "V8.2": "1 2 3", "V8.3": "1", "V8.4": "1",
    "V9.1": "1 2 3", "V9.2": "1 2 3 4", "V10.1": "1 2", "V10.2": "1 2", "V10.3": "1 2 3 4",
    "V10.4": "1 2 3 4 5 6 7 8 9 10 11", "V10.5": "1 2 3 4 5", "V10.6": "1 2",
    "V10.7": "1 2 3", "V11.1": "1 2", "V11.2": "1 2 3", "V11.3": "1 2 3",
    "V11.4": "1 2 3 4", "V11.5": "1", "V11.6": "1", "V12.1": "1 2 3", "V12.2": "1 2",
    "V12.3": "1 2 3 4", "V13.1": "1", "V13.2": "1 2 3 4 5", "V13.3": "1 2",
    "V13.4": "1 2 3 4 5", "V14.1": "1 2", "V14.2": "1 2 3 4", "V14.3": "1 2 3",
    "V15.1": "1 2 3", "V15.2": "1 2 3", "V15.3": "1 2 3 4 5 6 7", "V16.1": "1",
    "V16.2": "1 2 3 4 5", "V16.3": "1 2 3 4", "V16.4": "1 2 3", "V16.5": "1 2 3",
    "V17.1": "1", "V17.2": "1 2 3 4", "V17.3": "1 2",
}  # fmt: skip


def lines() -> Iterator[str]:
    for section, numbers in LINES.items():
        for number in numbers.split():
            yield f"{section}.{number}"


def test_every_line_stands_once_in_order_with_a_state():
    rows = ROW.findall(PAGE)
    assert [line for line, _, _ in rows] == list(lines())
    assert {state for _, state, _ in rows} <= STATES
    assert len(rows) == PAGE.count("\n| V")


def test_the_tests_that_are_named_are_there():
    named = set(TEST.findall(PAGE))
    assert len(named) > 30
    assert len(named) == len({f"{a}::{b}" for a, b in named})
    for file, test in named:
        text = (ROOT / file).read_text("utf-8")
        assert re.search(rf"^def {test}\(", text, re.M), f"{file}::{test}"
    assert PAGE.count("`tests/") == len(TEST.findall(PAGE)), "a name of another form"


def test_what_is_not_met_says_why():
    for line, state, why in ROW.findall(PAGE):
        assert state == "met" or TEST.sub("", why).strip(" ,;:"), line
