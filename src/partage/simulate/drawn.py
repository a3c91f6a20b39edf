"""What each run draws before it begins: parameters, levels of arrivals, keys of its luck."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from partage.core.scenario import Ranged
from partage.core.streams import Stream
from partage.simulate.ahead import LUCK as LUCK_AHEAD
from partage.simulate.arrays import LUCK, PARAMS
from partage.simulate.compiled import Compiled
from partage.simulate.luck import fill_uniforms, run_keys

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Drawn:
    """What a batch of runs draws."""

    level: Floats  # (runs, E, M)
    lodged: Floats  # (runs, L)
    hazard: Floats  # (runs, S)
    params: Floats  # (runs, PARAMS)
    keys: NDArray[np.uint64]  # (runs, LUCK)


def key_of(seed: str, *names: str) -> np.uint64:
    """The number that a named stream begins with."""
    return np.uint64(Stream(seed, "simulate", *names).generator().integers(1 << 63))


def uniforms(seed: str, name: str, first: int, number: int) -> Floats:
    """Numbers in (0, 1) that belong to a name and to the runs from ``first`` on."""
    out = np.empty(number)
    fill_uniforms(key_of(seed, "parameter", name), first, out)
    return out


def triangular(u: Floats, ranged: Ranged) -> Floats:
    """The quantile at u of the triangle over least, likeliest and most."""
    low, likely, high = ranged.least, ranged.value, ranged.most
    if high <= low:
        return np.full(len(u), likely)
    cut = (likely - low) / (high - low)
    up = low + np.sqrt(u * (high - low) * (likely - low))
    down = high - np.sqrt((1 - u) * (high - low) * (high - likely))
    return np.where(u < cut, up, down)


def draw(made: Compiled, seed: str, first: int, runs: int) -> Drawn:
    """What runs ``first`` to ``first + runs - 1`` draw, whatever was drawn before."""
    scenario, entries = made.scenario, made.entries

    def one(ranged: Ranged, name: str) -> Floats:
        return triangular(uniforms(seed, name, first, runs), ranged)

    level = np.ones((runs, len(scenario.arrivals), entries.stretches))
    for number in entries.levels:
        factor = one(number.ranged, number.ranged.name)
        for e in number.streams:
            for m in number.stretches:
                level[:, e, m] *= factor
    if entries.ahead is not None:
        found_ahead = entries.ahead.persons_a_day(uniforms(seed, LUCK_AHEAD, first, runs))
        for n, (e, _) in enumerate(entries.ahead.streams):
            level[:, e] *= found_ahead[:, n]
    lodging = [s for s in scenario.arrivals if s.lodged.most > 0]
    lodged = np.zeros((runs, len(lodging)))
    for n, stream in enumerate(lodging):
        lodged[:, n] = one(stream.lodged, f"lodged {stream.id}")
    found = scenario.parameters
    params = np.zeros((runs, len(PARAMS)))
    for column, name in enumerate(PARAMS):
        if name in found:
            params[:, column] = one(found[name], name)
    if "leaves_waiting_days" in found:
        days = one(found["leaves_waiting_days"], "leaves_waiting_days")
        params[:, PARAMS.index("leaves_waiting")] = _chance(days)
    hazard = np.empty((runs, len(made.sites)))
    for s, site in enumerate(made.sites):
        own = found.get(f"stay_days@{site}", found["stay_days"])
        hazard[:, s] = _chance(one(own, f"stay_days {own.site}"))
    keys = np.empty((runs, len(LUCK)), np.uint64)
    run_keys(np.array([key_of(seed, name) for name in LUCK], np.uint64), first, keys)
    return Drawn(level, lodged, hazard, params, keys)


def _chance(days: Floats) -> Floats:
    """The chance to leave on a day where the mean is so many days (0: never)."""
    with np.errstate(divide="ignore"):
        return np.where(days > 0, 1 - np.exp(-1 / np.maximum(days, 1e-9)), 0.0)
