"""How large a file of arrivals may be, in every direction: what is beyond is refused in a sentence."""

from __future__ import annotations

from typing import Final

MAX_BYTES: Final = 50_000_000
MAX_ROWS: Final = 100_000  # that say something
MAX_LINES: Final = 1_048_576  # with blank ones: all that a spreadsheet has
MAX_COLUMNS: Final = 200
MAX_RECORD: Final = 100_000  # bytes of one row
MAX_CELL: Final = 1_000  # signs of one cell
MAX_LIST: Final = 50  # things named in one cell
MAX_TEXT: Final = 50_000_000  # signs of all cells: a workbook may point at one text from each row
MAX_FAULTS: Final = 20_000  # more is another file, not a list with mistakes

MAX_UNPACKED: Final = 300_000_000  # of a workbook, by its own account
MAX_SHEET: Final = 200_000_000  # bytes read of one member
MAX_MEMBERS: Final = 1_000
MAX_CELLS: Final = 3_000_000
MAX_STRINGS: Final = 1_000_000
MAX_TAG: Final = 1_000_000  # bytes of one tag
