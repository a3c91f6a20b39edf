"""``close``: the operational day is over; who was where at 04:00 is written down for good."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from partage.casework.acts import Acts
from partage.core.errors import WrongState
from partage.core.findings import Finding
from partage.core.units import DAY_CLOSES_AT_HOUR, instant
from partage.ledger.facts import Draft, Entry


def closes_at(day: date, zone: str) -> str:
    """The instant at which an operational day ends there: 04:00 of the next day, local."""
    local = datetime.combine(day + timedelta(days=1), time(DAY_CLOSES_AT_HOUR), ZoneInfo(zone))
    return instant(local)


def check_over(day: date, *, now: str, ends: str, began: str) -> None:
    """Refuse a day that is not over everywhere, or was over before the office began."""
    if now < ends:
        raise WrongState(
            f"{day} is over at {ends}, not before.", "Close it after 04:00 everywhere."
        )
    if day.isoformat() < began:
        raise WrongState(f"This office began on {began}; {day} was before.", "Nothing to do.")


def book_at(
    book: Mapping[str, int], later: Iterable[Entry], zone_of: Mapping[str, str], day: date
) -> dict[str, int]:
    """Persons per account at 04:00 local of the day after ``day``.

    ``book`` is now; ``later`` are entries among which all since then stand. ``zone_of`` gives the
    zone of each account; the accounts outside are taken at the zone under ``""``.
    """
    persons = dict(book)
    ends: dict[str, str] = {}
    for entry in later:
        for move in entry.body.get("moves", ()):
            for account, sign in ((move["from"], 1), (move["to"], -1)):
                zone = zone_of.get(account, zone_of[""])
                if zone not in ends:
                    ends[zone] = closes_at(day, zone)
                if entry.at >= ends[zone]:
                    persons[account] = persons.get(account, 0) + sign * move["persons"]
    return {account: n for account, n in sorted(persons.items()) if n}


def close_day(
    day: date,
    nights: Mapping[str, int],
    *,
    head: tuple[int, str],
    counted: Mapping[str, int],
    on_road: Mapping[str, Any],
    ends: Mapping[str, Sequence[str]],
    version: int,
) -> Acts:
    """One fact: persons per account at 04:00, the end of the chain it was read from, what is open.

    A person is charged the night of ``day`` at the site where they are at 04:00 of the next day.
    ``counted`` are nightly headcounts of that day per account; ``ends`` says at which instant the day
    ended for which accounts, so that anybody can work the nights out again. Refused a second time.
    """
    if version:
        raise WrongState(f"{day} is closed already.", "Nothing to do.")
    findings = [
        Finding(
            f"run {run}",
            f"left on {row['day']} and is not reconciled",
            "record with 'partage arrive' who arrived, who stayed behind and who was not seen",
            "fault",
        )
        for run, row in sorted(on_road.items())
    ]
    for account, persons in nights.items():
        if not account.startswith("hosted@"):
            continue
        if account not in counted:
            do = f"ask its night desk; 'partage count … --night {day}' puts it on record"
            findings.append(
                Finding(account, f"was not counted on the night of {day}", do, "warning")
            )
        elif counted[account] != persons:
            findings.append(
                Finding(
                    account,
                    f"the night desk counted {counted[account]}, the book says {persons}",
                    "find out who is where; neither number is changed by this",
                    "fault",
                )
            )
    body = {
        "matter": {"state": "closed"},
        "nights": {a: n for a, n in nights.items() if not a.startswith("outside:")},
        "upto": head[0],
        "anchor": head[1],
        "ends": {at: sorted(set(accounts) & set(nights)) for at, accounts in sorted(ends.items())},
        "open_runs": sorted(on_road),
    }
    draft = Draft("close", f"day/{day}", body, day.isoformat())
    hosted = sum(n for a, n in nights.items() if a.startswith("hosted@"))
    waiting = sum(n for a, n in nights.items() if a.startswith("waiting@"))
    data = {
        "day": day.isoformat(), "hosted": hosted, "waiting": waiting,
        "nights": body["nights"], "anchor": head[1],
    }  # fmt: skip
    return Acts((draft,), {f"day/{day}": 0}, findings=tuple(findings), data=data)
