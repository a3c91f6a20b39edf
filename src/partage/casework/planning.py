"""From households, places and a policy to a plan: key, dues, tiers, reasons, and the referee's word."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from partage.apportion import METHODS
from partage.casework.check_policy import check_in_force, check_policy, policy_assumptions
from partage.core.errors import Unfaithful
from partage.core.findings import Finding
from partage.core.household import Household
from partage.core.plan import Line, Plan, Reason
from partage.core.policy import Policy
from partage.core.shares import Apportionment
from partage.core.situation import Figure, Situation
from partage.core.streams import Stream
from partage.core.units import CaseId
from partage.keys import KEYS
from partage.place.explain import Standing, explain_row
from partage.place.instance import arrays_to_bytes
from partage.place.mechanisms import MECHANISMS
from partage.place.referee import faults_in_arrays, faults_in_plan
from partage.place.tiers import Outcome, tier_by_tier
from partage.place.value import Model, build_model

DEFAULT_SECONDS = 20.0


def place_households(
    households: Sequence[Household],
    situation: Situation,
    policy: Policy,
    figures: Sequence[Figure],
    *,
    seed: str,
    mechanism: str = "optimum",
    lots: tuple[str, ...] = (),
    as_if: bool = False,
    seconds: float = DEFAULT_SECONDS,
) -> Plan:
    """A plan for one day that the referee finds no fault with: everybody in it, each with a reason.

    Households on the protected path or a medical hold, or without an adult, are left to officers.
    The plan depends on the seed, not on the order of the households. Refused: a policy not in
    force (unless ``as_if``), a tie in the key (``LotsRequired``, unless ``lots`` has its draw).
    """
    check_policy(policy)
    check_in_force(policy, situation.day, as_if=as_if)
    outside = tuple(sorted((h.id, _why_outside(h)) for h in households if _why_outside(h)))
    mine = [_blind(h, policy) for h in households if not _why_outside(h)]
    due, note = _due(mine, situation, policy, figures, lots)
    model = build_model(mine, situation, policy, dict(due.persons) if due else {}, seed)
    outcome = tier_by_tier(model, MECHANISMS[mechanism], Stream(seed, "place"), seconds)
    plan = Plan(
        day=situation.day,
        policy=policy.id,
        policy_version=policy.version,
        policy_mark=policy.mark,
        as_if=as_if,
        mechanism=mechanism,
        seed=seed,
        lines=_lines(model, outcome),
        outside=outside,
        due=due,
        key_note=note,
        tiers=outcome.reached,
        proven=outcome.proven,
        value=outcome.solved.value,
        bound=outcome.solved.bound,
        given=_given(model, outcome),
        findings=_findings(model, outcome, situation),
        assumptions=policy_assumptions(policy, as_if=as_if),
        arrays={
            "instance": outcome.instance.to_bytes(),
            "plan": arrays_to_bytes({"site": outcome.solved.site_of.astype(np.int32)}),
        },
    )
    faults = faults_in_arrays(
        outcome.instance, outcome.solved.site_of, value=plan.value, bound=plan.bound
    ) + faults_in_plan(plan, households, situation, policy)
    if faults:
        raise Unfaithful(
            f"The referee found {len(faults)} fault(s) in the plan: {faults[0]}.",
            "Nothing was kept. Please report this with the pack and the policy.",
        )
    return plan


def _why_outside(household: Household) -> str:
    if household.need.holds != "none":
        return household.need.holds
    return "protected-path" if household.need.ages.adults == 0 else ""


def _blind(household: Household, policy: Policy) -> Household:
    """The household as the engine may see it: under a profile-blind policy, without its profile."""
    return Household(household.need) if policy.profile_blind else household


def _due(
    households: Sequence[Household],
    situation: Situation,
    policy: Policy,
    figures: Sequence[Figure],
    lots: tuple[str, ...],
) -> tuple[Apportionment | None, str]:
    """Persons due per region, over the regions that take part, and a sentence on who they are."""
    total = sum(household.persons for household in households)
    regions = sorted(
        situation.consenting
        if policy.key.regions == "consenting"
        else situation.regions or {site.region for site in situation.sites}
    )
    barred = [
        region
        for region in regions
        if households
        and all(policy.excluding(household.need, region) is not None for household in households)
    ]
    part = [region for region in regions if region not in barred]
    if not part or not total:
        return None, "no region takes part in the key" if not part else "nobody to place"
    shares = KEYS[policy.key.name](part, figures, situation.day)
    note = f"{policy.key.name} over {', '.join(part)}; {shares.definition}"
    if barred:
        note += f"; without {', '.join(barred)}, which a rule bars for every household of this plan"
    return METHODS[policy.key.rounding](total, shares, lots), note


def _lines(model: Model, outcome: Outcome) -> tuple[Line, ...]:
    site_of = outcome.solved.site_of
    standing = Standing.of(model, site_of)
    lines = []
    for i, row in enumerate(model.rows):
        reason = explain_row(model, standing, i)
        site = model.sites[site_of[i]] if site_of[i] >= 0 else None
        for member in row.members:
            lines.append(
                Line(
                    case=CaseId(member.id),
                    persons=member.persons,
                    site=site.id if site else None,
                    region=site.region if site else None,
                    reason=reason,
                    flags=_flags(member, reason, row.members),
                    together=tuple(m.id for m in row.members if m.id != member.id),
                )
            )
    return tuple(lines)


def _given(model: Model, outcome: Outcome) -> dict[str, dict[str, int]]:
    given: dict[str, dict[str, int]] = {}
    for i, j in enumerate(outcome.solved.site_of):
        if j >= 0:
            units = given.setdefault(model.sites[j].id, {})
            for service, number in model.rows[i].units.items():
                units[service] = units.get(service, 0) + number
    return given


def _flags(household: Household, reason: Reason, members: Sequence[Household]) -> tuple[str, ...]:
    """What an officer must look at before this line is approved."""
    flags = []
    if household.need.mobility:
        flags.append("mobility")
    if len(members) > 1 and reason.decided == "none":
        flags.append("linked-unplaced")
    if set(household.need.links) - {member.id for member in members}:
        flags.append("linked-elsewhere")
    return tuple(flags)


def _findings(model: Model, outcome: Outcome, situation: Situation) -> tuple[Finding, ...]:
    findings = list(situation.findings)
    if not outcome.proven:
        findings.append(
            Finding(
                "plan",
                f"is worth {outcome.solved.value}; nothing better than "
                f"{outcome.solved.bound} is possible, the rest is not settled",
                "give it more time with --seconds",
                "note",
            )
        )
    for row in model.rows:
        inside = {member.id for member in row.members}
        for member in row.members:
            if set(member.need.links) - inside:
                findings.append(
                    Finding(
                        f"case {member.id}",
                        "has a link that joins nobody in this plan: the other is with an officer, "
                        "placed already, or did not ask for the link",
                        "ask both before this line is approved",
                        "warning",
                    )
                )
    for i, row in enumerate(model.rows):
        if len(row.members) > 1 and outcome.solved.site_of[i] < 0:
            findings.append(
                Finding(
                    f"case {row.members[0].id}",
                    f"{len(row.members)} linked households fit together nowhere",
                    "an officer asks them whether they would be near each other instead",
                    "warning",
                )
            )
    return tuple(findings)
