"""What is said of days from what was known before: each unknown drawn, weighed by the counts there are.

Those who enter are moved in constant shares while only those who wish are asked; from the day of the offer
to all, whoever may be moved and accepts. Draws from the stated ranges are weighed by how well they explain
the counts (importance sampling); what is said are the weighed quantiles.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from partage.core.errors import InputRefused
from partage.core.hindcast import Hindcast, Prior
from partage.core.streams import Stream
from partage.packs.pack import Pack, Report
from partage.simulate.reading import Read, Reading

Floats = NDArray[np.float64]
DRAWS, PARTS = 240_000, 8
AT = (0.1, 0.5, 0.9)  # the ends of an 80 % band, and its middle


@dataclass(frozen=True, slots=True)
class Said:
    """An 80 % band of one number, said before it is looked up.

    ``error``: two standard errors of its ends, as far as they come from the draw; another seed moves them.
    """

    what: str
    low: int
    middle: int
    high: int
    error: int = 0


@dataclass(frozen=True, slots=True)
class Learned:
    """A free parameter: its stated range, and the middle 80 % after the counts were weighed in."""

    prior: Prior
    low: float
    middle: float
    high: float


@dataclass(frozen=True, slots=True)
class Foretold:
    """Everything said, what it was learned from, and what it read."""

    hindcast: Hindcast
    said: tuple[Said, ...]  # the cities, then the days of the offer to all
    learned: tuple[Learned, ...]
    mixes: int  # free numbers of the new mix, beside the parameters
    counts: tuple[Report, ...]  # the observations
    set_aside: tuple[Report, ...]
    months: int  # months read, for the level of arrivals
    given: int
    draws: float  # how many equal draws the weighed ones are worth
    rows: tuple[Read, ...]


def foretell(pack: Pack, hindcast: Hindcast, seed: str, *, instead: bool = False) -> Foretold:
    """The bands of a hindcast; ``instead``: with the other shape wherever a prior names one."""
    reading = Reading(pack, hindcast.until, hindcast.without)
    months = reading.months(hindcast.region, hindcast.measure)
    reports = reading.reports(hindcast.counted)
    aside = tuple(r for r in reports if r.place in hindcast.set_aside)
    counts = tuple(r for r in reports if r.place in hindcast.starts)
    missing = set(hindcast.starts) - {r.place for r in counts}
    if missing or not months:
        raise InputRefused(
            f"The hindcast '{hindcast.id}' finds no count of {', '.join(sorted(missing)) or 'months'} "
            f"by {hindcast.until}.",
            "Add them to history.csv or figures.csv of the pack, with their day.",
        )
    given = reading.given(hindcast.given, hindcast.given_on)
    priors = {
        name: replace(p, shape=p.instead) if instead and p.instead else p
        for name, p in hindcast.priors.items()
    }
    entered = _Entered(hindcast, months, priors["february"])
    stream = Stream(seed, "hindcast", hindcast.id)
    pilot = _part(hindcast, priors, entered, counts, given, stream.child("pilot").generator())
    near = priors | _near(priors, pilot)
    parts = [
        _part(hindcast, near, entered, counts, given, stream.child(str(n)).generator())
        for n in range(PARTS)
    ]
    weight = np.concatenate([one.weight for one in parts])
    drawn = {n: np.concatenate([one.drawn[n] for one in parts]) for n in parts[0].drawn}
    told = {n: np.concatenate([one.told[n] for one in parts]) for n in parts[0].told}
    return Foretold(
        hindcast,
        tuple(
            _said(n, v, weight, error_of([quantiles(part.told[n], part.weight) for part in parts]))
            for n, v in told.items()
        ),
        tuple(Learned(priors[n], *quantiles(v, weight)) for n, v in drawn.items() if n in priors),
        len(hindcast.cities) - 1, counts, aside, len(months), given,
        float(weight.sum() ** 2 / (weight**2).sum()), tuple(reading.rows),
    )  # fmt: skip


def _said(what: str, values: Floats, weight: Floats, error: int) -> Said:
    low, middle, high = (round(x) for x in quantiles(values, weight))
    return Said(what, low, middle, high, error)


def error_of(parts: Sequence[Sequence[float]]) -> int:
    """Two standard errors of the ends of a band, from the bands of parts of its draws, rounded up."""
    found = np.array(parts)
    error = found.std(axis=0, ddof=1) / np.sqrt(len(found))
    return int(np.ceil(2 * max(error[0], error[-1])))


def _near(priors: Mapping[str, Prior], pilot: _Part) -> dict[str, Prior]:
    """The shares that counts speak of, drawn only where a first few draws explain the counts at all.

    They are spread evenly over their ranges, so that drawing from a part of one changes no answer: it
    leaves out what weighs less than a millionth.
    """
    if not pilot.weight.sum() > 0:
        raise InputRefused(
            "Nothing within the ranges of the hindcast explains the counts.",
            "Widen a range, and say why.",
        )
    heavy = pilot.weight > 1e-6 * pilot.weight.max()
    out = {}
    for name in (n for n in priors if n.startswith("to-") and priors[n].shape == "even"):
        low, high = float(pilot.drawn[name][heavy].min()), float(pilot.drawn[name][heavy].max())
        more = (high - low) / 4
        prior = priors[name]
        out[name] = replace(
            prior, least=max(prior.least, low - more), most=min(prior.most, high + more)
        )
    return out


class _Entered:
    """Persons who entered, added up to any day: months as published, then a level."""

    def __init__(
        self, hindcast: Hindcast, months: Mapping[str, tuple[date, date, int]], prior: Prior
    ) -> None:
        rows = sorted(months.values())
        self.zero = hindcast.first_transfer
        self.last = (rows[-1][1] - self.zero).days + 1
        after = [row for row in rows if row[1] > self.zero]
        self.ends = np.array([0, *(((row[1] - self.zero).days + 1) for row in after)], float)
        self.sums = np.concatenate([[0.0], np.cumsum([float(row[2]) for row in after])])
        recent = rows[-hindcast.recent_months :]
        self.level = sum(r[2] for r in recent) / sum((r[1] - r[0]).days + 1 for r in recent)
        found = ratios_before(rows, hindcast.recent_months, prior)
        self.ratios = np.array([r for _, r in found if prior.least <= r <= prior.most])

    def to(self, day: Floats, factor: Floats) -> Floats:
        """Persons who entered from the first transfer on, before so many days had passed."""
        known = np.interp(np.minimum(day, self.last), self.ends, self.sums)
        return np.asarray(known + np.maximum(0.0, day - self.last) * self.level * factor)


def ratios_before(
    rows: list[tuple[date, date, int]], recent: int, prior: Prior
) -> list[tuple[int, float]]:
    """How each month, by its number, compared with those before it; as far as they count."""
    out = []
    for n in range(recent, len(rows)):
        first, last, persons = rows[n]
        closed = prior.closed and first <= prior.closed[1] and prior.closed[0] <= last
        if first.year < 2017 or closed:
            continue
        before = sum(row[2] for row in rows[n - recent : n]) / recent
        if before > 0:
            out.append((n, persons / before))
    return out


@dataclass(frozen=True, slots=True)
class _Part:
    weight: Floats
    drawn: dict[str, Floats]
    told: dict[str, Floats]


def _part(
    hindcast: Hindcast, priors: Mapping[str, Prior], entered: _Entered, counts: tuple[Report, ...],
    given: int, luck: np.random.Generator,
) -> _Part:  # fmt: skip
    """Some of the draws: what each parameter is, how well it explains the counts, what it says."""
    drawn = {n: _spread(p, luck, entered) for n, p in priors.items() if p.free}
    mix = _mix_before(hindcast, drawn)
    willing = mix.sum(axis=1)
    bound = priors["willing"]
    weight = ((willing >= bound.least) & (willing <= bound.most)).astype(float)
    moved_of_all = (1 - drawn["held"]) * (willing + (1 - willing) * drawn["accepts"])
    after = _mix_after(mix / willing[:, None], drawn["mix-holds"], luck)

    def moved(city: int, day: Floats) -> Floats:
        """Persons moved to a city by a day, by the model."""
        since = (hindcast.offer_to_all - entered.zero).days
        seat = day + 1 - drawn["days-to-seat"]
        to_all = entered.to(np.full_like(day, since), drawn["february"])
        to_now = entered.to(np.maximum(seat, 0.0), drawn["february"])
        before = mix[:, city] * np.minimum(to_now, to_all)
        later = after[:, city] * moved_of_all * np.maximum(0.0, to_now - to_all)
        return np.asarray(before + later)

    error, together = hindcast.fixed, hindcast.fixed["persons-together"]
    seen: dict[str, int] = {}
    for report in counts:
        seen[report.place] = seen.get(report.place, 0) + 1
        many = sum(r.place == report.place for r in counts) > 1
        slug = report.place.rsplit(" ", 1)[0].lower().replace(" ", "-")
        name = f"as-of-{slug}" + (f"-{seen[report.place]}" if many else "")
        day = (report.day - entered.zero).days - drawn[name]
        found = moved(hindcast.cities.index(report.place), day)
        spread = np.hypot(
            np.sqrt(together * found), error[f"count-error-{report.origin.grade}"] * found
        )
        off = (int(report.value) - found) / spread
        weight *= np.exp(-0.5 * off**2) / spread
    last = np.full(len(weight), float((hindcast.predicts - entered.zero).days))
    told = {}
    for city, name in enumerate(hindcast.cities):
        mean = moved(city, last)
        told[name] = _counted(mean, together, luck)
        for report in counts:  # what is counted never falls
            if report.place == name:
                told[name] = np.maximum(told[name], int(report.value))
    told["offer to all"] = np.clip(
        given * moved_of_all
        + np.sqrt(given * moved_of_all * (1 - moved_of_all) * together) * luck.standard_normal(len(weight)),
        0, given,
    )  # fmt: skip
    return _Part(weight, drawn, told)


def _mix_before(hindcast: Hindcast, drawn: Mapping[str, Floats]) -> Floats:
    """The share of those who entered that each city received while only those who wished were asked."""
    windsor = drawn["to-windsor"]
    of = {
        "Niagara Falls": drawn["to-niagara-falls"], "Windsor": windsor,
        "Cornwall": windsor * drawn["cornwall-by-windsor"],
        "Ottawa": windsor * drawn["ottawa-by-windsor"],
    }  # fmt: skip
    return np.asarray(np.stack([of[city.rsplit(" ", 1)[0]] for city in hindcast.cities], axis=1))


def _mix_after(shares: Floats, strength: Floats, luck: np.random.Generator) -> Floats:
    """The new mix of cities: Dirichlet around the old one."""
    parts = luck.standard_gamma(np.maximum(1e-6, shares * strength[:, None]))
    return np.asarray(parts / np.maximum(1e-300, parts.sum(axis=1, keepdims=True)))


def _counted(mean: Floats, together: float, luck: np.random.Generator) -> Floats:
    return np.asarray(mean + np.sqrt(together * mean) * luck.standard_normal(len(mean)))


def _spread(prior: Prior, luck: np.random.Generator, entered: _Entered) -> Floats:
    """Draws of a parameter over its range."""
    number, low, high = DRAWS // PARTS, prior.least, prior.most
    if prior.shape == "observed":
        return luck.choice(entered.ratios, number)
    u = luck.random(number)
    if prior.shape == "arcsine":  # Beta(1/2, 1/2) over the range
        return np.asarray(low + (high - low) * np.sin(np.pi * u / 2) ** 2)
    if prior.shape == "whole":
        return np.floor(low + u * (high - low + 1))
    if prior.shape == "log":
        return np.asarray(low * (high / low) ** u)
    if prior.shape == "log-triangle":
        folded = np.where(u < 0.5, np.sqrt(u / 2), 1 - np.sqrt((1 - u) / 2))
        return np.asarray(low * (high / low) ** folded)
    return low + u * (high - low)


def quantiles(values: Floats, weight: Floats) -> tuple[float, float, float]:
    """The weighed quantiles of an 80 % band and its middle."""
    order = np.argsort(values, kind="stable")
    below = np.cumsum(weight[order])
    at = np.searchsorted(below, np.array(AT) * below[-1])
    low, middle, high = values[order][np.minimum(at, len(values) - 1)]
    return float(low), float(middle), float(high)


def day_after(hindcast: Hindcast) -> date:
    """The first day of which nothing was read."""
    return hindcast.until + timedelta(days=1)
