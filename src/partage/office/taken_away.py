"""What is taken away as a file: lists without anything about people, as a sheet."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from partage.core.errors import InputRefused, shown
from partage.core.units import instant
from partage.office.ahead import Ahead
from partage.office.door import Doors
from partage.office.lately import Lately
from partage.office.recourse import Recourse
from partage.report import sheets
from partage.report.sheet import Sheet

SHEETS = ("capacity", "agreements", "answers", "nights", "overrides", "lately")


class TakenAway(Doors, Ahead, Lately, Recourse):
    """Lists to be taken away, by the permit to see them."""

    def sheet(self, name: str, day: date | None = None) -> Sheet:
        """A list to be taken away: one of ``SHEETS`` as of a day, or a plan P-….

        A plan takes the permit to read it, answers the one to see codes of cases.
        """
        if name.startswith("P-"):
            return sheets.plan(self.read_plan(name))
        self._permit("survey", fields="case codes" if name == "answers" else "")
        at, today = self._at(), date.fromisoformat(self._day())
        if name == "capacity":
            return sheets.capacity(self.capacity(day))
        if name == "agreements":
            return sheets.agreements(self.journal.rows("places"), today.isoformat(), at)
        if name == "overrides":
            return sheets.overrides(self.overrides(), today.isoformat(), at)
        if name == "lately":
            return sheets.lately(self.lately(0), today.isoformat(), at)
        if name == "nights":
            asked = day or today - timedelta(days=1)
            return sheets.nights(self.nights(asked), asked.isoformat(), at)
        if name != "answers":
            raise InputRefused(
                f"{shown(name)} is no list that is taken away.",
                f"Name one of: {', '.join(SHEETS)}; or a plan, P-….",
            )
        asked = day or today
        since = self._since(instant(datetime.combine(asked, time(), UTC)))
        said = [e for e in since if e.verb in ("offer", "answer") and e.day == asked.isoformat()]
        return sheets.answers(said, asked.isoformat(), at)
