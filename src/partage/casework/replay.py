"""A kept plan judged again by the referee, from its arrays alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from math import floor
from typing import Any

from partage.casework.verify_lines import line_fault
from partage.core.errors import Refusal
from partage.core.findings import Finding
from partage.ledger.facts import Entry
from partage.place.certify import Certified, certify, load_plan
from partage.place.instance import load_instance
from partage.place.referee import faults_in_claims

APPROVE_NOT = "do not approve this plan"


def plan_faults(
    entry: Entry,
    blob: Callable[[str], bytes | None],
    document: Mapping[str, Any] | None = None,
) -> list[Finding]:
    """What is wrong with the plan that a proposal kept, also when the people's data are gone.

    The plan, its worth, and what its prices bound are worked out again and held against the entry;
    the lines of its ``document`` are held against its arrays.
    """
    try:
        instance, _ = load_instance(blob(entry.body["instance"]) or b"")
        plan = load_plan(blob(entry.body["solution"]) or b"", len(instance.keep_least))
    except Refusal as refusal:
        return [Finding("plan", f"cannot be judged: {refusal.what}", APPROVE_NOT, "fault")]
    checked = certify(instance, plan)
    faults = [
        *checked.faults,
        *faults_in_claims(checked.value, entry.body["value"], entry.body["bound"]),
    ]
    said = entry.body.get("price_bounds")
    if _whole_bounds(checked) != said:
        what = f"bounds {_whole_bounds(checked)}, not {said} as the entry says"
        faults.append(Finding("certificate", what, APPROVE_NOT, "fault"))
    wrong = line_fault(entry, document, instance, plan.site) if document else ""
    if wrong:
        faults.append(Finding("lines", wrong, APPROVE_NOT, "fault"))
    return faults


def _whole_bounds(checked: Certified) -> list[int]:
    """What the prices of each priority bound, rounded down: worths are whole."""
    bounds: list[Fraction | None] = [tier.price_bound for tier in checked.tiers]
    return [floor(bound) for bound in (*bounds, checked.price_bound) if bound is not None]
