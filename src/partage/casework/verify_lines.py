"""What was approved, held against the lines of the plan it names, and these against its arrays."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from partage.casework.kept import rows_of
from partage.ledger.facts import Entry
from partage.place.instance import Instance, Ints

Document = Mapping[str, Any]


def approval_faults(
    approvals: Mapping[str, list[Entry]], plan: str, document: Document
) -> list[tuple[int, str]]:
    """Approved lines of a plan that its document does not have, by entry."""
    lines = {line["case"]: line for line in document["lines"]}
    found = []
    for entry in approvals.get(plan, ()):
        case, said = entry.subject.partition("/")[2], entry.body["case"]["approved"]
        line = lines.get(case, {"site": None})
        if line["site"] != said["site"] or said["day"] != document["day"]:
            what = f"approves {said['site']} for {case}; the plan has {line['site'] or 'no place'}"
            found.append((entry.no, what))
    return found


def line_fault(entry: Entry, document: Document, instance: Instance, site_of: Ints | None) -> str:
    """What is wrong between the lines of a plan and its arrays, or "".

    Without the pack: rows stand in the order of their lots, and sites in that of their names.
    """
    body = entry.body
    for name in ("plan_day", "policy", "policy_version", "policy_mark", "as_if"):
        said = document[name.replace("plan_day", "day")]
        if said != body[name]:
            return f"the lines of this plan say {name} {said}, the entry {body[name]}"
    rows = rows_of(document["lines"], instance, str(body["seed"]))
    if site_of is None or len(rows) != len(site_of):
        return "the lines of this plan are not the rows of its arrays"
    lines = {line["case"]: line for line in document["lines"]}
    column: dict[str, int] = {}
    for cases, number in zip(rows, site_of.tolist(), strict=True):
        for case in cases:
            site = lines[case]["site"]
            if (site is None) != (number < 0) or column.setdefault(site or "", number) != number:
                return f"the line of {case} is not what the arrays of this plan say"
    named = sorted((site, number) for site, number in column.items() if site)
    numbers = [number for _, number in named]
    if numbers != sorted({*numbers}):
        return "the sites of this plan's lines are not those of its arrays"
    placed = sum(line["persons"] for line in lines.values() if line["site"])
    if placed != body["placed"]:
        return f"the lines of this plan place {placed} persons, the entry says {body['placed']}"
    return ""
