"""Looking ahead from the office: a destination sees its own next days."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

from partage.casework.ahead import DAYS, Here, assumptions, entering, own_days, share_of
from partage.casework.survey import city_of
from partage.core.errors import InputRefused
from partage.core.series import month_name
from partage.core.streams import Stream
from partage.forecast.panel import pack_panel
from partage.office.looks import Looks
from partage.office.places import Places

PROMISED = ("approved", "offered", "bound", "travelling")
SEED = "partage-forecast-1"  # the same days for everybody who looks, until the figures change


class Ahead(Looks, Places):
    """Looking ahead: counts alone, for whoever owns the places and for the office."""

    def forecast(self, where: str, *, days: int = DAYS, policy: str = "") -> dict[str, Any]:
        """The next days of a region, a city or a site: who may enter, who is due here, how full it gets.

        From the pack's monthly figures as of the last month that is over, the key of the standing policy
        (or of ``policy``, then as if in force) and the places free today. No case is named.
        """
        self._may_at_all("forecast")
        subject, party = self._party(where)
        self._permit("forecast", **party)
        today = date.fromisoformat(self._day())
        if not self.pack.claimants:
            raise InputRefused(
                f"The pack '{self.pack.id}' has no monthly series to look ahead from.",
                "Add claimants.csv to it; docs/how-to/forecast.md says how.",
            )
        chosen = policy or str(self._standing().get("policy", ""))
        rules = self.pack.policy(chosen) if chosen else None
        situation = self._situation(today, rules.nights if rules else 30)
        here = self._here(subject.partition("/")[2], str(party["region"]), situation.allocable)
        regions = sorted({str(point.region) for point in self.pack.entry_points})
        stream = Stream(SEED, self.pack.mark, str(today))
        paths, last = entering(pack_panel(self.pack), regions, today, days, stream)
        persons = int(paths.sum(axis=1).mean())
        share, why = share_of(rules, situation, self.pack.figures, here.region, persons)
        found = own_days(here, paths, today, share, stream.child(here.where))
        return {
            **found,
            "at": self._at(),
            "policy": chosen,
            "as_if": bool(policy) and policy != self._standing().get("policy"),
            "last_month": month_name(last),
            "entered_by": regions,
            "assumptions": list(assumptions(last, why, here)),
        }

    def _here(self, where: str, region: str, allocable: Any) -> Here:
        there = [site for site in self.pack.sites if site.region == region]
        mine = [site for site in there if where in (site.id, city_of(site), site.region)]
        free, of_region = (
            sum(allocable.get(site.id, {}).get("person", 0) for site in sites)
            for sites in (mine, there)
        )
        part = Fraction(free, of_region) if of_region else Fraction(len(mine) == len(there))
        coming: dict[str, tuple[int, int]] = {}
        ids = {str(site.id) for site in mine}
        for state in PROMISED:
            rows = self.journal.rows("cases", state=state).values()
            found = [
                r for r in rows if (r.get("offer") or r.get("approved") or {}).get("site") in ids
            ]
            coming[state] = (len(found), sum(int(r["persons"]) for r in found))
        return Here(where, region, free, part, coming)
