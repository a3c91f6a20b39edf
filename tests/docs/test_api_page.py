"""The page on the API runs as written against a real server; its reference is printed from the code."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Any

import httpx2

from api.serving import Server
from partage.faces.api import reference

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "how-to" / "api.md").read_text(encoding="utf-8")
EXPECTED = [200, 200, 200, 200, 200, 200, 403]


def asked(words: list[str]) -> httpx2.Response:
    """What ``curl`` would send."""
    assert words[:2] == ["curl", "-sS"]
    url, *rest = words[2:]
    headers: dict[str, str] = {}
    body: bytes | None = None
    for option, value in zip(rest[::2], rest[1::2], strict=True):
        if option == "-H":
            name, _, text = value.partition(": ")
            headers[name] = text
        elif option == "-d":
            body = value.encode()
        else:
            assert option == "--data-binary"
            body = (ROOT / value.removeprefix("@")).read_bytes()
    method = "GET" if body is None else "POST"
    return httpx2.request(method, url, headers=headers, content=body, timeout=120)


def test_the_page_runs_as_written(tmp_path: Path):
    lines = [
        line for block in re.findall(r"```sh\n(.*?)```", PAGE, re.S) for line in block.splitlines()
    ]
    assert lines.pop(0) == "partage serve --demo"
    server = Server("--db", f"sqlite:///{tmp_path / 'demo.db'}", at="", demo=True)
    try:
        names = {"AT": server.address}
        for line in server.lines:
            if len(words := line.split()) == 3:
                names[words[0].upper()] = words[1]
        answers: list[Any] = []
        for line in lines:
            filled = re.sub(r"\$([A-Z]+)", lambda m: names[m[1]], line)
            filled = re.sub(r"\bPLAN\b", lambda m: names.get("PLAN", m[0]), filled)
            answers.append(asked(shlex.split(filled)))
            said = answers[-1].json()
            if said.get("verb") == "propose":
                names["PLAN"] = said["data"]["plan"]
                assert answers[-1].headers["etag"] == '"1"'
        assert [answer.status_code for answer in answers] == EXPECTED, answers[-1].text
        first, again = answers[2].json()["data"], answers[3].json()["data"]
        assert again["registered"] == first["registered"]
        assert answers[-1].json()["title"] == "Cela ne vous appartient pas"
    finally:
        server.stop()


def test_the_reference_of_the_api_is_printed_from_it():
    page = ROOT / "docs" / "reference" / "api.md"
    assert page.read_text(encoding="utf-8") == reference.as_markdown()
