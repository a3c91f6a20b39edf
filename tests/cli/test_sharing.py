"""``due``, ``parts``, ``draw`` and ``compare`` as a person at a terminal uses them."""

from __future__ import annotations

import json
from fractions import Fraction

import pytest

from offices import arrivals

EIGHT = {
    "CA-NL": 3066, "CA-PE": 943, "CA-NS": 6131, "CA-NB": 4952, "CA-QC": 51882, "CA-ON": 91972,
    "CA-SK": 7075, "CA-BC": 32544,
}  # fmt: skip
FOUR = ("redirect-all", "practice-2023", "population-2024", "wishes-first")


def test_due_gives_the_eight_published_targets_beside_exact_ones(terminal):
    answer = terminal(
        "due", "population", "--persons", "235825", "--day", "2023-07-01",
        "--rounding", "rounded-alone", "--rounding", "hamilton",
    )  # fmt: skip
    assert answer.code == 0
    printed, exact = answer.json["data"]["keys"][0]["roundings"]
    assert {r: printed["persons"][r] for r in EIGHT} == EIGHT
    assert sum(exact["persons"].values()) == 235_825
    assert printed["rest"] + sum(printed["persons"].values()) == 235_825
    shares = answer.json["data"]["keys"][0]["shares"]
    assert sum(Fraction(share) for share in shares.values()) == 1
    given = {}
    for step in exact["steps"]:
        given[step["region"]] = given.get(step["region"], 0) + step["given"]
    assert given == exact["persons"]
    assert "it does not add up: 236 too many" in answer.err or "too few" in answer.err
    assert "grade A" in answer.err


def test_due_reads_a_set_of_figures_and_parameters(terminal):
    answer = terminal(
        "due", "koenigstein", "--figures", "koenigstein", "--persons", "1000", "--day", "2020-06-01",
        "--rounding", "webster",
    )  # fmt: skip
    assert sum(answer.json["data"]["keys"][0]["roundings"][0]["persons"].values()) == 1000
    weights = terminal(
        "due", "weighted", "--persons", "100", "--day", "2023-02-20", "--regions", "ON,QC",
        "--param", "weights=population:1/3,gdp:2/3",
    )  # fmt: skip
    assert weights.code == 0


@pytest.mark.parametrize(
    ("words", "kind", "says"),
    [
        (["due", "nobody"], "InputRefused", "There is no key named 'nobody'"),
        (["due", "population", "--rounding", "up"], "InputRefused", "no rounding method named 'up'"),
        (["due", "weighted", "--param", "weights=population:1/2,gdp:1/3", "--regions", "ON"],
         "InputRefused", "sum to 5/6, not 1"),
        (["due", "weighted", "--regions", "ON"], "InputRefused", "needs the parameter 'weights'"),
        (["due", "population", "--param", "months=12"], "InputRefused", "takes no parameter 'months'"),
        (["due", "population", "--param", "months"], "InputRefused", "is not a parameter"),
        (["due", "population", "--regions", "ON,on"], "InputRefused", "stands twice"),
        (["due", "population", "--regions", "XX"], "InputRefused", "'XX' is not a region"),
        (["due", "half-population-half-gdp"], "InputRefused", "no gdp figure for CA-NT"),
        (["due", "population", "--figures", "eu-1850"], "NotFound", "no set of figures 'eu-1850'"),
        (["due", "koenigstein", "--figures", "koenigstein", "--param", "year=1999"],
         "InputRefused", "no koenigstein-share figure"),
        (["due", "population", "--persons", "-3"], "InputRefused", "-3 persons"),
        (["due", "population", "--rounding", "quota", "--persons", "99999999999"],
         "InputRefused", "99,999,999,999 are too many"),
        (["due", "history-corrected", "--param", "months=-3"], "InputRefused", "'months' of the key"),
        (["due", "history-corrected", "--param", "months=many"], "InputRefused", "is 'many'"),
        (["due", "weighted", "--param", "weights="], "InputRefused", "'weights' of the key"),
        (["due", "denmark", "--param", "persons=many"], "InputRefused", "is 'many'"),
        (["due", "population-capped", "--param", "capped=QC"], "InputRefused", "figure for QC"),
        (["due", "eu-2015-september", "--param", "cap=3"], "InputRefused", "is '3'"),
        (["parts", "spoons"], "InputRefused", "There is no shelf 'spoons'"),
        (["compare", "redirect-all", "redirect-all"], "InputRefused", "named twice"),
        (["compare", "nothing"], "NotFound", "no policy 'nothing'"),
        (["compare", "redirect-all", "--synthetic", "99999999"], "InputRefused", "cannot arrive"),
        (["compare", "redirect-all", "--synthetic", "0"], "InputRefused", "0 synthetic persons cannot arrive"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_a_sentence(terminal, words, kind, says):
    if words[0] == "due":
        words = [
            *words,
            *([] if "--persons" in words else ["--persons", "10"]),
            "--day",
            "2023-02-20",
        ]
    answer = terminal(*words)
    assert answer.code in (2, 6)
    assert answer.json["error"]["kind"] == kind
    assert says in answer.json["error"]["what"]
    assert answer.json["error"]["do"]


def test_a_negative_population_is_a_sentence(terminal, tmp_path):
    rows = "measure,region,period,value,unit,definition,vintage,source,grade,assumption\n"
    (tmp_path / "f.csv").write_text(rows + "population,X-A,2022,-5,persons,d,v,s,A,\n", "utf-8")
    answer = terminal("due", "population", "--figures", str(tmp_path / "f.csv"), "--persons", "1",
                      "--day", "2023-02-20")  # fmt: skip
    assert "is '-5'" in answer.json["error"]["what"]


def test_parts_lists_every_shelf_with_promise_and_source(terminal):
    from partage import KEYS, MECHANISMS, METHODS, PREDICTORS

    data = terminal("parts").json["data"]
    shelves = {"keys": KEYS, "methods": METHODS, "mechanisms": MECHANISMS, "predictors": PREDICTORS}
    for name, shelf in shelves.items():
        assert [row["name"] for row in data[name]] == list(shelf)
        assert all(row["promise"].endswith((".", ":")) and row["source"] for row in data[name]), (
            name
        )
    assert "quota" in {row["name"] for row in data["methods"] if "house-monotone" in row["laws"]}
    assert [row["name"] for row in terminal("parts", "priorities").json["data"]["priorities"]]


def test_a_public_draw_is_committed_to_first_and_held_once(office):
    first = office("draw", who="paul:placement")
    draw, hash_ = first.json["data"]["draw"], first.json["data"]["committed"]
    assert hash_.startswith("sha256:")
    assert "seed" not in first.json["data"]
    held = office("draw", draw, "--among", "NS,NB,ON", who="rita:auditor")
    assert held.json["data"]["committed"] == hash_
    assert sorted(held.json["data"]["order"]) == ["CA-NB", "CA-NS", "CA-ON"]
    again = office("draw", draw, "--among", "NS,NB", who="rita:auditor")
    assert (again.code, again.json["error"]["kind"]) == (7, "WrongState")
    assert office("draw", "D-0000000000", "--among", "NS,NB", who="rita:auditor").code == 6
    assert office("draw", who="anna:intake").code == 5
    one = office("draw", office("draw", who="paul:placement").json["data"]["draw"], "--among", "NS",
                 who="paul:placement")  # fmt: skip
    assert "two regions or more" in one.json["error"]["what"]
    clean = office("verify", who="rita:auditor")
    assert clean.json["data"]["checked"]["draws"] == 2


def test_a_proposal_names_the_draw_it_was_made_with(office):
    office("register", office.file(arrivals("a,1")), who="anna:intake")
    draw = office("draw", who="paul:placement").json["data"]["draw"]
    words = ["propose", "--policy", "redirect-all", "--day", "2023-02-20", "--lots", draw]
    early = office(*words, who="paul:placement")
    assert (early.code, early.json["error"]["kind"]) == (7, "WrongState")
    assert "not held yet" in early.json["error"]["what"]
    office("draw", draw, "--among", "NS,NB,ON", who="rita:auditor")
    made = office(*words, who="paul:placement")
    assert made.code == 0
    assert made.json["data"]["draw"] == draw
    assert office("verify", who="rita:auditor").code == 0


def test_compare_prints_writes_and_draws_several_policies(terminal):
    out = terminal.folder / "out"
    answer = terminal("compare", *FOUR, "--out", str(out), "--synthetic", "60")
    assert answer.code == 0
    data = answer.json["data"]
    assert data["synthetic"] is True
    assert [p["policy"] for p in data["policies"]] == list(FOUR)
    assert json.loads((out / "compare.json").read_text("utf-8"))["policies"] == data["policies"]
    assert {p["persons"] for p in data["policies"]} == {60}
    for p in data["policies"]:
        assert p["placed"] + p["unplaced"] + p["outside"] == 60
        assert sum(row["placed"] for row in p["regions"]) == p["placed"]
    assert [d["after"] for d in data["differences"]] == list(FOUR[1:])
    for name, lang in (("plan.html", "en"), ("plan.fr.html", "fr")):
        assert f'<html lang="{lang}">' in (out / name).read_text("utf-8")
    assert any("as if in force" in text for text in answer.json["assumptions"])
    assert any("synthetic" in text for text in answer.json["assumptions"])


def test_compare_of_real_arrivals_is_not_called_synthetic(terminal):
    file = terminal.file(arrivals("a,1", "b,2"))
    answer = terminal(
        "compare", "redirect-all", "--arrivals", file, "--out", str(terminal.folder / "o")
    )
    assert answer.code == 0
    assert answer.json["data"]["synthetic"] is False
    assert "synthetic" not in (terminal.folder / "o" / "plan.html").read_text("utf-8")


def test_a_historical_policy_is_compared_and_never_proposed_for_approval(office):
    file = office.file(arrivals("a,1"))
    office("register", file, who="anna:intake")
    plain = office(
        "propose", "--policy", "practice-2023", "--day", "2023-02-20", who="paul:placement"
    )
    assert plain.code == 7
    shown = office("propose", "--policy", "practice-2023", "--day", "2023-02-20", "--as-if",
                   who="paul:placement")  # fmt: skip
    assert shown.code == 0
    refused = office("approve", shown.json["data"]["plan"], who="rosa:approver")
    assert refused.code == 7


def test_the_proxy_audit_is_printed_after_a_plan_with_small_cells_hidden(office):
    file = office.file(arrivals(*(f"r{n},2" for n in range(4))))
    office("register", file, who="anna:intake")
    said = office(
        "propose", "--policy", "redirect-all", "--day", "2023-02-20", who="paul:placement"
    )
    assert "proxy audit: destination by nationality" in said.err
    assert "proxy audit: destination by language" in said.err
