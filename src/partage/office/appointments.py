"""Who acts in which role: put there, no longer there, and listed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from partage.casework.acts import Acts
from partage.casework.appoint import against, appoint, end_appointment, key_of
from partage.core.errors import WrongState
from partage.core.findings import Finding
from partage.core.names import same_person
from partage.core.units import instant
from partage.office.desk import Desk, Done
from partage.office.permits import Actor

LATELY = timedelta(days=30)  # who acted in a role within these is named when it closes to them
SHOWN = ("name", "role", "first", "last", "hours", "scopes", "deputy_for", "instrument")


class Appointments(Desk):
    """Who acts in which role: put there, no longer there, and listed."""

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
        scopes: Sequence[str] = (),
        preview: bool = False,
        idem: str | None = None,
    ) -> Done:
        """Put a person in a role for some days and hours; from then on nobody else acts in it.

        ``scopes``: the regions, cities, sites … for which they act. The first appointment of a role closes
        it to everybody else: who acted in it lately is named, also by ``preview``, which writes nothing.
        Refused where nobody would be left who can appoint.
        """
        self._permit("appoint")
        who = Actor(name, role)

        def act() -> Acts:
            acts = appoint(
                who.name, role, first=first.isoformat(), last=last.isoformat(), hours=hours,
                zone=self.pack.entry_points[0].zone, deputy_for=deputy_for, instrument=instrument,
                scopes=scopes, by=self.actor.name, alone=not self._left("admin", self.actor.name, {}),
                version=self.journal.version(key_of(role, who.name)), day=self._day(),
            )  # fmt: skip
            after = acts.drafts[0].body["matter"]
            self._check_admin_left(role, who.name, after)
            others, opens = self._shut_out(role, who.name)
            said = {"first_of_role": opens, "shut_out": others}
            findings = (*_closes(role, others, opens), *self._nobody(role, who.name, after))
            return replace(acts, data={**acts.data, **said}, findings=findings)

        if preview:
            shown = act()
            return Done((), {**shown.data, "preview": True}, shown.findings)
        return self._do("appoint", act, idem)

    def end_appointment(self, name: str, role: str, *, idem: str | None = None) -> Done:
        """A person no longer acts in a role, from now on; it is said where that leaves nobody in it."""
        self._permit("appoint")
        name = Actor(name, role).name
        row = self.journal.row("matters", key_of(role, name))

        def act() -> Acts:
            acts = end_appointment(name, role, row, day=self._day())
            self._check_admin_left(role, name, {})
            return replace(acts, findings=tuple(self._nobody(role, name, {})))

        return self._do("appoint", act, idem)

    def appointments(self) -> list[dict[str, Any]]:
        """Every appointment: who, in which role, from when to when, by what, and what stands against
        acting by it now ("" if nothing does)."""
        self._permit("appoint")
        rows = [
            row
            for state in ("active", "ended")
            for row in self.journal.rows("matters", list=f"appointment/{state}").values()
        ]
        now = self._at()
        listed = [{**{k: row[k] for k in SHOWN}, "against": against(row, now)} for row in rows]
        return sorted(listed, key=lambda row: (row["role"], bool(row["against"]), row["name"]))

    def _appointed(self, role: str) -> list[dict[str, Any]]:
        rows = self.journal.rows("matters", list="appointment/active").values()
        return [row for row in rows if row["role"] == role]

    def _left(self, role: str, name: str, after: Mapping[str, Any]) -> bool:
        """Whether anybody acts in a role now, once this person's appointment is ``after``."""
        rows = [r for r in self._appointed(role) if same_person(r["name"]) != same_person(name)]
        return any(not against(row, self._at()) for row in (*rows, after))

    def _check_admin_left(self, role: str, name: str, after: Mapping[str, Any]) -> None:
        """Refuse what would leave nobody who may appoint now: nobody could mend that."""
        if role == "admin" and not self._left(role, name, after):
            raise WrongState(
                "Nobody would be left who acts as admin today.",
                "Appoint another admin first, from today on.",
            )

    def _nobody(self, role: str, name: str, after: Mapping[str, Any]) -> list[Finding]:
        if role == "household" or self._left(role, name, after):
            return []
        what = "nobody acts or reads in it now: it stays closed to whoever is not appointed"
        do = "appoint somebody, from today on; 'partage appoint' alone lists all"
        return [Finding(f"role {role}", what, do, "fault")]

    def _shut_out(self, role: str, name: str) -> tuple[list[str], bool]:
        """Who acted in a role lately and may not any more, and whether this closes it to them."""
        if role == "household" or self.journal.row("matters", f"role/{role}"):
            return [], False
        mine = same_person(name)
        lately = self._since(instant(self.clock.now() - LATELY))
        others = {e.actor for e in lately if e.role == role and same_person(e.actor) != mine}
        return sorted(others), True


def _closes(role: str, others: Sequence[str], opens: bool) -> list[Finding]:
    if not opens:
        return []
    what = "this is its first appointment: from it on only who is appointed acts or reads in it"
    if others:
        what += (
            f"; of those who acted in it in the last {LATELY.days} days, not {', '.join(others)}"
        )
    return [Finding(f"role {role}", what, "appoint everybody who is to go on in it", "warning")]
