from __future__ import annotations

from pathlib import Path

import pytest

from cli.commands import Terminal


@pytest.fixture
def terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch) -> Terminal:  # type: ignore[no-untyped-def]
    """A terminal without the settings of whoever runs the tests."""
    for name in ("PARTAGE_DB", "PARTAGE_AS", "PARTAGE_AT", "PARTAGE_PACK", "PARTAGE_SEED"):
        monkeypatch.delenv(name, raising=False)
    return Terminal(tmp_path, capsys)


@pytest.fixture
def office(terminal: Terminal) -> Terminal:
    """A terminal with the agreements of the pack recorded by each province."""
    for code in ("ON", "QC", "NB", "NS"):
        assert terminal("agree", code, "--from-pack", who=f"c:region@CA-{code}").code == 0
    return terminal
