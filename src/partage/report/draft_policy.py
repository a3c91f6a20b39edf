"""A draft of a policy: one of the pack, written anew with what a scenario said of it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from partage.core.policy import Policy, Source
from partage.simulate.study import Study

SHOWN = (
    ("nights-without-roof", "person-nights without a roof"),
    ("transferred", "persons placed in another province"),
    ("empty-place-nights", "contracted places that stood empty, nights"),
    ("cost-lodging", "CAD for places"),
)


def draft_policy(done: Study, which: int = 0) -> str:
    """The last policy of a scenario as a TOML file: a proposal that is in force on no day.

    It says which scenario it comes from, the seed and the runs, and what came of it with its spread.
    """
    made = done.made[which]
    scenario = made.scenario
    policy = made.pack.policy(scenario.turns[-1].policy)
    said = []
    for name, what in SHOWN:
        low, middle, high = done.total(which, name, (0.05, 0.5, 0.95))
        said.append(f"{middle:,.0f} {what} (5 to 95 %: {low:,.0f} to {high:,.0f})")
    source = Source(
        f"Scenario '{scenario.id}', {scenario.first_day} to {scenario.last_day}, {done.runs} runs of the "
        f"{done.model} model, seed '{done.seed}', pack {made.pack.id} {made.pack.version} "
        f"({made.pack.mark}): {'; '.join(said)}. Drafted from the policy '{policy.id}' {policy.version}: "
        f"{policy.source.title}",
        policy.source.url,
    )
    return as_toml(policy, f"{scenario.id}-draft", source)


def as_toml(policy: Policy, id_: str, source: Source) -> str:
    """A policy as a file of its own: a proposal without days, a source per block."""
    blocks: list[str] = [
        "# A draft. Read it, change it, put it into the folder policies of a pack; then it can be compared",
        "# and adopted by two persons once it says in 'assumption' who adopted it and from when it holds.",
        "",
        *_block(
            "[policy]",
            {
                "id": id_, "version": "0.1.0", "kind": "proposal", "profile_blind": policy.profile_blind,
                "trigger": policy.trigger,
            },
        ),
        *_source("policy", source),
        *_block("[horizon]", {"nights": policy.nights}),
        *_block("[place]", {"mechanism": policy.mechanism, "hair": policy.hair}),
        *_block("[silence]", {"hours": policy.silent_hours}),
        *_block(
            "[replan]", {"moves_at_most": policy.replan.moves_at_most, "stay": policy.replan.stay}
        ),
    ]  # fmt: skip
    key = policy.key
    if key is not None:
        said = {
            "name": key.name, "regions": key.regions, "rounding": key.rounding, "carry": key.carry,
            "ceiling": list(key.ceiling),
        }  # fmt: skip
        blocks += [*_block("[key]", said), *_source("key", key.source)]
        blocks += _block("[key.params]", dict(key.params))
    for rule in policy.rules:
        said = {
            "mode": list(rule.modes), "entry_point": list(rule.entry_points), "never": list(rule.never),
            "except": list(rule.exceptions),
        }  # fmt: skip
        blocks += [*_block("[[rule]]", said), *_source("rule", rule.source)]
    for priority in policy.priorities:
        blocks += [
            *_block("[[priority]]", {"id": priority.id}),
            *_source("priority", priority.source),
        ]
        blocks += _block("[priority.points]", dict(priority.points))
    for one in policy.triggers:
        said = {
            "region": one.region, "service": one.service, "percent": one.percent, "days": one.days,
        }  # fmt: skip
        blocks += [*_block("[[trigger]]", said), *_source("trigger", one.source)]
    return "\n".join(blocks).rstrip() + "\n"


def _block(head: str, fields: Mapping[str, Any]) -> list[str]:
    lines = [
        f"{name} = {_value(value)}" for name, value in fields.items() if value not in ("", None, [])
    ]
    return [head, *lines, ""] if lines else []


def _source(block: str, source: Source) -> list[str]:
    return _block(f"[{block}.source]", {"title": source.title, "url": source.url})


def _value(value: Any) -> str:
    """A value as TOML: texts as JSON writes them, lists in brackets."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(_value(item) for item in value)}]"
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{json.dumps(k)} = {_value(v)}" for k, v in value.items()) + " }"
    return json.dumps(str(value), ensure_ascii=False)
