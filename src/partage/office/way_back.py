"""The way back for whoever lost their second factor: their password, and a code that a colleague was given.

Neither opens alone. The colleague's code is good for half an hour, in a sign-in that came as far as the
second factor, and opens nothing but the setting up of a new one.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from partage.core.errors import InputRefused
from partage.core.units import instant
from partage.office import factor
from partage.office.gate import Gate, NotRecognised
from partage.office.ports import Journal
from partage.office.sessions import ENROL, FACTOR, posts_of

ASKS_MINUTES, CODE_MINUTES, HOLDS_HOURS = 60, 30, 72
ASKING = "asked/back"  # the list of who asks


class WayBack(Gate):
    """The gate, and the way back beside it."""

    def ask_back(self, secret: str) -> None:
        """Whoever has shown a password, and cannot show more, asks for a colleague's word."""
        session = self.known(secret, FACTOR)
        if session is None:
            raise _begin_again()
        now = self.clock.now()
        self.journal.sweep_aside(instant(now))
        row = {
            "list": ASKING, "user": session.user, "name": session.actor.name, "at": instant(now),
            "until": instant(now + timedelta(minutes=ASKS_MINUTES)),
        }  # fmt: skip
        self.journal.change_aside(f"{ASKING}/{session.user}", lambda _: row)

    def come_back(self, secret: str, code: str) -> str:
        """With the code that a colleague was given for them, once: a new secret, to set up another app."""
        session = self.known(secret, FACTOR)
        if session is None:
            raise _begin_again()
        self._try(session.user)
        given, now, used = factor.hash_of_code(code), instant(self.clock.now()), False

        def opened(row: dict[str, Any] | None) -> dict[str, Any] | None:
            nonlocal used
            used = row is not None and row.get("back") == given and now < row["back_until"]
            return None if row is None else row | ({"back": ""} if used else {})

        self._change_login(session.user, opened)
        if not used:
            raise NotRecognised("The code is not right.", "Ask the colleague for it again.")
        self.journal.change_aside(f"{ASKING}/{session.user}", lambda _: None)
        self.end_all(session.user)
        return self.begin(session.user, stage=ENROL, by=session.by, lang=session.lang, more={})


def asking(journal: Journal, now: str) -> list[dict[str, Any]]:
    """Who asks for a colleague's word now: whose account, since when, until when."""
    rows = journal.asides(ASKING).values()
    mine = [row for row in rows if now < row["until"]]
    return [
        {"name": row["name"], "asked": row["at"], "until": row["until"]}
        for row in sorted(mine, key=lambda row: str(row["at"]))
        if posts_of(journal.row("matters", f"user/{row['user']}"))
    ]


def give_back(gate: Gate, user: str) -> str:
    """A code that a colleague hands over; what is set up with it is held until an administrator looks."""
    code, now = factor.new_code(), gate.clock.now()
    more = {
        "back": factor.hash_of_code(code),
        "back_until": instant(now + timedelta(minutes=CODE_MINUTES)),
        "holds_until": instant(now + timedelta(hours=HOLDS_HOURS)),
    }
    gate.journal.change_aside(f"login/{user}", lambda row: None if row is None else row | more)
    return code


def stays(journal: Journal, user: str) -> None:
    """An administrator has looked: what was set up on a colleague's word is held no more."""
    journal.change_aside(
        f"login/{user}", lambda row: None if row is None else row | {"holds_until": ""}
    )


def _begin_again() -> InputRefused:
    return InputRefused("The sign-in was not finished in time.", "Begin it again.")
