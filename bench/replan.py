"""Between plans: a plan again after a change, and one household decided from standing prices.

The child of a measurement (apart.py). The functions at the top say what is measured; point them at
other functions of the engine and nothing else changes:

    book_of(instance, before)                       the plan before, kept ready
    plan_again(changed, book)                       an Answer for the changed instance
    standing_of(instance, certificate)              what a decision needs of the prices
    decide_one(standing, value, need, unplaced)     a site or -1, for one household's worths and needs
    decide_many(standing, value, need, unplaced)    sites or -1, for many households at once
"""

from __future__ import annotations

import inspect
import time
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


def book_of(instance: Any, before: Any) -> Any:
    """The plan before, kept ready to be made again."""
    from partage.place.prices.online import Book

    return Book(instance, before.plan.site)


def plan_again(changed: Any, book: Any) -> Any:
    """The plan after the places changed."""
    return book.again(changed.capacity)


def standing_of(instance: Any, certificate: Any) -> Any:
    """What a decision needs of the prices."""
    from partage.place.prices.online import Standing

    return Standing(instance, certificate)


def decide_one(standing: Any, value: Any, need: Any, unplaced: Any) -> int:
    """One household."""
    return int(standing.decide(value, need, unplaced))


def decide_many(standing: Any, value: Any, need: Any, unplaced: Any) -> Any:
    """Many households at once."""
    return standing.decide_many(value, need, unplaced)


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
        self.book: Any = None
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

        begun = time.perf_counter()
        self.resident = resident_mb(peak=False)
        with np.load(question["instance"]) as file:
            self.instance = instance_from({name: file[name] for name in file.files})[0]
        if "threads" in inspect.signature(solve).parameters:
            self.threads = {"threads": int(question["threads"])}
        self.before = solve(self.instance, seconds=BASE_SECONDS, **self.threads)
        with suppress(Exception):  # a warm-up; what fails here fails again where it counts
            self.book = book_of(self.instance, self.before)
            plan_again(self.changed("one-more", 0), self.book)
        return {"build": time.perf_counter() - begun}

    def changed(self, what: str, turn: int) -> Any:
        """The instance after that change."""
        return changed_by(self.instance, self.before.certificate, what, turn)

    def again(self, question: dict[str, Any]) -> dict[str, Any]:
        """One change, planned again, timed from outside; its plan and prices in the file named."""
        changed = self.changed(question["what"], question["turn"])
        forget_peak()
        begun = time.perf_counter()
        found = plan_again(changed, self.book)
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
        rows = (
            min(TIMES, self.instance.households) if what == "decide" else self.instance.households
        )
        value, need = self.instance.value[:rows], self.instance.need[:rows]
        unplaced = self.instance.unplaced[:rows]
        standing = standing_of(self.instance, self.before.certificate)
        decide_one(standing, value[0], need[0], unplaced[0])
        decide_many(standing, value, need, unplaced)
        begun = time.perf_counter()
        if what == "decide":
            sites = np.array(
                [decide_one(standing, value[i], need[i], unplaced[i]) for i in range(rows)]
            )
        else:
            sites = np.asarray(decide_many(standing, value, need, unplaced))
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
