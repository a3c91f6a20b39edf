"""Addresses that are told what happens: given, listed, ended, begun again; what came of each delivery."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import Any

from partage.casework.hook import add_hook, end_hook, resume_hook
from partage.core.errors import InputRefused, NotFound, WrongState, no_such
from partage.core.units import CROCKFORD, instant
from partage.office.desk import Desk, Done
from partage.office.reach import Reach
from partage.office.wire import new_secret

MOST_AGAIN = 100  # deliveries that wait to be made once more


class Hooks(Desk):
    """Addresses that are told what happens, and the log of what was told."""

    reach: Reach = Reach()

    def add_hook(
        self, address: str, events: Sequence[str], *, idem: str | None = None
    ) -> tuple[Done, str]:
        """Tell an address of these events from now on, and the secret they are signed by, shown once.

        Both are sealed beside the record; the secret is "" where ``idem`` was answered before.
        """
        self._permit("hook")
        origin = self.reach.check(address)
        hook = "W-" + "".join(secrets.choice(CROCKFORD) for _ in range(10))
        done = self._do("hook", lambda: add_hook(hook, origin, events, day=self._day()), idem)
        if done.data["hook"] != hook:
            return done, ""
        secret, key = new_secret(), f"hook/{hook}"
        row = {
            "list": "hook", "state": "on", "why": "", "events": list(done.data["events"]),
            "address": self.journal.seal_aside(key, address),
            "secret": self.journal.seal_aside(key, secret),
            "position": done.entries[-1].no, "misses": 0, "wait": "", "again": [],
            "claim": "", "claimed_until": "",
        }  # fmt: skip
        self.journal.change_aside(key, lambda _: row)
        return done, secret

    def end_hook(self, hook: str, *, idem: str | None = None) -> Done:
        """An address is told nothing any more; its address and its secret go at once."""
        self._permit("hook")
        done = self._do("hook", lambda: end_hook(hook, self._hook(hook), day=self._day()), idem)
        self.journal.change_aside(f"hook/{hook}", lambda _: None)
        return done

    def resume_hook(self, hook: str, *, idem: str | None = None) -> Done:
        """Deliveries that stopped after many misses go on from where they stopped, at once."""
        self._permit("hook")
        done = self._do("hook", lambda: resume_hook(hook, self._hook(hook), day=self._day()), idem)
        fresh = {"state": "on", "why": "", "misses": 0, "wait": ""}
        self.journal.change_aside(f"hook/{hook}", lambda row: None if row is None else row | fresh)
        return done

    def hooks(self) -> list[dict[str, Any]]:
        """Every address by its origin: what it is told, how far it is, and what stands against it."""
        self._permit("hook")
        rows = {
            subject.partition("/")[2]: row
            for state in ("active", "ended")
            for subject, row in self.journal.rows("matters", list=f"hook/{state}").items()
        }
        return [
            _shown(hook, row, self.journal.aside(f"hook/{hook}"))
            for hook, row in sorted(rows.items())
        ]

    def deliveries(self, hook: str, day: str = "") -> list[dict[str, Any]]:
        """What was delivered on a day (none: today), the newest first; kept for thirty days."""
        self._permit("hook")
        self._hook(hook)
        return _log(self.journal.asides(f"delivered/{hook}/{day or self._at()[:10]}"))

    def deliver_again(self, hook: str, no: int) -> Done:
        """One entry is told once more, whether it was delivered or not; the log says what came of it."""
        self._permit("hook")
        row = self._hook(hook)
        entry = next(self.journal.read(after=no - 1), None) if no > 0 else None
        if entry is None or entry.no != no or entry.verb not in row["events"]:
            raise NotFound(
                f"{hook} is not told of an entry {no}.", f"See 'partage hook {hook} --log'."
            )

        def how(there: dict[str, Any] | None) -> dict[str, Any] | None:
            if there is None or there["state"] != "on":
                raise WrongState(f"{hook} is told nothing now.", "Resume it first.")
            if len(there["again"]) >= MOST_AGAIN:
                raise InputRefused("Too many deliveries wait already.", "Wait until they are made.")
            return {**there, "again": sorted({*there["again"], no})}

        self.journal.change_aside(f"hook/{hook}", how)
        return Done((), {"hook": hook, "no": no, "at": instant(self.clock.now())})

    def test_hook(self, hook: str) -> Done:
        """A message without content is sent once; the log says what came of it, nothing waits for it."""
        self._permit("hook")
        self._hook(hook)
        number = secrets.token_hex(4)

        def how(there: dict[str, Any] | None) -> dict[str, Any] | None:
            if there is None or there["state"] != "on":
                raise WrongState(f"{hook} is told nothing now.", "Resume it first.")
            return {**there, "test": number}

        self.journal.change_aside(f"hook/{hook}", how)
        return Done((), {"hook": hook, "test": number, "at": instant(self.clock.now())})

    def _hook(self, hook: str) -> dict[str, Any]:
        row = self.journal.row("matters", f"hook/{hook}")
        if row is None:
            raise NotFound(no_such("webhook", hook), "See 'partage hook' for all.")
        return row


def _shown(hook: str, row: dict[str, Any], kept: dict[str, Any] | None) -> dict[str, Any]:
    """An address as an administrator sees it: never the whole of it, never its secret."""
    there = kept or {"state": "ended" if row["state"] == "ended" else "lost"}
    return {
        "hook": hook, "origin": row["origin"], "events": list(row["events"]),
        "state": there["state"], "told_to": there.get("position", 0), "misses": there.get("misses", 0),
        "why": there.get("why", ""), "next_try": there.get("wait", ""),
    }  # fmt: skip


def _log(rows: dict[str, dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows of a day flattened, the newest first."""
    return [one for _, row in sorted(rows.items(), reverse=True) for one in reversed(row["sent"])]
