"""Agreements, blocks, what is free, and outside counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from partage.casework.acts import Acts
from partage.casework.agree import (
    agree_owner,
    agree_site,
    decline_agreement,
    propose_agreement,
    update_site,
)
from partage.casework.count import as_of, count, night_of
from partage.casework.fallback import FACTS, Held, move_fallbacks
from partage.casework.survey import city_of
from partage.casework.terms import closed_on, consent_on
from partage.casework.triggers import over_threshold
from partage.casework.withdraw import resume, withdraw
from partage.core.errors import NotFound, shown
from partage.core.plan import Plan
from partage.core.situation import Agreement, Capacity, Situation, Terms
from partage.core.units import DAY_CLOSES_AT_HOUR
from partage.office.desk import Desk, Done, OwnKey

NOON = 12
AT_A_SITE = ("approved", "offered", "bound", "travelling", "hosted")


class Places(Desk):
    """Agreements, blocks, what is free, and outside counts."""

    def agree(
        self,
        party: str,
        agreement: Agreement,
        capacity: Sequence[Capacity] = (),
        *,
        terms: Terms | None = None,
        idem: str | None = None,
    ) -> Done:
        """Record the consent of a region, a city or a site; only those who own the places may."""
        subject, where = self._party(party)
        self._permit("agree", **where)
        if not subject.startswith("site/"):

            def act_owner() -> Acts:
                before, version = self._place(subject)
                day = self._day()
                return agree_owner(
                    subject, agreement, before, version=version, day=day, terms=terms
                )

            return self._do("agree", act_owner, idem)
        site = self.pack.site(party)

        def act_site() -> Acts:
            before, version = self._place(subject)
            return agree_site(
                site,
                agreement,
                capacity,
                self.pack.services,
                before,
                version=version,
                day=self._day(site.zone),
                at=self._at(),
            )

        return self._do("agree", act_site, idem)

    def propose_agreement(
        self,
        party: str,
        agreement: Agreement,
        capacity: Sequence[Capacity] = (),
        terms: Terms | None = None,
        *,
        idem: str | None = None,
    ) -> Done:
        """Ask a region, a city or a site to agree; nothing counts until its owner agrees."""
        self._party(party)
        self._permit("ask")

        def act() -> Acts:
            return propose_agreement(
                party, agreement, terms or Terms(),
                by=self.actor.name, day=self._day(), capacity=capacity,
            )  # fmt: skip

        return self._do("agree", act, idem)

    def withdraw(
        self,
        party: str,
        *,
        first: date | None = None,
        last: date | None = None,
        why: str,
        preview: bool = False,
        idem: str | None = None,
    ) -> Done:
        """Take a consent back from a day on, or, with ``last``, let it rest; its owner alone may.

        ``preview``: what it would do, and nothing is written.
        """
        subject, where = self._party(party)
        self._permit("withdraw", **where)
        sites: set[str] = {s.id for s in self.pack.sites if party in (s.id, s.region, city_of(s))}

        def act() -> Acts:
            before, version = self._place(subject)
            cases = {
                case: row
                for state in AT_A_SITE
                for case, row in self.journal.rows("cases", state=state).items()
                if site_in(row) in sites
            }
            start = first or date.fromisoformat(self._day())
            acts = withdraw(
                subject, before, cases,
                first=start, last=last, why=why, version=version, day=self._day(),
            )  # fmt: skip
            return acts if last else self._with_fallbacks(acts, sites)

        if preview:
            acts = act()
            return Done((), {**acts.data, "preview": True}, acts.findings)
        return self._do("withdraw", act, idem)

    def _with_fallbacks(self, acts: Acts, sites: set[str]) -> Acts:
        """Beside a withdrawal: whoever has a fallback place at these sites has it held elsewhere."""
        held = {
            case: Held(row, self._household(case, row).need, self._policy_of(_plan_of(row)))
            for state in FACTS
            for case, row in self.journal.rows("cases", state=state).items()
            if (row.get("fallback") or {}).get("site") in sites
            and case not in acts.data["reopened"]
        }
        places = self.journal.rows("places")
        more = move_fallbacks(held, sites, places, self.pack, day=self._day())
        reopened = [*acts.data["reopened"], *more.data["reopened"]]
        return replace(
            acts,
            drafts=(*acts.drafts, *more.drafts),
            expect={**acts.expect, **more.expect},
            findings=(*acts.findings, *more.findings),
            data={**acts.data, **more.data, "reopened": reopened},
        )

    def resume(self, party: str, *, idem: str | None = None) -> Done:
        """End a pause before its last day; whoever may pause may."""
        subject, where = self._party(party)
        self._permit("withdraw", **where)

        def act() -> Acts:
            before, version = self._place(subject)
            return resume(subject, before, version=version, day=self._day())

        return self._do("withdraw", act, idem)

    def decline_agreement(self, party: str, *, why: str, idem: str | None = None) -> Done:
        """Say no to what was asked of a region, a city or a site; its owner alone may."""
        subject, where = self._party(party)
        self._permit("agree", **where)
        name = subject.partition("/")[2]

        def act() -> Acts:
            matter = self.journal.row("matters", f"agreement/{name}")
            before, _ = self._place(subject)
            return decline_agreement(name, matter, before, why=why, day=self._day())

        return self._do("agree", act, idem)

    def agreement(self, party: str) -> dict[str, Any]:
        """Everything agreed with a region, a city or a site: what is asked, each consent with its days
        and terms, its pauses, and who wrote it down; no personal data."""
        self._may_at_all("survey")
        subject, where = self._party(party)
        self._permit("survey", **where)
        name = subject.partition("/")[2]
        row = self.journal.row("places", name) or {}
        matter = self.journal.row("matters", f"agreement/{name}") or {}
        asked = matter.get("terms") if matter.get("state") == "proposed" else None
        return {
            "party": name,
            "state": matter.get("state", "not asked"),
            "asked": asked and {"by": matter["by"], "on": matter["on"], **asked},
            "consents": [dict(consent) for consent in row.get("consents", ())],
            "pauses": [dict(pause) for pause in row.get("pauses", ())],
            "history": [
                {"at": e.at, "verb": e.verb, "role": e.role, "state": e.body["matter"]["state"]}
                for e in self.journal.read(subject=f"agreement/{name}")
            ],
        }

    def agreements(self) -> list[dict[str, Any]]:
        """Every province, city and site with what it agreed to and how that stands today: ``now`` is open,
        closed (a pause or a season), not-yet, or none. Provinces, then their cities and sites."""
        self._permit("survey")
        places, today = self.journal.rows("places"), date.fromisoformat(self._day())
        asked = {
            subject.partition("/")[2]: row
            for subject, row in self.journal.rows("matters").items()
            if subject.startswith("agreement/")
        }
        region_of: dict[str, str] = {str(r.id): str(r.id) for r in self.pack.regions}
        region_of |= {city_of(site): str(site.region) for site in self.pack.sites}
        region_of |= {str(site.id): str(site.region) for site in self.pack.sites}
        kinds = ("region", "city", "site")
        return [
            {
                "party": party,
                "kind": kinds[party.count("/")],
                "region": region,
                "state": asked.get(party, {}).get("state", "not asked"),
                "asked": asked.get(party, {}).get("state") == "proposed",
                **_stands(places.get(party, {}), today),
            }
            for party, region in sorted(region_of.items(), key=lambda one: (one[1], one[0].lower()))
        ]

    def _party(self, party: str) -> tuple[str, dict[str, str]]:
        """The subject of a party to an agreement, and whose permit it takes."""
        if party.count("/") == 1:
            mine = [s for s in self.pack.sites if city_of(s) == party]
            if not mine:
                name = shown(party, otherwise="of that name")
                raise NotFound(f"There is no city {name} with sites.", "See 'partage survey'.")
            return f"city/{party}", {"region": mine[0].region, "site": f"{party}/"}
        if "/" in party:
            site = self.pack.site(party)
            return f"site/{site.id}", {"region": site.region, "site": site.id}
        region = self.pack.region(self.pack.region_id(party))
        return f"region/{region.id}", {"region": region.id}

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
                idem = OwnKey(f"agree:{self.pack.mark}:{number}")
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
        self._permit("update", region=place.region, site=place.id)
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
        self._permit("survey")
        situation = self._situation(
            day or date.fromisoformat(self._day()), nights, silent_hours=self._silent_hours()
        )
        watched = over_threshold(self.pack.policies.values(), situation)
        return replace(situation, findings=(*situation.findings, *watched))

    def survey_for(self, plan: Plan) -> Situation:
        """The situation a plan was made on, as it stands now."""
        self._permit("survey")
        mine = {str(line.case) for line in plan.lines}
        policy = self.pack.policy(plan.policy)
        by_hand = {str(line.case): line.site for line in plan.lines if "by-hand" in line.flags}
        return self._situation(
            plan.day, policy.nights, without=mine, silent_hours=policy.silent_hours, chosen=by_hand
        )

    def count(
        self,
        where: str,
        reported: int,
        *,
        by: str = "",
        night: date | None = None,
        rooms: int | None = None,
        idem: str | None = None,
    ) -> Done:
        """Record an outside count of persons, and of ``rooms`` slept in, at a site or an entry point.

        ``night``: the night that was counted, compared with the book as of its 04:00. Without it a
        count by the night desk, the site or nobody named is of the operational day, any other of the
        moment.
        """
        site = next((s for s in self.pack.sites if s.id == where), None)
        point = next((p for p in self.pack.entry_points if p.id == where), None)
        here = site or point
        if here is None:
            raise NotFound(
                f"There is no site or entry point {shown(where, otherwise='of that name')}.",
                "See 'partage survey' for the sites of the pack.",
            )
        self._permit("count", region=here.region, site=where)
        account = f"hosted@{where}" if site else f"waiting@{where}"

        def act() -> Acts:
            today = self._day(here.zone)
            local = self.clock.now().astimezone(ZoneInfo(here.zone))
            of, remarks = night_of(
                by, night, today=date.fromisoformat(today), began=self._began(),
                morning=DAY_CLOSES_AT_HOUR <= local.hour < NOON,
            )  # fmt: skip
            at = as_of(of, here.zone, self._at())
            closed = bool(of) and self.journal.version(f"day/{of}") > 0
            return count(
                account, reported, self._book_at(account, at),
                by=by, day=today, night=of, at=at, closed=closed, remarks=remarks, rooms=rooms,
            )  # fmt: skip

        return self._do("count", act, idem)

    def _book_at(self, account: str, at: str) -> int:
        """Persons in an account at an instant ("" = now): those there now, less every move since."""
        persons = int((self.journal.row("book", account) or {"persons": 0})["persons"])
        for entry in self._since(at) if at else ():
            for move in entry.body.get("moves", ()):
                sign = (move["from"] == account) - (move["to"] == account)
                persons += sign * int(move["persons"])
        return persons


def site_in(row: Mapping[str, Any]) -> str:
    """The site that a case is approved for, offered, bound for or lives at."""
    names = {"hosted": "stay", "approved": "approved"}
    held = row.get(names.get(str(row["state"]), "offer")) or {}
    return str(held.get("site", ""))


def _plan_of(row: Mapping[str, Any]) -> str:
    """The plan that an offer, or an offer that was declined, rests on."""
    return str((row.get("offer") or row.get("approved") or {}).get("plan", ""))


def _stands(row: Mapping[str, Any], today: date) -> dict[str, str]:
    """From when to when something is agreed, and how that stands today."""
    consents = [c for c in row.get("consents", ()) if c["last"] >= today.isoformat()]
    now = "none"
    if consent_on(row, today):
        now = "closed" if closed_on(row, today) else "open"
    elif consents:
        now = "not-yet"
    return {
        "first": min((str(c["first"]) for c in consents), default=""),
        "last": max((str(c["last"]) for c in consents), default=""),
        "now": now,
    }
