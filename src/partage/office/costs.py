"""Statements of cost: the closed nights of a region, with their headcounts, at the rates of the pack."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from partage.casework import statement as acts_of
from partage.casework.acts import Acts
from partage.core.errors import InputRefused, NotFound, no_such, shown
from partage.core.findings import Finding
from partage.core.marks import mark_of_bytes
from partage.core.statement_steps import STATES, STEPS
from partage.costs import InvoiceLine, Period, Statement, period_of, state
from partage.costs.invoices import from_rows
from partage.costs.nights import recounted
from partage.costs.periods import fiscal_year
from partage.costs.published import left_out, told
from partage.costs.tariffs import not_counted
from partage.office.desk import Done
from partage.office.nights import Nights

Invoiced = Sequence[InvoiceLine]


class Costs(Nights):
    """What the nights on record cost, and who bears it."""

    def settle(self, region: str, period: Period, invoiced: Invoiced | None = None) -> Statement:
        """The draft statement of a region for a period, from closed days and headcounts alone.

        ``invoiced``: lines of invoices, to be held against the book and the rates. A day that is not
        closed or was before this record began is blocked and told. Nothing is written.
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
                deputy_for=self._stands_for(), day=self._day(), stream=self._stream("settle"),
                register=register, invoiced=invoiced,
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
            second: dict[str, Any] = {"actor": me, "deputy_for": self._stands_for(), "day": day}
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
                return acts_of.answer(statement, row, entry, **second)
            if act == "accept":
                return acts_of.accept(statement, row, **second)
            if act == "pay":
                return acts_of.pay(statement, row, cents, on or date.fromisoformat(day), **second)
            return acts_of.reverse(statement, row, why, **second)

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
        """The statement as the record has it now, held against its invoices."""
        if invoiced is None and (mark := row.get("invoices")):
            kept = self.journal.blob(str(mark))
            if kept is None or mark_of_bytes(kept) != mark:
                raise NotFound(
                    "The invoices of this statement are not in the record.",
                    "Restore them from a copy, or give them again with --invoices.",
                )
            invoiced = from_rows(json.loads(kept))
        return self._state(str(row["claimant"]), period_of(str(row["period"])), invoiced)

    def _state(self, code: str, period: Period, invoiced: Invoiced | None) -> Statement:
        found = self._nights(code, period)
        began, pack = date.fromisoformat(self._began()), self.pack
        apart = left_out(pack.published_nights, code, period, began, self._sites(code))
        return state(
            code, period, found.nights, pack.rates, pack.sharing, counts=found.counts,
            invoiced=invoiced, claimed_before=self._claimed_before(code, period),
            gaps=(*found.gaps, *apart, *not_counted(pack.rates, code, period)),
            told=(*told([n for n in found.nights if n.published]), *recounted(found.nights)),
        )  # fmt: skip

    def _claimed_before(self, code: str, period: Period) -> dict[tuple[str, int], int]:
        """What the nights of the fiscal year before a period claim under each rule that has a cap."""
        start = fiscal_year(period.first)
        capped = any(r.cap_cents is not None and r.claimant == code for r in self.pack.sharing)
        if not capped or start == period.first:
            return {}
        before = Period(start, period.first - timedelta(days=1))
        found, pack = self._nights(code, before), self.pack
        claimed: dict[tuple[str, int], int] = {}
        for line in state(
            code, before, found.nights, pack.rates, pack.sharing, counts=found.counts
        ).lines:
            key = (line.rule, start.year)
            claimed[key] = claimed.get(key, 0) + line.claimed
        return claimed


def _row(number: str, row: Mapping[str, Any]) -> dict[str, Any]:
    """A statement as people see it: sums, states, payments, queries; who acted stands in the record."""
    names = (
        "state", "claimant", "payer", "period", "lines", "amount", "claimed", "prepared_on",
        "submitted_on", "accepted_on", "reversed_on", "why", "attested", "digest", "blocked",
        "invoices",
    )  # fmt: skip
    told = {name: row[name] for name in names if name in row}
    paid = [dict(one) for one in row.get("paid", ())]
    queries = [dict(one) for one in row.get("queries", ())]
    hands = acts_of.claimant_hands(row)
    return {
        "statement": number, **told, "prepared_by": hands[0],
        "certified_by": hands[1] if len(hands) > 1 else "", "paid": paid,
        "acted_for_payer": list(dict.fromkeys(row.get("payer_hands", ()))),
        "open": acts_of.open_cents(row), "queries": queries,
    }  # fmt: skip
