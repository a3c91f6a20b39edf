"""A plan and its prices judged again: by the referee, and by the bound that anyone can re-check.

Nothing of the engine is used: the array format, the certificate's formula and the referee.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from partage.core.errors import InputRefused
from partage.core.findings import Finding
from partage.place.certificate import Certificate, bound_of, inadmissible
from partage.place.instance import Instance, Ints, arrays_from_bytes, tier_instance
from partage.place.referee import faults_in_arrays, faults_in_counts, value_again

TIER = "tier{}_"


@dataclass(frozen=True, slots=True, eq=False)
class PlanFile:
    """A plan as arrays: sites (or counts of grouped rows), and the prices of each priority in order.

    ``certificates``: the last is the plan's own, those before it belong to the priorities it keeps; None
    where the file has none.
    """

    site: Ints | None
    counts: Ints | None
    certificates: tuple[Certificate | None, ...]

    def arrays(self) -> dict[str, Ints]:
        """The arrays of the plan file."""
        out: dict[str, Ints] = {}
        if self.site is not None:
            out["site"] = self.site.astype(np.int32)
        if self.counts is not None:
            out["counts"] = self.counts.astype(np.int32)
        for tier, one in enumerate(self.certificates):
            if one is not None:
                before = TIER.format(tier) if tier + 1 < len(self.certificates) else ""
                out.update({before + name: array for name, array in one.arrays().items()})
        return out


def load_plan(data: bytes, tiers: int) -> PlanFile:
    """The plan in an ``.npz`` file, for an instance of that many kept priorities."""
    arrays = arrays_from_bytes(data)
    if ("site" in arrays) == ("counts" in arrays):
        raise InputRefused(
            "The plan must have 'site' or 'counts', and not both.",
            "Write 'site' when every count is 1, else 'counts'.",
        )
    for name in ("site", "counts"):
        if name in arrays and arrays[name].dtype.kind not in "iu":
            raise InputRefused(f"'{name}' of the plan is not in whole numbers.", "Use int32.")
    found: list[Certificate | None] = []
    for tier in range(tiers + 1):
        before = TIER.format(tier) if tier < tiers else ""
        own = {n.removeprefix(before): a for n, a in arrays.items() if n.startswith(before)}
        found.append(Certificate.of(own) if "scale" in own else None)
    return PlanFile(arrays.get("site"), arrays.get("counts"), tuple(found))


@dataclass(frozen=True, slots=True)
class Certified:
    """What a plan is worth, what no plan can be worth more than, and what is wrong with either.

    ``price_bound`` is exact, and None if the file has no certificate or one that bounds nothing. ``tiers``:
    for each kept priority what was reached and what its own prices bound.
    """

    value: int
    price_bound: Fraction | None
    tiers: tuple[tuple[int, Fraction | None], ...]
    faults: tuple[Finding, ...]

    @property
    def price_gap(self) -> float | None:
        """How far the plan may be from the best, as a share of its value."""
        if self.price_bound is None:
            return None
        return float((self.price_bound - self.value) / max(1, abs(self.value)))


def certify(instance: Instance, plan: PlanFile) -> Certified:
    """The plan's value worked out again, the bound of its prices in exact numbers, and every fault."""
    faults: list[Finding] = []
    if plan.site is not None:
        value = value_again(instance, plan.site)
        faults += faults_in_arrays(instance, plan.site, value=value, bound=value)
    else:
        assert plan.counts is not None
        value, faults = faults_in_counts(instance, plan.counts)
    tiers = len(instance.keep_least)
    bounds = [
        _bound(instance if tier == tiers else tier_instance(instance, tier), one, tier, faults)
        for tier, one in enumerate(plan.certificates)
    ]
    if bounds[-1] is None:
        faults.append(
            _fault("certificate", "is missing: nothing bounds what a plan could be worth")
        )
    reached = [*(int(least) for least in instance.keep_least), value]
    for tier, (worth, bound) in enumerate(zip(reached, bounds, strict=True)):
        if bound is not None and worth > bound and not faults:
            name = "plan" if tier == tiers else f"priority {tier}"
            faults.append(_fault(name, f"is worth {worth}, above the bound {bound} of its prices"))
    return Certified(
        value, bounds[-1], tuple(zip(reached[:-1], bounds[:-1], strict=True)), tuple(faults)
    )


def _bound(
    instance: Instance, one: Certificate | None, tier: int, faults: list[Finding]
) -> Fraction | None:
    if one is None:
        return None
    wrong: Sequence[str] = inadmissible(instance, one)
    if wrong:
        faults.extend(_fault("certificate", sentence) for sentence in wrong)
        return None
    return Fraction(bound_of(instance, one), one.scale)


def _fault(where: str, what: str) -> Finding:
    return Finding(where, what, "do not rely on this plan", "fault")
