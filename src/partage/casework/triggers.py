"""Triggers: a load over what was agreed, watched day by day; nothing is put in force by a number."""

from __future__ import annotations

from collections.abc import Iterable

from partage.core.findings import Finding
from partage.core.policy import Policy, Trigger
from partage.core.situation import Situation


def load_in(situation: Situation, trigger: Trigger) -> tuple[int, int]:
    """Load and agreed units of the trigger's service over the sites of its region, on that day."""
    sites = [site.id for site in situation.sites if site.region == trigger.region]
    return (
        sum(situation.load.get(site, {}).get(trigger.service, 0) for site in sites),
        sum(situation.agreed.get(site, {}).get(trigger.service, 0) for site in sites),
    )


def over_threshold(policies: Iterable[Policy], situation: Situation) -> tuple[Finding, ...]:
    """A finding for each trigger whose load is above its threshold on this day."""
    findings = []
    for policy in policies:
        for trigger in policy.triggers:
            load, agreed = load_in(situation, trigger)
            if 100 * load > trigger.percent * agreed:
                findings.append(
                    Finding(
                        f"policy {policy.id}",
                        f"{load} {trigger.service} in use or held in {trigger.region} on "
                        f"{situation.day}, {agreed} agreed: above the {trigger.percent} % of its trigger",
                        f"{trigger.days} such day(s) in a row meet it; tell whoever decides on it",
                        "warning",
                    )
                )
    return tuple(findings)
