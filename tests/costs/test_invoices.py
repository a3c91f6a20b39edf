"""Invoices: rooms x nights x rate, held against the book and the rate every night; a difference blocks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from partage.core.errors import InputRefused
from partage.core.rates import Tariff
from partage.core.situation import Origin
from partage.costs import InvoiceLine, Night, period_of, read_invoices, state
from partage.costs.invoices import as_rows, check_invoices, from_rows

FEB = period_of("2023-02")
HOTEL = "ca-qc/montreal/hotel"
HEAD = "site,first_night,last_night,unit,quantity,rate,amount,currency\n"


def rate(cents=150_00, unit="room-night", by="CA-QC"):
    first = date(2023, 1, 1)
    return Tariff(HOTEL, unit, "temporary-accommodation", first, None, cents, by, Origin("a test"))


def nights(*days, rooms=40, empty=10):
    return [Night(HOTEL, date(2023, 2, d), 55, 55, 7, 6, rooms=rooms, empty=empty) for d in days]


def line(first=1, last=3, quantity=40, each=150_00, amount=None, unit="room-night"):
    total = quantity * (last - first + 1) * each if amount is None else amount
    days = (date(2023, 2, first), date(2023, 2, last))
    return InvoiceLine(HOTEL, *days, unit, quantity, each, total, "row 2")


def said(invoices, some=None, rates=None):
    return state("CA-QC", FEB, some or nights(1, 2, 3), rates or [rate()], [], invoiced=invoices)


def test_rooms_times_nights_times_rate_agrees_to_the_cent_with_what_is_charged():
    held = said([line()])
    assert held.complete
    assert held.amount == 40 * 3 * 150_00 == line().amount
    assert {one.category for one in held.lines} == {"temporary-accommodation", "empty-rooms"}


@pytest.mark.parametrize(
    ("invoice", "says", "stands"),
    [
        (line(quantity=30), "is invoiced for 30 rooms, the book says 40", 0),
        (line(each=151_00), "is invoiced at $151.00 a room-night, the rate is $150.00", 0),
        (line(amount=1), "says $0.01, and 40 x 3 nights x $150.00 are $18,000.00", 3),
        (line(last=2), "is invoiced for 0 rooms, the book says 40", 2),
        (line(last=4), "is invoiced for 40 rooms, and the book has no such night", 3),
        (replace(line(), last=date(2023, 1, 31)), "ends on 2023-01-31, before it begins", 0),
    ],
)
def test_a_difference_blocks_and_says_what_to_do(invoice, says, stands):
    held = said([invoice])
    [first, *_] = held.blocked
    assert says in first.what
    assert first.do
    assert not held.complete
    assert len({one.day for one in held.lines}) == stands


def test_the_same_night_invoiced_twice_is_told():
    held = said([line(), replace(line(3, 3), where="row 3")])
    assert held.blocked[0].what == "is invoiced twice by the room-night: row 2 and row 3"


def test_what_others_have_under_contract_needs_no_invoice_and_is_held_against_one():
    assert said([], rates=[rate(by="CA")]).complete
    assert (
        "invoiced for 30 rooms" in said([line(quantity=30)], rates=[rate(by="CA")]).blocked[0].what
    )


def test_a_file_in_full_is_read_with_its_cents_and_told_by_row():
    good = f"{HEAD}{HOTEL},2023-02-01,2023-02-03,room-night,40,150.00,18000.00,CAD\n"
    [one] = read_invoices(good.encode(), {HOTEL})
    assert (one.rate, one.amount, one.nights) == (150_00, 1_800_000, 3)
    assert said([one]).complete
    bad = good.replace("150.00", "150.005").replace(",CAD", ",USD").replace("room-night", "bed")
    with pytest.raises(InputRefused) as refused:
        read_invoices(bad.encode(), {HOTEL})
    for column in ("unit", "rate", "amount"):
        assert f"row 2, column {column}" in refused.value.what
    with pytest.raises(InputRefused, match="nights"):
        check_invoices([replace(one, last=date(2043, 1, 1))])


def test_lines_come_back_from_the_record_as_they_were():
    lines = (line(), InvoiceLine(HOTEL, date(2023, 2, 1), date(2023, 2, 1), "person-night", 55))
    assert from_rows(as_rows(lines)) == lines
