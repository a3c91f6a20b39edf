"""A kept plan judged again by the referee, from its arrays alone."""

from __future__ import annotations

from collections.abc import Callable
from math import floor

from partage.core.findings import Finding
from partage.ledger.facts import Entry
from partage.place.certify import certify, load_plan
from partage.place.instance import load_instance
from partage.place.referee import faults_in_arrays


def plan_faults(entry: Entry, blob: Callable[[str], bytes | None]) -> list[Finding]:
    """What the referee says of the plan that a proposal kept, also when the people's data are gone."""
    instance, _ = load_instance(blob(entry.body["instance"]) or b"")
    plan = load_plan(blob(entry.body["solution"]) or b"", len(instance.keep_least))
    assert (
        plan.site is not None
    )  # the office proposes a row a household, or a group that stays together
    checked = certify(instance, plan)
    bounds = [floor(bound) for _, bound in checked.tiers if bound is not None]
    bounds += [floor(checked.price_bound)] if checked.price_bound is not None else []
    faults = list(checked.faults)
    if bounds != entry.body["price_bounds"]:
        faults.append(
            Finding(
                "certificate",
                f"bounds {bounds}, not {entry.body['price_bounds']}",
                "do not approve this plan",
                "fault",
            )
        )
    return faults + faults_in_arrays(
        instance, plan.site, value=entry.body["value"], bound=entry.body["bound"]
    )
