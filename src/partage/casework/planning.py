"""From households, places and a policy to a plan: key, dues, tiers, reasons, and the referee's word."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

import numpy as np

from partage.casework.check_policy import check_in_force, check_policy, policy_assumptions
from partage.casework.dues import due_of
from partage.casework.replanning import replanned_of, same_problem
from partage.casework.solving import Solution, Solving
from partage.core.errors import Unfaithful
from partage.core.findings import Finding
from partage.core.household import Household
from partage.core.moves import Replanned
from partage.core.plan import Line, Plan, Reason
from partage.core.policy import HAIR_SHARE, Policy
from partage.core.situation import Figure, Situation
from partage.core.units import CaseId
from partage.place.certify import PlanFile
from partage.place.explain import Standing as Left
from partage.place.explain import explain_row
from partage.place.instance import Instance
from partage.place.npz import arrays_to_bytes
from partage.place.priced import close_calls
from partage.place.referee import faults_in_arrays, faults_in_plan
from partage.place.stay import Standing
from partage.place.tiers import Outcome, Told
from partage.place.value import Model, build_model

DEFAULT_SECONDS = 20.0
DRAW = 1e-3  # points a person: what the rounding of prices may put between equals


def place_households(
    households: Sequence[Household],
    situation: Situation,
    policy: Policy,
    figures: Sequence[Figure],
    *,
    seed: str,
    mechanism: str = "",
    lots: tuple[str, ...] = (),
    balance: Mapping[str, Fraction] | None = None,
    as_if: bool = False,
    seconds: float = DEFAULT_SECONDS,
    chosen: Mapping[str, str | None] | None = None,
    standing: Standing | None = None,
    kept: Instance | None = None,
    say: Told | None = None,
) -> Plan:
    """A plan for one day that the referee finds no fault with: everybody in it, each with a reason.

    Households on the protected path or a medical hold, or without an adult, are left to officers.
    The plan depends on the seed, not on the order of the households. ``balance`` is what earlier
    plans left each region owing (exact persons), for a policy that carries claims over. Refused: a
    policy not in force (unless ``as_if``), a tie in the key (``LotsRequired``, unless ``lots`` has
    its draw).

    ``chosen`` are sites that a person chose (None: no place yet); they are kept, judged by the same
    referee, and refused with what stands against them. Nothing is claimed to be the best plan then.

    ``standing`` is a plan that this one starts from: its lines count, and each move is reported.
    ``kept`` are its arrays, if the same people were in it: where places and dues are the same too, nothing
    has changed, and nobody moves. ``say`` is told how far the search is.
    """
    check_policy(policy, situation.regions)
    check_in_force(policy, situation.day, as_if=as_if)
    outside = tuple(sorted((h.id, _why_outside(h)) for h in households if _why_outside(h)))
    mine = [seen_by_engine(h, policy) for h in households if not _why_outside(h)]
    settled = standing.settled if standing else {}
    dues = due_of(mine, situation, policy, figures, lots, balance or {}, settled)
    name = mechanism or policy.mechanism
    unchanged = standing is not None and kept is not None and same_problem(
        build_model(mine, situation, policy, dues.persons, seed, standing=standing), kept
    )  # fmt: skip
    asked = replace(standing, at_most=0) if standing and unchanged else standing
    solving = Solving(
        situation, policy, dues.persons, seed, name, seconds, chosen or {}, asked, say
    )
    solved = solving.plan(mine)
    model, outcome = solved.model, solved.outcome
    replanned = replanned_of(solved, standing, unchanged=unchanged) if standing else None
    plan = Plan(
        day=situation.day,
        policy=policy.id,
        policy_version=policy.version,
        policy_mark=policy.mark,
        as_if=as_if,
        mechanism=solving.mechanism,
        seed=seed,
        lines=lines_of(solved, policy, chosen or {}, replanned),
        outside=outside,
        due=dues.due,
        shares=dues.shares,
        key_note=dues.note,
        tiers=outcome.reached,
        proven=outcome.proven,
        value=outcome.solved.value,
        bound=outcome.solved.bound,
        price_bounds=outcome.price_bounds,
        given=given_of(model, outcome),
        findings=(*_replan_findings(replanned), *_findings(solved, situation)),
        assumptions=policy_assumptions(policy, as_if=as_if),
        arrays={
            "instance": outcome.instance.to_bytes(),
            "plan": arrays_to_bytes(
                PlanFile(outcome.solved.site_of, None, outcome.certificates).arrays()
            ),
        },
        replanned=replanned,
        settled=settled,
    )
    judged(plan, outcome, households, situation, policy)
    return plan


def judged(
    plan: Plan,
    outcome: Outcome,
    households: Sequence[Household],
    situation: Situation,
    policy: Policy,
) -> None:
    """The referee's word on a plan; refused if it finds a fault, and then nothing is kept."""
    faults = faults_in_arrays(
        outcome.instance, outcome.solved.site_of, value=plan.value, bound=plan.bound
    ) + faults_in_plan(plan, households, situation, policy)
    if faults:
        raise Unfaithful(
            f"The referee found {len(faults)} fault(s) in the plan: {faults[0]}.",
            "Nothing was kept. Please report this with the pack and the policy.",
        )


def _why_outside(household: Household) -> str:
    if household.need.holds != "none":
        return household.need.holds
    ages = household.need.ages
    return "protected-path" if ages.adults == 0 or ages.unknown else ""


def seen_by_engine(household: Household, policy: Policy) -> Household:
    """The household as the engine may see it: never its nationality, and blind to the whole profile
    under a profile-blind policy."""
    if policy.profile_blind:
        return Household(household.need)
    return Household(household.need, household.profile.without_nationality())


def lines_of(
    solved: Solution,
    policy: Policy,
    chosen: Mapping[str, str | None],
    replanned: Replanned | None = None,
) -> tuple[Line, ...]:
    """A line per household with its reason, its flags and whom it is together with."""
    model, site_of = solved.model, solved.outcome.solved.site_of
    placed = {m.id for i, row in enumerate(model.rows) if site_of[i] >= 0 for m in row.members}
    standing = Left.of(model, site_of)
    close = _close_calls(solved, policy)
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
                    flags=(
                        *_flags(member, reason, row.members, solved.group_of),
                        *(("by-hand",) if site and chosen.get(member.id) == site.id else ()),
                        *(("hair",) if i in close else ()),
                        *(
                            replanned.flags(member.id, site.id if site else None)
                            if replanned
                            else ()
                        ),
                    ),
                    together=_together(member, row.members, solved.group_of, placed),
                )
            )
    return tuple(lines)


def _close_calls(solved: Solution, policy: Policy) -> frozenset[int]:
    """Rows whose first and second choice are within a hair at the plan's prices; a draw is not one.

    Only where the best plan was looked for: other mechanisms do not decide by prices.
    """
    if not solved.searched:
        return frozenset()
    outcome = solved.outcome
    instance = outcome.instance
    most = (instance.value.max(axis=1, initial=0) / instance.need[:, 0]).max(initial=0.0)
    hair = most / HAIR_SHARE if policy.hair is None else float(policy.hair)
    close = close_calls(
        instance, outcome.solved.site_of, outcome.certificates[-1], hair=hair, draw=DRAW
    )
    return frozenset(np.flatnonzero(close).tolist())


def given_of(model: Model, outcome: Outcome) -> dict[str, dict[str, int]]:
    """Units that a plan gives, by site and service."""
    given: dict[str, dict[str, int]] = {}
    for i, j in enumerate(outcome.solved.site_of):
        if j >= 0:
            units = given.setdefault(model.sites[j].id, {})
            for service, number in model.rows[i].units.items():
                units[service] = units.get(service, 0) + number
    return given


def _together(
    member: Household,
    members: Sequence[Household],
    group_of: Mapping[str, tuple[Household, ...]],
    placed: set[CaseId],
) -> tuple[CaseId, ...]:
    """Linked cases whose lines stand or fall with this one; of a released group those with a place."""
    if member.id in group_of:
        mine = member.id in placed
        return tuple(
            m.id for m in group_of[member.id] if m.id != member.id and mine and m.id in placed
        )
    return tuple(m.id for m in members if m.id != member.id)


def _flags(
    household: Household,
    reason: Reason,
    members: Sequence[Household],
    group_of: Mapping[str, tuple[Household, ...]],
) -> tuple[str, ...]:
    """What an officer must look at before this line is approved."""
    flags = []
    if household.need.mobility:
        flags.append("mobility")
    group = group_of.get(household.id, tuple(members))
    if household.id in group_of:
        flags.append("link-released")
    if len(group) > 1 and reason.decided == "none":
        flags.append("linked-unplaced")
    if set(household.need.links) - {member.id for member in group}:
        flags.append("linked-elsewhere")
    return tuple(flags)


def _replan_findings(replanned: Replanned | None) -> list[Finding]:
    """Who loses a place by a re-plan, one by one, and whether more move than the policy says."""
    if replanned is None:
        return []
    findings = []
    if replanned.over:
        findings.append(
            Finding(
                "plan",
                f"moves {len(replanned.moves)} household(s), more than the {replanned.at_most} that the "
                "policy lets a re-plan move; no roof could be kept with fewer",
                f"whoever approves says that they looked: --moves {len(replanned.moves)}",
                "warning",
            )
        )
    for move in replanned.moves:
        if move.after is None:
            what = f"had a line at {move.before}, and no place is left for it; it keeps its roof"
            do = "an officer looks for a place, or asks for more; see 'partage explain'"
            findings.append(Finding(f"case {move.case}", what, do, "fault"))
    return findings


def _findings(solved: Solution, situation: Situation) -> tuple[Finding, ...]:
    model, outcome = solved.model, solved.outcome
    findings = list(situation.findings)
    if not outcome.proven and solved.searched:
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
        inside = {
            other.id
            for member in row.members
            for other in solved.group_of.get(member.id, row.members)
        }
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
    return (*findings, *_release_findings(solved))


def _release_findings(solved: Solution) -> list[Finding]:
    """What became of linked households that no site can take together."""
    region = {
        member.id: solved.model.sites[j].region if j >= 0 else ""
        for row, j in zip(solved.model.rows, solved.outcome.solved.site_of, strict=True)
        for member in row.members
    }
    findings = []
    for group in dict.fromkeys(solved.group_of.values()):
        first, *others = group
        near = sum(1 for other in others if region[other.id])
        where = region[first.id] or "no region: the larger household has no place yet"
        findings.append(
            Finding(
                f"case {first.id}",
                f"{len(group)} linked households fit together at no site; the link was released to the "
                f"same region: {where}, {near} of {len(others)} other(s) placed there",
                "ask them whether they accept to be near each other; approve their lines by name",
                "warning",
            )
        )
    return findings
