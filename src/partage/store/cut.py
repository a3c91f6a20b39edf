"""Whether the file of a journal has an end: SQLite reads what was cut off its last page as noughts."""

from __future__ import annotations

from pathlib import Path

HEADER = 100  # bytes at the head of the file; sqlite.org/fileformat, section 1.3


def bytes_missing(journal: Path) -> int:
    """How many bytes the file is shorter than it says; 0 while a log beside it may still complete it.

    The head is read first, then the log, then the size: a checkpoint of another process between two of
    them makes the file longer, never the head.
    """
    log = journal.with_name(journal.name + "-wal")
    try:
        with journal.open("rb") as file:
            head = file.read(HEADER)
            if len(head) < HEADER or head[24:28] != head[92:96]:  # new, or its size is not stated
                return 0
            if log.exists() and log.stat().st_size:
                return 0
            page = int.from_bytes(head[16:18], "big")
            stated = int.from_bytes(head[28:32], "big") * (65_536 if page == 1 else page)
            return max(0, stated - journal.stat().st_size)
    except OSError:
        return 0
