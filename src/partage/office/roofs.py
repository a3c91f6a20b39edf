"""Roofs given for one night on one officer's word: those that a second person has still to look at."""

from __future__ import annotations

from typing import Any

from partage.casework.approve import hands_of
from partage.casework.roof import OUTCOMES
from partage.core.names import same_person
from partage.office.daily import Daily

SAYS = ("case", "site", "night", "why", "persons", "state")
ANSWERED = 50  # that were looked at, beside every open one


class Roofs(Daily):
    """Roofs given for one night on one officer's word."""

    def roofs(self) -> list[dict[str, Any]]:
        """Every roof that waits for a second person, the oldest night first, then the last looked at.

        ``mine``: whoever looks gave it, or stands in for who did, so that somebody else looks at it.
        """
        self._permit("review", fields="request")
        me = {*map(same_person, (self.actor.name, *self._stands_for()))}
        found = []
        for state in ("open", *OUTCOMES):
            rows = self.journal.rows("matters", list=f"roof/{state}")
            ordered = sorted(rows.items(), key=lambda pair: (pair[1]["night"], pair[0]))
            for subject, row in ordered if state == "open" else ordered[-ANSWERED:]:
                given = self._history(subject, subject)[0]
                found.append({
                    "roof": subject.partition("/")[2], **{name: row[name] for name in SAYS},
                    "given_at": given.at, "role": given.role, "mine": bool(me & hands_of(given)),
                })  # fmt: skip
        return found
