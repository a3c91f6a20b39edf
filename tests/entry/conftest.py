from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from conftest import MUTANT
from entry.coming import House
from offices import AT, opened
from partage.office import passwords
from partage.office.sessions import Rules


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Passwords are worked out with little memory here; one test looks at the real one."""
    cheap = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(passwords, "_hasher", lambda: cheap)
    passwords._nobodys.cache_clear()


@pytest.fixture(params=["sqlite", "postgresql"][: 2 if MUTANT.startswith("store/") else 1])
def house(request: pytest.FixtureRequest, url_of: Callable[[str], str]) -> House:
    """An office with agreements, where nobody has an account yet, on each database."""
    url = url_of(request.param)
    opened(url, ("CA-ON",)).journal.close()
    return House(url, AT)


@pytest.fixture
def plain(tmp_path: Path) -> House:
    """The same without a second factor, on a file."""
    url = f"sqlite:///{tmp_path / 'plain.db'}"
    opened(url, ("CA-ON",)).journal.close()
    return House(url, AT, Rules(second_factor=False))
