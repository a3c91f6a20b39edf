"""What nights cost and who bears it: settle."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints

from partage.casework import statement as stating
from partage.core.rates import UNITS
from partage.core.units import parse_day
from partage.costs import InvoiceLine, period_of
from partage.costs.invoices import check_invoices
from partage.faces.api.paging import page
from partage.faces.api.said import Said, done
from partage.faces.api.words import (
    Body,
    Cursor,
    Day,
    Limit,
    Maybe,
    RegionId,
    SiteId,
    StatementId,
    one_of,
)
from partage.office.office import Office
from partage.report.settled import assumptions, statement_data

Cents = Annotated[int, Field(ge=0, le=10**14)]
PeriodName = Annotated[str, StringConstraints(pattern=r"^[A-Z0-9/-]{4,21}$", max_length=21)]


def settle(office: Office, key: str, region: RegionId, period: PeriodName) -> Said:
    """The draft statement of cost of a region for a period; what blocks it is among the findings."""
    said = office.settle(region, period_of(period))
    return Said(
        statement_data(said), findings=(*said.blocked, *said.notes), assumptions=assumptions(said)
    )


class Invoice(Body):
    """A line of an invoice: ``quantity`` of a unit each night, both days included; amounts in cents."""

    site: SiteId
    first: Day
    last: Day
    unit: one_of(UNITS)  # type: ignore[valid-type]
    quantity: Annotated[int, Field(ge=0, le=10**7)]
    rate_cents: Maybe[Cents] = None
    amount_cents: Maybe[Cents] = None


Invoices = Annotated[list[Invoice], Field(max_length=5_000)]


def _lines(said: list[Invoice] | None) -> tuple[InvoiceLine, ...] | None:
    if said is None:
        return None
    return check_invoices(
        InvoiceLine(
            one.site, parse_day(one.first), parse_day(one.last), one.unit, one.quantity,
            one.rate_cents, one.amount_cents, f"invoice line {number}",
        )
        for number, one in enumerate(said, 1)
    )  # fmt: skip


class Held(Body):
    """Of which nights, and what was invoiced for them."""

    period: PeriodName
    invoices: Invoices


def held(office: Office, key: str, region: RegionId, body: Held) -> Said:
    """The draft held against invoices: each night, quantity, rate and sum; nothing is written."""
    said = office.settle(region, period_of(body.period), _lines(body.invoices))
    return Said(
        statement_data(said), findings=(*said.blocked, *said.notes), assumptions=assumptions(said)
    )


class Prepared(Body):
    """Which nights the statement is of; invoices that are given are kept with it and hold from then on."""

    period: PeriodName
    invoices: Maybe[Invoices] = None


def prepare_statement(office: Office, key: str, region: RegionId, body: Prepared) -> Said:
    """Put the draft of a region for a period on record, for a second person to certify."""
    lines = _lines(body.invoices)
    return done(office.prepare_statement(region, period_of(body.period), lines, idem=key))


def statements(
    office: Office,
    key: str,
    region: Maybe[RegionId] = None,
    cursor: Cursor = "",
    limit: Limit = 100,
) -> Said:
    """Every statement on record, of one region or of all: its state, what is claimed, paid and open."""
    shown, more = page(
        office.statements(region or ""), lambda row: (row["statement"],), cursor, limit
    )
    return Said(shown, next=more)


def read_statement(office: Office, key: str, statement: StatementId) -> Said:
    """A statement on record, its lines as the record has them now, and whether they are still the same."""
    row, said, found = office.read_statement(statement)
    data = statement_data(said) | {"state": row["state"], "on_record": row}
    told = (*found, *said.blocked, *said.notes)
    return Said(data, findings=told, assumptions=assumptions(said))


class ActOn(Body):
    """What is done to a statement, with what that act needs."""

    act: one_of(tuple(stating.STEPS))  # type: ignore[valid-type]
    why: Maybe[one_of((*stating.WHY_QUERIED, *stating.WHY_REVERSED))] = None  # type: ignore[valid-type]
    site: Maybe[SiteId] = None
    night: Maybe[Day] = None
    entry: Annotated[int, Field(ge=0, le=2**53 - 1)] = 0
    cents: Cents = 0
    invoices: Maybe[Invoices] = None
    on: Maybe[Day] = None


def act_on_statement(office: Office, key: str, statement: StatementId, body: ActOn) -> Said:
    """Certify and submit, query, answer, accept, pay or take back a statement; nothing is edited."""
    return done(
        office.act_on_statement(
            statement, body.act, why=body.why or "", site=body.site or "",
            night=parse_day(body.night) if body.night else None, entry=body.entry, cents=body.cents,
            invoiced=_lines(body.invoices),
            on=parse_day(body.on) if body.on else None, idem=key,
        )
    )  # fmt: skip
