"""A day of the office model, verb by verb, in the order in which the compiled model has it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from partage.casework.approve import approve, load_document
from partage.casework.carry import balance_of
from partage.casework.offer import Asked, PlaceGone, answer, offer, reopen
from partage.casework.planning import place_households
from partage.casework.propose import propose
from partage.casework.survey import survey
from partage.casework.travel import arrive, depart
from partage.casework.turn_up import arrive_at_fallback
from partage.core.errors import LotsRequired, WrongState
from partage.core.household import Household
from partage.core.plan import Plan
from partage.core.streams import Stream, lot
from partage.simulate.arrays import (
    NO_SHOW,
    ROAD,
)  # fmt: skip
from partage.simulate.played.reception import Reception

SECONDS = 20.0  # for a plan, as in the office
NOBODY, WILLING, EVERYBODY = range(3)


class Played(Reception):
    """One replication, day after day: with a plan for whoever would go, and its road."""

    def day(self, d: int) -> None:
        """Contracts, exits, entries, a plan and its road, those who stay: as on a day of the office."""
        town, desk = self.town, self.desk
        clerk = town.hand(d, 13, "region")
        for acts in town.agreements(d, desk):
            desk.write(acts, clerk)
        if d == 0:
            self._start()
        self._close(d)
        self._leave(d)
        self._give_up(d)
        self._enter(d)
        self._ask(d)
        for case in list(self.stay_here):
            self._by_hand(case, d)
        self._plan(d)

    # -- the plan and its road ------------------------------------------------------------------

    def _plan(self, d: int) -> None:
        """A certified plan for whoever would go, approved by another hand, offered, answered, travelled."""
        town, desk, day = self.town, self.desk, self.town.day(d)
        cases = [c for c in self.waiting if c in self.asked and c not in self.stay_here]
        if not cases:
            return
        policy = town.policies[int(self.world.turn[d])]
        stream = self.stream.child("plan", str(d))
        plan = self._certified(cases, d, policy, stream)
        self.count("plans", 1)
        self.count("proven", int(plan.proven))
        if not plan.placed:
            return
        rows = {case: desk.case(case) for case in cases}
        acts = propose(
            plan,
            rows,
            day=str(day),
            stream=stream,
            carries=policy.key is not None and policy.key.carry,
        )
        desk.write(acts, town.hand(d, 16, "placement"))
        proposal = next(e for e in desk.seal() if e.verb == "propose")
        document = load_document(acts.blobs[proposal.body["document"]], str(acts.data["plan"]))
        chief = town.hand(d, 17, "approver")
        try:
            desk.write(
                approve([proposal], document, rows, policy, actor=chief.actor, day=str(day)), chief
            )
        except WrongState:  # no line of it stands
            return
        bound = self._offer([str(line.case) for line in plan.placed], d, policy, stream)
        runs = [
            (s, *self._depart([case for case, at in bound if at == s], s, d, stream))
            for s in sorted({s for _, s in bound})
        ]
        for s, run, came in runs:
            self._arrive(run, came, s, d)

    def _certified(self, cases: list[str], d: int, policy: Any, stream: Stream) -> Plan:
        """A plan with its certificate, which the referee found no fault with; a tie is drawn."""
        town, day = self.town, self.town.day(d)
        people = [Household(self.need[case]) for case in cases]
        situation = survey(self.desk.places, town.pack, day, policy.nights)
        seed = stream.child("lots").token(26)

        def place(lots: tuple[str, ...]) -> Plan:
            return place_households(
                people, situation, policy, town.pack.figures, seed=seed, lots=lots,
                balance=balance_of(self.desk.places, policy.id), seconds=SECONDS,
            )  # fmt: skip

        try:
            return place(())
        except LotsRequired as tie:
            return place(tuple(sorted(tie.tied, key=lambda region: lot(seed, region))))

    def _offer(
        self, cases: Iterable[str], d: int, policy: Any, stream: Stream
    ) -> list[tuple[str, int]]:
        """Offers made and answered; those bound, with their sites. Without a fallback nobody is asked."""
        town, desk, day = self.town, self.desk, self.town.day(d)
        desk_hand, intake = town.hand(d, 18, "placement"), town.hand(d, 19, "intake")
        until = f"{day}T23:00:00.000000Z"
        asked = []
        for case in cases:
            row = desk.case(case)
            if row["state"] != "approved":
                continue
            try:
                acts = offer(
                    self.need[case], row, desk.places, town.pack, policy, until=until,
                    at=desk_hand.at, stream=stream, day=str(day),
                )  # fmt: skip
            except PlaceGone:
                acts = reopen(case, row, day=str(day))
                self.count("not-offered", self.who[case].persons)
            else:
                asked.append(case)
            desk.write(acts, desk_hand)
        bound = []
        turn = int(self.world.turn[d])
        for case in asked:
            who, row = self.who[case], desk.case(case)
            yes = self.people.says_yes(who, int(self.world.offer[turn, who.stream]))
            site = town.number[row["offer"]["site"]]
            adults = Asked(adults=max(1, self.need[case].ages.adults))
            desk.write(
                answer(
                    case,
                    row,
                    "accept" if yes else "decline",
                    at=intake.at,
                    day=str(day),
                    asked=adults,
                ),
                intake,
            )
            if yes:
                bound.append((case, site))
            else:
                self.count("declined", who.persons)
                kept = town.number[desk.case(case)["fallback"]["site"]]
                desk.write(arrive_at_fallback(case, desk.case(case), day=str(day)), intake)
                self._has_place(case, kept, d)
        return bound

    def _depart(self, cases: list[str], s: int, d: int, stream: Stream) -> tuple[str, list[str]]:
        """A run to one site, and who is on it; who does not come keeps its roof and is asked again."""
        town, desk, site = self.town, self.desk, str(self.town.sites[s].id)
        away = [c for c in cases if int(self.world.region[s]) != self.who[c].home]
        chance = self.people.params[NO_SHOW]
        missing = [c for c in away if self._luck(ROAD, d, c) < chance]
        acts = depart(
            site, {c: desk.case(c) for c in cases}, desk.places[site], no_show=missing,
            day=str(town.day(d)), stream=stream.child("run", site),
        )  # fmt: skip
        desk.write(acts, town.hand(d, 21, "escort"))
        for case in missing:
            self.count("no-shows", self.who[case].persons)
        return str(acts.data["run"]), [c for c in cases if c not in missing]

    def _arrive(self, run: str, came: list[str], s: int, d: int) -> None:
        """Everybody who left arrives the same day."""
        if not came:
            return
        cases = {c: self.desk.case(c) for c in came}
        self.desk.write(
            arrive(run, cases, day=str(self.town.day(d))), self.town.hand(d, 22, "site")
        )
        for case in came:
            self.way += self.who[case].persons * float(self.world.km[self.who[case].stream, s])
            self._has_place(case, s, d)
