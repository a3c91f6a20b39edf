"""Reads of personal data: each is logged, with ground, agreement and date, before anything shows."""

from __future__ import annotations

import pytest

from daily import take_in
from offices import DAY, arrivals
from partage.casework.board import Vehicle
from partage.core.errors import InputRefused, Refusal, Unavailable
from partage.office.office import Office

FAMILY = {"nationality": "Utopia", "entered_at": "2023-02-20T12:00:00Z"}


def looks(office: Office, case: str) -> list[dict]:
    return [dict(e.body) for e in office.journal.read(subject=f"read/{case}")]


def bound(office: Office) -> tuple[str, str, str]:
    """A household on a manifest: its case, its plan and its run."""
    [case] = take_in(office, "a,1,1", interpreter_language="ht", **FAMILY)
    _, done = office.acting("paul:placement").propose("redirect-all")
    plan = done.data["plan"]
    office.acting("rosa:approver").approve(plan, only=[case])
    pia = office.acting("pia:placement")
    site = pia.offer(case).data["site"]
    pia.answer(case, "accept")
    run = pia.board(site, [Vehicle(50, 5)], "09:00").data["runs"][0]["run"]
    return case, plan, run


def readers(office: Office):  # type: ignore[no-untyped-def]
    """Every way to see something of the vault: a name, and a call."""
    case, plan, run = bound(office)
    site = office.journal.row("matters", f"run/{run}")["site"]
    other, spare = take_in(office, "b,2,1", "c,1", **FAMILY)
    _, later = office.acting("paul:placement").propose("redirect-all")
    anna, rita = office.acting("anna:intake"), office.acting("rita:auditor")
    household, lea = office.acting(f"x:household@{case}"), office.acting(f"lea:site@{site}")
    review = anna.request_review(case, "language").data["review"]
    rosa, omar = office.acting("rosa:approver"), office.acting("omar:approver")
    return case, other, {
        "explain": (case, lambda: rita.explain(case)),
        "explain own": (case, lambda: household.explain(case)),
        "flip": (case, lambda: rita.flip(case)),
        "offer": (case, lambda: household.offer_text(case)),
        "export": (case, lambda: household.export(case)),
        "export for them": (case, lambda: anna.export(case)),
        "manifest": (case, lambda: lea.manifest(run)),
        "side by side": (other, lambda: anna.side_by_side(spare, other)),
        "looks like": (other, lambda: anna.preview(arrivals("B,2,1", **FAMILY))),
        "correct": (other, lambda: anna.correct(other, {"nationality": "Utopia"}, why="mistake")),
        "override preview": (
            other,
            lambda: rosa.override(later.data["plan"], other, "", why="other", preview=True),
        ),
        "review preview": (case, lambda: omar.preview_review(review)),
        "audit": (f"plan/{plan}", lambda: office.acting("paul:placement").audit(plan)),
    }  # fmt: skip


def test_every_look_at_the_vault_is_logged_with_its_ground_by_whom_and_when(office):
    _, _, ways = readers(office)
    for name, (subject, look) in ways.items():
        before = len(looks(office, subject))
        try:
            look()
        except InputRefused as refused:
            assert name == "correct", refused  # a refusal that says what is known
        entries = list(office.journal.read(subject=f"read/{subject}"))
        assert len(entries) == before + 1, name
        assert entries[-1].body["what"]
        assert entries[-1].body["ground"]
        assert entries[-1].body["fields"]
        assert entries[-1].day == DAY.isoformat()
    assert office.acting("rita:auditor").verify().clean


def test_a_read_that_cannot_be_logged_does_not_show(office, monkeypatch):
    _, _, ways = readers(office)

    def full(*_args, **_more):  # type: ignore[no-untyped-def]
        raise Unavailable("The disk is full.", "Free it.")

    monkeypatch.setattr(office.journal, "append", full)
    for name, (_, look) in ways.items():
        with pytest.raises(Refusal) as refused:
            look()
        assert isinstance(refused.value, Unavailable), name


def test_a_site_reads_under_its_agreement_and_the_log_says_from_when_to_when(office):
    case, _, run = bound(office)
    site = office.journal.row("matters", f"run/{run}")["site"]
    office.acting(f"lea:site@{site}").manifest(run)
    [agreed] = office.journal.row("places", site)["consents"][-1:]
    wanted = {"name": f"site/{site}", "from": agreed["first"], "to": agreed["last"]}
    assert looks(office, case)[-1]["agreement"] == wanted
    office.acting(f"eli:escort@{run}").manifest(run)
    assert looks(office, case)[-1]["agreement"] == wanted
    office.acting("pia:placement").manifest(run)
    assert "agreement" not in looks(office, case)[-1], "the office reads on its own ground"
    seen = office.acting(f"x:household@{case}").export(case)["who_looked"]
    assert [look["what"] for look in seen if look["role"] in ("site", "escort")] == ["manifest"] * 2
    assert office.acting(f"x:household@{case}").export(case)["who_looked"][0]["agreement"] == wanted


def test_no_refusal_tells_what_a_cell_says_without_a_look_on_record(office):
    [case] = take_in(office, "a,1", nationality="Utopia")
    anna = office.acting("anna:intake")
    with pytest.raises(InputRefused, match="Nothing changes"):
        anna.correct(case, {"nationality": "Utopia"}, why="mistake")
    assert [look["what"] for look in looks(office, case)] == ["correct"]
    with pytest.raises(InputRefused, match="is not a reason"):
        anna.correct(case, {"nationality": "Utopia"}, why="because")
    with pytest.raises(InputRefused, match="cannot be corrected"):
        anna.correct(case, {"surname": "x"}, why="mistake")
    assert len(looks(office, case)) == 1, "what is refused before anything is read is no look"


def test_the_audit_reads_kept_plans_only_and_no_large_family_stands_alone(office):
    [big] = take_in(office, "a,2,4", nationality="Utopia")
    take_in(office, "b,2,3", "c,2,3", "d,2,3", nationality="Arcadia")
    paul = office.acting("paul:placement")
    _, done = paul.propose("redirect-all")
    text = "\n".join(map(str, paul.audit(done.data["plan"])))
    row = next(line for line in text.splitlines() if "Utopia" in line)
    assert "6" not in row
    assert big not in text
    with pytest.raises(Refusal):
        paul.audit("P-0000000000")


def test_a_change_of_a_manifest_that_is_refused_is_a_look_on_record(office):
    case, _, run = bound(office)
    site = office.journal.row("matters", f"run/{run}")["site"]
    with pytest.raises(Refusal):
        office.acting(f"lea:site@{site}").change_manifest(run, add=[case], remove=["H-0000000000"])
    assert [look["what"] for look in looks(office, case)] == ["change of a manifest"]
