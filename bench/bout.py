"""What was measured on one instance, and the questions that are asked of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from statistics import median
from typing import Any

OURS = ("engine", "prices", "one-more", "one-fewer", "close-2", "close-10", "decide", "batch")
LINEAR = ("highs-lp", "highs-ipm")


@dataclass
class Bout:
    """All runs on one instance; a key is `tool@seconds`.

    `reference` is its row of reference.csv, if the arrays are those it was proven for.
    """

    name: str
    sizes: tuple[int, int, int]  # households (rows), sites, services
    matrix_mb: float  # the array `value`
    reference: dict[str, str] = field(default_factory=dict)
    runs: dict[str, list[dict[str, Any]]] = field(default_factory=dict)

    def good(self, key: str) -> list[dict[str, Any]]:
        """The runs of a tool; none if any of them failed or was not made."""
        runs = self.runs.get(key, [])
        return [] if any("failed" in run for run in runs) else runs

    def why_not(self, key: str) -> str:
        """Why a tool has no figure."""
        said = [run["failed"] for run in self.runs.get(key, []) if "failed" in run]
        return said[0] if said else "not run"

    def seconds(self, key: str) -> float | None:
        """The median time of a tool; the time from arrays in memory, without building its model."""
        runs = self.good(key)
        return median(run["seconds"] for run in runs) if runs else None

    def each(self, key: str, what: str) -> list[Any]:
        """That number of every run that has it."""
        return [run[what] for run in self.runs.get(key, []) if run.get(what) is not None]

    def price_bound(self, key: str) -> Fraction | None:
        """The highest (worst) price bound of the runs of a tool, as judged."""
        found = self.each(key, "price_bound")
        return max(Fraction(one) for one in found) if found else None

    def linear_optimum(self) -> float | None:
        """The optimum of the linear program: from the reference, else what a peer found."""
        if self.reference.get("lp_optimum"):
            return float(self.reference["lp_optimum"])
        found = [
            run["bound"]
            for key, runs in self.runs.items()
            for run in runs
            if key.partition("@")[0] in LINEAR and run.get("optimal")
        ]
        return min(found) if found else None

    def best_known(self) -> int | None:
        """The greatest value of any plan without a fault."""
        found = [
            run["value"]
            for runs in self.runs.values()
            for run in runs
            if run.get("value") is not None and not run.get("faults") and not run.get("changed")
        ]
        return max(found) if found else None

    def least_bound(self) -> float | None:
        """The lowest bound that a peer claims."""
        found = [
            run["bound"]
            for key, runs in self.runs.items()
            for run in runs
            if key.partition("@")[0] not in OURS and run.get("bound") is not None
        ]
        return min(found) if found else None

    def faults(self) -> list[str]:
        """What is wrong with what the engine answered, by the referee, the reference, and the peers.

        A peer's bound may be off by its own tolerance, 1e-6 of it.
        """
        found: list[str] = []
        best, least = self.best_known(), self.least_bound()
        optimum = self.reference.get("integer_optimum")
        linear = self.reference.get("lp_optimum")
        for key, runs in self.runs.items():
            if key.partition("@")[0] not in OURS:
                continue
            for run in runs:
                found += [f"{key}: {fault}" for fault in run.get("faults", [])]
                value, bound = run.get("value"), run.get("bound")
                prices = run.get("price_bound")
                if value is not None and run.get("claimed", value) != value:
                    found.append(f"{key}: claims {run['claimed']}, is worth {value}")
                if prices and run.get("claimed_price_bound", prices) != prices:
                    found.append(f"{key}: its price bound is not what its prices bound")
                if run.get(
                    "changed"
                ):  # another problem: the reference and the others say nothing of it
                    continue
                if bound is not None and best is not None and bound < best:
                    found.append(f"{key}: bound {bound} below a plan worth {best}")
                if prices and best is not None and Fraction(prices) < best:
                    found.append(f"{key}: price bound below a plan worth {best}")
                if value is not None and least is not None and value > least + 1e-6 * abs(least):
                    found.append(f"{key}: worth {value}, above a peer's bound {least}")
                if run.get("optimal") and optimum and value != int(optimum):
                    found.append(f"{key}: proven {value}, the reference is {optimum}")
                if prices and linear and Fraction(prices) < Fraction(linear) - Fraction(1, 10):
                    found.append(f"{key}: price bound below the optimum of the linear program")
        return list(dict.fromkeys(found))
