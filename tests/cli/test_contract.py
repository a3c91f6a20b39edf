"""Exit codes, the envelope, help, defaults and clocks, as the contract says."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from offices import arrivals
from partage.faces.cli.main import run

VERBS = (
    "register", "agree", "update", "survey", "propose", "approve", "offer", "answer", "depart",
    "arrive", "count", "verify", "explain", "demo", "compare", "correct", "duplicate", "draw", "due", "parts",
    "certify", "solve", "worth",
)  # fmt: skip


@pytest.mark.parametrize("verb", VERBS)
def test_each_verb_has_help_with_an_example(verb, capsys):
    assert run([verb, "--help"]) == 0
    said = capsys.readouterr().out
    assert f"partage {verb}" in said
    assert "Example: partage " in said


@pytest.mark.parametrize(
    "words",
    [
        ["frob"],
        ["register"],
        ["count", "x"],
        ["count", "x", "many"],
        ["survey", "--frob"],
        ["--frob"],
    ],
)
def test_words_that_are_off_leave_with_64(terminal, words):
    answer = terminal(*words, who="anna:intake")
    assert answer.code == 64
    assert answer.json["error"]["kind"] == "Usage"


def test_the_bare_command_shows_the_help(capsys):
    assert run([]) == 0
    assert "Commands:" in capsys.readouterr().out


def test_every_refusal_has_its_code(office):
    file = office.file(arrivals("a,1"))
    office("register", file, who="anna:intake")
    cases = [
        (2, "InputRefused", ["register", str(office.folder / "none.csv")], "anna:intake"),
        (2, "InputRefused", ["survey", "--day", "someday"], "anna:intake"),
        (2, "InputRefused", ["survey"], ""),
        (2, "InputRefused", ["survey"], "anna:queen"),
        (5, "NotPermitted", ["register", file], "rita:auditor"),
        (6, "NotFound", ["approve", "P-0000000000"], "rosa:approver"),
        (6, "NotFound", ["explain", "H-0000000000"], "anna:intake"),
        (6, "NotFound", ["propose", "--policy", "none"], "paul:placement"),
        (6, "NotFound", ["depart", "ca-on/nowhere/x"], "paul:placement"),
        (6, "NotFound", ["arrive", "R-00000000"], "paul:placement"),
        (7, "WrongState", ["propose", "--policy", "redirect-all", "--day", "2023-02-11"], "paul:placement"),
        (7, "WrongState", ["depart", "ca-on/cornwall/dev-centre"], "paul:placement"),
    ]  # fmt: skip
    for code, kind, words, who in cases:
        answer = office(*words, who=who)
        assert (answer.code, answer.json["error"]["kind"]) == (code, kind), words
    assert office("verify", who="rita:auditor").code == 0


def test_a_tampered_journal_leaves_with_8_and_names_the_entry(office):
    with sqlite3.connect(office.folder / "t.db") as plain:
        plain.execute("UPDATE entries SET actor = 'x' WHERE no = 3")
    plain.close()
    answer = office("verify", who="rita:auditor")
    assert answer.code == 8
    assert "entry 3 is the first bad entry" in answer.json["error"]["what"]


def test_a_locked_journal_is_unavailable_and_loses_nothing(office, monkeypatch):
    monkeypatch.setattr("partage.store.connect.BUSY_SECONDS", 0)
    plain = sqlite3.connect(office.folder / "t.db", isolation_level=None)
    plain.execute("BEGIN IMMEDIATE")
    answer = office("register", office.file(arrivals("a,1")), who="anna:intake")
    plain.execute("ROLLBACK")
    plain.close()
    assert (answer.code, answer.json["error"]["kind"]) == (9, "Unavailable")
    assert office("register", office.file(arrivals("a,1")), who="anna:intake").code == 0


def test_regions_go_by_either_name_and_options_may_stand_after_the_verb(terminal):
    assert terminal("agree", "CA-ON", "--from-pack", who="c:region@CA-ON").code == 0
    assert terminal("agree", "on", "--from-pack", who="c:region@ca-on").code == 0
    db = str(terminal.folder / "t.db")
    assert run(["survey", "--db", db, "--as", "anna:intake", "--at", terminal.at, "--json"]) == 0


def test_the_journal_comes_from_the_environment_or_the_folder(terminal, monkeypatch):
    monkeypatch.chdir(terminal.folder)
    monkeypatch.setenv("PARTAGE_DB", "sqlite:///env.db")
    assert run(["--as", "c:region@CA-ON", "--at", terminal.at, "agree", "ON", "--from-pack"]) == 0
    assert (terminal.folder / "env.db").exists()
    monkeypatch.delenv("PARTAGE_DB")
    assert run(["--as", "c:region@CA-ON", "--at", terminal.at, "agree", "ON", "--from-pack"]) == 0
    assert (terminal.folder / "partage.db").exists()


def test_a_journal_has_one_kind_of_clock(office, tmp_path):
    assert office("survey", who="anna:intake", at="").code == 7
    own = str(tmp_path / "own.db")
    file = office.file(arrivals("a,1"))
    assert office("register", file, who="anna:intake", at="", db=own).code == 0
    refused = office("survey", who="anna:intake", db=own)
    assert refused.code == 7
    assert "system clock" in refused.json["error"]["what"]
    assert office("survey", who="anna:intake", at="2023-02-19T00:00:00Z").code == 0  # only reads
    late = office("register", file, who="anna:intake", at="2023-02-19T00:00:00Z")
    assert late.code == 2


def test_a_refused_first_command_leaves_no_journal(terminal):
    assert terminal("agree", "ca-on/otawa/x", who="m:city@ca-on/otawa").code == 6
    assert terminal("agree", "ZZ", "--from-pack", who="c:region@CA-ZZ").code == 2
    assert terminal("register", str(terminal.folder / "none.csv"), who="anna:intake").code == 2
    assert list(terminal.folder.iterdir()) == []


def test_who_may_not_begin_a_journal_leaves_no_file(terminal):
    assert terminal("verify", who="rita:auditor").code == 6
    assert terminal("register", terminal.file(arrivals("a,1")), who="x:household").code == 5
    assert not (terminal.folder / "t.db").exists()
    (terminal.folder / "t.db").write_bytes(b"")
    assert terminal("verify", who="rita:auditor").code in (6, 8)
    assert (terminal.folder / "t.db").read_bytes() == b"", "looking writes nothing"


@pytest.mark.parametrize("seconds", [0.0, 0.04, 0.06, 0.1])
def test_an_interrupt_leaves_130_and_a_journal_that_verifies(tmp_path: Path, seconds: float):
    out = tmp_path / "out"
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    child = subprocess.Popen(
        [sys.executable, "-m", "partage", "demo", "--out", str(out)],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment,
        # A background job of a shell ignores the interrupt, and so would its children.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )  # fmt: skip
    assert child.stdout is not None
    for line in child.stdout:
        if line.startswith("approve"):
            break
    time.sleep(seconds)
    child.send_signal(signal.SIGINT)
    _, err = child.communicate(timeout=30)
    assert child.returncode == 130
    assert "Traceback" not in err
    assert "nothing is half done" in err
    words = ["--db", str(out / "demo.db"), "--as", "rita:auditor", "--at", "2023-02-21T06:00:00Z"]
    assert run([*words, "verify"]) == 0


def test_odd_numbers_and_words_are_refused_in_a_sentence(office):
    site = "ca-on/cornwall/dev-centre"
    mayor, clerk = "m:city@ca-on/cornwall", f"lea:site@{site}"
    dates = ["--from", "2023-02-20", "--to", "2023-03-01", "--source", "a letter"]
    bad = [
        (["agree", site, "--from", "2023-03-01", "--to", "2023-02-01", "--source", "x"], mayor),
        (["agree", site, *dates, "--service", "room=-1"], mayor),
        (["agree", site, *dates, "--service", "room=99999999999999999999"], mayor),
        (["agree", site, *dates, "--service", "sauna=1"], mayor),
        (["agree", site, *dates, "--service", "room"], mayor),
        (["agree", site, *dates, "--notice", "999999999"], mayor),
        (["agree", site, *dates, "--ramp", "9007199254740993"], mayor),
        (["agree", "ca-on/otawa/x", *dates], mayor),
        (["agree", "ON", *dates, "--service", "room=3"], "c:region@CA-ON"),
        (["agree", "ZZ", "--from-pack"], "c:region@CA-ZZ"),
        (["agree", "MB", "--from-pack"], "c:region@CA-MB"),
        (["update", site, "--blocked", "room=99999", "--why", "fire"], clerk),
        (["update", site, "--blocked", "room=1"], clerk),
        (["count", site, "-3"], clerk),
        (["count", site, "9007199254740993"], clerk),
        (["count", site, "3", "--by", "Marie Tremblay"], clerk),
        (["survey", "--nights", "99999999"], "anna:intake"),
        (["survey", "--day", "0000-00-00"], "anna:intake"),
        (["propose", "--policy", "redirect-all", "--lots", "ON,XX"], "paul:placement"),
        (["offer", "H-0000000000", "--until", "0001-01-01T00:00:00+14:00"], "paul:placement"),
    ]  # fmt: skip
    for words, who in bad:
        assert office(*words, who=who).code in (2, 6, 64), words
    assert office("survey", who="anna:intake", at="0001-01-01T00:00:00+14:00").code == 2
    assert office("survey", who="anna:intake", db=str(office.folder)).code in (2, 6)
    assert office("survey", who="anna:intake", db="x" * 5000).code in (2, 6)
    (office.folder / "text.db").write_text("not a database, but longer than its header " * 5)
    assert office("survey", who="anna:intake", db=str(office.folder / "text.db")).code == 8
    foreign = sqlite3.connect(office.folder / "foreign.db")
    foreign.execute("CREATE TABLE x (y)")
    foreign.close()
    assert office("survey", who="anna:intake", db=str(office.folder / "foreign.db")).code == 2
    assert office("verify", who="rita:auditor").code == 0
