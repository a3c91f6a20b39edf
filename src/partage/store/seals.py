"""The chain of one file checked by its seals alone, on every core: what ``verify --chain`` reads.

Each process takes a stretch of entries and starts from the seal written before it; together they cover
every link. The states, sums and plans are ``verify``'s own work.
"""

from __future__ import annotations

import multiprocessing as mp
import os
import sqlite3
from concurrent.futures import ProcessPoolExecutor
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import Any

import orjson

from partage.ledger.facts import GENESIS
from partage.store.connect import read_uri

STRETCH = 25_000  # entries; with fewer than two, starting another process costs more than it saves
COLUMNS = "no, at, day, verb, actor, role, subject, version, body, idem, prev, seal"


def check_seals(path: Path, entries: int) -> tuple[int, str]:
    """How many entries were checked, and what is wrong with the first that does not fit, or ""."""
    edges = [*range(0, entries, STRETCH), entries]
    uri = read_uri(path)
    stretches = [(uri, a + 1, b) for a, b in pairwise(edges)]
    others = min((os.cpu_count() or 1) - 1, len(stretches) // 2)
    found = map(check_stretch, stretches) if others < 1 else _side_by_side(stretches, others)
    good = 0
    for count, fault in found:
        good += count
        if fault:
            return good, fault
    return good, ""


def _side_by_side(stretches: list[tuple[str, int, int]], others: int) -> list[tuple[int, str]]:
    """Every stretch checked: other processes begin at the front, and this one at the back."""
    with ProcessPoolExecutor(others, mp_context=mp.get_context("spawn")) as pool:
        asked = [pool.submit(check_stretch, one) for one in stretches]
        mine = {
            n: check_stretch(stretches[n])
            for n in reversed(range(len(stretches)))
            if asked[n].cancel()  # nobody has begun it
        }
        return [mine.get(n) or asked[n].result() for n in range(len(stretches))]


def check_stretch(stretch: tuple[str, int, int]) -> tuple[int, str]:
    """Entries of one stretch that fit, and what is wrong with the next, or ""."""
    uri, first, last = stretch
    db = sqlite3.connect(uri, uri=True)
    db.text_factory = bytes  # hashed as they stand: nothing is decoded
    number = first - 1
    try:
        prev, before = GENESIS.encode(), b""
        if first > 1:
            row = db.execute("SELECT seal, at FROM entries WHERE no = ?", (first - 1,)).fetchone()
            prev, before = row if row else (b"", b"")
        query = f"SELECT {COLUMNS} FROM entries WHERE no BETWEEN ? AND ? ORDER BY no"
        join = b"".join
        for row in db.execute(query, (first, last)):
            no, at, day, verb, actor, role, subject, version, body, idem, link, seal = row
            if no != number + 1:
                return number - first + 1, f"entry {number + 1} is missing, or moved"
            if link != prev or at < before:
                return number - first + 1, f"entry {no} is not what its seal says"
            # the bytes that were sealed, without a walk through a JSON writer
            content = join((
                prev, b'{"actor":"', actor, b'","at":"', at, b'","body":', body, b',"day":"', day,
                b'","idem":"', idem, b'","no":', b"%d" % no, b',"prev":"', link, b'","role":"', role,
                b'","subject":"', subject, b'","verb":"', verb, b'","version":', b"%d" % version, b"}",
            ))  # fmt: skip
            if (
                # a sign that JSON would escape: the slower way decides
                b'"' in join((actor, at, day, idem, role, subject, verb))
                or b"sha256:" + sha256(content).hexdigest().encode() != seal
            ) and b"sha256:" + sha256(prev + _content(row)).hexdigest().encode() != seal:
                return number - first + 1, f"entry {no} is not what its seal says"
            number, prev, before = no, seal, at
        if number != last:
            return number - first + 1, f"entry {number + 1} is missing"
        return number - first + 1, ""
    except (TypeError, ValueError, orjson.JSONEncodeError):
        return number - first + 1, f"entry {number + 1} cannot be read"
    finally:
        db.close()


def _content(row: tuple[Any, ...]) -> bytes:
    """What the seal of an entry covers, as canonical JSON."""
    no, at, day, verb, actor, role, subject, version, body, idem, link, _ = (
        cell.decode() if isinstance(cell, bytes) else cell for cell in row
    )
    fields = {
        "no": no, "at": at, "day": day, "verb": verb, "actor": actor, "role": role,
        "subject": subject, "version": version, "body": orjson.Fragment(body), "idem": idem,
        "prev": link,
    }  # fmt: skip
    return orjson.dumps(fields, option=orjson.OPT_SORT_KEYS)
