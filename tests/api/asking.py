"""Asking the API in this process, as somebody."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any

from fastapi import FastAPI, Request
from fastapi.testclient import TestClient

from partage.office.office import Office
from partage.office.permits import Actor

PROBLEM = {"type", "title", "status", "detail", "do", "kind"}
ENVELOPE = ["partage", "verb", "ok", "data", "findings", "marks", "assumptions"]


class Asking:
    """``ask("POST", "/approve/P-…", {...}, who="rosa:approver")``; checks the shape of every answer."""

    def __init__(self, app: FastAPI, open_: Callable[[Actor], Office]) -> None:
        self.app, self.open = app, open_
        self.client = TestClient(app)
        self._keys = itertools.count(1)

    @staticmethod
    def who(request: Request) -> Actor | None:
        said = request.headers.get("x-who", "")
        return Actor.parse(said) if said else None

    def entries(self) -> list[Any]:
        """Every entry of the record, read beside the API."""
        journal = self.open(Actor.parse("rita:auditor")).journal
        try:
            return list(journal.read())
        finally:
            journal.close()

    def __enter__(self) -> Asking:
        self.client.__enter__()
        return self

    def __exit__(self, *error: Any) -> None:
        self.client.__exit__(*error)

    def __call__(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        who: str = "",
        key: str = "",
        match: str = "",
        data: Any = None,
        headers: dict[str, str] | None = None,
    ) -> Any:
        more = {"x-who": who} if who else {}
        if method == "POST":
            more["Idempotency-Key"] = key or f"k{next(self._keys)}"
        if match:
            more["If-Match"] = match
        kind = {"json": body} if body is not None else {"content": data}
        answer = self.client.request(
            method, path if path.startswith("/v1") else f"/v1{path}",
            headers={**more, **(headers or {})}, **kind,
        )  # fmt: skip
        check(answer)
        return answer


def check(answer: Any) -> None:
    """The shape of the contract, on every answer and every refusal."""
    assert answer.headers["cache-control"] == "no-store"
    if answer.status_code >= 400:
        assert answer.headers["content-type"] == "application/problem+json"
        said = answer.json()
        assert set(said) >= PROBLEM
        assert said["status"] == answer.status_code
        assert all(said[name] for name in PROBLEM)
    elif answer.headers["content-type"] == "application/json":
        said = answer.json()
        assert list(said)[:7] == ENVELOPE
        assert said["ok"] or said["error"]["what"]
