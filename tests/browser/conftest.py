"""A real Chromium at the pages, on a real server on loopback; who comes says so in a header."""

from __future__ import annotations

import os
import shutil
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from partage.casework.board import Vehicle
from partage.compose import open_office
from partage.faces.cli.demo_office import demo_office
from partage.faces.web import entry, way_in
from partage.faces.web.app import create_app
from partage.faces.web.screens import plans
from partage.office.office import Office
from partage.office.permits import Actor
from web.asking import current
from web.conftest import NOW, PACK, opener

NAMES = ("chromium", "chromium-browser", "google-chrome")
MISSING = "Chromium is missing. 'make test' installs Debian's as root: apt-get install chromium"


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The system's Chromium; Playwright's own is never asked for."""
    path = next(filter(None, map(shutil.which, NAMES)), None)
    assert path, MISSING
    with sync_playwright() as playwright:
        sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
        made = playwright.chromium.launch(executable_path=path, args=sandbox)
        yield made
        made.close()


@pytest.fixture(scope="session", autouse=True)
def patient() -> Iterator[None]:
    """A plan is waited for, but in the test that watches one being made."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(plans, "SHORT", 300.0)
        yield


@pytest.fixture(scope="session")
def journal(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo's Monday, for every walk of this session."""
    folder = tmp_path_factory.mktemp("browser")
    demo_office(f"sqlite:///{folder / 'demo.db'}", None)
    (folder / "untouched").mkdir()
    for file in folder.glob("demo.db*"):
        shutil.copy(file, folder / "untouched" / file.name)
    return folder


@contextmanager
def serving(app: Any) -> Iterator[str]:
    """A server on loopback, in a thread of this process: its address."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        config = uvicorn.Config(app, log_config=None, lifespan="off")
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        server.should_exit = True
        thread.join(20)


def pages_of(open_: Callable[[Actor | str], Office]) -> Any:
    """The pages of an office; who comes says so in a header, or comes by a letter."""
    return create_app(open_, lambda asked: current(asked) or entry.current(asked), way_in.routes())


@pytest.fixture(scope="session")
def address(journal: Path) -> Iterator[str]:
    """The demo's Monday, served."""
    with serving(pages_of(opener(journal))) as there:
        yield there


@dataclass
class House:
    """An office on a file of its own, with a clock that a test moves."""

    folder: Path
    address: str = ""
    now: datetime = NOW
    app: Any = None

    def office(self, who: Actor | str) -> Office:
        url = f"sqlite:///{self.folder / 'demo.db'}"
        return open_office(url, who, pack=PACK, at=self.now, create=False)


@pytest.fixture(scope="session")
def tuesday(journal: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo's Monday, with everybody who said yes where they are to live."""
    house = House(tmp_path_factory.mktemp("tuesday"))
    for file in (journal / "untouched").glob("demo.db*"):  # other tests write in the other
        shutil.copy(file, house.folder / file.name)
    office = house.office("pia:placement")
    for site in sorted(
        {row["offer"]["site"] for row in office.journal.rows("cases", state="bound").values()}
    ):
        for run in office.board(site, [Vehicle(90, 40, 40)], "2023-02-21T14:30:00.000000Z").data[
            "runs"
        ]:
            office.depart(run["run"])
            office.arrive(run["run"])
    office.journal.close()
    return house.folder


@pytest.fixture
def house(tuesday: Path, tmp_path: Path, people: Any) -> Iterator[House]:
    """A copy of Tuesday, served, for one walk; its pages are closed before its server is."""
    for file in tuesday.glob("demo.db*"):
        shutil.copy(file, tmp_path / file.name)
    made = House(tmp_path)
    made.app = pages_of(made.office)
    with serving(made.app) as made.address:
        yield made
        for one in people.made:
            one.close()


class Somebody:
    """A person with a browser of their own; every request and complaint of it is remembered."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.context, self.address = context, address
        self.page: Page = context.new_page()
        self.asked: list[str] = []
        self.complaints: list[str] = []
        self.open = True
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("console", lambda said: self._said(said.type, said.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _said(self, kind: str, text: str) -> None:
        if kind == "error" and "status of 4" not in text:
            self.complaints.append(text)

    def close(self) -> None:
        """Their browser, once."""
        if self.open:
            self.open = False
            self.context.close()

    def go(self, path: str) -> Page:
        """Open a page of the office."""
        self.page.goto(self.address + path)
        return self.page


@pytest.fixture
def people(chromium: Browser, address: str) -> Iterator[Callable[..., Somebody]]:
    """``people("pia:placement", width=320, java_script=False)``; nothing may leave the machine."""
    made: list[Somebody] = []

    def person(
        who: str, *, width: int = 1280, java_script: bool = True, at: str = address
    ) -> Somebody:
        context = chromium.new_context(
            extra_http_headers={"x-who": who}, java_script_enabled=java_script,
            viewport={"width": width, "height": 800}, reduced_motion="reduce",
            service_workers="block",
        )  # fmt: skip
        context.set_default_timeout(30_000)
        made.append(Somebody(context, at))
        return made[-1]

    person.made = made  # type: ignore[attr-defined]
    yield person
    for one in made:
        one.close()
        assert one.complaints == []
        assert all(url.startswith(one.address) for url in one.asked), "a request left the machine"
