"""The night for those who close a day: what closing it will do, in numbers, and the last one closed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from partage.casework.close import closes_at
from partage.core.units import instant, operational_day, parse_day
from partage.office.office import Office


@dataclass(frozen=True, slots=True)
class Night:
    """The next day to close (None: none is over), what closing does, and the last that was closed.

    ``sites``: each site with persons by the book, and what was counted there for that night (None:
    nothing yet).
    """

    day: date | None
    ends: str
    over: bool
    sites: tuple[tuple[str, int, int | None], ...]
    lapsing: int
    reopening: int
    on_road: int
    last: dict[str, Any] | None


def night_of(office: Office) -> Night:
    """As the journal has it now."""
    rows, now = office.journal, instant(office.clock.now())
    zones = {str(s.id): s.zone for s in office.pack.sites}
    zones |= {str(p.id): p.zone for p in office.pack.entry_points}
    closed = sorted(rows.rows("matters", list="day/closed"))
    last = closed[-1].partition("/")[2] if closed else ""
    running = operational_day(office.clock.now(), office.pack.entry_points[0].zone)
    day = parse_day(last) + timedelta(days=1) if last else running - timedelta(days=1)
    ends = max(closes_at(day, zone) for zone in zones.values())
    hosted = {
        account.partition("@")[2]: int(row["persons"])
        for account, row in sorted(rows.rows("book").items())
        if account.startswith("hosted@")
    }
    offers, approved = rows.rows("cases", state="offered"), rows.rows("cases", state="approved")
    runs = rows.rows("matters", list="run/on-road")
    return Night(
        day if day <= running else None, ends, ends <= now,
        tuple((site, n, _counted(office, site, day)) for site, n in hosted.items() if n),
        sum(row["offer"]["until"] < now for row in offers.values()),
        sum(row["approved"]["day"] <= day.isoformat() for row in approved.values()),
        sum(row["day"] <= day.isoformat() for row in runs.values()),
        office.night(parse_day(last)) if last else None,
    )  # fmt: skip


def _counted(office: Office, site: str, day: date) -> int | None:
    """The last count of a site for a night."""
    said = [
        int(entry.body["reported"])
        for entry in office.journal.read(subject=f"count/hosted@{site}")
        if entry.body.get("night", entry.day) == day.isoformat()
    ]
    return said[-1] if said else None
