"""What stands of a day's plans: lines, decisions, who has gone on, what is taken."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from partage.casework.acts import Row
from partage.casework.approve import load_document
from partage.casework.standing import SETTLED, Stood, check_replan
from partage.core.errors import NotFound, WrongState
from partage.core.household import Household
from partage.core.policy import Policy
from partage.ledger.facts import Entry
from partage.office.pricing import Pricing
from partage.place.instance import Instance, load_instance
from partage.place.mechanisms import TIER_BY_TIER
from partage.place.needs import units_needed

Document = dict[str, Any]
LISTS = ("plan/proposed", "plan/approved")  # of plans that can still be approved, in part


class StandingPlans(Pricing):
    """What stands of a day's plans: lines, decisions, who has gone on, and what is taken."""

    def _newest(self, policy: Policy, day: date) -> tuple[list[Entry], Document]:
        """The newest plan of a day under a policy that looked for the best, for everybody."""
        found: list[list[Entry]] = []
        for name in LISTS:
            for subject, row in self.journal.rows("matters", list=name).items():
                mine = row.get("day") == day.isoformat() and row.get("policy") == policy.id
                if mine and not row.get("standing"):
                    found.append(self._history(subject, subject.removeprefix("plan/")))
        able = [one for one in found if one[0].body["mechanism"] in TIER_BY_TIER]
        if not able:
            raise WrongState(
                f"No plan for {day} under '{policy.id}' stands, so there are no prices to decide at.",
                "Propose one for everybody who waits.",
            )
        history = max(able, key=lambda one: one[0].no)
        document = self._document(history[0].subject.removeprefix("plan/"))
        check_replan(history, document, policy)
        return history, document

    def _stood(self, history: list[Entry], document: Document) -> Stood:
        """What was planned, and what became of each line since."""
        plan = str(document["plan"])
        lines: dict[str, dict[str, Any]] = {}
        for one in [*self._made_at_prices_of(plan), document]:
            lines |= {
                line["case"]: line
                for line in one["lines"]
                if line["case"] not in lines or line["site"]
            }
        earlier = document.get("replan", {}).get("settled", [])
        cases = {*lines, *(one["case"] for one in earlier)}
        rows = {c: self.journal.row("cases", c) or {} for c in cases}
        return Stood(
            plan,
            lines,
            rows,
            {c: self._verbs_since(c, int(lines[c]["version"]), rows[c]) for c in lines},
            frozenset(c for c in lines if self._chosen_by_hand(c, lines[c])),
            earlier,
        )

    def _verbs_since(self, case: str, version: int, row: Row) -> frozenset[str]:
        """The verbs of a case after a line was made for it."""
        if int(row.get("version", 0)) == version:
            return frozenset()
        history = self.journal.read(subject=f"case/{case}")
        return frozenset(entry.verb for entry in history if entry.version > version)

    def _chosen_by_hand(self, case: str, line: Mapping[str, Any]) -> bool:
        """Whether an officer chose the site of a line; its flags are in the vault."""
        if not line["look"] or not line["site"]:
            return False
        for secret in self._secrets(f"case/{case}", "reason"):
            if secret.commitment == line["reason"]:
                return "by-hand" in json.loads(secret.data)["flags"]
        return False

    def _made_at_prices_of(self, plan: str) -> list[Document]:
        """The plans for single households that were made at a plan's prices and still stand."""
        subjects = [
            subject
            for name in LISTS
            for subject, row in self.journal.rows("matters", list=name).items()
            if row.get("standing") == plan
        ]
        return [self._document(subject.removeprefix("plan/")) for subject in sorted(subjects)]

    def _linked_to(self, people: Mapping[str, Household], stood: Stood) -> dict[str, Household]:
        """Households of the plan that somebody here is linked to and that can no longer be moved."""
        found: dict[str, Household] = {}
        for household in people.values():
            for other in map(str, household.need.links):
                row = stood.rows.get(other, {})
                if row.get("state") in SETTLED and other not in found:
                    try:
                        found[other] = self._household(other, row)
                    except NotFound:  # its data were erased: nobody can say that it is linked
                        continue
        return found

    def _same_people(
        self, proposal: Entry, stood: Stood, document: Document, asked: Mapping[str, Row]
    ) -> Instance | None:
        """The arrays of the plan, if those who are asked about are those it was made for, unchanged."""
        in_it = {line["case"] for line in document["lines"]}
        mine = {c for c, r in asked.items() if r["state"] != "outside-engine"}
        if in_it != mine or any(stood.since[c] - {"approve"} for c in in_it):
            return None
        data = self.journal.blob(str(proposal.body["instance"]))
        return load_instance(data)[0] if data else None

    def _taken(self, stood: Stood) -> dict[str, dict[str, int]]:
        """What the lines need that stand and are not approved yet: nobody holds it for them."""
        taken: dict[str, dict[str, int]] = {}
        for case in stood.lines:
            site, row = stood.stands(case), stood.rows[case]
            if not site or row.get("state") != "waiting":
                continue
            units = taken.setdefault(site, {})
            for service, number in units_needed(self._household(case, row).need).items():
                units[service] = units.get(service, 0) + number
        return taken

    def _document(self, plan: str) -> Document:
        history = self._history(f"plan/{plan}", plan)
        return load_document(self.journal.blob(history[0].body["document"]), plan)

    def _regions_of_sites(self) -> dict[str, str]:
        return {str(site.id): str(site.region) for site in self.pack.sites}
