from __future__ import annotations

import os
from collections.abc import Callable, Iterator

import pytest

from api.asking import Asking
from cli.conftest import terminal as terminal
from offices import AT, opened
from partage.compose import open_office
from partage.faces.api.app import create_app
from partage.office.permits import Actor
from partage.packs.loader import load_pack

ON_BOTH = ("test_answers", "test_tokens", "test_served")  # files that are asked on both databases
MUTANT = "PARTAGE_MUTANT" in os.environ  # what is wrong above the stores is wrong on each of them


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """The tests of some files have an office on a file, then one on PostgreSQL; one that is about one of
    the two says so itself."""
    here = metafunc.module.__name__.rpartition(".")[2]
    said = any(m.args[0] == "store" for m in metafunc.definition.iter_markers("parametrize"))
    if "store" in metafunc.fixturenames and here in ON_BOTH and not (said or MUTANT):
        metafunc.parametrize("store", ["sqlite", "postgresql"], indirect=True)


@pytest.fixture
def store(request: pytest.FixtureRequest) -> str:
    """The database of this test."""
    return str(getattr(request, "param", "sqlite"))


@pytest.fixture
def url(store: str, url_of: Callable[[str], str]) -> str:
    """A journal with the agreements of the pack, on Monday 20 February 2023."""
    url = url_of(store)
    opened(url).journal.close()
    return url


@pytest.fixture
def ask(url: str) -> Iterator[Asking]:
    """The API of that office, where whoever comes says who it is."""
    pack = load_pack("canada")

    def open_(actor: Actor):  # type: ignore[no-untyped-def]
        return open_office(url, actor, pack=pack, at=AT, create=False)

    with Asking(create_app(open_, who=Asking.who), open_) as asking:
        yield asking
