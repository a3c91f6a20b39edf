"""What cannot be right is named and not used; a text that contradicts itself is refused."""

from __future__ import annotations

from datetime import date

import pytest

from eligibility.laws_of_the_border import CASES, PLAIN, RAW, TEXT
from partage.core.errors import InputRefused
from partage.eligibility import consider, read_amended, read_cases, read_facts, read_text
from partage.eligibility.conditions import parse_condition

LAND = {**PLAIN, "mode": "land-port"}


@pytest.mark.parametrize(
    ("raw", "where", "do"),
    [
        ({"birth_date": date(2030, 1, 1), "claim": date(2024, 1, 1)}, "birth_date", "correct it"),
        ({"birth_date": date(2027, 1, 1)}, "birth_date", "correct it"),
        ({"entry": date(2024, 1, 2), "claim": date(2024, 1, 1)}, "entry, claim", "correct one"),
        ({"claim": date(2024, 1, 2), "decided": date(2024, 1, 1)}, "claim, decided", "correct one"),
        ({"entry": date(2024, 1, 2), "decided": date(2024, 1, 1)}, "entry, decided", "correct one"),
        ({"entry": date(2023, 1, 2), "first_entry": date(2024, 1, 1)}, "first_entry, entry", "correct"),
        ({"first_entry": date(2020, 6, 24)}, "first_entry", "only a later day"),
        ({"moed": "land-port"}, "moed", "did you mean mode?"),
        ({"mode": "tunnel"}, "mode", "use one of: between-ports"),
        ({"stateless": "perhaps"}, "stateless", 'true, false or "unknown"'),
        ({"stateless": 1}, "stateless", 'true, false or "unknown"'),
        ({"entry": "yesterday"}, "entry", "2023-02-20"),
        ({"relative": "an uncle"}, "relative", "[[relative]]"),
        ({"relative": ["an uncle"]}, "relative 1, all", "[[relative]]"),
        ({"relative": [{"relation": "cuosin"}]}, "relative 1, relation", "use one of"),
        ({"Jean Tremblay": True}, "a word", "use:"),
        (
            {"birth_date": date(2000, 1, 1), "under_18": True, "claim": date(2024, 1, 1)},
            "birth_date, under_18", "correct one",
        ),
    ],
)  # fmt: skip
def test_a_fact_that_cannot_be_right_is_named_and_the_answer_is_given_without_it(raw, where, do):
    facts, findings = read_facts(raw, TEXT, today=date(2026, 11, 27))
    assert [f.where for f in findings] == [where]
    assert do in findings[0].do
    assert findings[0].weight == "fault"
    assert not set(where.replace(",", "").split()) & set(facts.known)
    assert consider(TEXT, facts).of("agreement").result == "unknown"


def test_unknown_may_be_written():
    assert read_facts({"stateless": "unknown", "entry": "unknown"}, TEXT)[1] == []


def amend(rule: str) -> bytes:
    return f'[text]\namends = "canada"\n{rule}'.encode()


RULE = """[[rule]]
id = "{id}"
ground = "agreement"
order = {order}
then = "{then}"
paragraph = "x"
in_force_from = 2023-03-25
when = ["{when}"]
title_en = "x"
title_fr = "x"
assumption = "made up"
"""


@pytest.mark.parametrize(
    ("rule", "says"),
    [
        (RULE.format(id="a", order=51, then="does-not-apply", when="mode is land-port"), "contradict"),
        (RULE.format(id="a", order=99, then="does-not-apply", when="mode is land-port"), "contradict"),
        (RULE.format(id="a", order=51, then="does-not-apply", when="us_national"), "contradict"),
        (RULE.format(id="a", order=60, then="perhaps", when="us_national"), "unknown then"),
        (RULE.format(id="a", order=60, then="applies", when="us_citizen"), "does not have"),
        (RULE.format(id="a", order=60, then="applies", when="mode is ferry"), "does not have"),
        (RULE.format(id="a", order=60, then="applies", when="if it rains today"), "that can be read"),
        (RULE.format(id="a", order=60, then="applies", when="claim after 2023-13-40"), "that can be read"),
        (RULE.format(id="a", order=60, then="ask", when="us_national"), "does not say its ask_en"),
        (RULE.format(id="a", order=60, then="applies", when="us_national") + "in_force_to = 2020-01-01\n",
         "before it stands"),
        (RULE.format(id="a", order=60, then="applies", when="us_national").replace(
            'assumption = "made up"\n', ""), "neither a source nor"),
        (RULE.format(id="a", order='"x"', then="applies", when="us_national"), "no order"),
        ("[[rules]]\nid = 1\n", "not a block"),
        ("[[rule]]\norder = 1\n", "has no id"),
        ("[[rule]]\nid = 'a'\nodrer = 1\n", "words it does not know"),
    ],
)  # fmt: skip
def test_a_text_with_a_fault_is_refused_with_a_way_out(rule, says):
    with pytest.raises(InputRefused) as refused:
        read_amended(RAW, amend(rule))
    assert says in refused.value.what
    assert refused.value.do


@pytest.mark.parametrize("other", ["mode is airport", "mode is one of airport, inland"])
def test_rules_that_can_never_both_hold_do_not_contradict(other):
    """Land port and airport in one order: no facts meet both."""
    rule = RULE.format(id="a", order=51, then="does-not-apply", when=other)
    rule += RULE.format(
        id="between-ports-within-14-days", order=49, then="applies", when="stateless"
    )
    rule += RULE.format(id="land-port", order=51, then="applies", when="mode is land-port")
    read_amended(RAW, amend(rule))


def test_what_contradicts_only_on_some_facts_is_said_and_leaves_the_answer_open():
    """Two rules of one order that the reader cannot see apart are caught on the facts themselves."""
    from dataclasses import replace

    [land] = [rule for rule in TEXT.rules if rule.id == "land-port"]
    twin = replace(land, id="twin", then="does-not-apply")
    facts, _ = read_facts(
        {**LAND, **dict.fromkeys(("entry", "claim", "decided"), date(2024, 5, 1))}, TEXT
    )
    assert consider(TEXT, facts).of("agreement").result == "applies"
    said = consider(replace(TEXT, rules=(*TEXT.rules, twin)), facts)
    assert said.of("agreement").result == "unknown"
    assert "contradict each other" in said.findings[0].what


@pytest.mark.parametrize("data", [b"\xff", b"x = [", b"", b"[text]\namends = 'france'\n"])
def test_what_is_no_text_is_refused(data):
    with pytest.raises(InputRefused):
        read_amended(RAW, data)
    with pytest.raises(InputRefused):
        read_text(data)


def test_a_proposal_that_repeals_what_is_not_there_is_refused():
    with pytest.raises(InputRefused, match="repeals"):
        read_amended(RAW, b'[text]\namends = "canada"\nrepeal = ["nothing"]\n')


@pytest.mark.parametrize(
    "case",
    [
        'id = "a"\nexpect = { agreement = "yes" }',
        'id = "a"\nexpect = { accord = "applies" }',
        'id = "a"\nlike = "nobody"\nexpect = { agreement = "unknown" }',
        'id = "a"\nfacts = { moed = "x" }\nexpect = { agreement = "unknown" }',
        'id = "a"\nexpects = 1\nexpect = { agreement = "unknown" }',
        'id = "a"\nexpect = { agreement = "unknown" }\n[[case]]\nid = "a"\nexpect = { agreement = "unknown" }',
    ],
)
def test_a_worked_case_with_a_fault_is_named(case):
    with pytest.raises(InputRefused, match="a"):
        read_cases(f"[[case]]\n{case}\n".encode(), TEXT)


def test_every_condition_of_the_text_is_read_from_its_own_words():
    said = [c.said for rule in TEXT.rules for c in (*rule.when, *rule.relative)]
    assert len(said) > 80
    assert all(parse_condition(words) is not None for words in said)
    assert len(CASES) == len({case.id for case in CASES})
