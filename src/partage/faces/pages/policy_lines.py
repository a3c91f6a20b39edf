"""A policy as lines, a key each, so that two can be set beside each other."""

from __future__ import annotations

from partage.core.errors import NotPermitted
from partage.core.policy import Policy
from partage.core.units import operational_day
from partage.office.office import Office

Line = tuple[str, str]


def lines(policy: Policy) -> list[Line]:
    """Every key that a policy states, in the order of its file; what it does not state is left out."""
    said: list[Line] = [
        ("policy.version", policy.version),
        ("policy.kind", policy.kind),
        ("policy.in_force_from", str(policy.in_force_from or "")),
        ("policy.in_force_to", str(policy.in_force_to or "")),
        ("policy.assumption", policy.assumption),
        ("policy.profile_blind", "true" if policy.profile_blind else "false"),
        ("policy.trigger", policy.trigger),
        ("policy.review_on", str(policy.review_on or "")),
        ("policy.mechanism", policy.mechanism),
        ("policy.source", policy.source.title),
        ("horizon.nights", str(policy.nights)),
        ("silence.hours", str(policy.silent_hours)),
        ("place.hair", "" if policy.hair is None else str(policy.hair)),
        ("replan.moves_at_most", str(policy.replan.moves_at_most)),
        ("replan.stay", "" if policy.replan.stay is None else str(policy.replan.stay)),
    ]
    if policy.key is not None:
        key = policy.key
        said += [
            ("key.name", key.name),
            ("key.regions", key.regions),
            ("key.rounding", key.rounding),
            ("key.carry", "true" if key.carry else "false"),
            ("key.ceiling", ", ".join(key.ceiling)),
            *((f"key.{name}", str(value)) for name, value in sorted(key.params.items())),
        ]
    for rule in policy.rules:
        name = f"rule {rule.number}"
        said += [
            (f"{name}.never", ", ".join(rule.never)),
            (f"{name}.mode", ", ".join(rule.modes)),
            (f"{name}.entry_point", ", ".join(rule.entry_points)),
            (f"{name}.except", ", ".join(rule.exceptions)),
            (f"{name}.source", rule.source.title),
        ]
    for number, priority in enumerate(policy.priorities, 1):
        name = f"priority {number}"
        said.append((name, priority.id))
        said += [(f"{name}.{key}", str(points)) for key, points in priority.points.items()]
    for number, trigger in enumerate(policy.triggers, 1):
        what = f"{trigger.region} {trigger.service} {trigger.percent} % {trigger.days} d"
        said.append((f"trigger {number}", what))
    return [(key, value) for key, value in said if value]


def between(first: Policy, second: Policy) -> list[tuple[str, str, str]]:
    """The keys in which two policies differ, with the value of each; "" where one does not state it."""
    before, after = dict(lines(first)), dict(lines(second))
    keys = [*before, *(key for key in after if key not in before)]
    rows = [(key, before.get(key, ""), after.get(key, "")) for key in keys]
    return [row for row in rows if row[1] != row[2]]


def beside(office: Office, policy: Policy) -> tuple[Policy | None, str]:
    """What a draft is set beside: the standing policy, one in force today, or its own last version."""
    known = office.pack.policies
    try:
        standing = known.get(str(office.standing().get("policy", "")))
    except NotPermitted:
        standing = None
    if standing is not None:
        return standing, "standing"
    today = operational_day(office.clock.now(), office.pack.entry_points[0].zone)
    in_force = next((one for _, one in sorted(known.items()) if one.in_force(today)), None)
    return (in_force, "in-force") if in_force else (known.get(policy.id), "before")
