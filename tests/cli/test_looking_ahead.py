"""Looking ahead in French: forecast, scenarios and history leave no English sentence on the screen."""

from __future__ import annotations

import re

import pytest

from partage.faces.cli.main import run
from partage.report.hindsight_words import WORDS as HINDSIGHT
from partage.report.simulated_words import WORDS
from partage.simulate import hindcast, rehearsed
from partage.simulate import history as looking_back

ENGLISH = re.compile(
    r"(?<![-\w/])(?:the|of|and|with|who|than|by|persons|days|months|runs|median|middle|share|known|"
    r"holds|site|Written|more|loss|fitted|left|even|stated|yes|rows)(?![-\w/])"
)


@pytest.fixture(autouse=True)
def few_draws(monkeypatch):
    monkeypatch.setattr(hindcast, "DRAWS", 60_000)
    monkeypatch.setattr(looking_back, "RUNS", 500)
    monkeypatch.setattr(looking_back, "PARTS", 2)
    monkeypatch.setattr(rehearsed, "EVERY", 9)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("simulate",), "Seulement les personnes qui souhaitent partir"),
        (("simulate", "agreement-2023", "--runs", "3"), "nuitées sans toit"),
        (("compare", "redirect-all", "wishes-first", "--runs", "3"), "tirage par tirage"),
        (("simulate", "--history"), "ne peuvent être distingués"),
        (("forecast", "QC", "--office", "land_border", "--origin", "2023-01"), "perte"),
    ],
)
def test_what_is_looked_ahead_to_is_said_in_french_to_the_last_word(
    words, says, capsys, tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    assert run(["--lang", "fr", *words]) == 0
    out = "".join(capsys.readouterr())
    assert says in out
    assert ENGLISH.findall(out) == []
    assert not re.search(r"[a-zé] [:;?!%»]", out)


def test_the_same_in_english_is_english(capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert run(["simulate", "agreement-2023", "--runs", "3"]) == 0
    found = set(ENGLISH.findall(capsys.readouterr().out))
    assert {"the", "persons", "median", "known", "Written"} <= found


def test_every_word_of_looking_ahead_is_in_both_languages():
    same = {key for key, (en, fr) in HINDSIGHT.items() if en == fr}
    assert same <= {"low", "high", "log"}
    fields = re.compile(r"{(\w+)}")
    for english, french in (*HINDSIGHT.values(), *WORDS.values()):
        assert set(fields.findall(english)) == set(fields.findall(french)), english
