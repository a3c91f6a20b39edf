"""Retention, erasure, holds and disclosures: what is kept of people, how long, and who was told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from partage.casework.acts import Acts, Row, new_secret
from partage.core.errors import InputRefused, WrongState, shown
from partage.core.marks import dumps
from partage.core.streams import Stream
from partage.ledger.facts import Draft

YEARS_KEPT = 2  # Privacy Regulations s. 4(1)(a): two years after the last administrative use
HOLDS = ("access-request", "review", "legal", "audit")
FIELDS = ("need", "profile", "contact", "placement")
GROUNDS = ("agreement", "consent", "law")


def check_fields(fields: Sequence[str]) -> None:
    """Refuses what is no field of a household's data, and no field at all."""
    unknown = [name for name in fields if name not in FIELDS]
    if unknown or not fields:
        raise InputRefused(
            f"{shown(', '.join(unknown) or 'nothing')} is no field.",
            f"Fields: {', '.join(FIELDS)}.",
        )


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
    versions: Mapping[str, int],
    day: str,
    stream: Stream,
) -> Acts:
    """Data about a household are erased; what happened stays in the chain, which says nothing of them.

    ``rows`` counts rows of the vault by kind; ``consent`` names the paper on which they asked for it
    before the date, and goes to the vault, where it stays. ``versions``: of the case and of every case
    found to be the same household, which goes with it. Refused: people who are still received, a hold,
    before the earliest day, and a duplicate alone.
    """
    if row.get("same_as"):
        raise WrongState(
            f"{case} is the same household as {row['same_as']}.",
            f"Erase {row['same_as']}; both go together.",
        )
    if row["state"] != "left":
        raise WrongState(f"{case} is '{row['state']}': it is still received.", "After they left.")
    if held:
        raise WrongState(f"The data of {case} are held ({held}).", "Release the hold first.")
    if not rows:
        raise WrongState(f"The data of {case} were erased before.", "Nothing to do.")
    due = earliest_disposal(last_use)
    if day < due and not consent.strip():
        raise WrongState(
            f"The data of {case} are kept until {due}, two years after their last use.",
            "Before, only with their consent in writing: --consent PAPER.",
        )
    paper = consent.strip() if day < due else ""
    kept = [new_secret(stream, "paper", f"erasure/{case}", paper.encode())] if paper else []
    body = {
        "ground": "consent in writing" if paper else "retention",
        "last_use": last_use, "earliest": due, "rows": dict(rows),
        "vault": {s.kind: s.commitment for s in kept}, "vault_of": f"erasure/{case}",
    }  # fmt: skip
    drafts = [
        Draft(
            "erase",
            f"vault/{one}",
            {
                **(body if one == case else {}),
                "matter": {"state": "erased", "case": one, "on": day},
            },
            day,
        )
        for one in versions
    ]
    data = {"case": case, "rows": dict(rows), "earliest": due, "ground": body["ground"]}
    if len(versions) > 1:
        data["with"] = [one for one in versions if one != case]
    expect = {f"vault/{one}": version for one, version in versions.items()}
    forget = tuple(f"case/{one}" for one in versions)
    return Acts(
        tuple(drafts), expect | {f"case/{case}": int(row["version"])}, tuple(kept),
        data=data, forget=forget,
    )  # fmt: skip


def hold(case: str, why: str, before: Row | None, *, release: bool, version: int, day: str) -> Acts:
    """Keep data whatever their date, or let them go again; a request for access always holds them."""
    if why not in HOLDS:
        raise InputRefused(
            f"{shown(why)} is not a reason to hold.", f"Use one of: {', '.join(HOLDS)}."
        )
    if (before or {}).get("state") == "erased":
        raise WrongState(f"The data of {case} were erased.", "There is nothing to hold.")
    now = [*(before or {}).get("holds", ())]
    if release == (why not in now):
        raise WrongState(
            f"{case} is {'not ' if release else ''}held for '{why}'.", "Nothing to do."
        )
    holds = [w for w in now if w != why] if release else [*now, why]
    matter = {"state": "held" if holds else "kept", "case": case, "holds": holds}
    draft = Draft("erase", f"vault/{case}", {"matter": matter}, day)
    return Acts((draft,), {f"vault/{case}": version}, data={"case": case, "holds": holds})


def disclose_many(
    cases: Sequence[str],
    to: str,
    fields: tuple[str, ...],
    ground: str,
    instrument: str,
    *,
    day: str,
    stream: Stream,
) -> Acts:
    """The same for many households in one act: a line each, or none at all."""
    each = [
        disclose(case, to, fields, ground, instrument, day=day, stream=stream) for case in cases
    ]
    return Acts(
        tuple(draft for acts in each for draft in acts.drafts),
        secrets=tuple(secret for acts in each for secret in acts.secrets),
        data={"disclosures": {acts.data["case"]: acts.data["disclosure"] for acts in each}},
    )


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
    """A line in the ledger of disclosures: what was told to whom, on what ground; never the data.

    To whom, and by which paper, is in the vault with the household's data: people write names there.
    """
    check_fields(fields)
    if ground not in GROUNDS:
        raise InputRefused(
            f"{shown(ground)} is not a ground.", f"Use one of: {', '.join(GROUNDS)}."
        )
    if not instrument.strip() or not to.strip():
        raise InputRefused(
            "A disclosure names who is told, and the agreement, consent or law it rests on.",
            "Give --to and --instrument.",
        )
    number = f"D-{stream.child('disclosure-id', case).token(10)}"
    matter: dict[str, Any] = {
        "state": "made", "case": case, "fields": list(fields), "ground": ground, "on": day,
    }  # fmt: skip
    told = {"disclosure": number, "to": to.strip(), "instrument": instrument.strip()}
    row = new_secret(stream, "disclosure", f"case/{case}", dumps(told))
    body = {"matter": matter, "vault": {row.kind: row.commitment}, "vault_of": f"case/{case}"}
    draft = Draft("export", f"disclosure/{number}", body, day)
    return Acts((draft,), secrets=(row,), data={"disclosure": number, "case": case})
