"""A plan while it is made: the work goes on beside, pages ask how far it is, and all of it is in memory.

Another process, or this one after a restart, does not know of it: the page then says where plans are
listed. What was made is in the journal whoever looks.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

MOST = 100  # kept at once; the oldest that has ended goes first


@dataclass(slots=True)
class Making:
    """One plan that is made: which priority is searched, how far, and how it ended."""

    begun: float = field(default_factory=time.monotonic)
    priority: str = ""
    number: int = 0
    of: int = 0
    value: int | None = None
    bound: int | None = None
    done: Any = None
    fault: BaseException | None = None
    ended: threading.Event = field(default_factory=threading.Event)

    def told(self, priority: str, number: int, of: int, progress: Any) -> None:
        """What the search says of itself."""
        self.priority, self.number, self.of = priority, number, of
        self.value, self.bound = progress.value, progress.bound

    @property
    def seconds(self) -> int:
        """How long it has been going on."""
        return int(time.monotonic() - self.begun)

    @property
    def gap(self) -> float | None:
        """How far the best found may be from the best there is; None before there is one."""
        if self.value is None or self.bound is None:
            return None
        return max(0, self.bound - self.value) / max(1, abs(self.value))

    def _work(self, work: Callable[[Making], Any]) -> None:
        try:
            self.done = work(self)
        except BaseException as fault:  # said to whoever asks, on their page
            self.fault = fault
        finally:
            self.ended.set()


_KNOWN: dict[tuple[str, str], Making] = {}
_LOCK = threading.Lock()


def begin(who: str, key: str, work: Callable[[Making], Any]) -> Making:
    """Begin it in a thread of its own; the same form sent twice is one piece of work."""
    with _LOCK:
        known = _KNOWN.get((who, key))
        if known is not None:
            return known
        ended = [name for name, one in _KNOWN.items() if one.ended.is_set()]
        for name in ended[: max(0, len(_KNOWN) + 1 - MOST)]:
            del _KNOWN[name]
        making = _KNOWN[who, key] = Making()
    threading.Thread(target=making._work, args=(work,), daemon=True).start()
    return making


def known(who: str, key: str) -> Making | None:
    """What is going on under that key for this session; None where this process knows of nothing."""
    with _LOCK:
        return _KNOWN.get((who, key))
