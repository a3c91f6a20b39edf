"""Who may come in over the network: accesses given, listed, ended at once, and recognised."""

from __future__ import annotations

import re
import secrets
from datetime import date
from typing import Any

from partage.casework.token import end_token, grant_token, hash_of, opens
from partage.core.errors import NotFound, no_such
from partage.core.units import CROCKFORD
from partage.office.desk import Desk, Done
from partage.office.permits import Actor

SECRET = re.compile(r"^(T-[0-9A-HJKMNP-TV-Z]{10})\.([A-Za-z0-9_-]{43})\Z", re.ASCII)
NOBODY = Actor("nobody", "household")  # at the desk until it is known who comes; may do nothing


class Tokens(Desk):
    """Who may come in over the network: accesses given, listed, ended at once, and recognised."""

    def grant_token(self, who: str, until: date, *, idem: str | None = None) -> tuple[Done, str]:
        """An access as NAME:ROLE@SCOPE to the end of a day, and its secret, which is shown once.

        The secret is "" where ``idem`` was answered before: nobody keeps it, so nobody can repeat it.
        """
        self._permit("token")
        given = Actor.parse(who)
        token = "T-" + "".join(secrets.choice(CROCKFORD) for _ in range(10))
        salt, secret = secrets.token_hex(16), secrets.token_urlsafe(32)  # luck, and no decision
        done = self._do(
            "token",
            lambda: grant_token(
                token, given.name, given.role, given.scope,
                until=until.isoformat(), salt=salt, hash_=hash_of(salt, secret), day=self._day(),
            ),
            idem,
        )  # fmt: skip
        fresh = done.data["token"] == token
        return done, f"{token}.{secret}" if fresh else ""

    def end_token(self, token: str, *, idem: str | None = None) -> Done:
        """An access ends at once: the next request with it is not let in."""
        self._permit("token")

        def row() -> dict[str, Any]:
            known = self.journal.row("matters", f"token/{token}")
            if known is None:
                raise NotFound(no_such("access", token), "See 'partage token' for all.")
            return known

        return self._do("token", lambda: end_token(token, row(), day=self._day()), idem)

    def tokens(self) -> list[dict[str, Any]]:
        """Every access: whose, in which role, over what, until when, and whether it has ended."""
        self._permit("token")
        rows = {
            subject.partition("/")[2]: row
            for state in ("active", "ended")
            for subject, row in self.journal.rows("matters", list=f"token/{state}").items()
        }
        today = self._day()
        shown = ("name", "role", "scope", "until")
        return [
            {
                "token": token,
                **{name: row[name] for name in shown},
                "state": "over" if row["state"] == "active" and row["until"] < today else row["state"],
            }
            for token, row in sorted(rows.items())
        ]  # fmt: skip

    def bearer(self, text: str) -> Actor | None:
        """Who comes with this secret; None if nobody does, or no longer."""
        parts = SECRET.match(text)
        row = self.journal.row("matters", f"token/{parts[1]}") if parts else None
        if parts is None or row is None or not opens(row, parts[2], self._day()):
            return None
        return Actor(str(row["name"]), str(row["role"]), str(row["scope"]))
