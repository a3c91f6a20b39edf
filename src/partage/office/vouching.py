"""A colleague's word for whoever lost their second factor: who asks, given, told, looked at."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from partage.casework.user import subject_of
from partage.casework.vouch import look_at_vouched, subject_of_vouched, vouch
from partage.core.errors import NotFound, WrongState
from partage.core.findings import Finding
from partage.core.units import instant
from partage.office.desk import Desk, Done
from partage.office.gate import Gate
from partage.office.sessions import key_of_user
from partage.office.way_back import HOLDS_HOURS, asking, give_back, stays

SHOWN = ("name", "by", "why", "instrument", "at", "until")


class Vouching(Desk):
    """A colleague's word for whoever lost their second factor: who asks, given, told, looked at."""

    def locked_out(self) -> list[dict[str, Any]]:
        """Who has shown their password and asks for a colleague's word: since when, and until when."""
        self._permit("vouch")
        return asking(self.journal, self._at())

    def vouch(
        self, name: str, *, why: str, instrument: str, idem: str | None = None
    ) -> tuple[Done, str]:
        """Say that it is they, and how it is known; a code for them, shown once, "" if answered before.

        They must have shown their password and asked. With the code they set up another second factor; it
        is held until an administrator has looked, 72 hours at most.
        """
        self._permit("vouch")
        row = self.journal.row("matters", subject_of(name))
        if row is None:
            raise NotFound("There is no account of that name.", "See who asks: 'partage vouch'.")
        name, user = str(row["name"]), key_of_user(str(row["name"]))
        until = instant(self.clock.now() + timedelta(hours=HOLDS_HOURS))
        subject = subject_of_vouched(name)

        def act() -> Any:
            if not any(key_of_user(one["name"]) == user for one in self.locked_out()):
                raise WrongState(
                    f"{name} does not ask for it now.",
                    "They sign in with their password first, and say there that they lost the rest.",
                )
            return vouch(
                name, self.journal.row("matters", subject_of(name)),
                self.journal.row("matters", subject), by=self.actor.name, why=why,
                instrument=instrument, at=self._at(), until=until,
                version=self.journal.version(subject), day=self._day(),
            )  # fmt: skip

        done = self._do("vouch", act, idem)
        if done.data.get("answered_before"):
            return done, ""
        return done, give_back(Gate(self.journal, self.clock), user)

    def vouched(self) -> list[dict[str, Any]]:
        """What administrators have not looked at: for whom somebody vouched, who, why, and until when."""
        self._permit("user")
        rows = self.journal.rows("matters", list="vouched/open").values()
        return sorted(
            ({key: row[key] for key in SHOWN} for row in rows), key=lambda row: str(row["at"])
        )

    def told_of_vouched(self) -> list[Finding]:
        """The same as remarks, for whoever looks after accounts."""
        return [
            Finding(
                f"user {row['name']}",
                f"came back at {row['at']} on the word of {row['by']} ({row['why']})",
                f"look at it before {row['until']}: then it opens no more",
                "warning",
            )
            for row in self.vouched()
        ]

    def look_at_vouched(self, name: str, *, idem: str | None = None) -> Done:
        """An administrator has looked at it: the second factor that was set up stays."""
        self._permit("user")
        subject = subject_of_vouched(name)
        done = self._do(
            "user",
            lambda: look_at_vouched(
                name, self.journal.row("matters", subject), by=self.actor.name, day=self._day()
            ),
            idem,
        )  # fmt: skip
        stays(self.journal, key_of_user(name))
        return done
