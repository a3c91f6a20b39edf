"""A statement of cost: a line a night, what of it is eligible, what blocks it, and what it adds up to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from partage.core.errors import WrongState
from partage.core.findings import Finding
from partage.core.marks import mark
from partage.core.money import part_of
from partage.core.rates import SharingRule, Tariff
from partage.costs.charging import EMPTY, Part, charged_on, counted_on
from partage.costs.invoices import InvoiceLine, Invoices
from partage.costs.nights import Night, reconcile
from partage.costs.periods import Period, fiscal_year
from partage.costs.postings import Posting
from partage.costs.quantities import Count
from partage.costs.sharing import check_rules, contradicting, rule_on
from partage.costs.tariffs import check_tariffs

__all__ = ["EMPTY", "Account", "Line", "Statement", "account_of", "state"]


@dataclass(frozen=True, slots=True)
class Line:
    """What one site cost on one night, in cents; ``claimed`` is the payer's part of ``amount``.

    ``rule`` and ``payer`` are empty where no rule is known: the claimant bears it, and a finding says so.
    ``assumed`` are the sentences of what is assumed in it. ``evidence`` are numbers of entries.
    """

    site: str
    day: date
    unit: str
    quantity: int
    each: int
    amount: int
    category: str
    payer: str
    rule: str
    share: Fraction
    claimed: int
    evidence: tuple[int, ...]
    published: str = ""
    assumed: tuple[str, ...] = ()
    incurred_by: str = ""


@dataclass(frozen=True, slots=True)
class Statement:
    """The lines of a claimant for a period, what was left out and why, and the sums of the lines alone.

    ``direct`` are lines of the same sites that somebody else incurred and bears: told, and not claimed.
    """

    claimant: str
    period: Period
    lines: tuple[Line, ...]
    blocked: tuple[Finding, ...]
    notes: tuple[Finding, ...] = ()
    direct: tuple[Line, ...] = ()

    @property
    def amount(self) -> int:
        """What the lines cost, in cents."""
        return sum(line.amount for line in self.lines)

    def claimed(self, payer: str) -> int:
        """What the lines claim of a payer, in cents."""
        return sum(line.claimed for line in self.lines if line.payer == payer)

    @property
    def payers(self) -> tuple[str, ...]:
        """Who is asked for a part."""
        return tuple(sorted({line.payer for line in self.lines if line.payer}))

    @property
    def digest(self) -> str:
        """A fingerprint of every line: a book, a rate or a rule that changed afterwards shows by it."""
        return mark(
            [
                [one.site, one.day, one.unit, one.quantity, one.each, one.amount, one.category,
                 one.payer, one.rule, one.share, one.claimed, one.evidence, one.published]
                for one in self.lines
            ]
        )  # fmt: skip

    @property
    def complete(self) -> bool:
        """Whether nothing was blocked: only then may it be certified."""
        return not self.blocked

    def postings(self) -> list[Posting]:
        """The lines as double entry: incurred by the claimant; the payer's part is owed to it."""
        found: list[Posting] = []
        for line in self.lines:
            name = f"{self.claimant}/{line.site}/{line.day}/{line.unit}/{line.category}"
            found.append(
                Posting(f"{name}/cost", f"bearer/{self.claimant}", f"cost/{line.site}",
                        line.amount, line.day, line.evidence)
            )  # fmt: skip
            if line.claimed:
                found.append(
                    Posting(f"{name}/due", f"due/{self.claimant}/{line.payer}",
                            f"bearer/{self.claimant}", line.claimed, line.day, line.evidence)
                )  # fmt: skip
        return found

    def certified(self) -> Statement:
        """The statement, if it may be certified. Refused: lines are blocked, rest on no record, or there
        are none."""
        if self.blocked:
            raise WrongState(
                f"{len(self.blocked)} things block this statement; the first: {self.blocked[0].where} "
                f"{self.blocked[0].what}.",
                f"{self.blocked[0].do or 'Mend it'}, then make the statement again.",
            )
        if not self.lines:
            raise WrongState("The statement has no lines.", "Look at the period and the region.")
        if published := [line for line in self.lines if line.published]:
            raise WrongState(
                f"{len(published)} lines rest on published figures and on no record: nobody can say that "
                "people were there.",
                "State the nights of the record apart, or bring the counts of that place into the record.",
            )
        return self


@dataclass
class _Caps:
    """What was claimed so far under each rule, by fiscal year."""

    claimed: dict[tuple[str, int], int] = field(default_factory=dict)

    def take(self, rule: SharingRule, day: date, cents: int) -> int:
        """As much of it as the cap leaves."""
        key = (rule.id, fiscal_year(day).year)
        before = self.claimed.get(key, 0)
        if rule.cap_cents is not None:
            cents = max(0, min(cents, rule.cap_cents - before))
        self.claimed[key] = before + cents
        return cents


def state(
    claimant: str,
    period: Period,
    nights: Sequence[Night],
    tariffs: Sequence[Tariff],
    rules: Sequence[SharingRule],
    *,
    counts: Sequence[Count] = (),
    invoiced: Sequence[InvoiceLine] | None = None,
    claimed_before: Mapping[tuple[str, int], int] | None = None,
    gaps: Sequence[Finding] = (),
    told: Sequence[Finding] = (),
) -> Statement:
    """The statement of a claimant (a region) for the nights of its sites in a period.

    ``counts`` are trips and households taken on; ``invoiced``: invoices, each night, quantity and rate of
    which must be what is charged. ``claimed_before``: cents claimed earlier under (rule, first year of the
    fiscal year), against its cap; ``gaps`` are nights that nobody can state, each a finding that blocks;
    those ``told`` do not block.
    A night that does not stand, has no rate, or has two, is blocked and told; a night that no rule speaks
    of is borne by the claimant. A site that is paid by the room is charged its rooms; empty ones stand in
    lines of their own.
    """
    good, differences = reconcile(night for night in nights if night.day in period)
    held = None if invoiced is None else Invoices(invoiced, period)
    blocked = [*gaps, *check_tariffs(tariffs), *check_rules(rules), *differences]
    if held is not None:
        blocked += held.faults
        for night in nights:
            held.seen(night.site, night.day)
    making = _Making(claimant, rules, blocked, list(told), _Caps(dict(claimed_before or {})))
    charged: list[tuple[Night | Count, list[Part], str]] = []
    for night in good:
        parts = charged_on(night, tariffs)
        if isinstance(parts, Finding):
            blocked.append(parts)
        else:
            said = "the book" if night.recount is None else "the recount"
            charged.append((night, parts, said))
    for count in counts:
        if count.day in period:
            found = counted_on(count, tariffs)
            if isinstance(found, Finding):
                blocked.append(found)
            elif found:
                charged.append((count, found, "the book"))
    charged = _invoiced(charged, claimant, held, blocked)
    for one, parts, _ in sorted(charged, key=lambda c: (c[0].day, c[0].site)):
        for tariff, quantity, category in parts:
            if quantity:
                making.add(one, tariff, quantity, category)
    return Statement(
        claimant, period, tuple(making.lines), tuple(blocked), tuple(making.notes),
        tuple(making.direct),
    )  # fmt: skip


def _invoiced(
    charged: list[tuple[Night | Count, list[Part], str]],
    claimant: str,
    held: Invoices | None,
    blocked: list[Finding],
) -> list[tuple[Night | Count, list[Part], str]]:
    """What the invoices agree with; the rest is blocked. All that a site costs on a day stands together."""
    if held is None:
        return charged
    together: dict[tuple[str, date], list[tuple[Night | Count, list[Part], str]]] = {}
    for each in charged:
        together.setdefault((each[0].site, each[0].day), []).append(each)
    good = []
    for (site, day), some in sorted(together.items()):
        held.seen(site, day)
        every = [part for _, parts, _ in some for part in parts]
        own = [
            p for p in every if p[0].incurred_by == claimant or held.has(site, day, p[0].unit)
        ]  # others' contracts are held against an invoice only where there is one
        why = held.against(site, day, own, some[0][2])
        if why is None:
            good += some
        else:
            blocked.append(why)
    blocked += held.left()
    return good


@dataclass
class _Making:
    """Lines as they are made: those of the claimant, those of others, and what is told of them."""

    claimant: str
    rules: Sequence[SharingRule]
    blocked: list[Finding]
    notes: list[Finding]
    caps: _Caps
    lines: list[Line] = field(default_factory=list)
    direct: list[Line] = field(default_factory=list)

    def add(self, one: Night | Count, tariff: Tariff, quantity: int, category: str) -> None:
        """A line; where two rules say differently who bears it, a finding instead."""
        where = f"{one.site} night of {one.day}"
        if two := contradicting(self.rules, self.claimant, category, one.day):
            what = f"{' and '.join(two)} say differently who bears {category}"
            self.blocked.append(Finding(where, what, "end one of them", "fault"))
        elif tariff.incurred_by == self.claimant:
            rule, why = rule_on(self.rules, self.claimant, category, one.day)
            self.lines.append(_line(one, tariff, quantity, category, rule, self.caps, self.notes))
            if rule is None:
                do = f"{self.claimant} bears it until a rule is entered"
                self.notes.append(Finding(where, why, do, "warning"))
        else:
            line = _line(one, tariff, quantity, category, None, self.caps, self.notes)
            self.direct.append(line)


def _line(
    night: Night | Count,
    tariff: Tariff,
    quantity: int,
    category: str,
    rule: SharingRule | None,
    caps: _Caps,
    notes: list[Finding],
) -> Line:
    amount, claimed = quantity * tariff.cents, 0
    published = night.published if isinstance(night, Night) else ""
    assumed = [
        night.assumed if published and isinstance(night, Night) else "",
        tariff.origin.assumption,
    ]
    if rule is not None:
        assumed.append(rule.origin.assumption)
        full = part_of(amount, rule.share)
        claimed = caps.take(rule, night.day, full)
        if claimed < full:
            where = f"{night.site} night of {night.day}"
            what = f"{full - claimed} cents are above the cap of {rule.id}"
            notes.append(Finding(where, what, "the claimant bears them", "note"))
    return Line(
        night.site, night.day, tariff.unit, quantity, tariff.cents, amount, category,
        rule.payer if rule else "", rule.id if rule else "", rule.share if rule else Fraction(0),
        claimed, _evidence(night, tariff.unit), published,
        tuple(dict.fromkeys(one for one in assumed if one)), tariff.incurred_by,
    )  # fmt: skip


def _evidence(one: Night | Count, unit: str) -> tuple[int, ...]:
    """The entries that a line rests on; rooms and seats also on who came and what is under contract."""
    if isinstance(one, Count):
        return one.entries
    more = () if unit == "person-night" else one.papers
    return tuple(n for n in (one.entry, one.count_entry, one.recount_entry, *more) if n)


@dataclass(frozen=True, slots=True)
class Account:
    """What is claimed of a payer, by claimant, in cents; payments: ``casework.statement``."""

    payer: str
    claimed: Mapping[str, int]


def account_of(payer: str, statements: Iterable[Statement]) -> Account:
    """The payer's side of the statements of all claimants."""
    claimed: dict[str, int] = {}
    for one in statements:
        claimed[one.claimant] = claimed.get(one.claimant, 0) + one.claimed(payer)
    return Account(payer, claimed)
