"""Running the command in this process, as the terminal would."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from partage.faces.cli.main import run

AT = "2023-02-20T14:00:00Z"


@dataclass
class Answer:
    """What one invocation said."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> dict[str, Any]:
        """The envelope: the last line of standard output."""
        return json.loads(self.out.strip().splitlines()[-1])


@dataclass
class Terminal:
    """A terminal in a folder, with a training journal."""

    folder: Path
    capture: pytest.CaptureFixture[str]
    at: str = AT

    def __call__(self, *words: str, who: str = "", at: str | None = None, db: str = "") -> Answer:
        front = ["--db", db or str(self.folder / "t.db"), "--json"]
        front += ["--as", who] if who else []
        instant = self.at if at is None else at
        front += ["--at", instant] if instant else []
        self.capture.readouterr()
        code = run([*front, *words])
        said = self.capture.readouterr()
        assert "Traceback" not in said.out + said.err
        answer = Answer(code, said.out, said.err)
        if code != 130:
            check_envelope(answer)
        return answer

    def file(self, data: bytes, name: str = "a.csv") -> str:
        (self.folder / name).write_bytes(data)
        return str(self.folder / name)


def check_envelope(answer: Answer) -> None:
    """The shape of the contract, on every answer and every refusal."""
    said = answer.json
    assert len(answer.out.strip().splitlines()) == 1, "prose goes to standard error beside --json"
    keys = ["partage", "verb", "ok", "data", "findings", "marks", "assumptions"]
    assert list(said)[:7] == keys
    assert said["partage"] == 1
    assert said["ok"] is (answer.code == 0)
    for finding in said["findings"]:
        assert list(finding) == ["where", "what", "do", "weight"]
    if answer.code:
        assert set(said["error"]) == {"kind", "what", "do"}
        assert said["error"]["what"]
        assert said["error"]["do"]
    else:
        assert "error" not in said
