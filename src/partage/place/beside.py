"""A second search beside the first, on a core of its own: what it shows holds for every plan."""

from __future__ import annotations

import threading

from partage.place.instance import Ints
from partage.place.milp import Found, search
from partage.place.moves import Near
from partage.place.rows import Program


class Beside:
    """Searches all moves that a plan which falls short by less than ``gap`` could hold.

    Its own plan counts only where the time is up: else what is answered would depend on which of the two
    searches was sooner.
    """

    def __init__(self, near: Near, program: Program, gap: float, seconds: float) -> None:
        self.near, self.gap = near, gap
        self.found: Found | None = None
        self._program, self._seconds = program, seconds
        self._shown = float("-inf")
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._work, daemon=True)
        self._thread.start()

    @property
    def running(self) -> bool:
        """Whether it is still at work."""
        return self._thread.is_alive()

    @property
    def shown(self) -> float:
        """By how much every plan falls short of the prices' bound, as far as is shown."""
        found = self.found
        if found is None:
            return min(self._shown, self.gap)
        if found.columns is None and found.ended:
            return self.gap
        return min(found.bound, self.gap)

    def stop(self) -> None:
        """Ask it to stop, and wait until it has."""
        self._stop.set()
        self._thread.join()

    def _work(self) -> None:
        self.found = search(self._program, self._seconds, look=self._look)

    def _look(self, _: float, bound: float) -> bool:
        self._shown = max(self._shown, bound)
        return self._stop.is_set()

    def columns(self) -> Ints | None:
        """Its best plan, once it has stopped."""
        return None if self.found is None else self.found.columns
