from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from api.asking import Asking
from cli.conftest import terminal as terminal
from offices import AT, opened
from partage.compose import open_office
from partage.faces.api.app import create_app
from partage.office.permits import Actor
from partage.packs.loader import load_pack


@pytest.fixture
def url(tmp_path: Path) -> str:
    """A journal with the agreements of the pack, on Monday 20 February 2023."""
    url = f"sqlite:///{tmp_path / 'api.db'}"
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
