"""``agree`` and ``update``: places count only by the word of those who own them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from partage.casework.acts import Acts, Row, site_draft
from partage.casework.terms import standing_terms
from partage.core.errors import InputRefused, WrongState, shown
from partage.core.findings import Finding
from partage.core.situation import Agreement, Capacity, Origin, Service, Site, Terms
from partage.ledger.facts import Draft

LIFTED: dict[str, Any] = {"cap": None, "ramp": None, "closed": [], "conditions": []}
WHY = ("", "repairs", "fire", "flood", "staff", "season", "health", "safety", "closed", "other")
WHY_NOT = ("full", "season", "staff", "services", "terms", "decision", "other")
MOST = 1_000_000  # units at one site; more is a slip of the pen


def agree_owner(
    subject: str,
    agreement: Agreement,
    before: Row,
    *,
    version: int,
    day: str,
    terms: Terms | None = None,
) -> Acts:
    """A region's or city's consent, from when to when; without a region's no place in it exists.

    ``subject`` is ``region/CA-ON`` or ``city/ca-on/windsor``. ``before`` is what stood: a later
    agreement replaces it from the day its own places count. Its terms stand with it from that day on:
    what it does not state stays as it stood, what it lifts ends. A city says what becomes of people
    who use these rooms now, before its places count.
    """
    kind, _, party = subject.partition("/")
    _check_dates(agreement.first_day, agreement.last_day, f"the agreement of {party}")
    counts_from = _counts_from(agreement)
    start = date.fromisoformat(max(agreement.first_day.isoformat(), counts_from))
    stated = standing_terms(before, start) | (_stated(terms, party) if terms is not None else {})
    consent = {**_consent(agreement), **stated}
    place: dict[str, Any] = {"consents": _superseded(before.get("consents", ()), [consent])}
    if kind == "city" and not stated.get("displacement"):
        raise InputRefused(
            f"{party} has not said what becomes of those who use these rooms now.",
            "Say it with --displacement, also if it is nobody.",
        )
    body = {"place": place, "origin": _origin(agreement.origin)}
    stood = "amended" if before.get("consents") else "agreed"
    paper = Draft("agree", f"agreement/{party}", {"matter": {"state": stood, "terms": None}}, day)
    return Acts(
        (Draft("agree", subject, body, day), paper),
        {subject: version},
        data={"party": party, "counts_from": counts_from, "state": stood, "terms": stated},
    )


def propose_agreement(
    party: str,
    agreement: Agreement,
    terms: Terms,
    *,
    by: str,
    day: str,
    capacity: Sequence[Capacity],
) -> Acts:
    """What somebody asks a region, a city or a site to agree to; nothing counts until it agrees."""
    _check_dates(agreement.first_day, agreement.last_day, f"the agreement of {party}")
    asked = {
        "first": agreement.first_day.isoformat(),
        "last": agreement.last_day.isoformat(),
        "notice_days": agreement.notice_days,
        "units": {row.service: row.quantity for row in capacity},
        **_stated(terms, party),
    }
    _counts_from(agreement)
    matter = {"state": "proposed", "terms": asked, "by": by, "on": day}
    draft = Draft("agree", f"agreement/{party}", {"matter": matter}, day)
    return Acts((draft,), data={"party": party, "state": "proposed", "terms": asked})


def decline_agreement(party: str, matter: Row | None, before: Row, *, why: str, day: str) -> Acts:
    """The owner says no to what was asked; what it agreed to before stands as it stood."""
    if why not in WHY_NOT:
        raise InputRefused(f"{shown(why)} is not a reason.", f"Use one of: {', '.join(WHY_NOT)}.")
    if (matter or {}).get("state") != "proposed":
        raise WrongState(f"Nothing is asked of {party}.", "See 'partage agree PARTY --show'.")
    assert matter is not None
    stands = any(c["last"] >= day for c in before.get("consents", ()))
    state = "agreed" if stands else "declined"
    changes = {"state": state, "terms": None, "declined_on": day, "why": why}
    draft = Draft("agree", f"agreement/{party}", {"matter": changes}, day)
    return Acts(
        (draft,),
        {f"agreement/{party}": int(matter["version"])},
        data={"party": party, "state": state, "why": why, "stands": stands},
    )


def _stated(terms: Terms, party: str) -> dict[str, Any]:
    """What these terms state and lift, and nothing else."""
    for number in (terms.cap, terms.ramp):
        if number is not None:
            _check_units(number, f"persons in {party}")
    for first, last in terms.closed:
        for text in (first, last):
            try:
                date.fromisoformat(f"2024-{text}")
            except ValueError:
                raise InputRefused(
                    f"{shown(text)} is not a day of the year.", "Write MM-DD, such as 05-15."
                ) from None
    if terms.on_the_road not in ("receive", "return", ""):
        raise InputRefused(f"{shown(terms.on_the_road)} is no answer.", "Use receive or return.")
    unknown = sorted({*terms.lifted} - {*LIFTED})
    if unknown:
        raise InputRefused(f"{shown(unknown[0])} cannot be lifted.", f"Use: {', '.join(LIFTED)}.")
    said = {
        "cap": terms.cap,
        "ramp": terms.ramp,
        "closed": [list(pair) for pair in terms.closed],
        "conditions": list(terms.conditions),
        "displacement": terms.displacement,
        "on_the_road": terms.on_the_road,
    }
    stated = {name: value for name, value in said.items() if value not in (None, [], "")}
    twice = sorted({*terms.lifted} & {*stated})
    if twice:
        raise InputRefused(f"{shown(twice[0])} is stated and lifted.", "Do one of the two.")
    return stated | {name: LIFTED[name] for name in terms.lifted}


def agree_site(
    site: Site,
    agreement: Agreement,
    capacity: Sequence[Capacity],
    services: Sequence[Service],
    before: Row,
    *,
    version: int,
    day: str,
    at: str,
) -> Acts:
    """What a site agreed to offer, service by service; places count from the day plus the notice.

    ``before`` is what stood: for the services it names, a later agreement replaces what was agreed
    from the day on which its own places count, up or down; other services stay as they were.
    """
    _check_dates(agreement.first_day, agreement.last_day, f"the agreement of {site.id}")
    known: set[str] = {service.id for service in services}
    rows = []
    for row in capacity:
        if row.service not in known:
            raise InputRefused(f"There is no service '{row.service}'.", f"Known: {_list(known)}.")
        _check_units(row.quantity, f"{row.service} at {site.id}")
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
    ramp = agreement.ramp_per_day  # the latest agreement states it; None = no limit
    if ramp is not None:
        _check_units(ramp, f"persons a day at {site.id}")
    consent = _consent(agreement) | ({} if ramp is None else {"ramp": ramp})
    place: dict[str, Any] = {
        "region": site.region,
        "consents": _superseded(before.get("consents", ()), [consent]),
    }
    if rows:
        place["stated_at"] = at
        named = {str(row["service"]) for row in rows}
        old = before.get("capacity", ())
        place["capacity"] = [row for row in old if row["service"] not in named]
        for service in sorted(named):
            place["capacity"] += _superseded(
                [row for row in old if row["service"] == service],
                [row for row in rows if row["service"] == service],
            )
    draft = site_draft("agree", site.id, day, place, origin=_origin(agreement.origin))
    stood = "amended" if before.get("consents") else "agreed"
    matter = {"matter": {"state": stood, "terms": None}}
    data = {
        "state": stood,
        "party": site.id,
        "services": sorted({str(row["service"]) for row in rows}),
        "counts_from": _counts_from(agreement),
    }
    paper = Draft("agree", f"agreement/{site.id}", matter, day)
    return Acts((draft, paper), {f"site/{site.id}": version}, data=data)


def update_site(
    site: Site,
    services: Sequence[Service],
    *,
    blocked: dict[str, int],
    first: date,
    last: date,
    why: str,
    before: Row,
    day: str,
    at: str,
) -> Acts:
    """Places that cannot be used for a while, or a word that nothing has changed; dated either way."""
    known: set[str] = {service.id for service in services}
    findings: list[Finding] = []
    for service, number in blocked.items():
        if service not in known:
            raise InputRefused(f"There is no service '{service}'.", f"Known: {_list(known)}.")
        _check_units(number, f"{service} blocked at {site.id}")
        agreed = sum(c["quantity"] for c in before.get("capacity", ()) if c["service"] == service)
        if number > agreed:
            raise InputRefused(
                f"{number} {service} cannot be blocked at {site.id}: {agreed} are agreed there.",
                "Give the number of places that cannot be used.",
            )
        used = before.get("occupied", {}).get(service, 0)
        if number > agreed - used:
            findings.append(
                Finding(
                    f"site {site.id}",
                    f"{number} {service} are blocked, but {used} of {agreed} are lived in",
                    "say where these households go",
                    "warning",
                )
            )
    _check_dates(first, last, "the block")
    if (blocked and not why) or why not in WHY:
        raise InputRefused(
            "A block needs a reason from the list.", f"Use one of: {', '.join(filter(None, WHY))}."
        )
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
    data = {"site": site.id, "as_of": at, "blocked": dict(blocked), "until": last.isoformat()}
    draft = site_draft("update", site.id, day, place)
    return Acts((draft,), findings=tuple(findings), data=data)


def _superseded(old: Sequence[Row], new: Sequence[Row]) -> list[dict[str, Any]]:
    """The new rows, and what stood before and after the days they speak of."""
    start = min(max(row["first"], row["counts_from"]) for row in new)
    end = max(row["last"] for row in new)
    before = (date.fromisoformat(start) - timedelta(days=1)).isoformat()
    after = (date.fromisoformat(end) + timedelta(days=1)).isoformat()
    kept = [{**row, "last": min(row["last"], before)} for row in old if row["first"] <= before]
    kept += [{**row, "first": max(row["first"], after)} for row in old if row["last"] >= after]
    return [*kept, *(dict(row) for row in new)]


def _consent(agreement: Agreement) -> dict[str, Any]:
    return {
        "first": agreement.first_day.isoformat(),
        "last": agreement.last_day.isoformat(),
        "counts_from": _counts_from(agreement),
    }


def _counts_from(agreement: Agreement) -> str:
    if not 0 <= agreement.notice_days <= 3660:
        raise InputRefused(
            f"{agreement.notice_days} days of notice is not between 0 and 3,660.", "Correct it."
        )
    return (agreement.agreed_on + timedelta(days=agreement.notice_days)).isoformat()


def _origin(origin: Origin) -> dict[str, str]:
    return {"source": origin.source, "assumption": origin.assumption, "grade": origin.grade}


def _check_units(number: int, what: str) -> None:
    if not 0 <= number <= MOST:
        raise InputRefused(f"{number} {what} is not between 0 and {MOST:,}.", "Correct the number.")


def _check_dates(first: date, last: date, what: str) -> None:
    if last < first:
        raise InputRefused(
            f"{what[0].upper()}{what[1:]} ends on {last}, before it starts on {first}.",
            "Correct one of the two days.",
        )


def _list(names: set[str]) -> str:
    return ", ".join(sorted(names))
