"""Between plans: a plan again after a change, and one household decided from standing prices.

The child of a measurement (apart.py). The three functions at the top say what is measured; point them at
other functions of the engine and nothing else changes:

    plan_again(changed, before, seconds, threads)   an Answer for the changed instance; before = the old one
    standing_of(instance, certificate)              what a decision needs of the prices; NOT_YET = none
    decide_one(standing, value, need)               a site or -1, for one household's worths and needs
    decide_many(standing, value, need)              sites or -1, for many households at once
"""

from __future__ import annotations

import inspect
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from typing import Any

import numpy as np

from apart import forget_peak, resident_mb, serve
from ours import text_of

BASE_SECONDS = 120.0  # for the plan to begin with; not measured
CHANGES = ("one-more", "one-fewer", "close-2", "close-10")
DECISIONS = ("decide", "batch")
TIMES = 20_000  # decisions timed together, since one is too short to time
NOT_YET = "there is no function for it yet (bench/replan.py)"


def plan_again(changed: Any, before: Any, seconds: float, threads: dict[str, int]) -> Any:
    """The plan of the changed instance, beginning with the one before."""
    from partage.place.solve import solve

    return solve(changed, previous=before.plan.site, seconds=seconds, **threads)


standing_of: Callable[[Any, Any], Any] | None = None
decide_one: Callable[[Any, Any, Any], int] | None = None
decide_many: Callable[[Any, Any, Any], Any] | None = None


def decisions() -> bool:
    """Whether there are functions for single decisions."""
    return None not in (standing_of, decide_one, decide_many)


def changed_by(instance: Any, certificate: Any, what: str, turn: int) -> Any:
    """The instance with one place more or fewer, or a share of a site closed.

    Another site each turn, the one with the dearest places first: where nothing is scarce, nothing changes.
    """
    capacity = instance.capacity.copy()
    site = int(np.argsort(-certificate.price[:, 0], kind="stable")[turn % instance.sites])
    if what.startswith("close-"):
        share = int(what.removeprefix("close-"))
        capacity[site] -= -(-capacity[site] * share // 100)
    else:
        capacity[site, 0] += 1 if what == "one-more" else -1
    return replace(instance, capacity=np.maximum(capacity, 0).astype(np.int32))


def best_sites(instance: Any, certificate: Any, rows: int) -> Any:
    """What each site leaves to the first rows at these prices, exactly (rows, sites); and no place."""
    c = certificate
    need = instance.need[:rows].astype(np.int64)
    charge = c.floor_price + (c.region_floor_price - c.region_price)[instance.region]
    net = instance.value[:rows].astype(np.int64) * c.scale - need @ c.price.T + need[:, :1] * charge
    net[instance.value[:rows] < 0] = np.iinfo(np.int64).min
    return net, instance.unplaced[:rows].astype(np.int64) * c.scale


class Between:
    """The child's side."""

    def __init__(self) -> None:
        self.instance: Any = None
        self.before: Any = None
        self.resident = 0.0
        self.threads: dict[str, int] = {}

    def answer(self, question: dict[str, Any]) -> dict[str, Any]:
        """Build, then run; a refusal is an answer too."""
        from partage.core.errors import Refusal

        try:
            if question["do"] == "build":
                return self.build(question)
            if question["what"] in DECISIONS:
                return self.decide(question["what"])
            return self.again(question)
        except Refusal as refusal:
            return {"failed": str(refusal)}

    def build(self, question: dict[str, Any]) -> dict[str, Any]:
        """The instance and a plan for it in memory."""
        from partage.place.instance import instance_from
        from partage.place.solve import solve

        if question["what"] in DECISIONS and not decisions():
            return {"failed": NOT_YET}
        begun = time.perf_counter()
        self.resident = resident_mb(peak=False)
        with np.load(question["instance"]) as file:
            self.instance = instance_from({name: file[name] for name in file.files})[0]
        if "threads" in inspect.signature(solve).parameters:
            self.threads = {"threads": int(question["threads"])}
        self.before = solve(self.instance, seconds=BASE_SECONDS, **self.threads)
        with suppress(Exception):  # a warm-up; what fails here fails again where it counts
            plan_again(self.changed("one-more", 0), self.before, 1.0, self.threads)
        return {"build": time.perf_counter() - begun}

    def changed(self, what: str, turn: int) -> Any:
        """The instance after that change."""
        return changed_by(self.instance, self.before.certificate, what, turn)

    def again(self, question: dict[str, Any]) -> dict[str, Any]:
        """One change, planned again, timed from outside; its plan and prices in the file named."""
        changed = self.changed(question["what"], question["turn"])
        forget_peak()
        begun = time.perf_counter()
        found = plan_again(changed, self.before, question["seconds"], self.threads)
        took = time.perf_counter() - begun
        memory = resident_mb(peak=True) - self.resident
        np.savez(question["plan"], **found.plan.arrays())
        return {
            "seconds": took,
            "memory_mb": memory,
            "plan": True,
            "value": found.value,
            "bound": found.bound,
            "price_bound": text_of(found.price_bound),
            "optimal": found.proven,
            "status": f"{found.moved} households moved",
            "capacity": changed.capacity.tolist(),
        }

    def decide(self, what: str) -> dict[str, Any]:
        """Seconds for one decision; every one compared with the best at these prices."""
        if not decisions():
            return {"failed": NOT_YET}
        assert standing_of is not None
        assert decide_one is not None
        assert decide_many is not None
        rows = (
            min(TIMES, self.instance.households) if what == "decide" else self.instance.households
        )
        value, need = self.instance.value[:rows], self.instance.need[:rows]
        standing = standing_of(self.instance, self.before.certificate)
        decide_one(standing, value[0], need[0])
        decide_many(standing, value, need)
        begun = time.perf_counter()
        if what == "decide":
            sites = np.array([decide_one(standing, value[i], need[i]) for i in range(rows)])
        else:
            sites = np.asarray(decide_many(standing, value, need))
        took = (time.perf_counter() - begun) / rows
        net, alone = best_sites(self.instance, self.before.certificate, rows)
        worth = np.where(sites >= 0, net[np.arange(rows), sites], alone)
        wrong = int((worth != np.maximum(net.max(axis=1), alone)).sum())
        faults = [f"{wrong} of {rows} decisions are not the best at these prices"] if wrong else []
        return {
            "seconds": took,
            "status": f"{1 / took:.3g} a second",
            "plan": False,
            "faults": faults,
        }


if __name__ == "__main__":
    serve(Between().answer)
