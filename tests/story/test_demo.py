"""The demo starts afresh each time, repeats itself, and answers for every household in it."""

from __future__ import annotations

import sqlite3
from dataclasses import fields
from pathlib import Path

import pytest

from partage.compose import open_office
from partage.core.units import parse_instant
from partage.faces.cli.demo import LATER, run_demo
from partage.faces.pages.show import explain_answer
from partage.ledger.facts import Entry

FORBIDDEN = ("point", "price", "worth", "prix", "vaut", "cost", "coût", "score")


@pytest.fixture(scope="module")
def twice(tmp_path_factory):  # type: ignore[no-untyped-def]
    out = tmp_path_factory.mktemp("demo") / "out"
    first: list[str] = []
    one, _, _ = run_demo(out, say=first.append)
    second: list[str] = []
    two, _, _ = run_demo(out, say=second.append)
    return out, one, two, "\n".join(first), "\n".join(second)


def test_it_starts_afresh_and_repeats_itself(twice):
    _, one, two, first, second = twice
    assert one["monday"]["head"] == two["monday"]["head"]
    assert first == second
    assert "synthetic" in first
    assert "as if in force" in first


def test_the_journal_has_the_contracts_field_names(twice):
    with sqlite3.connect(twice[0] / "demo.db") as plain:
        names = [row[1] for row in plain.execute("PRAGMA table_info(entries)")]
    plain.close()
    assert names == [field.name for field in fields(Entry)]
    for name in ("plan.txt", "plan.json", "plan.npz", "plan.instance.npz", "compare.json"):
        assert (twice[0] / name).stat().st_size > 100


def test_explain_answers_for_every_household_in_both_languages_and_registers(twice):
    office = open_office(
        f"sqlite:///{twice[0] / 'demo.db'}", "anna:intake", at=parse_instant(LATER), create=False
    )
    cases = office.journal.rows("cases")
    assert len(cases) == twice[1]["monday"]["households"]
    seen = set()
    for case, row in cases.items():
        seen.add(row["state"])
        for language in ("en", "fr"):
            officer = explain_answer(office, case, "officer", language)[1]
            assert case in officer
            household = explain_answer(office, case, "household", language)[1]
            assert not [word for word in FORBIDDEN if word in household.lower()], household
            assert "synth" in household
            assert "{" not in officer + household
    assert seen >= {"bound", "hosted", "kept", "outside-engine", "unknown", "waiting"}
    assert office.acting("rita:auditor").verify().clean
    office.journal.close()


def test_a_folder_that_cannot_be_used_is_refused(tmp_path: Path):
    from partage.core.errors import InputRefused

    (tmp_path / "file").write_text("x")
    with pytest.raises(InputRefused, match="cannot be used"):
        run_demo(tmp_path / "file", say=print)
