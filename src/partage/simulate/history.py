"""History as the test: what is said from what was known, set beside what happened; misses stay misses."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from partage.core.errors import InputRefused
from partage.core.hindcast import Hindcast
from partage.core.scenario import Effect, Scenario
from partage.packs.pack import Pack
from partage.simulate.compiled import Compiled, compile_scenario
from partage.simulate.drawn import draw
from partage.simulate.entries import published
from partage.simulate.hindcast import AT, Foretold, Said, error_of, foretell
from partage.simulate.reading import Read, cut
from partage.simulate.rehearsed import (
    Recounted,
    Rehearsed,
    level_rehearsed,
    recounted,
    rehearse_paths,
)

SEED = "partage-history-1"
RUNS, PARTS = 48_000, 8  # draws, and the parts that say how far another draw would lie
PATHS = 3_000  # of the forecast, in each part
CLOSED = (date(2020, 3, 1), date(2022, 2, 28))  # most who entered between ports were turned back


@dataclass(frozen=True, slots=True)
class Verdict:
    """A band and what was published: whether it holds it, and whether it is narrow enough to speak."""

    said: Said
    published: int

    @property
    def holds(self) -> bool:
        """Whether the band holds what was published."""
        return self.said.low <= self.published <= self.said.high

    @property
    def close(self) -> bool:
        """Whether it lies so near to an end of the band that another draw may say otherwise."""
        ends = (self.said.low, self.said.high)
        return min(abs(self.published - end) for end in ends) <= self.said.error

    @property
    def narrow(self) -> bool:
        """Whether the band is no wider than the figure itself."""
        return self.said.high - self.said.low <= self.published


def judged(pack: Pack, foretold: Foretold) -> tuple[tuple[Verdict, ...], tuple[Read, ...]]:
    """What was foretold beside what was published; the only place where a later row is read, and which."""
    hindcast, rows, verdicts = foretold.hindcast, [], []
    for said in foretold.said:
        city = said.what in hindcast.cities
        day = hindcast.predicts if city else hindcast.given_on
        measure = hindcast.counted if city else hindcast.asked
        found = [
            r for r in pack.history
            if (r.day, r.measure) == (day, measure) and (not city or r.place == said.what)
        ]  # fmt: skip
        if not found:
            raise InputRefused(
                f"Nothing was published of {said.what} on {day}, so nothing can be judged.",
                "Add it to history.csv of the pack.",
            )
        rows.append(Read("history", day, f"{found[0].place}: {measure}", "truth"))
        verdicts.append(Verdict(said, int(found[0].value)))
    return tuple(verdicts), tuple(rows)


@dataclass(frozen=True, slots=True)
class Apart:
    """Two causes that change the same streams, and the whole months that have one without the other."""

    one: str
    other: str
    streams: tuple[str, ...]
    known: int  # among the months that were read
    scored: int  # among those it is scored on

    @property
    def told(self) -> bool:
        """Whether any month that was read can tell the two apart."""
        return self.known > 0


@dataclass(frozen=True, slots=True)
class Scored:
    """A scenario that may know nothing after a day, beside the months after it."""

    scenario: Scenario
    verdicts: tuple[Verdict, ...]
    parameters: tuple[tuple[str, int], ...]  # each free one, and how many months speak of it
    rehearsed: tuple[tuple[str, Rehearsed], ...]  # each level, on what was known by then
    apart: tuple[Apart, ...]
    rows: tuple[Read, ...]


def scored(pack: Pack, name: str, seed: str = SEED) -> Scored:
    """A scenario compiled from the pack cut at its ``nothing_after``, then looked up in the whole pack.

    Levels are those of the forecast from what was known by then (decision 0220); the scenario's causes
    multiply them, each drawn from its stated range.
    """
    scenario = pack.scenario(name)
    if scenario.nothing_after is None:
        raise InputRefused(
            f"The scenario '{name}' may read figures of any day, so it is no test.",
            "Give it nothing_after, and as_of no later.",
        )
    seen = cut(pack, scenario.nothing_after)
    made = compile_scenario(replace(scenario, ahead="forecast"), seen)
    assert made.entries.ahead is not None
    scenario = made.scenario
    rows, verdicts = [], []
    parts = [_levels(made, f"{seed} {part}") for part in range(PARTS)]
    ahead = 0
    for e, stream in enumerate(scenario.arrivals):
        rows += [
            Read("figures", m[1], f"{stream.region}: {stream.id}", "calibration")
            for m in published(seen, stream, scenario.as_of).values()
        ]
        later = _later(pack, scenario, e)
        ahead = len(later)
        days = np.array([d for m in later for d in range(m[0], m[1] + 1)])
        base = made.world.rate[days, e] * _mean(made)
        persons = [level[:, e][:, made.world.stretch[days]] @ base for level in parts]
        low, middle, high = (round(float(x)) for x in np.quantile(np.concatenate(persons), AT))
        error = error_of([np.quantile(part, AT) for part in persons])
        said = Said(stream.id, low, middle, high, error)
        verdicts.append(Verdict(said, sum(m[2] for m in later)))
        rows += [
            Read("figures", scenario.first_day + timedelta(m[1]), f"{stream.region}: {stream.id}", "truth")
            for m in later
        ]  # fmt: skip
    last = max(r.day for r in rows if r.use == "calibration")
    panel, streams = made.entries.ahead.panel, [found for _, found in made.entries.ahead.streams]
    rows += [Read("claimants", last, one.id, "calibration") for one in panel.series]
    tried = rehearse_paths(panel, streams, ahead, CLOSED, seed)
    levels = [
        (f"level of {s.id}", found.tried) for s, found in zip(scenario.arrivals, tried, strict=True)
    ]
    causes = [(one.id, _months(one, date(2015, 1, 1), last)) for one in scenario.effects]
    rehearsed = tuple((s.id, found) for s, found in zip(scenario.arrivals, tried, strict=True))
    return Scored(
        scenario,
        tuple(verdicts),
        (*levels, *causes),
        rehearsed,
        tuple(_apart(scenario, last)),
        tuple(rows),
    )


def _mean(made: Compiled) -> float:
    return float((made.world.share * made.world.need[:, 0]).sum())


def _levels(made: Compiled, seed: str) -> NDArray[np.float64]:
    """What part of the runs draws: the path of the forecast and the causes, (runs, E, M)."""
    ahead = made.entries.ahead
    assert ahead is not None
    runs = RUNS // PARTS
    own = replace(made, entries=replace(made.entries, ahead=ahead.again(min(runs, PATHS), seed)))
    return draw(own, seed, 0, runs).level


def _later(pack: Pack, scenario: Scenario, e: int) -> list[tuple[int, int, int]]:
    """Whole months after what was known, within the scenario: first and last day by number, persons."""
    assert scenario.as_of is not None
    found = published(pack, scenario.arrivals[e], None).values()
    return [
        ((a - scenario.first_day).days, (b - scenario.first_day).days, n)
        for a, b, n in sorted(found)
        if a > scenario.as_of and a >= scenario.first_day and b <= scenario.last_day
    ]


def _months(effect: Effect, first: date, last: date, without: Effect | None = None) -> int:
    """Whole months between two days in which a cause is in force (and another is not at all)."""
    count, day = 0, first
    while day <= last:
        after = (day.replace(day=28) + timedelta(days=4)).replace(day=1)
        end = after - timedelta(days=1)
        whole = effect.first_day <= day and end <= effect.last_day and end <= last
        other = without and without.first_day <= end and day <= without.last_day
        count += bool(whole and not other)
        day = after
    return count


def _apart(scenario: Scenario, last: date) -> list[Apart]:
    """Each two causes of the same streams, and the months that could tell them apart."""
    out = []
    for one, other in combinations(scenario.effects, 2):
        shared = tuple(s for s in one.streams if s in other.streams)
        if shared:
            known, later = (
                _months(one, a, b, other) + _months(other, a, b, one)
                for a, b in (
                    (date(2015, 1, 1), last), (scenario.first_day, scenario.last_day),
                )
            )  # fmt: skip
            out.append(Apart(one.id, other.id, shared, known, later))
    return out


@dataclass(frozen=True, slots=True)
class History:
    """Everything that history can test of this pack."""

    foretold: Foretold
    beside: Foretold  # with the other shapes of the priors that name one
    verdicts: tuple[Verdict, ...]
    verdicts_beside: tuple[Verdict, ...]
    truth: tuple[Read, ...]
    scored: tuple[Scored, ...]
    recounted: tuple[Recounted, ...]  # counts known by the cut, from those before them
    level: Rehearsed  # of the arrivals after the cut


def history(pack: Pack, hindcast: Hindcast, seed: str = SEED) -> History:
    """Foretell, then look it up; and every scenario that may know nothing after a day."""
    foretold = foretell(pack, hindcast, seed)
    beside = foretell(pack, hindcast, seed, instead=True)
    verdicts, truth = judged(pack, foretold)
    also, _ = judged(pack, beside)
    names = [id_ for id_, s in pack.scenarios.items() if s.nothing_after is not None]
    return History(
        foretold,
        beside,
        verdicts,
        also,
        truth,
        tuple(scored(pack, name, seed) for name in names),
        recounted(pack, hindcast, seed),
        level_rehearsed(pack, hindcast),
    )
