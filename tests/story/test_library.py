"""The README's ten lines run as written, and importing the library costs nothing."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import partage

ROOT = Path(__file__).parents[2]


def test_the_readme_example_runs_as_written(tmp_path: Path):
    (code,) = re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text("utf-8"), re.S)
    assert len([line for line in code.splitlines() if line.strip()]) <= 12
    (tmp_path / "docs" / "tutorial").mkdir(parents=True)
    shutil.copy(ROOT / "docs" / "tutorial" / "arrivals.csv", tmp_path / "docs" / "tutorial")
    ran = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert "CA-ON" in ran.stdout
    assert "True" in ran.stdout
    assert len(ran.stdout.splitlines()) == 8


def test_importing_the_library_imports_nothing_heavy():
    code = "import sys, partage; print([m for m in ('numpy','sqlalchemy','typer','highspy') if m in sys.modules])"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"


def test_every_public_name_is_there():
    for name in partage.__all__:
        assert getattr(partage, name) is not None
    assert set(partage.__all__) <= set(dir(partage))
