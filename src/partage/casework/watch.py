"""What needs a look first: exceptions of the day, each with what to do, the gravest first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from partage.casework.acts import Row
from partage.casework.ask import overdue
from partage.casework.silence import Silence
from partage.core.findings import Finding, Weight
from partage.core.units import instant

Rows = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Limits:
    """After how long something is an exception. Each is an assumption of the office, not a law,
    but for the 15 days (IRPR 159.8: documents to the Refugee Protection Division)."""

    stale_hours: int = 24  # since a site last said what it has
    unplaced_days: int = 3  # "about three days after crossing" in February 2023 (grade B)
    lapse_hours: int = 3  # before an offer lapses
    contract_days: int = 14  # before the places of a site with people in it end
    filing_days: int = 3  # before the 15 days to file are over
    unconfirmed_hours: int = 12  # since a run left
    stay_days: int = 90  # without a plan to leave; the mean stay was 113 days (grade B)


LIMITS = Limits()
FILING = (
    "waiting", "outside-engine", "approved", "offered", "bound", "travelling", "kept", "hosted",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Watch:
    """The rows that exceptions are read from; ``cases`` by state, ``matters`` by list."""

    cases: Mapping[str, Rows]
    places: Rows
    matters: Mapping[str, Rows]
    now: datetime
    today: date
    owners: Rows = field(default_factory=dict)  # regions and cities, by their id
    standing: Row = field(default_factory=dict)
    silence: Silence | None = None  # after which plans leave a site out
    unclosed: str = ""  # the first day of the last week that is over and not closed
    limits: Limits = LIMITS

    def findings(self, *, codes: bool = True) -> list[Finding]:
        """All exceptions: people before places, faults before warnings.

        Without ``codes``, for whoever may see counts alone, cases are counted and not named.
        """
        kinds = (
            (self._lost(), "household(s) are looked for"),
            (self._missing(), "household(s) arrived without some of their persons"),
            (
                self._roofs(),
                "roof(s) were given on one officer's word and wait for a second person",
            ),
            (self._runs(), ""),
            (self._offers(), "offer(s) lapse soon or have lapsed"),
            (self._bound(), "site(s) wait for households that were to leave and have not"),
            (self._waiting(), "household(s) wait long, declined, or did not show up"),
            (self._filing(), "household(s) are near or past the 15 days to file"),
            (self._stays(), "household(s) have no plan to leave, or are past it"),
            (self._groups(), "group(s) were counted and are not described yet"),
            (self._pairs(), "pair(s) of cases look like one household"),
            (self._reviews(), "request(s) for review wait for their answer"),
            (self._asked(), ""),
            (self._promises(), ""),
            (self._office(), ""),
            (self._stale(), ""),
            (self._contracts(), ""),
        )
        found = [
            f for some, what in kinds for f in (some if codes or not what else _counted(some, what))
        ]
        return sorted(found, key=lambda f: f.weight != "fault")

    def _rows(self, *states: str) -> list[tuple[str, Row]]:
        return [(c, row) for state in states for c, row in self.cases.get(state, {}).items()]

    def _lost(self) -> list[Finding]:
        do = (
            "look for this household; 'partage arrive CASE --found' when it is seen, 'partage exit "
            "CASE --to …' once somebody knows where it is; '--to unknown --why …' ends the search"
        )
        return [
            Finding(
                f"case {case}",
                f"was not seen since {row['since']}{_last_at(row)}: whereabouts unknown",
                do,
                "fault",
            )
            for case, row in self._rows("unknown")
        ]

    def _missing(self) -> list[Finding]:
        return [
            Finding(
                f"case {case}",
                f"{row['missing']} of its {row['persons']} person(s) were not seen since it arrived",
                "look for them now; 'partage arrive CASE --found' when they are together",
                "fault",
            )
            for case, row in self._rows("hosted", "waiting")
            if row.get("missing")
        ]

    def _roofs(self) -> list[Finding]:
        found = []
        for subject, row in self.matters.get("roof/open", {}).items():
            late = row["night"] < self.today.isoformat()
            found.append(
                Finding(
                    f"case {row['case']}",
                    f"has an emergency roof at {row['site']} since the night of {row['night']}, "
                    f"on one officer's word ({row['why']})",
                    f"a second person looks at it: 'partage review {subject.partition('/')[2]}'",
                    "fault" if late else "warning",
                )
            )
        return found

    def _runs(self) -> list[Finding]:
        now = instant(self.now)
        loading = [
            Finding(
                f"run {subject.partition('/')[2]}",
                f"was to leave for {row['site']} at {row['leaves_at']} and has not left",
                "'partage depart' when it leaves; who cannot come is --no-show and keeps its roof",
                "warning",
            )
            for subject, row in self.matters.get("run/boarding", {}).items()
            if row["leaves_at"] < now
        ]
        return self._on_road() + loading

    def _on_road(self) -> list[Finding]:
        late = (self.now - timedelta(hours=self.limits.unconfirmed_hours)).date().isoformat()
        return [
            Finding(
                f"run {subject.partition('/')[2]}",
                f"left on {row['day']} for {row['site']} and is not confirmed",
                "ask the site who arrived; 'partage arrive' records it",
                "fault" if row["day"] < late else "warning",
            )
            for subject, row in self.matters.get("run/on-road", {}).items()
        ]

    def _offers(self) -> list[Finding]:
        now = instant(self.now)
        soon = instant(self.now + timedelta(hours=self.limits.lapse_hours))
        found = []
        for case, row in self._rows("offered"):
            until = row["offer"]["until"]
            if until < now:
                what = f"holds an offer that lapsed at {until}"
                do = "record the answer, or 'partage answer CASE expire'"
                found.append(Finding(f"case {case}", what, do, "warning"))
            elif until < soon:
                what = f"holds an offer that lapses at {until}"
                found.append(Finding(f"case {case}", what, "ask for their answer", "warning"))
        return found

    def _bound(self) -> list[Finding]:
        today = self.today.isoformat()
        late: dict[tuple[str, str], list[str]] = {}
        for case, row in self._rows("bound"):
            if row["offer"]["day"] < today:
                late.setdefault((row["offer"]["site"], row["offer"]["day"]), []).append(case)
        found = []
        for (site, day), cases in sorted(late.items()):
            few = ", ".join(cases[:3]) + (" …" if len(cases) > 3 else "")
            what = (
                f"{len(cases)} household(s) were to leave for it on {day} and have not left: {few}"
            )
            do = "put them on a vehicle with 'partage board', or ask what keeps them"
            found.append(Finding(f"site {site}", what, do, "warning"))
        return found

    def _waiting(self) -> list[Finding]:
        limit = (self.today - timedelta(days=self.limits.unplaced_days)).isoformat()
        found = []
        for case, row in self._rows("waiting"):
            where = f"case {case}"  # who had a place waits from when that was opened again
            since = str(row.get("waits_since") or row.get("registered", row["since"]))[:10]
            if since < limit:
                what = f"waits since {since}, longer than {self.limits.unplaced_days} days"
                do = "see 'partage explain' for what stands against it; ask for such a place"
                found.append(Finding(where, what, do, "fault"))
            if int(row.get("declines", 0)) >= 2:
                what = f"declined {row['declines']} offers; nothing is held against it"
                found.append(Finding(where, what, "ask what it needs, in its language", "warning"))
            if int(row.get("no_shows", 0)) >= 1:
                what = f"did not show up at {row['no_shows']} departure(s)"
                found.append(Finding(where, what, "ask after it; its roof is unchanged", "warning"))
        for case, row in self._rows("outside-engine"):
            since = str(row.get("registered", row["since"]))[:10]
            if since < limit and str(row["account"]).startswith("waiting@"):
                what = f"is with an officer and waits since {since} at its entry point"
                do = "ask its officer, or child protection, what stands against a place for it"
                found.append(Finding(f"case {case}", what, do, "fault"))
        return [*found, *self._kept(limit)]

    def _kept(self, limit: str) -> list[Finding]:
        """Who declined and has not moved: a place is held for them, and somebody waits for a word."""
        found = []
        for case, row in self._rows("kept"):
            where, site = f"case {case}", row["fallback"]["site"]
            if int(row.get("declines", 0)) >= 2:
                what = f"declined {row['declines']} offers; its fallback place is held"
                found.append(Finding(where, what, "ask what it needs, in its language", "warning"))
            if str(row["since"]) < limit and str(row["account"]).startswith("waiting@"):
                what = f"has a fallback place at {site} since {row['since']} and has not moved in"
                do = f"bring them there ('partage arrive {case} --fallback'), or 'answer {case} again'"
                found.append(Finding(where, what, do, "fault"))
        return found

    def _filing(self) -> list[Finding]:
        soon = (self.today + timedelta(days=self.limits.filing_days)).isoformat()
        found = []
        for state in FILING:
            for case, row in self._rows(state):
                due = row.get("file_by") or ""
                if due and due <= soon:
                    over = due < self.today.isoformat()
                    what = f"{'had' if over else 'has'} until {due} to file (15 days, IRPR 159.8)"
                    do = "help them file, and give the Division the address; 'correct --set filed_on='"
                    found.append(Finding(f"case {case}", what, do, "fault" if over else "warning"))
        return found

    def _stays(self) -> list[Finding]:
        long = (self.today - timedelta(days=self.limits.stay_days)).isoformat()
        found = []
        for case, row in self._rows("hosted"):
            plan = row.get("exit_plan")
            if plan and plan["on"] < self.today.isoformat():
                what = f"meant to leave on {plan['on']} for {plan['to']}"
                do = "record that they left with 'partage exit', or a new day"
                found.append(Finding(f"case {case}", what, do, "warning"))
            elif not plan and row["since"] < long:
                what = f"lives at its place since {row['since']} without a plan to leave"
                do = "make one with them: 'partage exit CASE --plan DAY --to …'"
                found.append(Finding(f"case {case}", what, do, "warning"))
        return found

    def _groups(self) -> list[Finding]:
        return [
            Finding(
                f"group {group}",
                f"{row['persons']} person(s) counted on {row['since']}"
                f"{_at_site(row)} and not described yet",
                "register who they are with --group, or close it with --close",
                "warning",
            )
            for group, row in self._rows("counted")
            if row["persons"]
        ]

    def _pairs(self) -> list[Finding]:
        return [
            Finding(
                f"case {one}",
                f"looks like {other} since {row['on']}; both are served",
                f"say whether they are one: 'partage duplicate {one} {other}'",
                "warning",
            )
            for row in self.matters.get("pair/open", {}).values()
            for one, other in [row["cases"]]
        ]

    def _reviews(self) -> list[Finding]:
        today = self.today.isoformat()
        return [
            Finding(
                f"review {subject.partition('/')[2]}",
                f"{row['case']} asked for a review ({row['ground']}); answer by {row['answer_by']}",
                "look at it with 'partage review', and answer them",
                "fault" if row["answer_by"] < today else "warning",
            )
            for subject, row in self.matters.get("review/open", {}).items()
        ] + [
            Finding(
                f"correction {subject.partition('/')[2]}",
                f"{row['case']} says that something known of it is wrong; answer by {row['answer_by']}",
                "look at it, correct it or say why not, and answer them",
                "fault" if row["answer_by"] < today else "warning",
            )
            for subject, row in self.matters.get("correction/open", {}).items()
        ]

    def _asked(self) -> list[Finding]:
        return [
            Finding(
                f"agreement {subject.partition('/')[2]}",
                f"was asked for by {row['by']} on {row['on']} and is not answered",
                "its owner agrees with 'partage agree', or says no",
                "note",
            )
            for subject, row in self.matters.get("agreement/proposed", {}).items()
        ]

    def _promises(self) -> list[Finding]:
        return [
            Finding(
                f"ask {subject.partition('/')[2]}",
                f"{row['to']} promised {row['by']} by {one['promised_by']}: {one['promise']}",
                "record with 'partage ask --kept' whether it was kept",
                "warning",
            )
            for subject, row in self.matters.get("ask/promised", {}).items()
            for one in overdue(row, self.today)
        ]

    def _stale(self) -> list[Finding]:
        limit = instant(self.now - timedelta(hours=self.limits.stale_hours))
        left_out = {
            site: quiet
            for site, row in self.places.items()
            if self.silence and (quiet := self.silence.finding(site, row))
        }
        return [*left_out.values()] + [
            Finding(
                f"site {site}",
                f"said what it has at {row['as_of']}, more than {self.limits.stale_hours} h ago"
                if row.get("as_of")
                else "never confirmed its places",
                "ask it; 'partage update SITE' confirms that nothing has changed",
                "warning",
            )
            for site, row in self.places.items()
            if row.get("capacity") and str(row.get("as_of", "")) < limit and site not in left_out
        ]

    def _contracts(self) -> list[Finding]:
        last = (self.today + timedelta(days=self.limits.contract_days)).isoformat()
        found = []
        for site, row in self.places.items():
            persons = row.get("occupied", {}).get("person", 0)
            ends, party = min(self._ends(site, row))
            if persons and self.today.isoformat() <= ends <= last:
                whose = "its agreement" if party == site else f"the agreement of {party}"
                what = f"{persons} person(s) live there, and {whose} ends on {ends}"
                do = "renew it, or plan with them where they go"
                found.append(Finding(f"site {site}", what, do, "fault"))
        return found

    def _ends(self, site: str, row: Row) -> list[tuple[str, str]]:
        """The last day of each agreement that a site stands on: its own, its city's, its region's."""
        owners = {
            key: self.owners.get(key) for key in (site.rpartition("/")[0], row.get("region", ""))
        }
        parties = {site: row} | {key: own for key, own in owners.items() if own}
        return [
            (max((str(c["last"]) for c in own.get("consents", ())), default=""), key)
            for key, own in parties.items()
        ]

    def _office(self) -> list[Finding]:
        """What the office itself has left open: a policy that waits for a second person, a night."""
        found = []
        waits = self.standing.get("proposed")
        if waits:
            what = (
                f"{waits['policy']} with cut-off {waits['cut_off']} was proposed by {waits['by']}"
            )
            do = f"a second person confirms: 'partage adopt {waits['policy']} --cut-off {waits['cut_off']}'"
            found.append(Finding("standing policy", what, do, "warning"))
        if self.unclosed:
            do = f"'partage close --day {self.unclosed}' writes down who was where at 04:00"
            found.append(Finding(f"day {self.unclosed}", "is over and not closed", do, "warning"))
        return found


def _last_at(row: Row) -> str:
    return f", last at {row['last_at']}" if row.get("last_at") else ""


def _counted(found: list[Finding], what: str) -> list[Finding]:
    """How many there are of each weight, without saying who."""
    do = "its officers see which: this role sees counts"
    weights: tuple[Weight, ...] = ("fault", "warning", "note")
    numbers = [(weight, sum(f.weight == weight for f in found)) for weight in weights]
    return [Finding("cases", f"{n} {what}", do, weight) for weight, n in numbers if n]


def _at_site(row: Row) -> str:
    return f" at {row['stay']['site']}" if row.get("stay") else ""
