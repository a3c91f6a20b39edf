"""Whoever is not where the book had them is looked for until found, or until a person says why not."""

from __future__ import annotations

import pytest

from daily import findings, later, site_of, state, take_in
from offices import opened
from partage.core.errors import InputRefused, NotPermitted, WrongState
from partage.office.office import Office


@pytest.fixture
def office():
    office = opened("memory:")
    yield office
    assert office.acting("rita:auditor").verify().clean, "verify found a fault"
    office.journal.close()


def gone(office: Office) -> tuple[str, str]:
    """A household of two that its site has not seen any more."""
    [case] = take_in(office, "a,2")
    site = site_of(office, "CA-QC")
    clerk = office.acting(f"q:site@{site}")
    clerk.arrive_late(case, site)
    done = clerk.exit(case, "unknown")
    assert [f.weight for f in done.findings] == ["fault"]
    return case, site


def test_who_left_for_nobody_knows_where_is_an_alarm_every_morning(office):
    case, site = gone(office)
    assert state(office, case)["state"] == "unknown"
    assert state(office, case)["account"] == "outside:unknown"
    later(office, days=9)
    [alarm] = [f for f in findings(office, case) if f.startswith("fault")]
    assert "whereabouts unknown" in alarm
    assert f"hosted@{site}" in alarm  # where to begin to look
    free = office.acting("pia:placement").survey(nights=1)
    assert free.load[site]["person"] == 0


def test_who_is_seen_again_waits_or_stays_where_it_turned_up(office):
    case, site = gone(office)
    office.acting(f"q:site@{site}").arrive_late(case, site)
    assert state(office, case)["state"] == "hosted"
    assert not findings(office, case)


def test_who_is_known_to_be_somewhere_has_left_for_there(office):
    case, _ = gone(office)
    office.acting("anna:intake").exit(case, "relatives")
    assert state(office, case)["state"] == "left"
    assert state(office, case)["account"] == "outside:relatives"
    assert not findings(office, case)


def test_a_search_ends_only_by_a_person_with_a_reason(office):
    case, site = gone(office)
    anna = office.acting("anna:intake")
    with pytest.raises(WrongState, match="is looked for already"):
        anna.exit(case, "unknown")
    with pytest.raises(InputRefused, match="is not a reason"):
        anna.exit(case, "unknown", why="it is late")
    with pytest.raises(NotPermitted):
        office.acting(f"q:site@{site}").exit(case, "unknown", why="police-told")
    anna.exit(case, "unknown", why="police-told")
    assert state(office, case)["state"] == "left"
    assert state(office, case)["account"] == "outside:unknown"
    assert not findings(office, case)
    [closed] = [e for e in office.journal.read(subject=f"case/{case}") if e.body.get("why")]
    assert (closed.actor, closed.body["why"]) == ("anna", "police-told")


def test_a_reason_is_for_a_search_and_for_nothing_else(office):
    [case] = take_in(office, "a,1")
    with pytest.raises(InputRefused, match="--why"):
        office.acting("anna:intake").exit(case, "housing", why="police-told")
    with pytest.raises(WrongState, match="is not looked for"):
        office.acting("anna:intake").exit(case, "unknown", why="police-told")


def test_the_last_known_address_is_kept_by_consent_and_read_with_a_ground(office):
    [case] = take_in(office, "a,1")
    anna = office.acting("anna:intake")
    with pytest.raises(InputRefused, match="only if the household consents"):
        anna.exit(case, "housing", address="12 rue X")
    anna.exit(case, "housing", address="12 rue X", consent=True)
    assert "12 rue X" in str(anna.export(case))
    assert "12 rue X" not in str([e.body for e in office.journal.read()])
    reads = [e.body["what"] for e in office.journal.read(subject=f"read/{case}")]
    assert reads == ["export"]
    for actor in ("ana:analyst", "pia:placement", "lea:site@ca-on/ottawa/ircc-hotels"):
        with pytest.raises(NotPermitted):
            office.acting(actor).export(case)
