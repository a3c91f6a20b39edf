"""People taken in, corrected, and found to be two or one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from partage.casework.acts import Acts
from partage.casework.correct import check_why, correct, correct_clock
from partage.casework.duplicate import OPEN, duplicate
from partage.casework.group import At, close_group, described, headcount, not_taken_off
from partage.casework.register import register, would_register
from partage.core.errors import InputRefused, NotFound, no_such, shown
from partage.core.findings import Finding
from partage.core.household import MODES
from partage.core.marks import mark_of_bytes
from partage.intake.arrivals import Arrival, read_arrival_rows
from partage.intake.correction import cells_of, check_columns, corrected
from partage.intake.likeness import signs_of
from partage.office.desk import Desk, Done, rooms_in


class People(Desk):
    """People taken in, corrected, and found to be two or one."""

    def register(self, data: bytes, *, group: str = "", idem: str | None = None) -> Done:
        """Register the households of an arrivals file; the same file twice gives the first answer.

        ``group`` names a headcount that these people were counted in.
        """
        ground = self._permit("register", fields="case part")
        arrivals, findings = read_arrival_rows(data, self.pack)

        def act() -> Acts:
            known = self._known(arrivals)
            alike = self._alike(arrivals)
            acts = register(
                arrivals,
                known,
                at=self._at(),
                day=self._day(),
                stream=self._stream("register"),
                findings=findings,
                alike=alike,
                otherwise=self._otherwise(arrivals, known),
            )
            told = self._read_drafts("looks like", _told(alike, acts.findings), ground)
            acts = replace(acts, drafts=(*acts.drafts, *told))
            return described(acts, group, self._group(group), day=self._day()) if group else acts

        # a row left out because of the clock is judged anew when the file comes again
        late = sum(a.household.need.entered_at > self._at() for a in arrivals)
        done = self._do("register", act, idem or f"{mark_of_bytes(data)}:{late}")
        if done.data.get("answered_before"):
            first = done.data.get("group", "")
            late_group = (
                not_taken_off(group, int(done.data["households"])) if group != first else ()
            )
            return replace(done, findings=(*findings, *late_group))
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
        self._may_at_all("register")
        where = self.pack.site(site) if site else None
        self._permit(
            "register", fields="persons counted", site=site, region=where.region if where else ""
        )
        point = self.pack.entry_point(entry_point) if entry_point else self.pack.entry_points[0]
        if mode not in MODES:
            raise InputRefused(
                f"{shown(mode)} is not a mode of entry.", f"Use: {', '.join(MODES)}."
            )

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
        self._permit("register", fields="case part")
        return self._do(
            "register", lambda: close_group(group, self._group(group), day=self._day()), idem
        )

    def _group(self, group: str) -> dict[str, Any]:
        row = self.journal.row("cases", group) if group.startswith("G-") else None
        if row is None:
            raise NotFound(no_such("group", group), "A group id is G- and ten characters.")
        return row

    def preview(self, data: bytes) -> Done:
        """What registering a file would do: the same findings and counts, nobody registered.

        That a household looks like one in the vault is a look at that one, and logged.
        """
        ground = self._permit("register", fields="case part")
        arrivals, findings = read_arrival_rows(data, self.pack)
        known, alike = self._known(arrivals), self._alike(arrivals)
        acts = would_register(
            arrivals, known, at=self._at(), findings=findings,
            alike=alike, otherwise=self._otherwise(arrivals, known),
        )  # fmt: skip
        self._read("looks like", _told(alike, acts.findings), ground)
        return Done((), acts.data, tuple(map(_once_registered, acts.findings)))

    def _known(self, arrivals: Sequence[Arrival]) -> dict[str, str]:
        """The cases that the references of these arrivals, and those they are linked to, have already."""
        keys = [ref.encode() for a in arrivals for ref in (a.reference, *a.links_elsewhere)]
        return {
            key.decode(): subject.removeprefix("case/")
            for key, subject in self.journal.find("reference", keys).items()
        }

    def _otherwise(
        self, arrivals: Sequence[Arrival], known: Mapping[str, str]
    ) -> dict[str, list[str]]:
        """The columns in which a row says otherwise than what is known of its case; no value of them."""
        found = {}
        for arrival in arrivals:
            case = known.get(arrival.reference)
            if case is None:
                continue
            try:
                before = cells_of(self._household(case, self._case(case)))
            except NotFound:  # erased meanwhile: nothing is left to compare
                continue
            now = cells_of(arrival.household)
            found[case] = [n for n in before if before[n] != now[n] and n != "reference"]
        return found

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

    def pairs(self) -> list[dict[str, Any]]:
        """Cases that look like one household and of which nobody has said what they are, the oldest first.

        By their codes and the kinds of sign alone; nothing that is known of them is read.
        """
        self._permit("duplicate")
        rows = [row for name in OPEN for row in self.journal.rows("matters", list=name).values()]
        found = [
            {"state": row["state"], "cases": row["cases"], "signs": row.get("signs", []),
             "on": row.get("on", "")}
            for row in rows
        ]  # fmt: skip
        return sorted(found, key=lambda one: (one["on"], one["cases"]))

    def side_by_side(self, first: str, second: str) -> list[tuple[str, str, str]]:
        """What is known of two cases, cell by cell, for whoever says whether they are one."""
        ground = self._permit("duplicate", case=first)
        rows = {case: self._case(case) for case in (first, second)}
        self._read("side by side", list(rows), ground)
        columns = [
            {"state": str(rows[case]["state"]), **cells_of(self._household(case, rows[case]))}
            for case in (first, second)
        ]
        return [(name, columns[0][name], columns[1][name]) for name in columns[0]]

    def duplicate(self, kept: str, other: str, answer: str, *, idem: str | None = None) -> Done:
        """Record whether two cases are one household; only people say so."""
        ground = self._permit("duplicate", case=kept)

        def act() -> Acts:
            rows = self._case(kept), self._case(other)
            acts = duplicate(kept, rows[0], other, rows[1], answer, day=self._day())
            # what people said of the two is a use of the data of both
            looks = self._read_drafts("duplicate", (kept, other), ground)
            return replace(acts, drafts=(*acts.drafts, *looks))

        return self._do("duplicate", act, idem)

    def correct(
        self, case: str, changes: Mapping[str, str], *, why: str, idem: str | None = None
    ) -> Done:
        """Change what is known of a household; a decision that rested on it is opened again."""
        self._permit("correct", case=case)
        return self._do("correct", lambda: self._correcting(case, changes, why), idem)

    def _correcting(self, case: str, changes: Mapping[str, str], why: str) -> Acts:
        """The acts of a correction; that nothing changes says what is known, and is logged as a look."""
        ground = self._permit("correct", case=case)
        row = self._case(case)
        if set(changes) <= {"referred_on", "filed_on"} and changes:
            kept = row["state"] == "outside-engine"
            return correct_clock(case, row, changes, with_officer=kept, day=self._day())
        check_columns(changes)
        check_why(why)
        before = self._household(case, row)
        with self._looking("correct", [case], ground):
            after, remarks = corrected(before, changes, self.pack)
            for other in after.need.links:
                self._case(other)  # a link to nobody is refused
            acts = correct(
                before, after, row, self.pack.services,
                why=why, day=self._day(), stream=self._stream("correct"),
            )  # fmt: skip
        return replace(acts, findings=(*remarks, *acts.findings))


def _once_registered(finding: Finding) -> Finding:
    """What to do about a finding before there is a case that a command could name."""
    if "partage duplicate" in finding.do:
        later = "register it, then say with 'partage duplicate' whether they are one"
        return replace(finding, do=later)
    if "partage correct" in finding.do:
        later = "register it, ask the other one apart, then link it with 'partage correct'"
        return replace(finding, do=later)
    return finding


def _told(alike: Mapping[tuple[str, bytes], str], findings: Sequence[Finding]) -> list[str]:
    """The cases in the vault that these findings say somebody looks like."""
    said = " ".join(f.what for f in findings if "looks like" in f.what)
    return sorted({case for case in alike.values() if case in said})
