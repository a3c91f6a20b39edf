"""The rates of sites and the rules of cost-sharing of a pack: cents and exact shares, dated, sourced."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from fractions import Fraction

from partage.core.errors import InputRefused
from partage.core.money import cents_of
from partage.core.rates import UNITS, SharingRule, Tariff
from partage.packs.tables import Faults, Line, build, read_table

RATES = (
    "site", "unit", "category", "first_day", "last_day", "amount", "currency", "incurred_by",
)  # fmt: skip
SHARING = ("id", "payer", "claimant", "category", "share", "first_day", "last_day", "cap")


def read_rates(data: bytes, sites: Collection[str], faults: Faults) -> tuple[Tariff, ...]:
    """A rate per good row of ``rates.csv``."""

    def rate(row: Line) -> Tariff:
        return Tariff(
            row.code("site", sites, "site"), row.code("unit", UNITS, "unit"), row.text("category"),
            row.day("first_day"), _maybe_day(row, "last_day"),
            _cents(row, row.text("amount"), row.text("currency", empty=True)),
            row.text("incurred_by"), row.origin(),
        )  # fmt: skip

    return tuple(build(read_table("rates", data, RATES, faults), rate))


def read_sharing(data: bytes, faults: Faults) -> tuple[SharingRule, ...]:
    """A rule per good row of ``cost_sharing.csv``; an id that stands twice is a fault."""

    def rule(row: Line) -> SharingRule:
        cap = row.text("cap", empty=True)
        return SharingRule(
            row.text("id"), row.text("payer"), row.text("claimant"), row.text("category"),
            _share(row), row.day("first_day"), _maybe_day(row, "last_day"),
            _cents(row, cap, "CAD") if cap else None, row.origin(),
        )  # fmt: skip

    lines = read_table("cost_sharing", data, SHARING, faults)
    return tuple(build(lines, rule, lambda one: one.id))


def _maybe_day(row: Line, column: str) -> date | None:
    return row.day(column) if row.text(column, empty=True) else None


def _cents(row: Line, text: str, currency: str) -> int:
    try:
        return cents_of(text, currency)
    except InputRefused as refusal:
        row.fault("amount", refusal.what.removesuffix("."), refusal.do.removesuffix("."))
        return 0


def _share(row: Line) -> Fraction:
    text = row.text("share")
    try:
        share = Fraction(text)
    except (ValueError, ZeroDivisionError):
        share = Fraction(-1)
    if not 0 <= share <= 1:
        row.fault("share", f"'{text}' is not a share from 0 to 1", "write it as 95/100")
        return Fraction(0)
    return share
