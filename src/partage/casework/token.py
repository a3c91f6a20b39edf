"""``token``: an access for a programme or a desk: whose it is, in which role, over what, until when."""

from __future__ import annotations

import hashlib
import hmac
from datetime import date, timedelta
from typing import Any

from partage.casework.acts import Acts, Row
from partage.core.errors import InputRefused, WrongState
from partage.ledger.facts import Draft

MOST_DAYS = 366  # an access that nobody looks at again for longer than a year is forgotten


def grant_token(
    token: str, name: str, role: str, scope: str, *, until: str, salt: str, hash_: str, day: str
) -> Acts:
    """An access for one person in one role, to the end of a day; only a salted hash of it is kept.

    Refused where it would be over already or live for more than a year.
    """
    last = (date.fromisoformat(day) + timedelta(days=MOST_DAYS)).isoformat()
    if not day <= until <= last:
        raise InputRefused(
            f"It would end on {until}.", f"Name a day from {day} to {last}; renew it then."
        )
    matter = {
        "state": "active", "name": name, "role": role, "scope": scope, "until": until,
        "salt": salt, "hash": hash_,
    }  # fmt: skip
    draft = Draft("token", f"token/{token}", {"matter": matter}, day)
    data = {"token": token, "name": name, "role": role, "scope": scope, "until": until}
    return Acts((draft,), {draft.subject: 0}, data=data)


def end_token(token: str, row: Row, *, day: str) -> Acts:
    """The access ends at once."""
    if row.get("state") != "active":
        raise WrongState(f"{token} has ended already.", "Nothing to do.")
    matter = {"state": "ended", "ended": day, "salt": "", "hash": ""}
    draft = Draft("token", f"token/{token}", {"matter": matter}, day)
    return Acts((draft,), {draft.subject: int(row["version"])}, data={"token": token, "ended": day})


def hash_of(salt: str, secret: str) -> str:
    """What is kept of a secret of 256 random bits: too many to be guessed, so one pass is enough."""
    return hashlib.sha256(f"{salt}:{secret}".encode()).hexdigest()


def opens(row: Row | None, secret: str, day: str) -> bool:
    """Whether a secret is that of an access which has not ended by that day."""
    known: dict[str, Any] = dict(row or {})
    same = hmac.compare_digest(
        hash_of(str(known.get("salt", "")), secret), str(known.get("hash", ""))
    )
    return same and known.get("state") == "active" and day <= str(known["until"])
