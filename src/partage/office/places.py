"""Agreements, blocks, what is free, and outside counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from partage.casework.acts import Acts
from partage.casework.agree import agree_region, agree_site, update_site
from partage.casework.count import count
from partage.casework.triggers import over_threshold
from partage.core.errors import NotFound
from partage.core.plan import Plan
from partage.core.situation import Agreement, Capacity, Situation
from partage.office.desk import Desk, Done
from partage.office.permits import permit


class Places(Desk):
    """Agreements, blocks, what is free, and outside counts."""

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
                before=self._place(f"site/{place.id}")[0],
                day=self._day(place.zone),
                at=self._at(),
            ),
            idem,
        )

    def survey(self, day: date | None = None, nights: int = 30) -> Situation:
        """What can be given on a day, with everything somebody should look at first."""
        permit(self.actor, "survey")
        situation = self._situation(day or date.fromisoformat(self._day()), nights)
        watched = over_threshold(self.pack.policies.values(), situation)
        return replace(situation, findings=(*situation.findings, *watched))

    def survey_for(self, plan: Plan) -> Situation:
        """The situation a plan was made on, as it stands now."""
        return self._situation(plan.day, self.pack.policy(plan.policy).nights)

    def count(self, where: str, reported: int, *, by: str = "", idem: str | None = None) -> Done:
        """Record an outside count of persons at a site or an entry point."""
        site = next((s for s in self.pack.sites if s.id == where), None)
        point = next((p for p in self.pack.entry_points if p.id == where), None)
        if site is None and point is None:
            raise NotFound(
                f"There is no site or entry point '{where}'.",
                "See 'partage survey' for the sites of the pack.",
            )
        region = site.region if site else point.region if point else ""
        permit(self.actor, "count", region=region, site=where)
        account = f"hosted@{where}" if site else f"waiting@{where}"

        def act() -> Acts:
            book = (self.journal.row("book", account) or {"persons": 0})["persons"]
            return count(account, reported, book, by=by, day=self._day())

        return self._do("count", act, idem)
