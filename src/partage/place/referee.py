"""The referee: checks a plan from the nouns and from the arrays, sharing no code with the engine.

It imports the array format and the nouns, and works everything else out again in its own way.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from partage.core.findings import Finding
from partage.core.household import Household
from partage.core.plan import Plan
from partage.core.policy import Policy
from partage.core.situation import Situation
from partage.place.instance import Instance, Ints


@dataclass(frozen=True, slots=True)
class Judged:
    """What a plan of arrays is worth, what it reaches of each kept priority, and what is wrong with it.

    ``value`` is None where the arrays are no plan of this instance at all.
    """

    value: int | None
    kept: tuple[int, ...]
    faults: tuple[Finding, ...]


def faults_in_arrays(instance: Instance, site_of: Ints, *, value: int, bound: int) -> list[Finding]:
    """What is wrong with a plan as arrays: shape, limits, hard rows, and the value it claims."""
    judged = judge_sites(instance, site_of)
    return [*judged.faults, *faults_in_claims(judged.value, value, bound)]


def faults_in_claims(worth: int | None, value: int, bound: int) -> list[Finding]:
    """What is wrong with what was claimed of a plan that is worth so much."""
    faults = []
    if worth is not None and worth != value:
        faults.append(_fault("plan", f"is worth {worth}, not {value}"))
    if worth is not None and worth > bound:
        faults.append(_fault("plan", f"is worth {worth}, above the bound {bound} it claims"))
    return faults


def judge_sites(instance: Instance, site_of: Ints) -> Judged:
    """A plan of one site a row, judged; rows at sites that do not exist count nothing."""
    rows, columns = instance.value.shape
    if np.shape(site_of) != (rows,):
        shape = f"{len(site_of)} rows" if np.ndim(site_of) == 1 else f"shape {np.shape(site_of)}"
        what = f"has {shape}, the instance {rows} rows"
        return Judged(None, (), (_fault("plan", what),))
    if (instance.count != 1).any():
        what = "names one site for a row that stands for several households"
        return Judged(None, (), (_fault("plan", what),))
    faults = []
    left = [0] * rows
    placed: list[tuple[int, int, int]] = []
    for i, j in enumerate(site_of.tolist()):
        if 0 <= j < columns:
            placed.append((i, j, 1))
        elif j == -1:
            left[i] = 1
        else:
            faults.append(f"row {i} is at site {j}, which does not exist")
    return _judge(instance, placed, left, faults)


def judge_counts(instance: Instance, counts: Ints) -> Judged:
    """A plan of grouped rows, so many of each row at each site, judged."""
    if np.shape(counts) != instance.value.shape:
        what = f"has the shape {np.shape(counts)}, not {instance.value.shape}"
        return Judged(None, (), (_fault("plan", what),))
    faults = []
    left = [int(n) for n in instance.count]
    placed: list[tuple[int, int, int]] = []
    for i, j in zip(*(axis.tolist() for axis in counts.nonzero()), strict=True):
        number = int(counts[i, j])
        placed.append((i, j, number))
        left[i] -= number
        if number < 0:
            faults.append(f"row {i} places {number} households at site {j}")
    faults += [f"row {i} places {-n} households too many" for i, n in enumerate(left) if n < 0]
    return _judge(instance, placed, left, faults)


def _judge(
    instance: Instance, placed: list[tuple[int, int, int]], left: list[int], faults: list[str]
) -> Judged:
    """Everything added up household by household, then held against each limit."""
    sites, services = instance.capacity.shape
    at = (
        np.array([i for i, _, _ in placed], np.int64),
        np.array([j for _, j, _ in placed], np.int64),
    )
    chosen = zip(
        placed,
        instance.value[at].tolist(),
        instance.need[at[0]].tolist(),
        instance.keep_value[:, *at].T.tolist(),
        strict=True,
    )
    worth = sum(n * u for n, u in zip(left, instance.unplaced.tolist(), strict=True) if n)
    used = [[0] * services for _ in range(sites)]
    kept = [0] * len(instance.keep_least)
    for (i, j, number), value, needs, keeps in chosen:
        if value < 0:
            faults.append(f"row {i} is at site {j}, which is not allowed for it")
        worth += number * value
        units = used[j]
        for k, need in enumerate(needs):
            units[k] += number * need
        for t, keep in enumerate(keeps):
            kept[t] += number * keep
    for j, units in enumerate(used):
        for k, has in enumerate(instance.capacity[j].tolist()):
            if units[k] > has:
                faults.append(f"site {j} gives {units[k]} of service {k}, but has {has}")
    persons_in = [0] * len(instance.region_floor)
    for j, r in enumerate(instance.region.tolist()):
        persons_in[r] += used[j][0]
    for r, most in enumerate(instance.region_ceiling.tolist()):
        if persons_in[r] > most:
            faults.append(f"region {r} has {persons_in[r]} persons, above its ceiling")
    short_site = sum(max(0, f - used[j][0]) for j, f in enumerate(instance.floor.tolist()))
    short_in = sum(max(0, f - persons_in[r]) for r, f in enumerate(instance.region_floor.tolist()))
    for t, least in enumerate(instance.keep_least.tolist()):
        kept[t] -= int(instance.keep_floor_penalty[t]) * short_site
        kept[t] -= int(instance.keep_region_penalty[t]) * short_in
        if kept[t] < least:
            faults.append(f"priority {t} reaches {kept[t]}, but {least} was promised")
    worth -= int(instance.floor_penalty) * short_site + int(instance.region_penalty) * short_in
    return Judged(worth, tuple(kept), tuple(_fault("plan", sentence) for sentence in faults))


def faults_in_plan(
    plan: Plan, households: Sequence[Household], situation: Situation, policy: Policy
) -> list[Finding]:
    """What is wrong with a plan as people read it: everybody once, rules, consent, places, dues."""
    faults: list[Finding] = []
    by_id: dict[str, Household] = {h.need.id: h for h in households}
    seen = Counter([line.case for line in plan.lines] + [case for case, _ in plan.outside])
    for case, times in seen.items():
        if times > 1 or case not in by_id:
            faults.append(_fault(f"case {case}", f"stands {times} times in the plan"))
    faults += [
        _fault(f"case {case}", "was asked about but is missing from the plan")
        for case in by_id
        if case not in seen
    ]
    region_of: dict[str, str] = {site.id: site.region for site in situation.sites}
    taken: dict[tuple[str, str], int] = defaultdict(int)
    for line in plan.placed:
        household, site = by_id.get(line.case), str(line.site)
        if household is None:
            continue
        region = region_of.get(line.site) if line.site else None
        faults += _line_faults(household, site, region, situation, policy)
        for service, units in _needs_again(household).items():
            taken[site, service] += units
    for (site, service), units in sorted(taken.items()):
        free: Mapping[str, int] = situation.allocable.get(site, {})
        if service not in free:
            faults.append(_fault(f"site {site}", f"gives {service}, whose capacity is not known"))
        elif units > free[service]:
            faults.append(
                _fault(
                    f"site {site}", f"gives {units} {service}, but only {free[service]} are free"
                )
            )
    faults += _due_faults(plan, policy) + _tier_faults(plan) + _replan_faults(plan)
    return faults + _together_faults(plan, by_id)


def _line_faults(
    household: Household, site: str, region: str | None, situation: Situation, policy: Policy
) -> list[Finding]:
    need = household.need
    faults = []
    ages = need.ages
    if need.holds != "none" or ages.from_18_to_64 + ages.from_65 == 0 or ages.unknown:
        faults.append("is for an officer, never for the engine, but was placed")
    if region is None or region not in situation.consenting:
        faults.append("was placed where nobody has agreed to places")
    if need.id not in situation.silent.get(site, {need.id}):
        faults.append("was placed by the engine at a site that plans leave out: it is silent")
    if site in need.places_to_avoid or region in need.places_to_avoid:
        faults.append("was placed where it must not be")
    for rule in policy.rules:
        applies = (not rule.modes or need.mode in rule.modes) and (
            not rule.entry_points or need.entry_point in rule.entry_points
        )
        if need.declined and "declined-offer" in rule.exceptions:
            applies = False
        if applies and region in rule.never:
            faults.append(f"was placed in {region} against rule {rule.number}")
    return [_fault(f"case {need.id}", sentence) for sentence in faults]


def _needs_again(household: Household) -> dict[str, int]:
    """Units needed, worked out a second time."""
    need, a = household.need, household.need.ages
    people = a.under_5 + a.from_5_to_17 + a.from_18_to_64 + a.from_65 + a.unknown
    units: dict[str, int] = defaultdict(int)
    units["person"] = people
    if need.room_need:
        kind, _, number = need.room_need.partition(":")
        units[kind] += int(number or 1)
    elif people in (1, 2):
        units["room"] += 1
    else:
        units["room.family"] += people // 6 + (1 if people % 6 else 0)
    for service in set(need.care):
        if service in ("school.fr", "school.en"):
            units[service] += a.from_5_to_17
        elif service in ("course.fr", "course.en"):
            units[service] += a.from_18_to_64 + a.from_65
        else:
            units[service] += 1
    return {service: number for service, number in units.items() if number}


def _due_faults(plan: Plan, policy: Policy) -> list[Finding]:
    if plan.due is None:
        return []
    faults = []
    given = sum(persons for _, persons in plan.due.persons)
    if given != plan.due.total:
        faults.append(_fault("dues", f"sum to {given}, not {plan.due.total}"))
    for region in policy.key.ceiling if policy.key else ():
        there = sum(line.persons for line in plan.placed if line.region == region)
        most = sum(persons for name, persons in plan.due.persons if name == region)
        most = max(0, most - plan.settled.get(region, 0))
        if there > most:
            faults.append(
                _fault(f"region {region}", f"has {there} persons, above its most, {most}")
            )
    return faults


def _tier_faults(plan: Plan) -> list[Finding]:
    """Whether the plan itself, not only the search for it, keeps what the priorities reached."""
    persons: dict[str, int] = defaultdict(int)
    for line in plan.placed:
        persons[str(line.region)] += line.persons
    missing = 0
    for region, number in plan.due.persons if plan.due else ():
        missing += max(0, number - persons[region] - plan.settled.get(region, 0))
    kept = {"roof": sum(persons.values()), "due": -missing, **_standing_again(plan)}
    return [
        _fault("plan", f"the priority '{name}' says {reached}, the plan keeps {kept[name]}")
        for name, reached in plan.tiers
        if name in kept and kept[name] != reached
    ]


def _standing_again(plan: Plan) -> dict[str, int]:
    """What a re-plan keeps of the lines that stood, counted a second time."""
    if plan.replanned is None:
        return {}
    had, decided = plan.replanned.site_of, plan.replanned.decided
    lines = {str(line.case): line for line in plan.lines}
    stay = [line for case, line in lines.items() if case in had and line.site == had[case]]
    return {
        "place-kept": sum(line.persons for c, line in lines.items() if c in had and line.site),
        "decided": sum(
            lines[c].persons for c in decided if c in lines and lines[c].site == decided[c]
        ),
        "moves": min(len(stay), plan.replanned.enough),
    }


def _replan_faults(plan: Plan) -> list[Finding]:
    """Whether a re-plan reports each move, and none that is not one."""
    if plan.replanned is None:
        return []
    had = plan.replanned.site_of
    moved = {
        str(line.case): line.site
        for line in plan.lines
        if line.case in had and line.site != had[line.case]
    }
    said = {str(move.case): move.after for move in plan.replanned.moves}
    faults = [
        _fault(f"case {case}", "moves, and the plan does not say so")
        for case in moved
        if moved[case] != said.get(case, "")
    ]
    faults += [
        _fault(f"case {case}", "does not move, and the plan says it does")
        for case in said
        if case not in moved
    ]
    at_most = 0 if plan.replanned.unchanged else plan.replanned.at_most
    if plan.replanned.enough != len(had) - at_most:
        faults.append(_fault("plan", f"asks {plan.replanned.enough} of {len(had)} lines to stay"))
    if len(had) != plan.replanned.had:
        faults.append(_fault("plan", f"says that {plan.replanned.had} lines stood, not {len(had)}"))
    return faults


def _together_faults(plan: Plan, by_id: Mapping[str, Household]) -> list[Finding]:
    """Linked households share a site, or, where the plan says that it released them, a region."""
    line_of = {str(line.case): line for line in plan.lines}
    faults = []
    for group in _joined([by_id[case] for case in line_of if case in by_id]):
        lines = [line_of[case] for case in group]
        placed = [line for line in lines if line.site]
        where = f"case {min(group)}"
        if all("link-released" in line.flags for line in lines):
            if len({line.region for line in placed}) > 1:
                faults.append(_fault(where, "is in another region than a household linked to it"))
            largest = max(line.persons for line in lines)
            if placed and all(line.persons < largest for line in placed):
                faults.append(_fault(where, "or another has a place before the largest household"))
        elif len({line.site for line in lines}) > 1:
            faults.append(_fault(where, "was parted from a household linked to it"))
    return faults


def _joined(households: Sequence[Household]) -> list[set[str]]:
    """Groups of cases that name each other, worked out a second time; singles are left out."""
    groups: list[set[str]] = []
    asked: dict[str, set[str]] = {
        str(household.need.id): {str(link) for link in household.need.links}
        for household in households
    }
    for case, links in asked.items():
        own = {case} | {other for other in links if case in asked.get(other, ())}
        for group in [group for group in groups if group & own]:
            own |= group
            groups.remove(group)
        groups.append(own)
    return [group for group in groups if len(group) > 1]


def _fault(where: str, what: str) -> Finding:
    return Finding(where, what, "do not approve this plan", "fault")
