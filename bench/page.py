"""docs/benchmarks.md, written from what was measured."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from bout import LINEAR, OURS, Bout
from figures import Row, Verdict, limit_holds
from kept import Kept, Store, Told
from table import ROWS

HEAD = """# The engine beside its peers

*Written by `make bench`; do not edit. The numbers behind it are in [benchmarks.json](benchmarks.json).*

Other pages: [the server under load](benchmarks-web.md), [simulation](benchmarks-simulate.md).

## What is compared

The engine (`partage.place.solve`) and what a user could pick instead get the same arrays
([the format](reference/arrays.md)) on the same machine, one after the other by turns: a round runs each
tool once. Everybody in the instances is synthetic. `day`, `week` and so on are drawn from fixed seeds;
`NAME@SEED` is the same structure with another seed, some of them drawn anew for every run; `office@SEED`
are days built with the nouns of the library and exported as `propose` keeps them.

* **engine** runs in a process that is warm: imports, compiled kernels and the instance are in memory, and
  it was asked for that instance once before, for at most a second, uncounted. **prices** are its prices
  alone: the linear program. `one-more`, `close-2` and so on are plans made again after a change;
  `decide` and `batch` are single households decided from standing prices.
* **highs-lp, highs-ipm, highs-milp** are HiGHS called directly with its default options and a time limit.
  By default it calls a plan optimal within 1e-4; **highs-milp-exact** allows no gap, and is what a proof
  is compared with. **cp-sat** and **min-cost-flow** are of OR-Tools, **cbc** is what PuLP ships,
  **matching** is the package of that name. A peer runs only where it can say anything. It has a process of
  its own, which is ended ten seconds after one and a half times its limit.
* **seconds** count from the arrays in memory to the answer for the engine; for a peer without the time to
  build its model, which stands beside it under *set-up* (for the engine: imports and kernels). So a ratio
  flatters the peer. The median of the rounds, and the worst. What takes over 55 s is run once.
* **ratio** is a peer's median over the engine's at the same limit, or else at its longest (a linear
  program: over the prices, where they were measured). Above 1, the engine was sooner at its own end; look
  at value and bound before reading it.
* **value** is worked out again by the referee from the plan; **bound** is what the tool claims; the price
  bound is worked out again from the prices by `certify`. **gap** = (bound - value) / value; **price gap**
  the same with the price bound, which is never below the optimum of the linear program. Of several rounds
  the worst.
* **memory** is the peak of resident memory above what imports and kernels hold, the instance included.
* A plan that breaks a limit is no plan: what the referee found stands beside it.
* *every answer judged*: no fault by `certify` and the referee, the value is what was claimed, no bound is
  below a plan that anybody found, no plan is above a peer's bound, and what is proven is the reference
  optimum, where one is known and the arrays are those that it was proven for.

## How to repeat it

```sh
make bench                                                   # all of it: hours
make bench BENCH_ARGS='--only day,week --runs 3 --no-peers'  # some of it
make bench BENCH_ARGS='--only week@7 --fresh 7 --longest 10' # one instance, limits up to 10 s
.venv/bin/python bench/engine.py --help
```

It installs the peers by itself, from `requirements/bench.txt`. An instance that is measured again is
replaced whole; what is not measured again stays, with its own date. Timings are of the machine that is
named with them, and worth little where it was busy. Exit code 8: an answer of the engine had a fault.
"""
WORDS = {True: "reached", False: "**not reached**", None: "not measured"}


def page(store: Store) -> str:
    """The whole page."""
    parts = [HEAD, "## What is to be reached\n", figures_table(store)]
    parts.append("## What was measured\n")
    for row in ROWS:
        bouts = store.rows.get(row.key, {})
        parts.append(f"### {row.title} (`{row.key}`)\n")
        if not bouts:
            parts.append(f"Not measured yet: `make bench BENCH_ARGS='--only {row.key}'`.\n")
        parts += [bout_text(one) for one in bouts.values()]
    return "\n".join(parts)


def figures_table(store: Store) -> str:
    """Every figure of every row, with what was measured."""
    lines = ["| row | figure | instance | | measured |", "|---|---|---|---|---|"]
    for row in ROWS:
        for says, name, verdict in verdicts(row, store):
            lines.append(
                f"| {row.key} | {says} | {name} | {WORDS[verdict.reached]} | {verdict.measured} |"
            )
    return "\n".join(lines) + "\n"


def verdicts(row: Row, store: Store) -> Iterator[tuple[str, str, Verdict]]:
    """The figures of a row, asked of each of its instances."""
    bouts = [one.bout for one in store.rows.get(row.key, {}).values()]
    for figure in row.figures:
        says = f"*aim:* {figure.says}" if figure.aim else figure.says
        if not bouts:
            yield says, "", Verdict(None, "not run yet")
        for bout in bouts:
            yield says, bout.name, figure.ask(bout)
    for bout in bouts:
        faults = bout.faults()
        answers = any(bout.each(key, "value") for key in bout.runs if key.partition("@")[0] in OURS)
        sound = not faults if faults or answers else None
        said = "; ".join(faults) or ("no fault" if answers else "no answer to judge")
        yield "every answer judged", bout.name, Verdict(sound, said)
        yield "the limit holds", bout.name, limit_holds(bout)


def bout_text(one: Kept) -> str:
    """One instance: its sizes, its references, and a line for each tool."""
    bout = one.bout
    rows, sites, services = bout.sizes
    said = [f"**{bout.name}**: {rows:,} rows, {sites} sites, {services} services."]
    if bout.reference:
        known = bout.reference
        said.append(
            f"Known: optimum of the linear program {known['lp_optimum'] or 'open'}, best plan "
            f"{known['integer_optimum'] or 'open'} ({known['status']})."
        )
    said.append(told_text(one.told))
    head = "| tool | limit | seconds | worst | ratio | set-up | value | gap | price gap | memory | runs | |"
    lines = [head, "|---|---|---|---|---|---|---|---|---|---|---|---|"]
    lines += [line(bout, key) for key in bout.runs if bout.runs[key]]
    return " ".join(said) + "\n\n" + "\n".join(lines) + "\n"


def told_text(told: Told) -> str:
    """When and where."""
    parts = ", ".join(f"{name} {number}" for name, number in told.parts.items())
    busy = f"; the machine was busy before it began (load {told.load})" if told.load > 0.5 else ""
    return (
        f"{told.when}, source {told.source}; {told.processor}, {told.cores} cores, {told.memory_gb} GB; "
        f"{told.system}; {parts}; at most {told.threads} thread(s) of the engine{busy}."
    )


def line(bout: Bout, key: str) -> str:
    """One tool at one limit."""
    tool, _, limit = key.partition("@")
    runs = bout.good(key)
    cells: list[str] = [tool, f"{limit} s"]
    if not runs:
        return (
            "| "
            + " | ".join([*cells, *[""] * 8, str(len(bout.runs[key])), bout.why_not(key)])
            + " |"
        )
    worst = max(run["seconds"] for run in runs)
    values, bounds = bout.each(key, "value"), bout.each(key, "bound")
    value = min(values) if values else None
    price = bout.price_bound(key)
    builds = bout.each(key, "build")
    cells += [
        figure(bout.seconds(key)), figure(worst), ratio(bout, key),
        figure(max(builds) if builds else None), f"{value:,}" if value is not None else "",
        gap(value, Fraction(max(bounds)) if bounds else None), gap(value, price),
        f"{max(bout.each(key, 'memory_mb')):.0f} MB" if bout.each(key, "memory_mb") else "",
        str(len(runs)), remark(bout, key, value, price),
    ]  # fmt: skip
    return "| " + " | ".join(cells) + " |"


def remark(bout: Bout, key: str, value: int | None, price: Fraction | None) -> str:
    """What the tool says of itself, the bound where there is no plan, and what the referee found."""
    runs = bout.good(key)
    said = sorted({str(run.get("status", "")) for run in runs})
    said += sorted({f"{run['threads']} thread(s)" for run in runs if "threads" in run})
    bounds = bout.each(key, "bound") or ([float(price)] if price is not None else [])
    if value is None and bounds:
        said.append(f"bound {max(bounds):,.2f}")
    faults = max((run.get("faults", []) for run in runs), key=len)
    if faults:
        first = faults[0].removeprefix("fault: ").partition(" -> ")[0]
        said.append(f"**{len(faults)} fault(s)**, the first: {first}")
    return "; ".join(part for part in said if part).replace("|", "/")


def ratio(bout: Bout, key: str) -> str:
    """A peer's time over the engine's."""
    tool, _, limit = key.partition("@")
    if tool in OURS:
        return ""
    first = [k for k in bout.runs if k.startswith("prices@")] if tool in LINEAR else []
    ours = [f"engine@{limit}", *reversed([k for k in bout.runs if k.startswith("engine@")])]
    for other in (*first, *ours):
        mine, theirs = bout.seconds(other), bout.seconds(key)
        if mine and theirs:
            return f"{theirs / mine:.3g}"
    return ""


def gap(value: int | None, bound: Fraction | None) -> str:
    """How far apart, as a share of the value."""
    if value is None or bound is None:
        return ""
    share = float((bound - value) / max(1, abs(value)))
    return "0" if share <= 0 else f"{share:.1e}"


def figure(seconds: float | None) -> str:
    """Three digits."""
    return "" if seconds is None else f"{seconds:.3g}"


def in_short(run: dict[str, Any]) -> str:
    """A run as a line of progress."""
    if "failed" in run:
        return str(run["failed"])
    said = [f"{run['seconds']:.3g} s", str(run.get("status", ""))]
    if run.get("value") is not None:
        said.append(f"value {run['value']:,}")
    if run.get("bound") is not None:
        said.append(f"bound {run['bound']:,.0f}")
    if run.get("faults"):
        said.append(f"{len(run['faults'])} fault(s)")
    return "  ".join(said)
