"""What was published of nights, payments and federal hotels: amounts in cents, absence kept as absence."""

from __future__ import annotations

from collections.abc import Collection

from partage.core.errors import InputRefused
from partage.core.money import cents_of
from partage.core.rates import HotelCount, Payment, PublishedNights
from partage.packs.nouns import SITE_ID
from partage.packs.tables import Faults, Line, build, read_table

NIGHTS = ("site", "region", "first_day", "last_day", "persons")
PAYMENTS = ("recipient", "region", "period", "kind", "amount", "currency", "vintage")
HOTELS = ("period", "area", "region", "hotels", "rooms", "persons", "vintage")
KINDS = ("paid", "interim", "cumulative", "appropriation")


def read_nights(data: bytes, regions: Collection[str], faults: Faults) -> list[PublishedNights]:
    """Published nights, one stretch a good row; two that overlap at a site are a fault of the later."""
    made: list[tuple[Line, PublishedNights]] = []

    def nights(row: Line) -> PublishedNights:
        region, site = (
            row.code("region", regions, "region"),
            row.id("site", SITE_ID, "ca-qc/montreal/praida"),
        )
        if site and region and not site.startswith(f"{region.lower()}/"):
            row.fault("site", f"'{site}' does not begin with '{region.lower()}/'", "correct one")
        first, last = row.day("first_day"), row.day("last_day")
        if row.good and last < first:
            row.fault("last_day", f"ends on {last}, before it starts on {first}", "correct a day")
        number = int(row.where.rpartition(" ")[2])
        one = PublishedNights(site, region, first, last, row.whole("persons"), number, row.origin())
        for before, other in made:
            if other.site == site and first <= other.last and other.first <= last:
                row.fault("site", f"overlaps with {before.where}", "keep one of the two")
                break
        made.append((row, one))
        return one

    return build(read_table("published_nights", data, NIGHTS, faults), nights)


def read_payments(data: bytes, regions: Collection[str], faults: Faults) -> list[Payment]:
    """Payments and appropriations, one a good row."""

    def payment(row: Line) -> Payment:
        kind = row.text("kind")
        if kind and kind not in KINDS:
            row.fault("kind", f"'{kind}' is no kind of payment", f"use {', '.join(KINDS)}")
        try:
            cents = cents_of(row.text("amount"), row.text("currency", empty=True))
        except InputRefused as refusal:
            row.fault("amount", refusal.what.removesuffix("."), refusal.do.removesuffix("."))
            cents = 0
        return Payment(
            row.text("recipient"), row.code("region", regions, "region", empty=True),
            row.period("period"), kind, cents, row.text("vintage"), row.origin(),
        )  # fmt: skip

    key = ("recipient", "period", "kind")
    lines = read_table("ihap_payments", data, PAYMENTS, faults)
    return build(lines, payment, lambda p: tuple(getattr(p, name) for name in key), "recipient")


def read_hotels(data: bytes, scopes: Collection[str], faults: Faults) -> list[HotelCount]:
    """Counts of federal hotels, one a good row; a number that was not published stays empty."""

    def hotels(row: Line) -> HotelCount:
        return HotelCount(
            row.period("period"), row.text("area"), row.code("region", scopes, "region"),
            row.maybe_whole("hotels"), row.maybe_whole("rooms"), row.maybe_whole("persons"),
            row.text("vintage"), row.origin(),
        )  # fmt: skip

    return build(read_table("hotels", data, HOTELS, faults), hotels)
