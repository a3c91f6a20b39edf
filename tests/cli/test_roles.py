"""Roles on the command line: who has no row is refused with 5, who sees counts sees no code."""

from __future__ import annotations

import pytest

from everyverb import COMMANDS, without
from offices import arrivals


@pytest.mark.parametrize("command", [name for name, words in COMMANDS.items() if words is not None])
def test_the_command_line_refuses_a_role_without_a_row(terminal, command):
    file = terminal.file(arrivals("a,1"))
    assert terminal("agree", "CA-ON", "--from-pack", who="c:region@CA-ON").code == 0
    words = [
        word.replace("{file}", file).replace("{new}", f"{file}.copy")
        for word in COMMANDS[command] or []
    ]
    for role in (without(command, "") or [])[:3]:
        answer = terminal(command, *words, who=f"x:{role}@CA-ON")
        assert (answer.code, answer.json["error"]["kind"]) == (5, "NotPermitted"), role


def test_the_command_line_shows_counts_only_to_an_analyst(terminal):
    assert terminal("register", terminal.file(arrivals("a,1")), who="anna:intake").code == 0
    later = "2023-03-20T14:00:00Z"
    said = terminal("survey", who="ana:analyst", at=later)
    assert said.code == 0
    assert "H-" not in said.out + said.err
    assert terminal("survey", "--state", "waiting", who="ana:analyst", at=later).code == 5
    assert "H-" in terminal("survey", "--state", "waiting", who="anna:intake", at=later).out
