"""Taking people in at a terminal: templates, a look before writing, and files that are too large."""

from __future__ import annotations

import json

import pytest

from offices import arrivals


@pytest.mark.parametrize("name", ["t.csv", "t.xlsx", "t.json"])
def test_a_template_is_written_once_and_read_back(terminal, name):
    path = terminal.folder / name
    made = terminal("register", "--template", str(path))
    assert made.code == 0
    assert path.stat().st_size > 100
    again = terminal("register", "--template", str(path))
    assert again.code == 2
    assert "is there already" in again.json["error"]["what"]
    if name == "t.json":
        assert json.loads(path.read_text("utf-8"))["type"] == "array"


def test_a_template_of_another_kind_is_a_sentence(terminal):
    answer = terminal("register", "--template", str(terminal.folder / "t.ods"))
    assert "no template '.ods'" in answer.json["error"]["what"]
    assert ".xlsx" in answer.json["error"]["do"]


def test_a_preview_says_what_would_happen_and_writes_nothing(office):
    file = office.file(arrivals("a,1", "b,2,3", "c,none"))
    before = office("verify", who="rita:auditor").json["data"]
    seen = office("register", file, "--preview", who="anna:intake")
    assert seen.code == 0
    assert (seen.json["data"]["households"], seen.json["data"]["persons"]) == (2, 6)
    assert seen.json["data"]["rows_with_faults"] == 1
    assert "Would register 2 household(s)" in seen.err
    assert office("verify", who="rita:auditor").json["data"] == before
    done = office("register", file, who="anna:intake")
    assert done.json["data"]["households"] == 2
    assert done.json["findings"] == seen.json["findings"]
    later = office("register", file, "--preview", who="anna:intake")
    assert (later.json["data"]["households"], later.json["data"]["already"]) == (0, 2)
    assert office("register", file, "--preview", who="rita:auditor").code == 5


def test_a_file_over_50_mb_is_refused_before_it_is_read(office):
    path = office.folder / "large.csv"
    with path.open("wb") as file:
        file.truncate(51_000_000)
    answer = office("register", str(path), who="anna:intake")
    assert answer.code == 2
    assert "larger than 50 MB" in answer.json["error"]["what"]


def test_a_file_without_an_end_is_refused(office):
    answer = office("register", "/dev/zero", who="anna:intake")
    assert (answer.code, "larger than 50 MB" in answer.json["error"]["what"]) == (2, True)
    assert office("register", str(office.folder), who="anna:intake").code == 2


def test_a_correction_at_a_terminal(office):
    made = office("register", office.file(arrivals("a,1")), who="anna:intake")
    (case,) = made.json["data"]["registered"]
    done = office("correct", case, "--set", "age_18_64=2", "--why", "mistake", who="anna:intake")
    assert done.code == 0
    assert done.json["data"]["changed"] == ["ages"]
    twice = office("correct", case, "--set", "mode=airport", "--set", "mode=inland", "--why", "mistake",
                   who="anna:intake")  # fmt: skip
    assert twice.code == 2
    none = office("correct", case, "--set", "mode", "--why", "mistake", who="anna:intake")
    assert "not one change" in none.json["error"]["what"]
    unsaid = office("correct", case, "--why", "mistake", who="anna:intake")
    assert (unsaid.code, "interpreter_language" in unsaid.json["error"]["do"]) == (2, True)
    assert office("verify", who="rita:auditor").code == 0


def test_two_that_look_alike_at_a_terminal(office):
    one = office("register", office.file(arrivals("A-1,1")), who="anna:intake")
    two = office("register", office.file(arrivals("a 1,1")), who="anna:intake")
    cases = [answer.json["data"]["registered"][0] for answer in (one, two)]
    assert any("looks like" in f["what"] for f in two.json["findings"])
    seen = office("duplicate", *cases, who="anna:intake")
    assert "both are served meanwhile" in seen.err
    assert seen.json["data"]["differ"] == ["reference"]
    assert office("duplicate", *cases, "--answer", "same", who="anna:intake").code == 0
    assert office("duplicate", *cases, "--answer", "perhaps", who="anna:intake").code == 2
    assert office("verify", who="rita:auditor").code == 0


def test_a_busload_at_a_terminal(office):
    counted = office("register", "--headcount", "5", who="anna:intake")
    group = counted.json["data"]["group"]
    file = office.file(arrivals("a,2,1"))
    assert (
        office("register", file, "--group", group, who="anna:intake").json["data"]["left_in_group"]
        == 2
    )
    closed = office("register", "--group", group, "--close", who="anna:intake")
    assert closed.json["data"]["never_described"] == 2
    assert closed.json["findings"][0]["weight"] == "fault"
    wrong = office("register", file, "--headcount", "3", who="anna:intake")
    assert (wrong.code, "no file" in wrong.json["error"]["what"]) == (2, True)
    bare = office("register", who="anna:intake")
    assert (bare.code, "Name a file" in bare.json["error"]["what"]) == (64, True)
