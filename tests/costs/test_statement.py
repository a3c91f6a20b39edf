"""Costs: exact, blocked rather than left out, and the same from both sides."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partage.core.errors import InputRefused, WrongState
from partage.core.money import part_of
from partage.core.situation import Origin
from partage.costs import (
    Book,
    Count,
    Night,
    SharingRule,
    Tariff,
    cents_of,
    check_tariffs,
    dollars,
    period_of,
    reconcile,
    reversing,
    state,
)
from partage.costs.periods import Period
from partage.costs.sharing import check_rules
from partage.costs.statement import EMPTY, account_of

SOURCE = Origin(source="a test")
FEB = period_of("2023-02")
HOTEL = "ca-qc/montreal/hotel"


def tariff(
    site=HOTEL, cents=13_700, first=date(2023, 1, 1), last=None, unit="person-night", by="CA-QC"
):
    return Tariff(site, unit, "temporary-accommodation", first, last, cents, by, SOURCE)


def rule(
    share=Fraction(95, 100), claimant="CA-QC", cap=None, id_="r", category="temporary-accommodation"
):
    return SharingRule(id_, "CA", claimant, category, share, date(2022, 1, 1), None, cap, SOURCE)


def night(day=20, persons=3, counted=3, site=HOTEL, **more):
    return Night(site, date(2023, 2, day), persons, counted, entry=7, count_entry=6, **more)


def test_the_federal_rate_of_niagara_falls_to_the_cent():
    """CAD 137 per person and day, July 2022 to March 2023: 2,841 persons for one night."""
    said = state("CA-QC", FEB, [night(persons=2841, counted=2841)], [tariff()], [rule()])
    assert (said.amount, said.claimed("CA")) == (38_921_700, 36_975_615)
    assert dollars(said.amount) == "$389,217.00"
    assert dollars(said.amount, "fr") == "389\u00a0217,00\u00a0$"


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2023-02", "2023-02-01", "2023-02-28"),
        ("2024-12", "2024-12-01", "2024-12-31"),
        ("2022-Q4", "2022-10-01", "2022-12-31"),
        ("2023", "2023-01-01", "2023-12-31"),
        ("FY2022-23", "2022-04-01", "2023-03-31"),
    ],
)
def test_periods_are_named(text, first, last):
    period = period_of(text)
    assert (str(period.first), str(period.last), period.name) == (first, last, text)


@pytest.mark.parametrize("text", ["2023-13", "FY2022-24", "23-02", "February", ""])
def test_what_is_no_period_is_refused(text):
    with pytest.raises(InputRefused, match="not a period"):
        period_of(text)


def test_a_period_that_ends_before_it_begins_is_refused():
    with pytest.raises(InputRefused, match="before it begins"):
        Period(date(2023, 3, 1), date(2023, 2, 1))


@pytest.mark.parametrize(
    ("text", "currency"), [("208", ""), ("208", "USD"), ("1e3", "CAD"), ("2.085", "CAD")]
)
def test_an_amount_without_its_currency_or_not_in_cents_is_refused(text, currency):
    with pytest.raises(InputRefused):
        cents_of(text, currency)


@given(st.integers(0, 10**9), st.fractions(0, 1, max_denominator=1000))
def test_a_share_is_within_half_a_cent_and_never_a_float(cents, share):
    part = part_of(cents, share)
    assert isinstance(part, int)
    assert abs(part - cents * share) <= Fraction(1, 2)
    assert part_of(-cents, share) == -part


def test_overlapping_rates_and_contradicting_rules_are_told_and_block():
    rates = [tariff(), tariff(first=date(2023, 2, 10), cents=20_800)]
    assert "two rates for one night" in check_tariffs(rates)[0].what
    said = state("CA-QC", FEB, [night()], rates, [rule()])
    assert not said.lines
    assert [f.what for f in said.blocked][1] == "has 2 rates by the person-night that night"
    both = [rule(), rule(id_="other")]
    assert state("CA-QC", FEB, [night()], [tariff()], both).amount == 0
    assert "both hold" in check_rules(both)[0].what
    with pytest.raises(WrongState, match="block this statement"):
        state("CA-QC", FEB, [night()], [tariff()], both).certified()


def test_a_night_without_a_contract_is_told_and_nothing_is_certified():
    said = state("CA-QC", FEB, [night(), night(site="ca-qc/montreal/school")], [tariff()], [rule()])
    assert [line.site for line in said.lines] == [HOTEL]
    assert "no contract or rate" in said.blocked[0].what
    with pytest.raises(WrongState):
        said.certified()


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"counted": None}, "nobody counted"),
        ({"counted": 4}, "counted 4, the book says 3"),
        ({"rooms": 9, "empty": 7, "rooms_counted": 3}, "counted 3 rooms slept in, the book says 2"),
    ],
)
def test_a_difference_blocks_the_night(wrong, says):
    good, found = reconcile([replace(night(), **wrong)])
    assert says in found[0].what
    assert not good


def test_empty_rooms_stand_in_lines_of_their_own():
    rooms = night(rooms=250, empty=248, persons=6, counted=6)
    said = state("CA-QC", FEB, [rooms], [tariff(unit="room-night", cents=10_000)], [rule()])
    assert [(line.category, line.quantity) for line in said.lines] == [
        ("temporary-accommodation", 2), (EMPTY, 248),
    ]  # fmt: skip
    assert said.claimed("CA") == 19_000, "no rule speaks of empty rooms"
    assert any("no rule says who bears empty-rooms" in note.what for note in said.notes)


def test_what_somebody_else_incurred_is_told_and_not_claimed():
    said = state("CA-QC", FEB, [night()], [tariff(by="CA")], [rule()])
    assert (said.lines, said.claimed("CA")) == ((), 0)
    assert [line.amount for line in said.direct] == [41_100]


def test_a_cap_holds_over_the_fiscal_year():
    nights = [night(day) for day in (1, 2, 3)]
    said = state("CA-QC", FEB, nights, [tariff()], [rule(Fraction(1), cap=100_000)],
                 claimed_before={("r", 2022): 20_000})  # fmt: skip
    assert [line.claimed for line in said.lines] == [41_100, 38_900, 0]
    assert said.amount == 3 * 41_100


def test_a_correction_reverses_and_nothing_is_reversed_twice():
    posting = state("CA-QC", FEB, [night()], [tariff()], [rule()]).postings()[1]
    back = reversing(posting, "back")
    book = Book([posting, posting, back])
    assert book.balance == {}
    with pytest.raises(InputRefused, match="taken back before"):
        book.post(reversing(posting, "again"))
    with pytest.raises(InputRefused, match="something else"):
        book.post(replace(posting, cents=1))


SITES = {f"ca-{code}/city/hotel": f"CA-{code.upper()}" for code in ("on", "qc", "ns")}
histories = st.lists(
    st.builds(
        lambda site, day, persons, off: Night(
            site, date(2023, 2, 1) + timedelta(days=day), persons,
            None if off == 2 else persons + off, entry=1 + day,
        ),
        st.sampled_from(sorted(SITES)), st.integers(0, 27), st.integers(0, 3000), st.sampled_from([0, 0, 0, 1, 2]),
    ),
    max_size=60, unique_by=lambda n: (n.site, n.day),
)  # fmt: skip


@given(
    st.lists(
        st.tuples(st.integers(0, 27), st.integers(0, 400), st.integers(-1, 400), st.integers(0, 9),
                  st.integers(0, 3)),
        max_size=28, unique_by=lambda row: row[0],
    ),
    st.fractions(0, 1, max_denominator=100),
)  # fmt: skip
def test_rooms_seats_and_trips_balance_and_no_room_is_counted_twice(rows, share):
    days = [date(2023, 2, 1) + timedelta(days=row[0]) for row in rows]
    nights = [
        Night(HOTEL, day, 5, 5, 7, 6, rooms=rooms, empty=empty, seats=seats)
        for day, (_, rooms, empty, seats, _) in zip(days, rows, strict=True)
    ]
    trips = [
        Count(HOTEL, d, "trip", row[4], (9,)) for d, row in zip(days, rows, strict=True) if row[4]
    ]
    rates = [tariff(unit=unit, cents=cents) for unit, cents in
             (("room-night", 9_999), ("school-seat", 777), ("trip", 123_45))]  # fmt: skip
    said = state("CA-QC", FEB, nights, rates, [rule(share)], counts=trips)
    good = [row for row in rows if 0 <= row[2] <= row[1]]
    assert len(said.blocked) == len(rows) - len(good)
    assert said.amount == (
        sum(rooms * 9_999 + seats * 777 for _, rooms, _, seats, _ in good)
        + sum(one.quantity for one in trips) * 123_45
    )
    book = Book(said.postings())
    assert sum(book.balance.values()) == 0
    assert book.owed("CA-QC", "CA") == said.claimed("CA")


@given(
    histories, st.fractions(0, 1, max_denominator=100), st.one_of(st.none(), st.integers(0, 10**8))
)
def test_what_provinces_claim_is_what_the_federal_account_owes(nights, share, cap):
    rates = [
        tariff(site, cents, by=SITES[site])
        for site, cents in zip(sorted(SITES), (13_700, 20_800, 9_999), strict=True)
    ]
    statements = [
        state(
            region,
            FEB,
            [n for n in nights if n.site == site],
            rates,
            [rule(share, region, cap, region)],
        )
        for site, region in SITES.items()
    ]
    book = Book(posting for one in statements for posting in one.postings())
    account = account_of("CA", statements)
    assert sum(book.balance.values()) == 0
    for one in statements:
        assert book.owed(one.claimant, "CA") == one.claimed("CA") == account.claimed[one.claimant]
        assert cap is None or one.claimed("CA") <= cap
        borne = book.balance.get(f"bearer/{one.claimant}", 0)
        assert borne + one.claimed("CA") == one.amount
    told = Counter((f.where.split(" ")[0]) for one in statements for f in one.blocked)
    for site, region in SITES.items():
        mine = next(one for one in statements if one.claimant == region)
        assert len(mine.lines) + told[site] == sum(n.site == site for n in nights) - sum(
            n.site == site and n.persons == 0 and n.counted == 0 for n in nights
        )
