"""What is charged of a night and of a count: the rate of each unit that holds that day, and how many."""

from __future__ import annotations

from collections.abc import Sequence

from partage.core.findings import Finding
from partage.core.rates import Tariff
from partage.costs.invoices import named
from partage.costs.nights import Night
from partage.costs.quantities import Count
from partage.costs.tariffs import tariff_on

Part = tuple[Tariff, int, str]  # a rate, how many of its unit, and the category of the cost
EMPTY = "empty-rooms"  # rooms under contract that nobody slept in: told apart from nights


def counted_on(count: Count, tariffs: Sequence[Tariff]) -> list[Part] | Finding:
    """The rate of what was counted that day; nothing where the site never had one for that unit."""
    tariff = tariff_on(tariffs, count.site, count.unit, count.day)
    if tariff is not None:
        return [(tariff, count.quantity, tariff.category)]
    if all((t.site, t.unit) != (count.site, count.unit) for t in tariffs):
        return []
    return Finding(
        f"{count.site} on {count.day}",
        f"has {count.quantity} {named(count.unit)}, and no rate holds on that day",
        "enter its rate, or say since when it has none",
        "fault",
    )


def charged_on(night: Night, tariffs: Sequence[Tariff]) -> list[Part] | Finding:
    """The rates of a night, each with its quantity and category; a finding where it has none."""
    lodging = _lodging(night, tariffs)
    seat = tariff_on(tariffs, night.site, "school-seat", night.day)
    if isinstance(lodging, Finding) or seat is None:
        return lodging
    if night.seats is None:
        return Finding(
            f"{night.site} night of {night.day}",
            "has a rate by the school seat, and it is not known how many were in use",
            "state it apart with its papers, and end the rate here",
            "fault",
        )
    return [*lodging, (seat, night.seats, seat.category)]


def _lodging(night: Night, tariffs: Sequence[Tariff]) -> list[Part] | Finding:
    by_person = tariff_on(tariffs, night.site, "person-night", night.day)
    by_room = tariff_on(tariffs, night.site, "room-night", night.day)
    where = f"{night.site} night of {night.day}"
    for unit in ("person-night", "room-night"):
        held = sum((t.site, t.unit) == (night.site, unit) and t.holds(night.day) for t in tariffs)
        if held > 1:
            what = f"has {held} rates by the {unit} that night"
            return Finding(where, what, "end all but one of them", "fault")
    if by_person is not None and by_room is not None:
        return Finding(where, "has a rate by the person and one by the room", "keep one", "fault")
    if by_person is not None:
        return [(by_person, night.charged, by_person.category)]
    if by_room is None:
        if night.charged == 0 and not night.rooms:
            return []
        return Finding(
            where,
            f"{night.charged} persons slept there, and no contract or rate is known for it",
            "enter its rate, or say since when it has none",
            "fault",
        )
    if night.rooms is None or night.empty is None:
        return Finding(
            where, "is paid by the room, and it is not known how many were slept in",
            "state the rooms under contract with 'partage agree', and have the rooms counted with "
            "'partage count … --rooms'", "fault",
        )  # fmt: skip
    if night.empty < 0:
        return Finding(
            where,
            f"has {night.rooms - night.empty} rooms slept in, and {night.rooms} are under contract",
            "put on record what the site agreed to, or find out who slept where",
            "fault",
        )
    if night.empty > night.rooms:
        return Finding(
            where, f"has {night.empty} of {night.rooms} rooms empty", "correct it", "fault"
        )
    return [
        (by_room, night.rooms - night.empty, by_room.category),
        *([(by_room, night.empty, EMPTY)] if night.empty else []),
    ]
