"""A second search beside the first, on a core of its own: what it shows holds for every plan."""

from __future__ import annotations

import threading
import time

import numpy as np

from partage.place.instance import Instance, Ints
from partage.place.milp import Found, search
from partage.place.moves import Near
from partage.place.rows import linear


class Beside:
    """Searches the pairs that a plan short of ``bound`` by less than ``gap`` could hold, or all pairs.

    It is there for the bound: over pairs, whose limits give sharper cuts than those of moves, and without
    looking for plans by the way. Its own plan counts only where the time is up: else what is answered
    would depend on which of the two searches was sooner.
    """

    def __init__(
        self, instance: Instance, near: Near | None, bound: float, gap: float, seconds: float
    ) -> None:
        self.gap, self.begun = gap, time.perf_counter()
        self.found: Found | None = None
        self._bound, self._seconds = bound, seconds
        self._shape = instance.value.shape
        model = linear(instance, None if near is None else pairs_of(instance, near))
        self._pairs, self._program = model.pairs, model.program
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
        return min(self._bound - found.bound, self.gap)

    def stop(self) -> None:
        """Ask it to stop, and wait until it has."""
        self._stop.set()
        self._thread.join()

    def _work(self) -> None:
        self.found = search(self._program, self._seconds, look=self._look, plans="none")

    def _look(self, _: float, most: float) -> bool:
        self._shown = max(self._shown, self._bound - most)
        return self._stop.is_set()

    def counts(self) -> Ints | None:
        """Its best plan, once it has stopped: households by (row, site)."""
        if self.found is None or self.found.columns is None:
            return None
        counts = np.zeros(self._shape, np.int32)
        i, j = self._pairs[:, 0], self._pairs[:, 1]
        counts[i, j] = np.rint(self.found.columns[: len(i)])
        return counts


def pairs_of(instance: Instance, near: Near) -> Ints:
    """The pairs (pairs, 2) of everybody's best site and of the moves of ``near``, by row and site."""
    rows = np.flatnonzero(near.own < instance.sites)
    some = near.to < instance.sites
    pairs = np.concatenate(
        [np.stack([rows, near.own[rows]], 1), np.stack([near.row[some], near.to[some]], 1)]
    )
    allowed = instance.value[pairs[:, 0], pairs[:, 1]] >= 0
    found: Ints = np.unique(pairs[allowed], axis=0)
    return found
