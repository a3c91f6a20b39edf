"""How fast a scenario runs, beside SimPy, Mesa and Ciw on the same model, in the same run.

    python bench/simulate.py [--runs 1000] [--write]

The model of the peers is one road into one province and four sites elsewhere: households of four kinds come
in, need a roof or not, are asked after three days, accept or decline, travel to the site with most free
places, stay, leave. An event is a household that enters, is asked, is placed, leaves the road, arrives or
leaves a site. The flow model of this project plays the same with counts. Times are processor seconds of one
thread, so that a busy machine changes them less; the national year is wall time on all cores too. --write
puts docs/benchmarks-simulate.md.
"""

from __future__ import annotations

import argparse
import os
import platform
import random
import statistics
import time
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import ciw
import mesa
import numpy as np
import simpy

from partage.packs.loader import load_pack, scenario_names
from partage.packs.scenarios import parse_scenario
from partage.simulate.arrays import T, state_for
from partage.simulate.compiled import Compiled, compile_scenario
from partage.simulate.drawn import draw
from partage.simulate.kernel import replicate
from partage.simulate.study import Rows, study

PAGE = Path(__file__).parents[1] / "docs" / "benchmarks-simulate.md"
SAID = {"assumption": "made up for a benchmark"}
SITES = {
    "ca-on/niagara-falls/ircc-hotels": 2000, "ca-on/windsor/ircc-hotels": 700,
    "ca-on/cornwall/dev-centre": 700, "ca-on/ottawa/ircc-hotels": 500,
}  # fmt: skip
KINDS = ((1, 0.505), (2, 0.18), (4, 0.29), (7, 0.025))
DAYS, PER_DAY, LODGED, ACCEPTS, NO_SHOW, STAY, LAG = 365, 80.0, 0.75, 0.93, 0.03, 90.0, 3
MEAN = sum(size * share for size, share in KINDS)
REPEATS = 3


def one_road(pack: Any) -> Compiled:
    """The model of the peers as a scenario."""
    numbers = {"accepts": ACCEPTS, "no_show": NO_SHOW, "stay_days": STAY, "days_to_offer": LAG}
    raw = {
        "scenario": {
            "id": "bench", "title_en": "one road", "title_fr": "un chemin", "policy": "practice-2023",
            "first_day": date(2023, 1, 1), "last_day": date(2023, 12, 31), **SAID,
        },
        "household": [{"id": f"k{size}", "persons": size, "share": share, **SAID} for size, share in KINDS],
        "arrivals": [
            {
                "id": "road", "mode": "between-ports", "region": "CA-QC", "per_day": PER_DAY,
                "lodged": LODGED, **SAID,
            }
        ],
        "places": [{"site": site, "person": places, **SAID} for site, places in SITES.items()],
        "parameter": [{"name": name, "value": value, **SAID} for name, value in numbers.items()],
    }  # fmt: skip
    return compile_scenario(parse_scenario(raw, "bench", scenario_names(pack)), pack)


def flow(made: Compiled, runs: int) -> tuple[float, float, float]:
    """Events, processor seconds and mean persons transferred of so many runs in one thread."""
    rows = Rows.of(made)
    drawn = draw(made, "bench", 0, runs)
    series = np.zeros((runs, len(made.reported), len(rows.series)), np.int64)
    totals = np.zeros((runs, len(rows.totals) - len(made.regions)), np.int64)
    state = state_for(made.world)
    begun = time.process_time()
    replicate(made.world, state, drawn.level, drawn.lodged, drawn.hazard, drawn.params, drawn.keys,
              series, totals)  # fmt: skip
    took = time.process_time() - begun
    return float(totals[:, T["events"]].sum()), took, float(totals[:, T["transferred"]].mean())


def size_of(rng: random.Random) -> int:
    """Persons of a household."""
    return rng.choices([size for size, _ in KINDS], [share for _, share in KINDS])[0]


def in_simpy(seed: int) -> tuple[int, float, int]:
    """Events, processor seconds and persons transferred of one year in SimPy: a process a household."""
    rng = random.Random(seed)
    env = simpy.Environment()
    free, told = dict(SITES), {"events": 0, "moved": 0}
    waiting: list[int] = []

    def stays(site: str, size: int) -> Any:
        yield env.timeout(rng.expovariate(1 / STAY))
        free[site] += size
        told["events"] += 1

    def household() -> Any:
        size = size_of(rng)
        told["events"] += 1
        if rng.random() >= LODGED:
            return
        yield env.timeout(LAG)
        told["events"] += 1
        if rng.random() < ACCEPTS:
            waiting.append(size)

    def road() -> Any:
        while True:
            yield env.timeout(rng.expovariate(PER_DAY / MEAN))
            env.process(household())

    def days() -> Any:
        while True:
            yield env.timeout(1)
            kept = []
            for size in waiting:
                site = max(free, key=free.__getitem__)
                if free[site] < size:
                    kept.append(size)
                    continue
                told["events"] += 3
                if rng.random() >= NO_SHOW:
                    free[site] -= size
                    told["moved"] += size
                    env.process(stays(site, size))
            waiting[:] = kept

    env.process(road())
    env.process(days())
    begun = time.process_time()
    env.run(until=DAYS)
    return told["events"], time.process_time() - begun, told["moved"]


class Office(mesa.Model):
    """The same in Mesa: an agent a household, a step a day."""

    def __init__(self, seed: int) -> None:
        super().__init__(rng=seed)
        self.free, self.events, self.moved, self.today = dict(SITES), 0, 0, 0
        self.chance = 1 - 2.718281828459045 ** (-1 / STAY)

    def step(self) -> None:
        """One day."""
        self.today += 1
        self.agents.do("act")
        for _ in range(int(self.rng.poisson(PER_DAY / MEAN))):
            self.events += 1
            if self.random.random() < LODGED:
                Household(self, size_of(self.random))


class Household(mesa.Agent):
    """A household that needs a roof."""

    def __init__(self, model: Office, size: int) -> None:
        super().__init__(model)
        self.size, self.since, self.site, self.asked = size, model.today, "", False

    def act(self) -> None:
        """Is asked, is placed, or leaves."""
        office = self.model
        if self.site:
            if office.random.random() < office.chance:
                office.free[self.site] += self.size
                office.events += 1
                self.remove()
            return
        if not self.asked:
            if office.today - self.since < LAG:
                return
            self.asked = True
            office.events += 1
            if office.random.random() >= ACCEPTS:
                self.remove()
                return
        site = max(office.free, key=office.free.__getitem__)
        if office.free[site] >= self.size:
            office.events += 3
            if office.random.random() < NO_SHOW:
                self.remove()
                return
            self.site = site
            office.free[site] -= self.size
            office.moved += self.size


def in_mesa(seed: int) -> tuple[int, float, int]:
    """Events, processor seconds and persons transferred of one year in Mesa."""
    office = Office(seed)
    begun = time.process_time()
    for _ in range(DAYS):
        office.step()
    return office.events, time.process_time() - begun, office.moved


def in_ciw(seed: int) -> tuple[int, float, int]:
    """Events and processor seconds in Ciw: a network of a desk and four sites, a server a household.

    Ciw seats customers one by one: sites hold households of the mean size, chosen by chance in the
    proportion of their places. Persons are the households placed times their mean size.
    """
    ciw.seed(seed)
    places = list(SITES.values())
    share = LODGED * ACCEPTS * (1 - NO_SHOW)
    routing = [[0.0] + [share * n / sum(places) for n in places]] + [[0.0] * 5 for _ in places]
    network = ciw.create_network(
        arrival_distributions=[ciw.dists.Exponential(PER_DAY / MEAN)] + [None] * 4,
        service_distributions=[ciw.dists.Deterministic(LAG)]
        + [ciw.dists.Exponential(1 / STAY)] * 4,
        routing=routing,
        number_of_servers=[float("inf"), *(round(n / MEAN) for n in places)],
    )
    simulation = ciw.Simulation(network)
    begun = time.process_time()
    simulation.simulate_until_max_time(DAYS)
    took = time.process_time() - begun
    records = simulation.get_all_records()
    asked = sum(record.node == 1 for record in records)
    placed = sum(record.node > 1 for record in records) + sum(
        len(node.all_individuals) for node in simulation.nodes[2:-1]
    )
    left = sum(record.node > 1 for record in records)
    return 2 * asked + 3 * placed + left, took, round(placed * MEAN)


def national_year(pack: Any) -> Compiled:
    """A year of the shipped scenario: seven streams, nine sites, four kinds, two policies in turn."""
    scenario = pack.scenario("practice-2022-23")
    return compile_scenario(
        replace(scenario, last_day=scenario.first_day + timedelta(days=364)), pack
    )


def main() -> None:
    """Measure, print, and write the page if asked."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--runs", type=int, default=1000)
    asked.add_argument("--write", action="store_true")
    given = asked.parse_args()
    pack = load_pack()
    road, year = one_road(pack), national_year(pack)
    flow(road, 2), flow(year, 2)  # compiled and loaded
    study([year], 50, seed="warm")
    rates: dict[str, list[float]] = {"flow": [], "SimPy": [], "Mesa": [], "Ciw": []}
    persons: dict[str, list[float]] = {name: [] for name in rates}
    cpu, wall = [], []
    for repeat in range(REPEATS):
        events, took, moved = flow(road, 512)
        rates["flow"].append(events / took)
        persons["flow"].append(moved)
        for name, peer in (("SimPy", in_simpy), ("Mesa", in_mesa), ("Ciw", in_ciw)):
            events, took, moved = peer(repeat + 1)
            rates[name].append(events / took)
            persons[name].append(moved)
        cpu.append(flow(year, given.runs)[1])
        begun = time.perf_counter()
        study([year], given.runs, seed=f"bench {repeat}")
        wall.append(time.perf_counter() - begun)
    text = page(rates, persons, cpu, wall, given.runs)
    print(text)
    if given.write:
        _, title, office = PAGE.read_text("utf-8").partition("## A year of the office")
        kept = f"\n{title}{office}" if title else ""  # written by bench/office_year.py
        PAGE.write_text(f"{text}{kept}", "utf-8")


def page(
    rates: dict[str, list[float]], persons: dict[str, list[float]], cpu: list[float],
    wall: list[float], runs: int,
) -> str:  # fmt: skip
    """The page, with what was reached and what was not."""
    own = statistics.median(rates["flow"])
    lines = [
        "# How fast scenarios run",
        "",
        f"Measured by `python bench/simulate.py --runs {runs} --write` on {os.cpu_count()} cores "
        f"({platform.machine()}, Python {platform.python_version()}), load average "
        f"{os.getloadavg()[0]:.1f} at the end, "
        f"{REPEATS} repeats; median and worst. Peers and flow in the same run, on the same model: one "
        "road, four sites, four kinds of household, a year. An event is a household that enters, is asked, "
        "is placed, leaves the road, arrives, or leaves.",
        "",
        "| model | events per processor second (worst) | flow is faster | persons transferred a year |",
        "|---|---|---|---|",
    ]
    for name, found in rates.items():
        median = statistics.median(found)
        ratio = "1" if name == "flow" else f"{own / median:,.0f}"
        people = f"{statistics.mean(persons[name]):,.0f}"
        lines.append(f"| {name} | {median:,.0f} ({min(found):,.0f}) | {ratio} times | {people} |")
    reached = own / statistics.median(rates["SimPy"])
    at = statistics.median(wall) * 1000 / runs
    lines += [
        "",
        "Ciw seats a household a server and chooses sites by chance: its persons differ.",
        "",
        f"* **1,000 times SimPy's events per second per thread**: {reached:,.0f} times "
        f"({'reached' if reached >= 1000 else 'not reached'}).",
        "* **1,000 national years** (seven streams, nine sites, four kinds, two policies in turn; results "
        f"counted): {at:.2f} s of wall time on all cores (worst {max(wall) * 1000 / runs:.2f} s); the "
        f"model alone takes {statistics.median(cpu) * 1000 / runs:.2f} processor seconds. Aim: 0.3 s on "
        f"two cores ({'reached' if at <= 0.3 else 'not reached'}).",
        "",
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    main()
