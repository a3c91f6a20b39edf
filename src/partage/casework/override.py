"""``override``: a person puts another site in a line; what follows for others is shown before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from partage.casework.review import OPEN
from partage.casework.standing import check_not_superseded
from partage.core.errors import InputRefused, NotFound, WrongState, named, shown
from partage.core.plan import Plan
from partage.core.steps import STATES
from partage.ledger.facts import Draft, Entry

WHY = (
    "language", "health", "family", "work", "school", "safety", "wish", "capacity-known-otherwise",
    "mistake-in-data", "other",
)  # fmt: skip


def check_override(
    history: Sequence[Entry],
    document: Mapping[str, Any],
    case: str,
    site: str,
    displaced: Sequence[str],
    why: str,
) -> None:
    """Refuse a reason that is no code, a plan that was overridden or shown as if, an unknown case,
    and an override that changes nothing."""
    if why not in WHY:
        raise InputRefused(f"{shown(why)} is not a reason.", f"Use one of: {', '.join(WHY)}.")
    check_not_superseded(history)
    if document["as_if"]:
        raise WrongState(
            "This plan shows a policy as if in force; nobody is placed by it.",
            "Propose under a policy that is in force.",
        )
    lines = {line["case"]: line for line in document["lines"]}
    for one in (case, *displaced):
        if one not in lines:
            raise NotFound(f"{named(one)} is not in this plan.", "See 'partage explain'.")
    if case in displaced:
        raise InputRefused(f"{case} makes room for itself.", "Name others with --displace.")
    if (lines[case]["site"] or "") == site and not displaced:
        raise WrongState(
            f"This plan has {case} {f'at {site}' if site else 'without a place'} already.",
            "Nothing to do.",
        )


def line_stands(case: str, state: str) -> WrongState:
    """Why a line is not overridden any more: it was approved, and the household may have been asked."""
    words = STATES[state][0] if state in STATES else "?"
    return WrongState(
        f"{case} is '{state}' ({words}): a line is overridden before it is approved.",
        f"Ask for another look: 'partage review {case} --ground …'; answered 'changed', it waits again and "
        "is in the next plan."
        if state in OPEN
        else f"Look at it with 'partage explain {case}'.",
    )


def choices(
    document: Mapping[str, Any],
    case: str,
    site: str | None,
    displaced: Sequence[str],
    left_out: Sequence[str] = (),
) -> dict[str, str | None]:
    """What stays as it was, and what the officer chose; the displaced and unplaced are free again.

    ``left_out`` are those for whom an officer said "no place yet" before: the engine does not undo it.
    """
    kept: dict[str, str | None] = {
        line["case"]: line["site"]
        for line in document["lines"]
        if line["site"] and line["case"] not in displaced
    }
    kept |= {one: None for one in left_out if one not in displaced}
    line = next(line for line in document["lines"] if line["case"] == case)
    for one in (case, *line["together"]):
        kept[one] = site
    return kept


def consequences(document: Mapping[str, Any], plan: Plan) -> list[dict[str, Any]]:
    """Every household that the override puts elsewhere, with the site before and after."""
    before = {line["case"]: line for line in document["lines"]}
    return [
        {
            "case": line.case,
            "persons": line.persons,
            "before": before[line.case]["site"],
            "after": line.site,
        }
        for line in plan.lines
        if line.case in before and before[line.case]["site"] != line.site
    ]


def superseded(plan: str, by: str, case: str, why: str, moved: int, day: str) -> Draft:
    """The entry that says a plan was overridden, by which, and why; it can no longer be approved."""
    matter = {"state": "overridden", "by": by, "why": why, "moved": moved}
    body = {"by": by, "case_id": case, "why": why, "moved": moved, "matter": matter}
    return Draft("override", f"plan/{plan}", body, day)
