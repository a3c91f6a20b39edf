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
from partage.simulate.entries import Months, published
from partage.simulate.hindcast import AT, Foretold, Said, foretell
from partage.simulate.reading import Read, cut

SEED = "partage-history-1"
RUNS = 20_000
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
    apart: tuple[Apart, ...]
    rows: tuple[Read, ...]


def scored(pack: Pack, name: str, seed: str = SEED) -> Scored:
    """A scenario compiled from the pack cut at its ``nothing_after``, then looked up in the whole pack.

    Levels are drawn from how the months after compared with the three before, as often as that was seen
    by then; the scenario's causes multiply them, each drawn from its stated range.
    """
    scenario = pack.scenario(name)
    if scenario.nothing_after is None:
        raise InputRefused(
            f"The scenario '{name}' may read figures of any day, so it is no test.",
            "Give it nothing_after, and as_of no later.",
        )
    seen = cut(pack, scenario.nothing_after)
    made = compile_scenario(scenario, seen)
    rows: list[Read] = []
    parameters: list[tuple[str, int]] = []
    verdicts = []
    effects = _effects_alone(made, seed)
    luck = np.random.default_rng(int.from_bytes(seed.encode()[:8], "big"))
    for e, stream in enumerate(scenario.arrivals):
        known = published(seen, stream, scenario.as_of)
        rows += [
            Read("figures", m[1], f"{stream.region}: {stream.id}", "calibration")
            for m in known.values()
        ]
        later = _later(pack, scenario, e)
        ratios = _ratios(known, stream.recent_months, len(later))
        parameters.append((f"level of {stream.id}", len(ratios)))
        days = np.array([d for m in later for d in range(m[0], m[1] + 1)])
        base = made.world.rate[days, e] * _mean(made)
        persons = (effects[:, e][:, made.world.stretch[days]] @ base) * luck.choice(ratios, RUNS)
        low, middle, high = (round(float(x)) for x in np.quantile(persons, AT))
        verdicts.append(Verdict(Said(stream.id, low, middle, high), sum(m[2] for m in later)))
        rows += [
            Read("figures", scenario.first_day + timedelta(m[1]), f"{stream.region}: {stream.id}", "truth")
            for m in later
        ]  # fmt: skip
    last = max(r.day for r in rows if r.use == "calibration")
    for effect in scenario.effects:
        parameters.append((effect.id, _months(effect, date(2015, 1, 1), last)))
    return Scored(
        scenario, tuple(verdicts), tuple(parameters), tuple(_apart(scenario, last)), tuple(rows)
    )


def _mean(made: Compiled) -> float:
    return float((made.world.share * made.world.need[:, 0]).sum())


def _effects_alone(made: Compiled, seed: str) -> NDArray[np.float64]:
    """The causes of a scenario without the bands of its streams: (runs, E, M)."""
    causes = {effect.id for effect in made.scenario.effects}
    levels = tuple(one for one in made.entries.levels if one.ranged.name in causes)
    return draw(replace(made, entries=replace(made.entries, levels=levels)), seed, 0, RUNS).level


def _later(pack: Pack, scenario: Scenario, e: int) -> list[tuple[int, int, int]]:
    """Whole months after what was known, within the scenario: first and last day by number, persons."""
    assert scenario.as_of is not None
    found = published(pack, scenario.arrivals[e], None).values()
    return [
        ((a - scenario.first_day).days, (b - scenario.first_day).days, n)
        for a, b, n in sorted(found)
        if a > scenario.as_of and a >= scenario.first_day and b <= scenario.last_day
    ]


def _ratios(known: Months, recent: int, ahead: int) -> NDArray[np.float64]:
    """How so many months compared with those before them (one month between), while the border was open."""
    rows = sorted(known.values())
    out = []
    for n in range(recent, len(rows) - ahead):
        window = rows[n - recent : n + 1 + ahead]
        closed = window[0][0] <= CLOSED[1] and CLOSED[0] <= window[-1][1]
        before = sum(r[2] for r in window[:recent]) / recent
        if not closed and before > 0:
            out.append(sum(r[2] for r in window[recent + 1 :]) / ahead / before)
    if not out:
        raise InputRefused(
            "Too few months are known for a level to be learned from them.",
            "Give an earlier series.",
        )
    return np.array(out)


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


def history(pack: Pack, hindcast: Hindcast, seed: str = SEED) -> History:
    """Foretell, then look it up; and every scenario that may know nothing after a day."""
    foretold = foretell(pack, hindcast, seed)
    beside = foretell(pack, hindcast, seed, instead=True)
    verdicts, truth = judged(pack, foretold)
    also, _ = judged(pack, beside)
    names = [id_ for id_, s in pack.scenarios.items() if s.nothing_after is not None]
    return History(
        foretold, beside, verdicts, also, truth, tuple(scored(pack, name, seed) for name in names)
    )
