"""Reading the tables of a pack: every fault named with file, row and column, nothing guessed."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from partage.core.findings import Finding
from partage.core.situation import Grade, Origin

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

    def whole(self, column: str) -> int:
        """The cell as a whole number of 0 or more."""
        text = self.cells.get(column, "")
        if not text.isascii() or not text.isdigit() or len(text) > 9:
            self.fault(column, f"'{text}' is not a whole number of 0 or more", "correct it")
            return 0
        return int(text)

    def maybe_whole(self, column: str) -> int | None:
        """The cell as a whole number, or None if it is empty: no limit, not zero."""
        return self.whole(column) if self.cells.get(column, "") else None

    def day(self, column: str) -> date:
        """The cell as a day."""
        try:
            return date.fromisoformat(self.cells.get(column, ""))
        except ValueError:
            self.fault(column, f"'{self.cells.get(column, '')}' is not a day", "write 2023-02-20")
            return date(1, 1, 1)

    def code(self, column: str, known: object, kind: str) -> str:
        """The cell as a code that stands in another table."""
        text = self.text(column)
        if text and text not in known:  # type: ignore[operator]
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
    name: str, data: bytes | None, columns: tuple[str, ...], faults: Faults
) -> list[Line]:
    """The rows of one table; a table that cannot be read is one fault and has no rows."""
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
    if not lines:
        faults.add(file, "is empty", f"its first row names {', '.join(columns)}")
        return []
    header = [cell.strip() for cell in lines[0]]
    wanted = (*columns, *ORIGIN)
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


def build(rows: list[Line], make: Callable[[Line], Any], key: str | None = None) -> list[Any]:
    """A noun per good row; with ``key``, an id that stands twice is a fault."""
    out, seen = [], set()
    for row in rows:
        noun = make(row)
        if key is not None:
            own = getattr(noun, key)
            if own in seen:
                row.fault(key, f"'{own}' stands twice", "keep one of them")
            seen.add(own)
        if row.good:
            out.append(noun)
    return out
