"""The law of the border over the network: the same answer, and nothing is written."""

from __future__ import annotations

from pathlib import Path

FACTS = {"mode": "between-ports", "border": "land", "us_national": False}
URL = "/eligibility"
ROOT = Path(__file__).parents[2]


def body(**more):  # type: ignore[no-untyped-def]
    return {
        "facts": FACTS,
        "entry": "2022-05-01",
        "claim": "2022-05-01",
        "decided": "2022-05-02",
        **more,
    }


def test_facts_go_in_and_what_the_text_says_comes_out(ask):
    answer = ask("POST", URL, body(), who="min:minister")
    assert answer.status_code == 200
    said = answer.json()["data"]["grounds"][0]
    assert said["result"] == "does-not-apply"
    assert "IRPR 159.4(1)(a)" in said["paragraphs"]


def test_a_word_that_is_not_known_is_a_finding_and_a_bad_text_is_refused(ask):
    odd = ask("POST", URL, body(facts={"moed": "x"}), who="min:minister").json()
    assert [f["where"] for f in odd["findings"]] == ["moed"]
    assert ask("POST", URL, body(proposed="x = ["), who="min:minister").status_code == 422


def test_a_proposed_text_may_be_asked(ask):
    proposed = (ROOT / "docs/how-to/proposed.toml").read_text("utf-8")
    late = {"entry": "2024-05-01", "claim": "2024-05-20", "decided": "2024-05-20"}
    answer = ask("POST", URL, body(**late, proposed=proposed), who="min:minister").json()
    now = ask("POST", URL, body(**late), who="min:minister").json()
    assert now["data"]["grounds"][0]["result"] == "does-not-apply"
    assert answer["data"]["grounds"][0]["result"] == "unknown", "exceptions are still to be asked"
