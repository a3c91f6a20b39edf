"""Policies side by side as tables and as data: one column a policy, every number with its basis."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict
from typing import Any

from partage.core.marks import plain
from partage.packs.pack import Pack
from partage.report.differences import Differences
from partage.report.measures import Measures
from partage.report.shown import shown
from partage.report.table import Table

Cell = str | int

SUMMARY: tuple[tuple[str, Callable[[Measures], Cell]], ...] = (
    ("persons", lambda m: m.persons),
    ("placed", lambda m: m.placed),
    ("without a place", lambda m: m.unplaced),
    ("with an officer, outside the engine", lambda m: m.outside),
    ("wishes met, of persons who stated one", lambda m: f"{m.wishes_met:,} of {m.wishes_stated:,}"),
    (
        "asked-for language services met (households)",
        lambda m: f"{m.language_met:,} of {m.language_asked:,}",
    ),
    (
        "linked groups together (near) of all",
        lambda m: f"{m.linked_together} ({m.linked_near}) of {m.linked_groups}",
    ),
    ("longest ride", lambda m: "none" if m.longest_km is None else f"{m.longest_km:,} km"),
    ("cost per day, CAD", lambda m: int(m.cost_per_day)),
    (
        "would decline (assumed share)",
        lambda m: "unknown" if m.declines is None else f"{float(m.declines):.1f}",
    ),
    ("mechanism", lambda m: m.mechanism),
    ("best plan proven", lambda m: "yes" if m.proven else "not claimed"),
    ("kind, version", lambda m: f"{m.kind}, {m.version}"),
    ("to be looked at again", lambda m: m.review_on or "no date"),
)


def summary(measures: Sequence[Measures]) -> Table:
    """Every measure a row, every policy a column."""
    notes = dict.fromkeys(m.decline_note for m in measures)
    return Table(
        "policies side by side, each as if in force, on the same people and places",
        ("", *(m.policy for m in measures)),
        tuple((name, *(cell(m) for m in measures)) for name, cell in SUMMARY),
        tuple(
            dict.fromkeys(
                [f"would decline: {note}; such persons: {_asked(measures)}" for note in notes]
                + [f"cost: {note}" for m in measures for note in m.cost_notes]
            )
        ),
    )


def _asked(measures: Sequence[Measures]) -> str:
    return ", ".join(f"{m.policy} {m.decline_asked}" for m in measures)


def by_region(measures: Sequence[Measures], pack: Pack) -> Table:
    """Persons due and placed per province, policy by policy."""
    regions = sorted({row.region for m in measures for row in m.regions})
    cells = {(m.policy, row.region): row for m in measures for row in m.regions}
    rows = []
    for region in regions:
        own: list[Cell] = [region, pack.region(region).name_en]
        for m in measures:
            row = cells.get((m.policy, region))
            keyed = any(r.due is not None for r in m.regions)
            due = "no key" if not keyed else "-" if not row or row.due is None else f"{row.due:,}"
            own.append(f"{row.placed if row else 0:,} ({due})")
        rows.append(tuple(own))
    return Table(
        "persons placed per province (due in brackets)",
        ("region", "name", *(m.policy for m in measures)),
        tuple(rows),
        (
            "- = takes no part in that key",
            *dict.fromkeys(f"{m.policy}: {note}" for m in measures for note in m.keys),
        ),
    )


def by_site(measures: Sequence[Measures]) -> Table:
    """Persons placed per site, against its places for persons on the last day."""
    sites = sorted({row.site for m in measures for row in m.sites})
    rows = []
    for site in sites:
        found = {m.policy: row for m in measures for row in m.sites if row.site == site}
        one = next(iter(found.values()))
        agreed = "unknown" if one.agreed is None else f"{one.agreed:,}"
        km = "unknown" if one.km is None else f"{one.km:,} km"
        cells = [_at_site(found[m.policy]) if m.policy in found else "0" for m in measures]
        rows.append((site, agreed, km, *cells))
    return Table(
        "persons placed per site, against its places",
        ("site", "places", "ride", *(m.policy for m in measures)),
        tuple(rows),
        ("places = agreed for persons on the last day; ! = more there than agreed",),
    )


def why_unplaced(measures: Sequence[Measures]) -> Table:
    """Persons without a place by what stood against it."""
    codes = sorted({code for m in measures for code, _ in m.why_unplaced})
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (WHY[code], *(dict(m.why_unplaced).get(code, 0) for m in measures)) for code in codes
    )
    return Table(
        "persons without a place, by what stood against it",
        ("why", *(m.policy for m in measures)),
        rows,
        ("everybody here keeps the roof they have",) if rows else ("nobody",),
    )


def who_differs(difference: Differences) -> list[Table]:
    """For whom two policies differ, before and after; no small count is shown or can be worked out."""
    counts = shown(difference)
    groups = Table(
        f"who would be treated otherwise: {difference.before} -> {difference.after} (households)",
        ("group", *PARTS.values()),
        tuple((group, *(count.text for count in own)) for group, own in counts.groups),
        ("1-4 and 'or more' = hidden, so that nobody can be picked out, nor worked out",),
    )
    moves = Table(
        f"province before and after: {difference.before} -> {difference.after} (households)",
        ("before", "after", "households"),
        tuple((a, b, count.text) for a, b, count in counts.moves),
    )
    return [groups, moves]


def tables(
    measures: Sequence[Measures], differences: Sequence[Differences], pack: Pack
) -> list[Table]:
    """The whole comparison, in the order in which people ask."""
    out = [
        summary(measures),
        by_region(measures, pack),
        by_site(measures),
        why_unplaced(measures),
    ]
    for difference in differences:
        out += who_differs(difference)
    return out


def as_data(measures: Sequence[Measures], differences: Sequence[Differences]) -> dict[str, Any]:
    """The same as plain JSON; counts of households are hidden as in the tables."""
    return {
        "policies": [plain(asdict(m)) for m in measures],
        "differences": [_difference(d) for d in differences],
    }


def _difference(difference: Differences) -> dict[str, Any]:
    counts = shown(difference)
    return {
        "before": difference.before,
        "after": difference.after,
        "groups": [
            {"group": group, **{part: c.text for part, c in zip(PARTS, own, strict=True)}}
            for group, own in counts.groups
        ],
        "moves": [{"before": a, "after": b, "households": c.text} for a, b, c in counts.moves],
    }


def _at_site(row: Any) -> str:
    over = row.agreed is not None and row.load > row.agreed
    return f"{row.placed:,}{' !' if over else ''}"


PARTS = {
    "households": "all",
    "otherwise": "otherwise",
    "other_region": "other province",
    "loses_place": "loses a place",
    "gains_place": "gains a place",
}
WHY = {
    "full": "no room for the whole household",
    "ramp": "limit of the day",
    "cap": "most persons of the city or province reached",
    "ends": "agreed for too few nights",
    "blocked": "places blocked",
    "unknown": "capacity unknown",
    "silent": "silent too long",
    "consent": "no agreement",
    "rule": "excluded by a rule",
    "ceiling": "most persons of the region reached",
    "near": "waits for the household it is linked to",
    "none": "no site was possible",
}
