"""The engine as the child of a measurement (apart.py): warm, with an instance in memory.

    {"do": "build", "instance", "seconds", "threads"}   import, load, one warm-up that does not count
    {"do": "run", "what", "seconds", "plan"}            one answer; its plan and prices in the file named

`what` is "solve" (a plan with everything that is claimed of it) or "prices" (the prices alone, whose bound
is the optimum of the linear program). `prices_of` is the one place to say which road finds those.
"""

from __future__ import annotations

import inspect
import time
from contextlib import suppress
from fractions import Fraction
from typing import Any

import numpy as np

from apart import forget_peak, resident_mb, serve

WARM = {"N": 150, "M": 13, "seed": 1}
WARM_SECONDS = 1.0


def prices_of(instance: Any, seconds: float) -> Any:
    """The certificate of the linear program."""
    from partage.place.solve import prices_of as found

    return found(instance, time.perf_counter() + seconds).certificate


class Ours:
    """The child's side."""

    def __init__(self) -> None:
        self.before = 0.0
        self.instance: Any = None
        self.threads: dict[str, int] = {}

    def answer(self, question: dict[str, Any]) -> dict[str, Any]:
        """Build, then run; a refusal is an answer too."""
        from partage.core.errors import Refusal

        begun = time.perf_counter()
        try:
            return self.build(question) if question["do"] == "build" else self.run(question)
        except Refusal as refusal:
            bound = getattr(refusal, "bound", None)  # shown, though no plan was found in the time
            return {"failed": str(refusal), "bound": bound, "wall": time.perf_counter() - begun}

    def build(self, question: dict[str, Any]) -> dict[str, Any]:
        """Everything loaded; what that took, and how much memory the imports and kernels hold."""
        begun = time.perf_counter()
        from instances import generate
        from partage.core.errors import Refusal
        from partage.place.instance import instance_from
        from partage.place.solve import solve

        if "threads" in inspect.signature(solve).parameters:
            self.threads = {"threads": int(question["threads"])}
        small = instance_from(generate(**WARM))[0]
        with suppress(Refusal):
            solve(small, seconds=WARM_SECONDS, **self.threads)
        prices_of(small, WARM_SECONDS)
        build = time.perf_counter() - begun
        self.before = resident_mb(peak=False)
        with np.load(question["instance"]) as file:
            self.instance = instance_from({name: file[name] for name in file.files})[0]
        with suppress(Refusal):
            solve(self.instance, seconds=min(WARM_SECONDS, question["seconds"]), **self.threads)
        return {"build": build}

    def run(self, question: dict[str, Any]) -> dict[str, Any]:
        """One answer, timed from outside."""
        what, seconds = question["what"], question["seconds"]
        forget_peak()
        begun = time.perf_counter()
        if what == "prices":
            found = prices_of(self.instance, seconds)
            took = time.perf_counter() - begun
            memory = resident_mb(peak=True) - self.before
            np.savez(question["plan"], **found.arrays())
            return {"seconds": took, "memory_mb": memory, "plan": True, "status": "prices"}
        from partage.place.solve import solve

        found = solve(self.instance, seconds=seconds, **self.threads)
        took = time.perf_counter() - begun - found.setup_seconds
        memory = resident_mb(peak=True) - self.before
        np.savez(question["plan"], **found.plan.arrays())
        return {
            "seconds": took,
            "memory_mb": memory,
            "plan": True,
            "value": found.value,
            "bound": found.bound,
            "price_bound": text_of(found.price_bound),
            "optimal": found.proven,
            "status": f"proven by {found.proof}" if found.proven else "open",
            "road": found.road,
            "threads": self.threads.get("threads", 1),
        }


def text_of(number: Fraction) -> str:
    """An exact number as p/q."""
    return f"{number.numerator}/{number.denominator}"


if __name__ == "__main__":
    serve(Ours().answer)
