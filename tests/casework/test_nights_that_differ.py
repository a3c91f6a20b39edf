"""What is free over a horizon is looked up on the nights that differ: the same as on every night."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from partage.casework.horizon import Horizon, agreed_on, blocked_on, nights_that_differ
from worlds import SERVICES

DAY, NIGHTS = date(2023, 2, 20), 30
OFFSETS = st.integers(-5, NIGHTS + 5)


def at(offset: int) -> str:
    return (DAY + timedelta(days=offset)).isoformat()


@st.composite
def spans(draw, **more):
    first, last = sorted((draw(OFFSETS), draw(OFFSETS)))
    return {"first": at(first), "last": at(last), **more}


CONSENTS = st.lists(
    st.builds(lambda s, n: {**s, "counts_from": at(n)}, spans(), OFFSETS), max_size=2
)
PLACES = st.lists(
    st.builds(
        lambda s, n, q: {**s, "counts_from": at(n), "service": "person", "quantity": q},
        spans(), OFFSETS, st.integers(0, 9),
    ),
    max_size=3,
)  # fmt: skip
BLOCKS = st.lists(
    st.builds(lambda s, q: {**s, "service": "person", "quantity": q}, spans(), st.integers(0, 4)),
    max_size=2,
)


@settings(max_examples=150, deadline=None)
@given(CONSENTS, CONSENTS, PLACES, BLOCKS)
def test_the_least_over_the_nights_that_differ_is_the_least_over_all(own, owner, places, blocks):
    row = {"consents": own, "capacity": places, "blocks": blocks}
    owners, person = ({"consents": owner},), SERVICES[0]

    def least(nights):
        return min(
            agreed_on(row, person, n, owners) - blocked_on(row, person, n.isoformat())
            for n in nights
        )

    every = [DAY + timedelta(days=n) for n in range(NIGHTS)]
    some = nights_that_differ(row, owners, DAY, NIGHTS)
    assert set(some) <= set(every)
    assert least(some) == least(every) == Horizon(row, owners, DAY, NIGHTS).free(person)


def test_a_row_without_an_end_in_sight_asks_for_one_night():
    row = {"consents": [{"first": at(-9), "last": at(900), "counts_from": at(-9)}]}
    assert nights_that_differ(row, (), DAY, NIGHTS) == [DAY]
