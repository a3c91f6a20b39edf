"""How long a year of the office model takes: 365 certified plans of about 50 households over 60 sites.

    python bench/office_year.py [--days 365] [--policy redirect-all] [--write]

People, sites and contracts are made up. Every day: contracts, exits, arrivals, a plan with its
certificate under the referee, approval by another hand, offers with a fallback, answers, departures,
arrivals; all of it sealed in a journal in memory. Processor seconds of one process, with where they go.
--write puts the section into docs/benchmarks-simulate.md.
"""

from __future__ import annotations

import argparse
import cProfile
import os
import platform
import pstats
import resource
import time
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from partage.packs.loader import load_pack, scenario_names
from partage.packs.scenarios import parse_scenario
from partage.simulate.arrays import T
from partage.simulate.compiled import Compiled, compile_scenario
from partage.simulate.played.run import play
from partage.store.memory import MemoryJournal

PAGE = Path(__file__).parents[1] / "docs" / "benchmarks-simulate.md"
TITLE = "## A year of the office"
SAID = {"assumption": "made up for a benchmark"}
SITES_IN = {
    "CA-ON": 24, "CA-QC": 8, "CA-BC": 8, "CA-AB": 7, "CA-MB": 4, "CA-SK": 3, "CA-NS": 3, "CA-NB": 3,
}  # fmt: skip
HOUSEHOLDS, MEAN, STAY = 50, 2.2, 20
AIM = 30  # processor seconds for 365 days
KINDS = (("alone", 1, 0.505, {"room": 1}), ("two", 2, 0.18, {"room": 1}),
         ("family", 4, 0.29, {"room.family": 1}), ("large", 7, 0.025, {"room.family": 2}))  # fmt: skip
PARTS = (
    ("looking for the best plan (HiGHS)", "place/tiers.py", "tier_by_tier"),
    ("the problem as arrays", "place/value.py", "build_model"),
    ("reasons, line by line", "casework/planning.py", "lines_of"),
    ("the survey of places", "casework/survey.py", "survey"),
    ("offers and their fallbacks", "casework/offer.py", "offer"),
    ("sealing and folding the journal", "played/desk.py", "seal"),
)


def world(days: int, policy: str) -> Compiled:
    """Sixty sites with room enough, one road, fifty households a day."""
    pack = load_pack()
    first = date(2023, 1, 1)
    sites, places = [], []
    for region, number in SITES_IN.items():
        for n in range(number):
            id_ = f"{region.lower()}/town-{n}/house"
            sites.append({
                "id": id_, "region": region, "name_en": id_, "name_fr": id_, "km": 200 + 40 * n, **SAID,
            })  # fmt: skip
            places.append({
                "site": id_, "person": 60, "room": 16, "room.family": 12, "ramp_per_day": 12, **SAID,
            })  # fmt: skip
    numbers = {"accepts": 0.9, "no_show": 0.02, "stay_days": STAY, "days_to_offer": 1, "held": 0.02}
    raw = {
        "scenario": {
            "id": "office-year", "title_en": "a year", "title_fr": "une année", "policy": policy,
            "first_day": first, "last_day": first + timedelta(days=days - 1), **SAID,
        },
        "household": [
            {"id": id_, "persons": persons, "share": share, **need, **SAID}
            for id_, persons, share, need in KINDS
        ],
        "arrivals": [{
            "id": "road", "mode": "between-ports", "region": "CA-QC",
            "entry_point": "ca-qc/roxham-road", "per_day": HOUSEHOLDS * MEAN, **SAID,
        }],
        "site": sites, "places": places,
        "parameter": [{"name": name, "value": value, **SAID} for name, value in numbers.items()],
    }  # fmt: skip
    return compile_scenario(parse_scenario(raw, "bench", scenario_names(pack)), pack)


def year(made: Compiled, run: int) -> tuple[float, float, dict[str, Any]]:
    """Processor and wall seconds of one replication, and what it did."""
    kept: dict[str, Any] = {}

    def look(played: Any) -> None:
        kept.update(played.counts, entries=played.desk.entries)

    begun, wall = time.process_time(), time.perf_counter()
    _, told = play(made, "bench", run, 1, MemoryJournal, look)
    kept |= {"placed": int(told[0, T["placed"]]), "without": int(told[0, T["nights-without-roof"]])}
    return time.process_time() - begun, time.perf_counter() - wall, kept


def parts(made: Compiled) -> list[tuple[str, float]]:
    """Which share of the time each part takes, by a profile of one replication."""
    profile = cProfile.Profile(timer=time.process_time)
    profile.enable()
    play(made, "bench", 0, 1, MemoryJournal)
    profile.disable()
    stats: Any = pstats.Stats(profile)
    whole = stats.total_tt
    return [
        (
            said,
            sum(
                row[3]
                for (file, _, name), row in stats.stats.items()
                if name == wanted and file.endswith(where)
            )
            / whole,
        )
        for said, where, wanted in PARTS
    ]


def main() -> None:
    """Measure, print, and write the section if asked."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--days", type=int, default=365)
    asked.add_argument("--policy", action="append")
    asked.add_argument("--write", action="store_true")
    given = asked.parse_args()
    lines = [
        TITLE, "",
        f"Measured by `python bench/office_year.py --days {given.days} --write` on {os.cpu_count()} cores "
        f"({platform.machine()}, Python {platform.python_version()}), load average "
        f"{os.getloadavg()[0]:.1f}; one process. About {HOUSEHOLDS} households a day, "
        f"{sum(SITES_IN.values())} sites; every plan has its certificate and the referee's word.", "",
        "| policy | processor seconds | wall | plans | proven best | households placed | entries sealed "
        "| memory |",
        "|---|---|---|---|---|---|---|---|",
    ]  # fmt: skip
    shares, reached = [], []
    for policy in given.policy or ["practice-2023", "redirect-all"]:
        made = world(given.days, policy)
        year(world(3, policy), 0)  # loaded
        cpu, wall, did = year(made, 0)
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        lines.append(
            f"| {policy} | {cpu:.1f} | {wall:.1f} s | {did['plans']} | {did['proven']} | "
            f"{did['placed'] / MEAN:,.0f} | {did['entries']:,} | {memory:,.0f} MB |"
        )
        print(lines[-1])
        aim = "reached" if cpu * 365 / given.days < AIM else "not reached"
        reached.append(f"{policy} {cpu:.0f} s ({aim})")
        shares.append((policy, parts(world(min(given.days, 40), policy))))
    lines += ["", f"* **A year in {AIM} s** of one processor: {', '.join(reached)}."]
    lines += ["", "Where the time goes (shares of a profile of 40 days):", ""]
    lines += ["| part | " + " | ".join(p for p, _ in shares) + " |", "|---|" + "---|" * len(shares)]
    for n, (said, _, _) in enumerate(PARTS):
        lines.append(
            f"| {said} | " + " | ".join(f"{100 * s[n][1]:.0f} %" for _, s in shares) + " |"
        )
    text = "\n".join(lines) + "\n"
    print(text)
    if given.write:
        before = PAGE.read_text("utf-8").partition(TITLE)[0].rstrip()
        PAGE.write_text(f"{before}\n\n{text}", "utf-8")


if __name__ == "__main__":
    main()
