"""The promises of parts, shipped: whoever puts a key, a method, a mechanism or a predictor on a shelf
can ask them.

Each ``check_*`` yields one ``Promise`` after another; a part is good if all are kept.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from typing import Any

import numpy as np

from partage.core.errors import InputRefused, LotsRequired
from partage.core.series import Monthly
from partage.core.shares import Key, Method, Shares
from partage.core.situation import Figure, Origin
from partage.core.streams import Stream
from partage.core.units import RegionId
from partage.forecast.panel import Panel, panel_of
from partage.forecast.predictors import Predictor
from partage.place.instance import Instance, instance_from
from partage.place.mechanisms.optimum import Mechanism
from partage.place.referee import faults_in_arrays

MADE_UP = Origin(assumption="made up to check a part")


@dataclass(frozen=True, slots=True)
class Promise:
    """What a part promises, whether it was kept, and what was seen if it was not."""

    says: str
    kept: bool
    seen: str = ""


@dataclass(frozen=True, slots=True)
class KeySample:
    """Made-up figures to ask a key with: a value per region, for each measure and period it reads.

    ``others`` are regions that have figures and take no part (a whole country, say); ``params`` is
    what the key takes beyond regions, figures and day.
    """

    measures: Mapping[str, Sequence[str]] = field(
        default_factory=lambda: {"population": ("2023-01-01",)}
    )
    values: Mapping[str, str] = field(
        default_factory=lambda: {"R-A": "3000001", "R-B": "700000", "R-C": "1234567"}
    )
    others: Mapping[str, str] = field(default_factory=dict)
    params: Mapping[str, Any] = field(default_factory=dict)
    at: date = date(2023, 2, 20)

    def figures(self) -> list[Figure]:
        """The made-up figures."""
        return [
            Figure(measure, region, period, value, "unit", "made up", "made up", MADE_UP)
            for measure, periods in self.measures.items()
            for period in periods
            for region, value in (*self.values.items(), *self.others.items())
        ]


def check_key(key: Key, sample: KeySample | None = None) -> Iterator[Promise]:
    """A key gives exact shares of all its regions, whatever their order, and refuses to guess."""
    asked = sample or KeySample()
    values, history, at = asked.values, asked.figures(), asked.at

    def ask(regions: Sequence[str], figures: Sequence[Figure], day: date) -> Shares:
        return key(regions, figures, day, **asked.params)

    shares = ask(sorted(values), history, at)
    exact = all(isinstance(share, Fraction) for _, share in shares.of)
    yield Promise("shares are exact fractions that sum to 1", exact, str(shares.of))
    yield Promise("every region has a share", {r for r, _ in shares.of} == set(values))
    said = shares.definition and str(shares.origin) and {r for r, _ in shares.basis} == set(values)
    yield Promise("every share says what it rests on", bool(said), str(shares.basis))
    again = ask(sorted(values, reverse=True), list(reversed(history)), at)
    yield Promise(
        "the order of regions and figures changes nothing", dict(again.of) == dict(shares.of)
    )
    one = sorted(values)[0]
    yield _refuses("a region without a figure is refused", ask, [*values, "R-Z"], history, at)
    yield _refuses("a region named twice is refused", ask, [*values, one], history, at)
    yield _refuses("no region at all is refused", ask, [], history, at)
    yield _refuses("a figure of the future is not used", ask, [*values], history, date(2000, 1, 1))
    wrong = [replace(f, value="-5") if f.region == one else f for f in history]
    yield _refuses("a negative figure is refused", ask, [*values], wrong, at)


def check_method(method: Method, *, adds_up: bool = True) -> Iterator[Promise]:
    """A rounding method gives every person once, records each step, and leaves ties to a draw.

    A method that does not add up (``adds_up=False``) says in ``rest`` what it left or gave too much,
    and, as it gives each region its own number, it knows no ties.
    """
    draw = random.Random(2023)
    for total in (0, 1, 7, 161, 39_171):
        weights = [draw.randrange(1, 10**6) for _ in range(10)]
        shares = _shares(weights)
        order = tuple(region for region, _ in shares.of)
        result = method(total, shares, order)
        given = dict(result.persons)
        if adds_up:
            yield Promise(
                f"{total} persons are given, no more and no less",
                sum(given.values()) == total and result.rest == 0,
            )
        else:
            yield Promise(
                f"what was left or given too much of {total} is said",
                sum(given.values()) + result.rest == total,
            )
        steps = {r: sum(s.given for s in result.steps if s.region == r) for r in given}
        yield Promise(f"the steps add up to what was given ({total})", steps == given)
        yield Promise(f"nobody is given less than 0 ({total})", min(given.values()) >= 0)
    if not adds_up:
        return
    try:
        method(1, _shares([1, 1]), ())
    except LotsRequired as refusal:
        yield Promise(
            "a tie is LotsRequired and names who is tied", set(refusal.tied) == {"R-0", "R-1"}
        )
    else:
        yield Promise("a tie is LotsRequired and names who is tied", False, "it was decided")
    drawn = method(1, _shares([1, 1]), (RegionId("R-1"), RegionId("R-0")))
    yield Promise("a public draw answers the tie", dict(drawn.persons) == {"R-0": 0, "R-1": 1})


def check_mechanism(mechanism: Mechanism) -> Iterator[Promise]:
    """A mechanism gives a plan that the referee finds no fault with, and repeats itself."""
    for number in range(6):
        instance = _instance(number)
        first = mechanism(instance, None, None, Stream("check", str(number)), 10.0)
        faults = faults_in_arrays(instance, first.site_of, value=first.value, bound=first.bound)
        yield Promise(f"the referee finds no fault (world {number})", not faults, str(faults[:1]))
        again = mechanism(instance, None, None, Stream("check", str(number)), 10.0)
        yield Promise(
            f"the same stream gives the same plan (world {number})",
            bool((first.site_of == again.site_of).all()),
        )
    nobody = mechanism(_instance(0, rows=0), None, None, Stream("check"), 10.0)
    yield Promise("no household is an empty plan", len(nobody.site_of) == 0)


def check_predictor(predictor: Predictor) -> Iterator[Promise]:
    """A predictor gives paths of persons that repeat themselves and read nothing of the future."""
    panel = _panel(72)

    def ask(given: Panel, seed: str = "1", n: int = 400) -> np.ndarray:
        return predictor.fit(given).sample(6, n, Stream("check", seed))

    paths = ask(panel)
    yield Promise("paths are (n, series, horizon)", paths.shape == (400, 3, 6), str(paths.shape))
    yield Promise(
        "persons are numbers, 0 or more", bool(np.isfinite(paths).all() and (paths >= 0).all())
    )
    yield Promise("the same stream gives the same paths", bool((ask(panel) == paths).all()))
    yield Promise("another stream gives others", bool((ask(panel, "2") != paths).any()))
    known = panel.until(panel.last - 12)
    other = _panel(72, later=9).until(panel.last - 12)
    yield Promise("changing the future changes no forecast", bool((ask(known) == ask(other)).all()))
    spread = np.quantile(paths, 0.9, axis=0) - np.quantile(paths, 0.1, axis=0)
    yield Promise(
        "a later month is not surer than the next", bool((spread[:, 5] > spread[:, 0] * 0.8).all())
    )
    low, high = panel.low.copy(), panel.high.copy()
    low[1, 20:23], high[1, 20:23] = np.nan, np.nan
    gaps = ask(replace(panel, low=low, high=high))
    middle = panel.middle()[1, -1]
    yield Promise(
        "a gap is not a month without people",
        bool(np.isfinite(gaps).all()) and 0.3 * middle < np.median(gaps[:, 1, 0]) < 3 * middle,
    )
    none = replace(panel, low=panel.low * 0, high=panel.high * 0)
    yield Promise("where nobody ever came, few are expected", bool(ask(none).max() < 60))


def _panel(months: int, *, later: int = 1) -> Panel:
    """Three made-up series that wander about 200, 1,000 and 4,000 persons a month.

    The last year of them is ``later`` times what it would be.
    """
    draw = np.random.Generator(np.random.PCG64(7))
    steps = np.cumsum(draw.normal(0, 0.12, (3, months)), axis=1)
    persons = np.rint(np.exp(steps - steps.mean(axis=1, keepdims=True)) * [[200], [1_000], [4_000]])
    persons[:, -12:] *= later
    return panel_of(
        [
            Monthly(f"R-{n}", "all", 12 * 2015, tuple(map(int, row)), tuple(map(int, row)), MADE_UP)
            for n, row in enumerate(persons)
        ]
    )


def _refuses(
    says: str, key: Key, regions: Sequence[str], history: Sequence[Figure], at: date
) -> Promise:
    try:
        key(regions, history, at)
    except InputRefused as refusal:
        return Promise(says, bool(refusal.what and refusal.do), str(refusal))
    return Promise(says, False, "it gave shares")


def _shares(weights: list[int]) -> Shares:
    total = sum(weights)
    of = tuple((RegionId(f"R-{n}"), Fraction(w, total)) for n, w in enumerate(weights))
    return Shares("made up", of, (), "made up", MADE_UP)


def _instance(number: int, rows: int = 12, sites: int = 4) -> Instance:
    draw = np.random.Generator(np.random.PCG64(number))
    size = draw.integers(1, 6, rows)
    value = draw.integers(0, 50, (rows, sites))
    value[draw.random((rows, sites)) < 0.2] = -1
    return instance_from(
        {
            "value": value,
            "need": np.stack([size, (size > 2) * 1], 1).reshape(rows, 2),
            "capacity": draw.integers(2, 14, (sites, 2)),
            "floor": draw.integers(0, 5, sites),
            "floor_penalty": np.array(3),
            "unplaced": -20 * size,
            "count": np.ones(rows, int),
        }
    )[0]
