"""``vouch``: a colleague says that whoever lost their second factor is who they say they are.

Two persons: the one who has shown their password and asks, and the one who knows them. It opens for a
short time, is held until an administrator has looked, and happens once until then.
"""

from __future__ import annotations

from typing import Any

from partage.casework.acts import Acts, Row
from partage.core.errors import InputRefused, NotPermitted, WrongState, shown
from partage.core.names import same_person
from partage.ledger.facts import Draft

WHY = ("phone-lost", "phone-broken", "phone-new", "no-code-left", "other")


def subject_of_vouched(name: str) -> str:
    """The subject of what was vouched for somebody: one for all spellings of a name."""
    return f"vouched/{same_person(name)}"


def vouch(
    name: str,
    account: Row | None,
    before: Row | None,
    *,
    by: str,
    why: str,
    instrument: str,
    at: str,
    until: str,
    version: int,
    day: str,
) -> Acts:
    """Somebody may set up their second factor anew, on a colleague's word, and comes in by it until
    ``until``; longer once an administrator has looked.

    Refused: for oneself, for an administrator, and twice before one has looked.
    """
    if why not in WHY:
        raise InputRefused(f"{shown(why)} is not a reason.", f"Use one of: {', '.join(WHY)}.")
    if same_person(by) == same_person(name):
        raise NotPermitted("Nobody vouches for themselves.", "A colleague does.")
    if account is None or account.get("state") != "active":
        raise WrongState(f"{name} has no account.", "See 'partage user' for all.")
    if any(post["role"] == "admin" for post in account["posts"]):
        raise NotPermitted(
            "Nobody vouches for an administrator.", "Another admin lets them begin again."
        )
    if not instrument.strip():
        raise InputRefused(
            "It is not said how it is known that it is they.", "Name it with --instrument."
        )
    if before is not None and before.get("state") == "open":
        raise WrongState(
            f"{name} came back on a colleague's word already, and no administrator has looked.",
            "An administrator looks at it first, or lets them begin again.",
        )
    matter: dict[str, Any] = {
        "state": "open", "name": name, "by": by, "why": why, "instrument": instrument.strip(),
        "at": at, "until": until, "seen_by": "",
    }  # fmt: skip
    draft = Draft("vouch", subject_of_vouched(name), {"matter": matter}, day)
    data = {"name": name, "why": why, "until": until}
    return Acts((draft,), {draft.subject: version}, data=data)


def look_at_vouched(name: str, row: Row | None, *, by: str, day: str) -> Acts:
    """An administrator has looked: the new second factor stays; never by who vouched, nor by themselves."""
    if row is None or row.get("state") != "open":
        raise WrongState(f"Nobody vouched for {name} lately.", "Nothing to do.")
    if same_person(by) in (same_person(name), same_person(str(row["by"]))):
        raise NotPermitted("Whoever had a part in it does not look at it.", "Another admin does.")
    draft = Draft(
        "user", subject_of_vouched(name), {"matter": {"state": "seen", "seen_by": by}}, day
    )
    return Acts((draft,), {draft.subject: int(row["version"])}, data={"name": name, "seen_by": by})
