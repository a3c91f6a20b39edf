"""A small table that looks right in a terminal, a file and a test failure."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

WIDTH = 100


@dataclass(frozen=True, slots=True)
class Table:
    """A title that says what is seen, columns, rows, and notes on what stands behind them."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str | int, ...], ...]
    notes: tuple[str, ...] = ()
    thousands: str = ","  # between them, in numbers: a nonbreaking space in French

    def __str__(self) -> str:
        cells = [[_text(cell, self.thousands) for cell in row] for row in self.rows]
        widths = [
            max([len(name), *(len(row[n]) for row in cells)]) for n, name in enumerate(self.columns)
        ]
        right = [all(isinstance(row[n], int) for row in self.rows) for n in range(len(widths))]
        lines = [self.title, _line(self.columns, widths, right), "  ".join("-" * w for w in widths)]
        lines += [_line(row, widths, right) for row in cells]
        for note in self.notes:
            lines += textwrap.wrap(
                note, WIDTH, initial_indent="  ", subsequent_indent="    ", break_on_hyphens=False
            )
        return "\n".join(line.rstrip() for line in lines) + "\n"


def _text(cell: str | int, thousands: str) -> str:
    return f"{cell:,}".replace(",", thousands) if isinstance(cell, int) else cell


def _line(cells: Sequence[str], widths: Sequence[int], right: Sequence[bool]) -> str:
    return "  ".join(
        cell.rjust(width) if to_right else cell.ljust(width)
        for cell, width, to_right in zip(cells, widths, right, strict=True)
    )
