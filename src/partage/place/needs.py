"""What a household needs of each service, in units: what makes a place unusable or unsafe."""

from __future__ import annotations

from partage.core.errors import InputRefused
from partage.core.household import Need

ROOM_HOLDS = 2  # room: 1-2 persons
FAMILY_ROOM_HOLDS = 6  # room.family: 3-6 persons; more take adjoining rooms


def units_needed(need: Need) -> dict[str, int]:
    """Units of each service this household needs; services it does not need are absent.

    Rooms follow from the number of persons unless the officer said otherwise; households never
    share a room. ``care`` counts children of school age for schools, adults for courses, and one
    per household for anything else.
    """
    units = {"person": need.persons}
    service, number = rooms_needed(need)
    units[service] = number
    for wanted in dict.fromkeys(need.care):
        units[wanted] = units.get(wanted, 0) + _care_units(wanted, need)
    return {service: number for service, number in units.items() if number > 0}


def rooms_needed(need: Need) -> tuple[str, int]:
    """The kind of room and how many of them."""
    if need.room_need:
        service, _, number = need.room_need.partition(":")
        if service not in ("room", "room.family") or not (number or "1").isdigit():
            raise InputRefused(
                f"'{need.room_need}' is not a room need.",
                "Write room, room.family or room.family:2.",
            )
        return service, int(number or "1")
    if need.persons <= ROOM_HOLDS:
        return "room", 1
    return "room.family", -(-need.persons // FAMILY_ROOM_HOLDS)


def _care_units(service: str, need: Need) -> int:
    if service.startswith("school."):
        return need.ages.from_5_to_17
    if service.startswith("course."):
        return need.ages.adults
    return 1
