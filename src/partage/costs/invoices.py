"""What a site invoiced, night by night, to be held against the book, the headcount and the rate."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from partage.core.errors import InputRefused, shown
from partage.core.findings import Finding
from partage.core.money import cents_of, dollars
from partage.core.rates import UNITS, Tariff
from partage.costs.periods import Period
from partage.packs.tables import Faults, Line, build, read_table

COLUMNS = ("site", "night", "persons")
IN_FULL = ("site", "first_night", "last_night", "unit", "quantity", "rate", "amount", "currency")
MOST_TOLD = 20
MOST_NIGHTS = 3_660


@dataclass(frozen=True, slots=True)
class InvoiceLine:
    """``quantity`` of a unit each night from ``first`` to ``last``, both included.

    ``rate`` is what one costs and ``amount`` what the line comes to, in cents (None: the invoice says
    neither). ``where`` is where it stands, for whoever has to look.
    """

    site: str
    first: date
    last: date
    unit: str
    quantity: int
    rate: int | None = None
    amount: int | None = None
    where: str = ""

    @property
    def nights(self) -> int:
        """How many nights it is of."""
        return (self.last - self.first).days + 1

    def faults(self) -> Iterator[Finding]:
        """What is wrong with the line in itself: days in the wrong order, a sum that is not its parts'."""
        if self.last < self.first:
            what = f"ends on {self.last}, before it begins on {self.first}"
            yield Finding(self.where, what, "ask for a corrected invoice", "fault")
        elif self.rate is not None and self.amount is not None:
            comes = self.quantity * self.nights * self.rate
            if comes != self.amount:
                yield Finding(
                    self.where,
                    f"says {dollars(self.amount)}, and {self.quantity} x {self.nights} nights x "
                    f"{dollars(self.rate)} are {dollars(comes)}",
                    "ask for a corrected invoice",
                    "fault",
                )


class Invoices:
    """Lines of invoices by site, night and unit; what is wrong with them is told, and blocks."""

    def __init__(self, lines: Iterable[InvoiceLine], period: Period) -> None:
        self.faults: list[Finding] = []
        self._of: dict[tuple[str, date, str], InvoiceLine] = {}
        self._asked: set[tuple[str, date]] = set()
        for line in lines:
            found = list(line.faults())
            self.faults += found
            if line.last < line.first:
                continue
            for number in range(line.nights):
                day = line.first + timedelta(days=number)
                key = (line.site, day, line.unit)
                if day in period and self._of.setdefault(key, line) is not line:
                    what = f"is invoiced twice by the {line.unit}: {self._of[key].where} and {line.where}"
                    where = f"{line.site} night of {day}"
                    self.faults.append(Finding(where, what, "ask for one invoice", "fault"))

    def seen(self, site: str, day: date) -> None:
        """The record has that night; an invoice for it is of something."""
        self._asked.add((site, day))

    def has(self, site: str, day: date, unit: str) -> bool:
        """Whether that is invoiced."""
        return (site, day, unit) in self._of

    def against(
        self, site: str, day: date, charged: Sequence[tuple[Tariff, int, str]], said: str
    ) -> Finding | None:
        """Where an invoice says another quantity or rate than would be charged; None if they agree.

        ``said`` names what the quantity stands on: the book, or a recount. What is charged and not
        invoiced at all is a difference too.
        """
        where = f"{site} night of {day}"
        quantities: dict[str, int] = {}
        for tariff, quantity, _ in charged:
            quantities[tariff.unit] = quantities.get(tariff.unit, 0) + quantity
        for unit, (quantity, line) in self._both(site, day, quantities).items():
            invoiced = line.quantity if line else 0
            if invoiced != quantity:
                what = f"is invoiced for {invoiced} {named(unit)}, {said} says {quantity}"
                do = (
                    "ask for a corrected invoice, or have the night recounted"
                    if said == "the recount"
                    else "ask for a corrected invoice, or correct the book"
                )
                return Finding(where, what, do, "fault")
        for tariff, _, _ in charged:
            other = self._of.get((site, day, tariff.unit))
            if other is not None and other.rate is not None and other.rate != tariff.cents:
                return Finding(
                    where,
                    f"is invoiced at {dollars(other.rate)} a {tariff.unit}, the rate is "
                    f"{dollars(tariff.cents)}",
                    "ask for a corrected invoice, or enter the rate that was agreed",
                    "fault",
                )
        return None

    def _both(
        self, site: str, day: date, charged: Mapping[str, int]
    ) -> dict[str, tuple[int, InvoiceLine | None]]:
        of = {unit: line for (s, d, unit), line in self._of.items() if (s, d) == (site, day)}
        return {
            unit: (charged.get(unit, 0), of.get(unit)) for unit in dict.fromkeys((*charged, *of))
        }

    def left(self) -> Iterator[Finding]:
        """A finding for each invoiced night that the record does not have."""
        for (site, day, unit), line in sorted(self._of.items(), key=lambda pair: pair[0]):
            if (site, day) not in self._asked:
                yield Finding(
                    f"{site} night of {day}",
                    f"is invoiced for {line.quantity} {named(unit)}, and the book has no such night",
                    "ask the site, or close the day",
                    "fault",
                )


def named(unit: str) -> str:
    """What a quantity of a unit is of."""
    return {"person-night": "persons", "room-night": "rooms"}.get(unit, f"of the unit {unit}")


def read_invoices(data: bytes, sites: Collection[str]) -> tuple[InvoiceLine, ...]:
    """The lines of a CSV file: site, night, persons; or in full, by unit, with rate and amount.

    Refused with every fault by row and column: a file that is none, a site that is unknown, a day or a
    number that is none, a line that stands twice.
    """
    faults = Faults()
    in_full = b"unit" in data.split(b"\n", 1)[0].lower()

    def short(row: Line) -> InvoiceLine:
        night = row.day("night")
        return InvoiceLine(
            row.code("site", sites, "site"), night, night, "person-night", row.whole("persons"),
            where=row.where,
        )  # fmt: skip

    def full(row: Line) -> InvoiceLine:
        money = row.text("currency")
        return InvoiceLine(
            row.code("site", sites, "site"), row.day("first_night"), row.day("last_night"),
            row.code("unit", UNITS, "unit"), row.whole("quantity"),
            _cents(row, "rate", money), _cents(row, "amount", money), row.where,
        )  # fmt: skip

    lines = read_table("invoices", data, IN_FULL if in_full else COLUMNS, faults, origin=False)
    rows = build(
        lines, full if in_full else short, lambda one: (one.site, one.first, one.last, one.unit)
    )
    if faults.findings:
        told = "; ".join(f"{f.where} {f.what} ({f.do})" for f in faults.findings[:MOST_TOLD])
        if len(faults.findings) > MOST_TOLD:
            told += f"; and {len(faults.findings) - MOST_TOLD} more"
        raise InputRefused(
            f"The invoices have {len(faults.findings)} fault(s): {told}.",
            "Correct the rows and give the file again; nothing was read from it.",
        )
    return check_invoices(rows)


def check_invoices(lines: Iterable[InvoiceLine]) -> tuple[InvoiceLine, ...]:
    """The lines, if each is of a known unit and of ten years at the most."""
    made = tuple(lines)
    for line in made:
        if line.unit not in UNITS:
            raise InputRefused(
                f"{shown(line.unit)} is not a unit.", f"Use one of: {', '.join(UNITS)}."
            )
        if line.nights > MOST_NIGHTS:
            raise InputRefused(
                f"An invoice for {line.site} is of {line.nights} nights.", "Correct its days."
            )
    return made


def as_rows(lines: Iterable[InvoiceLine]) -> list[list[str | int | None]]:
    """The lines as plain data, for the record."""
    return [
        [one.site, one.first.isoformat(), one.last.isoformat(), one.unit, one.quantity, one.rate,
         one.amount, one.where]
        for one in lines
    ]  # fmt: skip


def from_rows(rows: Iterable[Sequence[str | int | None]]) -> tuple[InvoiceLine, ...]:
    """The lines again."""
    return tuple(
        InvoiceLine(
            str(site), date.fromisoformat(str(first)), date.fromisoformat(str(last)), str(unit),
            int(quantity or 0), None if rate is None else int(rate),
            None if amount is None else int(amount), str(where or ""),
        )
        for site, first, last, unit, quantity, rate, amount, where in rows
    )  # fmt: skip


def _cents(row: Line, column: str, currency: str) -> int:
    try:
        return cents_of(row.text(column), currency)
    except InputRefused as refusal:
        row.fault(column, refusal.what.removesuffix("."), refusal.do.removesuffix("."))
        return 0
