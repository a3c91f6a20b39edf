"""What is agreed, blocked and in use at one site, night by night of a horizon."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from functools import cached_property

from partage.casework.acts import Row
from partage.casework.terms import consent_on
from partage.core.situation import Service
from partage.core.units import week_of


def agreed_on(row: Row, service: Service, night: date, owners: Sequence[Row] = ()) -> int:
    """Units agreed for one night, 0 outside the consents of the site and of its owners."""
    if not all(consent_on(own, night) for own in (row, *owners)):
        return 0
    return _agreed(row, service, night.isoformat())


def _agreed(row: Row, service: Service, text: str) -> int:
    id_, units = service.id, 0
    for c in row.get("capacity", ()):
        if c["service"] == id_ and c["first"] <= text <= c["last"] and c["counts_from"] <= text:
            units += int(c["quantity"])
    return units


def load_of(row: Row, services: Iterable[Service], day: date) -> dict[str, int]:
    """Units occupied, taken in that week or held at one site."""
    return {service.id: _load(row, service, day) for service in services}


def _load(row: Row, service: Service, day: date) -> int:
    id_, held = service.id, row.get("held", {})
    if service.period == "week":
        week = week_of(day)
        taken = row.get("taken", {}).get(week, {})
        return int(taken.get(id_, 0)) + int(held.get(week, {}).get(id_, 0))
    return int(row.get("occupied", {}).get(id_, 0)) + int(held.get("night", {}).get(id_, 0))


def blocked_on(row: Row, service: Service, text: str) -> int:
    """Units blocked for one night."""
    return sum(
        int(b["quantity"])
        for b in row.get("blocks", ())
        if b["service"] == service.id and b["first"] <= text <= b["last"]
    )


def nights_that_differ(row: Row, owners: Sequence[Row], day: date, nights: int) -> list[date]:
    """The first night, and those after it on which an agreement, its places or a block begin or end.

    On any other night of the horizon things stand as on the night before it.
    """
    first, after = day.isoformat(), (day + timedelta(days=nights)).isoformat()
    found: set[date] = {day}
    dated = [*row.get("capacity", ()), *row.get("blocks", ())]
    for own in (row, *owners):
        dated += own.get("consents", ())
    for part in dated:
        for text in (part["first"], part.get("counts_from", first)):
            if first < text < after:
                found.add(date.fromisoformat(text))
        if first <= part["last"] < after:
            night = date.fromisoformat(part["last"]) + timedelta(days=1)
            if night.isoformat() < after:
                found.add(night)
    return sorted(found)


class Horizon:
    """The nights from a day on at one site, looked up once for all its services."""

    def __init__(self, row: Row, owners: Sequence[Row], day: date, nights: int) -> None:
        self.row, self.owners, self.day, self.nights = row, owners, day, nights
        self.stated = frozenset(str(c["service"]) for c in row.get("capacity", ()))

    @cached_property
    def _nights(self) -> list[tuple[str, bool]]:
        """Each night that differs, and whether the site and its owners agree to it."""
        return [
            (night.isoformat(), all(consent_on(own, night) for own in (self.row, *self.owners)))
            for night in nights_that_differ(self.row, self.owners, self.day, self.nights)
        ]

    def agreed(self, service: Service) -> list[int]:
        """Units agreed for each night that differs; the first is that of the day."""
        return [_agreed(self.row, service, text) if may else 0 for text, may in self._nights]

    def used(self, service: Service) -> int:
        """Units occupied, taken in the week of the day, or held."""
        return _load(self.row, service, self.day)

    def free(self, service: Service) -> int:
        """Units agreed and neither blocked nor in use on any night; for a weekly one, in the week."""
        left = self.agreed(service)
        if self.row.get("blocks"):
            nights = zip(left, self._nights, strict=True)
            left = [agreed - blocked_on(self.row, service, text) for agreed, (text, _) in nights]
        return (left[0] if service.period == "week" else min(left)) - self.used(service)
