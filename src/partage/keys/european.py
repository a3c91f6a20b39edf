"""The European Commission's keys of 2015: population and GDP, corrected by inverse effects.

The inverse effects lower the share of a state with many applications or much unemployment. In
September 2015 they were capped, in a sentence that can be read in two ways; both are here.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from partage.core.errors import InputRefused
from partage.core.shares import Shares
from partage.core.situation import Figure
from partage.keys.reading import Reading, Values, joined, positive, read, read_window

YEARS = "2010/2014"
MILLION = 1_000_000
CAPS = ("sum", "mean", "none")
CAP = Fraction(3, 10)


def eu_2015_may(regions: Sequence[str], history: Sequence[Figure], at: date) -> Shares:
    """40 % population, 40 % GDP, 10 % inverse applications, 10 % inverse unemployment, no cap.

    ``regions`` is the participating set over which every share and inverse runs. Applications and
    resettled persons of 2010-2014, a fifth of them, per million of the population on 1 January
    2014, missing years as zero; GDP 2013; unemployment 2014.
    Source: COM(2015)240 annex; COM(2015)286 (without Italy and Greece).
    """
    asked = read_window("applications", regions, history, YEARS, missing_is_zero=True)
    resettled = {f.region: f for f in history if f.measure == "resettled" and f.period == YEARS}
    taken_in = (
        read_window("resettled", list(resettled), list(resettled.values()), YEARS).values
        if resettled
        else {}
    )
    people = read("population", regions, history, at, "2014-01-01")
    gdp = read("gdp", regions, history, at, "2013")
    jobless = positive(read("unemployment", regions, history, at, "2014"))
    per_million = _per_million(
        {r: asked.values[r] + taken_in.get(r, Fraction(0)) for r in asked.values}, people
    )
    key = corrected(people.shares(), gdp.shares(), per_million, jobless.values, cap="none")
    return _shares("eu-2015-may", key, key, (people, gdp, asked, jobless))


def eu_2015_september(
    regions: Sequence[str],
    history: Sequence[Figure],
    at: date,
    *,
    cap: str = "sum",
    over: Sequence[str] = (),
) -> Shares:
    """The key of May with applications only, GDP of 2014, and inverse effects capped at 30 %.

    ``cap``: ``sum`` = 0.3 (pop + gdp), ``mean`` = 0.3 of their mean, ``none``. ``over`` is the set
    over which shares and inverses run, if it is not ``regions``; the key is then taken in
    proportion among ``regions``. Source: COM(2015)450 annex.
    """
    everybody = list(over) or list(regions)
    missing = sorted(set(regions) - set(everybody))
    if missing:
        raise InputRefused(
            f"{', '.join(missing)} take part, but are not among those the key runs over.",
            "Add them to 'over'.",
        )
    asked = read_window("applications", everybody, history, YEARS, missing_is_zero=True)
    people = read("population", everybody, history, at, "2014-01-01")
    gdp = read("gdp", everybody, history, at, "2014")
    jobless = positive(read("unemployment", everybody, history, at, "2014"))
    key = corrected(
        people.shares(), gdp.shares(), _per_million(asked.values, people), jobless.values, cap=cap
    )
    mine = {region: share for region, share in key.items() if region in set(regions)}
    total = sum(mine.values(), Fraction(0))
    return _shares(
        "eu-2015-september",
        {region: share / total for region, share in mine.items()},
        key,
        (people, gdp, asked, jobless),
    )


def corrected(
    people: Values, gdp: Values, per_million: Values, jobless: Values, *, cap: str
) -> Values:
    """0.4 people + 0.4 gdp + 0.1 of each inverse effect, capped, the remainder by people and gdp.

    ``people`` and ``gdp`` are shares; the inverse effect of x is (1/x) / sum(1/x).
    """
    if cap not in CAPS:
        raise InputRefused(
            f"'{cap}' is not a reading of the cap.", f"Use one of: {', '.join(CAPS)}."
        )
    asked, idle = inverse(per_million), inverse(jobless)
    key: Values = {}
    for region in people:
        both = people[region] + gdp[region]
        most = {"sum": CAP * both, "mean": CAP * both / 2, "none": Fraction(2)}[cap]
        effects = min(asked[region], most) + min(idle[region], most)
        key[region] = Fraction(2, 5) * both + Fraction(1, 10) * effects
    whole = (sum(people.values(), Fraction(0)) + sum(gdp.values(), Fraction(0))) / 2
    left = whole - sum(key.values(), Fraction(0))
    return {r: key[r] + left * (people[r] + gdp[r]) / 2 for r in key} if cap != "none" else key


def inverse(values: Values) -> Values:
    """(1/x) / sum(1/x): the less, the more; refused where a value is 0."""
    for region, value in values.items():
        if not value:
            raise InputRefused(
                f"{region} has 0 where the key divides by it.",
                "It must be above 0; correct the figure.",
            )
    total = sum((1 / value for value in values.values()), Fraction(0))
    return {region: 1 / value / total for region, value in values.items()}


def _per_million(persons: Values, people: Reading) -> Values:
    return {r: persons[r] / 5 / people.values[r] * MILLION for r in persons}


def _shares(name: str, of: Values, key: Values, readings: Sequence[Reading]) -> Shares:
    people, gdp = readings[0].shares(), readings[1].shares()
    basis = tuple(
        (
            region,
            f"{float(100 * people[region]):.3f} % of population, {float(100 * gdp[region]):.3f} % of "
            f"GDP, {float(100 * key[region]):.3f} % with both corrections",
        )
        for region in of
    )
    definition = "; ".join(str(reading) for reading in readings)
    return Shares(name, tuple(of.items()), basis, definition, joined(*readings))
