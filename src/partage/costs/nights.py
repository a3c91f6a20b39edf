"""Nights at a site: what the book says, what was counted at the door, what the invoice says."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from partage.core.findings import Finding


@dataclass(frozen=True, slots=True)
class Night:
    """One night at one site in whole persons, and the entries of the journal that say so.

    ``counted`` is the headcount of the night (None: there was none); ``rooms`` are rooms under contract
    and ``empty`` those of them that nobody slept in (None: not known); ``rooms_counted`` those slept in as
    the headcount, or the recount where there is one, says (None: it says nothing of rooms). ``seats`` are
    school seats in use. ``papers`` are further entries that rooms and seats rest on: who came and left,
    and what is under contract. ``entry`` is the number of the
    entry that closed the day, ``count_entry`` that of the headcount; both 0 for ``published`` nights,
    which come from the pack and not from a ledger: it says where they stand, ``assumed`` what they suppose.
    ``recount`` is what somebody other than who counted found after the close, comparing both: it is
    charged, and the entries of all three stay.
    """

    site: str
    day: date
    persons: int
    counted: int | None = None
    entry: int = 0
    count_entry: int = 0
    rooms: int | None = None
    empty: int | None = None
    published: str = ""
    assumed: str = ""
    recount: int | None = None
    recount_entry: int = 0
    rooms_counted: int | None = None
    seats: int | None = None
    papers: tuple[int, ...] = ()

    @property
    def used(self) -> int | None:
        """Rooms that somebody slept in; None: not known."""
        return None if self.rooms is None or self.empty is None else self.rooms - self.empty

    @property
    def charged(self) -> int:
        """The persons that are charged: those of a recount, where there is one."""
        return self.persons if self.recount is None else self.recount


def reconcile(nights: Iterable[Night]) -> tuple[list[Night], list[Finding]]:
    """The nights that may be charged, and a finding for every night that may not.

    A night stands if its headcount, or a recount by somebody else, agrees with the book.
    """
    good: list[Night] = []
    found: list[Finding] = []
    seen: set[tuple[str, date]] = set()
    for night in sorted(nights, key=lambda n: (n.site, n.day)):
        where = f"{night.site} night of {night.day}"
        key = (night.site, night.day)
        if key in seen:
            found.append(Finding(where, "stands twice", "remove one", "fault"))
            good = [n for n in good if (n.site, n.day) != key]
            continue
        seen.add(key)
        why = _against(night)
        if why:
            found.append(Finding(where, why[0], why[1], "fault"))
        else:
            good.append(night)
    return good, found


def _rooms_against(night: Night) -> tuple[str, str] | None:
    """Where the night desk counted rooms, they are those that the book has in use."""
    if night.rooms_counted is None or night.used is None or night.used == night.rooms_counted:
        return None
    return (
        f"the night desk counted {night.rooms_counted} rooms slept in, the book says {night.used}",
        "find out who slept where; somebody else puts it on record with 'partage count … --rooms … "
        "--by recount'",
    )


def _against(night: Night) -> tuple[str, str] | None:
    """Why a night may not be charged, and what to do; None if it may."""
    if night.persons < 0:
        return "is below nought", "correct it"
    if night.recount is not None:
        return _rooms_against(night)
    if night.counted is None and not night.published:
        return (
            f"the book says {night.persons}, and nobody counted",
            "ask the night desk for its list, and put it on record with 'partage count'",
        )
    if night.counted is not None and night.counted != night.persons:
        return (
            f"the night desk counted {night.counted}, the book says {night.persons}",
            "find out who was there; somebody else puts it on record with 'partage count … --by recount'",
        )
    return _rooms_against(night)


def recounted(nights: Iterable[Night]) -> list[Finding]:
    """A note for each night that is charged by its recount: what the book and the headcount said."""
    return [
        Finding(
            f"{n.site} night of {n.day}",
            f"is charged by the recount: {n.recount}; the book says {n.persons}, the headcount "
            f"{'nothing' if n.counted is None else n.counted}",
            "both stay on record",
            "note",
        )
        for n in nights
        if n.recount is not None
    ]
