"""Compiled code that is older than any file it was compiled from is thrown away.

The compiler keeps what it compiled beside each file, and asks only whether that file has changed. These
files are compiled into one another: after an update that changes one of them, the others would go on with
what they had compiled of it, and count wrongly without a word.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

HERE = Path(__file__).parent
COMPILED = ("arrays.py", "kernel.py", "luck.py", "moves.py", "places.py", "tally.py")


def drop_stale(folder: Path = HERE) -> int:
    """Remove what was compiled before the newest of these files was written; how many files of it."""
    kept = folder / "__pycache__"
    gone = 0
    with suppress(
        OSError
    ):  # not ours to write, or another process was faster: the compiler sees to it
        newest = max((folder / name).stat().st_mtime for name in COMPILED)
        for path in (*kept.glob("*.nbi"), *kept.glob("*.nbc")):
            if path.stat().st_mtime < newest:
                path.unlink(missing_ok=True)
                gone += 1
    return gone
