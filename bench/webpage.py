"""docs/benchmarks-web.md, from what was measured; what is not measured now stays, with its date."""

from __future__ import annotations

import json
import platform
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psutil

ROOT = Path(__file__).resolve().parents[1]
KEPT, PAGE = ROOT / "docs" / "benchmarks-web.json", ROOT / "docs" / "benchmarks-web.md"
AIMS = {"list": 200, "page": 200, "update": 100}  # milliseconds, p95
HEAD = """\
# The server under load

Written by `make bench-web`; do not edit by hand. Each person asks, reads, and waits a while before
they ask again (the mean is stated). They are another process on the same machine; times are theirs.
Aims: 95 of
100 lists and pages within 200 ms, 95 of 100 updates within 100 ms, no errors.
"""


def write(measured: list[dict[str, Any]], *, shared: bool, kills: bool) -> None:
    """Put what was measured beside what was kept, and print the page."""
    kept = json.loads(KEPT.read_text()) if KEPT.exists() else {}
    memory = psutil.virtual_memory().total >> 30
    machine = f"{psutil.cpu_count()} cores, {memory} GB, Python {platform.python_version()}"
    for one in measured:
        on = {"on": datetime.now(UTC).date().isoformat(), "machine": machine, "shared": shared}
        kept[f"{'kills' if kills else 'load'}/{one['database']}"] = {**one, **on}
    KEPT.write_text(json.dumps(kept, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    PAGE.write_text(as_markdown(kept), encoding="utf-8")


def as_markdown(kept: dict[str, Any]) -> str:
    """The page."""
    parts = [HEAD]
    if not any(name.startswith("load") for name in kept):
        parts.append("The load of 100 people has not been measured on a machine of its own yet.\n")
    for name in sorted(kept, key=lambda one: (one.startswith("kills"), one)):
        one = kept[name]
        parts.append(_kills(one) if name.startswith("kills") else _load(one))
    return "\n".join(parts)


def _where(one: dict[str, Any]) -> str:
    shared = (
        f" **The machine was shared** with other work: its load was {one['load_before']} before this began."
        if one["shared"]
        else ""
    )
    return f"{one['on']}, {one['machine']}.{shared}"


def _load(one: dict[str, Any]) -> str:
    requests = sum(row["n"] for row in one["rows"])
    errors = sum(row["errors"] for row in one["rows"])
    held = one["held"]
    lines = [
        f"## {_name(one)}: {one['people']} people, {held['cases']:,} households, {one['sites']} sites",
        "",
        f"{_where(one)} {one['seconds']:g} seconds, {one['think']:g} s between two requests of a person, "
        f"{requests:,} requests ({requests / one['seconds']:.1f} a second), {errors} errors. Memory of the "
        f"server: {one['memory_idle'] >> 20} MB when it began, {one['memory_most'] >> 20} MB at most.",
        "",
        "| kind | request | number | a second | p50 ms | p95 ms | p99 ms | errors | refused | aim |",
        "|---|---|---|---|---|---|---|---|---|---|",
    ]
    for row in one["rows"]:
        aim = AIMS[row["kind"]]
        reached = "reached" if row["p95"] <= aim else f"**not reached** ({aim} ms)"
        cells = [
            row[k]
            for k in ("kind", "name", "n", "per_second", "p50", "p95", "p99", "errors", "refused")
        ]
        lines.append(f"| {' | '.join(map(str, cells))} | {reached} |")
    return "\n".join([*lines, ""])


def _kills(one: dict[str, Any]) -> str:
    found = (
        "; ".join(one["faults"])
        or "nothing lost, nothing promised twice, the record whole (`verify`)"
    )
    return "\n".join(
        [
            f"## {_name(one)}: killed {one['kills']} times under load",
            "",
            f"{_where(one)} {one['held']['cases']:,} households, {one['sites']} sites, {one['people']} "
            f"people. The server was ended by SIGKILL {one['kills']} times and started anew; "
            f"{one['repeated']} requests found no server and were sent again under the same key; "
            f"{one['acknowledged']:,} acts were acknowledged. Found after it: {found}.",
            "",
        ]
    )


def _name(one: dict[str, Any]) -> str:
    return {"sqlite": "SQLite", "postgresql": "PostgreSQL"}[one["database"]]
