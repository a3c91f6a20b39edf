"""The two consents and the road: offers, answers, runs and arrivals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from partage.casework.acts import Acts, by_period, new_secret
from partage.casework.offer import Asked, PlaceGone, answer, check_until, offer, reopen
from partage.casework.survey import agreed_on, city_of
from partage.casework.travel import arrive, arrive_at_fallback, arrive_late, depart, found
from partage.core.errors import InputRefused, NotFound, Stale, Unavailable, WrongState
from partage.core.findings import Finding
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
            if outcome in ("accept", "decline"):
                adults = max(1, self._household(case, row).need.ages.adults)
                asked = Asked(adult, adults, language, bool(interpreter))
            acts = answer(case, row, outcome, at=self._at(), day=self._day(), asked=asked)
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
        permit(self.actor, "explain", case=case)
        row = self._case(case)
        held = row.get("offer") or {}
        site = held.get("site", "")
        place = self.journal.row("places", site) or {}
        day = date.fromisoformat(held.get("day", self._day()))
        agreed: dict[str, int] = {s.id: agreed_on(place, s, day) for s in self.pack.services}
        said: list[str] = list(place.get("conditions", ()))
        if site:
            where = self.pack.site(site)
            for key in (where.region, city_of(where)):
                said += (self.journal.row("places", key) or {}).get("conditions", ())
        wanted = [language] if language else held.get("languages", ["en", "fr"])
        return "\n\n".join(
            offer_text(case, row, self.pack, one, agreed, tuple(said)) for one in wanted
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
        only: Sequence[str] = (),
        idem: str | None = None,
    ) -> Done:
        """Those of a run who arrived are hosted; each who did not is accounted for.

        ``only``: these are there, the others are still on the road (a second vehicle, a delay).
        """
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
