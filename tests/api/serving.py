"""A real server process on loopback, and people who come to it with their accesses."""

from __future__ import annotations

import itertools
import os
import queue
import re
import signal
import subprocess
import sys
import threading
from datetime import date, datetime
from typing import Any

import httpx2

from offices import AT
from partage.compose import open_office
from partage.office.gate import Gate
from partage.office.permits import Actor
from partage.office.sessions import IN, key_of_user

INSTANT = AT.strftime("%Y-%m-%dT%H:%M:%SZ")
WAIT = 120


class Server:
    """``partage serve`` in a process of its own; its lines are read as they come."""

    def __init__(
        self, *words: str, at: str = INSTANT, demo: bool = False, more: dict[str, str] | None = None
    ) -> None:
        front = ["--at", at] if at else []
        clean = {k: v for k, v in os.environ.items() if not k.startswith("PARTAGE_")}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "partage", *front, *words, "serve", "--port", "0",
             *(["--demo"] if demo else [])],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8",
            env={**clean, "PYTHONUNBUFFERED": "1", **(more or {})},
        )  # fmt: skip
        self.lines: list[str] = []
        self._come: queue.Queue[str] = queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()
        self.address = self._address()

    def _read(self) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            self._come.put(line)
        self._come.put("")

    def _address(self) -> str:
        while True:
            line = self._come.get(timeout=WAIT)
            if not line:
                raise AssertionError(
                    f"{self.lines} {self.process.stderr and self.process.stderr.read()}"
                )
            self.lines.append(line.rstrip())
            found = re.match(r"Partage is at (\S+)", line)
            if found:
                return found[1]

    def stop(self, how: signal.Signals = signal.SIGTERM) -> tuple[int, str]:
        """The exit code and what it said on standard error."""
        self.process.send_signal(how)
        code = self.process.wait(WAIT)
        while line := self._come.get(timeout=WAIT):
            self.lines.append(line.rstrip())
        assert self.process.stderr
        with self.process.stderr as said:
            text = said.read()
        assert self.process.stdout
        self.process.stdout.close()
        return code, text


class Person:
    """Somebody with an access, asking one server; a connection per request, as a stranger would."""

    def __init__(self, address: str, secret: str) -> None:
        self.address = f"{address}/v1"
        self.headers = {"Authorization": f"Bearer {secret}"}
        self._keys = itertools.count(1)

    def _ask(self, method: str, path: str, headers: dict[str, str], **kind: Any) -> Any:
        answer = httpx2.request(
            method, self.address + path, headers={**self.headers, **headers}, timeout=WAIT, **kind
        )
        assert answer.status_code == 200, answer.text
        return answer.json()["data"]

    def get(self, path: str) -> Any:
        return self._ask("GET", path, {})

    def post(self, path: str, body: Any = None, *, data: bytes = b"", key: str = "") -> Any:
        kind: dict[str, Any] = {"content": data} if data else {"json": body or {}}
        return self._ask("POST", path, {"Idempotency-Key": key or f"k{next(self._keys)}"}, **kind)

    def gives(self, who: str) -> Person:
        """Somebody else, with an access that this administrator gives."""
        name, _, rest = who.partition(":")
        role, _, scope = rest.partition("@")
        body = {"name": name, "role": role, "scope": scope, "until": "2023-03-01"}
        return Person(self.address.removesuffix("/v1"), self.post("/token", body)["secret"])


def give(url: str, *who: str) -> dict[str, str]:
    """Accesses, given on the machine itself."""
    office = open_office(url, "adam:admin", at=AT)
    secrets = {one: office.grant_token(one, date(2023, 3, 1))[1] for one in who}
    office.journal.close()
    return secrets


def sign_in(url: str, who: str, at: datetime = AT) -> str:
    """The cookie of somebody who has signed in; they get an account if they have none."""
    office = open_office(url, "adam:admin", at=at)
    office.add_user(who)
    gate = Gate(office.journal, office.clock)
    user = key_of_user(Actor.parse(who).name)
    cookie = gate.begin(user, stage=IN, by="tests", lang="en", more={})
    office.journal.close()
    return cookie
