"""The referee: checks a plan from the nouns and from the arrays, sharing no code with the engine.

It imports the array format and the nouns, and works everything else out again in its own way.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from partage.core.findings import Finding
from partage.core.household import Household
from partage.core.plan import Plan
from partage.core.policy import Policy
from partage.core.situation import Situation
from partage.place.instance import Instance, Ints


def faults_in_arrays(instance: Instance, site_of: Ints, *, value: int, bound: int) -> list[Finding]:
    """What is wrong with a plan as arrays: shape, limits, hard rows, and the value it claims."""
    faults: list[str] = []
    rows, columns = instance.value.shape
    if len(site_of) != rows:
        return [_fault("plan", f"has {len(site_of)} rows, the instance {rows}")]
    if (instance.count != 1).any():
        return [_fault("plan", "names one site for a row that stands for several households")]
    used: dict[tuple[int, int], int] = defaultdict(int)
    persons_in: dict[int, int] = defaultdict(int)
    persons_at: dict[int, int] = defaultdict(int)
    worth = 0
    kept = [0] * len(instance.keep_least)
    for i in range(rows):
        j = int(site_of[i])
        if j == -1:
            worth += int(instance.unplaced[i])
            continue
        if not 0 <= j < columns:
            faults.append(f"row {i} is at site {j}, which does not exist")
            continue
        if instance.value[i, j] < 0:
            faults.append(f"row {i} is at site {j}, which is not allowed for it")
        worth += int(instance.value[i, j])
        for t in range(len(kept)):
            kept[t] += int(instance.keep_value[t, i, j])
        for k in range(instance.need.shape[1]):
            used[j, k] += int(instance.need[i, k])
        persons_at[j] += int(instance.need[i, 0])
        persons_in[int(instance.region[j])] += int(instance.need[i, 0])
    for (j, k), units in used.items():
        if units > int(instance.capacity[j, k]):
            faults.append(
                f"site {j} gives {units} of service {k}, but has {instance.capacity[j, k]}"
            )
    short_site = sum(max(0, int(f) - persons_at[j]) for j, f in enumerate(instance.floor))
    short_region = 0
    for r, floor in enumerate(instance.region_floor):
        short_region += max(0, int(floor) - persons_in[r])
        if persons_in[r] > int(instance.region_ceiling[r]):
            faults.append(f"region {r} has {persons_in[r]} persons, above its ceiling")
    for t, total in enumerate(kept):
        total -= int(instance.keep_floor_penalty[t]) * short_site
        total -= int(instance.keep_region_penalty[t]) * short_region
        if total < int(instance.keep_least[t]):
            faults.append(
                f"priority {t} reaches {total}, but {instance.keep_least[t]} was promised"
            )
    worth -= int(instance.floor_penalty) * short_site + int(instance.region_penalty) * short_region
    if worth != value:
        faults.append(f"the plan is worth {worth}, not {value}")
    if worth > bound:
        faults.append(f"the plan is worth {worth}, above the bound {bound} it claims")
    return [_fault("plan", sentence) for sentence in faults]


def value_again(instance: Instance, site_of: Ints) -> int:
    """What a plan is worth, worked out on its own; rows at sites that do not exist count nothing."""
    persons_at, persons_in = [0] * instance.value.shape[1], [0] * len(instance.region_floor)
    worth = 0
    for i, site in enumerate(site_of.tolist()[: instance.value.shape[0]]):
        if not 0 <= site < len(persons_at):
            worth += int(instance.unplaced[i]) if site == -1 else 0
            continue
        worth += int(instance.value[i, site])
        persons_at[site] += int(instance.need[i, 0])
        persons_in[int(instance.region[site])] += int(instance.need[i, 0])
    return worth - _cost_of_shortfall(instance, persons_at, persons_in)


def faults_in_counts(instance: Instance, counts: Ints) -> tuple[int, list[Finding]]:
    """What a plan of grouped rows is worth, and what is wrong with it."""
    if counts.shape != instance.value.shape:
        return 0, [_fault("plan", f"has the shape {counts.shape}, not {instance.value.shape}")]
    faults: list[str] = []
    if (counts < 0).any():
        faults.append("places fewer than no households somewhere")
    if ((counts > 0) & (instance.value < 0)).any():
        faults.append("places households where they are not allowed")
    left = [int(n) for n in instance.count]
    used = [[0] * instance.need.shape[1] for _ in range(instance.value.shape[1])]
    kept, worth = [0] * len(instance.keep_least), 0
    for i, j in zip(*(axis.tolist() for axis in counts.nonzero()), strict=True):
        number = int(counts[i, j])
        left[i] -= number
        worth += number * int(instance.value[i, j])
        for k, units in enumerate(instance.need[i].tolist()):
            used[j][k] += number * units
        for t in range(len(kept)):
            kept[t] += number * int(instance.keep_value[t, i, j])
    for i, number in enumerate(left):
        worth += number * int(instance.unplaced[i])
        if number < 0:
            faults.append(f"row {i} places {-number} households too many")
    for j, units_at in enumerate(used):
        for k, units in enumerate(units_at):
            if units > int(instance.capacity[j, k]):
                faults.append(
                    f"site {j} gives {units} of service {k}, but has {instance.capacity[j, k]}"
                )
    persons_at, persons_in = [u[0] for u in used], [0] * len(instance.region_floor)
    for j, persons in enumerate(persons_at):
        persons_in[int(instance.region[j])] += persons
    for r, persons in enumerate(persons_in):
        if persons > int(instance.region_ceiling[r]):
            faults.append(f"region {r} has {persons} persons, above its ceiling")
    short_site, short_region = _short(instance, persons_at, persons_in)
    for t, total in enumerate(kept):
        total -= int(instance.keep_floor_penalty[t]) * short_site
        total -= int(instance.keep_region_penalty[t]) * short_region
        if total < int(instance.keep_least[t]):
            faults.append(
                f"priority {t} reaches {total}, but {instance.keep_least[t]} was promised"
            )
    worth -= _cost_of_shortfall(instance, persons_at, persons_in)
    return worth, [_fault("plan", sentence) for sentence in faults]


def _short(
    instance: Instance, persons_at: Sequence[int], persons_in: Sequence[int]
) -> tuple[int, int]:
    return (
        sum(max(0, int(f) - persons_at[j]) for j, f in enumerate(instance.floor)),
        sum(max(0, int(f) - persons_in[r]) for r, f in enumerate(instance.region_floor)),
    )


def _cost_of_shortfall(
    instance: Instance, persons_at: Sequence[int], persons_in: Sequence[int]
) -> int:
    site, region = _short(instance, persons_at, persons_in)
    return int(instance.floor_penalty) * site + int(instance.region_penalty) * region


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
    return faults + _due_faults(plan, policy) + _tier_faults(plan) + _together_faults(plan, by_id)


def _line_faults(
    household: Household, site: str, region: str | None, situation: Situation, policy: Policy
) -> list[Finding]:
    need = household.need
    faults = []
    if need.holds != "none" or need.ages.from_18_to_64 + need.ages.from_65 == 0:
        faults.append("is for an officer, never for the engine, but was placed")
    if region is None or region not in situation.consenting:
        faults.append("was placed where nobody has agreed to places")
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
    people = a.under_5 + a.from_5_to_17 + a.from_18_to_64 + a.from_65
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
        missing += max(0, number - persons[region])
    kept = {"roof": sum(persons.values()), "due": -missing}
    return [
        _fault("plan", f"the priority '{name}' says {reached}, the plan keeps {kept[name]}")
        for name, reached in plan.tiers
        if name in kept and kept[name] != reached
    ]


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
