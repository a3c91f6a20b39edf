"""A name typed in any word of any command, a file name or a column: never in output or in the file."""

from __future__ import annotations

from typing import get_args, get_type_hints

import pytest

from canaries import ABOUT_PEOPLE, OPTIONS_IN_WORDS, everything_in, running
from cli.commands import Terminal
from everyverb import COMMANDS
from offices import arrivals
from partage.faces.cli.verbs import app
from partage.office.permits import PERMITS


def options_of(command: str) -> list[str]:
    """The options of a command that take words."""
    callback = next(
        c.callback
        for c in app.registered_commands
        if c.callback and (c.name or c.callback.__name__) == command
    )
    found = []
    for hint in get_type_hints(callback, include_extras=True).values():
        base, *extras = get_args(hint) or (hint,)
        names = [n for e in extras for n in getattr(e, "param_decls", None) or ()]
        if not {int, float, bool} & {base, *get_args(base)}:
            found += [name for name in names if name.startswith("--")]
    return found


@pytest.mark.parametrize("command", [name for name, words in COMMANDS.items() if words is not None])
def test_a_name_in_any_word_of_any_command_goes_nowhere(
    terminal: Terminal, command: str, monkeypatch: pytest.MonkeyPatch
):
    name = "Zqadiallo ZqBARRY"
    monkeypatch.chdir(terminal.folder)  # some words are where a paper goes
    office, ids = running(terminal.folder)
    office.journal.close()
    db = str(terminal.folder / "o.db")
    row = next(r for r in PERMITS if r.verb == command and r.role != "household")
    scope = {"own-region": "CA-ON", "own-city": "ca-on/cornwall"}.get(row.scope, "x")
    file = terminal.file(arrivals("new,1"))
    words = [ids.get(w, w).replace("{file}", file) for w in COMMANDS[command] or []]
    tries = [[*words[:n], name, *words[n + 1 :]] for n in range(len(words))]
    tries += [[*words, option, name] for option in [*options_of(command), "--idem"]]
    for one in tries:
        before = one[one.index(name) - 1] if one.index(name) else ""
        if before in OPTIONS_IN_WORDS and command not in ABOUT_PEOPLE:
            continue
        if (command, before) in {
            ("appoint", ""),
            ("export", "--out"),
            ("letter", "--out"),
            ("archive", "--file"),
            ("backup", ""),
            ("restore", ""),
        }:
            continue  # an officer's name; a file that they name themselves
        answer = terminal(command, *one, who=f"zoe:{row.role}@{scope}", db=db)
        for word in name.split():
            assert word not in answer.out + answer.err, one
    held = everything_in(terminal.folder)
    assert b"Zqadiallo" not in held
    assert b"ZqBARRY" not in held


def test_a_name_as_the_name_of_a_file_or_in_its_columns_goes_nowhere(terminal: Terminal):
    terminal("agree", "CA-ON", "--from-pack", who="c:region@CA-ON")
    for name in ("Zqadiallo ZqBARRY.csv", "Zqadiallo-ZqBARRY.xlsx"):
        for words in (["register", str(terminal.folder / name)],):
            answer = terminal(*words, who="anna:intake")
            assert answer.code == 2
            assert "Zqadiallo" not in answer.out + answer.err
    file = terminal.file(b"Zqadiallo ZqBARRY,x\n1,2\n")
    answer = terminal("register", file, who="anna:intake")
    assert "ZqBARRY" not in answer.out + answer.err
    for column in ("reference", "entered_at", "entry_point", "mode", "age_0_4", "guardian", "hold",
                   "room_need", "mobility", "care", "avoid", "official_language", "linked_to",
                   "interpreter_language", "nationality", "languages", "wishes", "ties", "skills",
                   "synthetic", "referred_on", "age_18_64"):  # fmt: skip
        data = arrivals("new,1", "other,1", **{column: "Zqadiallo ZqBARRY"})
        answer = terminal("register", terminal.file(data), who="anna:intake")
        assert "Zqadiallo" not in answer.out + answer.err, column
        assert "ZqBARRY" not in answer.out + answer.err, column
    held = b"".join(p.read_bytes() for p in terminal.folder.glob("t.db*") if ".key" not in p.name)
    assert b"ZqBARRY" not in held
