"""Waiting until what was written stands on the disk, without making others wait for it."""

from __future__ import annotations

import os
from pathlib import Path

_sync = getattr(os, "fdatasync", os.fsync)  # the size of the log is kept by both


def on_disk(journal: Path) -> None:
    """Returns when every transaction committed to the file so far would survive a loss of power.

    SQLite appends transactions to the log beside the file and, with ``synchronous=NORMAL``, writes the log
    to disk before a checkpoint copies it. What a checkpoint has copied is on disk already; this writes the
    rest. Writers that come at the same time share one write.
    """
    try:
        log = os.open(journal.with_name(journal.name + "-wal"), os.O_RDONLY | os.O_CLOEXEC)
    except FileNotFoundError:  # all of it was copied into the file, and synced, by a checkpoint
        return
    try:
        _sync(log)
    finally:
        os.close(log)
