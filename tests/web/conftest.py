from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from starlette.testclient import TestClient

import postgres
from partage.compose import open_office
from partage.faces.cli.demo_office import demo_office
from partage.faces.web.screens import plans
from partage.office.office import Office
from partage.office.permits import Actor
from partage.packs.loader import load_pack
from web.asking import Browser, asking

NOW = datetime(2023, 2, 21, 15, 0, tzinfo=UTC)  # Tuesday: the demo's Monday is in the journal
PACK = load_pack("canada")


def opener(folder: Path) -> Callable[[Actor | str], Office]:
    """Opens the demo's journal in that folder, as somebody."""
    url = f"sqlite:///{folder / 'demo.db'}"
    return lambda actor: open_office(url, actor, pack=PACK, at=NOW, create=False)


@pytest.fixture(scope="session", autouse=True)
def patient() -> Iterator[None]:
    """A plan is waited for: on a busy machine a test is no slower to fail than to pass."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(plans, "SHORT", 300.0)
        yield


@pytest.fixture(scope="session")
def monday(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo's journal: made once, copied for each test that writes."""
    folder = tmp_path_factory.mktemp("monday")
    demo_office(f"sqlite:///{folder / 'demo.db'}", None)
    return folder


@pytest.fixture(scope="session")
def still(monday: Path) -> Iterator[TestClient]:
    """The pages for tests that write nothing."""
    with asking(opener(monday)) as made:
        yield made


ON_BOTH = ("test_story",)  # files that are asked on both databases


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """The pages of some files stand on a file, then on PostgreSQL."""
    here = metafunc.module.__name__.rpartition(".")[2]
    both = here in ON_BOTH and "PARTAGE_MUTANT" not in os.environ
    if both and "store" in metafunc.fixturenames:
        metafunc.parametrize("store", ["sqlite", "postgresql"], indirect=True)


@pytest.fixture
def store(request: pytest.FixtureRequest) -> str:
    """The database of this test."""
    return str(getattr(request, "param", "sqlite"))


@pytest.fixture(scope="session")
def monday_there(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """The demo's journal on PostgreSQL, made once: the name of its database, and its key."""
    key = tmp_path_factory.mktemp("there") / "monday.key"
    with postgres.database() as url:
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("PARTAGE_KEY_FILE", str(key))
            demo_office(url, None)
        yield url.partition("?")[0].rpartition("/")[2], key


@pytest.fixture
def open_(
    store: str,
    monday: Path,
    tmp_path: Path,
    request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Callable[[Actor | str], Office]]:
    """An office on a copy of the demo's Monday."""
    if store == "postgresql":
        name, key = request.getfixturevalue("monday_there")
        monkeypatch.setenv("PARTAGE_KEY_FILE", str(key))
        with postgres.database(template=name) as url:
            yield lambda actor: open_office(url, actor, pack=PACK, at=NOW, create=False)
        return
    for file in monday.glob("demo.db*"):
        shutil.copy(file, tmp_path / file.name)
    yield opener(tmp_path)


@pytest.fixture
def client(open_: Callable[[Actor], Office]) -> Iterator[TestClient]:
    with asking(open_) as made:
        yield made


@pytest.fixture
def browse(client: TestClient) -> Callable[[str], Browser]:
    """``browse("pia:placement").get("/en/today")``."""
    return lambda who="": Browser(client, who)
