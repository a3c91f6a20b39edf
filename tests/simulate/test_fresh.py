"""Compiled code older than any file it was compiled from is never used: it would count wrongly, silently."""

from __future__ import annotations

import os

from partage.simulate.fresh import COMPILED, HERE, drop_stale


def test_every_file_that_is_compiled_is_looked_at():
    found = {path.name for path in HERE.glob("*.py") if "numba" in path.read_text("utf-8")}
    assert found - {"fresh.py"} <= set(COMPILED)
    assert len(found) > 3


def test_what_was_compiled_before_the_newest_file_goes_and_the_rest_stays(tmp_path):
    (tmp_path / "__pycache__").mkdir()
    for number, name in enumerate(COMPILED):
        (tmp_path / name).write_text("", "utf-8")
        os.utime(tmp_path / name, (100 + number, 100 + number))
    at = {"old.nbi": 99, "old.1.nbc": 103, "new.nbi": 200, "new.1.nbc": 106, "other.pyc": 1}
    for name, when in at.items():
        (tmp_path / "__pycache__" / name).write_text("", "utf-8")
        os.utime(tmp_path / "__pycache__" / name, (when, when))
    assert drop_stale(tmp_path) == 2
    left = {path.name for path in (tmp_path / "__pycache__").iterdir()}
    assert left == {"new.nbi", "new.1.nbc", "other.pyc"}
    assert drop_stale(tmp_path / "nothing") == 0
