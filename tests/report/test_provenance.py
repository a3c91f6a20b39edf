"""A plan's provenance is PROV-JSON that another library reads, and names nobody."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from prov.model import ProvDocument

from daily import take_in
from offices import opened
from partage import __version__
from partage.casework.approve import load_document
from partage.office.office import Office
from partage.report.provenance import provenance

ENDS = {  # which ends a relation must have, PROV-JSON (W3C Member Submission 24 April 2013), table 2
    "used": ("activity", "entity"),
    "wasGeneratedBy": ("entity", "activity"),
    "wasInvalidatedBy": ("entity", "activity"),
    "wasAssociatedWith": ("activity", "agent"),
    "wasAttributedTo": ("entity", "agent"),
    "wasDerivedFrom": ("generatedEntity", "usedEntity"),
}


@pytest.fixture
def office() -> Iterator[Office]:
    office = opened("memory:")
    yield office
    office.journal.close()


def overridden(office: Office) -> tuple[str, str]:
    """A plan, and the one that an officer put in its place, approved."""
    cases = take_in(office, *(f"r{n},1" for n in range(4)))
    _, done = office.acting("pia:placement").propose("redirect-all")
    old = done.data["plan"]
    new = office.acting("omar:placement").override(old, cases[0], "", why="wish").data["plan"]
    office.acting("rosa:approver").approve(new)
    return old, new


def check_prov(graph: dict[str, Any]) -> None:
    """The rules of PROV-JSON for what we write: ids declared once, relations between what is declared."""
    nodes = {kind: graph[kind] for kind in ("entity", "activity", "agent")}
    names = [name for rows in nodes.values() for name in rows]
    assert len(names) == len(set(names)), "an id is of one kind"
    assert all(name.partition(":")[0] in graph["prefix"] for name in names)
    relations = set(graph) - {"prefix", *nodes}
    assert relations <= set(ENDS)
    ids = [id_ for relation in relations for id_ in graph[relation]]
    assert len(ids) == len(set(ids))
    for relation in relations:
        for row in graph[relation].values():
            for end in ENDS[relation]:
                kind = "entity" if "ntity" in end else end
                assert row[f"prov:{end}"] in nodes[kind], f"{relation} names {row}"
    for row in (*nodes["entity"].values(), *nodes["agent"].values()):
        assert row["prov:type"]["type"] == "prov:QUALIFIED_NAME"
    generated = [row["prov:entity"] for row in graph["wasGeneratedBy"].values()]
    assert len(generated) == len(set(generated)), "what is made is made once"


def test_provenance_says_what_a_plan_was_made_from_and_names_nobody(office):
    old, new = overridden(office)
    for plan in (old, new):
        graph = office.acting("rita:auditor").provenance(plan)
        check_prov(graph)
        text = json.dumps(graph)
        assert not any(name in text for name in ("pia", "omar", "rosa"))
        body = office.journal.row("matters", f"plan/{plan}")
        assert body
        [made] = [r for r in graph["entity"].values() if r.get("partage:id") == "redirect-all"]
        assert made["partage:mark"].startswith("sha256:")


def test_another_library_reads_it_and_says_the_same(office):
    for plan in overridden(office):
        graph = office.acting("rita:auditor").provenance(plan)
        read = ProvDocument.deserialize(content=json.dumps(graph), format="json")
        again = ProvDocument.deserialize(content=read.serialize(format="json"), format="json")
        assert read == again
        wanted = sum(len(rows) for name, rows in graph.items() if name != "prefix")
        assert len(read.get_records()) == wanted, "every record was understood"
        assert read.get_provn().startswith("document")


def test_an_override_invalidates_the_old_plan_and_the_new_one_derives_from_it(office):
    old, new = overridden(office)
    before = office.acting("rita:auditor").provenance(old)
    [gone] = before["wasInvalidatedBy"].values()
    assert gone["prov:entity"] == f"partage:{old}"
    assert before["activity"][gone["prov:activity"]]["partage:why"] == "wish"
    after = office.acting("rita:auditor").provenance(new)
    derived = [row for row in after["wasDerivedFrom"].values() if "partage:why" in row]
    assert [(r["prov:generatedEntity"], r["prov:usedEntity"]) for r in derived] == [
        (f"partage:{new}", f"partage:{old}")
    ]
    [approval] = [n for n in after["entity"] if n.startswith("partage:approval-")]
    [made] = [r for r in after["wasGeneratedBy"].values() if r["prov:entity"] == approval]
    assert "prov:startTime" in after["activity"][made["prov:activity"]]


def test_the_engine_named_is_the_one_that_made_the_plan(office, monkeypatch):
    plan, _ = overridden(office)
    monkeypatch.setattr("partage.__version__", "9.9")
    graph = office.acting("rita:auditor").provenance(plan)
    assert f"partage:engine-{__version__}" in graph["agent"]
    history = list(office.journal.read(subject=f"plan/{plan}"))
    body = {k: v for k, v in history[0].body.items() if k != "engine"}
    object.__setattr__(history[0], "body", body)
    document = load_document(office.journal.blob(body["document"]), plan)
    assert "partage:engine" in provenance(plan, history, document)["agent"], "none is made up"
