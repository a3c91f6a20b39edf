"""What a simulation shows, as tables and as data: always a spread over runs, never a bare number."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

from partage.core.errors import Refusal
from partage.keys import shares_of
from partage.report.table import Table
from partage.simulate.arrays import NO_LIMIT
from partage.simulate.compiled import Compiled
from partage.simulate.outcome import outcomes
from partage.simulate.study import Study

AT = (0.05, 0.25, 0.5, 0.75, 0.95)
COLUMNS = ("5 %", "25 %", "median", "75 %", "95 %")
HEADLINES: tuple[tuple[str, str], ...] = (
    ("arrived", "persons who claimed, everywhere"),
    ("lodged", "persons who needed a roof from the office"),
    ("transferred", "persons placed in another province"),
    ("declined", "persons who declined a place in another province"),
    ("no-shows", "persons with a seat who did not come"),
    ("most-without-roof", "persons without a roof, on the worst night"),
    ("nights-without-roof", "person-nights without a roof"),
    ("nights-waiting", "person-nights of waiting for a place, with a roof or without"),
    ("nights", "person-nights in agreed places"),
    ("empty-place-nights", "contracted places that stood empty, nights"),
    ("to-homelessness", "persons who left to homelessness"),
    ("to-montreal", "persons who moved on to Montreal"),
    ("to-toronto", "persons who moved on to Toronto"),
    ("left-waiting", "persons who waited, and left by themselves"),
    ("moved-again", "persons whose place closed under them"),
    ("cost-lodging", "cost of places, CAD"),
    ("cost-travel", "cost of travel, CAD"),
)


def headline(done: Study, which: int = 0) -> Table:
    """The measures of whole runs, each with its spread."""
    rows = [
        (said, *(shown(value) for value in done.total(which, name, AT))) for name, said in HEADLINES
    ]
    made = done.made[which]
    first = done.total(which, "first-day-without-roof", AT)
    rows.append(
        ("first day on which somebody has no roof", *(_day(made, value) for value in first))
    )
    return Table(
        f"{made.scenario.id}: {made.scenario.title_en}; {made.scenario.first_day} to "
        f"{made.scenario.last_day}, {done.runs:,} runs{' of the office model' * (done.model == 'office')}",
        ("", *COLUMNS),
        tuple(rows),
        (
            "each column: that share of the runs stays at or below; right to 1 %",
            *(f"{finding.where}: {finding.what}" for finding in made.findings),
        ),
    )


def provinces(done: Study, which: int = 0) -> Table:
    """The share of all who came that each province received by the last day, against its due."""
    made = done.made[which]
    due = population_due(made)
    rows = []
    for region in sorted(made.regions):
        low, middle, high = done.total(which, f"share@{region}", (0.05, 0.5, 0.95))
        if high == 0 and region not in due:
            continue
        said = f"{100 * due[region]:.1f} %" if region in due else "unknown"
        name = made.pack.region(region).name_en
        rows.append((region, name, said, *(f"{x / 100:.1f} %" for x in (low, middle, high))))
    return Table(
        "share of all persons who came, received by the last day, against the share due",
        ("region", "name", "due", "5 %", "median", "95 %"),
        tuple(rows),
        (
            f"due = share of the population, figures of {made.scenario.first_day}; received = first placed "
            "there, or lodged there by themselves",
        ),
    )


def sites(done: Study, which: int = 0) -> Table:
    """Places by site against persons on the fullest reported day, and the day on which it is full."""
    made = done.made[which]
    names = {str(s.id): s.name_en for s in made.pack.sites}
    names |= {s.id: s.name_en for s in made.scenario.sites}
    rows: list[tuple[str | int, ...]] = []
    for number, site in enumerate(made.sites):
        agreed = int(made.world.cap[:, number, 0].max())
        most = done.quantiles(which, f"persons@{site}", (0.5, 0.95)).max(axis=0)
        low, middle, high = done.total(which, f"first-full@{site}", (0.05, 0.5, 0.95))
        rows.append(
            (
                names[site], "unknown" if agreed >= NO_LIMIT else f"{agreed:,}",
                f"{most[0]:,.0f} ({most[1]:,.0f})",
                f"{_day(made, low)} / {_day(made, middle)} / {_day(made, high)}",
            )
        )  # fmt: skip
    return Table(
        "sites: most places agreed, most persons (median; 95 %), day full (5 % / median / 95 %)",
        ("site", "places", "persons", "day full"),
        tuple(rows),
    )


def services(done: Study, which: int = 0) -> Table:
    """The highest load of each service, in percent of what is agreed."""
    made = done.made[which]
    rows: list[tuple[str | int, ...]] = []
    for s, site in enumerate(made.sites):
        for v, service in enumerate(made.services):
            if made.world.agreed[s, v] >= 0:
                found = done.total(which, f"load {service}@{site}", (0.05, 0.5, 0.95))
                agreed = int(made.world.agreed[s, v])
                rows.append((site, service, agreed, *(f"{x:,.0f} %" for x in found)))
    return Table(
        "load over what is agreed, per service: the highest of the whole time",
        ("site", "service", "agreed", "5 %", "median", "95 %"),
        tuple(rows),
        ("a service that nobody stated is unknown, and not here",),
    )


def turned_out(done: Study, which: int = 0) -> list[Table]:
    """Arrivals as expected beside those published later, where they were; each miss is called one."""
    found = outcomes(done.made[which], done.seed)
    if not found:
        return []
    rows = tuple(
        (
            one.stream, f"{one.first:%Y-%m} to {one.last:%Y-%m}", shown(one.low), shown(one.middle),
            shown(one.high), f"{one.published:,}", "held" if one.inside else "MISSED",
        )
        for one in found
    )  # fmt: skip
    held = sum(one.inside for one in found)
    return [
        Table(
            f"arrivals as expected on {done.made[which].scenario.as_of} beside those published since: "
            f"{held} of {len(found)} bands of 80 % hold them",
            ("stream", "months", "10 %", "median", "90 %", "published", ""),
            rows,
            ("the scenario does not read what was published since; this table does",),
        )
    ]


def tables(done: Study, which: int = 0) -> list[Table]:
    """All of one scenario, in the order in which people ask."""
    told = [headline(done, which), provinces(done, which), sites(done, which)]
    return [*told, services(done, which), *turned_out(done, which)]


def population_due(made: Compiled) -> Mapping[str, float]:
    """Each region's share of the population on the first day; nothing where it is not known."""
    try:
        shares = shares_of(
            "population",
            {},
            list(made.regions),
            made.pack.figures,
            made.scenario.first_day,
            persons=1,
        )
    except Refusal:
        return {}
    return {str(region): float(share) for region, share in shares.of}


def as_data(done: Study) -> dict[str, Any]:
    """The same as plain JSON: quantiles of totals, and of each reported day."""
    return {
        "runs": done.runs,
        "seed": done.seed,
        "stopped": done.stopped,
        "quantiles": list(AT),
        "scenarios": [_scenario(done, which) for which in range(len(done.made))],
    }


def _scenario(done: Study, which: int) -> dict[str, Any]:
    made = done.made[which]
    names = [n for n in done.rows[which].totals if n not in ("events", "imbalance")]
    return {
        "scenario": made.scenario.id,
        "title": {"en": made.scenario.title_en, "fr": made.scenario.title_fr},
        "first_day": str(made.scenario.first_day),
        "last_day": str(made.scenario.last_day),
        "turned_out": [
            {
                "stream": one.stream, "first": str(one.first), "last": str(one.last), "low": one.low,
                "middle": one.middle, "high": one.high, "published": one.published,
                "inside": one.inside,
            }
            for one in outcomes(made, done.seed)
        ],
        "due": {region: round(share, 6) for region, share in population_due(made).items()},
        "totals": {
            name: {
                "quantiles": _rounded(done.total(which, name, AT)),
                "mean": round(done.mean(which, name), 2),
            }
            for name in names
        },
        "days": [str(day) for day in made.reported],
        "series": {
            name: [_rounded(row) for row in done.quantiles(which, name, AT)]
            for name in done.rows[which].series
        },
    }  # fmt: skip


def shown(value: float) -> str:
    """A number to three figures, no more than is known of it: 528,000 or 1.2 billion."""
    if value >= 1e9:
        return f"{value / 1e9:.2f} billion"
    if value >= 1e6:
        return f"{value / 1e6:.3g} million"
    return f"{to_three(value):,.0f}"


def to_three(value: float) -> float:
    """A number rounded to three figures."""
    return round(value, -max(0, len(str(int(abs(value)))) - 3))


def _rounded(values: Iterable[float]) -> list[int]:
    return [round(float(value)) for value in values]


def _day(made: Compiled, number: float) -> str:
    """A day by its number; the number of days means that it never came."""
    scenario = made.scenario
    if number >= (scenario.last_day - scenario.first_day).days + 1:
        return "never"
    return str(scenario.first_day + timedelta(days=int(number)))
