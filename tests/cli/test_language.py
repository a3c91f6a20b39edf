"""``--lang fr`` and ``PARTAGE_LANG``: what is shown, found and refused, on every verb alike."""

from __future__ import annotations

import json
import re

import pytest

from offices import arrivals
from partage.faces.cli.main import hoisted

ENGLISH = re.compile(
    r"\b(cases by|households|persons|allocable over|unknown:|rests on|not above|nobody has|"
    r"standing policy|is over|never confirmed|not closed|ask it|count it|capacity of|place approved|"
    r"night of|persons in all|plans overridden|reason|lines proposed|spread over|more findings)\b"
)  # fmt: skip


@pytest.fixture
def taken_in(office):
    for region in ("ON", "QC"):
        office("agree", region, "--from-pack", who=f"c:region@CA-{region}")
    office("register", office.file(arrivals("a,1", "b,2,1", "c,1,2")), who="anna:intake")
    return office


def shown(answer):
    """What a reader sees, without the last line, which is for programmes."""
    return answer.err


@pytest.mark.parametrize(
    "view", [(), ("--state", "waiting"), ("--overrides",), ("--night", "2023-02-20")]
)
def test_the_survey_is_whole_in_both_languages(view, taken_in):
    office = taken_in
    late = "2023-02-21T15:00:00Z"
    office("close", "--day", "2023-02-20", who="pia:placement", at=late)
    english = office("survey", *view, who="anna:intake", at=late)
    french = office("survey", *view, "--lang", "fr", who="anna:intake", at=late)
    assert (english.code, french.code) == (0, 0)
    assert ENGLISH.search(shown(english))
    assert ENGLISH.findall(shown(french)) == []
    assert len(shown(french).splitlines()) == len(shown(english).splitlines())
    if view != ("--overrides",):
        assert french.json["data"] == english.json["data"]


def test_a_refusal_is_in_the_language_of_whoever_reads_it(taken_in, monkeypatch):
    office = taken_in
    said = office("approve", "P-0000000000", "--lang", "fr", who="anna:intake")
    assert said.code == 5
    assert said.json["error"] == {
        "kind": "NotPermitted",
        "what": "Le rôle « intake » ne peut pas faire ceci\u00a0: approve.".replace(
            "« ", "«\u00a0"
        ).replace(" »", "\u00a0»"),
        "do": "Cela revient à\u00a0: approver.",
    }
    assert said.err.startswith("Cela ne vous appartient pas\u00a0: Le rôle")
    monkeypatch.setenv("PARTAGE_LANG", "fr")
    assert office("approve", "P-0000000000", who="anna:intake").json["error"] == said.json["error"]
    unknown = office("survey", "--nonsense", who="anna:intake")
    assert (unknown.code, unknown.json["error"]["do"]) == (
        64,
        "Voyez «\u00a0partage survey --help\u00a0».",
    )
    other = office("survey", "--lang", "de", who="anna:intake")
    assert (other.code, other.json["error"]["what"]) == (2, "--lang is en or fr.")


def test_a_list_of_faults_is_in_french_to_its_end(taken_in):
    office = taken_in
    file = office.file(arrivals("x,1", "y,1", "z,1", "u,1", mode="walking"))
    said = office("register", file, "--lang", "fr", who="anna:intake")
    assert said.code == 2
    assert "column" not in said.json["error"]["what"]
    assert "de plus" in said.json["error"]["what"]


def test_a_name_typed_where_a_verb_stands_goes_nowhere(office):
    said = office("Zahra", "Qudsi", who="anna:intake")
    assert said.code == 64
    assert "Zahra" not in said.err + json.dumps(said.json)


def test_who_names_no_place_is_told_to_name_their_own(taken_in):
    clerk = "lea:site@ca-on/ottawa/ircc-hotels"
    said = taken_in("survey", who=clerk).json["error"]
    assert "this is for all" in said["what"]
    assert "--site" in said["do"]


def test_what_a_file_of_arrivals_has_wrong_is_said_in_french_with_its_row_and_column(taken_in):
    office = taken_in
    file = office.file(arrivals("d,x", "e,1"), "wrong.csv")
    said = office("register", file, "--preview", "--lang", "fr", who="anna:intake")
    texts = {(f["where"], f["what"], f["weight"]) for f in said.json["findings"]}
    assert ("ligne 2, colonne age_18_64", "n’est pas un nombre de personnes", "fault") in texts
    file = office.file(arrivals("f,1", mode="by-foot"), "none.csv")
    none = office("register", file, "--lang", "fr", who="anna:intake")
    assert none.json["error"]["what"].endswith("ligne 2, colonne mode n’est pas un code connu.")


def test_the_language_of_an_answer_and_of_an_offer_is_that_of_the_household():
    words = ["--as", "a:intake", "answer", "H-1", "accept", "--lang", "ht"]
    assert hoisted(words) == words
    assert hoisted(["survey", "--lang", "fr"]) == ["--lang", "fr", "survey"]
    assert hoisted(["--lang", "fr", "offer", "H-1"]) == ["--lang", "fr", "offer", "H-1"]


def test_an_export_is_read_by_a_person_and_lies_beside_what_programmes_read(taken_in):
    office = taken_in
    case = office("survey", "--state", "waiting", who="anna:intake").json["data"][0]["case"]
    who = f"them:household@{case}"
    shown = office("export", case, "--lang", "fr", who=who)
    assert "Tout ce que ce bureau a sur votre ménage" in shown.err
    assert shown.json["data"]["known"]["case"]
    path = office.folder / "mine.json"
    done = office("export", case, "--out", str(path), who=who)
    assert done.json["data"]["files"] == [str(path), str(path.with_suffix(".txt"))]
    assert path.with_suffix(".txt").read_text("utf-8").startswith("All that this office has")
    assert json.loads(path.read_text("utf-8"))["case"] == case
    for file in (path, path.with_suffix(".txt")):
        assert file.stat().st_mode & 0o777 == 0o600
    path.unlink()
    again = office("export", case, "--out", str(path), who=who)  # the other is there
    assert (again.code, path.exists()) == (2, False)


def test_a_draw_says_how_it_is_held_and_a_key_that_was_used_says_what_stands(taken_in):
    office = taken_in
    said = office("draw", who="rita:auditor")
    assert f"'partage draw {said.json['data']['draw']} --among CA-NS,CA-NB'" in said.err
    first = office("propose", "--policy", "redirect-all", "--idem", "k", who="pia:placement")
    again = office("propose", "--policy", "redirect-all", "--idem", "k", who="pia:placement")
    assert "This key was used before: nothing new was planned." in again.err
    assert first.json["data"]["plan"] in again.err


def test_an_act_is_confirmed_in_the_language_of_whoever_did_it(office):
    file = office.file(arrivals("a,1", "b,2,1"))
    assert "Registered 2 household(s)" in office("register", file, who="anna:intake").err
    again = office("register", file, "--lang", "fr", who="anna:intake").err
    assert again.startswith("Inscrits\u00a0: 2 ménage(s), 4 personne(s) (quand ce fichier")
