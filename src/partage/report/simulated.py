"""What a simulation shows, as tables and as data: always a spread over runs, never a bare number."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from partage.core.errors import Refusal
from partage.core.findings import Finding
from partage.keys import shares_of
from partage.report.french import in_french
from partage.report.simulated_words import Words
from partage.report.table import Table
from partage.simulate.arrays import NO_LIMIT
from partage.simulate.compiled import Compiled
from partage.simulate.outcome import outcomes
from partage.simulate.study import Study

AT = (0.05, 0.25, 0.5, 0.75, 0.95)
THREE = (0.05, 0.5, 0.95)
HEADLINES = (
    "arrived", "lodged", "transferred", "declined", "no-shows", "most-without-roof",
    "nights-without-roof", "nights-waiting", "nights", "empty-place-nights", "to-homelessness",
    "to-montreal", "to-toronto", "left-waiting", "moved-again", "cost-lodging", "cost-travel",
)  # fmt: skip
ENGLISH = Words("en")


def percents(at: Iterable[float], say: Words) -> tuple[str, ...]:
    """Headings of quantiles: 5 %, median, 95 %."""
    return tuple(say("median") if q == 0.5 else say.percent(round(100 * q)) for q in at)


def headline(done: Study, which: int = 0, say: Words = ENGLISH) -> Table:
    """The measures of whole runs, each with its spread."""
    rows = [
        (say(name), *(say.shown(value) for value in done.total(which, name, AT)))
        for name in HEADLINES
    ]
    made = done.made[which]
    first = done.total(which, "first-day-without-roof", AT)
    rows.append((say("first-no-roof"), *(say.nth(made, value) for value in first)))
    scenario = made.scenario
    title = say.format(
        "headline-office" if done.model == "office" else "headline", id=scenario.id,
        title=scenario.title_fr if say.french else scenario.title_en, first=str(scenario.first_day),
        last=str(scenario.last_day), runs=say.voice.number(done.runs),
    )  # fmt: skip
    notes = (say("each-column"), *(_said(finding, say) for finding in made.findings))
    return Table(title, ("", *percents(AT, say)), tuple(rows), notes)


def _said(finding: Finding, say: Words) -> str:
    if say.french:
        return f"{in_french(finding.where)}\u00a0: {in_french(finding.what)}"
    return f"{finding.where}: {finding.what}"


def provinces(done: Study, which: int = 0, say: Words = ENGLISH) -> Table:
    """The share of all who came that each province received by the last day, against its due."""
    made = done.made[which]
    due = population_due(made)
    rows = []
    for region in sorted(made.regions):
        found = done.total(which, f"share@{region}", THREE)
        if found[2] == 0 and region not in due:
            continue
        said = say.share(100 * due[region]) if region in due else say("unknown")
        name = say.region(made, region)
        rows.append((region, name, said, *(say.share(x / 100) for x in found)))
    columns = (say("region-code"), say("name"), say("due"), *percents(THREE, say))
    note = say.format("due-note", day=str(made.scenario.first_day))
    return Table(say("provinces-title"), columns, tuple(rows), (note,))


def sites(done: Study, which: int = 0, say: Words = ENGLISH) -> Table:
    """Places by site against persons on the fullest reported day, and the day on which it is full."""
    made = done.made[which]
    rows: list[tuple[str | int, ...]] = []
    for number, site in enumerate(made.sites):
        agreed = int(made.world.cap[:, number, 0].max())
        most = done.quantiles(which, f"persons@{site}", (0.5, 0.95)).max(axis=0)
        full = (say.nth(made, x) for x in done.total(which, f"first-full@{site}", THREE))
        rows.append(
            (
                say.site(made, site), say("unknown") if agreed >= NO_LIMIT else say.voice.number(agreed),
                f"{say.voice.number(round(most[0]))} ({say.voice.number(round(most[1]))})",
                " / ".join(full),
            )
        )  # fmt: skip
    columns = tuple(say(word) for word in ("site-word", "places-word", "persons-word", "day-full"))
    return Table(say("sites-title"), columns, tuple(rows))


def services(done: Study, which: int = 0, say: Words = ENGLISH) -> Table:
    """The highest load of each service, in percent of what is agreed."""
    made = done.made[which]
    rows: list[tuple[str | int, ...]] = []
    for s, site in enumerate(made.sites):
        for v, service in enumerate(made.services):
            if made.world.agreed[s, v] >= 0:
                found = done.total(which, f"load {service}@{site}", THREE)
                agreed = int(made.world.agreed[s, v])
                name = say.service(service)
                rows.append((site, name, agreed, *(say.percent(round(x)) for x in found)))
    columns = (say("site-word"), say("service-word"), say("agreed"), *percents(THREE, say))
    thousands = "\u00a0" if say.french else ","
    return Table(
        say("services-title"), columns, tuple(rows), (say("services-note"),), thousands=thousands
    )


def turned_out(done: Study, which: int = 0, say: Words = ENGLISH) -> list[Table]:
    """Arrivals as expected beside those published later, where they were; each miss is called one."""
    found = outcomes(done.made[which], done.seed)
    if not found:
        return []
    rows = tuple(
        (
            one.stream, say.format("months-span", first=f"{one.first:%Y-%m}", last=f"{one.last:%Y-%m}"),
            say.shown(one.low), say.shown(one.middle), say.shown(one.high),
            say.voice.number(one.published), say("held" if one.inside else "missed"),
        )
        for one in found
    )  # fmt: skip
    title = say.format(
        "turned-out-title", day=str(done.made[which].scenario.as_of),
        held=str(sum(one.inside for one in found)), all=str(len(found)),
    )  # fmt: skip
    heads = (
        say("stream"),
        say("months-word"),
        *percents((0.1, 0.5, 0.9), say),
        say("published"),
        "",
    )
    return [Table(title, heads, rows, (say("turned-out-note"),))]


def tables(done: Study, which: int = 0, say: Words = ENGLISH) -> list[Table]:
    """All of one scenario, in the order in which people ask."""
    told = [headline(done, which, say), provinces(done, which, say), sites(done, which, say)]
    return [*told, services(done, which, say), *turned_out(done, which, say)]


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


def _rounded(values: Iterable[float]) -> list[int]:
    return [round(float(value)) for value in values]
