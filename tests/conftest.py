"""Fixtures for all tests."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import Phase, settings

from offices import opened
from partage.office.office import Office
from postgres import database

# a slow machine is not a wrong program; speed is measured elsewhere
settings.register_profile("partage", deadline=None)
# a mutant is caught by any example, however large: making it small takes minutes and tells nothing
settings.register_profile("mutant", deadline=None, phases=(Phase.explicit, Phase.generate))
settings.load_profile("mutant" if os.environ.get("PARTAGE_MUTANT") else "partage")


@pytest.fixture(autouse=True)
def no_check_of_another_test() -> None:
    """Copies of one record are one record to its checks: what this process knows of them is forgotten."""
    if known := sys.modules.get("partage.office.checks"):
        known._KNOWN.clear()


@pytest.fixture
def postgres_url(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """An empty database on a real PostgreSQL; its key file lies in the test's folder."""
    if "PARTAGE_KEY_FILE" not in os.environ:
        monkeypatch.setenv("PARTAGE_KEY_FILE", str(tmp_path / "postgres.key"))
    with database() as url:
        yield url


@pytest.fixture
def url_of(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[str], str]:
    """The URL of an empty journal in the store of that name."""

    def url(store: str) -> str:
        if store == "postgresql":
            return str(request.getfixturevalue("postgres_url"))
        return "memory:" if store == "memory" else f"sqlite:///{tmp_path / 'office.db'}"

    return url


# what is wrong above the stores is wrong on each of them: a mutant there is looked for on one
MUTANT = os.environ.get("PARTAGE_MUTANT", "store/")
STORES = ["memory", "sqlite", "postgresql"] if MUTANT.startswith("store/") else ["memory"]


@pytest.fixture(params=STORES)
def office(request: pytest.FixtureRequest, url_of: Callable[[str], str]) -> Iterator[Office]:
    """An office on Monday 20 February 2023, with the agreements of the pack, on each store."""
    office = opened(url_of(request.param))
    yield office
    office.journal.close()
