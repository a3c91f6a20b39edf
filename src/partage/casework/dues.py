"""Who is due how many persons of a plan: the key, its rounding, and what was carried over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from partage.apportion import METHODS
from partage.apportion.carry import cumulative
from partage.core.household import Household
from partage.core.policy import KeyChoice, Policy
from partage.core.shares import Apportionment, Shares
from partage.core.situation import Figure, Situation
from partage.keys import shares_of

CARRIED = "; carried over from earlier plans, in persons: "


@dataclass(frozen=True, slots=True)
class Dues:
    """Whole persons due, the exact shares behind them, and a sentence on who takes part."""

    due: Apportionment | None
    shares: Shares | None
    note: str

    @property
    def persons(self) -> dict[str, int]:
        """Persons due per region; empty where no key was applied."""
        return {str(region): n for region, n in self.due.persons} if self.due else {}


def due_of(
    households: Sequence[Household],
    situation: Situation,
    policy: Policy,
    figures: Sequence[Figure],
    lots: tuple[str, ...],
    balance: Mapping[str, Fraction],
    settled: Mapping[str, int] | None = None,
) -> Dues:
    """Persons due per region, over the regions that take part, and a sentence on who they are.

    ``settled``: persons by region who have a place by the same plan already; the dues are theirs too.
    """
    if policy.key is None:
        return Dues(None, None, "the policy names no key")
    total = sum(household.persons for household in households)
    total += sum((settled or {}).values())
    part, barred = _who_takes_part(households, situation, policy, policy.key)
    if not part or not total:
        note = "no region takes part in the key" if not part else "nobody to place"
        return Dues(None, None, note)
    shares = shares_of(
        policy.key.name, policy.key.params, part, figures, situation.day, persons=total
    )
    note = f"{policy.key.name} over {', '.join(part)}; {shares.definition}; {shares.origin}"
    if barred:
        note += f"; without {', '.join(barred)}, which a rule bars for every household of this plan"
    if not policy.key.carry:
        return Dues(METHODS[policy.key.rounding](total, shares, lots), shares, note)
    carried = {region: balance[region] for region in part if balance.get(region)}
    if carried:
        said = ", ".join(f"{region} {float(persons):+.2f}" for region, persons in carried.items())
        note += f"{CARRIED}{said}"
    return Dues(cumulative(total, shares, lots, carried), shares, note)


def _who_takes_part(
    households: Sequence[Household], situation: Situation, policy: Policy, key: KeyChoice
) -> tuple[list[str], list[str]]:
    """Regions that take part in the key, and those that the rules bar for everybody."""
    regions = sorted(
        situation.consenting
        if key.regions == "consenting"
        else situation.regions or {site.region for site in situation.sites}
    )
    barred = [
        region
        for region in regions
        if households
        and all(policy.excluding(household.need, region) is not None for household in households)
    ]
    return [region for region in regions if region not in barred], barred
