"""The desk: what every verb of the office shares. It reads what a verb needs, appends what it answers."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from partage.casework.acts import Acts, add_units, by_period
from partage.casework.appoint import check_appointed, key_of
from partage.casework.survey import free_at, left_of, open_on, owners_of, survey
from partage.core.errors import NotFound, Stale, Unfaithful, WrongState
from partage.core.findings import Finding
from partage.core.household import Household, Need, Profile
from partage.core.policy import Policy
from partage.core.situation import Situation
from partage.core.streams import Stream, fresh_seed
from partage.core.units import CASE_ID, instant, operational_day
from partage.ledger.facts import Draft, Entry, Secret
from partage.office.permits import Actor, Permit
from partage.office.ports import Clock, Journal, Stamp
from partage.packs.loader import Pack
from partage.place.needs import units_needed

TRIES = 20  # how often a verb that found its subject moved reads again before it says so


@dataclass(frozen=True, slots=True)
class Done:
    """What a verb answers: the entries it wrote, its data, and everything it found."""

    entries: tuple[Entry, ...]
    data: Mapping[str, Any]
    findings: tuple[Finding, ...] = ()
    assumptions: tuple[str, ...] = ()


class Desk:
    """One journal, one pack, one clock and one actor."""

    def __init__(
        self, journal: Journal, pack: Pack, clock: Clock, actor: Actor, seed: str | None = None
    ) -> None:
        self.journal = journal
        self.pack = pack
        self.clock = clock
        self.actor = actor
        self._seed = seed

    def _do(
        self,
        verb: str,
        act: Callable[[], Acts],
        idem: str | None,
    ) -> Done:
        """Append what the pure verb answers; read again and retry where somebody was faster.

        A key is one verb's own: repeated for that verb it gives the first answer, whatever came
        with it.
        """
        self._check_appointed()
        key = f"{verb}:{idem or self._once(verb)}"
        for attempt in range(TRIES):
            first = self.journal.answered(key)
            if first is not None:
                return Done(first.entries, {**first.data, "answered_before": True})
            acts = act()
            if not acts.drafts:
                return Done((), acts.data, acts.findings)
            stamp = Stamp(self._at(), self.actor.name, self.actor.role)
            try:
                entries = self.journal.append(
                    acts.drafts,
                    acts.expect,
                    key,
                    stamp=stamp,
                    secrets=acts.secrets,
                    blobs=acts.blobs,
                    answer=acts.data,
                    forget=acts.forget,
                )
            except Stale:
                if attempt == TRIES - 1:
                    raise
                continue
            if idem is not None and (said := self.journal.answered(key)) is not None:
                return Done(entries, said.data, acts.findings)  # another writer may have been first
            return Done(entries, acts.data, acts.findings)
        raise AssertionError("the loop above returns or raises")

    def _check_appointed(self) -> None:
        """Where a role has appointments, only who is appointed acts in it, in the days and hours said."""
        role, name = self.actor.role, self.actor.name
        if role != "household" and self.journal.row("matters", f"role/{role}"):
            row = self.journal.row("matters", key_of(role, name))
            check_appointed(row, name, role, self.clock.now())

    def _read(self, what: str, subject: str, ground: Permit) -> None:
        """Log that personal data are read: what, of whom, by whom, on what ground; never the data.

        The log comes first: where it cannot be written, nothing is shown.
        """
        body = {
            "what": what, "fields": ground.fields, "ground": ground.ground,
            **({"agreement": ground.agreement} if ground.agreement else {}),
        }  # fmt: skip
        draft = Draft("read", f"read/{subject}", body, self._day())
        self._do("read", lambda: Acts((draft,)), None)

    def _situation(self, day: date, nights: int, *, without: Collection[str] = ()) -> Situation:
        """The situation on a day; what is approved and not yet offered counts as held.

        Not so for the cases ``without`` which it is asked: they are planned again.
        """
        places = self.journal.rows("places")
        for case, row in self.journal.rows("cases", state="approved").items():
            if case in without:
                continue
            household = self._household(case, row)
            planned = date.fromisoformat(row["approved"]["day"])
            units = by_period(units_needed(household.need), self.pack.services, planned)
            place = places.setdefault(row["approved"]["site"], {})
            add_units(place.setdefault("held", {}), units)
            sent = {row["approved"]["day"]: {"person": household.persons}}
            add_units(place.setdefault("sent", {}), sent)
        return survey(places, self.pack, day, nights)

    def _place(self, subject: str) -> tuple[dict[str, Any], int]:
        """What stands for a site or region, and its version; a later change makes it stale."""
        version = self.journal.version(subject)
        return self.journal.row("places", subject.partition("/")[2]) or {}, version

    def _case(self, case: str) -> dict[str, Any]:
        row = self.journal.row("cases", case) if CASE_ID.match(case) else None
        if row is None:
            raise NotFound(f"There is no case {case}.", "A case id is H- and ten characters.")
        return row

    def _household(self, case: str, row: Mapping[str, Any]) -> Household:
        subject = f"case/{case}"
        parts = {s.kind: s.data for s in self._secrets(subject) if s.kind != "reason"}
        if "case" not in parts:
            raise NotFound(f"The data of {case} were erased.", "It can no longer be placed.")
        need = Need.from_dict(json.loads(parts["case"]))
        need = replace(need, declined=bool(row["declined"]))
        return Household(need, Profile.from_dict(json.loads(parts.get("profile", b"{}"))))

    def _secrets(self, subject: str, kind: str | None = None) -> list[Secret]:
        """Rows of the vault; one that was tampered with is never used."""
        found = self.journal.secrets(subject, kind)
        broken = next((s for s in found if not s.salt), None)
        if broken:
            raise Unfaithful(
                f"Row {broken.id} of the vault was changed after it was sealed.",
                "Run 'partage verify'; restore the vault from a copy.",
            )
        return found

    def _households(
        self, rows: Mapping[str, Mapping[str, Any]]
    ) -> tuple[list[Household], list[Finding]]:
        """The households of these cases; one whose data are missing is a finding, not a stop."""
        households, lost = [], []
        for case, row in rows.items():
            try:
                households.append(self._household(case, row))
            except NotFound as refusal:
                lost.append(Finding(f"case {case}", refusal.what, refusal.do, "fault"))
        return households, lost

    def _policy_of(self, plan: str | None) -> Policy:
        if not plan:
            raise WrongState("No place is approved for this case.", "Propose and approve first.")
        return self.pack.policy(str(self._history(f"plan/{plan}", plan)[0].body["policy"]))

    def _history(self, subject: str, name: str) -> list[Entry]:
        history = list(self.journal.read(subject=subject))
        if not history:
            kind = subject.partition("/")[0]
            do = "Check the id."
            if kind == "run":
                do = "Name the run, R-…; for a case add --fallback or --found."
            raise NotFound(f"There is no {kind} {name}.", do)
        return history

    def _zones(self) -> dict[str, str]:
        """The zone of each account; the accounts outside are taken at the first entry point, ``""``."""
        zones = {f"hosted@{site.id}": site.zone for site in self.pack.sites}
        zones |= {f"waiting@{point.id}": point.zone for point in self.pack.entry_points}
        return zones | {"": self.pack.entry_points[0].zone}

    def _stream(self, verb: str) -> Stream:
        if self._seed is None:
            return Stream(fresh_seed(), verb)
        return Stream(self._seed, verb, str(self.journal.head()[0]))

    def _once(self, verb: str) -> str:
        """A key nobody has used; with a seed (training only) the same in every repetition."""
        if self._seed is None:
            return fresh_seed()
        return self._stream("once").child(verb, self.actor.name).token(26)

    def _at(self) -> str:
        return instant(self.clock.now())

    def _day(self, zone: str | None = None) -> str:
        return operational_day(self.clock.now(), zone or self.pack.entry_points[0].zone).isoformat()

    def _began(self) -> str:
        """The day of the first entry; today if there is none yet."""
        first = next(self.journal.read(), None)
        return first.day if first else self._day()

    def _since(self, at: str) -> list[Entry]:
        """The entries from that instant on; read backwards, so that an old journal costs nothing."""
        last, step = self.journal.head()[0], 500
        first = last
        while first > 0:
            first = max(0, first - step)
            head = next(self.journal.read(after=first), None)
            if head is not None and head.at < at:
                break
            step *= 2
        return [entry for entry in self.journal.read(after=first) if entry.at >= at]

    def _tonight(self, region: str, today: date) -> dict[str, dict[str, int]]:
        """What each site of a region has free for one night, within the caps of their owners and not
        where they take nobody new; the day's limit is for those sent there."""
        places = self.journal.rows("places")
        free: dict[str, dict[str, int]] = {}
        for site in self.pack.sites:
            if site.region == region and open_on(places, site, today):
                row, owners = places.get(site.id, {}), owners_of(places, site)
                units, _ = free_at(row, owners, self.pack.services, today, 1, limited=False)
                left = left_of(places, self.pack, site, today, limited=False)
                if left is not None and "person" in units:
                    units["person"] = min(units["person"], left)
                free[site.id] = units
        return free


def rooms_in(tonight: Mapping[str, Mapping[str, int]], wanted: Mapping[str, int]) -> list[str]:
    """At most three sites that have all that is wanted tonight, for a refusal that helps."""
    fit = [s for s, free in tonight.items() if all(n <= free.get(k, 0) for k, n in wanted.items())]
    return fit[:3]
