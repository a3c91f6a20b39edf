"""The page on databases and copies: its commands run as written, on a file and on a real server."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from urllib.parse import urlsplit

import postgres
from partage.faces.cli.main import run

PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "databases.md"


def test_the_commands_of_the_page_run_as_written(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PARTAGE_KEY_FILE", str(tmp_path / "office.key"))
    assert run(["--db", "office.db", "--as", "on:region@CA-ON", "agree", "ON", "--from-pack"]) == 0
    blocks = re.findall(r"```sh\n(.*?)```", PAGE.read_text("utf-8"), re.S)
    commands = [shlex.split(line) for block in blocks for line in block.strip().splitlines()]
    assert len(commands) == 6
    with postgres.database() as one, postgres.database() as two:
        urls = {"/partage": one, "/other": two}
        for program, *words in commands:
            assert program == "partage"
            real = [urls[urlsplit(w).path] if w.startswith("postgresql:") else w for w in words]
            assert run(real) == 0, (words, capsys.readouterr().err)


def test_what_is_said_of_the_server_is_what_is_set():
    from partage.store import postgres as store
    from partage.store import server

    text = " ".join(PAGE.read_text("utf-8").split())
    assert f"Version {server.OLDEST // 10000} or newer" in text
    assert f"({store.WAIT_SECONDS} seconds at most" in text
    assert f"in the schema `{server.SCHEMA}`" in text
    assert server.SETTINGS["synchronous_commit"] == "on"
