"""What one entry says of one household, held against what stood before it; ``verify`` asks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from partage.ledger.facts import Entry
from partage.ledger.views import MemoryRows

Row = Mapping[str, Any]

BEYOND = "outside:entry"  # whoever is counted in or out passes here
MOVING = (
    "register",
    "arrive",
    "place",
    "exit",
    "duplicate",
)  # verbs after which people are elsewhere
RECOUNTING = (
    "register",
    "correct",
)  # verbs that may say that a household has more or fewer persons
HOLDING = {  # which of a place offered and a fallback place a state keeps held; in all others neither
    "offered": (True, True),
    "bound": (True, True),
    "travelling": (True, True),
    "kept": (False, True),
}
ROOF = {  # where people are in a state, by the kind of account; any but outside if it is not named
    "hosted": ("hosted@",),
    "counted": ("waiting@", "hosted@"),  # strangers who turned up at a site are counted there
    "left": ("outside:",),
    "unknown": ("outside:unknown",),
}
NOTHING = (False, False)
SOURCE = {  # which part of a case a step takes from which part of the case before it
    "offer": ("offer", "approved"),
    "depart": ("offer", "offer"),
    "arrive": ("stay", "offer"),
    "arrive:fallback": ("stay", "fallback"),
}
CHANGED_BY = {  # by which steps a part of a case may become another than it was, short of ending
    "approved": ("approve",),
    "offer": ("offer", "depart"),
    "fallback": ("offer", "withdraw:fallback", "correct"),
    "stay": ("arrive", "place:emergency", "correct", "register:headcount", "register:described"),
}


def case_fault(rows: MemoryRows, entry: Entry) -> str | None:
    """What is impossible in the effect an entry claims on its household, in a sentence, or None.

    Nobody moves without a household, a household moves whole and to one place, what is held fits its
    state, and what it was offered is what it is bound to and where it arrives.
    """
    moves, case = entry.body.get("moves", ()), entry.body.get("case")
    if case is None:
        return "it moves persons of no household" if moves else None
    kind, _, key = entry.subject.partition("/")
    if kind != "case":
        return f"it changes a household and is about {entry.subject}"
    before = rows.get("cases", key) or {}
    now = {**before, **case}
    return (
        _count_fault(entry, before, now)
        or _move_fault(moves, before, now)
        or _roof_fault(now)
        or _held_fault(now)
        or _part_fault(entry, before, now)
        or _time_fault(entry, before, now)
    )


def _count_fault(entry: Entry, before: Row, now: Row) -> str | None:
    if before and now["persons"] != before["persons"] and entry.verb not in RECOUNTING:
        return (
            f"'{entry.verb}' makes {now['persons']} of {before['persons']} persons: nobody is split"
        )
    if before and now["account"] != before["account"] and entry.verb not in MOVING:
        return f"'{entry.verb}' puts the household from {before['account']} to {now['account']}"
    return None


def _move_fault(moves: Any, before: Row, now: Row) -> str | None:
    """The household leaves the account it was at, whole, and is whole at the one it is at now."""
    left: dict[str, int] = {}  # what the moves change, less what the household changes
    for move in moves:
        source, target, persons = move["from"], move["to"], move["persons"]
        if persons < 0:
            return f"it moves {persons} persons"
        left[source] = left.get(source, 0) - persons
        left[target] = left.get(target, 0) + persons
    account = now["account"]
    if before:
        left[before["account"]] = left.get(before["account"], 0) + before["persons"]
    left[account] = left.get(account, 0) - now["persons"]
    off = [name for name, persons in left.items() if persons and name != BEYOND]
    if off:
        account = min(off)
        due = now["persons"] * (account == now["account"])
        due -= before["persons"] * (account == before["account"]) if before else 0
        return (
            f"its moves change {account} by {left[account] + due} persons, its household by "
            f"{due}: a household is at one place, whole"
        )
    return None


def _roof_fault(now: Row) -> str | None:
    state, account = now["state"], str(now["account"])
    wanted = ROOF.get(state, ())
    if not (account.startswith(wanted) if wanted else not account.startswith("outside:")):
        return f"a household that is '{state}' is not at {account}"
    if state == "counted" and not now["persons"]:
        return None  # all of the group are described: nobody is left to have a roof
    site = (now.get("stay") or {}).get("site", "")
    if account != f"hosted@{site}" if site else account.startswith("hosted@"):
        return f"it is at {account} and stays at {site or 'no site'}"
    return None


def _held_fault(now: Row) -> str | None:
    state = now["state"]
    held = bool(now.get("offer")), bool(now.get("fallback"))
    due = HOLDING.get(state, NOTHING)
    if held == due:
        return None
    for name, has, wanted in zip(("offer", "fallback"), held, due, strict=True):
        if has != wanted:
            what = "place offered" if name == "offer" else "fallback place"
            return f"it is '{state}' and {'no' if wanted else 'still a'} {what} is held for it"
    return None


def _part_fault(entry: Entry, before: Row, now: Row) -> str | None:
    """An approved place, an offer, a fallback and a stay change only where a step may change them."""
    step = str(entry.body.get("step", ""))
    for name, steps in CHANGED_BY.items():
        new = now.get(name)
        if new and new != before.get(name) and not step.startswith(steps):
            return f"'{step}' puts another {name} in the place of the one there was"
    source = SOURCE.get(step)
    if source:
        part, origin = now[source[0]], before.get(source[1]) or {}
        if part["site"] != origin.get("site"):
            return f"'{step}' is for {part['site']}, the {source[1]} was for {origin.get('site')}"
        if step != "offer" and part["units"].get("night") != origin["units"].get("night"):
            return f"'{step}' uses other units than were held"
    return None


def _time_fault(entry: Entry, before: Row, now: Row) -> str | None:
    step, until = entry.body.get("step"), (before.get("offer") or {}).get("until", "")
    if step == "offer" and now["offer"]["until"] <= entry.at:
        return "the time to answer was over before it began"
    if step == "answer:accept" and entry.at > until:
        return f"it accepts an offer that lapsed at {until}"
    if step == "answer:expire" and entry.at < until:
        return f"it ends an offer that lives until {until}"
    return None
