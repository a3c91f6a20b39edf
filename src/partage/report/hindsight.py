"""History as the test, as tables and as data: bands, what happened, misses, and what was read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from partage.report.table import Table
from partage.simulate.history import History, Scored, Verdict
from partage.simulate.reading import Read


def tables(done: History) -> list[Table]:
    """Every table of the test, in the order in which one reads them."""
    out = [_verdicts(done), _beside(done), _learned(done), _read(done.foretold.rows + done.truth)]
    for one in done.scored:
        out += [_scored(one), _parameters(one), _read(one.rows)]
    return out


def as_data(done: History) -> dict[str, Any]:
    """The same as plain JSON."""
    told = done.foretold
    return {
        "hindcast": told.hindcast.id,
        "until": str(told.hindcast.until),
        "free_parameters": len(told.learned) + told.mixes,
        "observations": len(told.counts),
        "bands": [_verdict(v) for v in done.verdicts],
        "bands_with_other_priors": [_verdict(v) for v in done.verdicts_beside],
        "learned": [
            {
                "name": one.prior.name, "least": one.prior.least, "most": one.prior.most,
                "shape": one.prior.shape, "low": one.low, "middle": one.middle, "high": one.high,
                "source": one.prior.origin.source, "assumption": one.prior.origin.assumption,
            }
            for one in told.learned
        ],
        "read": [_row(r) for r in (*told.rows, *done.truth)],
        "scored": [
            {
                "scenario": one.scenario.id,
                "bands": [_verdict(v) for v in one.verdicts],
                "parameters": [{"name": n, "observations": k} for n, k in one.parameters],
                "apart": [
                    {
                        "causes": [a.one, a.other], "streams": list(a.streams),
                        "months_known": a.known, "months_scored": a.scored,
                    }
                    for a in one.apart
                ],
                "read": [_row(r) for r in one.rows],
            }
            for one in done.scored
        ],
    }  # fmt: skip


def _row(read: Read) -> dict[str, str]:
    return {"table": read.table, "day": str(read.day), "what": read.what, "for": read.use}


def _verdict(one: Verdict) -> dict[str, Any]:
    return {
        "what": one.said.what, "low": one.said.low, "middle": one.said.middle, "high": one.said.high,
        "published": one.published, "holds": one.holds, "narrow": one.narrow,
    }  # fmt: skip


def _lines(verdicts: Sequence[Verdict]) -> tuple[tuple[str | int, ...], ...]:
    return tuple(
        (
            v.said.what, v.said.low, v.said.middle, v.said.high, v.published,
            "holds" if v.holds else "MISS", "yes" if v.narrow else "no: it says little",
        )
        for v in verdicts
    )  # fmt: skip


COLUMNS = ("", "10 %", "middle", "90 %", "happened", "", "no wider than it")


def _verdicts(done: History) -> Table:
    told = done.foretold
    made = told.hindcast
    free = len(told.learned) + told.mixes
    rows = (*_lines(done.verdicts),)
    cities = ", ".join(city for city in made.cities if city not in made.starts)
    return Table(
        f"{made.id}: foretold from what was known on {made.until}, then looked up",
        COLUMNS,
        rows,
        (
            f"persons moved by {made.predicts}, by city; and of the {told.given} who entered on "
            f"{made.without[0]} to {made.without[1]}, how many were moved, given that all were offered it",
            f"{free} free parameters, {len(told.counts)} counts to learn them from: the stated ranges "
            "decide most of what is said here",
            f"{cities} had no count by then: where they start rests on an assumption",
            f"{_missed(done.verdicts)} of {len(done.verdicts)} bands miss; none was changed "
            "after it was seen",
        ),
    )


def _missed(verdicts: Sequence[Verdict]) -> int:
    return sum(not v.holds for v in verdicts)


def _beside(done: History) -> Table:
    other = [
        f"{p.name} {p.instead} in place of {p.shape}"
        for p in done.foretold.hindcast.priors.values()
        if p.instead
    ]
    return Table(
        f"the same with {'; '.join(other)}: how much of it is the prior's",
        COLUMNS,
        _lines(done.verdicts_beside),
    )


def _learned(done: History) -> Table:
    told = done.foretold
    rows = tuple(
        (
            one.prior.name, one.prior.shape, f"{one.prior.least:g} to {one.prior.most:g}",
            f"{one.low:.3g} to {one.high:.3g}",
        )
        for one in told.learned
    )  # fmt: skip
    said = [f"{r.day} {r.place} {int(r.value):,} (grade {r.origin.grade})" for r in told.counts]
    return Table(
        "free parameters: the range stated, and the middle 80 % after the counts",
        ("parameter", "spread", "stated", "after"),
        rows,
        (
            f"and {told.mixes} numbers of the new mix of cities; counts: {'; '.join(said)}",
            *(f"read and set aside: {r.day} {r.place} {r.value}" for r in told.set_aside),
            f"{told.months} months of arrivals read; the weighed draws are worth "
            f"{told.draws:,.0f} equal ones",
        ),
    )


def _read(rows: Sequence[Read]) -> Table:
    found: Counter[tuple[str, str]] = Counter((r.use, r.table) for r in rows)
    return Table(
        "rows read",
        ("for", "table", "rows", "first day", "last day"),
        tuple(
            (
                use, table, number,
                str(min(r.day for r in rows if (r.use, r.table) == (use, table))),
                str(max(r.day for r in rows if (r.use, r.table) == (use, table))),
            )
            for (use, table), number in sorted(found.items())
        ),
        ("each row stands in the answer with --json",),
    )  # fmt: skip


def _scored(one: Scored) -> Table:
    scenario = one.scenario
    said = [
        f"{a.one} and {a.other} cannot be told apart: they change {', '.join(a.streams)} together; of the "
        f"months read {a.known} have one without the other, of those scored {a.scored}"
        for a in one.apart
        if not a.told
    ]
    return Table(
        f"{scenario.id}: from what was known on {scenario.nothing_after}, then looked up",
        COLUMNS,
        _lines(one.verdicts),
        (
            f"claims by stream, whole months from {scenario.first_day} to {scenario.last_day}",
            *said,
            f"{_missed(one.verdicts)} of {len(one.verdicts)} bands miss",
        ),
    )


def _parameters(one: Scored) -> Table:
    blind = [name for name, seen in one.parameters if seen == 0]
    return Table(
        f"{one.scenario.id}: {len(one.parameters)} free parameters, and how many months speak of each",
        ("parameter", "months"),
        one.parameters,
        (
            f"no month read speaks of {', '.join(blind)}: each is a judgement with a range, and the range "
            "was written by people who knew what followed",
        )
        if blind
        else (),
    )
