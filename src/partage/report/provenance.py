"""A plan's provenance as PROV-JSON (W3C, 2013): what it was made from, how, by whom, who approved it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from partage.ledger.facts import Entry

PREFIX = "https://partage.example/ns#"
Rows = dict[str, dict[str, Any]]


def provenance(plan: str, history: Sequence[Entry], document: Mapping[str, Any]) -> dict[str, Any]:
    """Entities, activities and agents of one plan, by their marks and roles; nobody is named.

    ``history`` are the entries of the plan, its proposal first. People appear by role and by the number
    of the entry they wrote, which the journal resolves for whoever may know. The engine is the one that
    made the plan, not the one that writes this; a proposal of before that was recorded names none.
    """
    first = history[0]
    body = first.body
    graph = _Graph()
    made = graph.entity(
        f"partage:{plan}", "partage:plan",
        day=body["plan_day"], document=body["document"], solution=body["solution"],
        seed=body["seed"], as_if=body["as_if"], proven=body["proven"],
    )  # fmt: skip
    run = graph.activity(f"partage:run-{first.no}", first)
    graph.relate("wasGeneratedBy", entity=made, activity=run)
    inputs: Rows = {
        "policy": {"id": body["policy"], "version": body["policy_version"],
                   "mark": body["policy_mark"]},
        "instance": {"mark": body["instance"]},
        "cases": {"lines": len(document["lines"]), "outside_the_engine": len(document["outside"])},
        "journal": {"anchor": first.prev, "entries": first.no - 1},
    }  # fmt: skip
    for name, said in inputs.items():
        entity = graph.entity(f"partage:{plan}-{name}", f"partage:{name}", **said)
        graph.relate("used", activity=run, entity=entity)
    version = body.get("engine")
    engine = graph.agent(
        f"partage:engine-{version}" if version else "partage:engine",
        "prov:SoftwareAgent",
        mechanism=body["mechanism"],
    )
    graph.relate("wasAssociatedWith", activity=run, agent=engine)
    graph.by_person(run, first)
    before = body.get("overrides")
    if before:
        old = graph.entity(f"partage:{before['plan']}", "partage:plan")
        graph.relate(
            "wasDerivedFrom", generatedEntity=made, usedEntity=old, **{"partage:why": before["why"]}
        )
    start = body.get("replan", {}).get("plan") or body.get("standing")
    if start:
        old = graph.entity(f"partage:{start}", "partage:plan")
        graph.relate("wasDerivedFrom", generatedEntity=made, usedEntity=old)
    for entry in history[1:]:
        if entry.verb == "approve":
            act = graph.activity(f"partage:approving-{entry.no}", entry)
            approval = graph.entity(
                f"partage:approval-{entry.no}", "partage:approval", lines=entry.body["lines"]
            )
            graph.relate("used", activity=act, entity=made)
            graph.relate("wasGeneratedBy", entity=approval, activity=act)
            graph.relate("wasDerivedFrom", generatedEntity=approval, usedEntity=made)
            who = graph.by_person(act, entry)
            graph.relate("wasAttributedTo", entity=approval, agent=who)
        elif entry.verb == "override":  # no line of it can be approved any more
            act = graph.activity(f"partage:override-{entry.no}", entry, why=entry.body["why"])
            graph.relate("wasInvalidatedBy", entity=made, activity=act)
            graph.by_person(act, entry)
    return graph.as_json()


class _Graph:
    """Declares every id once, so that no relation names what is not there."""

    def __init__(self) -> None:
        self._nodes: dict[str, Rows] = {"entity": {}, "activity": {}, "agent": {}}
        self._relations: dict[str, Rows] = {}

    def entity(self, name: str, kind: str, **said: Any) -> str:
        self._nodes["entity"][name] = {"prov:type": _name(kind), **_own(said)}
        return name

    def agent(self, name: str, kind: str, **said: Any) -> str:
        self._nodes["agent"][name] = {"prov:type": _name(kind), **_own(said)}
        return name

    def activity(self, name: str, entry: Entry, **said: Any) -> str:
        when = {"prov:startTime": entry.at, "prov:endTime": entry.at}
        self._nodes["activity"][name] = {**when, **_own(said)}
        return name

    def by_person(self, activity: str, entry: Entry) -> str:
        """Whoever wrote an entry, by role and number; the activity is theirs."""
        who = self.agent(
            f"partage:{entry.role}-entry-{entry.no}", "prov:Person", role=entry.role, entry=entry.no
        )
        self.relate("wasAssociatedWith", activity=activity, agent=who)
        return who

    def relate(self, relation: str, **ends: str) -> None:
        rows = self._relations.setdefault(relation, {})
        number = sum(len(mine) for mine in self._relations.values())
        rows[f"_:r{number}"] = {k if ":" in k else f"prov:{k}": v for k, v in ends.items()}

    def as_json(self) -> dict[str, Any]:
        prefix = {"partage": PREFIX, "prov": "http://www.w3.org/ns/prov#"}
        return {"prefix": prefix, **self._nodes, **self._relations}


def _own(said: Mapping[str, Any]) -> dict[str, Any]:
    return {f"partage:{name}": value for name, value in said.items()}


def _name(kind: str) -> dict[str, str]:
    """A type is a name, not a word: PROV-JSON, section 2.4."""
    return {"$": kind, "type": "prov:QUALIFIED_NAME"}
