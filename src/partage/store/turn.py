"""Writers take turns on one file: whoever waited longest is next, without polling."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path
from types import TracebackType


class Turn:
    """A lock beside the journal, held while a writer has the database; SQLite's lock stays the law.

    SQLite lets writers ask again and again, so that with many of them one may wait for seconds. The
    kernel wakes the next one instead. A writer that dies lets go of it.
    """

    def __init__(self, journal: Path) -> None:
        self._path = journal.with_name(journal.name + ".lock")
        self._file = -1

    def __enter__(self) -> None:
        try:
            self._file = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            fcntl.flock(self._file, fcntl.LOCK_EX)
        except OSError:  # a folder that cannot be written to: SQLite says so better
            self._let_go()
        except BaseException:
            self._let_go()
            raise

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._let_go()

    def _let_go(self) -> None:
        if self._file >= 0:
            os.close(self._file)
            self._file = -1
