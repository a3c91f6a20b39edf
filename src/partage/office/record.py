"""The record itself: checked whole."""

from __future__ import annotations

from partage.casework.verify import Report, verify
from partage.ledger.views import VIEWS
from partage.office.desk import Desk
from partage.office.permits import permit


class Record(Desk):
    """The record itself: checked whole."""

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
