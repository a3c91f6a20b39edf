"""The access export as a person reads it: everything that is known, in words, days and hours."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import partage
from daily import take_in
from offices import opened
from partage.core.steps import STEPS
from partage.office.permits import ROLES
from partage.report import own_words
from partage.report.own_record import own_record_text

OFFICE = Path(partage.__file__).parent / "office"
NOTE = "my brother's in Ottawa; l'école"


@pytest.fixture(scope="module")
def exported():
    office = opened("memory:")
    [case] = take_in(office, "a,1,1", wishes="ON", nationality="XX", languages="ht;fr")
    _, done = office.acting("pia:placement").propose("redirect-all")
    office.acting("rosa:approver").approve(done.data["plan"], only=[case])
    office.acting("pia:placement").offer(case, contact="514 555 0100")
    them = office.acting(f"them:household@{case}")
    them.request_review(case, "family", note=NOTE)
    office.acting("adam:admin").disclose(
        case, "CA-ON", ["need"], ground="agreement", instrument="agreement 4, s. 2"
    )
    office.acting("anna:intake").correct(case, {"languages": "ht"}, why="new-information")
    return them.export(case), office.pack


@pytest.mark.parametrize("language", ["en", "fr"])
def test_everything_that_is_known_is_in_it_and_nothing_is_computer_text(language, exported):
    data, pack = exported
    text = own_record_text(data, pack, language)
    for said in (data["case"], "514 555 0100", "XX", "ht", "agreement 4, s. 2", "Ontario", NOTE):
        assert said in text, said
    assert text.count("\n- ") >= len(data["what_happened"]) + len(data["who_looked"]) + 8
    assert not re.search(r"\d{4}-\d{2}-\d{2}|[{}\[\]]|: (true|false|null)\b", text)
    when = "20 February 2023" if language == "en" else "lundi 20 février 2023 à"
    assert when in text
    other = {"en": "Vous|ménage|février", "fr": r"\byou\b|household's|February|looked at"}[language]
    assert not re.search(other, text.replace("--for household", ""))
    after = "After correction 1" if language == "en" else "Après la correction 1"
    assert text.count(after) == 1


def test_every_step_role_and_look_has_its_words():
    for step in STEPS:
        known = step.fact in own_words.STEPS or step.fact.partition(":")[0] in own_words.STEPS
        assert known, step.fact
    assert set(own_words.ROLES) == set(ROLES)
    looks = {
        node.args[0].value
        for file in OFFICE.glob("*.py")
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Call)
        and getattr(node.func, "attr", "") in ("_read", "_looking", "_read_drafts")
        and node.args
        and isinstance(node.args[0], ast.Constant)
    }
    assert len(looks) > 8
    assert looks <= set(own_words.LOOKS)
    pairs = (own_words.FIELDS, own_words.KNOWN, own_words.STEPS, own_words.ROLES, own_words.LOOKS)
    assert all(one and two for table in (own_words.WORDS, *pairs) for one, two in table.values())


def test_what_has_no_words_yet_is_named_as_it_is_kept(exported):
    data, pack = exported
    more = {**data, "known": {**data["known"], "new-kind": ["a thing"]}}
    assert "new-kind: a thing" in own_record_text(more, pack, "en")
