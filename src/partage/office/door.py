"""The door of one site: what its clerk needs tonight, and nobody else's."""

from __future__ import annotations

from datetime import date
from typing import Any

from partage.casework.close import closes_at
from partage.casework.horizon import agreed_on, load_of
from partage.casework.site_day import Door, last_nights, nights_to_count
from partage.casework.survey import city_of
from partage.core.findings import Finding
from partage.core.situation import Situation
from partage.office.daily import WATCHED, Daily
from partage.office.places import Places


class Doors(Places, Daily):
    """What one site expects, has, and owes the record today."""

    def survey_site(self, site: str) -> dict[str, Any]:
        """Who is expected and who came, what is free tonight, which nights are not counted, what stands.

        For its own clerk and for the office; cases are named by their code where the permit says so,
        else counted. No personal data are read.
        """
        place = self.pack.site(site)
        ground = self._permit("survey", region=place.region, site=site)
        today = date.fromisoformat(self._day(place.zone))
        door = Door(site, today, "case codes" in ground.fields)
        account = f"hosted@{site}"
        cases = {
            state: self.journal.rows("cases", state=state)
            for state in ("travelling", "bound", "kept", "unknown")
        }
        here = {
            case: row
            for case, row in self.journal.rows("cases", account=account).items()
            if row["state"] in WATCHED and row["persons"]
        }
        boarding = self.journal.rows("matters", list="run/boarding")
        runs = boarding | self.journal.rows("matters", list="run/on-road")
        situation = self._situation(today, 1)
        to_count = self._to_count(account, today, place.zone)
        row = self.journal.row("places", site) or {}
        return {
            "site": site,
            "day": today.isoformat(),
            "as_of": row.get("as_of", ""),
            "expected": door.expected(runs, cases["travelling"]),
            "not_boarded": door.not_boarded(cases["bound"], boarding.values()),
            "kept": door.kept(cases["kept"]),
            "arrived": door.arrived(here),
            "here": door.living(here),
            "leaving": door.leaving(here),
            "looked_for": door.looked_for(cases["unknown"]),
            "places": self._places_tonight(site, situation),
            "to_count": to_count,
            "agreements": [self._stands(party) for party in (site, city_of(place), place.region)],
            "findings": self._about(site, runs, situation, to_count),
        }

    def _places_tonight(self, site: str, situation: Situation) -> dict[str, dict[str, Any]]:
        """Per service that somebody stated: agreed for tonight, in use, held, and free for who is sent."""
        row = self.journal.row("places", site) or {}
        load = load_of(row, self.pack.services, situation.day)
        free = situation.allocable.get(site, {})
        return {
            service.id: {
                "agreed": agreed_on(row, service, situation.day),
                "in_use": int(row.get("occupied", {}).get(service.id, 0)),
                "in_use_or_held": load[service.id],
                "free": free.get(service.id, 0),
                "why": situation.limits.get((site, service.id), ""),
            }
            for service in self.pack.services
            if any(c["service"] == service.id for c in row.get("capacity", ()))
        }

    def _to_count(self, account: str, today: date, zone: str) -> list[str]:
        entries = self.journal.read(subject=f"count/{account}")
        counted = {str(e.body.get("night", e.day)) for e in entries}
        nights = last_nights(today, self._began())
        lived = {n.isoformat(): self._book_at(account, closes_at(n, zone)) for n in nights}
        return nights_to_count(counted, lived)

    def _stands(self, party: str) -> dict[str, Any]:
        """What stands of an agreement, without who wrote it down."""
        row = self.journal.row("places", party) or {}
        matter = self.journal.row("matters", f"agreement/{party}") or {}
        return {
            "party": party,
            "state": matter.get("state", "not asked"),
            "consents": [dict(one) for one in row.get("consents", ())],
            "pauses": [dict(one) for one in row.get("pauses", ())],
        }

    def _about(
        self, site: str, runs: dict[str, dict[str, Any]], situation: Situation, to_count: list[str]
    ) -> list[Finding]:
        """What needs a look here: of the site and of the runs that come to it, and nights not counted."""
        mine = {f"site {site}"}
        mine |= {f"run {s.partition('/')[2]}" for s, row in runs.items() if row["site"] == site}
        watched = self._watch(()).findings(
            codes=False
        )  # what is said of cases is not said of a site
        found = [f for f in (*watched, *situation.findings) if f.where in mine]
        do = f"'partage count {site} PERSONS --by night-desk --night NIGHT'"
        found += [
            Finding(f"site {site}", f"was not counted on the night of {night}", do, "warning")
            for night in to_count
        ]
        return sorted(found, key=lambda f: ("fault", "warning", "note").index(f.weight))
