"""A compiled search that is watched from outside: it keeps its time, says how far it is, can be stopped."""

from __future__ import annotations

import atexit
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from partage.place.instance import Ints

GRACE = 0.25  # seconds between asking the search to stop and leaving it behind
LOOK = 0.02  # seconds between two looks at it
LAST_WAIT = 60.0  # seconds that the interpreter waits at its end for a search that was left behind


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a solve is: seconds, value of the best plan (None: none yet), bound, and the road."""

    seconds: float
    value: int | None
    bound: int | None
    road: str


Look = Callable[[float, float], bool]
"""Sees the value of the best found so far and the bound, in the program's unit; True stops the search."""


@dataclass(slots=True)
class Watched:
    """One run of a solver; what it found so far can be read at any time.

    The solver looks at its clock where it pleases and was seen to overrun it by minutes; so it runs beside,
    is asked to stop at the limit, and is left behind if it does not.
    """

    solver: Any
    maximise: bool
    finished: bool = False
    columns: Ints | None = None  # of the best plan seen
    bound: float = field(init=False)
    value: float = field(init=False)
    _stop: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        self.bound = float("inf") if self.maximise else float("-inf")
        self.value = -self.bound

    def run(self, seconds: float, look: Look | None = None) -> bool:
        """Whether it ended by itself in that time; an interrupt stops it too, and a look that says so."""
        solver = self.solver
        solver.cbMipImprovingSolution += self._better
        solver.cbMipInterrupt += self._asked
        solver.cbSimplexInterrupt += self._asked
        begun = time.perf_counter()
        beside = threading.Thread(target=self._work, daemon=True)
        beside.start()
        try:
            while beside.is_alive() and time.perf_counter() - begun < seconds:
                beside.join(min(LOOK, max(0.001, seconds)))
                if look is not None and look(self.value, self.bound):
                    break
        finally:
            self._stop.set()
            beside.join(GRACE)
            if beside.is_alive():
                atexit.register(beside.join, LAST_WAIT)  # ending under it would abort the process
        return self.finished

    def _work(self) -> None:
        self.solver.run()
        self.finished = True

    def _better(self, event: Any) -> None:
        value = float(event.data_out.objective_function_value)
        if self.columns is None or (value > self.value) == self.maximise:
            self.value, self.columns = value, np.array(event.data_out.mip_solution)

    def _asked(self, event: Any) -> None:
        bound = float(event.data_out.mip_dual_bound)
        if np.isfinite(bound) and bound != 0.0:
            self.bound = min(self.bound, bound) if self.maximise else max(self.bound, bound)
        if self._stop.is_set():
            event.interrupt()
