"""The chain of one file checked by its seals alone, on every core: what ``verify --chain`` reads.

Each process takes a stretch of entries and starts from the seal written before it; together they cover
every link. The states, sums and plans are ``verify``'s own work.
"""

from __future__ import annotations

import hashlib
import multiprocessing as mp
import os
import sqlite3
from concurrent.futures import ProcessPoolExecutor
from itertools import pairwise
from typing import Any

import orjson

from partage.ledger.facts import GENESIS

LEAST_A_PROCESS = 50_000  # below, starting another costs more than it saves
COLUMNS = "no, at, day, verb, actor, role, subject, version, body, idem, prev, seal"


def check_seals(path: str, entries: int) -> tuple[int, str]:
    """How many entries were checked, and what is wrong with the first that does not fit, or ""."""
    parts = max(1, min(os.cpu_count() or 1, entries // LEAST_A_PROCESS))
    edges = [entries * n // parts for n in range(parts + 1)]
    stretches = [(path, a + 1, b) for a, b in pairwise(edges)]
    if parts == 1:
        found = [check_stretch(stretches[0])]
    else:
        with ProcessPoolExecutor(parts, mp_context=mp.get_context("spawn")) as pool:
            found = list(pool.map(check_stretch, stretches))
    good = 0
    for count, fault in found:
        good += count
        if fault:
            return good, fault
    return good, ""


def check_stretch(stretch: tuple[str, int, int]) -> tuple[int, str]:
    """Entries of one stretch that fit, and what is wrong with the next, or ""."""
    path, first, last = stretch
    db = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    try:
        prev, before = GENESIS, ""
        if first > 1:
            row = db.execute("SELECT seal, at FROM entries WHERE no = ?", (first - 1,)).fetchone()
            prev, before = row if row else ("", "")
        number = first - 1
        query = f"SELECT {COLUMNS} FROM entries WHERE no BETWEEN ? AND ? ORDER BY no"
        digest = hashlib.sha256
        for row in db.execute(query, (first, last)):
            no, at, day, verb, actor, role, subject, version, body, idem, link, seal = row
            if no != number + 1:
                return number - first + 1, f"entry {number + 1} is missing, or moved"
            texts = f"{at}{day}{verb}{actor}{role}{subject}{idem}{link}"
            if '"' in texts or "\\" in texts or not texts.isprintable():
                content = _content(row)
            else:  # the same bytes, without a walk through a JSON writer
                content = (
                    f'{{"actor":"{actor}","at":"{at}","body":{body},"day":"{day}","idem":"{idem}",'
                    f'"no":{no},"prev":"{link}","role":"{role}","subject":"{subject}",'
                    f'"verb":"{verb}","version":{version}}}'
                )
            if (
                link != prev
                or at < before
                or "sha256:" + digest((prev + content).encode()).hexdigest() != seal
            ):
                return number - first + 1, f"entry {no} is not what its seal says"
            number, prev, before = no, seal, at
        if number != last:
            return number - first + 1, f"entry {number + 1} is missing"
        return number - first + 1, ""
    except (TypeError, ValueError, orjson.JSONEncodeError):
        return number - first + 1, f"entry {number + 1} cannot be read"
    finally:
        db.close()


def _content(row: tuple[Any, ...]) -> str:
    """What the seal of an entry covers, as canonical JSON."""
    no, at, day, verb, actor, role, subject, version, body, idem, link, _ = row
    fields = {
        "no": no, "at": at, "day": day, "verb": verb, "actor": actor, "role": role,
        "subject": subject, "version": version, "body": orjson.Fragment(body), "idem": idem,
        "prev": link,
    }  # fmt: skip
    return orjson.dumps(fields, option=orjson.OPT_SORT_KEYS).decode()
