"""Statements of cost: the closed nights of a region, with their headcounts, at the rates of the pack."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from partage.casework.count import NIGHTLY
from partage.core.findings import Finding
from partage.costs import Night, Period, Statement, state
from partage.costs.periods import fiscal_year
from partage.costs.published import left_out, nights_before, told, without
from partage.office.desk import Desk


class Costs(Desk):
    """What the nights on record cost, and who bears it."""

    def settle(
        self, region: str, period: Period, invoiced: Mapping[tuple[str, date], int] | None = None
    ) -> Statement:
        """The draft statement of a region for a period, from closed days and headcounts alone.

        Nights before this record began are taken from the pack where it has published ones, marked so.

        ``invoiced``: persons per (site, night), to be held against the book. A day that is not closed, or
        of which neither the record nor the pack speaks, is blocked and told. Nothing is written.
        """
        code = self.pack.region(region).id
        self._permit("settle", fields="amounts", region=code)
        nights, missing = self._nights(code, period)
        began = date.fromisoformat(self._began())
        pack = self.pack
        apart = left_out(pack.published_nights, code, period, began, self._sites(code))
        said = state(
            code, period, nights, pack.rates, pack.sharing, invoiced=invoiced,
            claimed_before=self._claimed_before(code, period), gaps=(*_gaps(missing, began), *apart),
        )  # fmt: skip
        return replace(said, notes=(*told([n for n in nights if n.published]), *said.notes))

    def _claimed_before(self, code: str, period: Period) -> dict[tuple[str, int], int]:
        """What the nights of the fiscal year before a period claim under each rule that has a cap."""
        start = fiscal_year(period.first)
        capped = any(r.cap_cents is not None and r.claimant == code for r in self.pack.sharing)
        if not capped or start == period.first:
            return {}
        before = Period(start, period.first - timedelta(days=1))
        nights, _ = self._nights(code, before)
        claimed: dict[tuple[str, int], int] = {}
        for line in state(code, before, nights, self.pack.rates, self.pack.sharing).lines:
            key = (line.rule, start.year)
            claimed[key] = claimed.get(key, 0) + line.claimed
        return claimed

    def _nights(self, code: str, period: Period) -> tuple[list[Night], list[date]]:
        """The nights of the closed days at the sites of a region, and the days that are not closed.

        A site with a rate of the region stands there with nobody too: that has to be counted as well.
        """
        sites = self._sites(code)
        counted = self._headcounts(period)
        nights: list[Night] = []
        missing: list[date] = []
        for day in period.days:
            closed = next(iter(self.journal.read(subject=f"day/{day}")), None)
            if closed is None:
                missing.append(day)
                continue
            for site in sorted(sites):
                persons = int(closed.body["nights"].get(f"hosted@{site}", 0))
                number, entry = counted.get((site, day), (None, 0))
                own = any(
                    t.site == site and t.incurred_by == code and t.holds(day)
                    for t in self.pack.rates
                )
                if persons or number or own:
                    nights.append(Night(site, day, persons, number, closed.no, entry))
        began = date.fromisoformat(self._began())
        before = nights_before(self.pack.published_nights, code, period, began)
        return [*before, *nights], without(missing, before)

    def _sites(self, code: str) -> set[str]:
        """The sites of a region that this record has."""
        sites: set[str] = {site.id for site in self.pack.sites if site.region == code}
        return sites | {
            name
            for name, row in self.journal.rows("places", kind="site").items()
            if row.get("region") == code
        }

    def _headcounts(self, period: Period) -> dict[tuple[str, date], tuple[int, int]]:
        """The last headcount of each site and night of the period, with the number of its entry."""
        found: dict[tuple[str, date], tuple[int, int]] = {}
        for entry in self._since(f"{period.first - timedelta(days=1)}T00:00:00.000000Z"):
            if entry.verb != "count" or not str(entry.body["account"]).startswith("hosted@"):
                continue
            if entry.body.get("by", "") not in NIGHTLY:
                continue
            day = date.fromisoformat(entry.body.get("night") or entry.day)
            if day in period:
                site = str(entry.body["account"]).removeprefix("hosted@")
                found[site, day] = (int(entry.body["reported"]), entry.no)
        return found


def _gaps(missing: list[date], began: date) -> list[Finding]:
    """A finding for each stretch of days that this record does not have."""
    found: list[Finding] = []
    for before, why, do in (
        (
            True,
            "before this record began",
            "state them from published figures, apart and marked so",
        ),
        (False, "not closed", "close each with 'partage close --day DAY' once it is over"),
    ):
        days = [day for day in missing if (day < began) == before]
        ends = [
            0,
            *(n + 1 for n, (a, b) in enumerate(pairwise(days)) if (b - a).days > 1),
            len(days),
        ]
        for first, last in pairwise(ends):
            if first < last:
                where = f"nights of {days[first]} to {days[last - 1]}"
                what = f"are {why} ({began})" if before else f"are {why}"
                found.append(Finding(where, what, do, "fault"))
    return found
