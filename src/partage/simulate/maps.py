"""Maps: what applies a function to many runs, and yields the answers in their order."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from typing import Protocol, TypeVar

In = TypeVar("In")
Out = TypeVar("Out")


class Map(Protocol):
    """Whatever applies a function to many things and yields the answers in order, here or elsewhere."""

    def __call__(self, function: Callable[[In], Out], things: Iterable[In]) -> Iterator[Out]:
        """The answers, in the order of the things."""


def in_turn(function: Callable[[In], Out], things: Iterable[In]) -> Iterator[Out]:
    """One after the other, here."""
    return map(function, things)


def in_threads(workers: int = 0) -> Map:
    """A map over threads of this machine (0: one a core); the kernel lets go of the interpreter."""
    number = workers or os.cpu_count() or 1
    return _over(lambda: ThreadPoolExecutor(number), number)


def in_processes(workers: int = 0) -> Map:
    """A map over processes of this machine (0: one a core); function and things must be picklable.

    They are started anew, so that no thread of a solver is copied into them; that takes a few seconds.
    """
    number = workers or os.cpu_count() or 1
    fresh = multiprocessing.get_context("spawn")
    return _over(lambda: ProcessPoolExecutor(number, mp_context=fresh, initializer=_calm), number)


def _over(begin: Callable[[], Executor], number: int) -> Map:
    """A map over a pool: two things a worker are asked ahead, and no more are held."""

    def over(function: Callable[[In], Out], things: Iterable[In]) -> Iterator[Out]:
        with begin() as pool:
            waiting: list[Future[Out]] = []
            try:
                for thing in things:
                    waiting.append(pool.submit(function, thing))
                    if len(waiting) > 2 * number:
                        yield waiting.pop(0).result()
                while waiting:
                    yield waiting.pop(0).result()
            finally:
                for left in waiting:
                    left.cancel()

    return over


def _calm() -> None:
    """An interrupt is for whoever waits for the answers: they keep what is done."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
