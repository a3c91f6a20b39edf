"""A simulation as one page in English or French: drawings, tables, and what all of it rests on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from importlib import resources

import numpy as np

from partage.report.page.words import Language
from partage.report.simulated import HEADLINES, population_due
from partage.report.simulated_charts import agreed_places, charts, differences, furthest
from partage.report.simulated_drawing import Chart, inline
from partage.report.simulated_words import Words
from partage.simulate.arrays import NO_LIMIT
from partage.simulate.study import Study

AT = (0.05, 0.5, 0.95)
COMPARED = (
    "nights-without-roof", "most-without-roof", "nights-waiting", "transferred", "empty-place-nights",
    "to-homelessness", "cost-lodging", "cost-travel",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of the page: a caption, columns, rows of text."""

    id: str
    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Part:
    """One scenario on the page."""

    id: str
    title: str
    span: str
    figures: tuple[tuple[Chart, str], ...]
    grids: tuple[Grid, ...]
    notes: tuple[str, ...] = field(default=())


def simulation_page(
    done: Study, language: Language, assumptions: Sequence[str], sibling: str
) -> str:
    """One HTML file; nothing in it is fetched or run. ``sibling``: in the other language."""
    from jinja2 import Environment, StrictUndefined

    say = Words(language)
    template = resources.files("partage.report") / "simulation.html.j2"
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    stopped = say.format("stopped", runs=say.number(done.runs), wanted=say.number(done.wanted))
    return environment.from_string(template.read_text("utf-8")).render(
        say=say, sibling=sibling, parts=[_part(done, n, say) for n in range(len(done.made))],
        compared=[_compared(done, n, say) for n in range(1, len(done.made))],
        stopped=stopped if done.stopped else "", assumptions=assumptions, seed=done.seed,
    )  # fmt: skip


def grids(done: Study, which: int, language: Language) -> tuple[Grid, ...]:
    """The tables of a scenario: in numbers, month by month, shares and dues, places by site, services."""
    say = Words(language)
    return (
        _summary(done, which, say), _months(done, which, say), _provinces(done, which, say),
        _over_time(done, which, say), _sites(done, which, say), _services(done, which, say),
    )  # fmt: skip


def figures(done: Study, which: int, language: Language) -> tuple[tuple[Chart, str], ...]:
    """The drawings of a scenario, each as part of a page."""
    drawn = charts(done, which, Words(language))
    return tuple((chart, inline(chart, f"s{which}")) for chart in drawn)


def compared(done: Study, which: int, language: Language) -> tuple[Chart, str, Grid]:
    """A scenario's paired differences from the first: drawn, and as a table."""
    return _compared(done, which, Words(language))


def _part(done: Study, which: int, say: Words) -> Part:
    scenario = done.made[which].scenario
    return Part(
        scenario.id, scenario.title_fr if say.french else scenario.title_en,
        say.format("runs", runs=say.number(done.runs), first=say.day(scenario.first_day),
                   last=say.day(scenario.last_day)),
        figures(done, which, say.language),
        grids(done, which, say.language),
    )  # fmt: skip


def _summary(done: Study, which: int, say: Words) -> Grid:
    rows = [
        (say(name), *(say.number(value) for value in done.total(which, name, AT)))
        for name in HEADLINES
    ]
    first = done.total(which, "first-day-without-roof", AT)
    rows.append((say("first-no-roof"), *(_day(done, which, value, say) for value in first)))
    columns = (say("measure"), *_percent(say))
    return Grid(f"summary-{which}", say("summary"), columns, tuple(rows))


def _percent(say: Words) -> tuple[str, str, str]:
    return ("5\u00a0%", say("median"), "95\u00a0%") if say.french else ("5%", "median", "95%")


def _month_ends(done: Study, which: int) -> list[tuple[int, date]]:
    """The last reported day of each month, with its number among those reported."""
    found = {f"{day:%Y-%m}": (n, day) for n, day in enumerate(done.made[which].reported)}
    return list(found.values())


def _spread(values: np.ndarray, say: Words) -> str:
    low, middle, high = (say.number(value) for value in values)
    return f"{middle} ({low}–{high})"


def _months(done: Study, which: int, say: Words) -> Grid:
    """What the fans draw, at the end of each month."""
    names = ("without-roof", "places-needed", "cost-thousands")
    found = {name: done.quantiles(which, name, AT) for name in names}
    agreed = agreed_places(done, which)
    rows = tuple(
        (
            say.day(day), _spread(found["without-roof"][n], say), _spread(found["places-needed"][n], say),
            say.number(agreed[n]), _spread(found["cost-thousands"][n] / 1000, say),
        )
        for n, day in _month_ends(done, which)
    )  # fmt: skip
    columns = ("day", "no-roof", "needed", "agreed-places", "cost-so-far")
    return Grid(f"months-{which}", say("months"), tuple(say(c) for c in columns), rows)


def _over_time(done: Study, which: int, say: Words) -> Grid:
    """The share received so far, of the provinces furthest from their due, at the end of each month."""
    made, regions = done.made[which], furthest(done, which)
    due = population_due(made)
    found = [done.quantiles(which, f"share@{region}", AT) / 100 for region in regions]
    rows = [
        (say.day(day), *(
            f"{say.share(one[n, 1])} ({say.share(one[n, 0])}–{say.share(one[n, 2])})" for one in found
        ))
        for n, day in _month_ends(done, which)
    ]  # fmt: skip
    rows.append((say("due"), *(say.share(100 * due[region]) for region in regions)))
    columns = (say("day"), *(say.region(made, region) for region in regions))
    return Grid(f"shares-{which}", say("over-time"), columns, tuple(rows) if regions else ())


def _provinces(done: Study, which: int, say: Words) -> Grid:
    made = done.made[which]
    due = population_due(made)
    rows = []
    for region in sorted(made.regions):
        found = done.total(which, f"share@{region}", AT) / 100
        if found[2] > 0 or region in due:
            said = say.share(100 * due[region]) if region in due else say("unknown")
            rows.append((say.region(made, region), said, *(say.share(x) for x in found)))
    columns = (say("region"), say("due"), *_percent(say))
    return Grid(f"provinces-{which}", say("provinces"), columns, tuple(rows))


def _sites(done: Study, which: int, say: Words) -> Grid:
    made = done.made[which]
    rows = []
    for number, site in enumerate(made.sites):
        agreed = int(made.world.cap[:, number, 0].max())
        most = done.quantiles(which, f"persons@{site}", (0.5, 0.95)).max(axis=0)
        full = " / ".join(
            _day(done, which, x, say) for x in done.total(which, f"first-full@{site}", AT)
        )
        places = say("unknown") if agreed >= NO_LIMIT else say.number(agreed)
        rows.append(
            (say.site(made, site), places, f"{say.number(most[0])} ({say.number(most[1])})", full)
        )
    columns = (say("site"), say("places"), say("persons"), say("full"))
    return Grid(f"sites-{which}", say("sites"), columns, tuple(rows))


def _services(done: Study, which: int, say: Words) -> Grid:
    made = done.made[which]
    rows = []
    for s, site in enumerate(made.sites):
        for v, service in enumerate(made.services):
            agreed = int(made.world.agreed[s, v])
            if agreed >= 0:
                found = done.total(which, f"load {service}@{site}", AT)
                rows.append(
                    (
                        say.site(made, site), say.service(service), say.number(agreed),
                        *(say.share(x) for x in found),
                    )
                )  # fmt: skip
    columns = (say("site"), say("service"), say("agreed"), *_percent(say))
    return Grid(f"services-{which}", say("services"), columns, tuple(rows))


def _compared(done: Study, which: int, say: Words) -> tuple[Chart, str, Grid]:
    chart = differences(done, which, COMPARED, say)
    columns = (say("measure"), *_percent(say), say("mean-difference"))
    rows = tuple(difference_rows(done, which, say))
    grid = Grid(f"difference-{which}", chart.title, columns, rows)
    return chart, inline(chart, f"d{which}"), grid


def difference_rows(done: Study, which: int, say: Words) -> list[tuple[str, ...]]:
    """Each measure: quantiles of the paired difference, its mean and the 95 % interval of the mean."""
    found = done.differences[which - 1]
    names = done.rows[0].totals
    quantiles = found.quantiles(AT)
    mean, half = found.mean_interval()
    rows = []
    for name in COMPARED:
        n = names.index(name)
        low, high = mean[n] - half[n], mean[n] + half[n]
        interval = f"{signed(mean[n], say)} ({signed(low, say)} … {signed(high, say)})"
        rows.append((say(name), *(signed(x, say) for x in quantiles[n]), interval))
    return rows


def signed(value: float, say: Words) -> str:
    """+1,230, −45 or 0."""
    said = say.number(abs(value))
    return said if said == "0" else ("+" if value > 0 else "−") + said


def _day(done: Study, which: int, number: float, say: Words) -> str:
    scenario = done.made[which].scenario
    if number >= (scenario.last_day - scenario.first_day).days + 1:
        return say("never")
    return say.day(scenario.first_day + timedelta(days=int(number)))
