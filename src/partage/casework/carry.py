"""Claims carried over: what approved plans left each region owing, exact, in the rows of the regions."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from partage.apportion.carry import settled
from partage.casework.acts import Row
from partage.core.plan import Plan
from partage.core.shares import Shares
from partage.core.situation import Origin
from partage.core.units import RegionId
from partage.ledger.facts import Draft


def balance_of(places: Mapping[str, Row], policy: str) -> dict[str, Fraction]:
    """Exact persons that each region still owes under a policy; negative where it gave more."""
    return {
        region: Fraction(row["carry"][policy])
        for region, row in places.items()
        if policy in row.get("carry", {})
    }


def carry_drafts(
    document: Mapping[str, Any], given: Mapping[str, int], day: str
) -> tuple[Draft, ...]:
    """The facts that follow from approved lines: share times persons owed, persons given."""
    if not document.get("carry"):
        return ()
    of = tuple((RegionId(r), Fraction(share)) for r, share in sorted(document["shares"].items()))
    shares = Shares(document["key"], of, (), "", Origin(assumption="as in the plan"))
    change = settled({}, shares, {r: given.get(r, 0) for r, _ in of})
    return tuple(_draft(r, document["policy"], owed, day) for r, owed in change.items() if owed)


def give_back(row: Row, day: str) -> tuple[Draft, ...]:
    """The fact that a region did not get the persons it was approved for: it owes them again."""
    approved = row.get("approved") or {}
    if not approved.get("carry"):
        return ()
    return (_draft(approved["region"], approved["carry"], Fraction(row["persons"]), day),)


def moved_between(row: Row, approved: Mapping[str, Any], day: str) -> tuple[Draft, ...]:
    """An approved line that a re-plan moved: one region owes its persons again, another has given them.

    Its share of what is owed was counted when the line was first approved.
    """
    before = row.get("approved") or {}
    if not before.get("carry") or before["region"] == approved.get("region"):
        return ()
    given = _draft(approved["region"], approved["carry"], Fraction(-int(row["persons"])), day)
    return (*give_back(row, day), given)


def plan_shares(plan: Plan) -> dict[str, Fraction]:
    """The exact shares of a plan, as its document keeps them."""
    return {str(region): share for region, share in plan.shares.of} if plan.shares else {}


def _draft(region: str, policy: str, owed: Fraction, day: str) -> Draft:
    text = f"{owed.numerator}/{owed.denominator}"
    return Draft("carry", f"region/{region}", {"place": {"carry": {policy: text}}}, day)
