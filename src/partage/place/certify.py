"""A plan and its prices judged again: by the referee, and by the bound that anyone can re-check.

Nothing of the engine is used: the array format, the certificate's formula and the referee.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import BinaryIO

import numpy as np

from partage.core.errors import InputRefused
from partage.core.findings import Finding
from partage.place.certificate import NAMES, Certificate, bound_of, inadmissible
from partage.place.instance import Instance, Ints, tier_instance, tier_lift
from partage.place.npz import arrays_from_bytes, arrays_from_stream
from partage.place.referee import Judged, judge_counts, judge_sites

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
    findings: tuple[Finding, ...] = ()  # what is wrong with the arrays themselves

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
    return plan_from(arrays_from_bytes(data), tiers)


def read_plan(stream: BinaryIO, tiers: int) -> PlanFile:
    """The plan in an open ``.npz`` file."""
    return plan_from(arrays_from_stream(stream), tiers)


def plan_from(arrays: dict[str, Ints], tiers: int) -> PlanFile:
    """The plan among named arrays, with what is wrong with them; refused if they are no plan at all."""
    if ("site" in arrays) == ("counts" in arrays):
        raise InputRefused(
            "The plan must have 'site' or 'counts', and not both.",
            "Write 'site' when every count is 1, else 'counts'.",
        )
    found: list[Finding] = []
    for name in ("site", "counts"):
        if name in arrays and arrays[name].dtype != np.int32:
            found.append(_fault("plan", f"has '{name}' as {arrays[name].dtype}, not int32"))
    known, certificates = {"site", "counts"}, []
    for tier in range(tiers + 1):
        before = TIER.format(tier) if tier < tiers else ""
        known |= {before + name for name in NAMES}
        own = {name: arrays[before + name] for name in NAMES if before + name in arrays}
        certificates.append(_certificate(own, before, found))
    found += [
        Finding(f"array {name}", "is unknown and ignored", "remove it", "note")
        for name in sorted(set(arrays) - known)
    ]
    whole = {n: a for n, a in arrays.items() if a.dtype.kind in "iu"}
    return PlanFile(whole.get("site"), whole.get("counts"), tuple(certificates), tuple(found))


def _certificate(own: dict[str, Ints], before: str, found: list[Finding]) -> Certificate | None:
    if not own:
        return None
    try:
        return Certificate.of(own)
    except InputRefused as refusal:
        found.append(_fault(f"{before}certificate", f"cannot be read: {refusal.what}"))
        return None


@dataclass(frozen=True, slots=True)
class Tier:
    """A kept priority: what was promised, what the plan reaches, and what its own prices bound."""

    least: int
    reached: int | None
    price_bound: Fraction | None


@dataclass(frozen=True, slots=True)
class Certified:
    """What a plan is worth, what no plan can be worth more than, and what is wrong with either.

    ``value`` is None where the arrays are no plan of the instance. ``price_bound`` is exact, and None if
    the file has no certificate or one that bounds nothing. ``tiers``: the kept priorities, in order.
    """

    value: int | None
    price_bound: Fraction | None
    tiers: tuple[Tier, ...]
    faults: tuple[Finding, ...]
    notes: tuple[Finding, ...] = ()

    @property
    def price_gap(self) -> float | None:
        """How far the plan may be from the best, as a share of its value."""
        if self.price_bound is None or self.value is None:
            return None
        return float((self.price_bound - self.value) / max(1, abs(self.value)))


def certify(
    instance: Instance,
    plan: PlanFile,
    *,
    value: int | None = None,
    price_bound: Fraction | None = None,
) -> Certified:
    """The plan's value worked out again, the bound of its prices in exact numbers, and every fault.

    ``value`` and ``price_bound`` are what was claimed of it; another number is a fault.
    """
    faults = [one for one in plan.findings if one.weight == "fault"]
    notes = tuple(one for one in plan.findings if one.weight != "fault")
    judged = Judged(None, (), ())
    if plan.site is not None:
        judged = judge_sites(instance, plan.site)
    elif plan.counts is not None:
        judged = judge_counts(instance, plan.counts)
    faults += judged.faults
    tiers = len(instance.keep_least)
    bounds = [_bound(instance, tier, one, faults) for tier, one in enumerate(plan.certificates)]
    if bounds[-1] is None and not faults:
        what = "is missing: nothing bounds what a plan could be worth"
        faults.append(_fault("certificate", what))
    reached = judged.kept or (None,) * tiers
    kept = tuple(
        Tier(int(least), had, bound)
        for least, had, bound in zip(instance.keep_least, reached, bounds[:-1], strict=True)
    )
    faults += _above(judged.value, bounds[-1], kept) if not faults else []
    if value is not None and judged.value is not None and value != judged.value:
        faults.append(_fault("plan", f"is worth {judged.value}, not {value} as claimed"))
    if price_bound is not None and price_bound != bounds[-1]:
        was = "nothing" if bounds[-1] is None else bounds[-1]
        faults.append(_fault("certificate", f"bounds {was}, not {price_bound} as claimed"))
    return Certified(judged.value, bounds[-1], kept, tuple(faults), notes)


def _bound(
    instance: Instance, tier: int, one: Certificate | None, faults: list[Finding]
) -> Fraction | None:
    """What the prices of a priority bound; the last one is the plan's own value."""
    if one is None:
        return None
    last = tier == len(instance.keep_least)
    problem = instance if last else tier_instance(instance, tier)
    wrong = inadmissible(problem, one)
    if wrong:
        name = "certificate" if last else f"certificate of priority {tier}"
        faults.extend(_fault(name, sentence) for sentence in wrong)
        return None
    bound = Fraction(bound_of(problem, one), one.scale)
    return bound if last else bound - tier_lift(instance, tier)


def _above(value: int | None, bound: Fraction | None, kept: Sequence[Tier]) -> list[Finding]:
    """A sound plan above its bound: one of the two was worked out wrongly, whoever did it."""
    worths = [
        ("plan", value, bound),
        *((f"priority {t}", one.reached, one.price_bound) for t, one in enumerate(kept)),
    ]
    return [
        _fault(name, f"is worth {worth}, above the bound {most} of its prices")
        for name, worth, most in worths
        if worth is not None and most is not None and worth > most
    ]


def _fault(where: str, what: str) -> Finding:
    return Finding(where, what, "do not rely on this plan", "fault")
