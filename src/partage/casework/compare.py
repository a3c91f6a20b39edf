"""``compare``: what a policy would do with the same people and places, as if in force."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from partage.apportion.carry import settled
from partage.casework.acts import add_units, by_period
from partage.casework.agree import agree_owner, agree_site
from partage.casework.check_policy import check_policy
from partage.casework.planning import DEFAULT_SECONDS, place_households
from partage.casework.survey import survey
from partage.casework.triggers import load_in
from partage.core.household import Household
from partage.core.plan import Plan
from partage.core.policy import Policy, Trigger
from partage.core.situation import Situation
from partage.core.units import CaseId
from partage.ledger.chain import seal_drafts
from partage.ledger.facts import GENESIS
from partage.ledger.views import MemoryRows, project
from partage.packs.loader import Pack
from partage.place.needs import units_needed


@dataclass(frozen=True, slots=True)
class Compared:
    """One policy over several days: a plan a day, on what the days before left free."""

    policy: Policy
    plans: tuple[Plan, ...]
    situations: tuple[Situation, ...]
    households: tuple[tuple[Household, ...], ...]  # nameless, by day, as the plans name them

    def triggered(self) -> list[tuple[Trigger, date | None]]:
        """Each trigger of the policy, with the first of these days on which it was met."""
        return [
            (trigger, trigger.met_on({s.day: load_in(s, trigger) for s in self.situations}))
            for trigger in self.policy.triggers
        ]


def situation_of(pack: Pack, day: date, nights: int = 30) -> Situation:
    """The situation if every agreement in the pack stands and nobody is placed yet."""
    return survey(agreed_places(pack).tables["places"], pack, day, nights)


def agreed_places(pack: Pack) -> MemoryRows:
    """The places that the agreements in the pack make, folded by the same verbs as an office's."""
    rows = MemoryRows()
    for agreement in pack.agreements:
        party = agreement.party
        if any(region.id == party for region in pack.regions):
            before = rows.get("places", party) or {}
            acts = agree_owner(
                f"region/{party}",
                agreement,
                before,
                version=0,
                day=agreement.agreed_on.isoformat(),
            )
        else:
            site = pack.site(party)
            capacity = [row for row in pack.capacity if row.site == site.id]
            acts = agree_site(
                site,
                agreement,
                capacity,
                pack.services,
                rows.get("places", party) or {},
                version=0,
                day=agreement.agreed_on.isoformat(),
                at="",
            )
        for entry in seal_drafts(
            acts.drafts, at="", actor="pack", role="", idem="", head=(0, GENESIS), versions={}
        ):
            project(entry, rows)
    return rows


def compare(
    pack: Pack,
    policies: Sequence[Policy],
    arrivals: Sequence[tuple[date, Sequence[Household]]],
    *,
    seed: str,
    lots: tuple[str, ...] = (),
    seconds: float = DEFAULT_SECONDS,
    progress: Callable[[str], None] = lambda said: None,
) -> list[Compared]:
    """Each policy on the same days, people and places; what one day places is gone the next day.

    Claims that a policy carries over go from day to day. ``progress`` is told of each plan made.
    """
    out = []
    for policy in policies:
        check_policy(policy, [region.id for region in pack.regions])
    for policy in policies:
        balance: dict[str, Fraction] = {}
        everybody: list[tuple[Household, ...]] = []
        plans: list[Plan] = []
        situations: list[Situation] = []
        rows = agreed_places(pack)
        for day, people in arrivals:
            households = nameless(people, day)
            situation = survey(rows.tables["places"], pack, day, policy.nights)
            plan = place_households(
                households,
                situation,
                policy,
                pack.figures,
                seed=f"{seed}/{day}",
                lots=lots,
                balance=balance,
                as_if=True,
                seconds=seconds,
            )
            if plan.shares is not None and policy.key is not None and policy.key.carry:
                balance = settled(balance, plan.shares, plan.persons_by_region())
            _settle(rows, plan, households, pack)
            plans.append(plan)
            situations.append(situation)
            everybody.append(tuple(households))
            progress(
                f"{policy.id}, {day}: {len(plan.placed)} of {len(households)} households placed"
            )
        out.append(Compared(policy, tuple(plans), tuple(situations), tuple(everybody)))
    return out


def nameless(households: Sequence[Household], day: date) -> list[Household]:
    """The households under made-up ids, unique over days: a comparison needs no reference."""
    order = sorted(household.id for household in households)
    ids = {old: CaseId(f"#{day:%m%d}-{number:05d}") for number, old in enumerate(order, start=1)}
    return [
        replace(
            household,
            need=replace(
                household.need,
                id=ids[household.id],
                links=tuple(ids[link] for link in household.need.links if link in ids),
            ),
        )
        for household in households
    ]


def _settle(rows: MemoryRows, plan: Plan, households: Sequence[Household], pack: Pack) -> None:
    """Everybody who was given a place moves in, so that the next day finds it taken."""
    by_id = {household.id: household for household in households}
    for line in plan.placed:
        row = rows.get("places", str(line.site)) or {}
        units = by_period(units_needed(by_id[line.case].need), pack.services, plan.day)
        for service, number in units.pop("night", {}).items():
            occupied = row.setdefault("occupied", {})
            occupied[service] = occupied.get(service, 0) + number
        add_units(row.setdefault("taken", {}), units)
        rows.put("places", str(line.site), row)
