"""Links: both sides ask, and whoever is named and not there is said, by row and never by reference."""

from __future__ import annotations

import pytest

from offices import arrivals, opened
from partage.intake.arrivals import read_arrival_rows, read_arrivals
from partage.packs.loader import load_pack

PACK = load_pack("canada")


def file(*rows: tuple[str, str]) -> bytes:
    head = arrivals().splitlines()[0]
    lines = [arrivals(f"{ref},1", linked_to=to).splitlines()[1] for ref, to in rows]
    return b"\n".join([head, *lines]) + b"\n"


def said(findings) -> list[tuple[str, str]]:  # type: ignore[no-untyped-def]
    return [(f.where, f.what) for f in findings if "link" in f.what]


def test_both_sides_ask_and_nothing_is_said():
    rows, findings = read_arrival_rows(file(("a", "b"), ("b", "a")), PACK)
    assert [r.household.need.links for r in rows] == [("b",), ("a",)]
    assert findings == []


def test_one_side_alone_is_named_with_both_rows():
    rows, findings = read_arrival_rows(file(("marie", "jean"), ("jean", "")), PACK)
    assert said(findings) == [
        (
            "row 2, column linked_to",
            "a link is to row 3, which does not ask for it; it joins nobody yet",
        )
    ]
    assert "ask the household of row 3 apart" in findings[0].do
    assert [r.household.need.links for r in rows] == [("jean",), ()]
    assert not any(name in str(findings) for name in ("marie", "jean"))


def test_a_link_to_oneself_or_to_nobody_is_dropped_and_each_is_said():
    households, findings = read_arrivals(file(("a", "a;zzz;b"), ("b", "a")), PACK)
    assert said(findings) == [
        ("row 2, column linked_to", "a link is to the household itself; it was not kept"),
        ("row 2, column linked_to", "a link is to no household that is known; it was not kept"),
    ]
    assert [h.need.links for h in households] == [("b",), ("a",)]


def test_a_link_to_a_row_that_was_left_out_is_to_nobody():
    data = file(("a", "b"), ("b", "a")).replace(b"\nb,2023-02-20T12:00:00Z", b"\nb,noon")
    _, findings = read_arrivals(data, PACK)
    assert said(findings)[0][1] == "a link is to no household that is known; it was not kept"


def test_a_household_of_an_earlier_file_is_linked_once_it_asks_too():
    office = opened("memory:")
    anna = office.acting("anna:intake")
    (first,) = anna.register(file(("a", ""))).data["registered"]
    seen = anna.preview(file(("b", "a")))
    assert first in seen.findings[0].what
    assert "register it, ask the other one apart" in seen.findings[0].do
    done = anna.register(file(("b", "a")))
    (second,) = done.data["registered"]
    (finding,) = [f for f in done.findings if f.where.endswith("linked_to")]
    assert f"a link is to {first}, which was taken in before" in finding.what
    assert finding.do.endswith(f"'partage correct {first} --set linked_to={second} --why wish'")
    anna.correct(first, {"linked_to": second}, why="wish")
    assert anna._household(second, office.journal.row("cases", second)).need.links == (first,)
    assert office.acting("rita:auditor").verify().clean


def test_a_link_to_nobody_in_the_book_either_is_said_when_it_is_taken_in():
    anna = opened("memory:").acting("anna:intake")
    done = anna.register(file(("b", "nobody")))
    assert done.data["households"] == 1
    assert said(done.findings) == [
        ("row 2, column linked_to", "a link is to no household that is known; it was not kept")
    ]


@pytest.mark.parametrize("times", [2, 3])
def test_a_link_named_twice_is_one(times):
    rows, _ = read_arrival_rows(file(("a", ";".join(["b"] * times)), ("b", "a")), PACK)
    assert rows[0].household.need.links == ("b",)
