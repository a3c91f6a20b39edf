"""What a site invoiced, night by night, to be held against the book and the headcount."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from partage.core.errors import InputRefused
from partage.packs.tables import Faults, Line, build, read_table

COLUMNS = ("site", "night", "persons")
MOST_TOLD = 20


def read_invoices(data: bytes, sites: Collection[str]) -> dict[tuple[str, date], int]:
    """Persons by (site, night) of a CSV file with the columns site, night, persons.

    Refused with every fault by row and column: a file that is none, a site that is unknown, a day or a
    number that is none, a night that stands twice.
    """
    faults = Faults()

    def one(row: Line) -> tuple[tuple[str, date], int]:
        return (row.code("site", sites, "site"), row.day("night")), row.whole("persons")

    rows = build(
        read_table("invoices", data, COLUMNS, faults, origin=False), one, lambda got: got[0]
    )
    if faults.findings:
        told = "; ".join(f"{f.where} {f.what} ({f.do})" for f in faults.findings[:MOST_TOLD])
        if len(faults.findings) > MOST_TOLD:
            told += f"; and {len(faults.findings) - MOST_TOLD} more"
        raise InputRefused(
            f"The invoices have {len(faults.findings)} fault(s): {told}.",
            "Correct the rows and give the file again; nothing was read from it.",
        )
    return dict(rows)
