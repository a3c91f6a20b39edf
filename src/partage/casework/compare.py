"""``compare``: what a policy would do with the same people and places, as if in force."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from partage.casework.acts import add_units, by_period
from partage.casework.agree import agree_region, agree_site
from partage.casework.planning import DEFAULT_SECONDS, place_households
from partage.casework.survey import survey
from partage.core.household import Household
from partage.core.plan import Plan
from partage.core.policy import Policy
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
            acts = agree_region(
                pack.region(party),
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
    seconds: float = DEFAULT_SECONDS,
) -> list[Compared]:
    """Each policy on the same days, people and places; what one day places is gone the next day."""
    out = []
    for policy in policies:
        plans: list[Plan] = []
        situations: list[Situation] = []
        rows = agreed_places(pack)
        for day, people in arrivals:
            households = nameless(people)
            situation = survey(rows.tables["places"], pack, day, policy.nights)
            plan = place_households(
                households,
                situation,
                policy,
                pack.figures,
                seed=f"{seed}/{day}",
                as_if=True,
                seconds=seconds,
            )
            _settle(rows, plan, households, pack)
            plans.append(plan)
            situations.append(situation)
        out.append(Compared(policy, tuple(plans), tuple(situations)))
    return out


def nameless(households: Sequence[Household]) -> list[Household]:
    """The households under made-up ids: a comparison needs no reference, and prints none."""
    order = sorted(household.id for household in households)
    ids = {old: CaseId(f"#{number:05d}") for number, old in enumerate(order, start=1)}
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
