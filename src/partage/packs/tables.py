"""Reading the tables of a pack: every fault named with file, row and column, nothing guessed."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Collection, Hashable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar
from zoneinfo import ZoneInfo

from partage.core.findings import Finding
from partage.core.situation import Grade, Origin
from partage.packs.periods import read_day, span

MOST = 10_000_000
NO_DAY = date(1900, 1, 1)  # stands in a row that is not used
Noun = TypeVar("Noun")
ORIGIN = ("source", "grade", "assumption")
GRADES = ("A", "B", "C", "")


@dataclass(slots=True)
class Faults:
    """Faults found so far."""

    findings: list[Finding] = field(default_factory=list)

    def add(self, where: str, what: str, do: str) -> None:
        """Add a fault."""
        self.findings.append(Finding(where, what, do, "fault"))


class Line:
    """One row of a table; asks for its cells by name and collects what is wrong with them."""

    def __init__(self, table: str, number: int, cells: Mapping[str, str], faults: Faults) -> None:
        self.where = f"{table}.csv, row {number}"
        self.cells = cells
        self.faults = faults
        self.good = True

    def fault(self, column: str, what: str, do: str) -> None:
        """Note a fault in one cell; the row is not used."""
        self.good = False
        self.faults.add(f"{self.where}, column {column}", what, do)

    def text(self, column: str, *, empty: bool = False) -> str:
        """The cell as text."""
        text = self.cells.get(column, "")
        if not text and not empty:
            self.fault(column, "is empty", "fill it in")
        return text

    def whole(self, column: str, most: int = MOST) -> int:
        """The cell as a whole number from 0 to ``most``."""
        text = self.cells.get(column, "")
        if not text.isascii() or not text.isdigit() or len(text) > 9 or int(text) > most:
            self.fault(column, f"'{text}' is not a whole number from 0 to {most:,}", "correct it")
            return 0
        return int(text)

    def maybe_whole(self, column: str) -> int | None:
        """The cell as a whole number, or None if it is empty: no limit, not zero."""
        return self.whole(column) if self.cells.get(column, "") else None

    def day(self, column: str) -> date:
        """The cell as a day."""
        text = self.cells.get(column, "")
        day = read_day(text)
        if day is None:
            self.fault(column, f"'{text}' is not a day", "write it as 2023-02-20")
        return day or NO_DAY

    def period(self, column: str) -> str:
        """The cell as a period that names its calendar."""
        text = self.text(column)
        if text and span(text) is None:
            self.fault(column, f"'{text}' is not a period", "write 2023-02, 2022-Q4 or FY2022-23")
        return text

    def id(self, column: str, form: re.Pattern[str], example: str) -> str:
        """The cell as an id of that form."""
        text = self.text(column)
        if text and not form.match(text):
            self.fault(column, f"'{text}' is not an id of this kind", f"write it as {example}")
        return text

    def code(self, column: str, known: Collection[str], kind: str, *, empty: bool = False) -> str:
        """The cell as a code that stands in another table."""
        text = self.text(column, empty=empty)
        if text and text not in known:
            self.fault(column, f"'{text}' is not a known {kind}", f"add the {kind} or correct it")
        return text

    def zone(self, column: str) -> str:
        """The cell as a time zone."""
        text = self.text(column)
        try:
            ZoneInfo(text)
        except (KeyError, ValueError, OSError):
            self.fault(column, f"'{text}' is not a time zone", "use a name such as America/Toronto")
        return text

    def origin(self) -> Origin:
        """Source and assumption of the row: one of them at least."""
        source, assumption = self.cells.get("source", ""), self.cells.get("assumption", "")
        grade = self.cells.get("grade", "")
        if not source and not assumption:
            self.fault("source", "the row has neither a source nor an assumption", "give one")
        if grade not in GRADES:
            self.fault("grade", f"'{grade}' is not a grade", "use A, B, C or leave it empty")
            grade = ""
        return Origin(source, assumption, _grade(grade))


def _grade(text: str) -> Grade:
    return "A" if text == "A" else "B" if text == "B" else "C" if text == "C" else ""


def read_table(
    name: str,
    data: bytes | None,
    columns: tuple[str, ...],
    faults: Faults,
    *,
    origin: bool = True,
) -> list[Line]:
    """The rows of one table; a table that cannot be read is one fault and has no rows.

    ``origin``: each row says where it comes from, as those of a pack do.
    """
    file = f"{name}.csv"
    if data is None:
        faults.add(file, "is missing from the pack", "add it")
        return []
    try:
        lines = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True))
    except UnicodeDecodeError as error:
        faults.add(file, f"is not UTF-8 text (byte {error.start})", "save it as UTF-8")
        return []
    except csv.Error as error:
        faults.add(file, f"is not whole CSV ({error})", "it may have been cut off; restore it")
        return []
    if data and not data.endswith((b"\n", b"\r")):
        faults.add(file, "does not end with a line end", "it may have been cut off; restore it")
    if not lines:
        faults.add(file, "is empty", f"its first row names {', '.join(columns)}")
        return []
    header = [cell.strip() for cell in lines[0]]
    wanted = (*columns, *ORIGIN) if origin else columns
    if sorted(header) != sorted(wanted):
        odd = sorted(set(wanted) ^ set(header)) or ["a column twice"]
        faults.add(
            file, f"has other columns than it should: {', '.join(odd)}", "correct the first row"
        )
        return []
    rows = []
    for number, cells in enumerate(lines[1:], start=2):
        if len(cells) != len(header):
            faults.add(
                f"{file}, row {number}",
                f"has {len(cells)} cells, the first row has {len(header)}",
                "complete the row; the file may have been cut off",
            )
            continue
        named = {n: c.strip() for n, c in zip(header, cells, strict=True)}
        rows.append(Line(name, number, named, faults))
    return rows


def build(
    rows: list[Line],
    make: Callable[[Line], Noun],
    key: Callable[[Noun], Hashable] | None = None,
    column: str = "id",
) -> list[Noun]:
    """A noun per good row; with ``key``, what stands twice is a fault of the later row."""
    out: list[Noun] = []
    seen: dict[Hashable, str] = {}
    for row in rows:
        noun = make(row)
        if row.good and key is not None:
            first = seen.setdefault(key(noun), row.where)
            if first != row.where:
                row.fault(column, f"stands twice, first in {first}", "keep one of the two")
        if row.good:
            out.append(noun)
    return out
