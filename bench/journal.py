"""How fast the record is: appends by one and by 64 writers, one million entries, verify.

    python bench/journal.py [--entries 1000000] [--writers 64] [--seconds 10]

Prints one JSON object a line. Durable means: on the disk before the append returns.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing as mp
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from partage.compose import open_office
from partage.core.units import instant
from partage.ledger.chain import seal_drafts
from partage.ledger.facts import Draft
from partage.ledger.views import MemoryRows, project
from partage.office.ports import Stamp
from partage.packs.loader import load_pack
from partage.store.rows import insert_many
from partage.store.sqlite import SqliteJournal

START = datetime(2023, 2, 20, 14, tzinfo=UTC)
WAITING = 2_000  # households
ENTRY = "waiting@ca-qc/roxham-road"


def case_draft(number: int) -> Draft:
    """What registering one synthetic household writes."""
    body = {
        "step": "register",
        "case": {
            "state": "waiting", "persons": 2, "account": ENTRY,
            "entry_point": "ca-qc/roxham-road", "mode": "between-ports", "declined": False,
            "synthetic": True, "registered": instant(START), "since": "2023-02-20",
        },
        "moves": [{"from": "outside:entry", "to": ENTRY, "persons": 2}],
    }  # fmt: skip
    return Draft("register", f"case/H-{number:010d}", body, "2023-02-20")


def left_draft(number: int) -> Draft:
    """What its leaving writes."""
    body = {
        "step": "exit", "to": "housing",
        "case": {"state": "left", "account": "outside:housing", "since": "2023-02-20"},
        "moves": [{"from": ENTRY, "to": "outside:housing", "persons": 2}],
    }  # fmt: skip
    return Draft("exit", f"case/H-{number:010d}", body, "2023-02-20")


def append_for(path: str, writer: int, seconds: float, out: Any, go: Any) -> None:
    """One writer, appending for that long; puts its latencies on the queue."""
    journal = SqliteJournal(path)
    go.wait()
    took: list[float] = []
    end = time.perf_counter() + seconds
    number = 0
    while time.perf_counter() < end:
        draft = case_draft(writer * 10**6 + number)
        begun = time.perf_counter()
        journal.append(
            [draft], {draft.subject: 0}, f"{writer}:{number}",
            stamp=Stamp(instant(START), "bench", "intake"),
        )  # fmt: skip
        took.append(time.perf_counter() - begun)
        number += 1
    journal.close()
    out.put(took)


def appends(folder: Path, writers: int, seconds: float) -> dict[str, Any]:
    """Throughput and 95th percentile of durable appends by so many processes on one file."""
    path = folder / f"appends-{writers}.db"
    open_office(f"sqlite:///{path}", "b:admin", at=START).journal.close()
    out: Any = mp.Queue()
    go = mp.Event()
    people = [
        mp.Process(target=append_for, args=(str(path), n, seconds, out, go)) for n in range(writers)
    ]
    for one in people:
        one.start()
    time.sleep(2 + writers / 20)
    go.set()
    took = sorted(t for _ in people for t in out.get())
    for one in people:
        one.join()
    with sqlite3.connect(path) as db:
        entries, last = db.execute("SELECT count(*), max(no) FROM entries").fetchone()
    assert entries == last == len(took) + 1, "an update was lost"
    return {
        "what": "durable appends", "writers": writers, "per_second": round(len(took) / seconds),
        "p95_ms": round(1000 * took[int(0.95 * len(took))], 1), "lost": 0,
    }  # fmt: skip


def build(path: Path, entries: int) -> None:
    """A journal of that many entries, written in bulk by the same sealing and folding."""
    office = open_office(f"sqlite:///{path}", "b:admin", at=START)
    for region in ("CA-ON", "CA-QC", "CA-NS", "CA-NB"):
        office.acting(f"c:region@{region}").agree_as_in_pack(region)
    office.journal.close()
    journal = SqliteJournal(str(path))
    rows = MemoryRows()
    for entry in journal.read():
        project(entry, rows)
    head, done = journal.head(), journal.head()[0]
    at = START
    while done < entries:
        rest = entries - done
        stay = rest <= WAITING  # the last ones wait
        people = range(done, done + (rest if stay else min(10_000, (rest - WAITING) // 2 + 1)))
        drafts = [case_draft(n) for n in people]
        drafts += [] if stay else [left_draft(n) for n in people]
        at += timedelta(minutes=1)
        sealed = seal_drafts(
            drafts,
            at=instant(at),
            actor="b",
            role="intake",
            idem=f"b{done}",
            head=head,
            versions={},
        )
        for entry in sealed:
            project(entry, rows)
        with journal._immediately() as conn:
            journal._insert(conn, sealed)
            insert_many(conn, "answers", [{"idem": f"b{done}", "data": "{}"}])
        head, done = (sealed[-1].no, sealed[-1].seal), sealed[-1].no
        print(f"  {done:,} entries", file=sys.stderr, end="\r")
    journal.restore_views(rows.tables, done)
    journal.close()


def timed(act: Callable[[], Any], times: int = 5) -> float:
    """The median of so many runs, in milliseconds."""
    took = []
    for _ in range(times):
        begun = time.perf_counter()
        act()
        took.append(time.perf_counter() - begun)
    return round(1000 * sorted(took)[times // 2], 1)


def large(folder: Path, entries: int) -> list[dict[str, Any]]:
    """Register, survey, explain and verify on a journal of that many entries."""
    from partage.intake.synthetic import synthetic_arrivals

    path = folder / "large.db"
    build(path, entries)
    pack = load_pack()
    office = open_office(
        f"sqlite:///{path}", "b:intake", pack=pack, at=START + timedelta(days=1), seed="bench"
    )
    from partage.core.streams import Stream

    files = iter(
        synthetic_arrivals(
            Stream(f"bench {n}"), 3, entry_point="ca-qc/roxham-road", first=START, hours=1,
            prefix=f"b{n}",
        )
        for n in range(100)
    )  # fmt: skip
    cases: list[str] = []

    def register() -> None:
        cases.extend(office.register(next(files)).data["registered"])

    results = [{"what": "register", "entries": entries, "ms": timed(register)}]
    results.append(
        {
            "what": "survey",
            "entries": entries,
            "ms": timed(lambda: (office.survey(), office.watch())),
        }
    )
    results.append(
        {"what": "explain", "entries": entries, "ms": timed(lambda: office.explain(cases[0]))}
    )
    auditor = office.acting("r:auditor")
    begun = time.perf_counter()
    report = auditor.verify()
    seconds = time.perf_counter() - begun
    results.append(
        {"what": "verify, everything", "entries": report.entries, "clean": report.clean,
         "per_second": round(report.entries / seconds)}
    )  # fmt: skip
    begun = time.perf_counter()
    chain = auditor.verify_chain()
    seconds = time.perf_counter() - begun
    results.append(
        {"what": "verify --chain", "entries": chain.entries, "clean": chain.clean,
         "per_second": round(chain.entries / seconds)}
    )  # fmt: skip
    office.journal.close()
    return results


def main() -> None:
    """All of it, in a folder of its own."""
    words = argparse.ArgumentParser()
    words.add_argument("--entries", type=int, default=1_000_000)
    words.add_argument("--writers", type=int, default=64)
    words.add_argument("--seconds", type=float, default=10.0)
    words.add_argument("--folder", type=Path, default=None)
    said = words.parse_args()
    with tempfile.TemporaryDirectory(dir=said.folder) as name:
        folder = Path(name)
        for writers in (1, said.writers):
            print(json.dumps(appends(folder, writers, said.seconds)), flush=True)
        for result in large(folder, said.entries):
            print(json.dumps(result), flush=True)


if __name__ == "__main__":
    main()
