"""The brief of a closed night, and what each of its figures rests on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import cast

from partage.casework.adopt import STANDING
from partage.casework.close import closes_at
from partage.core.errors import InputRefused
from partage.costs import Period, Statement
from partage.ledger.facts import Entry
from partage.office.costs import Costs
from partage.office.desk import Desk
from partage.packs.pack import Pack
from partage.report.brief import TO, Brief, build_brief
from partage.report.tracing import Traced, day_of, trace

ASKS = ("open", "answered", "promised", "kept", "partly-kept", "not-kept")


class Briefing(Desk):
    """The brief of a closed night, and what each of its figures rests on."""

    def brief(
        self,
        day: date | None = None,
        *,
        to: str = "federal",
        scope: str = "",
        options: bool = False,
    ) -> Brief:
        """What a minister's office, a province or a city is told of a closed night; no personal data.

        ``day``: the last night that is over, if none is named. ``scope``: a region or a city; left
        out, that of the actor. ``options``: also what a few scenarios would have meant; that takes
        seconds, and the first time a minute.
        """
        if to not in TO:
            raise InputRefused("A brief is to somebody else.", f"Use one of: {', '.join(TO)}.")
        where = scope or ("" if to == "federal" else self.actor.scope.strip())
        if to == "province" and where:
            where = str(self.pack.region_id(where))
        if to == "city":
            where = where.lower()
        self._permit(
            "brief", region=where if to == "province" else "",
            site=f"{where}/x" if to == "city" else "",
        )  # fmt: skip
        day = day_of((day or date.fromisoformat(self._day()) - timedelta(days=1)).isoformat())
        asks = {
            subject.partition("/")[2]: row
            for state in ASKS
            for subject, row in self.journal.rows("matters", list=f"ask/{state}").items()
        }
        standing = self.journal.row("matters", STANDING) or {}
        reading = self._reading()
        plans = [e for e in reading.of_day(day) if e.verb == "propose" and "policy" in e.body]
        policy = str(plans[-1].body["policy"] if plans else standing.get("policy", ""))
        return build_brief(
            reading, day, to, where, asks=asks, policy=policy,
            head=self.journal.head(), synthetic=self._is_synthetic(), with_options=options,
        )  # fmt: skip

    def trace(self, ref: str) -> Traced:
        """The journal entries or rows of the pack that a figure rests on; no case by its code."""
        self._permit("trace")
        if ref.startswith("cost/"):  # amounts are read by whom the brief with them is for
            self._permit("brief", fields="amounts", region="/".join(ref.split("/")[2:3]))
        return trace(ref, self._reading())

    def _reading(self) -> _Record:
        return _Record(self.pack, self)

    def _is_synthetic(self) -> bool:
        first = next(self.journal.read(), None)
        return first is not None and first.body.get("clock") == "stated"


@dataclass(frozen=True, slots=True)
class _Record:
    """The record of one office as figures are worked out from it."""

    pack: Pack
    desk: Desk

    def of_day(self, day: date) -> Sequence[Entry]:
        """The entries of an operational day, read backwards from now."""
        zones = {site.zone for site in self.pack.sites}
        zones |= {point.zone for point in self.pack.entry_points}
        first = min(closes_at(day - timedelta(days=1), zone) for zone in zones)
        since = self.desk._since(first)
        return [e for e in since if e.day == day.isoformat()]

    def of(self, subject: str) -> Sequence[Entry]:
        """The entries of a subject."""
        return list(self.desk.journal.read(subject=subject))

    def statement(self, region: str, period: Period) -> Statement:
        """The draft of a region's costs in a period."""
        return cast(Costs, self.desk)._state(region, period, None)

    def all(self) -> Iterator[Entry]:
        """Every entry."""
        return self.desk.journal.read()
