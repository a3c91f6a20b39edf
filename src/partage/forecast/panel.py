"""The panel: monthly series side by side as they were known at the end of one month."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from partage.core.errors import InputRefused, shown
from partage.core.series import Monthly, month_name
from partage.packs.pack import Event, Pack

LEAST_MONTHS = 24  # of known figures, so that an error of a month and a season have been seen
LARGE = 20_000  # persons over all months: a series of the default panel
BREAKS = {"border": ("land_border",), "agreement": ("land_border",)}  # events that move a level


@dataclass(frozen=True, slots=True)
class Break:
    """A dated fact after which the level of some offices is another; its day is in the data."""

    day: date
    kind: str
    offices: tuple[str, ...]
    text: str = ""

    @property
    def month(self) -> int:
        """The number of the month it falls in."""
        return 12 * self.day.year + self.day.month - 1


@dataclass(frozen=True, slots=True, eq=False)
class Panel:
    """Series as intervals, with the breaks known by the end of the last month: the origin.

    ``low`` and ``high``: persons, float, NaN for a gap, (series, months). ``first`` and ``last`` are
    numbers of months. ``whole`` says that the regions of each office add up to its country.
    """

    series: tuple[Monthly, ...]
    first: int
    last: int
    low: np.ndarray  # (series, months)
    high: np.ndarray  # (series, months)
    breaks: tuple[Break, ...] = ()
    whole: bool = False

    @property
    def ids(self) -> tuple[str, ...]:
        """``CA-QC/land_border`` and so on."""
        return tuple(one.id for one in self.series)

    def middle(self) -> np.ndarray:
        """The published figures; the middle of 1 to 5 where suppressed, NaN for a gap."""
        middle: np.ndarray = (self.low + self.high) / 2
        return middle

    def until(self, last: int) -> Panel:
        """What was known at the end of that month: nothing later is kept, not even a break."""
        keep = last - self.first + 1
        if keep < 1 or last > self.last:
            raise InputRefused(
                f"The month {month_name(last)} is outside the data, which run from "
                f"{month_name(self.first)} to {month_name(self.last)}.",
                "Choose a month within.",
            )
        known = tuple(b for b in self.breaks if b.month <= last)
        low, high = self.low[:, :keep], self.high[:, :keep]
        series = tuple(one.until(last) for one in self.series)
        return Panel(series, self.first, last, low, high, known, self.whole)

    def rows(self, ids: Iterable[str]) -> Panel:
        """Some of the series, in that order; they add up to nothing any more."""
        at = {id_: number for number, id_ in enumerate(self.ids)}
        chosen = list(ids)
        for id_ in chosen:
            if id_ not in at:
                raise InputRefused(
                    f"There is no series {shown(id_, otherwise='of that name')}.",
                    f"Known: {', '.join(self.ids)}.",
                )
        keep = [at[id_] for id_ in chosen]
        series = tuple(self.series[number] for number in keep)
        return Panel(series, self.first, self.last, self.low[keep], self.high[keep], self.breaks)

    def broken(self) -> np.ndarray:
        """Where a level moved for a known reason: the month of a break and the one after.

        Boolean, (series, months). The month of the break is partly of the old kind.
        """
        mask = np.zeros(self.low.shape, dtype=bool)
        for row, one in enumerate(self.series):
            for break_ in self.breaks:
                if one.office in break_.offices:
                    at = max(0, break_.month - self.first)
                    mask[row, at : max(0, break_.month - self.first + 2)] = True
        return mask


def panel_of(
    series: Sequence[Monthly], *, breaks: Sequence[Break] = (), whole: bool = False
) -> Panel:
    """The series side by side, from the first known month of any to the last.

    Refused: no series, one that stands twice, fewer than 24 known months in every one of them.
    """
    if not series:
        raise InputRefused(
            "There is no monthly series to look ahead from.",
            "Add claimants.csv to the pack, or name a series that it has.",
        )
    ids = [one.id for one in series]
    for id_ in ids:
        if ids.count(id_) > 1:
            raise InputRefused(f"The series '{id_}' stands twice.", "Give each once.")
    first, last = min(one.first for one in series), max(one.last for one in series)
    low, high = (np.full((len(series), last - first + 1), np.nan) for _ in range(2))
    for row, one in enumerate(series):
        at = one.first - first
        for column, (a, b) in enumerate(zip(one.low, one.high, strict=True), start=at):
            if a is not None and b is not None:
                low[row, column], high[row, column] = a, b
    known = tuple(b for b in breaks if b.month <= last)
    return enough(Panel(tuple(series), first, last, low, high, known, whole))


def enough(panel: Panel) -> Panel:
    """The panel itself; refused where no series of it has enough known months to learn from."""
    most = int((~np.isnan(panel.low)).sum(axis=1).max())
    if most < LEAST_MONTHS:
        raise InputRefused(
            f"The longest series has {most} known months by {month_name(panel.last)}; "
            f"a forecast needs {LEAST_MONTHS}.",
            "Choose a later month, or give a longer series. Gaps are not counted as months.",
        )
    return panel


def pack_panel(pack: Pack) -> Panel:
    """Every series of a pack with its breaks; regions and offices add up to the country."""
    return panel_of(pack.claimants, breaks=breaks_of(pack.events), whole=True)


def breaks_of(events: Sequence[Event]) -> tuple[Break, ...]:
    """The dated facts that move a level: a border closed or opened, an agreement changed.

    Which kinds move which offices is assumed (``BREAKS``); a policy that works slowly, such as one on
    visas, is shown on the drawing and left to the figures.
    """
    return tuple(Break(e.day, e.kind, BREAKS[e.kind], e.event) for e in events if e.kind in BREAKS)


def large_series(panel: Panel, least: int = LARGE) -> tuple[str, ...]:
    """The series of the default panel: those that counted that many persons over all months."""
    sums = np.nansum(panel.middle(), axis=1)
    return tuple(id_ for id_, total in zip(panel.ids, sums, strict=True) if total >= least)
