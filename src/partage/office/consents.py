"""The consent of people: offers with a fallback place held beside them, and each adult's answer."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from partage.casework.acts import Acts, new_secret
from partage.casework.approve import load_document
from partage.casework.horizon import agreed_on
from partage.casework.letter import adult_of, check_answers_for_itself
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
from partage.casework.survey import city_of
from partage.casework.terms import terms_on
from partage.core.errors import (
    InputRefused,
    NotFound,
    Stale,
    Unavailable,
    WrongState,
    named,
    shown,
)
from partage.core.findings import Finding
from partage.core.units import instant
from partage.office.desk import Desk, Done
from partage.office.ports import Answered
from partage.report.offer_text import offer_text

DEFAULT_TIME_TO_ANSWER = timedelta(hours=24)


class Consents(Desk):
    """The consent of people: offers with a fallback place held beside them, and each adult's answer."""

    def offer(
        self, case: str, *, until: str | None = None, contact: str = "", idem: str | None = None
    ) -> Done:
        """Offer the approved place, with the fallback place held for as long as the offer lives.

        A place that is gone is refused, and the household waits again for the next plan: nobody is
        left between an approval and an offer.
        """
        self._permit("offer", case=case)
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
        self._permit("offer")
        lives = until or instant(self.clock.now() + DEFAULT_TIME_TO_ANSWER)
        cases = [
            case
            for case, row in self.journal.rows("cases", state="approved").items()
            if row["approved"]["plan"] == plan
        ]
        before = self._offered_before(plan, idem) if idem else {}
        if cases:
            check_until(lives, self._at())
        elif not before:
            raise WrongState(
                f"No line of {named(plan)} is approved and not yet offered.", "Approve it first."
            )
        offers: list[Mapping[str, Any]] = [one.data for one in before.values()]
        reopened: list[str] = []
        entries = tuple(entry for one in before.values() for entry in one.entries)
        findings: list[Finding] = []
        for case in cases:
            if case in before:
                continue
            try:
                done = self.offer(case, until=lives, contact=contact, idem=_key_of(idem, case))
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
        data: dict[str, Any] = {"plan": plan, "offers": offers, "reopened": reopened}
        if before and not (cases and offers[len(before) :]):
            data["answered_before"] = True
        return Done(entries, data, tuple(findings))

    def _offered_before(self, plan: str, idem: str) -> dict[str, Answered]:
        """The lines of a plan that were offered under this key before, with what was answered."""
        proposal = next(iter(self.journal.read(subject=f"plan/{plan}")), None)
        if proposal is None:
            return {}
        lines = load_document(self.journal.blob(proposal.body["document"]), plan)["lines"]
        first = {
            line["case"]: self.journal.answered(f"offer:{self._blinded(_key_of(idem, line['case']))}")
            for line in lines
            if line["site"]
        }  # fmt: skip
        return {case: said for case, said in first.items() if said is not None}

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
        ground = self._permit("answer", case=case)
        if outcome not in ("accept", "decline", "expire", "again"):
            raise InputRefused(
                f"{shown(outcome)} is not an answer.", "Use accept, decline, expire or again."
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
                if self.actor.role == "household":
                    mine = adult_of(self.actor.name)
                    check_answers_for_itself(case, need.ages.adults, mine, adult)
            # a refusal of what was handed in says how many adults there are
            with self._looking("answer", [case], ground, refusals=InputRefused):
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
        ground = self._permit("explain", case=case)
        row = self._case(case)
        self._read("offer", [case], ground)
        wanted = [language] if language else (row.get("offer") or {}).get("languages", ["en", "fr"])
        return "\n\n".join(self._offer_said(case, row, one) for one in wanted)

    def _offer_said(self, case: str, row: Mapping[str, Any], language: str) -> str:
        """The offer of a case in one language; whoever calls has logged the look."""
        held = row.get("offer") or {}
        contacts = [json.loads(s.data) for s in self._secrets(f"case/{case}", "contact")]
        contact = next((c["contact"] for c in contacts if c["offer"] == held.get("id")), "")
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
        return offer_text(case, row, self.pack, language, agreed, tuple(said), contact)


def _key_of(idem: str | None, case: str) -> Any:
    """The key of one line under the key of all; one that was made here, and is not blinded, stays one."""
    return type(idem)(f"{idem}:{case}") if idem else None
