"""The record itself: checked whole."""

from __future__ import annotations

from datetime import date

from partage.casework.acts import Acts
from partage.casework.appoint import appoint, end_appointment, key_of
from partage.casework.verify import Report, verify
from partage.ledger.views import VIEWS
from partage.office.desk import Desk, Done
from partage.office.permits import Actor, permit


class Record(Desk):
    """The record itself: checked whole."""

    def appoint(
        self,
        name: str,
        role: str,
        *,
        first: date,
        last: date,
        hours: str = "",
        deputy_for: str = "",
        instrument: str,
        idem: str | None = None,
    ) -> Done:
        """Put a person in a role for some days and hours; from then on nobody else acts in it."""
        permit(self.actor, "appoint")
        who = Actor.parse(f"{name}:{role}")

        def act() -> Acts:
            return appoint(
                who.name, role, first=first.isoformat(), last=last.isoformat(), hours=hours,
                zone=self.pack.entry_points[0].zone, deputy_for=deputy_for, instrument=instrument,
                version=self.journal.version(key_of(role, who.name)), day=self._day(),
            )  # fmt: skip

        return self._do("appoint", act, idem)

    def end_appointment(self, name: str, role: str, *, idem: str | None = None) -> Done:
        """A person no longer acts in a role."""
        permit(self.actor, "appoint")
        row = self.journal.row("matters", key_of(role, name))
        return self._do("appoint", lambda: end_appointment(name, role, row, day=self._day()), idem)

    def verify(self, *, anchor: str | None = None, rebuild: bool = False) -> Report:
        """Everything worked out again from the entries; finds the first that is not what it says.

        ``rebuild`` writes the views anew from the entries, if these are whole, and checks again.
        """
        permit(self.actor, "verify")
        report = self._verify(anchor)
        if rebuild and any(f.where.startswith("view ") for f in report.findings):
            self.journal.restore_views(report.rows.tables, report.entries)
            return self._verify(anchor)
        return report

    def _verify(self, anchor: str | None) -> Report:
        with self.journal.snapshot():
            return verify(
                self.journal.read(),
                self.journal.head(),
                {view: self.journal.rows(view) for view in VIEWS},
                self.journal.secrets(),
                self.journal.blob,
                anchor,
            )
