"""Somebody with a browser at the way in: reads a page, fills in its form, follows; keeps cookies."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pyotp
from starlette.testclient import TestClient

from partage.compose import open_office
from partage.faces.web.app import create_app
from partage.faces.web.entry import current
from partage.faces.web.way_in import routes
from partage.office.office import Office
from partage.office.permits import Actor
from partage.office.sessions import Rules
from partage.packs.loader import load_pack

HERE = "http://127.0.0.1:8000"
FIRST = "correct horse battery staple"


class Hands:
    """A clock that tests turn."""

    kind = "stated"

    def __init__(self, at: datetime) -> None:
        self.at = at

    def now(self) -> datetime:
        return self.at

    def on(self, **more: float) -> None:
        self.at += timedelta(**more)


class House:
    """An office with a way in, on a real journal, at a clock of the test's own."""

    def __init__(self, url: str, at: datetime, rules: Rules | None = None) -> None:
        self.url, self.clock, self.pack = url, Hands(at), load_pack("canada")
        self.rules = rules or Rules()
        self.app = create_app(self.open, current, routes())
        self.app.state.rules = self.rules

    def open(self, actor: Actor | str) -> Office:
        office = open_office(self.url, actor, pack=self.pack, at=self.clock.now(), create=False)
        office.clock = self.clock  # type: ignore[assignment]
        return office

    def ask(self, what: Callable[[Office], Any], who: str = "adam:admin") -> Any:
        office = self.open(who)
        try:
            return what(office)
        finally:
            office.journal.close()

    def gives(self, who: str, by: str = "adam:admin") -> str:
        """An account; the code to begin with."""
        return str(self.ask(lambda office: office.add_user(who), by)[1])

    def browser(self, base: str = HERE) -> Browser:
        return Browser(TestClient(self.app, base_url=base, follow_redirects=False))


class Browser:
    """One browser, without JavaScript."""

    def __init__(self, client: TestClient) -> None:
        self.client = client
        self.last: Any = None

    def get(self, path: str, **more: Any) -> Any:
        self.last = self.client.get(path, **more)
        return self.last

    def post(self, path: str, headers: dict[str, str] | None = None, **fields: str) -> Any:
        self.last = self.client.post(path, data=fields, headers=headers or {})
        return self.last

    def send(self, path: str, headers: dict[str, str] | None = None, **fields: str) -> Any:
        """Fill in the form of a page and send it, its hidden token with it."""
        page = self.get(path)
        return self.post(path.partition("?")[0], headers, csrf=self.token(page.text), **fields)

    def token(self, text: str) -> str:
        found = re.search(r'name="csrf" value="([^"]*)"', text)
        return found[1] if found else ""

    @property
    def cookie(self) -> str:
        return self.client.cookies.get("partage", "")

    def begins(self, name: str, code: str, password: str = FIRST) -> Any:
        return self.send("/en/start", name=name, code=code, password=password, again=password)

    def signs_in(self, name: str, password: str = FIRST) -> Any:
        return self.send("/en/sign-in", name=name, password=password)

    def sets_up(self, clock: Hands) -> tuple[pyotp.TOTP, list[str]]:
        """The second factor: the app, and the codes on paper."""
        page = self.get("/en/second-factor")
        secret = re.search(r"<code>([A-Z2-7]{32})</code>", page.text)
        assert secret, page.text
        app = pyotp.TOTP(secret[1])
        told = self.post("/en/second-factor", csrf=self.token(page.text), code=app.at(clock.now()))
        assert told.status_code == 200, told.text
        return app, re.findall(r"<code>([0-9A-Z]{4}(?:-[0-9A-Z]{4}){5})</code>", told.text)
