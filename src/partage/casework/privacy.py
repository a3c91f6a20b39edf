"""Retention, erasure, holds and disclosures: what is kept of people, how long, and who was told."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from partage.casework.acts import Acts, Row
from partage.core.errors import InputRefused, WrongState
from partage.core.streams import Stream
from partage.ledger.facts import Draft

YEARS_KEPT = 2  # Privacy Regulations s. 4(1)(a): two years after the last administrative use
HOLDS = ("access-request", "review", "legal", "audit")
FIELDS = ("need", "profile", "contact", "placement")
GROUNDS = ("agreement", "consent", "law")


def earliest_disposal(last_use: str) -> str:
    """The first day on which data may be erased without consent: two years after the last use."""
    day = date.fromisoformat(last_use)
    try:
        return day.replace(year=day.year + YEARS_KEPT).isoformat()
    except ValueError:  # 29 February
        return date(day.year + YEARS_KEPT, 3, 1).isoformat()


def erase(
    case: str,
    row: Row,
    *,
    last_use: str,
    rows: Mapping[str, int],
    held: str,
    consent: str,
    version: int,
    day: str,
) -> Acts:
    """Data about a household are erased; what happened stays in the chain, which says nothing of them.

    ``rows`` counts rows of the vault by kind; ``consent`` names the paper on which they asked for it
    before the date. Refused: people who are still received, a hold, and before the earliest day.
    """
    if row["state"] != "left":
        raise WrongState(f"{case} is '{row['state']}': it is still received.", "After they left.")
    if held:
        raise WrongState(f"The data of {case} are held ({held}).", "Release the hold first.")
    due = earliest_disposal(last_use)
    if day < due and not consent.strip():
        raise WrongState(
            f"The data of {case} are kept until {due}, two years after their last use.",
            "Before, only with their consent in writing: --consent PAPER.",
        )
    if not rows:
        raise WrongState(f"The data of {case} were erased before.", "Nothing to do.")
    body = {
        "ground": "consent in writing" if day < due else "retention",
        "paper": consent.strip(), "last_use": last_use, "earliest": due, "rows": dict(rows),
        "matter": {"state": "erased", "case": case, "on": day},
    }  # fmt: skip
    draft = Draft("erase", f"vault/{case}", body, day)
    data = {"case": case, "rows": dict(rows), "earliest": due, "ground": body["ground"]}
    expect = {f"vault/{case}": version, f"case/{case}": int(row["version"])}
    return Acts((draft,), expect, data=data, forget=(f"case/{case}",))


def hold(case: str, why: str, before: Row | None, *, release: bool, version: int, day: str) -> Acts:
    """Keep data whatever their date, or let them go again; a request for access always holds them."""
    if why not in HOLDS:
        raise InputRefused(f"'{why}' is not a reason to hold.", f"Use one of: {', '.join(HOLDS)}.")
    now = [*(before or {}).get("holds", ())]
    if release == (why not in now):
        raise WrongState(
            f"{case} is {'not ' if release else ''}held for '{why}'.", "Nothing to do."
        )
    holds = [w for w in now if w != why] if release else [*now, why]
    matter = {"state": "held" if holds else "kept", "case": case, "holds": holds}
    draft = Draft("erase", f"vault/{case}", {"matter": matter}, day)
    return Acts((draft,), {f"vault/{case}": version}, data={"case": case, "holds": holds})


def disclose(
    case: str,
    to: str,
    fields: tuple[str, ...],
    ground: str,
    instrument: str,
    *,
    day: str,
    stream: Stream,
) -> Acts:
    """A line in the ledger of disclosures: what was told to whom, on what ground; never the data."""
    unknown = [name for name in fields if name not in FIELDS]
    if unknown or not fields:
        raise InputRefused(
            f"'{', '.join(unknown) or 'nothing'}' is no field.", f"Fields: {', '.join(FIELDS)}."
        )
    if ground not in GROUNDS:
        raise InputRefused(f"'{ground}' is not a ground.", f"Use one of: {', '.join(GROUNDS)}.")
    if not instrument.strip() or not to.strip():
        raise InputRefused(
            "A disclosure names who is told, and the agreement, consent or law it rests on.",
            "Give --to and --instrument.",
        )
    number = f"D-{stream.child('disclosure-id', case).token(10)}"
    matter: dict[str, Any] = {
        "state": "made", "case": case, "to": to.strip(), "fields": list(fields), "ground": ground,
        "instrument": instrument.strip(), "on": day,
    }  # fmt: skip
    draft = Draft("export", f"disclosure/{number}", {"matter": matter}, day)
    return Acts((draft,), data={"disclosure": number, "case": case, "to": to.strip()})
