"""A policy drafted on a page: a form as rich as the file, its faults all at once, sentences, difference, effect."""

from __future__ import annotations

import tomllib
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from partage.faces.pages.policy_fields import fields_of
from partage.faces.pages.policy_form import read_form
from partage.packs.policies import parse_policy
from partage.report.policy_words import sentences
from partage.report.toml import as_toml
from web.asking import Browser
from web.conftest import PACK

GOOD = {
    "id": "quebec-half", "version": "1.0.0", "kind": "proposal", "blind": "yes",
    "in_force_from": "2023-02-21", "assumption": "Adopted by the round table of 20 February 2023.",
    "source": "Minutes of 20 February 2023", "nights": "14", "mechanism": "optimum",
    "rule-1-never": "CA-QC", "rule-1-mode": "between-ports", "rule-1-except": "declined-offer",
    "key": "weighted", "key-regions": "consenting", "key-rounding": "hamilton", "key-carry": "yes",
    "key-weights": "population = 1/2\ngdp = 1/2", "priority-1-id": "roof", "priority-2-id": "due",
    "priority-3-id": "short-ride", "priority-3-points": "under_300_km = 40",
}  # fmt: skip


@pytest.fixture
def pia(still):
    return Browser(still, "pia:placement").get("/en/policies/draft")


def nothing(_: bytes) -> None:
    """A check that finds nothing."""


@pytest.mark.parametrize("policy", sorted(PACK.policies))
def test_every_policy_of_the_pack_goes_through_the_form_and_comes_out_the_same(policy):
    text = PACK.policies[policy].text.replace('version = "1.', 'version = "9.')
    data, faults = read_form(fields_of(text), PACK, nothing)
    assert faults == []
    again, first = (parse_policy(one.encode(), "p") for one in (as_toml(data), text))
    assert again.version.startswith("9.")
    assert replace(again, mark="") == replace(first, mark="")  # a word alone became a list of one
    assert (
        _plain(data)["horizon"] == tomllib.loads(text)["horizon"]
    )  # the sources of single numbers too


@given(st.text(max_size=40), st.text(max_size=40))
@settings(max_examples=25, deadline=None)
def test_whatever_is_typed_comes_back_from_the_file_as_it_was(title, trigger):
    form = {name: [value] for name, value in GOOD.items()} | {
        "source": [f"a{title}"], "trigger": [trigger]
    }  # fmt: skip
    data, faults = read_form(form, PACK, nothing)
    assert faults == []
    assert tomllib.loads(as_toml(data)) == {k: v for k, v in _plain(data).items() if v}


def _plain(value):
    if isinstance(value, dict):
        return {k: _plain(v) for k, v in value.items() if v not in ("", None, [], {})}
    return [_plain(one) for one in value] if isinstance(value, list) else value


def test_a_draft_is_shown_in_sentences_as_a_file_and_beside_the_standing_policy(pia):
    pia.send("/policies/drafted", **GOOD, do="see")
    assert pia.status == 200, pia.words
    assert "Draft: quebec-half 1.0.0" in pia.words
    assert "Rule 1: households who entered between ports of entry are never placed in: Quebec" in pia.words  # fmt: skip
    assert "except: those who declined an offer" in pia.words
    assert "by the key &#39;weighted&#39; (weights = population 1/2, gdp 1/2)" in pia.text
    assert "A place must be free for 14 night(s)." in pia.words
    assert "Then: short rides (points a person: 40 under 300 km)" in pia.words
    assert "Adopted by the round table" in pia.words
    hidden = pia.text.partition('name="toml" value="')[2]
    assert "[[rule]]" in hidden
    assert "<ins>weighted</ins>" in pia.text
    assert "<del>population</del>" in pia.text
    french = pia.get("/fr/policies/draft").send("/policies/drafted", **GOOD, do="see")
    assert "les ménages entrés entre les postes frontaliers ne sont jamais placés" in french.words
    assert "D&#39;abord : un toit" in french.text or "D’abord : un toit" in french.text


def test_every_fault_is_told_at_once_beside_its_field_and_what_was_typed_stays(pia):
    bad = GOOD | {
        "id": "Not A Name", "version": "", "in_force_from": "2023-13-01", "source": "",
        "nights": "400", "hair": "many", "key-rounding": "adams", "key-weights": "population = 1/3",
        "key-more": "= what", "rule-1-never": "", "rule-1-url": "not an address",
        "priority-2-id": "roof", "priority-3-points": "near = 3", "trigger-1-percent": "120",
    }  # fmt: skip
    pia.send("/policies/drafted", **bad, do="see")
    assert pia.status == 422
    for field in (
        "id", "version", "in_force_from", "source", "nights", "hair", "key-carry", "key-weights",
        "key-more", "rule-1-never", "rule-1-source", "rule-1-url", "priority-2-id",
        "priority-3-points", "trigger-1-region", "trigger-1-service", "trigger-1-days",
    ):  # fmt: skip
        assert f'href="#f-{field}"' in pia.text, field  # above the form, a link to the field
        assert f'id="e-{field}"' in pia.text, field  # and beside it
        assert f'id="f-{field}"' in pia.text, field
    assert "things to correct" in pia.words
    assert 'value="Not A Name"' in pia.text
    assert "near = 3" in pia.text
    french = pia.get("/fr/policies/draft").send("/policies/drafted", **bad, do="see")
    assert "Ensemble ils font 1/3" in french.words


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"assumption": ""}, "assumption"),
        ({"in_force_to": "2023-02-20"}, "in_force_to"),
        ({"in_force_from": "", "in_force_to": "2023-03-20"}, "in_force_from"),
        ({"priority-1-id": "wish"}, "priority-1-id"),
        ({"key": ""}, "priority-2-id"),
        ({"key": "koenigstein", "key-more": "colour = 1"}, "key"),
        ({"id": "redirect-all", "version": PACK.policies["redirect-all"].version}, "version"),
        ({"priority-1-points": "under_300_km = 4"}, "priority-1-points"),
        ({"rule-1-never": "CA-XX"}, "rule-1-never"),
        ({"mechanism": "magic"}, "mechanism"),
    ],
)
def test_what_does_not_fit_together_is_told_at_its_field(more, field, pia):
    pia.send("/policies/drafted", **(GOOD | more), do="see")
    assert pia.status == 422
    assert f'id="e-{field}"' in pia.text


def test_rules_that_leave_nobody_a_province_are_refused_as_a_whole(pia):
    every = [str(region.id) for region in PACK.regions]
    pia.send("/policies/drafted", **(GOOD | {"rule-1-never": every}), do="see")
    assert pia.status == 422
    assert "contradict each other" in pia.words


def test_one_more_rule_judges_nothing_and_a_policy_of_the_pack_fills_the_form(pia):
    pia.send("/policies/drafted", id="", do="rule", **{"rule-1-never": "CA-QC"})
    assert pia.status == 200
    assert 'name="rule-2-never"' in pia.text
    assert 'value="CA-QC" checked' in pia.text
    pia.get("/en/policies/draft?from=quebec-share")
    assert 'value="quebec-share"' in pia.text
    assert 'name="trigger-1-percent" value="100"' in pia.text
    assert pia.get("/en/policies/draft?from=none-such").status == 404


def test_what_no_field_says_is_given_as_text_and_comes_into_the_form(pia):
    text = PACK.policies["redirect-all"].text
    pia.send("/policies/drafted/text", toml=text, do="see")
    assert "Draft: redirect-all" in pia.words
    assert "in force today (no policy stands) They say the same." in pia.words
    pia.send("/policies/drafted/text", do="form")
    assert 'value="redirect-all"' in pia.text
    pia.get("/fr/policies/draft").send("/policies/drafted/text", toml="[policy", do="see")
    assert pia.status == 422
    assert 'id="e-toml"' in pia.text
    assert "[policy</textarea>" in pia.text


def test_a_draft_is_saved_as_a_file_and_its_effect_is_seen_before_anybody_adopts_it(browse):
    pia = browse("pia:placement").get("/en/policies/draft")
    pia.send("/policies/drafted", **GOOD, do="see")
    shown = pia.text
    pia.send("/policies/drafted/file")
    assert parse_policy(pia.text.encode(), "saved").id == "quebec-half"
    assert 'filename="quebec-half.toml"' in pia.headers["content-disposition"]
    pia.text = shown
    pia.send("/policies/preview", against="redirect-all")
    assert pia.status == 200, pia.words
    assert "quebec-half" in pia.words
    assert browse("mia:region@CA-ON").get("/en/policies/draft").status == 403


def test_every_policy_has_sentences_in_both_languages(still):
    for policy in PACK.policies.values():
        english, french = (
            [one for one, _ in sentences(policy, PACK, lang, str)] for lang in ("en", "fr")
        )
        assert len(english) == len(french)
        assert not set(english) & set(french) - {english[0]}
    look = Browser(still, "rita:auditor").get("/fr/policy/quebec-share")
    assert "Ce qui revient est aussi le maximum pour : Québec" in look.words
