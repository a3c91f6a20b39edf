"""Rooms, seats, trips and caseloads in the office's own draft: as the ledger holds them, or blocked."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest

from daily import later, state, take_in
from offices import opened
from partage.core.errors import InputRefused, NotPermitted
from partage.core.rates import SharingRule, Tariff
from partage.core.situation import Origin
from partage.costs import InvoiceLine, Period
from partage.costs.quantities import InUse, counts_of, in_use
from partage.ledger.facts import Entry

DAY = date(2023, 2, 20)
NIGHT = Period(DAY, DAY, "2023-02-20")
SOURCE = Origin("a test")
FAY = "fay:finance"


def entry(no, at, subject, body, verb="stay", day="2023-02-20"):
    return Entry(no, at, day, verb, "x", "y", subject, no, body, "", "", "")


def test_what_is_in_use_is_read_at_each_instant_and_names_its_last_entry():
    entries = [
        entry(1, "2023-02-20T20", "site/s", {"place": {"occupied": {"room": 2, "school.fr": 3}}}),
        entry(2, "2023-02-21T08", "site/s", {"place": {"occupied": {"room.family": 1}}}),
        entry(3, "2023-02-21T08", "site/s", {"place": {"as_of": "x"}}),
        entry(4, "2023-02-21T10", "site/s", {"place": {"occupied": {"room": -2}}}),
    ]
    at = ["2023-02-20T09", "2023-02-21T09", "2023-02-22T09"]
    assert in_use(entries, at) == [InUse(0, 0, 0), InUse(3, 3, 2), InUse(1, 3, 4)]


def test_a_run_is_a_trip_if_somebody_was_on_board_and_a_caseload_counts_when_it_moves_in():
    entries = [
        entry(1, "a", "run/R-1", {"site": "s", "households": 2}, "depart"),
        entry(2, "b", "run/R-2", {"site": "s", "households": 0}, "depart"),
        entry(3, "c", "run/R-3", {"site": "s", "households": 1}, "depart"),
        entry(
            4, "d", "site/s", {"place": {"taken": {"2023-W08": {"caseload": 2, "clinic.fr": 1}}}}
        ),
    ]
    assert [(c.unit, c.quantity, c.entries) for c in counts_of(entries)] == [
        ("caseload", 2, (4,)), ("trip", 2, (1, 3)),
    ]  # fmt: skip


@pytest.fixture(scope="module")
def office():
    """Two households, of two and of three persons, come to a site of Ontario by one run; counted, closed."""
    made = opened("memory:")
    made.cases = take_in(made, "a,2", "b,3")
    paul = made.acting("paul:placement")
    plan = paul.propose("redirect-all")[1].data["plan"]
    made.acting("rosa:approver").approve(plan)
    paul.offer_plan(plan)
    for case in made.cases:
        made.acting("anna:intake").answer(case, "accept")
    [made.site] = {state(made, case)["offer"]["site"] for case in made.cases}
    run = paul.depart(made.site).data["run"]
    later(made, hours=8)
    clerk = made.acting(f"q:site@{made.site}")
    clerk.arrive(run)
    later(made, hours=13)
    clerk.count(made.site, 5, by="night-desk", night=DAY, rooms=2)
    later(made, hours=4)
    made.acting("pia:placement").close(DAY)
    yield made
    made.journal.close()


def paid(office, *units, by="CA-ON", cents=100_00):
    """The finance officer of an office whose site is paid by these units, and by no other."""
    rates = tuple(
        Tariff(office.site, unit, unit, date(2023, 1, 1), None, cents, by, SOURCE) for unit in units
    )
    rule = SharingRule(
        "r", "CA", "CA-ON", "room-night", Fraction(9, 10), DAY, None, None, SOURCE
    )  # fmt: skip
    finance = office.acting(FAY)
    finance.pack = replace(office.pack, rates=rates, sharing=(rule,), published_nights=())
    return finance


def test_rooms_under_contract_are_counted_from_the_ledger_and_the_empty_ones_stand_apart(office):
    rooms = sum(
        int(row["quantity"])
        for row in office.journal.row("places", office.site)["capacity"]
        if row["service"].startswith("room") and row["first"] <= str(DAY) <= row["last"]
    )
    said = paid(office, "room-night").settle("CA-ON", NIGHT)
    assert said.complete, said.blocked
    assert [(one.category, one.quantity) for one in said.lines] == [
        ("room-night", 2), ("empty-rooms", rooms - 2),
    ]  # fmt: skip
    assert said.claimed("CA") == 2 * 90_00, "nobody shares the empty ones"
    verbs = [next(office.journal.read(after=no - 1)).verb for no in said.lines[0].evidence]
    assert verbs[:2] == ["close", "count"]
    assert verbs[-1] == "agree"
    invoice = InvoiceLine(
        office.site, DAY, DAY, "room-night", rooms, 100_00, rooms * 100_00, "row 2"
    )
    finance = paid(office, "room-night")
    assert finance.settle("CA-ON", NIGHT, [invoice]).complete
    less = replace(invoice, quantity=2, amount=200_00)
    assert (
        f"invoiced for 2 rooms, the book says {rooms}"
        in finance.settle("CA-ON", NIGHT, [less]).blocked[0].what
    )


def test_a_trip_is_a_run_and_nobody_counts_meals_or_flights(office):
    said = paid(office, "person-night", "trip").settle("CA-ON", NIGHT)
    assert said.complete, said.blocked
    trips = [one for one in said.lines if one.unit == "trip"]
    assert [(one.quantity, one.amount) for one in trips] == [(1, 100_00)]
    [no] = trips[0].evidence
    assert next(office.journal.read(after=no - 1)).verb == "depart"
    for unit in ("meal", "flight"):
        said = paid(office, "person-night", unit).settle("CA-ON", NIGHT)
        assert f"no count of the unit {unit}" in said.blocked[0].what


def test_seats_and_households_taken_on_are_counted_where_there_are_any(office):
    said = paid(office, "person-night", "school-seat", "caseload").settle("CA-ON", NIGHT)
    assert said.complete, said.blocked
    assert {one.unit for one in said.lines} == {"person-night"}, "nobody asked for either"


def test_one_rate_by_the_person_and_one_by_the_room_is_told(office):
    said = paid(office, "person-night", "room-night").settle("CA-ON", NIGHT)
    assert said.blocked[0].do == "keep one"
    assert not said.lines


def test_a_recount_of_persons_alone_says_nothing_of_rooms_and_one_with_rooms_does(office):
    """The door counted otherwise than the book; who slept in which room is then not known either."""
    night = DAY + timedelta(days=1)
    site = office.site
    later(office, hours=20)
    office.acting(f"q:site@{site}").count(site, 6, by="night-desk", night=night, rooms=3)
    later(office, hours=4)
    office.acting("pia:placement").close(night)
    period = Period(night, night, str(night))
    finance = paid(office, "room-night")
    assert "counted 6, the book says 5" in finance.settle("CA-ON", period).blocked[0].what
    other = office.acting("rene:region@CA-ON")
    other.count(site, 6, by="recount", night=night)
    assert "not known how many were slept in" in finance.settle("CA-ON", period).blocked[0].what
    other.count(site, 6, by="recount", night=night, rooms=3)
    said = finance.settle("CA-ON", period)
    assert said.complete, said.blocked
    assert said.lines[0].quantity == 3


@pytest.mark.parametrize(("rooms", "where"), [(6, "site"), (-1, "site"), (1, "ca-qc/roxham-road")])
def test_rooms_that_cannot_be_are_refused(office, rooms, where):
    who = "anna:intake" if where != "site" else f"q:site@{office.site}"
    with pytest.raises((InputRefused, NotPermitted)):
        office.acting(who).count(office.site if where == "site" else where, 5, rooms=rooms)


def test_invoices_that_were_given_hold_for_as_long_as_the_statement_does(office):
    finance = paid(office, "person-night")
    cents = 5 * 100_00
    right = InvoiceLine(office.site, DAY, DAY, "person-night", 5, 100_00, cents, "row 2")
    rule = replace(finance.pack.sharing[0], category="person-night")
    finance.pack = replace(finance.pack, sharing=(rule,))
    other = replace(right, site="ca-on/ottawa/ircc-hotels")
    number = finance.prepare_statement("CA-ON", NIGHT, [right, other]).data["statement"]
    row, said, _ = finance.read_statement(number)
    assert row["invoices"].startswith("sha256:")
    assert "invoiced for 5 persons, and the book has no such night" in said.blocked[0].what
    finance.act_on_statement(number, "reverse", why="other")
    number = finance.prepare_statement("CA-ON", NIGHT, [right]).data["statement"]
    _, said, found = finance.read_statement(number)
    assert said.complete
    assert not found
    assert office.acting("rita:auditor").verify().clean
    assert state(office, office.cases[0])["account"] == f"hosted@{office.site}"
