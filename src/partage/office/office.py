"""The office: each verb asks the permit, reads what it needs, calls the pure verb and appends."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from partage.casework.acts import Acts, by_period
from partage.casework.correct import correct
from partage.casework.duplicate import duplicate
from partage.casework.group import close_group, described, headcount
from partage.casework.offer import PlaceGone, answer, check_until, offer, reopen
from partage.casework.register import register
from partage.casework.travel import arrive, arrive_at_fallback, arrive_late, depart, found
from partage.casework.verify import Report, verify
from partage.core.errors import InputRefused, NotFound, Stale, Unavailable, WrongState
from partage.core.findings import Finding
from partage.core.household import MODES
from partage.core.marks import mark_of_bytes
from partage.core.streams import Stream
from partage.core.units import instant
from partage.intake.arrivals import Arrival, read_arrival_rows
from partage.intake.correction import cells_of, corrected
from partage.intake.likeness import signs_of
from partage.ledger.facts import Entry
from partage.office.desk import Done
from partage.office.permits import Actor, permit
from partage.office.places import Places
from partage.office.plans import Plans
from partage.place.needs import units_needed

DEFAULT_TIME_TO_ANSWER = timedelta(hours=24)


class Office(Places, Plans):
    """One journal, one pack, one clock and one actor; every verb is a method."""

    def acting(self, actor: str | Actor) -> Office:
        """The same office with somebody else at the desk."""
        who = Actor.parse(actor) if isinstance(actor, str) else actor
        return Office(self.journal, self.pack, self.clock, who, self._seed)

    def register(self, data: bytes, *, group: str = "", idem: str | None = None) -> Done:
        """Register the households of an arrivals file; the same file twice gives the first answer.

        ``group`` names a headcount that these people were counted in.
        """
        permit(self.actor, "register")
        arrivals, findings = read_arrival_rows(data, self.pack)
        keys = [arrival.reference.encode() for arrival in arrivals]

        def act() -> Acts:
            known = {
                key.decode(): subject.removeprefix("case/")
                for key, subject in self.journal.find("reference", keys).items()
            }
            acts = register(
                arrivals,
                known,
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
        idem: str | None = None,
    ) -> Done:
        """Count a busload before anybody is described; each of them is in the book from now on."""
        permit(self.actor, "register")
        point = self.pack.entry_point(entry_point) if entry_point else self.pack.entry_points[0]
        if mode not in MODES:
            raise InputRefused(f"'{mode}' is not a mode of entry.", f"Use: {', '.join(MODES)}.")
        return self._do(
            "register",
            lambda: headcount(
                persons, point.id, mode,
                synthetic=synthetic, day=self._day(), stream=self._stream("headcount"),
            ),
            idem,
        )  # fmt: skip

    def close_group(self, group: str, *, idem: str | None = None) -> Done:
        """No more details of a headcount will come; who was never described is an alarm."""
        permit(self.actor, "register")
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
        permit(self.actor, "register")
        arrivals, findings = read_arrival_rows(data, self.pack)
        keys = [arrival.reference.encode() for arrival in arrivals]
        known = {
            key.decode(): subject.removeprefix("case/")
            for key, subject in self.journal.find("reference", keys).items()
        }
        acts = register(
            arrivals, known, at=self._at(), day=self._day(), stream=Stream("preview"),
            findings=findings, alike=self._alike(arrivals),
        )  # fmt: skip
        rows = sorted(acts.data["rows"].values())
        counts = {name: acts.data[name] for name in ("households", "persons", "already")}
        left_out = acts.data["rows_with_faults"]
        later = "register it, then say with 'partage duplicate' whether they are one"
        remarks = tuple(replace(f, do=later) if "duplicate" in f.do else f for f in acts.findings)
        return Done((), {**counts, "rows": rows, "rows_with_faults": left_out}, remarks)

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
        permit(self.actor, "duplicate", case=first)
        columns = []
        for case in (first, second):
            row = self._case(case)
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

        def act() -> Acts:
            row = self._case(case)
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

    def offer(self, case: str, *, until: str | None = None, idem: str | None = None) -> Done:
        """Offer the approved place, with the fallback place held for as long as the offer lives.

        A place that is gone is refused, and the household waits again for the next plan: nobody is
        left between an approval and an offer.
        """
        permit(self.actor, "offer", case=case)
        lives = until or instant(self.clock.now() + DEFAULT_TIME_TO_ANSWER)

        def act() -> Acts:
            row = self._case(case)
            household = self._household(case, row)
            policy = self._policy_of((row.get("approved") or {}).get("plan"))
            return offer(
                household.need,
                row,
                self.journal.rows("places"),
                self.pack,
                policy,
                until=lives,
                at=self._at(),
                stream=self._stream("offer"),
                day=self._day(),
            )

        try:
            return self._do("offer", act, idem)
        except PlaceGone:
            self._do("reopen", lambda: reopen(case, self._case(case), day=self._day()), None)
            raise

    def offer_plan(self, plan: str, *, until: str | None = None, idem: str | None = None) -> Done:
        """Offer every approved place of a plan; what cannot be offered is a finding, line by line.

        Whatever was done is answered, also where another office was faster or the file is full.
        """
        permit(self.actor, "offer")
        lives = until or instant(self.clock.now() + DEFAULT_TIME_TO_ANSWER)
        check_until(lives, self._at())
        cases = [
            case
            for case, row in self.journal.rows("cases", state="approved").items()
            if row["approved"]["plan"] == plan
        ]
        if not cases:
            raise WrongState(
                f"No line of {plan} is approved and not yet offered.", "Approve it first."
            )
        offers: list[Mapping[str, Any]] = []
        reopened: list[str] = []
        entries: tuple[Entry, ...] = ()
        findings: list[Finding] = []
        for case in cases:
            try:
                done = self.offer(case, until=lives, idem=f"{idem}:{case}" if idem else None)
            except PlaceGone as refusal:
                reopened.append(case)
                findings.append(Finding(f"case {case}", refusal.what, refusal.do, "fault"))
            except (WrongState, NotFound, Stale) as refusal:
                findings.append(Finding(f"case {case}", refusal.what, refusal.do, "warning"))
            except Unavailable as refusal:
                findings.append(Finding(f"case {case}", refusal.what, refusal.do, "fault"))
                break
            else:
                offers.append(done.data)
                entries += done.entries
        return Done(
            entries, {"plan": plan, "offers": offers, "reopened": reopened}, tuple(findings)
        )

    def answer(self, case: str, outcome: str, *, idem: str | None = None) -> Done:
        """Record the household's answer: accept, decline, expire, or again after a decline."""
        permit(self.actor, "answer", case=case)
        if outcome not in ("accept", "decline", "expire", "again"):
            raise InputRefused(
                f"'{outcome}' is not an answer.", "Use accept, decline, expire or again."
            )
        return self._do(
            "answer",
            lambda: answer(case, self._case(case), outcome, at=self._at(), day=self._day()),
            idem,
        )

    def depart(
        self,
        site: str,
        *,
        only: Sequence[str] = (),
        no_show: Sequence[str] = (),
        idem: str | None = None,
    ) -> Done:
        """A run leaves for a site with those bound there (or those named)."""
        place = self.pack.site(site)
        permit(self.actor, "depart", region=place.region, site=place.id)

        def act() -> Acts:
            bound = {
                case: row
                for case, row in self.journal.rows("cases", state="bound").items()
                if row["offer"]["site"] == site and (not only or case in {*only, *no_show})
            }
            missing = sorted(set(only) - set(bound))
            if missing:
                raise WrongState(f"{', '.join(missing)} is not bound to {site}.", "See its state.")
            row, _ = self._place(f"site/{site}")
            return depart(
                site, bound, row, no_show=no_show, day=self._day(), stream=self._stream("depart")
            )

        return self._do("depart", act, idem)

    def arrive(
        self,
        run: str,
        *,
        seen_at_origin: Sequence[str] = (),
        not_seen: Sequence[str] = (),
        idem: str | None = None,
    ) -> Done:
        """Those of a run who arrived are hosted; each who did not is accounted for."""
        site = str(self._history(f"run/{run}", run)[0].body["site"])
        place = self.pack.site(site)
        permit(self.actor, "arrive", region=place.region, site=site, run=run)

        def act() -> Acts:
            on_road = {
                case: row
                for case, row in self.journal.rows("cases", state="travelling").items()
                if row["run"] == run
            }
            return arrive(
                run,
                on_road,
                seen_at_origin=seen_at_origin,
                not_seen=not_seen,
                day=self._day(place.zone),
            )

        return self._do("arrive", act, idem)

    def arrive_at_fallback(self, case: str, *, idem: str | None = None) -> Done:
        """A household that declined moves into the place that was kept for it."""
        row = self._case(case)
        site = (row.get("fallback") or {}).get("site", "")
        permit(self.actor, "arrive", site=site, case=case)
        return self._do(
            "arrive", lambda: arrive_at_fallback(case, self._case(case), day=self._day()), idem
        )

    def found(self, case: str, *, idem: str | None = None) -> Done:
        """A household that was not seen is seen again."""
        permit(self.actor, "arrive", case=case)
        return self._do("arrive", lambda: found(case, self._case(case), day=self._day()), idem)

    def arrive_late(self, case: str, site: str, *, idem: str | None = None) -> Done:
        """A household that was not seen turns up at a site and stays, if there is room."""
        where = self.pack.site(site)
        permit(self.actor, "arrive", region=where.region, site=site)

        def act() -> Acts:
            row = self._case(case)
            day = self._day(where.zone)
            today = date.fromisoformat(day)
            place, _ = self._place(f"site/{site}")
            need = self._household(case, row).need
            units = by_period(units_needed(need), self.pack.services, today)
            free = self._situation(today, 1).allocable.get(site, {})
            return arrive_late(case, row, units, site, free, place, day=day)

        return self._do("arrive", act, idem)

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
                {view: self.journal.rows(view) for view in ("cases", "places", "book")},
                self.journal.secrets(),
                self.journal.blob,
                anchor,
            )
