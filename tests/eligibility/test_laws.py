"""Laws of the three values: a second reader's properties, on facts of every kind."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from eligibility.laws_of_the_border import TEXT, more_and_less, whole_facts
from partage.eligibility import consider, read_facts

KNOWN = ("applies", "does-not-apply")


def results(raw):
    facts, _ = read_facts(raw, TEXT)
    answer = consider(TEXT, facts)
    return {one.ground.id: one.result for one in answer.grounds} | {"any": answer.any_ground}


@settings(max_examples=120, deadline=None)
@given(more_and_less())
def test_more_facts_never_turn_a_known_answer_into_the_other(pair):
    less, more = (results(raw) for raw in pair)
    for ground, result in less.items():
        if result in KNOWN:
            assert more[ground] == result, ground


@settings(max_examples=50, deadline=None)
@given(more_and_less())
def test_an_unknown_answer_asks_for_something_and_a_known_one_for_nothing(pair):
    for raw in pair:
        facts, _ = read_facts(raw, TEXT)
        for one in consider(TEXT, facts).grounds:
            # a question is asked where the answer is not known, and nowhere else: both kinds occur
            assert bool(one.ask) is (one.result == "unknown"), one.ground.id
            for missing in one.ask:
                row = facts.relatives[missing.relative - 1] if missing.relative else facts.known
                assert missing.fact not in row or row[missing.fact] is False, missing


@settings(max_examples=50, deadline=None)
@given(whole_facts(), st.data())
def test_answering_all_that_is_asked_makes_the_answer_known_unless_the_texts_are_silent(raw, data):
    """From nothing but the days: whoever answers each question in turn comes to an answer."""
    stated = {name: raw[name] for name in ("entry", "claim", "decided")}
    stated["relative"] = [{} for _ in raw["relative"]]
    for _ in range(60):
        facts, _ = read_facts(stated, TEXT)
        asks = consider(TEXT, facts).of("agreement").ask
        open_ = [
            m for m in asks
            if m.rule is None and m.fact in (raw["relative"][m.relative - 1] if m.relative else raw)
        ]  # fmt: skip
        if not open_:
            break
        one = data.draw(st.sampled_from(open_))
        if one.relative:
            stated["relative"][one.relative - 1][one.fact] = raw["relative"][one.relative - 1][
                one.fact
            ]
        else:
            stated[one.fact] = raw[one.fact]
    facts, _ = read_facts(stated, TEXT)
    whole, _ = read_facts(raw, TEXT)
    end, full = consider(TEXT, facts).of("agreement"), consider(TEXT, whole).of("agreement")
    if full.result in KNOWN and "under_18" in raw:
        assert end.result == full.result


@settings(max_examples=60, deadline=None)
@given(whole_facts())
def test_the_first_order_that_holds_decides_and_the_rest_is_not_reached(raw):
    facts, _ = read_facts(raw, TEXT)
    for one in consider(TEXT, facts).grounds:
        orders = [step.rule.order for step in one.steps]
        assert all(a <= b for a, b in pairwise(orders))
        held = [step.rule.order for step in one.steps if step.seen == "holds"]
        if held:
            assert set(held) == {held[0]}
            later = [s.seen for s in one.steps if s.rule.order > held[0]]
            assert set(later) <= {"not-reached"}
            assert {"ask"} == {r.then for r in one.by} or {one.result} == {r.then for r in one.by}


@settings(max_examples=60, deadline=None)
@given(whole_facts(), st.randoms(use_true_random=False))
def test_the_order_in_which_rules_and_relatives_are_written_changes_nothing(raw, random):
    rules = list(TEXT.rules)
    random.shuffle(rules)
    facts, _ = read_facts(raw, TEXT)
    rows = list(facts.relatives)
    random.shuffle(rows)
    mixed = consider(replace(TEXT, rules=tuple(rules)), replace(facts, relatives=tuple(rows)))
    assert [g.result for g in mixed.grounds] == [g.result for g in consider(TEXT, facts).grounds]


def test_of_nothing_nothing_is_known():
    assert set(results({}).values()) == {"unknown"}
