"""New files: there whole and on the disk, or not there at all; never over another."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from partage.core.errors import InputRefused, Unavailable


@contextmanager
def new_file(path: Path) -> Iterator[BinaryIO]:
    """A file to write, readable by its owner alone, that gets its name once it is whole and on the disk.

    ``InputRefused`` if there is one of that name or no folder for it; ``Unavailable`` if the disk fails.
    """
    if path.exists() or not path.parent.is_dir():
        raise InputRefused(
            f"'{path}' is there already, or its folder is not.", "Give the name of a new file."
        )
    beside = path.with_name(f".{path.name[:200]}.{secrets.token_hex(4)}.part")
    try:
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        os.link(beside, path)
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
    except OSError as error:
        raise Unavailable(
            f"'{path}' cannot be written: {error.strerror}.", "Free the disk, or give another name."
        ) from None
    finally:
        with suppress(OSError):
            beside.unlink()
