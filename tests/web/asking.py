"""Asking the pages in this process, as somebody: who comes says so in a header, the way in is not tested here."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from html.parser import HTMLParser
from typing import Any

from starlette.requests import Request
from starlette.testclient import TestClient

from partage.faces.web import way_in
from partage.faces.web.app import create_app
from partage.office.office import Office
from partage.office.permits import Actor


@dataclass(frozen=True)
class Somebody:
    """Who comes, with a token of their own."""

    actor: Actor

    @property
    def name(self) -> str:
        return self.actor.name

    @property
    def role(self) -> str:
        return self.actor.role

    @property
    def scope(self) -> str:
        return self.actor.scope

    @property
    def csrf(self) -> str:
        return sha256(f"{self.actor}".encode()).hexdigest()


def current(request: Request) -> Somebody | None:
    """Whoever the header names."""
    said = request.headers.get("x-who", "")
    return Somebody(Actor.parse(said)) if said else None


class Form(HTMLParser):
    """The forms of a page: address and hidden fields."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.forms: list[tuple[str, dict[str, Any]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        if tag == "form":
            self.forms.append((said.get("action") or "", {}))
        elif tag == "input" and self.forms and said.get("type") == "hidden":
            self.forms[-1][1][said.get("name") or ""] = said.get("value") or ""


class Browser:
    """One person at the pages, without JavaScript: reads, fills in a form that is there, follows."""

    def __init__(self, client: TestClient, who: str) -> None:
        self.client, self.who = client, who
        self.text, self.status, self.at = "", 0, ""

    def get(self, path: str) -> Browser:
        return self._took(self.client.get(path, headers=self._headers()))

    def send(self, action: str, files: Any = None, **fields: Any) -> Browser:
        """Send the form of this page that goes to that address, its hidden fields with it."""
        hidden = next(
            (found for where, found in Form(self.text).forms if where.endswith(action)), None
        )
        assert hidden is not None, f"no form to {action} in {self.at}: {Form(self.text).forms}"
        where = next(w for w, _ in Form(self.text).forms if w.endswith(action))
        return self.post(where, {**hidden, **fields}, files)

    def post(self, path: str, fields: dict[str, Any], files: Any = None) -> Browser:
        return self._took(self.client.post(path, data=fields, files=files, headers=self._headers()))

    def _headers(self) -> dict[str, str]:
        return {"x-who": self.who} if self.who else {}

    def _took(self, answer: Any) -> Browser:
        self.text, self.status = answer.text, answer.status_code
        self.at, self.headers = str(answer.url), answer.headers
        return self

    @property
    def words(self) -> str:
        """The text of the page, without tags."""
        text = re.sub(r"<(style|script).*?</\1>", " ", self.text, flags=re.S)
        return " ".join(re.sub(r"<[^>]+>", " ", text).split())


def asking(open_: Callable[[Actor], Office]) -> TestClient:
    """The pages of that office."""
    return TestClient(create_app(open_, current, way_in.routes()), raise_server_exceptions=False)
