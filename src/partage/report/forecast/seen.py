"""What a forecast shows: outlook, back-test, checks and facts, gathered once for text, data and page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from partage.core.series import month_name, month_number
from partage.core.situation import Figure
from partage.forecast.backtest import BackTest
from partage.forecast.outlook import LEVELS, Band, Outlook
from partage.packs.pack import Pack
from partage.report.forecast.words import Say
from partage.report.page.tables import PageTable
from partage.report.table import Table

CHECKED = 12  # months
CHECKS = "interceptions-monthly"


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """A forecast ready to be printed, written and drawn; ``ids``: what is asked, then its parts."""

    pack: Pack
    outlook: Outlook
    ids: tuple[str, ...]
    test: BackTest | None
    no_test: str = ""  # why there is none
    days: Sequence[tuple[str, Band]] = ()  # per day of the series asked for
    even: bool = True
    assumptions: tuple[str, ...] = ()

    @property
    def tables(self) -> tuple[Band, ...]:
        """The bands of each series."""
        return tuple(self.outlook.band(id_) for id_ in self.ids)

    def history(self, id_: str, months: int) -> list[tuple[int, float | None]]:
        """The published figures of the last months; of a region, the sum of its offices."""
        panel = self.outlook.panel
        if id_ in panel.ids:
            row = panel.middle()[panel.ids.index(id_)]
        else:
            region = id_.partition("/")[0]
            rows = [n for n, one in enumerate(panel.series) if one.region == region]
            row = panel.middle()[rows].sum(axis=0)
        first = max(panel.first, panel.last - months + 1)
        return [
            (month, None if np.isnan(row[month - panel.first]) else float(row[month - panel.first]))
            for month in range(first, panel.last + 1)
        ]


def band_rows(band: Band, say: Say) -> tuple[tuple[str, ...], ...]:
    """A month a row: the middle, and the bands."""
    return tuple(
        (
            say.month(band.first + n),
            say.number(band.middle[n]),
            *(say.span(band.low[k][n], band.high[k][n]) for k in range(len(LEVELS))),
        )
        for n in range(len(band.middle))
    )


def test_rows(test: BackTest, say: Say) -> tuple[tuple[str, ...], ...]:
    """A predictor and a horizon a row."""
    return tuple(
        (s.predictor, str(s.months), say.percent(s.loss), *(say.percent(h) for h in s.held))
        for s in sorted(test.scores, key=lambda s: s.months)
    )


def test_caption(test: BackTest, say: Say) -> str:
    """What the back-test was made from."""
    origins = str(test.last - test.first + 1)
    return say(
        "test_caption", str(len(test.ids)), origins, say.month(test.first), say.month(test.last)
    )


def check_rows(seen: Seen, say: Say) -> tuple[tuple[str, ...], ...]:
    """The last months at the land border of the region asked for, beside the interceptions."""
    region = seen.ids[0].partition("/")[0]
    border = f"{region}/land_border"
    if border not in seen.outlook.panel.ids:
        return ()
    found = {f.period: f for f in seen.pack.figures if f.measure == CHECKS and f.region == region}
    rows = [
        (say.month(month), _number(value, say), _figure(found.get(month_name(month)), say))
        for month, value in seen.history(border, CHECKED)
    ]
    return (
        tuple(rows) if any(month_name(m) in found for m, _ in seen.history(border, CHECKED)) else ()
    )


def _number(value: float | None, say: Say) -> str:
    return say("gap") if value is None else say.number(round(value))


def _figure(figure: Figure | None, say: Say) -> str:
    if figure is None:
        return say("gap")
    grade = f" ({figure.origin.grade})" if figure.origin.grade else ""
    return f"{say.number(int(figure.value))}{grade}"


def break_rows(seen: Seen, say: Say) -> tuple[tuple[str, ...], ...]:
    """The dated facts that were known by the last month."""
    return tuple(
        (say.day(str(b.day)), b.text, ", ".join(say(f"office.{o}") for o in b.offices))
        for b in seen.outlook.panel.breaks
    )


def day_rows(seen: Seen, say: Say) -> tuple[tuple[str, ...], ...]:
    """A day a row, as months."""
    return tuple(
        (
            say.day(day), say.number(band.middle[0]),
            *(say.span(band.low[k][0], band.high[k][0]) for k in range(len(LEVELS))),
        )
        for day, band in seen.days
    )  # fmt: skip


def page_tables(seen: Seen, say: Say) -> dict[str, list[PageTable]]:
    """Every table by the part of the page it stands in."""
    levels = tuple(say("band", str(level)) for level in LEVELS)
    last = say.month(seen.outlook.panel.last)
    out: dict[str, list[PageTable]] = {
        "outlook": [
            PageTable(
                say("ahead", say.series(band.id), last),
                (say("month"), say("likely"), *levels), band_rows(band, say),
            )
            for band in seen.tables
        ],
        "test": [], "checks": [], "breaks": [], "days": [],
    }  # fmt: skip
    if seen.test is not None:
        held = tuple(say("held", str(level)) for level in LEVELS)
        head = (say("predictor"), say("months"), say("loss"), *held)
        caption = test_caption(seen.test, say)
        out["test"] = [
            PageTable(caption, head, test_rows(seen.test, say), (say("test_notes"),), heads=2)
        ]
    if rows := check_rows(seen, say):
        head = (say("month"), say("claimants"), say("intercepted"))
        out["checks"] = [PageTable(say("checks"), head, rows, (say("checks_note"),))]
    if rows := break_rows(seen, say):
        head = (say("day"), say("fact"), say("offices"))
        out["breaks"] = [PageTable(say("breaks_caption"), head, rows)]
    if seen.days:
        title = say("days" if seen.even else "days_own", say.series(seen.ids[0]))
        out["days"] = [PageTable(title, (say("day"), say("likely"), *levels), day_rows(seen, say))]
    return out


def as_text(seen: Seen, say: Say) -> str:
    """The tables for a terminal: what was asked for, its days, and how such forecasts did."""
    tables = page_tables(seen, say)
    shown = [*tables["outlook"][:1], *tables["days"], *tables["checks"], *tables["test"]]
    text = "\n".join(str(Table(t.caption, t.columns, t.rows, t.notes)) for t in shown)
    return text + (f"\n{say('no_test', seen.no_test)}\n" if seen.no_test else "")


def as_data(seen: Seen) -> dict[str, Any]:
    """The same as plain JSON; months as 2023-02."""
    panel = seen.outlook.panel
    return {
        "known_to": month_name(panel.last),
        "predictor": seen.outlook.predictor,
        "now_cast": seen.outlook.running or None,
        "series": [_band(band) for band in seen.tables],
        "days": [
            {"day": day, "middle": band.middle[0]} | _levels(band, 0) for day, band in seen.days
        ],
        "breaks": [{"day": str(b.day), "kind": b.kind, "offices": b.offices} for b in panel.breaks],
        "back_test": None if seen.test is None else test_data(seen.test),
        "no_back_test": seen.no_test,
    }


def _band(band: Band) -> dict[str, Any]:
    months = [
        {"month": month_name(band.first + n), "middle": middle} | _levels(band, n)
        for n, middle in enumerate(band.middle)
    ]
    return {"id": band.id, "months": months}


def _levels(band: Band, n: int) -> dict[str, list[int]]:
    return {str(level): [band.low[k][n], band.high[k][n]] for k, level in enumerate(LEVELS)}


def test_data(test: BackTest) -> dict[str, Any]:
    """A back-test as plain JSON."""
    return {
        "series": list(test.ids),
        "first_origin": month_name(test.first),
        "last_origin": month_name(test.last),
        "scores": [
            {
                "predictor": s.predictor, "months": s.months, "loss": round(s.loss, 2),
                "held": dict(zip(map(str, LEVELS), (round(h, 1) for h in s.held), strict=True)),
                "forecasts": s.forecasts,
            }
            for s in test.scores
        ],
    }  # fmt: skip


def breaks_near(seen: Seen) -> list[str]:
    """Dated facts so near the last month that what follows them is hardly known yet."""
    last = seen.outlook.panel.last
    return [
        f"{b.day}: {b.text}"
        for b in seen.outlook.panel.breaks
        if last - month_number(f"{b.day:%Y-%m}") < 3
    ]
