"""The server under load: 100 people for two minutes, 40,000 households, 500 sites, on both databases.

    make bench-web                                   both databases, into docs/benchmarks-web.md
    make bench-web WEB_ARGS='--kills 50'             a smaller office, the server killed 50 times meanwhile
    python bench/served.py --database sqlite --seconds 30 --households 5000 --no-page

The people are another process; each asks, waits a while, and asks again, as people do. Times are theirs,
from the first byte sent to the last byte read. Exit code 8: a promise was not kept.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import random
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path
from typing import Any

import psutil

import webpage
from partage.compose import open_journal, open_office
from partage.packs.loader import load_pack
from webworld import AT, World, build, pack_with

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))  # the PostgreSQL of the tests

UNFAITHFUL = 8
WRITES_WITHIN = 45.0  # seconds after a start; then it is killed as it is
NO_LIMITS = {"PARTAGE_API_ADDRESS_PER_MINUTE": "0", "PARTAGE_API_ACCOUNT_PER_MINUTE": "0"}


def say(text: str) -> None:
    """A line of progress."""
    print(text, file=sys.stderr, flush=True)


class Server:
    """``partage serve`` on one port, started anew after each kill; its memory is looked at meanwhile."""

    def __init__(self, world: World) -> None:
        self.world = world
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        self.address = f"http://127.0.0.1:{self.port}"
        self.most = 0
        self.log = tempfile.TemporaryFile("w+")  # noqa: SIM115 - as long as the server
        self.start()

    def start(self) -> None:
        clean = {
            k: v
            for k, v in os.environ.items()
            if not k.startswith("PARTAGE_") or k == "PARTAGE_KEY_FILE"
        }
        words = [
            "--at",
            f"{AT:%Y-%m-%dT%H:%M:%SZ}",
            "--db",
            self.world.url,
            "serve",
            "--port",
            str(self.port),
        ]
        self.process = subprocess.Popen(
            [sys.executable, "-m", "partage", *words],
            stdout=subprocess.PIPE,
            stderr=self.log,
            text=True,
            env={**clean, **NO_LIMITS, "PARTAGE_PACK": self.world.pack, "PYTHONUNBUFFERED": "1"},
        )
        assert self.process.stdout
        for line in self.process.stdout:
            if line.startswith("Partage is at"):
                return
        raise SystemExit("the server did not start")

    def look(self) -> None:
        with contextlib.suppress(psutil.Error):
            self.most = max(self.most, psutil.Process(self.process.pid).memory_info().rss)

    def stop(self, how: signal.Signals = signal.SIGTERM) -> None:
        self.process.send_signal(how)
        self.process.wait()
        assert self.process.stdout
        self.process.stdout.close()


@contextlib.contextmanager
def place(database: str, folder: Path) -> Iterator[str]:
    """The URL of an empty journal."""
    if database == "sqlite":
        yield f"sqlite:///{folder / 'office.db'}"
        return
    import postgres

    os.environ["PARTAGE_KEY_FILE"] = str(folder / "postgres.key")
    with postgres.database() as url:
        yield url


def under_load(server: Server, seconds: float, think: float, kills: int) -> dict[str, Any]:
    """What the people say who ask for so long; the server is killed so often meanwhile."""
    asked = {
        "world": asdict(server.world),
        "address": server.address,
        "seconds": seconds,
        "think": think,
    }
    users = subprocess.Popen(
        [sys.executable, str(ROOT / "bench" / "webusers.py")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    answer: list[str] = []
    reader = threading.Thread(target=lambda: answer.append(users.communicate(json.dumps(asked))[0]))
    reader.start()
    done = _kill(server, kills, reader) if kills else 0
    if kills:
        users.send_signal(signal.SIGTERM)  # nobody asks anew
    while reader.is_alive():
        server.look()
        reader.join(0.1)
    return {**json.loads(answer[0]), "kills": done}


def _kill(server: Server, kills: int, people: threading.Thread) -> int:
    """Kill the server so often, each time a moment after it began to write; how often it was."""
    draw, done = random.Random(20230220), 0
    journal = open_journal(server.world.url, create=False)
    before, latest = journal.head()[0], time.monotonic() + WRITES_WITHIN
    while done < kills and people.is_alive():
        server.look()
        if journal.head()[0] > before or time.monotonic() > latest:
            time.sleep(draw.uniform(0, 1.5))
            server.stop(signal.SIGKILL)
            before, latest = journal.head()[0], time.monotonic() + WRITES_WITHIN
            server.start()
            done += 1
            say(f"  killed {done} of {kills}")
        time.sleep(0.02)
    journal.close()
    return done


def figures(said: dict[str, Any], seconds: float) -> list[dict[str, Any]]:
    """A row a kind of request: how many, how fast, and how many were not answered as they should be."""
    by: dict[tuple[str, str], list[tuple[float, int]]] = {}
    for kind, name, took, status in said["took"]:
        by.setdefault((kind, name), []).append((took, status))
    rows = []
    for (kind, name), all_ in sorted(by.items()):
        times = sorted(1000 * took for took, _ in all_)
        cut = (
            statistics.quantiles(times, n=100, method="inclusive") if len(times) > 1 else times * 99
        )
        rows.append(
            {
                "kind": kind,
                "name": name,
                "n": len(times),
                "per_second": round(len(times) / seconds, 1),
                "p50": round(cut[49]),
                "p95": round(cut[94]),
                "p99": round(cut[98]),
                "errors": sum(status >= 500 or status == 0 for _, status in all_),
                "refused": sum(400 <= status < 500 for _, status in all_),
            }
        )
    return rows


def lost(world: World, kept: list[dict[str, Any]], *, whole: bool) -> list[str]:
    """What was acknowledged and is not there, and what the check of the record finds."""
    later = AT + timedelta(days=1)
    office = open_office(world.url, "rita:auditor", pack=load_pack(world.pack), at=later)
    faults: list[str] = []
    made: dict[tuple[str, str], int] = {}
    for one in kept:
        verb, _, rest = one["path"].removeprefix("/v1/").partition("/")
        if verb == "register":
            cases = one["said"]["registered"]
            faults += [f"{case} is lost" for case in cases if not office.journal.row("cases", case)]
        elif verb != "update":  # an update that changes nothing writes nothing
            where = one["said"]["review"] if verb == "review" else rest.removeprefix("case/")
            made[verb, where] = made.get((verb, where), 0) + 1
    kinds = {"review": "review/", "count": "count/hosted@"}
    for (verb, where), number in made.items():
        subject = kinds.get(verb, "case/") + where
        there = sum(entry.verb == verb for entry in office.journal.read(subject=subject))
        if there < number:
            faults.append(
                f"{number} acts '{verb}' on {subject} were acknowledged, {there} are there"
            )
    report = office.verify() if whole else office.verify_chain()
    faults += [f"{f.where}: {f.what}" for f in report.findings if f.weight == "fault"]
    office.journal.close()
    return faults


def measure(database: str, asked: argparse.Namespace) -> dict[str, Any]:
    """One database: the world, the load, what was found."""
    with (
        tempfile.TemporaryDirectory(prefix="partage-web-") as folder,
        place(database, Path(folder)) as url,
    ):
        say(f"{database}: filling an office")
        pack = pack_with(Path(folder), asked.sites)
        world = build(
            url,
            pack,
            households=asked.households,
            waiting=asked.waiting,
            people=asked.people,
            lines=asked.lines,
            say=say,
        )
        server = Server(world)
        idle = psutil.Process(server.process.pid).memory_info().rss
        load, began = psutil.getloadavg()[0], time.time()
        say(f"{database}: {asked.people} people for {asked.seconds:g} s (load before: {load:.1f})")
        said = under_load(server, asked.seconds, asked.think, asked.kills)
        took = time.time() - began
        server.stop()
        faults = lost(world, said["kept"], whole=bool(asked.kills))
    return {
        "database": database,
        "rows": figures(said, asked.seconds),
        "faults": faults,
        "kills": said["kills"],
        "repeated": said["lost"],
        "acknowledged": len(said["kept"]),
        "seconds": asked.seconds,
        "took": round(took),
        "people": asked.people,
        "think": asked.think,
        "held": world.held,
        "sites": asked.sites,
        "memory_idle": idle,
        "memory_most": server.most,
        "load_before": round(load, 1),
    }


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--database", choices=["both", "sqlite", "postgresql"], default="both")
    parser.add_argument("--kills", type=int, default=0)
    parser.add_argument("--households", type=int, default=0)
    parser.add_argument("--waiting", type=int, default=2000)
    parser.add_argument("--sites", type=int, default=0)
    parser.add_argument("--lines", type=int, default=100)
    parser.add_argument("--people", type=int, default=0)
    parser.add_argument("--seconds", type=float, default=0)
    parser.add_argument("--think", type=float, default=3.0)
    parser.add_argument("--shared", action="store_true", help="Say that the machine was shared.")
    parser.add_argument("--no-page", action="store_true")
    asked = parser.parse_args()
    asked.households = asked.households or (1500 if asked.kills else 40_000)
    asked.waiting = (
        10**9 if asked.kills else asked.waiting
    )  # all by the verbs: the record is verified
    asked.people = asked.people or (40 if asked.kills else 100)
    asked.sites = asked.sites or (120 if asked.kills else 500)
    asked.seconds = asked.seconds or (60.0 * asked.kills if asked.kills else 120.0)
    databases = ["sqlite", "postgresql"] if asked.database == "both" else [asked.database]
    measured = [measure(database, asked) for database in databases]
    print(json.dumps(measured))
    for one in measured:
        for row in one["rows"]:
            shown = (f"{k} {row[k]}" for k in ("n", "p50", "p95", "p99", "errors", "refused"))
            say(f"{row['kind']:7} {row['name']:18} {'  '.join(shown)}")
        most = one["memory_most"] >> 20
        say(
            f"{one['database']}: {one['kills']} kills, {most} MB at most, faults: {one['faults'][:5]}"
        )
    if not asked.no_page:
        webpage.write(measured, shared=asked.shared, kills=bool(asked.kills))
    return UNFAITHFUL if any(one["faults"] for one in measured) else 0


if __name__ == "__main__":
    sys.exit(main())
