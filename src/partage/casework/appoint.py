"""``appoint``: who acts in a role, from when to when, at which hours, by which instrument."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from partage.casework.acts import Acts, Row
from partage.core.errors import InputRefused, NotPermitted, WrongState
from partage.core.units import instant, parse_instant
from partage.ledger.facts import Draft


def key_of(role: str, name: str) -> str:
    """The subject of an appointment."""
    return f"appointment/{role}/{' '.join(name.casefold().split())}"


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
    version: int,
    day: str,
) -> Acts:
    """One person in one role; from the first appointment on, nobody else acts in that role.

    ``first`` and ``last`` are days, ``hours`` local times such as ``20:00-06:00`` (a night
    authority) or ``""`` for any. Refused without the instrument it rests on.
    """
    if not instrument.strip():
        raise InputRefused(
            "An appointment names the instrument it rests on.", "Give it with --instrument."
        )
    if hours:
        _hours(hours)
    if last < first:
        raise InputRefused(f"It ends on {last}, before it starts on {first}.", "Correct it.")
    if deputy_for and deputy_for.casefold() == name.casefold():
        raise InputRefused("Nobody is their own deputy.", "Name the other person.")
    matter = {
        "state": "active", "name": name, "role": role, "first": first, "last": last, "hours": hours,
        "zone": zone, "deputy_for": deputy_for, "instrument": instrument.strip(),
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


def check_appointed(row: Mapping[str, Any] | None, name: str, role: str, at: datetime) -> None:
    """Refuse whoever is not appointed to a role that has appointments, or not at this hour."""
    why = against(row, instant(at))
    if why:
        raise NotPermitted(f"{name} {why} as {role}.", "An admin appoints with 'partage appoint'.")


def against(row: Mapping[str, Any] | None, at: str) -> str:
    """What stands against acting at that instant, or nothing."""
    if row is None or row.get("state") != "active":
        return "is not appointed"
    local = parse_instant(at).astimezone(ZoneInfo(row["zone"]))
    if not row["first"] <= local.date().isoformat() <= row["last"]:
        return f"is appointed from {row['first']} to {row['last']}"
    if row["hours"]:
        start, end = _hours(row["hours"])
        now = local.time()
        inside = start <= now < end if start < end else now >= start or now < end
        if not inside:
            return f"is appointed at {row['hours']} local time"
    return ""


def _hours(text: str) -> tuple[time, time]:
    try:
        start, end = (time.fromisoformat(part) for part in text.split("-"))
    except ValueError:
        raise InputRefused(f"'{text}' are no hours.", "Write 20:00-06:00.") from None
    return start, end
