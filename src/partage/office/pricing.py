"""What the prices of a plan say: to officers about a household, to owners about one more place."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any

from partage.casework.acts import Acts
from partage.casework.approve import load_document
from partage.casework.changes import (
    Asked,
    fits_what_is_known,
    household_changes,
    officer_changes,
    wider,
)
from partage.casework.flip import Flip, nearest_flip, why_not_asked
from partage.casework.kept import Kept, kept_plan
from partage.casework.planning import seen_by_engine
from partage.casework.priced import priced_gap, priced_reason
from partage.casework.standing import stood_in
from partage.casework.worth import CHECKED, SECONDS, Worth, checked, looked_at, open_to, worths
from partage.core.errors import NotFound, NotPermitted, Refusal
from partage.core.plan import Reason
from partage.ledger.facts import Draft, Entry
from partage.office.permits import permit
from partage.office.plans import Plans


class Pricing(Plans):
    """What the prices of a plan say: to officers about a household, to owners about one more place."""

    def explain(self, case: str) -> dict[str, Any]:
        """What is known of a case and the reason it was given; for officers also in the plan's prices.

        ``prices`` is None for a household, and where there is no plan; ``no_prices`` says why they cannot
        be shown.
        """
        known = super().explain(case)
        prices, refused = None, ""
        if known["reason"] is not None and self.actor.role != "household":
            try:
                kept = self._kept(known["plan"])[2]
                prices = {**priced_reason(kept, case, known["reason"]), "plan": priced_gap(kept)}
            except Refusal as refusal:
                refused = f"{refusal.what} {refusal.do}"
        return {**known, "prices": prices, "no_prices": refused}

    def flip(self, case: str, *, for_household: bool = False) -> tuple[dict[str, Any], Flip | None]:
        """What is known of a case, and the nearest change that would flip its decision, tried on demand.

        For a household it concerns its own wish or need only. None: no plan has decided anything yet.
        """
        known = super().explain(case)
        own = for_household or self.actor.role == "household"
        if known["reason"] is None:
            return known, self._erased(case)
        proposal, document, kept = self._kept(known["plan"])
        why = why_not_asked(proposal)
        if why:
            return known, Flip("", why=why)
        asked, why = self._asked(case, known["reason"], document, kept)
        if own and asked is None:
            return known, Flip("", why=why)
        if own and asked is not None:
            changes, more = household_changes(kept, asked), None
        else:
            changes = officer_changes(kept, asked, case, known["reason"])
            more = wider(kept, case, known["reason"])
        proven = bool(proposal.body["proven"])
        return known, nearest_flip(kept, case, changes, wider=more, proven=proven, to_a_place=own)

    def _erased(self, case: str) -> Flip | None:
        """That a case's data are gone, or None: nothing has been decided for it yet."""
        try:
            self._household(case, self._case(case))
        except NotFound:
            return Flip("", why="erased")
        return None

    def _asked(
        self, case: str, reason: Reason, document: Mapping[str, Any], kept: Kept
    ) -> tuple[Asked | None, str]:
        """Whose decision it is, as the plan saw them; None, and why, if that is no longer known."""
        policy = self.pack.policy(document["policy"])
        if policy.mark != document["policy_mark"]:
            return None, "changed"
        try:
            members = tuple(
                seen_by_engine(self._household(one, self._case(one)), policy)
                for one in kept.rows[kept.row_of(case)]
            )
        except NotFound:
            return None, "erased"
        sites = tuple(self.pack.site(site) for site in kept.sites)
        asked = Asked(case, members, reason, sites, policy, stood_in(document))
        return (asked, "") if fits_what_is_known(kept, asked) else (None, "changed")

    def worth(self, plan: str, *, check: bool = False) -> dict[str, Any]:
        """The value of one more at each site and service with a price in a plan, to its owner first.

        Regions, cities and sites see their own at once, which is logged; the other roles a site's rows
        after one of its owners has looked, or once the day of the plan has begun. ``check`` solves again
        with one more, for the ten dearest rows.
        """
        own = self._own_sites()
        _, document, kept = self._kept(plan)
        subject = f"read/plan/{plan}"
        if own is not None:
            ground = permit(self.actor, "worth", **self._where(min(own)))
            body = {
                "what": "worth", "fields": ground.fields, "ground": ground.ground,
                "own_sites": sorted(own),
            }  # fmt: skip
            draft = Draft("read", subject, body, self._day())
            self._do("read", lambda: Acts((draft,)), None)
        looked = looked_at(list(self.journal.read(subject=subject)))
        begun = document["day"] <= self._day()
        rows, closed = open_to(worths(kept), own=own, looked=looked, begun=begun)
        if check:
            rows = _checked(kept, rows)
        return {
            "plan": plan, "day": document["day"], "priorities": list(kept.priorities),
            "rows": rows, "not_open_yet": closed, "checked": min(len(rows), CHECKED) if check else 0,
        }  # fmt: skip

    def _own_sites(self) -> frozenset[str] | None:
        """The sites that this actor owns; None for a role that owns none. Refused: no row at all."""
        own = set()
        for site in self.pack.sites:
            try:
                row = permit(self.actor, "worth", **self._where(site.id))
            except NotPermitted:
                continue
            if row.scope == "all":
                return None
            own.add(str(site.id))
        if not own:
            permit(self.actor, "worth")
        return frozenset(own)

    def _where(self, site: str) -> dict[str, str]:
        return {"region": self.pack.site(site).region, "site": site}

    def _kept(self, plan: str) -> tuple[Entry, dict[str, Any], Kept]:
        """A plan's proposal, its document, and its arrays with their names."""
        proposal = self._history(f"plan/{plan}", plan)[0]
        document = load_document(self.journal.blob(proposal.body["document"]), plan)
        sites = {str(site.id): str(site.region) for site in self.pack.sites}
        services = [str(service.id) for service in self.pack.services]
        return proposal, document, kept_plan(proposal, document, self.journal.blob, sites, services)


def _checked(kept: Kept, rows: tuple[Worth, ...]) -> tuple[Worth, ...]:
    ends = time.perf_counter() + SECONDS
    out = []
    for number, row in enumerate(rows):
        left = ends - time.perf_counter()
        if number < CHECKED and left > 0:
            row = checked(kept, row, seconds=left)
        out.append(row)
    return tuple(out)
