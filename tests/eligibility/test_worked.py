"""The worked cases, each from the text of the law, and what a proposal changes of them."""

from __future__ import annotations

import tomllib
from datetime import date, timedelta
from pathlib import Path

import pytest

from eligibility.laws_of_the_border import CASES, PACK, PLAIN, RAW, TEXT, said
from partage.eligibility import changes, read_amended, read_cases, wrong

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_a_worked_case_comes_out_as_the_paragraph_says(case):
    assert wrong(TEXT, case) == []


def test_there_are_enough_cases_each_in_both_languages_and_every_rule_decides_one():
    assert len(CASES) >= 80
    assert all(case.title_en and case.title_fr and case.title_en != case.title_fr for case in CASES)
    assert len({case.title_en for case in CASES}) == len({c.title_fr for c in CASES}) == len(CASES)
    results = {result for case in CASES for result in case.expect.values()}
    assert results == {"applies", "does-not-apply", "unknown"}
    grounds = {ground for case in CASES for ground in case.expect}
    assert grounds == {ground.id for ground in TEXT.grounds}


def test_without_any_one_rule_of_the_present_text_some_worked_case_comes_out_otherwise():
    """So no rule is there for nothing; rules of 2004 that double a paragraph are one by one unconfirmed."""
    idle = [
        rule.id for rule in TEXT.rules
        if not rule.id.endswith("-2004")
        and not any(wrong(TEXT.without(rule.id), case) for case in CASES)
    ]  # fmt: skip
    assert idle == []


@pytest.mark.parametrize(
    ("ground", "turn", "facts", "before", "after"),
    [
        ("agreement", date(2023, 3, 25), {"mode": "between-ports"}, "does-not-apply", "applies"),
        ("agreement", date(2004, 12, 29), {"mode": "land-port"}, "does-not-apply", "applies"),
    ],
)
def test_the_text_switches_on_the_day_and_on_no_other(ground, turn, facts, before, after):
    for days in range(-40, 41):
        day = turn + timedelta(days=days)
        answer = said(**PLAIN, **facts, entry=day, claim=day, decided=day).of(ground)
        assert answer.result == (before if days < 0 else after), day


@pytest.mark.parametrize("entry", [date(2024, 2, 20), date(2023, 3, 25), date(2024, 12, 25)])
def test_fourteen_days_are_counted_from_the_day_after_entry(entry):
    facts = {**PLAIN, "mode": "between-ports", "entry": entry}
    for days in range(0, 40):
        day = entry + timedelta(days=days)
        answer = said(**facts, claim=day, decided=day).of("agreement")
        assert answer.result == ("applies" if days < 14 else "does-not-apply"), days


@pytest.mark.parametrize("ground", ["one-year", "after-14-days"])
def test_the_bars_of_the_act_reach_back_to_claims_of_3_june_2025_once_it_stands(ground):
    facts = {**PLAIN, "mode": "between-ports", "entry": date(2021, 1, 1)}
    for claim in (date(2025, 6, 1) + timedelta(days=n) for n in range(5)):
        for decided in (date(2026, 3, 24) + timedelta(days=n) for n in range(5)):
            answer = said(**facts, claim=claim, decided=decided).of(ground)
            reached = claim >= date(2025, 6, 3) and decided >= date(2026, 3, 26)
            assert answer.result == ("applies" if reached else "does-not-apply"), (claim, decided)


def test_every_paragraph_of_the_table_of_rules_stands_in_the_text():
    cited = " ".join(rule.paragraph for rule in TEXT.rules)
    cited += " ".join(note.paragraph for note in TEXT.notes) + str(tomllib.loads(RAW.decode()))
    for paragraph in (
        "159.1", "159.2", "159.4(1)(a)", "159.4(1)(b)", "159.4(1)(c)", "159.4(1.1)", "159.4(2)",
        *(f"159.5({letter})" for letter in "abcdefg"), "159.5(h)(i)", "159.5(h)(ii)", "159.6(a)",
        "159.6(b)", "159.7", "159.01", "101(1)(a)", "101(1)(b)", "101(1)(b.1)", "101(1)(b.2)",
        "101(1)(c)", "101(1)(c.1)", "101(1)(d)", "101(1)(e)", "101(1)(f)", "100(1.1)", "133",
    ):  # fmt: skip
        assert paragraph in cited, paragraph


def test_what_could_not_be_confirmed_is_marked():
    marked = {rule.id for rule in TEXT.rules if not rule.confirmed}
    assert {
        rule.id for rule in TEXT.rules if "159.5(" in rule.paragraph and rule.id.endswith("-2004")
    } <= marked
    assert {"inland", "between-ports-elsewhere", "entered-before-protocol"} <= marked
    assert "between-ports-within-14-days" not in marked


def test_a_proposal_changes_the_cases_that_it_should_and_no_other():
    proposed = read_amended(RAW, (ROOT / "docs/how-to/proposed.toml").read_bytes())
    found = changes(TEXT, proposed, CASES)
    assert {one.ground for one in found} == {"agreement"}
    for one in found:
        known = one.case.facts.known
        assert known["mode"] == "between-ports"
        assert known["claim"] >= date(2023, 3, 25)
        assert one.after == "applies"
        assert (known["claim"] - known["entry"]).days < 30
    assert {one.case.id for one in found} >= {"14-days", "15-days", "entered-before-claims-after"}
    assert changes(TEXT, read_amended(RAW, b'[text]\namends = "canada"\n'), CASES) == []


def test_a_proposal_may_be_a_whole_text():
    assert changes(TEXT, read_amended(RAW, RAW), CASES) == []


def test_the_cases_are_read_from_the_pack():
    assert read_cases(PACK.laws["eligibility/cases.toml"], TEXT) == CASES
