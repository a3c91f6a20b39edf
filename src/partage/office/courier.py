"""The courier: tells each address, in the order of the chain, what happened since it was told last.

Where an address stands is a position in the chain, kept beside the record: a server that is killed goes
on from there, so that everything is told at least once. What came of it is in a log of thirty days.
"""

from __future__ import annotations

import json
import secrets
import threading
import time
from collections import deque
from collections.abc import Callable, Generator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import islice
from typing import Any

from partage.casework.hook import told
from partage.core.errors import Refusal
from partage.core.units import instant
from partage.ledger.facts import Entry
from partage.office.ports import Clock, Journal

Row = dict[str, Any]
Post = Callable[[str, str, str, bytes], tuple[int, str]]  # address, secret, id, body -> status, why
WAITS = (5, 30, 120, 600, 1800, 3600, 7200, 14400, 28800, 43200)  # seconds after each miss
AT_ONCE, BATCH_SECONDS = 50, 5  # deliveries before it is written down how far one is
CLAIM_SECONDS = 60  # longer than a batch and the longest delivery
AHEAD = 1000  # entries read at once
PASSED_OVER = (
    10_000  # entries without one that it asks for, after which it is written how far one is
)
LOG_DAYS = 30
TEST = "test"  # what a message is called that tells nothing
GONE = 410  # "nobody lives here": told nothing more


@dataclass(slots=True)
class Courier:
    """Delivers from one journal; two of them on one journal take turns on an address."""

    journal: Journal
    clock: Clock
    post: Post
    _name: str = field(default_factory=lambda: secrets.token_hex(8))
    _ahead: dict[str, deque[Entry]] = field(default_factory=dict)
    _seen: dict[str, int] = field(default_factory=dict)
    _written: int = 0  # parts of the log

    def round(self) -> int:
        """Every address is told what there is for it, at most a batch; how many messages were sent."""
        sent = 0
        for key, row in self.journal.asides("hook").items():
            if row["state"] == "on" and (self._due(key, row) or row["again"] or row.get("test")):
                sent += self._tell(key)
        return sent

    def run(self, stop: threading.Event, nap: float = 1.0) -> None:
        """Rounds until told to stop; a database that is away is asked again."""
        while not stop.is_set():
            try:
                sent = self.round()
            except Refusal:
                sent = 0
            if not sent:
                stop.wait(nap)

    def _due(self, key: str, row: Row) -> bool:
        """Whether there is something to tell it now; what it does not ask for is passed over."""
        if row["wait"] > instant(self.clock.now()):
            return False
        ahead = self._left(key, row)
        head = self.journal.head()[0]
        while not ahead and (after := max(int(row["position"]), self._seen.get(key, 0))) < head:
            with closing(_reading(self.journal, after)) as entries:
                found = list(islice(entries, AHEAD))
            if not found:
                break
            self._seen[key] = found[-1].no
            self.journal.answered(found[-1].idem)  # what is told is on the disk
            ahead.extend(entry for entry in found if entry.verb in row["events"])
            if not ahead and found[-1].no - int(row["position"]) > PASSED_OVER:
                self._pass_over(key, found[-1].no)
        return bool(ahead)

    def _left(self, key: str, row: Row) -> deque[Entry]:
        """What was read and is still to be told."""
        ahead = self._ahead.setdefault(key, deque())
        while ahead and ahead[0].no <= row["position"]:
            ahead.popleft()
        return ahead

    def _pass_over(self, key: str, no: int) -> None:
        def how(row: Row | None) -> Row | None:
            return None if row is None else {**row, "position": max(int(row["position"]), no)}

        self.journal.change_aside(key, how)

    def _tell(self, key: str) -> int:
        row = self._claim(key)
        if row is None:
            return 0
        secret = self.journal.unseal_aside(key, row["secret"])
        address = self.journal.unseal_aside(key, row["address"])
        if secret is None or address is None:
            self._write(key, row, [], stopped="the key of the vault is another one")
            return 0
        log: list[Row] = []
        for no in row["again"]:
            entry = self._entry(int(no))
            if entry is not None:
                log.append(self._send(key, entry, address, secret, again=True))
        if row.get("test"):
            log.append(self._try_out(key, str(row["test"]), address, secret))
        if row["wait"] <= instant(self.clock.now()):
            until = time.monotonic() + BATCH_SECONDS
            ahead = self._left(key, row)
            while ahead and len(log) < AT_ONCE and time.monotonic() < until:
                log.append(self._send(key, ahead[0], address, secret, attempt=row["misses"] + 1))
                if not log[-1]["ok"]:
                    break
                row["misses"] = 0
                ahead.popleft()
        self._write(key, row, log)
        return len(log)

    def _entry(self, no: int) -> Entry | None:
        with closing(_reading(self.journal, no - 1)) as entries:
            found = next(entries, None)
        return found if found is not None and found.no == no else None

    def _send(
        self, key: str, entry: Entry, address: str, secret: str, *, again: bool = False, attempt: int = 1
    ) -> Row:  # fmt: skip
        id_ = f"{key.removeprefix('hook/')}-{entry.no}"
        sent = self._posted(address, secret, id_, told(entry))
        return {**sent, "no": entry.no, "event": entry.verb, "attempt": attempt, "again": again}

    def _try_out(self, key: str, number: str, address: str, secret: str) -> Row:
        """A message that tells nothing but that it came; whatever is answered, nothing waits for it."""
        id_ = f"{key.removeprefix('hook/')}-test-{number}"
        body = {"type": TEST, "timestamp": instant(self.clock.now()), "data": {}}
        sent = self._posted(address, secret, id_, body)
        return {**sent, "no": 0, "event": TEST, "attempt": 1, "again": True}

    def _posted(self, address: str, secret: str, id_: str, body: Row) -> Row:
        began, at = time.monotonic(), instant(self.clock.now())
        status, why = self.post(
            address, secret, id_, json.dumps(body, separators=(",", ":")).encode()
        )
        return {
            "id": id_, "at": at, "ok": 200 <= status < 300, "status": status, "why": why,
            "ms": int(1000 * (time.monotonic() - began)),
        }  # fmt: skip

    def _claim(self, key: str) -> Row | None:
        """The row as it stands, if nobody else tells this address now."""
        mine: Row | None = None
        now = self.clock.now()

        def how(row: Row | None) -> Row | None:
            nonlocal mine
            mine = None
            if row is None or row["state"] != "on":
                return row
            if row["claim"] not in ("", self._name) and row["claimed_until"] > instant(now):
                return row
            until = instant(now + timedelta(seconds=CLAIM_SECONDS))
            mine = {**row, "claim": self._name, "claimed_until": until}
            return mine

        self.journal.change_aside(key, how)
        return None if mine is None else dict(mine)

    def _write(self, key: str, row: Row, log: list[Row], stopped: str = "") -> None:
        """The log first, then how far one is: who is killed between the two tells it once more."""
        now = self.clock.now()
        if log:
            day, hook = log[0]["at"][:10], key.removeprefix("hook/")
            until = instant(now + timedelta(days=LOG_DAYS))
            name = f"delivered/{hook}/{day}"
            kept = {"list": name, "until": until, "sent": log}
            self._written += 1
            self.journal.change_aside(
                f"{name}/{log[0]['at']}-{self._written:09}-{self._name}", lambda _: kept
            )
        news = [one for one in log if not one["again"]]
        done = [one["no"] for one in news if one["ok"]]
        miss = next((one for one in news if not one["ok"]), None)
        again, tried = set(row["again"]), row.get("test", "")

        def how(there: Row | None) -> Row | None:
            if there is None:
                return None
            after = {**there, "claim": "", "claimed_until": ""}
            after["again"] = [no for no in there["again"] if no not in again]
            if there.get("test", "") == tried:
                after["test"] = ""
            after["position"] = max([int(there["position"]), *done])
            if done:
                after |= {"misses": 0, "wait": ""}
            if miss:
                after |= _missed(after, miss, now)
            if stopped:
                after |= {"state": "stopped", "why": stopped}
            return after

        self.journal.change_aside(key, how)


def _reading(journal: Journal, after: int) -> Generator[Entry, None, None]:
    """The entries after a number, and no cursor left open when one has enough."""
    yield from journal.read(after=after)


def _missed(row: Row, miss: Row, now: Any) -> Row:
    """One more miss: wait longer; after the last wait, or where nobody lives any more, told nothing."""
    misses = int(row["misses"]) + 1
    why = miss["why"] or f"answered {miss['status']}"
    if misses > len(WAITS) or miss["status"] == GONE:
        return {"misses": misses, "state": "stopped", "why": why, "wait": ""}
    wait = instant(now + timedelta(seconds=WAITS[misses - 1]))
    return {"misses": misses, "why": why, "wait": wait}
