"""Keys that blend the shares of several measures by published weights that sum to 1."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction

from partage.core.errors import InputRefused
from partage.core.shares import Shares
from partage.core.situation import Figure
from partage.keys.reading import Reading, Values, fraction, joined, read

HALF = Fraction(1, 2)


def weighted(
    regions: Sequence[str],
    history: Sequence[Figure],
    at: date,
    *,
    weights: Mapping[str, object],
) -> Shares:
    """The weighted mean of the shares of several measures; weights are exact and sum to 1.

    ``weights`` by measure, e.g. ``{"population": "1/2", "gdp": "1/2"}``. Belgium's plan of 2015
    (35 % population, 20 % income, 30 % places, 15 % integration income) is one such key.
    """
    return _blend("weighted", regions, history, at, _checked(weights))


def half_population_half_gdp(regions: Sequence[str], history: Sequence[Figure], at: date) -> Shares:
    """Half the share of the population, half the share of gross domestic product.

    Each measure from its latest period. Regions without a figure for both are refused (Canada's
    territories have none for GDP in the pack).
    """
    weights = {"population": HALF, "gdp": HALF}
    return _blend("half-population-half-gdp", regions, history, at, weights)


def eu_2024(regions: Sequence[str], history: Sequence[Figure], at: date) -> Shares:
    """The Union's reference key: 50 % population, 50 % gross domestic product.

    ``regions`` are the contributing states. Source: Regulation (EU) 2024/1351 (Asylum and
    Migration Management); the floor of 30,000 relocations is a matter of the total, not the key.
    """
    weights = {"population": HALF, "gdp": HALF}
    return _blend("eu-2024-1351", regions, history, at, weights)


def nrw_area(
    regions: Sequence[str],
    history: Sequence[Figure],
    at: date,
    *,
    area_weight: object = "1/10",
    clip: object = "1/4",
) -> Shares:
    """Population with a tenth of area, whose gain is clipped at a quarter and spread over the others.

    key_i = 0.9 population share + 0.1 area share; where area lifts a municipality by more than
    ``clip`` of its population share, the excess goes to the others in proportion to their key.
    Source: FlüAG NRW § 3 (1)-(2).
    """
    weight, most = fraction(area_weight, "area_weight"), fraction(clip, "clip")
    if not 0 <= weight <= 1 or most < 0:
        raise InputRefused(
            f"area_weight is {weight} and clip is {most}.",
            "The first is 0 to 1, the second not negative.",
        )
    people, area = (read(name, regions, history, at) for name in ("population", "area"))
    by_people, by_area = people.shares(), area.shares()
    key = {r: (1 - weight) * by_people[r] + weight * by_area[r] for r in by_people}
    limit = {r: by_people[r] * (1 + most) for r in key}
    return _shares("nrw-area", clipped(key, limit), (people, area), key)


def clipped(key: Values, limit: Values) -> Values:
    """The key with whatever lies above its limit spread over the others, in proportion to them."""
    over = {r for r in key if key[r] > limit[r]}
    excess = sum((key[r] - limit[r] for r in over), Fraction(0))
    others = sum((key[r] for r in key if r not in over), Fraction(0))
    if not others:  # everybody is at a limit, so nothing can be spread: the key stands
        return dict(key)
    return {r: limit[r] if r in over else key[r] * (1 + excess / others) for r in key}


def _blend(
    name: str,
    regions: Sequence[str],
    history: Sequence[Figure],
    at: date,
    weights: Mapping[str, Fraction],
) -> Shares:
    readings = {measure: read(measure, regions, history, at) for measure in weights}
    parts = {measure: reading.shares() for measure, reading in readings.items()}
    key = {
        region: sum((weights[m] * parts[m][region] for m in weights), Fraction(0))
        for region in next(iter(parts.values()))
    }
    return _shares(name, key, tuple(readings.values()), key)


def _shares(name: str, of: Values, readings: Sequence[Reading], before: Values) -> Shares:
    parts = [reading.shares() for reading in readings]
    basis = tuple(
        (
            region,
            ", ".join(
                f"{float(100 * part[region]):.3f} % of {reading.measure} ({reading.period})"
                for reading, part in zip(readings, parts, strict=True)
            )
            + (
                f", clipped from {float(100 * before[region]):.3f} %"
                if of[region] < before[region]
                else ""
            ),
        )
        for region in of
    )
    definition = "; ".join(str(reading) for reading in readings)
    return Shares(name, tuple(of.items()), basis, definition, joined(*readings))


def _checked(weights: Mapping[str, object]) -> dict[str, Fraction]:
    exact = {m: fraction(value, f"The weight of {m}") for m, value in weights.items()}
    total = sum(exact.values(), Fraction(0))
    if total != 1 or any(value < 0 for value in exact.values()):
        said = ", ".join(f"{m} {value}" for m, value in exact.items()) or "none"
        raise InputRefused(
            f"The weights of the key sum to {total}, not 1 ({said}).",
            "Give weights of 0 or more that sum to exactly 1.",
        )
    return exact
