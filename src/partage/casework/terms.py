"""What an agreement says on a day: its terms stand in the consent they came with, and end with it."""

from __future__ import annotations

from datetime import date
from typing import Any

from partage.casework.acts import Row

TERMS = ("cap", "ramp", "closed", "conditions", "displacement", "on_the_road")


def consent_on(row: Row, day: date) -> Row:
    """The consent of a region, city or site that counts on that day; empty if there is none."""
    text = day.isoformat()
    for c in reversed(row.get("consents", ())):
        if c["first"] <= text <= c["last"] and c["counts_from"] <= text:
            found: Row = c
            return found
    return {}


def terms_on(row: Row, day: date) -> dict[str, Any]:
    """What it said beside the places, as it counts on that day: a cap, a limit, seasons, conditions."""
    consent = consent_on(row, day)
    return {name: consent[name] for name in TERMS if name in consent}


def standing_terms(row: Row, start: date) -> dict[str, Any]:
    """The terms that a new agreement amends: those of its first day, else the latest there were."""
    consents = row.get("consents", ())
    nothing: Row = {}
    latest = max(consents, key=lambda c: str(c["last"]), default=nothing)
    consent = consent_on(row, start) or latest
    return {name: consent[name] for name in TERMS if name in consent}


def closed_on(row: Row, day: date) -> bool:
    """Whether nobody new comes that day: a pause, or a season of the agreement without arrivals."""
    text = day.isoformat()
    season = text[5:]
    if any(p["first"] <= text <= p["last"] for p in row.get("pauses", ())):
        return True
    return any(
        a <= season <= b if a <= b else season >= a or season <= b
        for a, b in consent_on(row, day).get("closed", ())
    )
