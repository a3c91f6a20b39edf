"""The desk: what every verb of the office shares. It reads what a verb needs, appends what it answers."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from partage.casework.acts import Acts, Units, add_units, by_period
from partage.casework.adopt import STANDING
from partage.casework.appoint import against, check_appointed, key_of, stands_in_for
from partage.casework.silence import Silence, chosen_at
from partage.casework.survey import NO_ROW, free_at, left_of, open_on, owners_of, survey
from partage.casework.terms import consent_on
from partage.core.errors import (
    NotFound,
    NotPermitted,
    Refusal,
    Stale,
    Unfaithful,
    WrongState,
    no_such,
)
from partage.core.findings import Finding
from partage.core.household import Household, Need, Profile
from partage.core.marks import canonical, mark_of_bytes
from partage.core.policy import SILENT_HOURS, Policy
from partage.core.situation import Situation
from partage.core.streams import Stream, fresh_seed
from partage.core.units import CASE_ID, instant, operational_day
from partage.ledger.facts import ANSWER, Draft, Entry, Secret
from partage.office.permits import Actor, Permit, may_at_all, permit
from partage.office.ports import Clock, Journal, Stamp
from partage.office.seen import Seen
from partage.packs.loader import Pack
from partage.place.needs import units_needed

BY_AGREEMENT = (
    "site",
    "escort",
)  # they see people's data for the place that agreed to receive them
TRIES = 20  # how often a verb that found its subject moved reads again before it says so


@dataclass(frozen=True, slots=True)
class Done:
    """What a verb answers: the entries it wrote, its data, and everything it found."""

    entries: tuple[Entry, ...]
    data: Mapping[str, Any]
    findings: tuple[Finding, ...] = ()
    assumptions: tuple[str, ...] = ()


class OwnKey(str):
    """A key that the office made itself of a day, a pack or a number: it says nothing of people."""

    __slots__ = ()


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
        self.seen = Seen()

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
        self._check_appointed(verb)
        key = f"{verb}:{self._blinded(idem) if idem else self._once(verb)}"
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
            if idem is None:
                return Done(entries, acts.data, acts.findings)
            own = canonical(dict(acts.data))
            if entries and entries[0].body.get(ANSWER) == mark_of_bytes(own):
                return Done(entries, json.loads(own), acts.findings)
            said = self.journal.answered(key)  # another writer was first
            return Done(entries, said.data if said else acts.data, acts.findings)
        raise AssertionError("the loop above returns or raises")

    def _permit(
        self,
        verb: str,
        *,
        fields: str = "",
        region: str = "",
        site: str = "",
        run: str = "",
        case: str = "",
    ) -> Permit:
        """The row that lets this actor do or read this here and now; every verb begins with it.

        ``NotPermitted`` without a row, and for whoever is not, or not now, appointed to the role.
        """
        row = permit(
            self.actor, verb,
            fields=fields, region=region, site=site, run=run, case=case, day=self._day(),
        )  # fmt: skip
        self._check_appointed(verb)
        return row

    def _may_at_all(self, verb: str) -> None:
        """Before a subject is looked up to know whose it is: nobody learns by a refusal what exists."""
        may_at_all(self.actor, verb)
        self._check_appointed(verb)

    def _permit_found(
        self,
        verb: str,
        where: Mapping[str, str] | None,
        *,
        fields: str = "",
        run: str = "",
        case: str = "",
    ) -> Permit:
        """The permit for what was looked up: ``where`` it is, None if there is no such thing.

        Whoever acts only for its own is refused in the same words what is another's and what is not
        there, and is not told where it is.
        """
        try:
            row = permit(
                self.actor,
                verb,
                fields=fields,
                run=run,
                case=case,
                day=self._day(),
                **(where or {}),
            )
        except NotPermitted:
            permit(self.actor, verb, fields=fields, run=run, case=case, day=self._day())
            raise
        self._check_appointed(verb)
        return row

    def _of_site(self, site: str) -> dict[str, str]:
        """A site as the permits take it."""
        place = self.pack.site(site)
        return {"site": place.id, "region": str(place.region)}

    def _check_appointed(self, verb: str) -> None:
        """Where a role has appointments, only who is appointed acts and reads in it, in the days and
        hours said and over what was said.

        When the terms of all admins have run out, each of them may still appoint, and do nothing else.
        """
        role, name = self.actor.role, self.actor.name
        if role == "household" or not self.journal.row("matters", f"role/{role}"):
            return
        row = self.journal.row("matters", key_of(role, name))
        was = role == "admin" and row is not None and row["state"] == "active"
        if was and verb == "appoint" and all(against(one, self._at()) for one in self._admins()):
            return
        check_appointed(row, name, role, self.clock.now(), self.actor.scope)

    def _admins(self) -> list[dict[str, Any]]:
        rows = self.journal.rows("matters", list="appointment/active").values()
        return [row for row in rows if row["role"] == "admin"]

    def _stands_for(self) -> tuple[str, ...]:
        """Whom this actor is the deputy of in this role, by an appointment, and whom those are of."""
        return stands_in_for(
            self.actor.name, self.actor.role, lambda key: self.journal.row("matters", key)
        )

    def _read(self, what: str, subjects: Sequence[str], ground: Permit, *, site: str = "") -> None:
        """Log that personal data are read: what, of whom, by whom, on what ground; never the data.

        The log comes first: where it cannot be written, nothing is shown. Whoever reads for ``site``
        reads under its agreement, and the log says from when to when that is.
        """
        drafts = self._read_drafts(what, subjects, ground, site=site)
        if drafts:
            self._do("read", lambda: Acts(drafts), None)

    def _read_drafts(
        self, what: str, subjects: Sequence[str], ground: Permit, *, site: str = ""
    ) -> tuple[Draft, ...]:
        agreement = self._agreement(ground, site)
        body = {
            "what": what, "fields": ground.fields, "ground": ground.ground,
            **({"agreement": agreement} if agreement else {}),
        }  # fmt: skip
        return tuple(Draft("read", f"read/{s}", body, self._day()) for s in dict.fromkeys(subjects))

    @contextmanager
    def _looking(
        self,
        what: str,
        cases: Sequence[str],
        ground: Permit,
        *,
        site: str = "",
        refusals: type[Refusal] = Refusal,
    ) -> Iterator[None]:
        """A refusal from inside says something of what is known: it is logged as a look before it shows."""
        try:
            yield
        except refusals:
            self._read(what, cases, ground, site=site)
            raise

    def _agreement(self, ground: Permit, site: str) -> dict[str, str]:
        """The agreement that a read rests on, with its dates; empty on the office's own ground."""
        if ground.agreement:
            return {"name": ground.agreement, "from": ground.from_day, "to": ground.to_day}
        if not site or self.actor.role not in BY_AGREEMENT:
            return {}
        row = self.journal.row("places", site) or {}
        today = date.fromisoformat(self._day())
        consent = consent_on(row, today) or (row.get("consents") or [{}])[-1]
        dates = {k: str(consent[n]) for k, n in (("from", "first"), ("to", "last")) if n in consent}
        return {"name": f"site/{site}", **dates}

    def _situation(
        self,
        day: date,
        nights: int,
        *,
        without: Collection[str] = (),
        silent_hours: int | None = None,
        chosen: Mapping[str, str | None] | None = None,
    ) -> Situation:
        """The situation on a day; what is approved and not yet offered counts as held.

        Not so for the cases ``without`` which it is asked: they are planned again. With
        ``silent_hours``, for plans, a site silent for longer is left out, but for the cases ``chosen``
        for it by a person; not of a day that is over, which no word can change.
        """
        places = self._places()
        held: dict[str, Units] = {}
        sent: dict[str, Units] = {}
        for case, row in self.journal.rows("cases", state="approved").items():
            if case in without:
                continue
            site, planned = row["approved"]["site"], row["approved"]["day"]
            units, persons = self._units_of(case, row)
            add_units(
                held.setdefault(site, {}),
                by_period(units, self.pack.services, date.fromisoformat(planned)),
            )
            add_units(sent.setdefault(site, {}), {planned: {"person": persons}})
        for site in held:
            own = places.get(site, NO_ROW)
            places[site] = self.seen.with_more(site, own, held[site], sent[site])
        over = day.isoformat() < self._day()
        silence = (
            None
            if silent_hours is None or over
            else Silence(silent_hours, self.clock.now(), chosen_at(chosen or {}))
        )
        with self.seen.one_at_a_time:
            return survey(places, self.pack, day, nights, silence, self.seen.parts)

    def _places(self) -> dict[str, Mapping[str, Any]]:
        """What stands for every region, city and site; whoever changes a row copies it first."""
        return self.journal.rows_kept("places", self.seen.rows)

    def _units_of(self, case: str, row: Mapping[str, Any]) -> tuple[Mapping[str, int], int]:
        """Units that a household takes, by service, and its persons."""
        version = int(row["version"])
        known = self.seen.units(case, version)
        if known is None:
            household = self._household(case, row)
            known = units_needed(household.need), household.persons
            self.seen.keep_units(case, version, *known)
        return known

    def _silent_hours(self) -> int:
        """After how long plans leave a silent site out, by the standing policy."""
        standing = (self.journal.row("matters", STANDING) or {}).get("in_force") or {}
        policy = self.pack.policies.get(standing.get("policy", ""))
        return policy.silent_hours if policy else SILENT_HOURS

    def _place(self, subject: str) -> tuple[dict[str, Any], int]:
        """What stands for a site or region, and its version; a later change makes it stale."""
        version = self.journal.version(subject)
        return self.journal.row("places", subject.partition("/")[2]) or {}, version

    def _case(self, case: str) -> dict[str, Any]:
        row = self.journal.row("cases", case) if CASE_ID.match(case) else None
        if row is None:
            raise NotFound(no_such("case", case), "A case id is H- and ten characters.")
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
            raise NotFound(no_such(kind, name), do)
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

    def _blinded(self, idem: str) -> str:
        """A key as the chain keeps it: who is named in one, or the file it is the mark of, stays unsaid.

        The digest of a file about few people would confirm any guess of what stood in it, for ever.
        """
        if isinstance(idem, OwnKey):
            return idem
        if self._seed is not None:  # training: the same in every repetition
            return mark_of_bytes(f"{self._seed}\x00{idem}".encode("utf-8", "surrogatepass"))[7:]
        return self.journal.blind(idem)

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
