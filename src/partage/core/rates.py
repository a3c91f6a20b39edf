"""Dated rates and who bears what share of them: what a pack states and statements of cost rest on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from partage.core.situation import Origin

UNITS = (
    "person-night", "room-night", "meal", "trip", "flight", "school-seat", "caseload",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Tariff:
    """A rate of ``cents`` a unit at a site from ``first`` to ``last``, both included (None: open).

    ``category`` is what the cost-sharing rules speak of, such as temporary-accommodation;
    ``incurred_by`` is who has the contract and gets the invoice: a region, or the country.
    """

    site: str
    unit: str
    category: str
    first: date
    last: date | None
    cents: int
    incurred_by: str
    origin: Origin

    def holds(self, day: date) -> bool:
        """Whether it is the rate of that day."""
        return self.first <= day and (self.last is None or day <= self.last)


@dataclass(frozen=True, slots=True)
class SharingRule:
    """``payer`` bears ``share`` of what ``claimant`` spends on a category, from ``first`` to ``last``.

    ``cap_cents`` is the most that is paid under it for a fiscal year (None: none is known).
    """

    id: str
    payer: str
    claimant: str
    category: str
    share: Fraction
    first: date
    last: date | None
    cap_cents: int | None
    origin: Origin

    def holds(self, claimant: str, category: str, day: date) -> bool:
        """Whether it speaks of that claimant, category and day."""
        if (claimant, category) != (self.claimant, self.category):
            return False
        return self.first <= day and (self.last is None or day <= self.last)


@dataclass(frozen=True, slots=True)
class PublishedNights:
    """``persons`` a night at a site of ``region``, as published or assumed from what was published.

    Used for the nights before a ledger begins, never in place of one; ``row`` is its row in the pack.
    """

    site: str
    region: str
    first: date
    last: date
    persons: int
    row: int
    origin: Origin

    @property
    def said(self) -> str:
        """Where it stands, for the line that rests on it."""
        return f"published_nights.csv, row {self.row}: {self.origin.source or 'assumed'}"


@dataclass(frozen=True, slots=True)
class Payment:
    """``cents`` of the Interim Housing Assistance Program: paid for a period, or set aside for one.

    ``kind`` is paid, interim, cumulative (it holds earlier ones) or appropriation; amounts are as
    their sources round them. ``region`` is "" for the programme as a whole.
    """

    recipient: str
    region: str
    period: str
    kind: str
    cents: int
    vintage: str
    origin: Origin


@dataclass(frozen=True, slots=True)
class HotelCount:
    """Federal hotels of an area in a period: each number as published, None where it was not."""

    period: str
    area: str
    region: str
    hotels: int | None
    rooms: int | None
    persons: int | None
    vintage: str
    origin: Origin
