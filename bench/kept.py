"""What was measured, beside the page as JSON: an entry a row and instance, with date and machine."""

from __future__ import annotations

import json
import os
import platform
import subprocess
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from bout import Bout

PARTS = ("numpy", "numba", "highspy", "ortools", "pulp", "matching")
FORMAT = 1


@dataclass
class Told:
    """When and where a bout was measured."""

    when: str
    source: str  # the commit; + means that files were changed since
    processor: str
    cores: int
    memory_gb: int
    system: str
    load: float  # of the machine before it began, in cores at work
    parts: dict[str, str]
    runs: int
    threads: int


@dataclass
class Kept:
    """A bout and when and where it was measured."""

    told: Told
    bout: Bout


@dataclass
class Store:
    """All that was measured: row -> instance -> bout."""

    rows: dict[str, dict[str, Kept]] = field(default_factory=dict)


def beside(out: Path) -> Path:
    """The file of the numbers behind a page."""
    return out.with_suffix(".json")


def load(out: Path) -> Store:
    """What was measured before; nothing if there is no such file, or it has another format."""
    if not beside(out).exists():
        return Store()
    data = json.loads(beside(out).read_text(encoding="utf-8"))
    if data.get("format") != FORMAT:
        return Store()
    return Store(
        {
            row: {
                name: Kept(Told(**one["told"]), Bout(**one["bout"]))
                for name, one in bouts.items()
            }
            for row, bouts in data["rows"].items()
        }
    )  # fmt: skip


def put(store: Store, row: str, bout: Bout, told: Told, fresh: frozenset[str]) -> None:
    """A new bout in place of the old one of the same instance, or of the structure's last fresh seed.

    `fresh`: the structures of the row that have a fresh seed.
    """
    bouts = store.rows.setdefault(row, {})
    base = bout.name.partition("@")[0]
    for name in [name for name, one in bouts.items() if name.partition("@")[0] == base]:
        if name == bout.name or (base in fresh and drawn_fresh(name) and drawn_fresh(bout.name)):
            del bouts[name]
    bouts[bout.name] = Kept(told, bout)


def drawn_fresh(name: str) -> bool:
    """Whether an instance has a seed that was drawn for a run; small seeds are the page's own."""
    seed = name.partition("@")[2]
    return bool(seed) and int(seed) >= 100


def save(store: Store, out: Path) -> None:
    """Written whole or not at all."""
    data = {
        "format": FORMAT,
        "rows": {
            row: {name: asdict(one) for name, one in bouts.items()}
            for row, bouts in store.rows.items()
        },
    }  # fmt: skip
    beside(out).parent.mkdir(parents=True, exist_ok=True)
    part = beside(out).with_suffix(".part")
    part.write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")
    part.replace(beside(out))


def now() -> str:
    """The time, to the minute."""
    return datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC")


def told_now(runs: int, threads: int) -> Told:
    """The machine as it is."""
    return Told(
        when=now(),
        source=_source(),
        processor=_processor(),
        cores=len(os.sched_getaffinity(0))
        if hasattr(os, "sched_getaffinity")
        else os.cpu_count() or 1,
        memory_gb=round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9),
        system=f"{platform.system()} {platform.machine()}, Python {platform.python_version()}",
        load=round(os.getloadavg()[0], 1),
        parts={name: _version(name) for name in PARTS if _version(name)},
        runs=runs,
        threads=threads,
    )


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or "unknown"
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else "unknown"


def _source() -> str:
    here = Path(__file__).parent

    def git(*words: str) -> str:
        run = subprocess.run(["git", *words], cwd=here, capture_output=True, text=True, check=False)
        return run.stdout.strip() if run.returncode == 0 else ""

    try:
        commit = git("rev-parse", "--short", "HEAD")
        return (commit + ("+" if git("status", "--porcelain", "--", "../src") else "")) or "unknown"
    except OSError:
        return "unknown"
