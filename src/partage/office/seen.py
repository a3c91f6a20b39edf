"""What an office remembers of what it has read, for as long as nothing in it has changed.

A server has one for all its offices on a journal: of 500 sites a few say something new between two
looks. What is remembered is compared with the record at each look, never believed because it is young.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from threading import RLock
from typing import Any

from partage.casework.acts import Row, add_units
from partage.casework.capacity import KnownUnits
from partage.casework.survey import NO_ROW, Known
from partage.office.ports import Kept

Units = Mapping[str, Mapping[str, int]]  # period -> service -> units
Taken = Mapping[str, int]  # service -> units
MOST = 50_000  # cases whose units are remembered


@dataclass(slots=True)
class Seen:
    """Rows as they were read, and what was worked out of them; whoever changes a row copies it first."""

    rows: Kept = field(default_factory=dict)
    parts: Known = field(default_factory=dict)
    board: KnownUnits = field(default_factory=dict)
    # after a start everybody asks at once: one works it out, the others find it
    one_at_a_time: RLock = field(default_factory=RLock, repr=False)
    _taken: dict[str, tuple[int, Taken, int]] = field(default_factory=dict)
    _beside: dict[str, tuple[Row, Any, Row]] = field(default_factory=dict)

    def units(self, case: str, version: int) -> tuple[Taken, int] | None:
        """Units and persons of a case in that version of its row."""
        kept = self._taken.get(case)
        return kept[1:] if kept and kept[0] == version else None

    def keep_units(self, case: str, version: int, units: Taken, persons: int) -> None:
        """Remember them."""
        if len(self._taken) >= MOST:
            self._taken.clear()
        self._taken[case] = (version, units, persons)

    def with_more(self, site: str, row: Row, held: Units, sent: Units) -> Row:
        """A row with more held and sent than it says: the same object for the same row and numbers."""
        more = (held, sent)
        kept = self._beside.get(site)
        if kept and kept[0] is row and kept[1] == more:
            return kept[2]
        both: dict[str, Any] = {}
        for name, units in (("held", held), ("sent", sent)):
            both[name] = {period: dict(n) for period, n in row.get(name, NO_ROW).items()}
            add_units(both[name], units)
        made = {**row, **both}
        self._beside[site] = (row, more, made)
        return made
