"""Proposals, approvals, and the reason for each household."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from partage.casework.acts import Acts
from partage.casework.adopt import STANDING, cut_off_instant
from partage.casework.approve import approve, load_document
from partage.casework.carry import balance_of
from partage.casework.check_policy import check_in_force, check_not_over, check_policy, review_due
from partage.casework.draw import commit_draw, hold_draw
from partage.casework.planning import DEFAULT_SECONDS, place_households
from partage.casework.propose import propose
from partage.core.errors import NotFound, WrongState
from partage.core.findings import Finding
from partage.core.plan import Plan, Reason
from partage.core.policy import Policy
from partage.core.streams import Stream
from partage.ledger.facts import Entry
from partage.office.desk import Desk, Done
from partage.place.tiers import Told
from partage.report.audit import Place, proxy_audit
from partage.report.provenance import provenance
from partage.report.table import Table


class Plans(Desk):
    """Proposals, approvals, and the reason for each household."""

    def propose(
        self,
        policy: str = "",
        day: date | None = None,
        *,
        as_if: bool = False,
        lots: tuple[str, ...] = (),
        draw: str = "",
        seconds: float = DEFAULT_SECONDS,
        say: Told | None = None,
        idem: str | None = None,
    ) -> tuple[Plan | None, Done]:
        """A plan for all who wait, judged by the referee and kept; it moves nobody.

        A tie in the key is answered by ``lots`` (the order of a draw held elsewhere) or by ``draw``
        (the id of one held here). The plan is None where ``idem`` was answered before. Without
        ``policy`` it is the standing one; who was taken in after its cut-off is in the next plan.
        ``say`` is told how far the search is.
        """
        self._permit("propose")
        standing = self._standing()
        if not policy and not standing:
            raise WrongState(
                "No standing policy is adopted.", "Name one with --policy, or 'partage adopt' one."
            )
        policy = policy or standing["policy"]
        day = day or date.fromisoformat(self._day())
        chosen = self._usable(policy, day, as_if=as_if)
        cut_off = self._cut_off(day.isoformat())
        lots = self._drawn(draw) if draw else lots
        made: list[Plan] = []

        def act() -> Acts:
            waiting = self.journal.rows("cases", state="waiting")
            late = taken_in_after(cut_off, waiting)
            beside = self.journal.rows("cases", state="outside-engine")
            asked = {c: r for c, r in waiting.items() if c not in late} | beside
            stream = self._stream("propose")
            plan = self._plan(
                chosen, day, asked, stream, lots=lots, as_if=as_if, seconds=seconds, say=say
            )
            plan = replace(plan, findings=(*late_findings(late, cut_off), *plan.findings))
            made.append(plan)
            return propose(
                plan,
                asked,
                day=self._day(),
                stream=stream,
                draw=draw,
                carries=chosen.key is not None and chosen.key.carry and not as_if,
                more=({"cut_off": cut_off} if cut_off else {}) | self._hands_too(),
            )

        done = self._do("propose", act, idem)
        said = made[-1].assumptions if made else ()
        return (made[-1] if made else None), replace(done, assumptions=said)

    def _hands_too(self, *before: str) -> dict[str, list[str]]:
        """Who else counts as having proposed a plan: those before, and whom a deputy stands in for."""
        hands = [*before, *self._stands_for()]
        return {"hands": hands} if hands else {}

    def _standing(self) -> dict[str, str]:
        row = self.journal.row("matters", STANDING) or {}
        return dict(row.get("in_force") or {})

    def _cut_off(self, day: str) -> str:
        """The instant after which who is taken in is in the next plan; "" if that is not said for a day."""
        standing = self._standing()
        if not standing or day != self._day():
            return ""
        return cut_off_instant(standing["cut_off"], day, self.pack.entry_points[0].zone)

    def standing(self) -> dict[str, str]:
        """The standing policy with its mark and cut-off; empty where none is adopted."""
        self._permit("survey")
        return self._standing()

    def _usable(self, policy: str, day: date, *, as_if: bool) -> Policy:
        chosen = self.pack.policy(policy)
        check_policy(chosen, [region.id for region in self.pack.regions])
        check_in_force(chosen, day, as_if=as_if)
        check_not_over(day, date.fromisoformat(self._day()), as_if=as_if)
        return chosen

    def _plan(
        self,
        policy: Policy,
        day: date,
        rows: Mapping[str, Mapping[str, Any]],
        stream: Stream,
        *,
        lots: tuple[str, ...] = (),
        as_if: bool = False,
        seconds: float = DEFAULT_SECONDS,
        mechanism: str = "",
        chosen: Mapping[str, str | None] | None = None,
        say: Told | None = None,
    ) -> Plan:
        households, lost = self._households(rows)
        plan = place_households(
            households,
            self._situation(day, policy.nights, silent_hours=policy.silent_hours, chosen=chosen),
            policy,
            self.pack.figures,
            seed=stream.child("lots").token(26),
            mechanism=mechanism,
            lots=lots,
            balance=balance_of(self.journal.rows("places"), policy.id),
            as_if=as_if,
            seconds=seconds,
            chosen=chosen,
            say=say,
        )
        return replace(plan, findings=(*lost, *review_due(policy, day), *plan.findings))

    def draw(self, draw: str = "", among: Sequence[str] = (), *, idem: str | None = None) -> Done:
        """Commit to the seed of a public draw; or, with its id, hold it among the tied regions."""
        self._permit("draw")
        if not draw:
            return self._do("draw", lambda: commit_draw(self._stream("draw"), self._day()), idem)

        def act() -> Acts:
            history = self._history(f"draw/{draw}", draw)
            seeds = list(self._secrets(f"draw/{draw}", "draw-seed"))
            if not seeds:
                raise NotFound(f"The seed of the draw {draw} is gone.", "Commit to a new one.")
            regions = [self.pack.region_id(region) for region in among]
            return hold_draw(
                draw,
                history[0].body,
                history[-1].version,
                seeds[0].data.decode(),
                regions,
                self._day(),
            )

        return self._do("draw", act, idem)

    def _drawn(self, draw: str) -> tuple[str, ...]:
        """The order of a public draw that was held in this office."""
        held = self._history(f"draw/{draw}", draw)[-1]
        if "order" not in held.body:
            raise WrongState(
                f"The draw {draw} was committed to, but not held yet.",
                f"Hold it first: 'partage draw {draw} --among …'.",
            )
        return tuple(held.body["order"])

    def audit(self, plan: str) -> list[Table]:
        """Destination by nationality and by language of a kept plan, small cells hidden; counts only.

        The look is logged with the plan. Who was erased since is not in it.
        """
        ground = self._permit("propose")
        proposal = self._history(f"plan/{plan}", plan)[0]
        document = load_document(self.journal.blob(proposal.body["document"]), plan)
        self._read("audit", [f"plan/{plan}"], ground)
        people, _ = self._households({r["case"]: self._case(r["case"]) for r in document["lines"]})
        lines = [Place(row["case"], row["persons"], row["region"]) for row in document["lines"]]
        return proxy_audit(lines, {household.id: household for household in people})

    def approve(
        self,
        plan: str,
        *,
        only: Sequence[str] = (),
        moves: int | None = None,
        idem: str | None = None,
    ) -> Done:
        """Approve the lines of a plan that somebody else proposed.

        ``moves`` says that the approver looked at so many moves, where a re-plan moves more than its
        policy lets.
        """
        self._permit("approve")

        def act() -> Acts:
            history = self._history(f"plan/{plan}", plan)
            document = load_document(self.journal.blob(history[0].body["document"]), plan)
            cases = {line["case"]: self._case(line["case"]) for line in document["lines"]}
            return approve(
                history,
                document,
                cases,
                self.pack.policy(document["policy"]),
                actor=self.actor.name,
                deputy_for=self._stands_for(),
                only=only,
                day=self._day(),
                moves=moves,
                standing=self._started_from(document),
            )

        return self._do("approve", act, idem)

    def _started_from(self, document: Mapping[str, Any]) -> list[Entry]:
        """The entries of the plan that this one started from, or at whose prices it was made; else none."""
        before = document.get("replan", {}).get("plan") or document.get("standing")
        return self._history(f"plan/{before}", before) if before else []

    def _replanned(self, case: str, reasons: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
        """What the latest re-plan did with a household's line, and for whom it makes room; none: {}."""
        last = next((r for r in reversed(reasons) if r.get("replan")), None)
        if last is None or last is not reasons[-1]:
            return {}
        history = self._history(f"plan/{last['plan']}", last["plan"])
        document = load_document(self.journal.blob(history[0].body["document"]), last["plan"])
        moves = {move["case"]: move for move in document["replan"]["moves"]}
        frees = moves.get(case, {}).get("frees_for", [])
        return {**last["replan"], "by": last["plan"], "frees_for": frees}

    def provenance(self, plan: str) -> dict[str, Any]:
        """Where a plan comes from, as PROV-JSON: inputs by their marks, the engine, roles, approvals."""
        self._permit("survey")
        history = self._history(f"plan/{plan}", plan)
        document = load_document(self.journal.blob(history[0].body["document"]), plan)
        return provenance(plan, history, document)

    def explain(self, case: str) -> dict[str, Any]:
        """What is known of a case: its state, its last plan, and the reason it was given."""
        ground = self._permit("explain", case=case)
        row = self._case(case)
        self._read("explain", [case], ground)
        history = list(self.journal.read(subject=f"case/{case}"))
        reasons = self._reasons(case)
        last = reasons.get(plan_that_counts(row, history)) or next(reversed(reasons.values()), None)
        plan = self._history(f"plan/{last['plan']}", last["plan"])[0] if last else None
        site = None
        if last and plan:
            document = load_document(self.journal.blob(plan.body["document"]), last["plan"])
            site = next(line["site"] for line in document["lines"] if line["case"] == case)
        erased = False
        try:
            hold = self._household(case, row).need.holds
        except NotFound:
            hold, erased = "none", True
        own = (
            self.actor.role == "household"
        )  # its own reason, not who did what, nor the plan's dues
        return {
            "case": case,
            "row": {k: v for k, v in row.items() if not (own and k == "said_yes")},
            "hold": hold if row["state"] == "outside-engine" else "",
            "erased": erased,
            "plan": last["plan"] if last else None,
            "site": site,
            "proposal": dict(plan.body) if plan and not own else None,
            "reason": Reason.from_dict(last) if last else None,
            "flags": list(last["flags"]) if last and not own else [],
            "replan": {} if own else self._replanned(case, list(reasons.values())),
            "history": [
                {"no": e.no, "at": e.at, "verb": e.verb, "role": e.role, "step": e.body.get("step")}
                for e in history
                if not own
            ],
            "reads": [
                {"at": e.at, "role": e.role, "what": str(e.body.get("what", ""))}
                for e in (() if own else self.journal.read(subject=f"read/{case}"))
            ],
        }

    def _reasons(self, case: str) -> dict[str, dict[str, Any]]:
        """The reasons of a case by the plan that gave them, the last one last."""
        said = (json.loads(secret.data) for secret in self._secrets(f"case/{case}", "reason"))
        return {reason["plan"]: reason for reason in said}

    def _reason_that_counts(self, case: str, row: Mapping[str, Any]) -> Reason | None:
        """The reason of the plan that decided last for a case."""
        reasons = self._reasons(case)
        plan = plan_that_counts(row, list(self.journal.read(subject=f"case/{case}")))
        last = reasons.get(plan) or next(reversed(reasons.values()), None)
        return Reason.from_dict(last) if last else None


def taken_in_after(cut_off: str, cases: Mapping[str, Mapping[str, Any]]) -> set[str]:
    """Who was taken in after an instant; nobody where there is none."""
    return {c for c, row in cases.items() if cut_off and row.get("registered", "") > cut_off}


def late_findings(cases: set[str], cut_off: str) -> list[Finding]:
    what = f"was taken in after the cut-off of {cut_off}"
    do = "it keeps its roof and is in the next plan"
    return [Finding(f"case {case}", what, do, "note") for case in sorted(cases)]


def plan_that_counts(row: Mapping[str, Any], history: Sequence[Entry]) -> str:
    """The plan that was last approved for a case that has moved on since; none while it waits."""
    if row["state"] in ("waiting", "outside-engine"):
        return ""
    approved = [e.body["case"]["approved"]["plan"] for e in history if e.verb == "approve"]
    return str(approved[-1]) if approved else ""
