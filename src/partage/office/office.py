"""The office: each verb asks the permit, reads what it needs, calls the pure verb and appends."""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from partage.casework.acts import Acts
from partage.casework.agree import agree_region, agree_site, update_site
from partage.casework.approve import approve, load_document
from partage.casework.check_policy import check_in_force, check_policy
from partage.casework.count import count
from partage.casework.offer import answer, offer, reopen
from partage.casework.planning import DEFAULT_SECONDS, place_households
from partage.casework.propose import propose
from partage.casework.register import register
from partage.casework.travel import arrive, arrive_at_fallback, depart, found
from partage.casework.verify import Report, verify
from partage.core.errors import InputRefused, NotFound, Refusal, Stale, WrongState
from partage.core.findings import Finding
from partage.core.marks import mark_of_bytes
from partage.core.plan import Plan, Reason
from partage.core.situation import Agreement, Capacity, Situation
from partage.core.units import instant
from partage.intake.arrivals import read_arrival_rows
from partage.ledger.facts import Entry
from partage.office.desk import Desk, Done
from partage.office.permits import Actor, permit

DEFAULT_TIME_TO_ANSWER = timedelta(hours=24)


class Office(Desk):
    """One journal, one pack, one clock and one actor; every verb is a method."""

    def acting(self, actor: str | Actor) -> Office:
        """The same office with somebody else at the desk."""
        who = Actor.parse(actor) if isinstance(actor, str) else actor
        return Office(self.journal, self.pack, self.clock, who, self._seed)

    # -- taking in -------------------------------------------------------------------------

    def register(self, data: bytes, *, idem: str | None = None) -> Done:
        """Register the households of an arrivals file; the same file twice gives the first answer."""
        permit(self.actor, "register")
        arrivals, findings = read_arrival_rows(data, self.pack)
        keys = [arrival.reference.encode() for arrival in arrivals]

        def act() -> Acts:
            known = {
                key.decode(): subject.removeprefix("case/")
                for key, subject in self.journal.find("reference", keys).items()
            }
            return register(
                arrivals,
                known,
                at=self._at(),
                day=self._day(),
                stream=self._stream("register"),
                findings=findings,
            )

        done = self._do("register", act, idem or mark_of_bytes(data))
        if done.data.get("answered_before"):
            return replace(done, findings=tuple(findings))
        return done

    # -- places ----------------------------------------------------------------------------

    def agree(
        self,
        party: str,
        agreement: Agreement,
        capacity: Sequence[Capacity] = (),
        *,
        idem: str | None = None,
    ) -> Done:
        """Record the consent of a region or a site; only those who own the places may."""
        site = next((s for s in self.pack.sites if s.id == party), None)
        if site is None:
            region = self.pack.region(self.pack.region_id(party))
            permit(self.actor, "agree", region=region.id)

            def act_region() -> Acts:
                before, version = self._place(f"region/{region.id}")
                return agree_region(region, agreement, before, version=version, day=self._day())

            return self._do("agree", act_region, idem)
        permit(self.actor, "agree", region=site.region, site=site.id)

        def act_site() -> Acts:
            before, version = self._place(f"site/{site.id}")
            return agree_site(
                site,
                agreement,
                capacity,
                self.pack.services,
                before,
                version=version,
                day=self._day(site.zone),
            )

        return self._do("agree", act_site, idem)

    def agree_as_in_pack(self, region: str) -> list[Done]:
        """Record what the pack says a region and its sites agreed to, each once."""
        region = self.pack.region_id(region)
        parties = [region, *(s.id for s in self.pack.sites if s.region == region)]
        done = []
        for number, agreement in enumerate(self.pack.agreements):
            if agreement.party in parties and agreement.agreed_on <= date.fromisoformat(
                self._day()
            ):
                rows = [row for row in self.pack.capacity if row.site == agreement.party]
                idem = f"agree:{self.pack.mark}:{number}"
                done.append(self.agree(agreement.party, agreement, rows, idem=idem))
        if not done:
            raise NotFound(
                f"The pack has no agreement of {region} made by {self._day()}.",
                "A province without consent has no places; record an agreement when there is one.",
            )
        return done

    def update(
        self,
        site: str,
        *,
        blocked: Mapping[str, int] | None = None,
        first: date | None = None,
        last: date | None = None,
        why: str = "",
        idem: str | None = None,
    ) -> Done:
        """Block places at a site for a while, or say that nothing has changed."""
        place = self.pack.site(site)
        permit(self.actor, "update", region=place.region, site=place.id)
        today = date.fromisoformat(self._day(place.zone))
        return self._do(
            "update",
            lambda: update_site(
                place,
                self.pack.services,
                blocked=dict(blocked or {}),
                first=first or today,
                last=last or first or today,
                why=why,
                day=self._day(place.zone),
                at=self._at(),
            ),
            idem,
        )

    def survey(self, day: date | None = None, nights: int = 30) -> Situation:
        """What can be given on a day, with everything somebody should look at first."""
        permit(self.actor, "survey")
        return self._situation(day or date.fromisoformat(self._day()), nights)

    def survey_for(self, plan: Plan) -> Situation:
        """The situation a plan was made on, as it stands now."""
        return self._situation(plan.day, self.policy(plan.policy).nights)

    # -- plan ------------------------------------------------------------------------------

    def propose(
        self,
        policy: str,
        day: date | None = None,
        *,
        as_if: bool = False,
        lots: tuple[str, ...] = (),
        seconds: float = DEFAULT_SECONDS,
        idem: str | None = None,
    ) -> tuple[Plan | None, Done]:
        """A plan for all who wait, judged by the referee and kept; it moves nobody.

        The plan is None where ``idem`` was answered before.
        """
        permit(self.actor, "propose")
        chosen = self.policy(policy)
        check_policy(chosen)
        day = day or date.fromisoformat(self._day())
        check_in_force(chosen, day, as_if=as_if)
        made: list[Plan] = []

        def act() -> Acts:
            waiting = self.journal.rows("cases", state="waiting")
            beside = self.journal.rows("cases", state="outside-engine")
            households = [self._household(case, row) for case, row in (waiting | beside).items()]
            stream = self._stream("propose")
            plan = place_households(
                households,
                self._situation(day, chosen.nights),
                chosen,
                self.pack.figures,
                seed=stream.child("lots").token(26),
                lots=lots,
                as_if=as_if,
                seconds=seconds,
            )
            made.append(plan)
            return propose(plan, waiting | beside, day=self._day(), stream=stream)

        done = self._do("propose", act, idem)
        said = made[-1].assumptions if made else ()
        return (made[-1] if made else None), replace(done, assumptions=said)

    def approve(self, plan: str, *, only: Sequence[str] = (), idem: str | None = None) -> Done:
        """Approve the lines of a plan that somebody else proposed."""
        permit(self.actor, "approve")

        def act() -> Acts:
            history = self._history(f"plan/{plan}", plan)
            document = load_document(self.journal.blob(history[0].body["document"]), plan)
            cases = {line["case"]: self._case(line["case"]) for line in document["lines"]}
            return approve(
                history,
                document,
                cases,
                self.policy(document["policy"]),
                actor=self.actor.name,
                only=only,
                day=self._day(),
            )

        return self._do("approve", act, idem)

    def explain(self, case: str) -> dict[str, Any]:
        """What is known of a case: its state, its last plan, and the reason it was given."""
        permit(self.actor, "explain", case=case)
        row = self._case(case)
        history = list(self.journal.read(subject=f"case/{case}"))
        reasons = {
            reason["plan"]: reason
            for reason in (
                json.loads(secret.data) for secret in self.journal.secrets(f"case/{case}", "reason")
            )
        }
        last = reasons.get(_plan_that_counts(row, history)) or next(
            reversed(reasons.values()), None
        )
        plan = self._history(f"plan/{last['plan']}", last["plan"])[0] if last else None
        site = None
        if last and plan:
            document = load_document(self.journal.blob(plan.body["document"]), last["plan"])
            site = next(line["site"] for line in document["lines"] if line["case"] == case)
        return {
            "case": case,
            "row": row,
            "plan": last["plan"] if last else None,
            "site": site,
            "proposal": dict(plan.body) if plan else None,
            "reason": Reason.from_dict(last) if last else None,
            "history": [
                {"no": e.no, "at": e.at, "verb": e.verb, "role": e.role, "step": e.body.get("step")}
                for e in history
            ],
        }

    # -- offers and answers ----------------------------------------------------------------

    def offer(self, case: str, *, until: str | None = None, idem: str | None = None) -> Done:
        """Offer the approved place, with the fallback place held for as long as the offer lives."""
        permit(self.actor, "offer", case=case)

        def act() -> Acts:
            row = self._case(case)
            household = self._household(case, row)
            approved = row.get("approved") or {}
            policy = self._policy_of(approved.get("plan"))
            lives = until or instant(self.clock.now() + DEFAULT_TIME_TO_ANSWER)
            places = self.journal.rows("places")
            versions: dict[str, int] = {
                site.id: self.journal.version(f"site/{site.id}") for site in self.pack.sites
            }
            return offer(
                household.need,
                row,
                places,
                versions,
                self.pack,
                policy,
                until=lives,
                at=self._at(),
                stream=self._stream("offer"),
                day=self._day(),
            )

        return self._do("offer", act, idem)

    def offer_plan(self, plan: str, *, until: str | None = None) -> Done:
        """Offer every approved place of a plan.

        A place that cannot be offered any more is a finding, and its household waits again for
        the next plan: nobody is left between an approval and an offer.
        """
        permit(self.actor, "offer")
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
                done = self.offer(case, until=until)
            except Stale:
                raise
            except Refusal as refusal:
                self._do("offer", functools.partial(self._reopened, case), None)
                reopened.append(case)
                findings.append(Finding(f"case {case}", refusal.what, refusal.do, "fault"))
            else:
                offers.append(done.data)
                entries += done.entries
        return Done(
            entries, {"plan": plan, "offers": offers, "reopened": reopened}, tuple(findings)
        )

    def _reopened(self, case: str) -> Acts:
        return reopen(case, self._case(case), day=self._day())

    def answer(self, case: str, outcome: str, *, idem: str | None = None) -> Done:
        """Record the household's answer: accept, decline or expire."""
        permit(self.actor, "answer", case=case)
        if outcome not in ("accept", "decline", "expire"):
            raise InputRefused(f"'{outcome}' is not an answer.", "Use accept, decline or expire.")
        return self._do(
            "answer",
            lambda: answer(case, self._case(case), outcome, at=self._at(), day=self._day()),
            idem,
        )

    # -- on the road -----------------------------------------------------------------------

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
            return depart(
                site, bound, no_show=no_show, day=self._day(), stream=self._stream("depart")
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

    def count(self, where: str, reported: int, *, by: str = "", idem: str | None = None) -> Done:
        """Record an outside count of persons at a site or an entry point."""
        site = next((s for s in self.pack.sites if s.id == where), None)
        region = site.region if site else self.pack.entry_point(where).region
        permit(self.actor, "count", region=region, site=where)
        account = f"hosted@{where}" if site else f"waiting@{where}"

        def act() -> Acts:
            book = (self.journal.row("book", account) or {"persons": 0})["persons"]
            return count(account, reported, book, by=by, day=self._day())

        return self._do("count", act, idem)

    # -- checking --------------------------------------------------------------------------

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
        return verify(
            self.journal.read(),
            self.journal.head(),
            {view: self.journal.rows(view) for view in ("cases", "places", "book")},
            self.journal.secrets(),
            self.journal.blob,
            anchor,
        )


def _plan_that_counts(row: Mapping[str, Any], history: Sequence[Entry]) -> str:
    """The plan that was last approved for a case that has moved on since; none while it waits."""
    if row["state"] in ("waiting", "outside-engine"):
        return ""
    approved = [e.body["case"]["approved"]["plan"] for e in history if e.verb == "approve"]
    return str(approved[-1]) if approved else ""
