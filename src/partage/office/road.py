"""The two consents and the road: offers, answers, runs and arrivals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from partage.casework.acts import Acts, by_period, new_secret
from partage.casework.board import Vehicle, board, change_manifest, manifest_lines
from partage.casework.offer import (
    Asked,
    PlaceGone,
    answer,
    check_apart,
    check_until,
    not_interpreted,
    offer,
    reopen,
)
from partage.casework.survey import agreed_on, city_of
from partage.casework.terms import terms_on
from partage.casework.travel import (
    arrive,
    arrive_at_fallback,
    arrive_late,
    check_open,
    depart,
    found,
)
from partage.core.errors import InputRefused, NotFound, Stale, Unavailable, WrongState
from partage.core.findings import Finding
from partage.core.household import Need
from partage.core.units import instant
from partage.ledger.facts import Entry
from partage.office.desk import Desk, Done
from partage.office.permits import permit
from partage.place.needs import units_needed
from partage.report.offer_text import offer_text

DEFAULT_TIME_TO_ANSWER = timedelta(hours=24)


class Road(Desk):
    """The two consents and the road: offers, answers, runs and arrivals."""

    def offer(
        self, case: str, *, until: str | None = None, contact: str = "", idem: str | None = None
    ) -> Done:
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
                contact=contact,
            )

        try:
            return self._do("offer", act, idem)
        except PlaceGone:
            self._do("reopen", lambda: reopen(case, self._case(case), day=self._day()), None)
            raise

    def offer_plan(
        self, plan: str, *, until: str | None = None, contact: str = "", idem: str | None = None
    ) -> Done:
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
                key = f"{idem}:{case}" if idem else None
                done = self.offer(case, until=lives, contact=contact, idem=key)
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

    def answer(
        self,
        case: str,
        outcome: str,
        *,
        adult: int = 0,
        language: str = "",
        interpreter: str = "",
        idem: str | None = None,
    ) -> Done:
        """Record an answer: accept, decline, expire, or again after a decline.

        Each adult is asked apart: ``adult`` says which one answered, 0 that each of them did, one by
        one. ``interpreter`` is who interpreted; the name goes to the vault.
        """
        permit(self.actor, "answer", case=case)
        if outcome not in ("accept", "decline", "expire", "again"):
            raise InputRefused(
                f"'{outcome}' is not an answer.", "Use accept, decline, expire or again."
            )

        def act() -> Acts:
            row = self._case(case)
            asked = Asked()
            findings: tuple[Finding, ...] = ()
            if outcome in ("accept", "decline"):
                need = self._household(case, row).need
                adults = max(1, need.ages.adults)
                asked = Asked(adult, adults, language, bool(interpreter))
                findings = not_interpreted(need, asked)
                if self.actor.role == "household" and outcome == "accept":
                    check_apart(case, asked)
            acts = answer(case, row, outcome, at=self._at(), day=self._day(), asked=asked)
            acts = replace(acts, findings=(*acts.findings, *findings))
            if not interpreter:
                return acts
            stream = self._stream("answer")
            who = new_secret(stream, "interpreter", f"case/{case}", interpreter.encode())
            first = acts.drafts[0]
            body = {**first.body, "vault": {who.kind: who.commitment}}
            drafts = (replace(first, body=body), *acts.drafts[1:])
            return replace(acts, drafts=drafts, secrets=(*acts.secrets, who))

        return self._do("answer", act, idem)

    def offer_text(self, case: str, language: str = "") -> str:
        """The offer that a case holds, as its household reads it; in its official language, or both."""
        ground = permit(self.actor, "explain", case=case)
        row = self._case(case)
        self._read("offer", case, ground)
        held = row.get("offer") or {}
        site = held.get("site", "")
        place = self.journal.row("places", site) or {}
        day = date.fromisoformat(held.get("day", self._day()))
        agreed: dict[str, int] = {s.id: agreed_on(place, s, day) for s in self.pack.services}
        said: list[str] = []
        if site:
            where = self.pack.site(site)
            for key in (where.region, city_of(where)):
                owner = self.journal.row("places", key) or {}
                said += terms_on(owner, day).get("conditions", ())
        wanted = [language] if language else held.get("languages", ["en", "fr"])
        return "\n\n".join(
            offer_text(case, row, self.pack, one, agreed, tuple(said)) for one in wanted
        )

    def board(
        self,
        site: str,
        vehicles: Sequence[Vehicle],
        leaves_at: str,
        *,
        idem: str | None = None,
    ) -> Done:
        """Fill vehicles with those bound for a site, households and links together: a manifest each."""
        place = self.pack.site(site)
        permit(self.actor, "board", region=place.region, site=site)

        def act() -> Acts:
            listed = {case for _, row in self._boarding() for case in row["cases"]}
            bound = {
                case: (row, self._household(case, row).need)
                for case, row in self._bound(site).items()
                if case not in listed
            }
            return board(
                site, vehicles, bound,
                leaves_at=leaves_at, day=self._day(), stream=self._stream("board"),
            )  # fmt: skip

        return self._do("board", act, idem)

    def change_manifest(
        self,
        run: str,
        *,
        add: Sequence[str] = (),
        remove: Sequence[str] = (),
        idem: str | None = None,
    ) -> Done:
        """Add or remove households before a run leaves: a new version that supersedes the last."""
        row = self._run(run)
        permit(self.actor, "board", site=row["site"], run=run)

        def act() -> Acts:
            now = self._run(run)
            listed = {c for other, r in self._boarding() if other != run for c in r["cases"]}
            twice = sorted(listed & {*add})
            if twice:
                raise WrongState(f"{twice[0]} is on another manifest.", "Remove it there first.")
            people = self._people(
                [*now.get("cases", ()), *add]
            )  # a run without a manifest has none
            return change_manifest(
                run, now, people, add=add, remove=remove, version=now["version"], day=self._day()
            )

        return self._do("board", act, idem)

    def manifest(self, run: str) -> dict[str, Any]:
        """The manifest of a run as data: its version and mark, a line per household by its code."""
        row = self._run(run)
        self._read("manifest", run, permit(self.actor, "board", site=row["site"], run=run))
        return {
            "run": run,
            **{k: row[k] for k in ("site", "state", "day", "persons")},
            **{k: row.get(k) for k in ("leaves_at", "vehicle", "manifest", "supersedes")},
            "mark": row.get("manifest_mark", ""),
            "anchor": self.journal.head()[1],
            "lines": manifest_lines(row.get("cases", ()), self._people(row.get("cases", ()))),
        }

    def _run(self, run: str) -> dict[str, Any]:
        row = self.journal.row("matters", f"run/{run}")
        if row is None:
            raise NotFound(f"There is no run {run}.", "Name the run, R-….")
        return row

    def _boarding(self) -> list[tuple[str, dict[str, Any]]]:
        rows = self.journal.rows("matters", list="run/boarding")
        return [(subject.partition("/")[2], row) for subject, row in rows.items()]

    def _bound(self, site: str) -> dict[str, dict[str, Any]]:
        rows = self.journal.rows("cases", state="bound")
        return {case: row for case, row in rows.items() if row["offer"]["site"] == site}

    def _people(self, cases: Sequence[str]) -> dict[str, tuple[dict[str, Any], Need]]:
        rows = {case: self._case(case) for case in cases}
        return {case: (row, self._household(case, row).need) for case, row in rows.items()}

    def depart(
        self,
        where: str,
        *,
        only: Sequence[str] = (),
        no_show: Sequence[str] = (),
        idem: str | None = None,
    ) -> Done:
        """A run leaves: with its manifest (``R-…``), or for a site with those bound there or named."""
        run = where if where.startswith("R-") else ""
        site = str(self._run(run)["site"]) if run else where
        place = self.pack.site(site)
        permit(self.actor, "depart", region=place.region, site=place.id, run=run)

        def act() -> Acts:
            bound = self._bound(site)
            manifest = (run, self._run(run)) if run else None
            if manifest:
                if manifest[1]["state"] != "boarding":
                    raise WrongState(f"Run {run} has left already.", "Nothing to do.")
                mine = {*manifest[1]["cases"]}
                gone = sorted(mine - set(bound))
                if gone:
                    raise WrongState(
                        f"{', '.join(gone)} is on the manifest and not bound there any more.",
                        "Remove it: 'partage board RUN --remove CASE', a new version.",
                    )
            else:
                listed = {case for _, row in self._boarding() for case in row["cases"]}
                mine = set(bound) - (listed - {*only})
            bound = {c: r for c, r in bound.items() if c in mine}
            if only:
                bound = {c: r for c, r in bound.items() if c in {*only, *no_show}}
            missing = sorted(set(only) - set(bound))
            if missing:
                raise WrongState(f"{', '.join(missing)} is not bound to {site}.", "See its state.")
            if set(bound) - {*no_show}:
                check_open(place, self.journal.rows("places"), self._day())
            row, _ = self._place(f"site/{site}")
            return depart(
                site, bound, row, no_show=no_show, day=self._day(),
                stream=self._stream("depart"), manifest=manifest,
            )  # fmt: skip

        return self._do("depart", act, idem)

    def arrive(
        self,
        run: str,
        *,
        seen_at_origin: Sequence[str] = (),
        not_seen: Sequence[str] = (),
        only: Sequence[str] = (),
        idem: str | None = None,
    ) -> Done:
        """Those of a run who arrived are hosted; each who did not is accounted for.

        ``only``: these are there, the others are still on the road (a second vehicle, a delay).
        """
        body = self._history(f"run/{run}", run)[0].body
        site = str(body["matter"]["site"])
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
                only=only,
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
        """A household that was not seen, or came by itself, stays at a site, if there is room."""
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
