"""Nights before a ledger begins, from what was published: marked so, and never in place of a record."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date

from partage.core.findings import Finding
from partage.core.rates import PublishedNights, Tariff
from partage.costs.nights import Night
from partage.costs.periods import Period


def nights_before(
    published: Iterable[PublishedNights], region: str, period: Period, began: date
) -> list[Night]:
    """The published nights of a region's sites in a period, as far as they lie before the ledger."""
    return [
        Night(one.site, day, one.persons, published=one.said, assumed=one.origin.assumption)
        for one in published
        if one.region == region
        for day in period.days
        if day < began and one.first <= day <= one.last
    ]


def told(nights: Sequence[Night]) -> list[Finding]:
    """A remark for each row of the pack that nights rest on: not from the ledger, and what is supposed."""
    by_row: dict[tuple[str, str], list[Night]] = {}
    for night in nights:
        by_row.setdefault((night.site, night.published), []).append(night)
    return [
        Finding(
            f"{site} nights of {min(n.day for n in some)} to {max(n.day for n in some)}",
            f"are not from the ledger: {row}. {some[0].assumed}".strip(),
            "hold them against the record of whoever ran the site before they are certified",
            "warning",
        )
        for (site, row), some in sorted(by_row.items())
    ]


def left_out(
    published: Iterable[PublishedNights], region: str, period: Period, began: date, sites: set[str]
) -> list[Finding]:
    """A fault for each published site that no ledger speaks of, from the day on which one begins."""
    first = max(began, period.first)
    return [
        Finding(
            f"{one.site} nights of {max(first, one.first)} to {min(period.last, one.last)}",
            "are in no sum: this record does not have the site, and published nights stand only before it "
            f"began ({began})",
            "enter the site with its nights, or say since when it is closed",
            "fault",
        )
        for one in published
        if one.region == region and one.site not in sites
        and max(first, one.first) <= min(period.last, one.last)
    ]  # fmt: skip


def without(missing: Sequence[date], nights: Sequence[Night]) -> list[date]:
    """The days that neither the ledger nor the pack speaks of."""
    spoken = {night.day for night in nights}
    return [day for day in missing if day not in spoken]


def sites_before(
    rates: Iterable[Tariff], nights: Sequence[Night], sites: Collection[str]
) -> list[Finding]:
    """A fault for each site of the record that had a rate on a day of which only others' nights are
    published: the day is not missing whole, and that site is."""
    spoken = {night.day for night in nights}
    published = {(night.site, night.day) for night in nights}
    found: dict[str, set[date]] = {}
    for rate in rates:
        days = {d for d in spoken if rate.holds(d) and (rate.site, d) not in published}
        if rate.site in sites and days:
            found.setdefault(rate.site, set()).update(days)
    return [
        Finding(
            f"{site} nights of {min(days)} to {max(days)}",
            f"are in no sum: {len(days)} nights before this record began, and nothing is published of them",
            "state them apart, from the record of whoever ran the site then",
            "fault",
        )
        for site, days in sorted(found.items())
    ]
