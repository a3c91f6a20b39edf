"""Between plans: everybody planned again from a standing plan, or one household at its prices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from partage.casework.acts import Acts, Row
from partage.casework.approve import hands_of, load_document
from partage.casework.carry import balance_of
from partage.casework.check_policy import review_due
from partage.casework.one import check_prices_hold, dues_in, given_in, left_after, place_one
from partage.casework.planning import DEFAULT_SECONDS, place_households
from partage.casework.propose import propose
from partage.casework.standing import (
    Counted,
    Stood,
    before_approvals,
    check_replan,
    counted_in,
    standing_of,
)
from partage.core.errors import NotFound, WrongState
from partage.core.household import Household
from partage.core.names import same_person
from partage.core.plan import Plan
from partage.core.policy import Policy
from partage.core.steps import step
from partage.ledger.facts import Entry
from partage.office.desk import Done
from partage.office.plans import late_findings, taken_in_after
from partage.office.standing import Document, StandingPlans


class Replans(StandingPlans):
    """Between plans: everybody planned again from a standing plan, or one household at its prices."""

    def replan(
        self,
        plan: str,
        *,
        lots: tuple[str, ...] = (),
        draw: str = "",
        seconds: float = DEFAULT_SECONDS,
        idem: str | None = None,
    ) -> tuple[Plan | None, Done]:
        """A plan that starts from a standing one: who holds no offer keeps their line, or it must change.

        Everybody who waits is in it, and every line that is approved and not offered. Each move is reported
        with its reason. It moves nobody: an approved line stands until somebody approves the moved one. Who
        holds an offer, has accepted or has gone on is in no line. Refused: a plan shown as if, one that
        another took the place of, a day that is over, a policy that changed.
        """
        self._permit("propose")
        made: list[Plan] = []

        def act() -> Acts:
            history = self._history(f"plan/{plan}", plan)
            document = load_document(self.journal.blob(history[0].body["document"]), plan)
            day = date.fromisoformat(document["day"])
            check_replan(history, document, self.pack.policy(document["policy"]))
            policy = self._usable(document["policy"], day, as_if=False)
            proposal, stood = history[0], self._stood(history, document)
            asked = self._asked_again(policy, document["day"], stood)
            left_out = [c for c in proposal.body.get("left_out", ()) if c in asked]
            stream = self._stream("propose")
            order = self._drawn(draw) if draw else lots or tuple(document["draw"])
            new = self._planned_again(
                policy, day, proposal, document, stood, asked, left_out, order, seconds
            )
            cut_off = self._cut_off(document["day"])
            late = {*self.journal.rows("cases", state="waiting")} - {*asked}
            new = replace(new, findings=(*late_findings(late, cut_off), *new.findings))
            made.append(new)
            hands = sorted({*hands_of(proposal)} - {same_person(self.actor.name)})
            more: dict[str, Any] = {"left_out": left_out} if left_out else {}
            more |= {"cut_off": cut_off} if cut_off else {}
            return propose(
                new, asked, day=self._day(), stream=stream, draw=draw,
                carries=policy.key is not None and policy.key.carry,
                more={**self._hands_too(*hands), **more},
                settled=stood.settled(self._regions_of_sites()),
            )  # fmt: skip

        done = self._do("propose", act, idem)
        # of the plan that is kept: a key that was answered before, or by somebody faster, says the same
        moves = self._document(str(done.data["plan"])).get("replan", {}).get("moves")
        said = {"moves": moves} if moves is not None else {}
        return (made[-1] if made else None), replace(done, data={**done.data, **said})

    def propose_one(
        self,
        cases: Sequence[str],
        policy: str = "",
        day: date | None = None,
        *,
        idem: str | None = None,
    ) -> tuple[Plan | None, Done]:
        """A plan for one household, or for linked ones together, at the prices of the day's standing plan.

        That is the newest plan of the day under the policy; its lines are untouched, and what they need
        is taken. Refused: no such plan, a household that has a line in it or does not wait, links that
        would be parted, and places that changed so that the prices no longer hold (plan again then).
        """
        ground = self._permit("propose")
        policy = policy or self._standing().get("policy", "")
        if not policy:
            raise WrongState("No standing policy is adopted.", "Name one with --policy.")
        day = day or date.fromisoformat(self._day())
        chosen = self._usable(policy, day, as_if=False)
        made: list[Plan] = []

        def act() -> Acts:
            rows = {case: self._case(case) for case in dict.fromkeys(cases)}
            members = [self._household(case, row) for case, row in rows.items()]
            history, document = self._newest(chosen, day)
            stood = self._stood(history, document)
            self._check_one(rows, stood, day)
            with self._looking("links", list(rows), ground, refusals=WrongState):
                self._check_links(rows, members)
            plan, others = str(document["plan"]), self._made_at_prices_of(str(document["plan"]))
            taken = self._taken(stood)
            left = left_after(
                self._situation(day, chosen.nights, silent_hours=chosen.silent_hours), taken
            )
            kept = self._kept(plan)[2]
            check_prices_hold(kept, [p.id for p in chosen.priorities], left, taken)
            stream = self._stream("propose")
            with self._looking("links", list(rows), ground, refusals=WrongState):
                new = place_one(
                    members, left, chosen, dues_in(document, history[0]), kept,
                    seed=str(history[0].body["seed"]), given=given_in([document, *others]),
                )  # fmt: skip
            made.append(new)
            return propose(
                new, rows, day=self._day(), stream=stream, more={"standing": plan, **self._hands_too()},
                carries=chosen.key is not None and chosen.key.carry,
            )  # fmt: skip

        done = self._do("propose", act, idem)
        return (made[-1] if made else None), replace(
            done, assumptions=made[-1].assumptions if made else ()
        )

    def _check_one(self, rows: Mapping[str, Row], stood: Stood, day: date) -> None:
        """Refuse who does not wait, has a line, is with an officer, or came late."""
        late = taken_in_after(self._cut_off(day.isoformat()), rows)
        for case, row in rows.items():
            step("approve", str(row["state"]))
            if stood.stands(case):
                raise WrongState(
                    f"{case} has a line in {stood.plan} already: {stood.stands(case)}.",
                    "Approve that line, or override it.",
                )
            if case in late:
                raise WrongState(
                    f"{case} was taken in after the cut-off of the day.", "It is in the next plan."
                )

    def _check_links(self, rows: Mapping[str, Row], members: Sequence[Household]) -> None:
        """Refuse to part a household from one that it is linked to and that waits too."""
        for member in members:
            case = str(member.id)
            for other in map(str, member.need.links):
                if other in rows or not self._waits_linked(case, other):
                    continue
                raise WrongState(
                    f"{case} is linked to {other}, who waits too; they are placed together.",
                    f"Name both: --case {case} --case {other}.",
                )

    def _waits_linked(self, case: str, other: str) -> bool:
        """Whether another household waits and names this one too."""
        row = self.journal.row("cases", other) or {}
        if row.get("state") != "waiting":
            return False
        try:
            return case in map(str, self._household(other, row).need.links)
        except NotFound:
            return False

    def _planned_again(
        self,
        policy: Policy,
        day: date,
        proposal: Entry,
        document: Document,
        stood: Stood,
        asked: Mapping[str, Row],
        left_out: Sequence[str],
        lots: tuple[str, ...],
        seconds: float,
    ) -> Plan:
        households, lost = self._households(asked)
        people: dict[str, Household] = {str(h.id): h for h in households}
        approved = {c: r for c, r in asked.items() if r["state"] == "approved"}
        standing = standing_of(
            stood,
            asked,
            people,
            self._linked_to(people, stood),
            policy,
            self._regions_of_sites(),
            left_out,
        )
        counted = self._counted(policy, day, asked)
        balance = before_approvals(
            balance_of(self.journal.rows("places"), policy.id),
            counted,
            {plan: self._document(plan)["shares"] for plan in {one.plan for one in counted}},
        )
        plan = place_households(
            households,
            self._situation(day, policy.nights, without=approved, silent_hours=policy.silent_hours),
            policy,
            self.pack.figures,
            seed=str(proposal.body["seed"]),
            lots=lots,
            balance=balance,
            seconds=seconds,
            standing=standing,
            kept=self._same_people(proposal, stood, document, asked),
        )
        return replace(plan, findings=(*lost, *review_due(policy, day), *plan.findings))

    def _counted(self, policy: Policy, day: date, asked: Mapping[str, Row]) -> list[Counted]:
        """The approvals of the day that the balance of a policy has counted for these cases."""
        if policy.key is None or not policy.key.carry:
            return []
        return [
            one
            for case, row in asked.items()
            if int(row["version"]) > 1
            for one in counted_in(
                row, self.journal.read(subject=f"case/{case}"), policy.id, day.isoformat()
            )
        ]

    def _asked_again(self, policy: Policy, day: str, stood: Stood) -> dict[str, Row]:
        """Who waits by the cut-off, who is with an officer, and whose line of that day is approved."""
        waiting = self.journal.rows("cases", state="waiting")
        late = taken_in_after(self._cut_off(day), waiting) - {*stood.lines}
        asked: dict[str, Row] = {c: r for c, r in waiting.items() if c not in late}
        asked |= self.journal.rows("cases", state="outside-engine")
        for case, row in self.journal.rows("cases", state="approved").items():
            line = row["approved"]
            if line["day"] == day and self._document(line["plan"])["policy_mark"] == policy.mark:
                asked[case] = row
        return asked
