"""The first part of the demo: four policies side by side on the weekend of 11-13 February 2023."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from partage.apportion.draw import drawn_order
from partage.casework.planning import DEFAULT_SECONDS
from partage.core.household import Household
from partage.core.plan import Plan
from partage.faces.cli.comparing import compare_policies, write_comparison
from partage.packs.pack import Pack
from partage.report.owed import memory_table, owed, owed_table, with_memory
from partage.report.plan import by_site_and_day, load
from partage.report.spoken import what_numbers_show
from partage.report.table import WIDTH, Table

POLICIES = ("redirect-all", "practice-2023", "population-2024", "wishes-first")
HOME = "CA-QC"
SHOWN = ("CA-QC", "CA-ON", "CA-BC", "CA-AB")  # whose share is spoken of, the largest provinces
Say = Callable[[str], None]


def weekend(
    pack: Pack, days: Sequence[tuple[date, Sequence[Household]]], out: Path, seed: str, say: Say
) -> tuple[dict[str, Any], list[str]]:
    """The comparison printed, drawn and written; what redirect-all does by day, and assumptions."""
    say(
        f"1. The weekend of 11-13 February 2023 under {len(POLICIES)} policies, each as if in force\n"
    )
    made = compare_policies(
        pack, POLICIES, days, seed=seed, seconds=DEFAULT_SECONDS, synthetic=True
    )
    say(made.text(pack))
    rows = owed(pack, SHOWN)
    say(str(owed_table(rows, pack)))
    persons = sum(h.persons for _, people in days for h in people)
    ten = [str(r.id) for r in pack.regions if pack.latest("gdp", r.id, days[0][0])]  # the provinces
    ways = with_memory(pack, ten, persons, days[-1][0], drawn_order(seed, ten))
    say(str(memory_table(ways, pack)))
    say("What the numbers show:")
    for sentence in what_numbers_show(made.measures, rows, ways, pack, HOME):
        say(textwrap.fill(sentence, WIDTH, initial_indent="  - ", subsequent_indent="    "))
    redirect = made.results[0]
    say("")
    say(str(_by_day(redirect.plans, days)))
    say(str(by_site_and_day(redirect.plans, pack)))
    say(str(load(redirect.plans[-1], redirect.situations[-1], idle=False)))
    files = write_comparison(out, made, pack)
    say(f"Drawn: {files['plan.html']} (English), {files['plan.fr.html']} (français)")
    return {
        str(plan.day): {
            "placed": plan.persons_by_region(),
            "unplaced": sum(line.persons for line in plan.unplaced),
        }
        for plan in redirect.plans
    }, list(made.assumptions)


def _by_day(plans: Sequence[Plan], days: Sequence[tuple[date, Sequence[Household]]]) -> Table:
    arrived = {day: sum(h.persons for h in people) for day, people in days}
    rows = []
    for plan in plans:
        placed = sum(line.persons for line in plan.placed)
        without = sum(line.persons for line in plan.unplaced)
        persons = arrived[plan.day]
        rows.append((str(plan.day), persons, placed, without, persons - placed - without))
    total = [sum(int(row[n]) for row in rows) for n in range(1, 5)]
    return Table(
        "redirect-all (as if in force): persons by day",
        ("day", "arrived", "placed", "no place", "with an officer"),
        (*rows, ("together", *total)),
        (
            "as reported (grade B): about 380 on 11-12 February, of whom 372 were moved; 125 on 13 "
            "February, of whom 102; together 475 of 505 in one report, 474 by the days. Synthetic "
            "households, assumed places: the comparison shows what the rule does, not what should "
            "have happened.",
        ),
    )
