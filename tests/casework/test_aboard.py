"""Codes that are called out, and what has changed since a manifest was made."""

from __future__ import annotations

import pytest

from casework.test_board import LEAVES, bound
from offices import opened
from partage.casework.aboard import case_of, codes_of, late_changes, needed
from partage.casework.board import Vehicle
from partage.core.errors import NotFound, NotPermitted
from partage.core.household import Ages, Need
from partage.core.units import CaseId, EntryPointId


@pytest.fixture
def office():
    office = opened("memory:")
    yield office
    assert office.acting("rita:auditor").verify().clean, "verify found a fault"
    office.journal.close()


def test_a_code_is_four_characters_and_more_where_two_end_alike():
    cases = ["H-00000AAAA1", "H-00000AAAB2", "H-0000XCCCC3", "H-0000YCCCC3"]
    codes = codes_of(cases)
    assert codes["H-00000AAAA1"] == "AAA1"
    assert codes["H-0000XCCCC3"] == "XCCCC3"
    assert len(set(codes.values())) == len(cases)
    for case, code in codes.items():
        assert case_of(code, cases, "R-00000000") == case
        assert case_of(f" {code.lower()} ", cases, "R-00000000") == case
        assert case_of(case, cases, "R-00000000") == case


def test_what_is_misread_aloud_is_the_same_code_and_what_means_none_or_two_is_refused():
    cases = ["H-000000A01V", "H-0000XCCCC3", "H-0000YCCCC3"]
    assert case_of("aoiv", cases, "R-00000000") == "H-000000A01V"
    for said, why in (
        ("ZZZZ", "has the code"),
        ("01V", "has the code"),
        ("CCC3", "Two households"),
    ):
        with pytest.raises(NotFound, match=why):
            case_of(said, cases, "R-00000000")


def need(case: str, adults: int, babies: int = 0) -> Need:
    return Need(
        CaseId(case), "2023-02-20T12:00:00Z", EntryPointId("ca-qc/roxham-road"), "between-ports",
        Ages(under_5=babies, from_18_to_64=adults),
    )  # fmt: skip


def test_late_changes_name_who_is_gone_what_is_too_little_and_who_has_no_vehicle():
    row = {"site": "s", "vehicle": [3, 0, 0]}
    here = {"state": "bound", "offer": {"site": "s"}}
    people = {
        "H-A": (here, need("H-A", 2, babies=2)),
        "H-B": ({"state": "kept", "offer": None}, need("H-B", 9)),
        "H-C": ({"state": "bound", "offer": {"site": "t"}}, need("H-C", 9)),
    }
    found = [(f.where, f.what) for f in late_changes("R-1", row, people, 1)]
    assert [where for where, _ in found] == ["case H-B", "case H-C", "run R-1", "run R-1", "site s"]
    assert "needs 4 seats by now; the vehicle has 3" in found[2][1]
    assert "needs 2 child seats by now; the vehicle has 0" in found[3][1]
    assert not late_changes("R-1", row, {"H-A": (here, need("H-A", 3))}, 0)
    assert needed([]) == [0, 0, 0]


def test_a_run_says_its_versions_its_seats_and_who_answered_otherwise_since(office):
    site, cases = bound(office, "a,1", "b,2", "c,1")
    pia = office.acting("pia:placement")
    run = pia.board(site, [Vehicle(50, 2, 1)], LEAVES).data["runs"][0]["run"]
    assert not pia.manifest(run)["changed"]
    [listed] = pia.runs()
    assert (listed["run"], listed["state"], listed["persons"]) == (run, "boarding", 4)
    assert office.acting(f"lea:site@{site}").runs(site) == [listed]
    for who in (f"lea:site@{site}", f"eve:escort@{run}"):
        with pytest.raises(NotPermitted):
            office.acting(who).runs()
    office.acting("anna:intake").answer(cases[0], "decline")
    assert [one["where"] for one in pia.manifest(run)["changed"]] == [f"case {cases[0]}"]
    pia.change_manifest(run, remove=[cases[0]])
    seen = pia.manifest(run)
    assert seen["changed"] == []
    assert [one["manifest"] for one in seen["versions"]] == [2, 1]
    assert seen["versions"][1]["mark"] == seen["supersedes"]
    assert seen["needed"][0] == seen["persons"]
    assert {line["code"] for line in seen["lines"]} == {c[-4:] for c in cases[1:]}
    pia.depart(run)
    assert [one["state"] for one in pia.runs()] == ["on-road"]
    assert pia.manifest(run)["changed"] == []
