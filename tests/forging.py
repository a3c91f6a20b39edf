"""What an attacker with the file can do: entries changed, put in, cut out, and every seal made anew.

``forge`` is the strongest of them: numbers, versions, seals, views and head all fit again afterwards.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from partage.core.marks import dumps, mark_of_bytes
from partage.ledger.facts import ANSWER, GENESIS, Entry, seal
from partage.ledger.views import MemoryRows, project
from partage.store.rows import put_rows

Facts = list[dict[str, Any]]
NAMES = (
    "no", "at", "day", "verb", "actor", "role", "subject", "version", "body", "idem", "prev", "seal",
)  # fmt: skip


def read_facts(path: Path) -> Facts:
    """Every entry as a dictionary, its body decoded."""
    import orjson

    plain = sqlite3.connect(path)
    rows = plain.execute(f"SELECT {', '.join(NAMES)} FROM entries ORDER BY no").fetchall()
    plain.close()
    facts = [dict(zip(NAMES, row, strict=True)) for row in rows]
    return [fact | {"body": orjson.loads(fact["body"])} for fact in facts]


def forge(path: Path, change: Callable[[Facts], object], *blobs: bytes) -> Facts:
    """Change the facts, then make the whole file fit them: no seal, number, view or head can tell."""
    facts = read_facts(path)
    change(facts)
    versions: dict[str, int] = {}
    new: dict[str, tuple[int, str]] = {}  # what each old seal became, for bodies that name it
    prev = GENESIS
    rows = MemoryRows()
    plain = sqlite3.connect(path)
    plain.execute("DELETE FROM entries")
    _fit_answers(facts, dict(plain.execute("SELECT idem, data FROM answers")))
    for no, fact in enumerate(facts, 1):
        versions[fact["subject"]] = versions.get(fact["subject"], 0) + 1
        fact |= {"no": no, "version": versions[fact["subject"]], "prev": prev}
        if fact["body"].get("anchor") in new:
            fact["body"]["upto"], fact["body"]["anchor"] = new[fact["body"]["anchor"]]
        content = {name: fact[name] for name in NAMES[:-1]}
        old, prev = fact["seal"], seal(prev, content)
        fact["seal"], new[old] = prev, (no, prev)
        with suppress(ValueError, KeyError):  # an impossible effect: no views fit it
            project(Entry(**content, seal=prev), rows)
        values = {**fact, "body": dumps(fact["body"]).decode()}
        plain.execute(
            f"INSERT INTO entries ({', '.join(NAMES)}) VALUES ({', '.join(':' + n for n in NAMES)})",
            values,
        )
    plain.execute("DELETE FROM answers WHERE idem NOT IN (SELECT idem FROM entries)")
    plain.execute("INSERT OR IGNORE INTO answers SELECT DISTINCT idem, '{}' FROM entries")
    plain.execute("UPDATE head SET no = ?, seal = ?", (len(facts), prev))
    for view, table in rows.tables.items():
        plain.execute(f"DELETE FROM {view}")
        put_rows(plain, view, table)
    for data in blobs:
        plain.execute("INSERT INTO blobs VALUES (?, ?)", (mark_of_bytes(data), data))
    plain.commit()
    plain.close()
    return facts


def _fit_answers(facts: Facts, kept: dict[str, str]) -> None:
    """No entry says another mark than that of the answer kept under its key."""
    for fact in facts:
        said = fact["body"].get(ANSWER)
        if said and said != mark_of_bytes(kept.get(fact["idem"], "").encode()):
            del fact["body"][ANSWER]


def the(facts: Facts, verb: str, number: int = 0, **has: Any) -> dict[str, Any]:
    """The fact of that verb or step (``depart:no-show``) with that number among them."""
    found = [
        f
        for f in facts
        if (f["body"].get("step") == verb or (f["verb"] == verb and "step" not in f["body"]))
        and all(f.get(name) == value for name, value in has.items())
    ]
    return found[number]


def line(facts: Facts, number: int = 0) -> dict[str, Any]:
    """The approval of one household, not that of its plan."""
    return [f for f in facts if f["body"].get("step") == "approve"][number]


def after(facts: Facts, one: dict[str, Any], body: dict[str, Any], **more: Any) -> dict[str, Any]:
    """Put in a fact right after the act of another, as an act of its own."""
    last = max(n for n, f in enumerate(facts) if f["idem"] == one["idem"])
    new = {**facts[last], "idem": "forged:1", "body": body, **more}
    facts.insert(last + 1, new)
    return new
