"""Files of arrays in, whole files out: what is written is written beside, synced, and only then named."""

from __future__ import annotations

import os
import secrets
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import BufferedReader
from pathlib import Path

from partage.core.errors import InputRefused

MOST_PACKED = (
    2_000_000_000  # bytes of an .npz handed in: 500,000 households at 400 sites are 0.43 GB
)


@contextmanager
def arrays_file(path: Path) -> Iterator[BufferedReader]:
    """An ``.npz`` file, open to be read here and there; refused with its name if it cannot be."""
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            raise InputRefused(f"'{path}' is not a file.", "Give the name of an .npz file.")
        if found.st_size > MOST_PACKED:
            raise InputRefused(
                f"The file '{path}' is larger than {MOST_PACKED // 10**9} GB.",
                "Group equal households in one row (count), or solve it in parts.",
            )
        opened = path.open("rb")
    except OSError as error:
        raise InputRefused(
            f"The file '{path}' cannot be read: {error.strerror}.", "Check its name."
        ) from None
    with opened:
        try:
            yield opened
        except InputRefused as refusal:
            raise InputRefused(f"'{path}': {refusal.what}", refusal.do) from None


def check_out(path: Path, *, never: Path | None = None) -> None:
    """Refused before any work is done: a place where no file could be written, or that holds ``never``."""
    target = Path(os.path.realpath(path))
    if not target.parent.is_dir():
        raise InputRefused(
            f"There is no folder '{target.parent}'.", "Make it, or give another --out."
        )
    if target.exists() and not target.is_file():
        raise InputRefused(f"'{path}' is not a file.", "Give the name of a file with --out.")
    if never is not None and target.exists() and target.samefile(never):
        raise InputRefused(f"'{path}' is the instance itself.", "Give another file with --out.")
    if not os.access(target.parent, os.W_OK):
        raise InputRefused(f"Nothing can be written to '{target.parent}'.", "Give another --out.")


def write_whole(path: Path, data: bytes) -> None:
    """The file is there whole, and on the disk, or it is as it was before."""
    target = Path(os.path.realpath(path))
    beside = target.with_name(f".{target.name[:200]}.{secrets.token_hex(4)}.part")
    try:
        with beside.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(target)
        folder = os.open(target.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
    except OSError as error:
        raise InputRefused(
            f"'{path}' cannot be written: {error.strerror}.", "Give another --out."
        ) from None
    finally:
        with suppress(OSError):
            beside.unlink()
