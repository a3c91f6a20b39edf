"""Offices and arrivals files for tests, on the shipped pack."""

from __future__ import annotations

from datetime import UTC, date, datetime

from partage.compose import open_office
from partage.intake.arrivals import OPTIONAL, REQUIRED
from partage.office.office import Office

DAY = date(2023, 2, 20)
AT = datetime(2023, 2, 20, 14, 0, tzinfo=UTC)
REGIONS = ("CA-ON", "CA-QC", "CA-NB", "CA-NS")


def opened(url: str, regions: tuple[str, ...] = REGIONS, at: datetime = AT) -> Office:
    office = open_office(url, "test:admin", at=at, seed="a seed for tests")
    for code in regions:
        office.acting(f"{code}:region@{code}").agree_as_in_pack(code)
    return office


def arrivals(*rows: str, **columns: str) -> bytes:
    """An arrivals file; each row is ``reference,adults[,children]``."""
    names = [*REQUIRED, *OPTIONAL]
    lines = [",".join(names)]
    for row in rows:
        reference, adults, *rest = row.split(",")
        cells = {
            "reference": reference, "entered_at": "2023-02-20T12:00:00Z",
            "entry_point": "ca-qc/roxham-road", "mode": "between-ports", "age_0_4": "0",
            "age_5_17": rest[0] if rest else "0", "age_18_64": adults, "age_65_plus": "0",
            "guardian": "yes" if rest and adults != "0" else "", "synthetic": "yes", **columns,
        }  # fmt: skip
        lines.append(",".join(cells.get(name, "") for name in names))
    return ("\n".join(lines) + "\n").encode()
