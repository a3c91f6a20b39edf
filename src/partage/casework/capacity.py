"""The capacity board: per site and service what is funded, in service, blocked, in use, held and free."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from operator import is_
from typing import Any

from partage.casework.acts import Row
from partage.casework.horizon import agreed_on
from partage.casework.survey import NO_ROW, city_of, owners_of
from partage.casework.watch import LIMITS
from partage.core.situation import Service, Site, Situation
from partage.core.units import instant, week_of

Units = dict[str, dict[str, Any]]  # service -> what stands on the board
KnownUnits = dict[
    str, tuple[tuple[Row, ...], Any, Units]
]  # site -> its rows, what else counted, units
SUMMED = ("funded", "in_service", "blocked", "in_use", "held", "allocable")


def sums(rows: Sequence[Mapping[str, Any]]) -> dict[str, dict[str, int]]:
    """Rows of the board together, by service."""
    found: dict[str, dict[str, int]] = {}
    for row in rows:
        for service, units in row["services"].items():
            total = found.setdefault(service, dict.fromkeys(SUMMED, 0))
            for name in SUMMED:
                total[name] += int(units[name])
    return found


def board(
    places: Mapping[str, Mapping[str, Any]],
    situation: Situation,
    now: datetime,
    known: KnownUnits | None = None,
) -> list[dict[str, Any]]:
    """One row per site with any stated capacity or any load; the stale ones first, then by id.

    ``as_of`` is when its clerk last said what it has ("" = never); ``fresh`` is false once that is more
    than ``LIMITS.stale_hours`` old; ``left_out``: plans leave it out, it is silent too long.
    """
    limit = instant(now - timedelta(hours=LIMITS.stale_hours))
    rows = [
        _site(site, row, places, situation, limit, {} if known is None else known)
        for site in situation.sites
        if (row := places.get(site.id, NO_ROW)).get("capacity") or row.get("occupied")
    ]
    return sorted(rows, key=lambda row: (row["fresh"], row["site"]))


def _site(
    site: Site,
    row: Row,
    places: Mapping[str, Mapping[str, Any]],
    situation: Situation,
    limit: str,
    known: KnownUnits,
) -> dict[str, Any]:
    as_of = str(row.get("as_of", ""))
    return {
        "site": site.id,
        "region": site.region,
        "city": city_of(site),
        "as_of": as_of,
        "fresh": as_of >= limit,
        "left_out": site.id in situation.silent,
        "open": site.id in situation.allocable,
        "services": _services(site, row, places, situation, known),
    }


def _services(
    site: Site,
    row: Row,
    places: Mapping[str, Mapping[str, Any]],
    situation: Situation,
    known: KnownUnits,
) -> Units:
    """The units of each service that somebody stated; as before while nothing that counts has changed."""
    rows = (row, *owners_of(places, site))
    stated = {str(c["service"]) for c in row.get("capacity", ())}
    services = [service for service in situation.services if service.id in stated]
    free = situation.allocable.get(site.id, NO_ROW)
    others = (
        situation.day,
        [(free.get(s.id, 0), situation.limits.get((site.id, s.id), "")) for s in services],
    )
    kept = known.get(site.id)
    if kept and kept[1] == others and len(kept[0]) == len(rows) and all(map(is_, kept[0], rows)):
        return kept[2]
    units = {str(s.id): _units(site, s, row, places, situation) for s in services}
    known[site.id] = rows, others, units
    return units


def _units(
    site: Site,
    service: Service,
    row: Row,
    places: Mapping[str, Mapping[str, Any]],
    situation: Situation,
) -> dict[str, Any]:
    """Units of one service on the day; what is allocable is counted over the whole horizon."""
    day = situation.day
    funded = agreed_on(row, service, day, owners_of(places, site))
    blocked, why, until = _blocked(row, service, day.isoformat())
    held = situation.load.get(site.id, {}).get(service.id, 0)
    used = _in_use(row, service, situation)
    origin = situation.origins.get((site.id, service.id))
    return {
        "period": service.period,
        "funded": funded,
        "blocked": blocked,
        "blocked_why": why,
        "blocked_until": until,
        "in_service": max(0, funded - blocked),
        "in_use": used,
        "held": held - used,
        "allocable": situation.allocable.get(site.id, {}).get(service.id, 0),
        "limit": situation.limits.get((site.id, service.id), ""),
        "source": origin.source if origin else "",
        "assumption": origin.assumption if origin else "",
    }


def _in_use(row: Row, service: Service, situation: Situation) -> int:
    if service.period == "week":
        taken = row.get("taken", {}).get(week_of(situation.day), {})
        return int(taken.get(service.id, 0))
    return int(row.get("occupied", {}).get(service.id, 0))


def _blocked(row: Row, service: Service, day: str) -> tuple[int, str, str]:
    """Units blocked that day, with the reasons that were given and the last day of them."""
    blocks = [
        b for b in row.get("blocks", ())
        if b["service"] == service.id and b["first"] <= day <= b["last"]
    ]  # fmt: skip
    why = ", ".join(dict.fromkeys(str(b.get("why", "")) for b in blocks if b.get("why")))
    return (
        sum(int(b["quantity"]) for b in blocks),
        why,
        max((b["last"] for b in blocks), default=""),
    )
