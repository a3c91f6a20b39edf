"""A plan's provenance as PROV-JSON (W3C, 2013): what it was made from, how, by whom, who approved it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from partage import __version__
from partage.ledger.facts import Entry

PREFIX = "https://partage.example/ns#"


def provenance(plan: str, history: Sequence[Entry], document: Mapping[str, Any]) -> dict[str, Any]:
    """Entities, activities and agents of one plan, by their marks and roles; nobody is named.

    ``history`` are the entries of the plan, its proposal first. People appear by role and by the number
    of the entry they wrote, which the journal resolves for whoever may know.
    """
    first = history[0]
    body = first.body
    run, made = f"partage:run-{first.no}", f"partage:{plan}"
    inputs = {
        "policy": {"partage:id": body["policy"], "partage:version": body["policy_version"],
                   "partage:mark": body["policy_mark"]},
        "instance": {"partage:mark": body["instance"]},
        "cases": {"partage:lines": len(document["lines"]),
                  "partage:outside_the_engine": len(document["outside"])},
        "journal": {"partage:anchor": first.prev, "partage:entries": first.no - 1},
    }  # fmt: skip
    entities: dict[str, dict[str, Any]] = {
        f"partage:{plan}-{name}": dict(v) for name, v in inputs.items()
    }
    entities[made] = {
        "prov:type": "partage:plan", "partage:day": body["plan_day"], "partage:document": body["document"],
        "partage:solution": body["solution"], "partage:seed": body["seed"],
        "partage:as_if": body["as_if"], "partage:proven": body["proven"],
    }  # fmt: skip
    engine = f"partage:engine-{__version__}"
    agents: dict[str, dict[str, Any]] = {
        engine: {"prov:type": "prov:SoftwareAgent", "partage:mechanism": body["mechanism"]},
        _agent(first): _person(first),
    }
    activities = {run: {"prov:startTime": first.at, "prov:endTime": first.at}}
    relations: dict[str, dict[str, Any]] = {
        "used": {
            f"_:u{n}": {"prov:activity": run, "prov:entity": f"partage:{plan}-{name}"}
            for n, name in enumerate(inputs)
        },
        "wasGeneratedBy": {"_:g0": {"prov:entity": made, "prov:activity": run}},
        "wasAssociatedWith": {
            "_:a0": {"prov:activity": run, "prov:agent": engine},
            "_:a1": {"prov:activity": run, "prov:agent": _agent(first)},
        },
        "wasAttributedTo": {},
        "wasDerivedFrom": {},
    }
    before = body.get("overrides")
    if before:
        old = f"partage:{before['plan']}"
        entities[old] = {"prov:type": "partage:plan"}
        relations["wasDerivedFrom"]["_:d0"] = {
            "prov:generatedEntity": made, "prov:usedEntity": old, "partage:why": before["why"],
        }  # fmt: skip
    start = body.get("replan", {}).get("plan") or body.get("standing")
    if start:
        entities[f"partage:{start}"] = {"prov:type": "partage:plan"}
        relations["wasDerivedFrom"]["_:d1"] = {
            "prov:generatedEntity": made, "prov:usedEntity": f"partage:{start}",
        }  # fmt: skip
    for entry in history[1:]:
        if entry.verb == "approve":
            agents[_agent(entry)] = _person(entry)
            approval = f"partage:approval-{entry.no}"
            entities[approval] = {
                "prov:type": "partage:approval",
                "partage:lines": entry.body["lines"],
            }
            n = len(relations["wasAttributedTo"])
            relations["wasAttributedTo"][f"_:t{n}"] = {
                "prov:entity": approval, "prov:agent": _agent(entry),
            }  # fmt: skip
            relations["wasDerivedFrom"][f"_:p{n}"] = {
                "prov:generatedEntity": approval, "prov:usedEntity": made,
            }  # fmt: skip
    return {
        "prefix": {"partage": PREFIX, "prov": "http://www.w3.org/ns/prov#"},
        "entity": entities,
        "activity": activities,
        "agent": agents,
        **{name: rows for name, rows in relations.items() if rows},
    }


def _agent(entry: Entry) -> str:
    return f"partage:{entry.role}-entry-{entry.no}"


def _person(entry: Entry) -> dict[str, Any]:
    return {"prov:type": "prov:Person", "partage:role": entry.role, "partage:entry": entry.no}
