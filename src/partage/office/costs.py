"""Statements of cost: the closed nights of a region, with their headcounts, at the rates of the pack."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from partage.casework import statement as acts_of
from partage.casework.acts import Acts
from partage.casework.count import NIGHTLY, RECOUNT
from partage.core.errors import InputRefused, NotFound, no_such, shown
from partage.core.findings import Finding
from partage.core.statement_steps import STATES, STEPS
from partage.costs import Night, Period, Statement, period_of, state
from partage.costs.nights import recounted
from partage.costs.periods import fiscal_year
from partage.costs.published import left_out, nights_before, told, without
from partage.costs.tariffs import not_counted
from partage.office.desk import Desk, Done

Invoiced = Mapping[tuple[str, date], int]  # persons by site and night

_Counts = dict[tuple[str, date], tuple[int, int, str]]  # persons, number of the entry, by whom


class Costs(Desk):
    """What the nights on record cost, and who bears it."""

    def settle(self, region: str, period: Period, invoiced: Invoiced | None = None) -> Statement:
        """The draft statement of a region for a period, from closed days and headcounts alone.

        ``invoiced``: persons per (site, night), to be held against the book. A day that is not closed or
        was before this record began is blocked and told. Nothing is written.
        """
        code = self.pack.region(region).id
        self._permit("settle", fields="amounts", region=code)
        return self._state(code, period, invoiced)

    def prepare_statement(
        self,
        region: str,
        period: Period,
        invoiced: Invoiced | None = None,
        *,
        idem: str | None = None,
    ) -> Done:
        """Put the draft of a region for a period on record, for a second person to certify."""
        code = self.pack.region(region).id
        self._permit("settle", fields="drafts", region=code)

        def act() -> Acts:
            register = self.journal.version(f"stated/{code}")
            others = {n: row for n, row in self._on_record().items() if row["claimant"] == code}
            return acts_of.prepare(
                self._state(code, period, invoiced), others, actor=self.actor.name,
                day=self._day(), stream=self._stream("settle"), register=register,
            )  # fmt: skip

        return self._do("settle", act, idem)

    def act_on_statement(
        self,
        statement: str,
        act: str,
        *,
        why: str = "",
        site: str = "",
        night: date | None = None,
        entry: int = 0,
        cents: int = 0,
        on: date | None = None,
        invoiced: Invoiced | None = None,
        idem: str | None = None,
    ) -> Done:
        """``submit`` (certified by a second person), ``query`` a line (``site``, ``night``, ``why``),
        ``answer`` it (``entry``: the number of what shows it), ``accept``, ``pay`` (``cents``, ``on``),
        or ``reverse`` (``why``): every line taken back, to be stated anew.
        """
        if act not in STEPS:
            raise InputRefused(f"{shown(act)} is no act.", f"Use one of: {', '.join(STEPS)}.")
        fields = {"submit": "certification", "query": "payments", "accept": "payments"}
        self._permit("settle", fields={**fields, "pay": "payments"}.get(act, "drafts"))

        def do() -> Acts:
            row = self._statement(statement)
            me, day = self.actor.name, self._day()
            second = {"actor": me, "deputy_for": self._stands_for(), "day": day}
            if act == "submit":
                return acts_of.submit(statement, row, self._now(row, invoiced), **second)
            if act == "query":
                if night is None:
                    raise InputRefused("It is not said which night.", "Give --night.")
                return acts_of.query(
                    statement, row, self._now(row, invoiced), site, night, why, **second
                )
            if act == "answer":
                if entry > self.journal.head()[0]:
                    raise NotFound(no_such("entry", str(entry)), "Look at its number again.")
                return acts_of.answer(statement, row, entry, actor=me, day=day)
            if act == "accept":
                return acts_of.accept(statement, row, **second)
            if act == "pay":
                return acts_of.pay(statement, row, cents, on or date.fromisoformat(day), **second)
            return acts_of.reverse(statement, row, why, actor=me, day=day)

        return self._do("settle", do, idem)

    def statements(self, region: str = "") -> list[dict[str, Any]]:
        """Every statement on record, of one region or of all: its state, what is claimed, paid and open."""
        code = self.pack.region(region).id if region else ""
        self._permit("settle", fields="amounts", region=code)
        return [
            _row(number, row)
            for number, row in sorted(self._on_record().items())
            if code in ("", row["claimant"])
        ]

    def read_statement(self, statement: str) -> tuple[dict[str, Any], Statement, list[Finding]]:
        """A statement on record, its lines as the record has them now, and whether they still are what
        was prepared."""
        self._may_at_all("settle")
        row = self._statement(statement)
        self._permit("settle", fields="amounts", region=str(row["claimant"]))
        now = self._now(row, None)
        found = []
        if row["state"] != "reversed" and now.digest != row["digest"]:
            found.append(
                Finding(
                    f"statement {statement}",
                    "the record says something else of these nights than when it was prepared",
                    "look what was corrected; take it back with 'reverse' and prepare it anew",
                    "fault",
                )
            )
        return _row(statement, row), now, found

    def _on_record(self) -> dict[str, dict[str, Any]]:
        return {
            subject.partition("/")[2]: row
            for name in STATES
            for subject, row in self.journal.rows("matters", list=f"statement/{name}").items()
        }

    def _statement(self, statement: str) -> dict[str, Any]:
        row = self.journal.row("matters", f"statement/{statement}")
        if row is None:
            do = "A statement id is S- and ten characters; see 'partage settle --list'."
            raise NotFound(no_such("statement", statement), do)
        return row

    def _now(self, row: Mapping[str, Any], invoiced: Invoiced | None) -> Statement:
        return self._state(str(row["claimant"]), period_of(str(row["period"])), invoiced)

    def _state(self, code: str, period: Period, invoiced: Invoiced | None) -> Statement:
        nights, missing = self._nights(code, period)
        began, pack = date.fromisoformat(self._began()), self.pack
        apart = left_out(pack.published_nights, code, period, began, self._sites(code))
        return state(
            code, period, nights, pack.rates, pack.sharing, invoiced=invoiced,
            claimed_before=self._claimed_before(code, period),
            gaps=(*_gaps(missing, began), *apart, *not_counted(pack.rates, code, period)),
            told=(*told([n for n in nights if n.published]), *recounted(nights)),
        )  # fmt: skip

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
        counted, again = self._headcounts(period)
        nights: list[Night] = []
        missing: list[date] = []
        for day in period.days:
            closed = next(iter(self.journal.read(subject=f"day/{day}")), None)
            if closed is None:
                missing.append(day)
                continue
            for site in sorted(sites):
                persons = int(closed.body["nights"].get(f"hosted@{site}", 0))
                number, entry, who = counted.get((site, day), (None, 0, ""))
                anew, later, other = again.get((site, day), (None, 0, ""))
                if anew is None or other == who:  # nobody settles a difference with themself
                    anew, later = None, 0
                own = any(
                    t.site == site and t.incurred_by == code and t.holds(day)
                    for t in self.pack.rates
                )
                if persons or number or anew or own:
                    nights.append(
                        Night(site, day, persons, number, closed.no, entry, recount=anew,
                              recount_entry=later)
                    )  # fmt: skip
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

    def _headcounts(self, period: Period) -> tuple[_Counts, _Counts]:
        """The last headcount and the last recount of each site and night of the period."""
        found: _Counts = {}
        again: _Counts = {}
        for entry in self._since(f"{period.first - timedelta(days=1)}T00:00:00.000000Z"):
            if entry.verb != "count" or not str(entry.body["account"]).startswith("hosted@"):
                continue
            by = entry.body.get("by", "")
            if by not in NIGHTLY and by != RECOUNT:
                continue
            day = date.fromisoformat(entry.body.get("night") or entry.day)
            if day in period:
                site = str(entry.body["account"]).removeprefix("hosted@")
                kind = again if by == RECOUNT else found
                kind[site, day] = (int(entry.body["reported"]), entry.no, entry.actor)
        return found, again


def _row(number: str, row: Mapping[str, Any]) -> dict[str, Any]:
    """A statement as people see it: sums, states, payments, queries; who acted stands in the record."""
    names = (
        "state", "claimant", "payer", "period", "lines", "amount", "claimed", "prepared_on",
        "submitted_on", "accepted_on", "reversed_on", "why", "attested", "digest", "blocked",
    )  # fmt: skip
    told = {name: row[name] for name in names if name in row}
    paid = [dict(one) for one in row.get("paid", ())]
    queries = [dict(one) for one in row.get("queries", ())]
    hands = acts_of.claimant_hands(row)
    return {
        "statement": number, **told, "prepared_by": hands[0],
        "certified_by": hands[1] if len(hands) > 1 else "", "paid": paid,
        "open": acts_of.open_cents(row), "queries": queries,
    }  # fmt: skip


def _gaps(missing: list[date], began: date) -> list[Finding]:
    """A finding for each stretch of days that this record does not have."""
    found: list[Finding] = []
    for before, why, do in (
        (
            True,
            "before this record began",
            "what is published of them stands beside, marked; the rest is in no sum",
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
