"""What a brief says of the months ahead: claims by series, the middle and 80 % of the paths.

The months before the one of the brief are known, as they were published later; nothing after them,
no change of the agreement either. The draw is named, so that a figure can be worked out again.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from partage.core.errors import InputRefused, NotFound
from partage.core.series import month_name, month_number
from partage.core.streams import Stream
from partage.forecast.outlook import LEVELS, Outlook, look_ahead
from partage.forecast.panel import pack_panel
from partage.packs.pack import Pack

MONTHS, RUNS, SEED = 4, 400, "partage-brief-1"
LEVEL = 80
_made: dict[tuple[str, int], Outlook] = {}  # by the mark of the pack and the last known month
MOST_KEPT = 4


@dataclass(frozen=True, slots=True)
class Ahead:
    """Claims of one series in one month: the middle, and the ends of 80 % of the paths."""

    series: str
    month: str
    low: int
    middle: int
    high: int
    ref: str


def looking_ahead(pack: Pack, day: date, scope: str) -> tuple[Ahead, ...]:
    """The running month and three more for the series of that reader; none without a series."""
    home = str(pack.entry_points[0].region)
    mine = (str(s.region) for s in pack.sites if str(s.id).startswith(f"{scope}/"))
    region = next(mine, home) if "/" in scope else scope or home
    wanted = [f"{home}/land_border"] if region == home else []
    wanted.append(f"{region}/all")
    try:
        outlook = _outlook(pack, day)
        return tuple(_one(outlook, day, name, n) for name in wanted for n in range(MONTHS))
    except InputRefused:
        return ()


def resolve(pack: Pack, day: date, rest: str) -> tuple[Ahead, str]:
    """The figure of a reference ``SERIES/MONTH``, and from what it was worked out."""
    series, _, month = rest.rpartition("/")
    outlook = _outlook(pack, day)
    months = [month_name(outlook.first + n) for n in range(MONTHS)]
    if series not in outlook.ids or month not in months:
        raise NotFound(
            "No forecast of a brief has that series and month.",
            f"Months: {', '.join(months)}; a series is written CA-QC/land_border or CA-QC/all.",
        )
    said = (
        f"{outlook.predictor}, {RUNS} paths from the months to {month_name(outlook.panel.last)}, "
        f"draw '{SEED}'"
    )
    return _one(outlook, day, series, months.index(month)), said


def _outlook(pack: Pack, day: date) -> Outlook:
    last = month_number(f"{day:%Y-%m}") - 1
    key = (pack.mark, last)
    if key not in _made:
        while len(_made) >= MOST_KEPT:
            _made.pop(next(iter(_made)))
        panel = pack_panel(pack).until(last)
        _made[key] = look_ahead(panel, MONTHS, RUNS, Stream(SEED))
    return _made[key]


def _one(outlook: Outlook, day: date, series: str, n: int) -> Ahead:
    band = outlook.band(series)
    level = LEVELS.index(LEVEL)
    month = month_name(outlook.first + n)
    return Ahead(
        series, month, band.low[level][n], band.middle[n], band.high[level][n],
        f"ahead/{day}/{series}/{month}",
    )  # fmt: skip
