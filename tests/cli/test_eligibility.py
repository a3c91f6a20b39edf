"""``eligibility`` and ``compare --text`` as an officer at a terminal uses them."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FACTS = str(ROOT / "docs/how-to/facts.toml")
PROPOSED = str(ROOT / "docs/how-to/proposed.toml")
DAYS = ["--entry", "2024-05-01", "--claim", "2024-05-05", "--decided", "2024-05-06"]


def test_it_informs_in_both_languages_and_keeps_nothing(terminal):
    said = {}
    for lang in ("en", "fr"):
        answer = terminal("eligibility", FACTS, *DAYS, "--lang", lang)
        assert answer.code == 0
        said[lang] = answer.json["data"]
    english, french = (said[lang]["grounds"] for lang in ("en", "fr"))
    assert [g["result"] for g in english] == [g["result"] for g in french]
    assert [s["seen"] for g in english for s in g["steps"]] == [
        s["seen"] for g in french for s in g["steps"]
    ]
    assert "decides nothing" in said["en"]["informs"]
    assert "Rien n’est décidé" in said["fr"]["informs"]
    assert english[0]["ask"] == [
        {"fact": "permit", "relative": 1, "question": english[0]["ask"][0]["question"]}
    ]
    assert list(terminal.folder.iterdir()) == [], "no journal is opened, nothing is written"


def test_each_rule_is_a_step_with_its_paragraph(terminal):
    answer = terminal(
        "eligibility", FACTS, *DAYS[:2], "--claim", "2024-05-20", "--decided", "2024-05-20"
    )
    [agreement, *_] = answer.json["data"]["grounds"]
    assert agreement["result"] == "does-not-apply"
    assert agreement["paragraphs"] == ["IRPR 159.4(1)(a)"]
    assert {s["seen"] for s in agreement["steps"]} == {"does-not-hold", "holds", "not-reached"}
    assert "holds          IRPR 159.4(1)(a)" in answer.err


def test_what_rests_on_an_unconfirmed_paragraph_says_so(terminal):
    file = terminal.file(Path(FACTS).read_bytes() + b"\n", "f.toml")
    answer = terminal("eligibility", file, "--entry", "2023-03-20", "--claim", "2023-03-30", "--decided",
                      "2023-03-30")  # fmt: skip
    [agreement, *_] = answer.json["data"]["grounds"]
    assert (agreement["result"], agreement["confirmed"]) == ("unknown", False)
    assert any("Does the Protocol reach an entry before" in a["question"] for a in agreement["ask"])
    assert "* unconfirmed" in answer.err


def test_days_that_contradict_are_a_finding_and_the_answer_is_not_wrong(terminal):
    answer = terminal("eligibility", FACTS, "--entry", "2024-05-01", "--claim", "2024-04-01",
                      "--decided", "2024-05-01")  # fmt: skip
    assert answer.code == 0
    assert [f["where"] for f in answer.json["findings"]] == ["entry, claim"]
    assert answer.json["data"]["grounds"][0]["result"] == "unknown"


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["eligibility"], "No facts are stated"),
        (["eligibility", "{facts}", "--lang", "de"], "--lang is en or fr"),
        (["eligibility", "{facts}", "--entry", "then"], "not a day"),
        (["eligibility", "{none}"], "cannot be read"),
        (["eligibility", "{bad}"], "not a readable TOML"),
        (["eligibility", "--compare"], "not said what to compare"),
        (["eligibility", "{facts}", "--text", "{bad}"], "not a readable TOML"),
        (["compare"], "Policies are compared with policies"),
        (
            ["compare", "redirect-all", "--text", "{proposed}"],
            "Policies are compared with policies",
        ),
        (["compare", "--text", "{facts}"], "fault(s)"),
    ],
)
def test_what_is_wrong_is_a_sentence(terminal, words, says):
    files = {
        "facts": FACTS, "proposed": PROPOSED, "none": str(terminal.folder / "none.toml"),
        "bad": terminal.file(b"mode = [", "bad.toml"),
    }  # fmt: skip
    answer = terminal(*(word.format(**files) for word in words))
    assert answer.code == 2
    assert says in answer.json["error"]["what"]


def test_a_pack_without_a_text_is_a_sentence(terminal, tmp_path):
    import shutil

    import partage.packs

    folder = shutil.copytree(Path(partage.packs.__file__).parent / "canada", tmp_path / "p")
    shutil.rmtree(folder / "eligibility")
    answer = terminal("--pack", str(folder), "eligibility", FACTS)
    assert answer.code == 2
    assert "has no eligibility/text.toml" in answer.json["error"]["what"]


def test_a_proposal_is_compared_over_the_worked_cases(terminal):
    one, other = (
        terminal("compare", "--text", PROPOSED),
        terminal("eligibility", "--compare", "--text", PROPOSED),
    )
    assert one.code == other.code == 0
    assert one.json["data"] == other.json["data"]
    assert {"14-days", "15-days"} <= {row["case"] for row in one.json["data"]["changed"]}


def test_the_rules_are_listed_with_their_days(terminal):
    rules = {r["rule"]: r for r in terminal("eligibility", "--rules").json["data"]["rules"]}
    assert rules["between-ports-2004"]["in_force_to"] == "2023-03-24"
    assert rules["between-ports-within-14-days"]["in_force_from"] == "2023-03-25"


def test_the_page_runs_as_written(terminal, monkeypatch):
    monkeypatch.chdir(ROOT)
    page = (ROOT / "docs/how-to/eligibility.md").read_text("utf-8")
    lines = [x for block in re.findall(r"```sh\n(.*?)```", page, re.S) for x in block.splitlines()]
    assert len(lines) == 5
    for line in lines:
        assert terminal(*shlex.split(line)[1:]).code == 0, line
    cases = terminal("compare", "--text", PROPOSED).json["data"]["cases"]
    for name in ("docs/how-to/eligibility.md", "docs/letter.md", "CHANGELOG.md"):
        assert re.search(rf"\b{cases}\s+worked cases", (ROOT / name).read_text("utf-8")), name
