"""Ids, instants, days and periods: the units everything else is written in."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import NewType
from zoneinfo import ZoneInfo

from partage.core.errors import InputRefused, shown

RegionId = NewType("RegionId", str)  # ISO 3166-2, e.g. CA-ON
SiteId = NewType("SiteId", str)  # ca-on/niagara-falls/<slug>
EntryPointId = NewType("EntryPointId", str)  # ca-qc/roxham-road
ServiceId = NewType("ServiceId", str)  # person, room, school.fr …
CaseId = NewType("CaseId", str)  # H- and ten Crockford base32 characters

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CASE_ID = re.compile(r"^H-[0-9A-HJKMNP-TV-Z]{10}$")
DAY_CLOSES_AT_HOUR = 4  # the operational day closes at 04:00, local to the site


def instant(at: datetime) -> str:
    """An aware datetime as UTC to the microsecond with Z."""
    if at.tzinfo is None:
        raise ValueError("an instant carries its zone")
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def parse_instant(text: str) -> datetime:
    """The datetime that an instant says, in UTC."""
    try:
        at = datetime.fromisoformat(text.strip())
    except ValueError:
        raise InputRefused(
            f"{shown(text)} is not an instant.", "Write it as 2023-02-20T14:05:00Z."
        ) from None
    if at.tzinfo is None:
        raise InputRefused(
            f"{shown(text)} does not say its time zone.",
            "Add Z for UTC or an offset such as -05:00.",
        )
    try:
        return at.astimezone(UTC)
    except OverflowError:
        raise InputRefused(
            f"{shown(text)} is too far away.", "State an instant of our time."
        ) from None


def parse_day(text: str) -> date:
    """The date that an ISO day says."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise InputRefused(f"{shown(text)} is not a day.", "Write it as 2023-02-20.") from None


def operational_day(at: datetime, zone: str) -> date:
    """The operational day, local to a site, which closes at 04:00."""
    local = at.astimezone(ZoneInfo(zone))
    return (local - timedelta(hours=DAY_CLOSES_AT_HOUR)).date()


def week_of(day: date) -> str:
    """The ISO week of a day, the period of services counted as an intake per week."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02d}"
