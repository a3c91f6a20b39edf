"""``compare`` as text, data and pages: several policies on the same people and places."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from partage.apportion.draw import drawn_order
from partage.casework.compare import Compared, compare
from partage.core.errors import InputRefused
from partage.core.findings import Finding
from partage.core.household import Household
from partage.core.streams import Stream
from partage.intake.arrivals import read_arrival_rows
from partage.intake.synthetic import ASSUMPTIONS, synthetic_arrivals
from partage.packs.pack import Pack
from partage.report.compared import as_data, tables
from partage.report.differences import Differences, differences
from partage.report.measures import Measures, measure
from partage.report.page.words import Language

SEED = "partage-compare-1"
MOST_SYNTHETIC = 5_000  # a day of August 2017 saw about 250
Days = Sequence[tuple[date, Sequence[Household]]]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Policies side by side, ready to be printed, written and drawn."""

    results: tuple[Compared, ...]
    measures: tuple[Measures, ...]
    differences: tuple[Differences, ...]
    findings: tuple[Finding, ...]
    assumptions: tuple[str, ...]
    synthetic: bool

    def text(self, pack: Pack) -> str:
        """All tables, in the order in which people ask."""
        return "\n".join(str(table) for table in tables(self.measures, self.differences, pack))

    def data(self) -> dict[str, Any]:
        """The same as plain JSON."""
        return {
            "synthetic": self.synthetic,
            "days": [str(plan.day) for plan in self.results[0].plans],
            **as_data(self.measures, self.differences),
        }


def compare_policies(
    pack: Pack,
    policies: Sequence[str],
    days: Days,
    *,
    seed: str = SEED,
    lots: tuple[str, ...] = (),
    seconds: float,
    synthetic: bool = False,
    progress: Callable[[str], None] = lambda said: None,
) -> Comparison:
    """Each policy on the same days; the first is the one the others differ from.

    A tie in a key is answered by a draw from ``seed`` where no ``lots`` are given: a comparison
    moves nobody, and says so.
    """
    twice = sorted({name for name in policies if policies.count(name) > 1})
    if twice:
        raise InputRefused(f"The policy '{twice[0]}' is named twice.", "Name each policy once.")
    chosen = [pack.policy(name) for name in policies]
    order = lots or drawn_order(seed, tuple(region.id for region in pack.regions))
    results = compare(pack, chosen, days, seed=seed, lots=order, seconds=seconds, progress=progress)
    assumptions = [a for r in results for plan in r.plans for a in plan.assumptions]
    assumptions.append("Every agreement in the pack stands as written; nobody is placed before.")
    if any(plan.due and plan.due.draw for r in results for plan in r.plans) and not lots:
        assumptions.append(f"Ties in the key were answered by a draw from the seed '{seed}'.")
    return Comparison(
        results=tuple(results),
        measures=tuple(measure(result, pack) for result in results),
        differences=tuple(differences(results[0], other) for other in results[1:]),
        findings=tuple(f for r in results for plan in r.plans for f in plan.findings),
        assumptions=tuple(dict.fromkeys((*(ASSUMPTIONS if synthetic else ()), *assumptions))),
        synthetic=synthetic,
    )


def read_days(data: bytes, pack: Pack, day: date) -> tuple[Days, list[Finding]]:
    """The households of an arrivals file, all to be placed on that day."""
    rows, findings = read_arrival_rows(data, pack)
    return [(day, [row.household for row in rows])], findings


def made_up_days(pack: Pack, persons: int, day: date) -> Days:
    """That many synthetic persons who entered in the operational day before, with a fixed seed."""
    if not 1 <= persons <= MOST_SYNTHETIC:
        raise InputRefused(
            f"{persons} synthetic persons cannot arrive.",
            f"Give --synthetic 1 to {MOST_SYNTHETIC:,}.",
        )
    first = datetime(day.year, day.month, day.day, 9, tzinfo=UTC) - timedelta(days=1)
    data = synthetic_arrivals(
        Stream(SEED), persons, entry_point=pack.entry_points[0].id, first=first, hours=23,
        prefix=f"{day:%m%d}",
    )  # fmt: skip
    return read_days(data, pack, day)[0]


def write_comparison(out: Path, comparison: Comparison, pack: Pack) -> dict[str, str]:
    """``plan.html``, ``plan.fr.html`` and ``compare.json`` in that folder; their paths."""
    from partage.report.page import plan_page

    files: dict[str, Language] = {"plan.html": "en", "plan.fr.html": "fr"}
    days = [str(plan.day) for plan in comparison.results[0].plans]
    try:
        out.mkdir(parents=True, exist_ok=True)
        for name, language in files.items():
            page = plan_page(
                comparison.measures,
                comparison.differences,
                pack,
                language,
                days=days,
                assumptions=comparison.assumptions,
                synthetic=comparison.synthetic,
            )
            (out / name).write_text(page, encoding="utf-8")
        text = json.dumps(comparison.data(), ensure_ascii=False, indent=1)
        (out / "compare.json").write_text(text, encoding="utf-8")
    except OSError as error:
        raise InputRefused(
            f"The folder '{out}' cannot be written: {error.strerror}.", "Give another with --out."
        ) from None
    return {name: str(out / name) for name in (*files, "compare.json")}
