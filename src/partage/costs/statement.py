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
from partage.costs.nights import Night, reconcile
from partage.costs.periods import Period, fiscal_year
from partage.costs.postings import Posting
from partage.costs.sharing import check_rules, contradicting, rule_on
from partage.costs.tariffs import check_tariffs, tariff_on

EMPTY = "empty-rooms"  # rooms under contract that nobody slept in: told apart from nights


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
            name = f"{self.claimant}/{line.site}/{line.day}/{line.category}"
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
    invoiced: Mapping[tuple[str, date], int] | None = None,
    claimed_before: Mapping[tuple[str, int], int] | None = None,
    gaps: Sequence[Finding] = (),
    told: Sequence[Finding] = (),
) -> Statement:
    """The statement of a claimant (a region) for the nights of its sites in a period.

    ``claimed_before``: cents claimed earlier under (rule, first year of the fiscal year), against its cap;
    ``gaps`` are nights that nobody can state, each a finding that blocks; those ``told`` do not block.
    A night that does not stand, has no rate, or has two, is blocked and told; a night that no rule speaks
    of is borne by the claimant. A site that is paid by the room is charged its rooms; empty ones stand in
    lines of their own.
    """
    inside = [night for night in nights if night.day in period]
    good, blocked = reconcile(
        inside, None if invoiced is None else {k: n for k, n in invoiced.items() if k[1] in period}
    )
    blocked = [*gaps, *check_tariffs(tariffs), *check_rules(rules), *blocked]
    notes: list[Finding] = list(told)
    caps = _Caps(dict(claimed_before or {}))
    lines: list[Line] = []
    direct: list[Line] = []
    for night in sorted(good, key=lambda n: (n.day, n.site)):
        parts = _charged(night, tariffs)
        if isinstance(parts, Finding):
            blocked.append(parts)
            continue
        for tariff, quantity, category in parts:
            if not quantity:
                continue
            if two := contradicting(rules, claimant, category, night.day):
                what = f"{' and '.join(two)} say differently who bears {category}"
                where = f"{night.site} night of {night.day}"
                blocked.append(Finding(where, what, "end one of them", "fault"))
                continue
            if tariff.incurred_by == claimant:
                rule, why = rule_on(rules, claimant, category, night.day)
                lines.append(_line(night, tariff, quantity, category, rule, caps, notes))
                if rule is None:
                    where = f"{night.site} night of {night.day}"
                    do = f"{claimant} bears it until a rule is entered"
                    notes.append(Finding(where, why, do, "warning"))
            else:
                direct.append(_line(night, tariff, quantity, category, None, caps, notes))
    return Statement(claimant, period, tuple(lines), tuple(blocked), tuple(notes), tuple(direct))


def _charged(night: Night, tariffs: Sequence[Tariff]) -> list[tuple[Tariff, int, str]] | Finding:
    """The rates of a night, each with its quantity and category; a finding where it has none."""
    by_person = tariff_on(tariffs, night.site, "person-night", night.day)
    by_room = tariff_on(tariffs, night.site, "room-night", night.day)
    where = f"{night.site} night of {night.day}"
    if by_person is not None and by_room is not None:
        return Finding(where, "has a rate by the person and one by the room", "keep one", "fault")
    if by_person is not None:
        return [(by_person, night.charged, by_person.category)]
    if by_room is None:
        if night.charged == 0 and not night.rooms:
            return []
        return Finding(
            where,
            f"{night.charged} persons slept there, and no contract or rate is known for it",
            "enter its rate, or say since when it has none",
            "fault",
        )
    if night.rooms is None or night.empty is None:
        return Finding(
            where, "is paid by the room, and it is not known how many were slept in",
            "ask the site for rooms under contract and rooms empty", "fault",
        )  # fmt: skip
    if not 0 <= night.empty <= night.rooms:
        return Finding(
            where, f"has {night.empty} of {night.rooms} rooms empty", "correct it", "fault"
        )
    return [
        (by_room, night.rooms - night.empty, by_room.category),
        *([(by_room, night.empty, EMPTY)] if night.empty else []),
    ]


def _line(
    night: Night,
    tariff: Tariff,
    quantity: int,
    category: str,
    rule: SharingRule | None,
    caps: _Caps,
    notes: list[Finding],
) -> Line:
    amount, claimed = quantity * tariff.cents, 0
    assumed = [night.assumed, tariff.origin.assumption]
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
        claimed, tuple(n for n in (night.entry, night.count_entry, night.recount_entry) if n),
        night.published,
        tuple(dict.fromkeys(one for one in assumed if one)),
    )  # fmt: skip


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
