"""Reasons in words: complete in both languages, and nothing for the household about points or worth."""

from __future__ import annotations

import pytest

from partage.core.plan import Elsewhere, Reason
from partage.core.steps import STATES
from partage.packs.loader import load_pack
from partage.report import words
from partage.report.household import for_household

PACK = load_pack("canada")
ARGS = {
    "number": 1, "title": "t", "service": "room", "short": "1 room (0)", "persons": 2,
    "priority": "short-ride", "here": 40, "there": 0,
}  # fmt: skip
CODES = (
    "rule", "consent", "unknown", "full", "ramp", "ends", "blocked", "due", "points", "lot", "unsettled",
)  # fmt: skip
FORBIDDEN = ("point", "price", "worth", "prix", "vaut", "valeur", "cost", "coût", "score")


def reason(decided: str = "limit") -> Reason:
    sites = [site.id for site in PACK.sites]
    others = tuple(Elsewhere(sites[n % len(sites)], code, ARGS) for n, code in enumerate(CODES))
    here = {"km": 690, "short-ride": 40, "due": 10, "placed": 9, "together": 2}
    return Reason(here, decided, others[3], others)


ROW = {
    "entry_point": "ca-qc/roxham-road", "synthetic": True, "persons": 2,
    "offer": {"site": PACK.sites[0].id, "until": "2023-02-21T17:30:00.000000Z"},
    "fallback": {"site": PACK.sites[4].id}, "stay": {"site": PACK.sites[1].id},
}  # fmt: skip


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("state", STATES)
def test_the_household_reads_its_state_and_nothing_about_points_or_worth(language, state):
    text = for_household({**ROW, "state": state}, reason(), PACK, language)
    assert not [word for word in FORBIDDEN if word in text.lower()]
    assert ("look at it again" if language == "en" else "reverra") in text
    assert ("synthetic" if language == "en" else "synthétique") in text
    assert ("offered a place" in text or "offre une place" in text) == (state == "offered")
    if state == "offered":
        assert "690 km" in text
        when = (
            "12:30 on Tuesday 21 February 2023"
            if language == "en"
            else "mardi 21 février 2023 à 12 h 30"
        )
        assert when in text  # local, not UTC
        assert ("You may say no" if language == "en" else "Vous pouvez dire non") in text
        assert ("Montreal" if language == "en" else "Montréal") in text
    assert "?" not in text
    assert "{" not in text


@pytest.mark.parametrize(
    ("language", "word"), [("en", "makes an exception"), ("fr", "fait une exception")]
)
def test_a_fallback_where_a_rule_lets_no_place_be_offered_is_explained(language, word):
    montreal = next(site.id for site in PACK.sites if site.region == "CA-QC")
    ontario = next(site.id for site in PACK.sites if site.region == "CA-ON")
    ruled = Reason({"km": 1}, "limit", None, (Elsewhere(montreal, "rule", ARGS),))
    full = Reason({"km": 1}, "limit", None, (Elsewhere(montreal, "full", ARGS),))
    there, here = (
        {**ROW, "state": "offered", "fallback": {"site": s}} for s in (montreal, ontario)
    )
    assert word in for_household(there, ruled, PACK, language)
    assert word not in for_household(here, ruled, PACK, language)
    assert word not in for_household(there, full, PACK, language)


def test_who_was_looked_at_and_not_placed_reads_so_with_the_causes():
    row = {"state": "waiting", "entry_point": "ca-qc/roxham-road", "persons": 1}
    text = for_household(row, reason("none"), PACK, "en")
    assert "no site that may take you had one" in text
    assert "no more people can arrive there on that day" in text
    assert "just as good; a draw decided" in text


def test_a_proposal_is_never_called_an_offer():
    row = {"state": "waiting", "entry_point": "ca-qc/roxham-road", "persons": 1}
    text = for_household(row, reason(), PACK, "en")
    assert "No decision" in text
    assert "Niagara" not in text


def test_each_code_has_a_sentence_in_both_languages_and_avoid_has_none():
    for code in CODES:
        english = words.why_not(Elsewhere("x", code, ARGS), "en")  # type: ignore[arg-type]
        french = words.why_not(Elsewhere("x", code, ARGS), "fr")  # type: ignore[arg-type]
        assert english
        assert french
        assert english != french
    with pytest.raises(KeyError):
        words.why_not(Elsewhere("x", "avoid"), "en")  # type: ignore[arg-type]
    for decided in ("only", "limit", "order", "room", "lot", "none"):
        assert words.decided_by(reason(decided), PACK, "fr")


def test_a_reason_survives_the_vault():
    assert Reason.from_dict(reason().as_dict()) == reason()
