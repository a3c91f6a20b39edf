"""The table of routes: every verb has one or a reason, every route a permit, and denies by default."""

from __future__ import annotations

import re

import pytest

from partage.faces.api.routes import NOT_HERE, OPEN, PREFIX, ROUTES, Route
from partage.faces.cli.verbs import ORDER
from partage.office.permits import PERMITS, ROLES

VALUES = {
    "party": "CA-ON", "what": "CA-ON", "region": "CA-ON", "site": "ca-on/windsor/ircc-hotels",
    "where": "ca-on/windsor/ircc-hotels", "case": "H-0000000000", "kept": "H-0000000000",
    "other": "H-1111111111", "group": "G-0000000000", "plan": "P-0000000000", "run": "R-00000000",
    "review": "V-0000000000", "correction": "C-0000000000", "roof": "U-0000000000", "statement": "S-0000000000", "draw": "D-0000000000", "ask": "A-x",
    "token": "T-0000000000", "ref": "ask/A-x", "kind": "csv", "user": "anna", "day": "2023-02-20",
    "sheet": "csv", "hook": "W-0000000000", "of": "agreements",
}  # fmt: skip


def address(route: Route) -> str:
    return PREFIX + re.sub(r"\{(\w+)(:\w+)?\}", lambda m: VALUES[m[1]], route.path)


def test_every_verb_of_the_command_line_has_a_route_or_a_reason():
    routed = {route.verb for route in ROUTES}
    assert routed | set(NOT_HERE) == {*ORDER}
    assert not routed & set(NOT_HERE)
    assert all(len(why) > 10 for why in NOT_HERE.values())


def test_every_route_has_a_permit_row_or_is_open_for_a_stated_reason():
    for route in ROUTES:
        verbs = route.permit.split("|")
        known = {row.verb for row in PERMITS}
        assert set(verbs) <= known or (route.permit == "" and OPEN[route.verb]), route.name
    assert {r.verb for r in ROUTES if not r.permit} == set(OPEN)


def test_names_are_unique_and_acts_are_posts():
    names = [route.name for route in ROUTES]
    assert len(names) == len(set(names))
    assert all(route.method == "POST" for route in ROUTES if route.writes)
    assert {r.name for r in ROUTES if r.method == "POST" and not r.writes} == {
        "preview", "override_preview", "due", "eligibility", "preview_policy", "preview_withdrawal", "preview_appointment", "held",
        "begin_check", "stop_check", "draft_policy",
    }  # fmt: skip


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.name)
def test_a_role_without_a_row_is_denied_before_anything_is_looked_up(route, ask):
    assert ask(route.method, address(route)).status_code == 401
    rows = {row.role for row in PERMITS if row.verb in route.permit.split("|")}
    denied = [role for role in ROLES if role not in rows] if route.permit else []
    for role in denied:
        answer = ask(route.method, address(route), data=b"not read", who=f"x:{role}@x")
        assert answer.status_code == 403
        assert f"The role '{role}' may not" in answer.json()["detail"]


def test_no_address_takes_anything_about_people(ask):
    document = ask.client.get("/openapi.json").json()
    allowed = {*VALUES, "lang", "to", "day", "nights", "state", "cursor", "limit", "check", "anchor",
               "chain", "scope", "public", "first", "most", "show", "version", "adult", "shelf", "language", "days", "policy",
               "period", "sort", "whole", "before", "subject"}  # fmt: skip
    for path, item in document["paths"].items():
        for method, said in item.items():
            taken = {p["name"] for p in said.get("parameters", ()) if p["in"] != "header"}
            assert taken <= allowed, (path, method)


def test_the_contract_names_every_route_once(ask):
    document = ask.client.get("/openapi.json").json()
    assert document["openapi"].startswith("3.1")
    said = [op for item in document["paths"].values() for op in item.values()]
    assert sorted(op["operationId"] for op in said) == sorted(route.name for route in ROUTES)
    for op in said:
        assert op["security"] == [{"bearer": []}]
        assert op["summary"]
        assert {"401", "403", "404", "409", "412", "413", "422", "503"} <= set(op["responses"])
