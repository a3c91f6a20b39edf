"""``correct``: what is known of a household changes; what rested on it is opened again, safely."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from typing import Any

from partage.casework.acts import (
    Acts,
    Row,
    Units,
    by_period,
    case_draft,
    new_secret,
    site_draft,
    times,
)
from partage.casework.carry import give_back
from partage.casework.offer import free_offer
from partage.casework.register import file_by
from partage.core.errors import InputRefused, WrongState, shown
from partage.core.findings import Finding
from partage.core.household import Household, Need
from partage.core.marks import dumps, plain
from partage.core.situation import Service
from partage.core.streams import Stream
from partage.core.units import parse_day
from partage.ledger.facts import Draft
from partage.place.needs import units_needed

WHY = ("mistake", "new-information", "birth", "death", "joined", "left-household", "wish", "other")
DECIDED = ("approved", "offered", "bound")
NO_MATTER = ("official_language", "interpreter_language", "consents", "declined", "id")


def correct(
    before: Household,
    after: Household,
    row: Row,
    services: tuple[Service, ...],
    *,
    why: str,
    day: str,
    stream: Stream,
) -> Acts:
    """The household as it is known now; its earlier data stay in the vault as its history.

    A household whose needs change after a decision waits again: what was held for it is free, its
    roof is unchanged, and the plan line can no longer be approved or offered. One that moves to the
    protected path is with an officer from then on. Refused: nothing changed, a case that is on the
    road or has left, an unknown reason.
    """
    check_why(why)
    case, state = before.id, str(row["state"])
    changed = _changed(before, after)
    if not changed:
        raise InputRefused(f"Nothing changes for {case}.", "It is recorded like that already.")
    if state in ("travelling", "left", "unknown"):
        raise WrongState(
            f"{case} is '{state}'; it is corrected once it has arrived or was found.",
            "Record the arrival first.",
        )
    matters = bool(set(changed) - {"profile", *NO_MATTER})
    fact = _fact(state, after.need, matters=matters)
    secrets = [
        new_secret(stream, "case", f"case/{case}", dumps(plain(after.need.as_dict()))),
        new_secret(stream, "profile", f"case/{case}", dumps(plain(after.profile.as_dict()))),
    ]
    changes: dict[str, Any] = {"persons": after.persons, "entry_point": after.need.entry_point,
                               "mode": after.need.mode, "since": day}  # fmt: skip
    drafts: list[Draft] = []
    if fact in ("correct:reopened", "correct:to-officer"):
        changes |= {"approved": None, "offer": None, "fallback": None}
        drafts += freed(row, day)
    settled = [n for n in ("fallback" if state == "kept" else "", "stay") if n and row.get(n)]
    for name in settled:
        units = _units_now(row[name]["units"], after.need, services, day)
        changes[name] = {**row[name], "units": units}
        drafts += _settled(row[name], units, name, day)
    first = case_draft(
        fact, case, row, day, changes,
        why=why, changed=changed, moves=_moves(row, after.persons),
        vault={secret.kind: secret.commitment for secret in secrets},
    )  # fmt: skip
    findings = _findings(case, fact, state, drafts)
    data = {"case": case, "changed": changed, "state": first.body["case"]["state"], "why": why}
    return Acts(
        (first, *drafts),
        {f"case/{case}": row["version"]},
        tuple(secrets),
        findings=findings,
        data=data,
    )


def check_why(why: str) -> None:
    """Refuse a reason that is no code."""
    if why not in WHY:
        raise InputRefused(
            f"{shown(why)} is not a reason for a correction.", f"Use: {', '.join(WHY)}."
        )


def correct_clock(
    case: str, row: Row, changes: Mapping[str, str], *, with_officer: bool, day: str
) -> Acts:
    """The 15-day clock of a household: the day of referral starts it, the day of filing ends it."""
    given = {name: parse_day(text).isoformat() for name, text in changes.items() if text}
    if not given or len(changes) > 1:
        raise InputRefused("Give one day.", "Write referred_on=2023-02-14 or filed_on=2023-02-20.")
    if max(given.values()) > day:
        raise InputRefused("This day is in the future.", "Correct it.")
    due = file_by(given.get("referred_on", ""))
    state = str(row["state"])
    fact = "correct:with-officer" if with_officer else _fact(state, None, matters=False)
    draft = case_draft(fact, case, row, day, {"file_by": due}, changed=sorted(given))
    data = {"case": case, "changed": sorted(given), "state": state, "file_by": due}
    return Acts((draft,), {f"case/{case}": row["version"]}, data=data)


def _changed(before: Household, after: Household) -> list[str]:
    """The names of what changed, never its values."""
    names = [
        f.name for f in fields(Need) if getattr(before.need, f.name) != getattr(after.need, f.name)
    ]
    return names + (["profile"] if before.profile != after.profile else [])


def _fact(state: str, need: Need | None, *, matters: bool) -> str:
    with_officer = need is not None and need.holds != "none"
    if state == "outside-engine":
        return "correct:with-officer" if with_officer else "correct:from-officer"
    if with_officer and state in ("waiting", *DECIDED):
        return "correct:to-officer"
    if state in DECIDED and matters:
        return "correct:reopened"
    return "correct" if state == "waiting" else f"correct:{state}"


def freed(row: Row, day: str) -> list[Draft]:
    """What was held for a case whose decision is opened again."""
    drafts = list(give_back(row, day))
    if row.get("offer"):
        drafts.append(free_offer(row, day))
    if row.get("fallback"):
        kept = row["fallback"]
        place = {"held": times(kept["units"], -1)}
        drafts.append(site_draft("release", kept["site"], day, place, fallback=True))
    return drafts


def _units_now(
    used: Mapping[str, Mapping[str, int]], need: Need, services: tuple[Service, ...], day: str
) -> Units:
    """The units used per night after the change; what was taken in a week is taken."""
    now = by_period(units_needed(need), services, date.fromisoformat(day)).get("night", {})
    mine = {s: n for s, n in now.items() if s in used.get("night", {}) or not _only_roof(used, s)}
    return {"night": mine, **{p: dict(u) for p, u in used.items() if p != "night"}}


def _only_roof(used: Mapping[str, Mapping[str, int]], service: str) -> bool:
    """Whether a service is none of a roof, where only a roof is held."""
    return not (service == "person" or service.startswith("room"))


def _settled(used: Mapping[str, Any], units: Units, name: str, day: str) -> list[Draft]:
    """The difference at the site where they stay, or where a place is kept for them."""
    before, after = used["units"].get("night", {}), units["night"]
    change = {
        s: after.get(s, 0) - before.get(s, 0)
        for s in sorted({*before, *after})
        if after.get(s, 0) != before.get(s, 0)
    }
    if not change:
        return []
    place = {"occupied": change} if name == "stay" else {"held": {"night": change}}
    return [
        site_draft("stay" if name == "stay" else "hold", used["site"], day, place, corrected=True)
    ]


def _moves(row: Row, persons: int) -> list[dict[str, Any]]:
    """Persons who are more or fewer than was known, counted in or out where the household is."""
    more = persons - int(row["persons"])
    if not more:
        return []
    ends = ("outside:entry", row["account"]) if more > 0 else (row["account"], "outside:entry")
    return [{"from": ends[0], "to": ends[1], "persons": abs(more)}]


def _findings(case: str, fact: str, state: str, drafts: list[Draft]) -> tuple[Finding, ...]:
    if fact == "correct:reopened":
        what = f"was '{state}'; its needs changed, so it waits again and keeps its roof"
        return (Finding(f"case {case}", what, "tell them, and propose again", "warning"),)
    if fact == "correct:to-officer":
        what = "is with an officer from now on; the engine does not place it"
        return (Finding(f"case {case}", what, "an officer speaks with them", "warning"),)
    if drafts:
        what = "uses other units at its site than before"
        do = "see 'partage survey' whether the site is over what was agreed"
        return (Finding(f"case {case}", what, do, "warning"),)
    return ()
