"""People taken in, corrected, and found to be two or one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from partage.casework.acts import Acts
from partage.casework.correct import correct, correct_clock
from partage.casework.duplicate import duplicate
from partage.casework.group import At, close_group, described, headcount
from partage.casework.register import register, would_register
from partage.core.errors import InputRefused, NotFound
from partage.core.findings import Finding
from partage.core.household import MODES
from partage.core.marks import mark_of_bytes
from partage.intake.arrivals import Arrival, read_arrival_rows
from partage.intake.correction import cells_of, corrected
from partage.intake.likeness import signs_of
from partage.office.desk import Desk, Done, rooms_in
from partage.office.permits import permit


class People(Desk):
    """People taken in, corrected, and found to be two or one."""

    def register(self, data: bytes, *, group: str = "", idem: str | None = None) -> Done:
        """Register the households of an arrivals file; the same file twice gives the first answer.

        ``group`` names a headcount that these people were counted in.
        """
        permit(self.actor, "register", fields="case part")
        arrivals, findings = read_arrival_rows(data, self.pack)

        def act() -> Acts:
            acts = register(
                arrivals,
                self._known(arrivals),
                at=self._at(),
                day=self._day(),
                stream=self._stream("register"),
                findings=findings,
                alike=self._alike(arrivals),
            )
            return described(acts, group, self._group(group), day=self._day()) if group else acts

        # a row left out because of the clock is judged anew when the file comes again
        late = sum(a.household.need.entered_at > self._at() for a in arrivals)
        done = self._do("register", act, idem or f"{mark_of_bytes(data)}:{late}")
        if done.data.get("answered_before"):
            return replace(done, findings=tuple(findings))
        return done

    def headcount(
        self,
        persons: int,
        entry_point: str = "",
        *,
        mode: str = "between-ports",
        synthetic: bool = False,
        site: str = "",
        idem: str | None = None,
    ) -> Done:
        """Count a busload before anybody is described; each of them is in the book from now on.

        ``site``: strangers who turned up there, at night for instance; its own clerk may count them.
        """
        where = self.pack.site(site) if site else None
        permit(
            self.actor, "register", fields="persons counted",
            site=site, region=where.region if where else "",
        )  # fmt: skip
        point = self.pack.entry_point(entry_point) if entry_point else self.pack.entry_points[0]
        if mode not in MODES:
            raise InputRefused(f"'{mode}' is not a mode of entry.", f"Use: {', '.join(MODES)}.")

        def act() -> Acts:
            day, at = self._day(), None
            if where:
                day = self._day(where.zone)
                tonight = self._tonight(where.region, date.fromisoformat(day))
                place, _ = self._place(f"site/{where.id}")
                others = rooms_in(tonight, {"person": persons})
                at = At(where.id, place, tonight.get(where.id, {}), others)
            return headcount(
                persons, point.id, mode,
                synthetic=synthetic, day=day, stream=self._stream("headcount"), at=at,
            )  # fmt: skip

        return self._do("register", act, idem)

    def close_group(self, group: str, *, idem: str | None = None) -> Done:
        """No more details of a headcount will come; who was never described is an alarm."""
        permit(self.actor, "register", fields="case part")
        return self._do(
            "register", lambda: close_group(group, self._group(group), day=self._day()), idem
        )

    def _group(self, group: str) -> dict[str, Any]:
        row = self.journal.row("cases", group) if group.startswith("G-") else None
        if row is None:
            raise NotFound(f"There is no group {group}.", "A group id is G- and ten characters.")
        return row

    def preview(self, data: bytes) -> Done:
        """What registering a file would do: the same findings and counts, nothing written."""
        permit(self.actor, "register", fields="case part")
        arrivals, findings = read_arrival_rows(data, self.pack)
        acts = would_register(
            arrivals, self._known(arrivals), at=self._at(),
            findings=findings, alike=self._alike(arrivals),
        )  # fmt: skip
        return Done((), acts.data, tuple(map(_once_registered, acts.findings)))

    def _known(self, arrivals: Sequence[Arrival]) -> dict[str, str]:
        """The cases that the references of these arrivals, and those they are linked to, have already."""
        keys = [ref.encode() for a in arrivals for ref in (a.reference, *a.links_elsewhere)]
        return {
            key.decode(): subject.removeprefix("case/")
            for key, subject in self.journal.find("reference", keys).items()
        }

    def _alike(self, arrivals: Sequence[Arrival]) -> dict[tuple[str, bytes], str]:
        """Signs of these arrivals that a case in the vault has already, but for those that are it."""
        wanted: dict[str, list[bytes]] = {}
        for arrival in arrivals:
            for kind, sign in signs_of(arrival.reference, arrival.household).items():
                wanted.setdefault(kind, []).append(sign)
        return {
            (kind, sign): subject.removeprefix("case/")
            for kind, signs in wanted.items()
            for sign, subject in self.journal.find(kind, signs).items()
        }

    def side_by_side(self, first: str, second: str) -> list[tuple[str, str, str]]:
        """What is known of two cases, cell by cell, for whoever says whether they are one."""
        ground = permit(self.actor, "duplicate", case=first)
        columns = []
        for case in (first, second):
            row = self._case(case)
            self._read("side by side", case, ground)
            columns.append({"state": str(row["state"]), **cells_of(self._household(case, row))})
        return [(name, columns[0][name], columns[1][name]) for name in columns[0]]

    def duplicate(self, kept: str, other: str, answer: str, *, idem: str | None = None) -> Done:
        """Record whether two cases are one household; only people say so."""
        permit(self.actor, "duplicate", case=kept)
        return self._do(
            "duplicate",
            lambda: duplicate(
                kept, self._case(kept), other, self._case(other), answer, day=self._day()
            ),
            idem,
        )

    def correct(
        self, case: str, changes: Mapping[str, str], *, why: str, idem: str | None = None
    ) -> Done:
        """Change what is known of a household; a decision that rested on it is opened again."""
        permit(self.actor, "correct", case=case)
        clock = set(changes) <= {"referred_on", "filed_on"} and bool(changes)

        def act() -> Acts:
            row = self._case(case)
            if clock:
                kept = row["state"] == "outside-engine"
                return correct_clock(case, row, changes, with_officer=kept, day=self._day())
            before = self._household(case, row)
            after, remarks = corrected(before, changes, self.pack)
            for other in after.need.links:
                self._case(other)  # a link to nobody is refused
            acts = correct(
                before, after, row, self.pack.services,
                why=why, day=self._day(), stream=self._stream("correct"),
            )  # fmt: skip
            return replace(acts, findings=(*remarks, *acts.findings))

        return self._do("correct", act, idem)


def _once_registered(finding: Finding) -> Finding:
    """What to do about a finding before there is a case that a command could name."""
    if "partage duplicate" in finding.do:
        later = "register it, then say with 'partage duplicate' whether they are one"
        return replace(finding, do=later)
    if "partage correct" in finding.do:
        later = "register it, ask the other one apart, then link it with 'partage correct'"
        return replace(finding, do=later)
    return finding
