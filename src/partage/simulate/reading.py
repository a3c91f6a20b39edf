"""What a hindcast may read: the pack cut at a day, and a list of every row that was read of it."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from partage.core.errors import InputRefused
from partage.packs.pack import Pack, Report
from partage.packs.periods import span

NOTHING: dict[str, Any] = {
    "capacity": (), "agreements": (), "tariffs": (), "asks": (), "rates": (), "published_nights": (),
    "ihap_payments": (), "hotels": (), "scenarios": {}, "hindcasts": {},
}  # fmt: skip


def cut(pack: Pack, until: date, without: tuple[date, date] | None = None) -> Pack:
    """The pack as far as it is dated by a day, days left out; by date, whatever the order of the rows.

    Figures by the last day of their period, reports by their day, monthly series by their months, events by
    their day and without their words, which tell what came of them. Tables whose rows are not dated one by
    one are not in it at all. Of what is left out nothing but the date is looked at.
    """
    known = 12 * until.year + until.month - 1
    known -= until.day < monthrange(until.year, until.month)[1]  # the running month is not over
    return replace(
        pack,
        figures=tuple(
            f for f in pack.figures if (over := span(f.period)) is not None and over[1] <= until
        ),
        history=tuple(
            r
            for r in pack.history
            if r.day <= until and not (without and without[0] <= r.day <= without[1])
        ),
        events=tuple(replace(e, event="") for e in pack.events if e.day <= until),
        claimants=tuple(one.until(known) for one in pack.claimants if one.first <= known),
        **NOTHING,
    )


@dataclass(frozen=True, slots=True)
class Read:
    """One row that was read: of which table, of which day, what it is, and what for."""

    table: str
    day: date
    what: str
    use: str  # calibration | given | truth


@dataclass(slots=True)
class Reading:
    """A pack cut at a day; every row taken from it is written down."""

    pack: Pack
    until: date
    without: tuple[date, date] | None = None
    use: str = "calibration"
    rows: list[Read] = field(default_factory=list)
    seen: Pack = field(init=False)

    def __post_init__(self) -> None:
        self.seen = cut(self.pack, self.until, self.without)

    def reports(self, measure: str) -> list[Report]:
        """Reports of a measure, the oldest first; each is written down."""
        found = sorted((r for r in self.seen.history if r.measure == measure), key=lambda r: r.day)
        self.rows += [Read("history", r.day, f"{r.place}: {measure}", self.use) for r in found]
        return found

    def months(self, region: str, measure: str) -> dict[str, tuple[date, date, int]]:
        """Persons by month, with its first and last day; each is written down."""
        out = {}
        for figure in self.seen.figures:
            if (figure.region, figure.measure) == (region, measure) and len(figure.period) == 7:
                over = span(figure.period)
                assert over is not None
                out[figure.period] = (*over, int(figure.value))
                self.rows.append(Read("figures", over[1], f"{region}: {measure}", self.use))
        return dict(sorted(out.items()))

    def given(self, measure: str, day: date) -> int:
        """One row that is handed over as a condition, though it is dated later or left out."""
        for report in self.pack.history:
            if report.day == day and report.measure == measure:
                self.rows.append(Read("history", day, f"{report.place}: {measure}", "given"))
                return int(report.value)
        raise InputRefused(
            f"The pack has no report '{measure}' of {day}.", "Add it to history.csv of the pack."
        )
