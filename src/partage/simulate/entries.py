"""Arrivals by day: published months, then a stated level with its band, or paths; causes are factors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from partage.core.errors import InputRefused
from partage.core.findings import Finding
from partage.core.scenario import ArrivalStream, Effect, Ranged, Scenario
from partage.packs.pack import Pack
from partage.packs.periods import span
from partage.simulate.ahead import Ahead, look_ahead

MONTHS_AHEAD = 36  # of the last month known, at the most


@dataclass(frozen=True, slots=True)
class Level:
    """A factor that each run draws, and the streams and stretches that it is of."""

    ranged: Ranged
    streams: tuple[int, ...]
    stretches: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Entries:
    """Households a day by stream, and the factors on them."""

    rate: NDArray[np.float64]  # (D, E)
    stretch: NDArray[np.int64]  # (D,)
    stretches: int
    home: NDArray[np.int64]  # (E,)
    levels: tuple[Level, ...]
    known_to: tuple[date | None, ...]  # per stream: the last day whose month is published and read
    findings: tuple[Finding, ...]
    ahead: Ahead | None = None  # where a scenario asks for the forecast


def entries(
    scenario: Scenario, pack: Pack, days: Sequence[date], regions: Sequence[str]
) -> Entries:
    """The arrivals of a scenario; refused where a day lies outside the figures that a stream reads."""
    mean = sum(kind.share * kind.persons for kind in scenario.kinds)
    rate = np.zeros((len(days), len(scenario.arrivals)))
    known_to: list[date | None] = []
    findings = []
    forecast: list[int] = []  # streams whose coming months are those of the forecast
    for e, stream in enumerate(scenario.arrivals):
        months = published(pack, stream, scenario.as_of)
        known_to.append(max((last for _, last, _ in months.values()), default=None))
        ahead = _ahead(scenario, stream, months, days)
        if ahead is not None and scenario.ahead == "forecast" and stream.per_day is None:
            forecast.append(e)
            ahead = 1.0  # a person a day, times what the path of the run says
        for d, day in enumerate(days):
            found = months.get(f"{day:%Y-%m}")
            persons = ahead if found is None else found[2] / ((found[1] - found[0]).days + 1)
            rate[d, e] = (persons or 0.0) / mean
        if e not in forecast and ahead is not None and stream.measure and stream.per_day is None:
            findings.append(
                Finding(
                    f"arrivals {stream.id}",
                    f"after {known_to[-1]} taken as {ahead:,.0f} persons a day, the mean of the last "
                    f"{stream.recent_months} months known, times {stream.least:g} to {stream.most:g}",
                    weight="note",
                )
            )
    for last in dict.fromkeys(known_to[e] for e in forecast):
        names = [scenario.arrivals[e].id for e in forecast if known_to[e] == last]
        findings.append(
            Finding(
                f"arrivals {', '.join(names)}",
                f"after {last} on a path of the forecast from what was known then; months beyond six are "
                "not back-tested",
                weight="note",
            )
        )
    stretch, starts = _stretches(scenario, days, known_to, monthly=bool(forecast))
    levels = _levels(scenario, days, stretch, len(starts), known_to, forecast)
    seen = look_ahead(scenario, pack, forecast, [days[d] for d in starts]) if forecast else None
    home = np.array([regions.index(stream.region) for stream in scenario.arrivals], np.int64)
    return Entries(rate, stretch, len(starts), home, levels, tuple(known_to), tuple(findings), seen)


Months = Mapping[str, tuple[date, date, int]]


def published(pack: Pack, stream: ArrivalStream, as_of: date | None) -> Months:
    """Persons by month, as published and over by ``as_of``: the measure less those that are others'."""
    if not stream.measure:
        return {}
    found: dict[str, tuple[date, date, int]] = {}
    taken: dict[str, int] = {}
    for figure in pack.figures:
        if figure.region != stream.region or len(figure.period) != 7:
            continue
        over = span(figure.period)
        if over is None or (as_of is not None and over[1] > as_of):
            continue
        if figure.measure == stream.measure:
            found[figure.period] = (*over, int(figure.value))
        elif figure.measure in stream.less:
            taken[figure.period] = taken.get(figure.period, 0) + int(figure.value)
    return {
        month: (first, last, max(0, persons - taken.get(month, 0)))
        for month, (first, last, persons) in found.items()
    }


def _ahead(
    scenario: Scenario, stream: ArrivalStream, months: Months, days: Sequence[date]
) -> float | None:
    """Persons a day on days without a published month; None where every day has one."""
    if all(f"{day:%Y-%m}" in months for day in days):
        return None
    if stream.per_day is not None:
        return stream.per_day
    if not months:
        raise InputRefused(
            f"The scenario '{scenario.id}' reads '{stream.measure}' of {stream.region}, of which no "
            f"month is over by {scenario.as_of}.",
            "Give the stream per_day, or a later as_of.",
        )
    first, last = min(one[0] for one in months.values()), max(one[1] for one in months.values())
    late = last + timedelta(days=31 * MONTHS_AHEAD)
    if days[0] < first or days[-1] > late or (days[-1] > last and scenario.as_of is None):
        raise InputRefused(
            f"The scenario '{scenario.id}' runs from {days[0]} to {days[-1]}; '{stream.measure}' of "
            f"{stream.region} is known from {first} to {last}.",
            "Give days within the data; or per_day; or as_of, and the level of the last months is carried "
            "on for three years at the most.",
        )
    recent = sorted(months.values())[-stream.recent_months :]
    return sum(one[2] for one in recent) / sum((one[1] - one[0]).days + 1 for one in recent)


def _stretches(
    scenario: Scenario, days: Sequence[date], known_to: Sequence[date | None], *, monthly: bool
) -> tuple[NDArray[np.int64], list[int]]:
    """Days cut where a cause begins or ends, where the published months end, and by month if asked."""
    cuts = {days[0]}
    if monthly:
        cuts |= {day for day in days if day.day == 1}
    for effect in scenario.effects:
        cuts |= {effect.first_day, effect.last_day + timedelta(days=1)}
    cuts |= {day + timedelta(days=1) for day in known_to if day is not None}
    starts = sorted({max(0, (cut - days[0]).days) for cut in cuts if cut <= days[-1]})
    stretch = np.zeros(len(days), np.int64)
    for number, start in enumerate(starts):
        stretch[start:] = number
    return stretch, starts


def _levels(
    scenario: Scenario, days: Sequence[date], stretch: NDArray[np.int64], number: int,
    known_to: Sequence[date | None], forecast: Sequence[int] = (),
) -> tuple[Level, ...]:  # fmt: skip
    first_of = {int(stretch[d]): days[d] for d in reversed(range(len(days)))}
    levels = []
    for e, stream in enumerate(scenario.arrivals):
        last = known_to[e]
        ahead = tuple(m for m in range(number) if last is None or first_of[m] > last)
        if stream.least < stream.most and ahead and e not in forecast:
            band = Ranged(
                f"arrivals {stream.id}", 1.0, stream.least, stream.most, "factor", stream.origin
            )
            levels.append(Level(band, (e,), ahead))
    names = [stream.id for stream in scenario.arrivals]
    for effect in scenario.effects:
        levels.append(
            Level(
                effect.factor,
                tuple(names.index(s) for s in effect.streams),
                tuple(m for m in range(number) if _within(effect, first_of[m])),
            )
        )
    return tuple(levels)


def _within(effect: Effect, day: date) -> bool:
    return effect.first_day <= day <= effect.last_day
