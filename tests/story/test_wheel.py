"""A wheel carries the pack and works away from the source."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_the_wheel_carries_the_pack_and_runs_as_a_module(tmp_path: Path):
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)],
        cwd=ROOT, check=True, capture_output=True,
    )  # fmt: skip
    (wheel,) = tmp_path.glob("partage-*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
        archive.extractall(tmp_path / "site")
    shipped = {
        path.relative_to(ROOT / "src").as_posix()
        for path in (ROOT / "src" / "partage" / "packs" / "canada").rglob("*")
        if path.is_file()
    }
    assert shipped
    assert shipped <= names
    assert any(name.endswith("licenses/LICENSE") for name in names)
    code = (
        "import sys; sys.path.insert(0, sys.argv[1]); import partage; "
        "assert partage.__file__.startswith(sys.argv[1]); print(partage.load_pack('canada').mark)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "site")],
        cwd=tmp_path, check=True, capture_output=True, text=True,
    )  # fmt: skip
    assert ran.stdout.startswith("sha256:")


def test_python_dash_m_is_the_command():
    ran = subprocess.run(
        [sys.executable, "-m", "partage", "--version"], check=True, capture_output=True, text=True
    )
    assert ran.stdout.startswith("partage ")
