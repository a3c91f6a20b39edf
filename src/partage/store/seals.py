"""The chain of one file checked by its seals alone, on every core: what ``verify --chain`` reads.

Each process takes a stretch of entries and starts from the seal written before it; together they cover
every link. The states, sums and plans are ``verify``'s own work.
"""

from __future__ import annotations

import multiprocessing as mp
import os
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from hashlib import sha256
from itertools import pairwise
from typing import Any

import orjson

from partage.ledger.facts import GENESIS

STRETCH = 25_000  # entries; with fewer than two, starting another process costs more than it saves
Row = tuple[Any, ...]  # the columns of an entry, texts as bytes: nothing is decoded
Reader = Callable[[str, int, int], Generator[Row, None, None]]  # of a module: it is sent to others
Stretch = tuple[Reader, str, int, int]


def check_seals(read: Reader, address: str, entries: int) -> tuple[int, str]:
    """How many entries were checked, and what is wrong with the first that does not fit, or "".

    ``read`` gives the entries from one number to another as bytes, from the address that was given.
    """
    edges = [*range(0, entries, STRETCH), entries]
    stretches = [(read, address, a + 1, b) for a, b in pairwise(edges)]
    others = min((os.cpu_count() or 1) - 1, len(stretches) // 2)
    found = map(check_stretch, stretches) if others < 1 else _side_by_side(stretches, others)
    good = 0
    for count, fault in found:
        good += count
        if fault:
            return good, fault
    return good, ""


def _side_by_side(stretches: list[Stretch], others: int) -> list[tuple[int, str]]:
    """Every stretch checked: other processes begin at the front, and this one at the back."""
    with ProcessPoolExecutor(others, mp_context=mp.get_context("spawn")) as pool:
        asked = [pool.submit(check_stretch, one) for one in stretches]
        mine = {
            n: check_stretch(stretches[n])
            for n in reversed(range(len(stretches)))
            if asked[n].cancel()  # nobody has begun it
        }
        return [mine.get(n) or asked[n].result() for n in range(len(stretches))]


def check_stretch(stretch: Stretch) -> tuple[int, str]:
    """Entries of one stretch that fit, and what is wrong with the next, or ""."""
    read, address, first, last = stretch
    with closing(read(address, max(first - 1, 1), last)) as rows:
        prev, before = GENESIS.encode(), b""
        if first > 1:
            row = next(rows, None)
            there = row is not None and row[0] == first - 1
            prev, before = (row[11], row[1]) if row is not None and there else (b"", b"")
            if row is not None and not there:
                return 0, f"entry {first - 1} is missing, or moved"
        return check_rows(rows, first, last, prev, before)


def check_rows(
    rows: Iterable[Row], first: int, last: int, prev: bytes, before: bytes
) -> tuple[int, str]:
    """The same of entries that are at hand, after one with that seal and instant."""
    number = first - 1
    join = b"".join
    try:
        for row in rows:
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
            said = join((actor, at, day, idem, role, subject, verb))
            if (
                # signs that JSON would escape, or has escaped: the slower way decides
                b'"' in said
                or b"\\" in said
                or b"sha256:" + sha256(content).hexdigest().encode() != seal
            ) and b"sha256:" + sha256(prev + _content(row)).hexdigest().encode() != seal:
                return number - first + 1, f"entry {no} is not what its seal says"
            number, prev, before = no, seal, at
        if number != last:
            return number - first + 1, f"entry {number + 1} is missing"
        return number - first + 1, ""
    except (TypeError, ValueError, orjson.JSONEncodeError):
        return number - first + 1, f"entry {number + 1} cannot be read"


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
