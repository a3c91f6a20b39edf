"""How a way of foretelling did on what was known already: asked of the data before the cut alone.

Each number that was known is foretold from what was known before it. A band of 80 % should hold about 80 in
a hundred; where few numbers are known, or windows overlap, that says less than it seems to.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from partage.core.hindcast import Hindcast
from partage.core.streams import Stream
from partage.forecast.outlook import Outlook
from partage.forecast.panel import LEAST_MONTHS, Panel
from partage.forecast.predictors import DEFAULT, sample_panel
from partage.packs.pack import Pack
from partage.simulate.ahead import Parts, persons_of
from partage.simulate.hindcast import AT, Said, foretell, ratios_before
from partage.simulate.reading import Reading

LEAST = 12  # earlier ratios: with fewer there is no band of 80 % to speak of
PATHS, EVERY = 400, 1  # paths of each forecast that is tried again; months from one to the next


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """How often a band of 80 % held what was known already.

    ``tried``: numbers foretold; ``apart``: of these, how many do not overlap.
    """

    tried: int
    apart: int
    held: int


def apart_of(windows: Sequence[tuple[int, int]]) -> int:
    """How many of these windows, first and last month, can be taken so that none overlaps."""
    count, end = 0, -1
    for first, last in windows:
        if first > end:
            count, end = count + 1, last
    return count


def rehearse_months(ratios: Sequence[tuple[int, float]]) -> Rehearsed:
    """Each month's ratio, with the month's number, foretold from those of the months before it."""
    held = tried = 0
    for n, (_, ratio) in enumerate(ratios):
        past = [earlier for _, earlier in ratios[:n]]
        if len(past) >= LEAST:
            low, _, high = np.quantile(past, AT)
            tried, held = tried + 1, held + bool(low <= ratio <= high)
    return Rehearsed(tried, tried, held)


def rehearse_paths(
    panel: Panel, streams: Sequence[Parts], ahead: int, closed: tuple[date, date], seed: str
) -> tuple[Rehearsed, ...]:
    """For each stream: the sum of so many months, one month after the last known, by paths made then.

    From every month on which the forecast could be made, where the months and the three before them were
    all known and none was closed.
    """
    shut = [12 * day.year + day.month - 1 for day in closed]
    known = Outlook(panel, DEFAULT, panel.middle()[None])
    truth = persons_of(known, streams)[0]  # (streams, months)
    windows: list[tuple[int, int]] = []
    held = np.zeros(len(streams), int)
    for last in range(panel.first + LEAST_MONTHS - 1, panel.last - ahead, EVERY):
        if last - 2 <= shut[1] and shut[0] <= last + 1 + ahead:
            continue
        paths = sample_panel(
            panel.until(last), ahead + 1, PATHS, Stream(seed, "rehearsed", str(last))
        )
        sums = persons_of(Outlook(panel, DEFAULT, paths), streams)[:, :, 1:].sum(axis=2)
        low, _, high = np.quantile(sums, AT, axis=0)
        first = last - panel.first + 2
        found = truth[:, first : first + ahead].sum(axis=1)
        held += (low <= found) & (found <= high)
        windows.append((last, last + 1 + ahead))
    apart = apart_of(windows)
    return tuple(Rehearsed(len(windows), apart, int(number)) for number in held)


@dataclass(frozen=True, slots=True)
class Recounted:
    """A count that was known by the cut, foretold from the counts before it."""

    said: Said
    published: int

    @property
    def holds(self) -> bool:
        """Whether the band holds it."""
        return self.said.low <= self.published <= self.said.high


def recounted(pack: Pack, hindcast: Hindcast, seed: str) -> tuple[Recounted, ...]:
    """The second count of each city that has one, foretold as of the day of the first."""
    reading = Reading(pack, hindcast.until, hindcast.without)
    reports = reading.reports(hindcast.counted)
    out = []
    for place in hindcast.starts:
        mine = [r for r in reports if r.place == place]
        if len(mine) < 2:
            continue
        slug = place.rsplit(" ", 1)[0].lower().replace(" ", "-")
        alone = replace(hindcast.priors[f"as-of-{slug}-1"], name=f"as-of-{slug}")
        then = replace(
            hindcast, until=mine[0].day, predicts=mine[1].day, starts=(place,),
            priors={**hindcast.priors, alone.name: alone},
        )  # fmt: skip
        said = {one.what: one for one in foretell(pack, then, seed).said}
        out.append(Recounted(said[place], int(mine[1].value)))
    return tuple(out)


def level_rehearsed(pack: Pack, hindcast: Hindcast) -> Rehearsed:
    """The level of the month after the cut: each month foretold from how those before it compared."""
    reading = Reading(pack, hindcast.until, hindcast.without)
    rows = sorted(reading.months(hindcast.region, hindcast.measure).values())
    return rehearse_months(ratios_before(rows, hindcast.recent_months, hindcast.priors["february"]))
