"""A draft of a policy: one of the pack, written anew with what a scenario said of it."""

from __future__ import annotations

from typing import Any

from partage.core.policy import Policy, Source
from partage.report import toml
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


HEAD = (
    "# A draft. Read it, change it, put it into the folder policies of a pack; then it can be compared\n"
    "# and adopted by two persons once it says in 'assumption' who adopted it and from when it holds.\n\n"
)


def as_toml(policy: Policy, id_: str, source: Source) -> str:
    """A policy as a file of its own: a proposal without days, a source per block."""
    data: dict[str, Any] = {
        "policy": {
            "id": id_, "version": "0.1.0", "kind": "proposal", "profile_blind": policy.profile_blind,
            "trigger": policy.trigger, "source": _source(source),
        },
        "horizon": {"nights": policy.nights},
        "place": {"mechanism": policy.mechanism, "hair": policy.hair},
        "silence": {"hours": policy.silent_hours},
        "replan": {"moves_at_most": policy.replan.moves_at_most, "stay": policy.replan.stay},
    }  # fmt: skip
    key = policy.key
    if key is not None:
        data["key"] = {
            "name": key.name, "regions": key.regions, "rounding": key.rounding, "carry": key.carry,
            "ceiling": list(key.ceiling), "source": _source(key.source), "params": dict(key.params),
        }  # fmt: skip
    data["rule"] = [
        {
            "mode": list(rule.modes), "entry_point": list(rule.entry_points),
            "never": list(rule.never), "except": list(rule.exceptions), "source": _source(rule.source),
        }
        for rule in policy.rules
    ]  # fmt: skip
    data["priority"] = [
        {"id": one.id, "source": _source(one.source), "points": dict(one.points)}
        for one in policy.priorities
    ]
    data["trigger"] = [
        {
            "region": one.region, "service": one.service, "percent": one.percent, "days": one.days,
            "source": _source(one.source),
        }
        for one in policy.triggers
    ]  # fmt: skip
    return HEAD + toml.as_toml(data)


def _source(source: Source) -> dict[str, str]:
    return {"title": source.title, "url": source.url}
