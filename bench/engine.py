"""The engine beside its peers, in the same run, by turns; every plan judged; docs/benchmarks.md written.

    make bench BENCH_ARGS='--only day,week --runs 3 --no-peers'
    python bench/engine.py --only week@fresh --fresh 7 --longest 10

What was measured before and is not measured now stays in the page, with its own date. An interrupt keeps
what was measured so far. Exit code 8: an answer of the engine had a fault. Progress goes to standard error.
"""

from __future__ import annotations

import argparse
import gc
import secrets
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

import kept
import page
from apart import Child
from bout import OURS, Bout
from figures import Row
from instances import arrays_of, mark_of, reference_of
from peers import applies
from replan import CHANGES, DECISIONS
from table import ROWS

ROOT = Path(__file__).resolve().parents[1]
LONG = 55.0  # seconds: what takes longer is run once
ENDS_BY_ITSELF = ("prices@", "highs-lp@", "min-cost-flow@", "matching@")  # whatever --longest says
BUILD_WALL = 600.0  # seconds for a model to be built, or for the engine to be warm
UNFAITHFUL, INTERRUPTED = 8, 130


def say(text: str) -> None:
    """A line of progress."""
    print(text, file=sys.stderr, flush=True)


@dataclass(frozen=True)
class Asked:
    """What the command line asks for."""

    only: frozenset[str]
    runs: int
    peers: bool
    fresh: int
    longest: float
    threads: int
    out: Path

    def rows(self) -> Iterator[tuple[Row, list[str], list[str]]]:
        """The rows, each with its instances and tools."""
        for row in ROWS:
            names = [
                name.replace("@fresh", f"@{self.fresh}")
                for name in row.instances
                if not self.only
                or {row.key, name, name.replace("@fresh", f"@{self.fresh}")} & self.only
            ]
            tools = [
                key
                for key in row.tools
                if (float(key.partition("@")[2]) <= self.longest or key.startswith(ENDS_BY_ITSELF))
                and (self.peers or key.partition("@")[0] in OURS)
            ]
            if names and tools:
                yield row, names, tools


class Bench:
    """Children, files and turns of one instance at a time."""

    def __init__(self, asked: Asked, folder: Path) -> None:
        self.asked = asked
        self.instance, self.plan = folder / "instance.npz", folder / "plan.npz"
        self.judge = Child("judge.py")
        self.arrays: dict[str, Any] = {}

    def measure(self, bout: Bout, tools: list[str], keep: Callable[[], None]) -> None:
        """All tools on one instance, by turns, as many rounds as asked."""
        with Child("ours.py") as engine, Child("replan.py") as between:
            for turn in range(self.asked.runs):
                for key in tools:
                    done = bout.runs.setdefault(key, [])
                    if done and ("failed" in done[-1] or done[-1].get("seconds", 0) > LONG):
                        continue
                    tool = key.partition("@")[0]
                    child = between if tool in CHANGES + DECISIONS else engine
                    run = self.ours(child, key, turn) if tool in OURS else self.peer(key)
                    if run is None:
                        del bout.runs[key]
                        continue
                    done.append(self.judged(run))
                    say(f"{bout.name}  {key}  {turn + 1}/{self.asked.runs}  {page.in_short(run)}")
                    keep()

    def ours(self, child: Child, key: str, turn: int) -> dict[str, Any]:
        """One run of the engine, warm; begun anew if it had to be ended."""
        tool, _, limit = key.partition("@")
        seconds = float(limit)
        build = {}
        if child.process is None:
            asked = {"instance": str(self.instance), "threads": self.asked.threads, "what": tool}
            build = child.ask({"do": "build", "seconds": seconds, **asked}, BUILD_WALL)
            if "failed" in build:
                child.end()
                return build
        what = "solve" if tool == "engine" else tool
        question = {
            "do": "run",
            "what": what,
            "seconds": seconds,
            "plan": str(self.plan),
            "turn": turn,
        }
        return build | child.ask(question, 1.05 * seconds + 30)

    def peer(self, key: str) -> dict[str, Any] | None:
        """One run of a peer in a new process; None where it has nothing to say."""
        tool, _, limit = key.partition("@")
        if not applies(tool, self.arrays):
            return None
        seconds = float(limit)
        with Child("peers.py") as child:
            asked = {"instance": str(self.instance), "peer": tool, "seconds": seconds}
            build = child.ask({"do": "build", **asked}, BUILD_WALL)
            if "failed" in build:
                return build
            return build | child.ask({"do": "run", "plan": str(self.plan)}, 1.5 * seconds + 10)

    def judged(self, run: dict[str, Any]) -> dict[str, Any]:
        """The run with what the judge finds, beside what was claimed."""
        capacity = run.pop("capacity", None)
        if capacity:
            run["changed"] = True
        if not run.pop("plan", False):
            return run
        question = {"instance": str(self.instance), "plan": str(self.plan), "capacity": capacity}
        found = self.judge.ask(question, BUILD_WALL)
        if "failed" in found:
            return run | {"faults": [f"could not be judged: {found['failed']}"]}
        claimed = {f"claimed_{name}": run[name] for name in ("price_bound",) if name in run}
        if "value" in run:
            claimed["claimed"] = run["value"]
        run.update(claimed | found)
        return run


def measure_all(asked: Asked) -> int:
    """Row by row, instance by instance; the page is written after each run."""
    store, told = kept.load(asked.out), kept.told_now(asked.runs, asked.threads)
    faults: list[str] = []
    with tempfile.TemporaryDirectory() as name:
        bench = Bench(asked, Path(name))
        try:
            for row, names, tools in asked.rows():
                fresh = frozenset(
                    n.partition("@")[0] for n in row.instances if n.endswith("@fresh")
                )
                for instance in names:
                    say(f"{instance}: drawn and written for the children")
                    bout = drawn(bench, instance)
                    kept.put(store, row.key, bout, replace(told, when=kept.now()), fresh)
                    bench.measure(bout, tools, lambda: save(store, asked.out))
                    faults += [f"{instance}: {fault}" for fault in bout.faults()]
        except KeyboardInterrupt:
            save(store, asked.out)
            say(f"interrupted; what was measured so far is in {asked.out}")
            return INTERRUPTED
        finally:
            bench.judge.end()
    save(store, asked.out)
    for fault in faults:
        say(f"FAULT  {fault}")
    say(f"{asked.out}: written")
    return UNFAITHFUL if faults else 0


def drawn(bench: Bench, name: str) -> Bout:
    """The instance in a file, and a bout for it."""
    bench.arrays = {}
    gc.collect()
    arrays = arrays_of(name)
    np.savez(bench.instance, **arrays)
    bench.judge.end()  # it would keep the one before
    value = arrays["value"]
    bench.arrays = {k: v for k, v in arrays.items() if k != "value"}
    return Bout(
        name,
        (value.shape[0], value.shape[1], arrays["need"].shape[1]),
        value.nbytes / 1e6,
        reference_of(name, mark_of(arrays)),
    )


def save(store: kept.Store, out: Path) -> None:
    """The numbers and the page."""
    kept.save(store, out)
    out.write_text(page.page(store), encoding="utf-8")


def asked_for(arguments: list[str]) -> Asked:
    """The command line, understood or refused."""
    words = argparse.ArgumentParser(
        prog="bench/engine.py", description=(__doc__ or "").split("\n")[0]
    )
    known = sorted({name for row in ROWS for name in (row.key, *row.instances)})
    words.add_argument(
        "--only", default="", help=f"rows or instances, with commas: {', '.join(known)}"
    )
    words.add_argument(
        "--runs", type=int, default=5, help=f"rounds; what takes over {LONG:.0f} s is run once"
    )
    words.add_argument(
        "--no-peers", action="store_true", help="the engine alone; ratios are then not measured"
    )
    words.add_argument(
        "--fresh", type=int, default=None, help="the seed of fresh instances (drawn if absent)"
    )
    words.add_argument(
        "--longest", type=float, default=1e9, help="leave out what has a longer limit (seconds)"
    )
    words.add_argument("--threads", type=int, default=2, help="threads of the engine")
    words.add_argument(
        "--out",
        type=Path,
        default=ROOT / "docs" / "benchmarks.md",
        help="the page; .json beside it",
    )
    said = words.parse_args(arguments)
    only = frozenset(word for word in said.only.split(",") if word)
    fresh = 100 + secrets.randbelow(10**6) if said.fresh is None else said.fresh
    fresh_names = {name.replace("@fresh", f"@{fresh}") for name in known}
    unknown = only - set(known) - fresh_names
    if unknown:
        words.error(
            f"there is no row or instance {', '.join(sorted(unknown))}; there are {', '.join(known)}"
        )
    if said.runs < 1:
        words.error("--runs is 1 or more")
    return Asked(only, said.runs, not said.no_peers, fresh, said.longest, said.threads, said.out)


if __name__ == "__main__":
    sys.exit(measure_all(asked_for(sys.argv[1:])))
