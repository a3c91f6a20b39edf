"""``appoint``: who acts in a role, from when to when, at which hours, by which instrument."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from partage.casework.acts import Acts, Row
from partage.core.errors import InputRefused, NotPermitted, WrongState, shown
from partage.core.names import same_person
from partage.core.units import instant, parse_instant
from partage.ledger.facts import Draft


def key_of(role: str, name: str) -> str:
    """The subject of an appointment: one for all spellings of a name."""
    return f"appointment/{role}/{same_person(name)}"


def appoint(
    name: str,
    role: str,
    *,
    first: str,
    last: str,
    hours: str,
    zone: str,
    deputy_for: str,
    instrument: str,
    scopes: Sequence[str] = (),
    by: str,
    alone: bool,
    version: int,
    day: str,
) -> Acts:
    """One person in one role; from the first appointment on, nobody else acts or reads in that role.

    ``first`` and ``last`` are days, ``hours`` local times such as ``20:00-06:00`` (a night
    authority) or ``""`` for any; a night belongs to the day on which it begins. ``scopes`` are the
    regions, sites … for which they act; none: whichever they say. Refused without the instrument it
    rests on, and to appoint oneself: only an admin who is ``alone`` renews their own term.
    """
    if same_person(by) == same_person(name) and not (role == "admin" and alone):
        raise NotPermitted("Nobody appoints themselves.", "Another admin does.")
    if not instrument.strip():
        raise InputRefused(
            "An appointment names the instrument it rests on.", "Give it with --instrument."
        )
    if hours:
        _hours(hours)
    if last < first:
        raise InputRefused(f"It ends on {last}, before it starts on {first}.", "Correct it.")
    if deputy_for and same_person(deputy_for) == same_person(name):
        raise InputRefused("Nobody is their own deputy.", "Name the other person.")
    matter = {
        "state": "active", "name": name, "role": role, "first": first, "last": last, "hours": hours,
        "zone": zone, "deputy_for": deputy_for, "instrument": instrument.strip(),
        "scopes": sorted({*scopes}),
    }  # fmt: skip
    listed = Draft("appoint", f"role/{role}", {"matter": {"state": "listed"}}, day)
    draft = Draft("appoint", key_of(role, name), {"matter": matter}, day)
    return Acts((draft, listed), {draft.subject: version}, data={"name": name, "role": role})


def end_appointment(name: str, role: str, row: Row | None, *, day: str) -> Acts:
    """The person no longer acts in that role, from now on."""
    if row is None or row.get("state") != "active":
        raise WrongState(f"{name} is not appointed as {role}.", "Nothing to do.")
    draft = Draft("appoint", key_of(role, name), {"matter": {"state": "ended", "ended": day}}, day)
    return Acts((draft,), {draft.subject: int(row["version"])}, data={"name": name, "role": role})


def check_appointed(
    row: Mapping[str, Any] | None, name: str, role: str, at: datetime, scope: str = ""
) -> None:
    """Refuse whoever is not appointed to a role that has appointments, or not at this hour or there."""
    why = against(row, instant(at))
    scopes = (row or {}).get("scopes", ())
    if not why and scopes and scope.upper() not in {one.upper() for one in scopes}:
        why = f"is appointed for {', '.join(scopes)}"
    if why:
        rests = f" (by {row['instrument']})" if row and row.get("instrument") else ""
        raise NotPermitted(
            f"{name} {why} as {role}{rests}.", "An admin appoints with 'partage appoint'."
        )


def against(row: Mapping[str, Any] | None, at: str) -> str:
    """What stands against acting at that instant, or nothing."""
    if row is None or row.get("state") != "active":
        ended = f" any more, since {row['ended']}" if row and row.get("ended") else ""
        return f"is not appointed{ended}"
    local = parse_instant(at).astimezone(ZoneInfo(row["zone"]))
    day, now = local.date(), local.time()
    inside = True
    if row["hours"]:
        start, end = _hours(row["hours"])
        if start < end:
            inside = start <= now < end
        elif now < end:
            day -= timedelta(days=1)  # the night that began the evening before
        else:
            inside = now >= start
    if not row["first"] <= day.isoformat() <= row["last"]:
        return f"is appointed from {row['first']} to {row['last']}"
    return "" if inside else f"is appointed at {row['hours']} local time"


def stands_in_for(
    name: str, role: str, row_of: Callable[[str], Mapping[str, Any] | None]
) -> tuple[str, ...]:
    """Whom a person is the deputy of in a role, whom that one is the deputy of, and so on.

    ``row_of`` gives the appointment under a subject; one that has ended makes nobody a deputy.
    """
    found: dict[str, str] = {}
    mine, other = same_person(name), name
    while True:
        row = row_of(key_of(role, other)) or {}
        other = str(row.get("deputy_for", "")) if row.get("state") == "active" else ""
        one = same_person(other) if other else mine
        if one == mine or one in found:
            return tuple(found.values())
        found[one] = other


def _hours(text: str) -> tuple[time, time]:
    try:
        start, end = (time.fromisoformat(part) for part in text.split("-"))
    except ValueError:
        raise InputRefused(f"{shown(text)} are no hours.", "Write 20:00-06:00.") from None
    if start.tzinfo or end.tzinfo or start == end:
        raise InputRefused(
            f"{shown(text)} are no hours of a day.", "Write local times: 20:00-06:00."
        )
    return start, end
