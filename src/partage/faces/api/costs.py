"""What nights cost and who bears it: settle."""

from __future__ import annotations

from typing import Annotated

from pydantic import StringConstraints

from partage.costs import period_of
from partage.faces.api.said import Said
from partage.faces.api.words import RegionId
from partage.office.office import Office
from partage.report.settled import assumptions, statement_data

PeriodName = Annotated[str, StringConstraints(pattern=r"^[A-Z0-9/-]{4,21}$", max_length=21)]


def settle(office: Office, key: str, region: RegionId, period: PeriodName) -> Said:
    """The draft statement of cost of a region for a period; what blocks it is among the findings."""
    said = office.settle(region, period_of(period))
    return Said(
        statement_data(said), findings=(*said.blocked, *said.notes), assumptions=assumptions(said)
    )
