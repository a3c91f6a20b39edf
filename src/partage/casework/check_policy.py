"""Policies are checked here, where the shelves they name are known."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from partage.apportion import METHODS
from partage.apportion.laws import CLAIMS
from partage.core.errors import InputRefused, WrongState
from partage.core.findings import Finding
from partage.core.household import MODES
from partage.core.policy import Policy
from partage.keys import check_params
from partage.place.mechanisms import MECHANISMS
from partage.place.value import AIMS, BY_KEY, WITH_POINTS

CARRIED_BY = ("hamilton", "cumulative")  # with nothing to carry the second is the first


def check_policy(policy: Policy, regions: Sequence[str] = ()) -> None:
    """Refuse a policy that names what is not on a shelf, or whose parts contradict each other.

    With ``regions``, also rules that together leave somebody no region at all.
    """
    _ = MECHANISMS[policy.mechanism]
    _check_key(policy)
    impossible = policy.impossible(regions, MODES) if regions else ""
    if impossible:
        raise InputRefused(
            f"The rules of the policy '{policy.id}' contradict each other: {impossible}.",
            "Drop one of them, or leave a region open.",
        )
    for priority in policy.priorities:
        if priority.id not in AIMS:
            raise InputRefused(
                f"The policy '{policy.id}' names the priority '{priority.id}', which is not known.",
                f"Known: {', '.join(sorted(AIMS))}.",
            )
        if priority.points and priority.id not in WITH_POINTS:
            raise InputRefused(
                f"The policy '{policy.id}' gives points to the priority '{priority.id}', "
                "which takes none.",
                f"Points are read by: {', '.join(sorted(WITH_POINTS))}.",
            )
    if not policy.priorities:
        raise InputRefused(f"The policy '{policy.id}' has no priority.", "Give it at least 'roof'.")


def _check_key(policy: Policy) -> None:
    key = policy.key
    if key is None:
        needing = [p.id for p in policy.priorities if p.id in BY_KEY]
        if needing:
            raise InputRefused(
                f"The policy '{policy.id}' has the priority '{needing[0]}', but no [key].",
                "Say who is due what under [key], or drop the priority.",
            )
        return
    check_params(key.name, key.params)
    _ = METHODS[key.rounding]
    if "adds-up" not in CLAIMS.get(key.rounding, {"adds-up"}):
        raise InputRefused(
            f"The rounding '{key.rounding}' of the policy '{policy.id}' does not add up to the "
            "persons of a day.",
            "Use another; 'partage due' shows what it gives.",
        )
    if key.carry and key.rounding not in CARRIED_BY:
        raise InputRefused(
            f"The policy '{policy.id}' carries claims over with the rounding '{key.rounding}'.",
            f"Claims are carried by: {', '.join(CARRIED_BY)}.",
        )


def check_in_force(policy: Policy, day: date, *, as_if: bool) -> None:
    """Refuse a policy that is not in force that day, unless it is shown as if it were."""
    if as_if or policy.in_force(day):
        return
    why = "is historical" if policy.kind == "historical" else f"is not in force on {day}"
    raise WrongState(
        f"The policy '{policy.id}' {why}.",
        "Use --as-if to see what it would do; such a plan can never be approved.",
    )


def check_not_over(day: date, today: date, *, as_if: bool) -> None:
    """Refuse a plan for a day that is over, unless it is shown as if in force."""
    if day < today and not as_if:
        raise WrongState(
            f"{day} is over; today is {today}.",
            "Plan for today or later, or use --as-if to look at what would have been.",
        )


def review_due(policy: Policy, day: date) -> tuple[Finding, ...]:
    """A finding where a policy must be looked at again."""
    if policy.review_on is None or day < policy.review_on:
        return ()
    return (
        Finding(
            f"policy {policy.id}",
            f"was to be looked at again on {policy.review_on}",
            "ask whoever adopted it",
            "warning",
        ),
    )


def policy_assumptions(policy: Policy, *, as_if: bool) -> tuple[str, ...]:
    """What must be said beside every output made under this policy."""
    said = []
    if as_if:
        said.append(f"The policy '{policy.id}' is shown as if in force.")
    if policy.assumption:
        said.append(policy.assumption)
    return tuple(said)
