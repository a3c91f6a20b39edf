"""``agree`` and ``update``: places count only by the word of those who own them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from partage.casework.acts import Acts, site_draft
from partage.core.errors import InputRefused
from partage.core.situation import Agreement, Capacity, Origin, Region, Service, Site
from partage.ledger.facts import Draft


def agree_region(region: Region, agreement: Agreement, *, day: str) -> Acts:
    """A region's consent, from when to when; without it no place in it exists for the engine."""
    _check_dates(agreement.first_day, agreement.last_day, f"the agreement of {region.id}")
    body = {"place": {"consent": _consent(agreement)}, "origin": _origin(agreement.origin)}
    return Acts((Draft("agree", f"region/{region.id}", body, day),), data={"party": region.id})


def agree_site(
    site: Site,
    agreement: Agreement,
    capacity: Sequence[Capacity],
    services: Sequence[Service],
    *,
    day: str,
) -> Acts:
    """What a site agreed to offer, service by service; places count from the day plus the notice."""
    _check_dates(agreement.first_day, agreement.last_day, f"the agreement of {site.id}")
    known: set[str] = {service.id for service in services}
    rows = []
    for row in capacity:
        if row.service not in known:
            raise InputRefused(f"There is no service '{row.service}'.", f"Known: {_list(known)}.")
        if row.quantity < 0:
            raise InputRefused(
                f"{row.quantity} {row.service} at {site.id}: a capacity is 0 or more.",
                "Correct the number.",
            )
        _check_dates(row.first_day, row.last_day, f"the capacity of {row.service} at {site.id}")
        rows.append(
            {
                "service": row.service,
                "quantity": row.quantity,
                "first": row.first_day.isoformat(),
                "last": row.last_day.isoformat(),
                "counts_from": _counts_from(agreement),
                "origin": _origin(row.origin),
            }
        )
    place: dict[str, Any] = {"region": site.region, "consent": _consent(agreement)}
    if rows:
        place["capacity"] = rows
    if agreement.ramp_per_day is not None:
        place["ramp"] = agreement.ramp_per_day
    draft = site_draft("agree", site.id, day, place, origin=_origin(agreement.origin))
    return Acts((draft,), data={"party": site.id, "services": [row["service"] for row in rows]})


def update_site(
    site: Site,
    services: Sequence[Service],
    *,
    blocked: dict[str, int],
    first: date,
    last: date,
    why: str,
    day: str,
    at: str,
) -> Acts:
    """Places that cannot be used for a while, or a word that nothing has changed; dated either way."""
    known: set[str] = {service.id for service in services}
    for service, number in blocked.items():
        if service not in known:
            raise InputRefused(f"There is no service '{service}'.", f"Known: {_list(known)}.")
        if number < 0:
            raise InputRefused(f"{number} {service} cannot be blocked.", "Give 0 or more.")
    _check_dates(first, last, "the block")
    if blocked and not why:
        raise InputRefused("A block needs a reason.", "Give one with --why, such as repairs.")
    place: dict[str, Any] = {"as_of": at}
    if blocked:
        place["blocks"] = [
            {
                "service": s,
                "quantity": n,
                "first": first.isoformat(),
                "last": last.isoformat(),
                "why": why,
            }
            for s, n in sorted(blocked.items())
        ]
    return Acts((site_draft("update", site.id, day, place),), data={"site": site.id, "as_of": at})


def _consent(agreement: Agreement) -> dict[str, str]:
    return {
        "first": agreement.first_day.isoformat(),
        "last": agreement.last_day.isoformat(),
        "counts_from": _counts_from(agreement),
    }


def _counts_from(agreement: Agreement) -> str:
    return (agreement.agreed_on + timedelta(days=agreement.notice_days)).isoformat()


def _origin(origin: Origin) -> dict[str, str]:
    return {"source": origin.source, "assumption": origin.assumption, "grade": origin.grade}


def _check_dates(first: date, last: date, what: str) -> None:
    if last < first:
        raise InputRefused(
            f"{what[0].upper()}{what[1:]} ends on {last}, before it starts on {first}.",
            "Correct one of the two days.",
        )


def _list(names: set[str]) -> str:
    return ", ".join(sorted(names))
