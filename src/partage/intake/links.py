"""Links between the rows of one file: they count if both sides ask, and whoever is named is looked for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from partage.core.findings import Finding

if TYPE_CHECKING:
    from partage.intake.arrivals import Arrival


def checked_links(arrivals: list[Arrival], findings: list[Finding]) -> list[Arrival]:
    """The arrivals with their links to rows of the file; links to others are kept apart.

    A link to oneself is dropped; one that the other row does not ask for too stays on the side that
    asked, joins nobody, and is named.
    """
    by_reference = {arrival.reference: arrival for arrival in arrivals}
    out = []
    for arrival in arrivals:
        links = arrival.household.need.links
        if links:
            findings += _remarks(arrival, by_reference)
            inside = tuple(r for r in links if r in by_reference and r != arrival.reference)
            elsewhere = tuple(dict.fromkeys(r for r in links if r not in by_reference))
            need = replace(arrival.household.need, links=tuple(dict.fromkeys(inside)))
            household = replace(arrival.household, need=need)
            arrival = replace(arrival, household=household, links_elsewhere=elsewhere)
        out.append(arrival)
    return out


def link_to_nobody(row: int) -> Finding:
    """A household was named that nobody knows."""
    return _warning(
        row,
        "a link is to no household that is known; it was not kept",
        "link two households by each other's reference, or correct the row that was left out",
    )


def link_to_registered(row: int, case: str, other: str) -> Finding:
    """A household of an earlier file was named: it is asked apart."""
    return _warning(
        row,
        f"a link is to {other}, which was taken in before; they are kept together once it asks too",
        f"ask it apart, then: 'partage correct {other} --set linked_to={case} --why wish'",
    )


def _remarks(arrival: Arrival, by_reference: dict[str, Arrival]) -> Iterator[Finding]:
    links = arrival.household.need.links
    if arrival.reference in links:
        what = "a link is to the household itself; it was not kept"
        yield _warning(arrival.row, what, "name the other household")
    for reference in dict.fromkeys(links):
        other = by_reference.get(reference)
        if other is not None and arrival.reference not in other.household.need.links:
            yield _warning(
                arrival.row,
                f"a link is to row {other.row}, which does not ask for it; it joins nobody yet",
                f"ask the household of row {other.row} apart; if it wishes so, link it too",
            )


def _warning(row: int, what: str, do: str) -> Finding:
    return Finding(f"row {row}, column linked_to", what, do, "warning")
