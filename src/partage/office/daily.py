"""The day of the office: what needs a look, a roof for the night, who leaves, and the close."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from partage.casework.acts import Acts, by_period
from partage.casework.adopt import STANDING
from partage.casework.approve import hands_of
from partage.casework.close import book_at, check_over, close_day, closes_at
from partage.casework.leave import leave, plan_to_leave
from partage.casework.night import beside, counts_of, ended_since, was_looked_for
from partage.casework.offer import answer, reopen, roof_only
from partage.casework.roof import emergency_roof, review_roof
from partage.casework.silence import Silence
from partage.casework.watch import Watch
from partage.core.errors import InputRefused, NotFound, WrongState, shown
from partage.core.findings import Finding
from partage.core.steps import STATES
from partage.office.desk import Desk, Done, OwnKey, rooms_in
from partage.place.needs import units_needed

LISTS = (
    "roof/open",
    "run/on-road",
    "run/boarding",
    "review/open",
    "correction/open",
    "agreement/proposed",
    "ask/promised",
    "pair/open",
)
WATCHED = (
    "unknown", "counted", "waiting", "outside-engine", "approved", "offered", "bound", "kept",
    "travelling", "hosted",
)  # fmt: skip


class Daily(Desk):
    """The day of the office: what needs a look, a roof for the night, who leaves, and the close."""

    def watch(self) -> list[Finding]:
        """Every exception of the moment: who is lost, waits too long, or is about to lose something.

        Who may see counts alone sees how many, not who.
        """
        ground = self._permit("survey")
        return self._watch().findings(codes="case codes" in ground.fields)

    def _watch(self, states: Sequence[str] = WATCHED) -> Watch:
        places = self._places()
        today = self._day()  # of most households nothing is due, and they are not read
        return Watch(
            {
                state: self.journal.rows_until("cases", "look", today, state=state)
                for state in states
            },
            {key: row for key, row in places.items() if row["kind"] == "site"},
            {name: self.journal.rows("matters", list=name) for name in LISTS},
            self.clock.now(),
            date.fromisoformat(today),
            owners={key: row for key, row in places.items() if row["kind"] in ("region", "city")},
            standing=self.journal.row("matters", STANDING) or {},
            silence=Silence(self._silent_hours(), self.clock.now()),
            unclosed=self._unclosed(),
        )

    def _unclosed(self) -> str:
        """The first day of the last week that is over everywhere and not closed; "" if all are."""
        today, began = date.fromisoformat(self._day()), self._began()
        for back in range(7, 0, -1):
            day = today - timedelta(days=back)
            over = began <= day.isoformat() and self._over_at(day) <= self._at()
            if over and not self.journal.version(f"day/{day}"):
                return day.isoformat()
        return ""

    def _over_at(self, day: date) -> str:
        """The instant at which a day is over everywhere in the pack."""
        zones = {site.zone for site in self.pack.sites}
        zones |= {point.zone for point in self.pack.entry_points}
        return max(closes_at(day, zone) for zone in zones)

    def cases_in(
        self,
        state: str,
        *,
        after: tuple[str, str] = ("", ""),
        most: int | None = None,
        skip: int = 0,
    ) -> list[dict[str, Any]]:
        """The cases in a state, longest first: code, persons, where they are, since when; no data.

        ``most``: so many of them, after the one of that day and code, ``skip`` passed over; the others
        are not read.
        Refused for roles that see counts only.
        """
        self._permit("survey", fields="case codes")
        if state not in STATES:
            raise InputRefused(
                f"{shown(state)} is not a state.", f"Use one of: {', '.join(STATES)}."
            )
        rows = (
            self.journal.rows("cases", state=state)
            if most is None
            else self.journal.cases_after(state, after, most, skip)
        )
        listed = [
            {
                "case": case,
                "persons": row["persons"],
                "since": row["since"],
                "roof": row["account"],
                "site": (row.get("offer") or row.get("approved") or {}).get("site", ""),
            }
            for case, row in rows.items()
        ]
        return sorted(listed, key=lambda row: (str(row["since"]), str(row["case"])))

    def emergency(self, case: str, site: str, *, why: str, idem: str | None = None) -> Done:
        """A roof for this night on one officer's word; a second person looks at it the next day."""
        self._permit("place", case=case)
        place = self.pack.site(site)

        def act() -> Acts:
            row = self._case(case)
            today = date.fromisoformat(self._day(place.zone))
            region = self._region_of(row)
            if place.region != region:
                raise WrongState(
                    f"{site} is in {place.region}; {case} is in {region}.",
                    "A roof in an emergency is never across a region; choose a site there.",
                )
            need = self._household(case, row).need
            units = by_period(roof_only(units_needed(need)), self.pack.services, today)
            tonight = self._tonight(region, today)
            where, _ = self._place(f"site/{site}")
            return emergency_roof(
                case, row, units, site, tonight.get(site, {}), where, why=why,
                others=rooms_in(tonight, units["night"]), deputy_for=self._stands_for(),
                day=today.isoformat(), stream=self._stream("place"),
            )  # fmt: skip

        return self._do("place", act, idem)

    def _region_of(self, row: Mapping[str, Any]) -> str:
        """The region where a household is now, or where it was last seen."""
        kind, _, where = str(row["account"]).partition("@")
        if kind == "hosted":
            return str(self.pack.site(where).region)
        return str(self.pack.entry_point(where or row["entry_point"]).region)

    def review_roof(self, roof: str, outcome: str, *, idem: str | None = None) -> Done:
        """Look, as a second person, at a roof that somebody gave for a night."""
        self._permit("review", fields="reasons")

        def act() -> Acts:
            history = self._history(f"roof/{roof}", roof)
            row = self.journal.row("matters", f"roof/{roof}") or {}
            return review_roof(
                roof, row, outcome, actor=self.actor.name, deputy_for=self._stands_for(),
                hands=hands_of(history[0]), version=history[-1].version, day=self._day(),
            )  # fmt: skip

        return self._do("review", act, idem)

    def exit(
        self,
        case: str,
        to: str,
        *,
        address: str = "",
        consent: bool = False,
        why: str = "",
        idem: str | None = None,
    ) -> Done:
        """A household leaves; its address is kept only if it wishes so.

        To ``unknown`` it is looked for; ``why`` closes a search that came to nothing.
        """
        self._may_at_all("exit")
        row = self.journal.row("cases", case)
        self._permit_found("exit", self._at_site(row) if row else None, case=case)

        def act() -> Acts:
            return leave(
                case, self._case(case), to, address=address, consent=consent, why=why,
                day=self._day(), stream=self._stream("exit"),
            )  # fmt: skip

        return self._do("exit", act, idem)

    def plan_exit(self, case: str, to: str, on: date, *, idem: str | None = None) -> Done:
        """When a household means to leave, and where to."""
        self._may_at_all("exit")
        row = self.journal.row("cases", case)
        self._permit_found("exit", self._at_site(row) if row else None, case=case)
        return self._do(
            "exit",
            lambda: plan_to_leave(case, self._case(case), to, on.isoformat(), day=self._day()),
            idem,
        )

    def _at_site(self, row: Mapping[str, Any]) -> dict[str, str]:
        kind, _, where = str(row["account"]).partition("@")
        return self._of_site(where) if kind == "hosted" else {}

    def close(self, day: date | None = None, *, idem: str | None = None) -> Done:
        """Close an operational day, the last one if none is named: lapsed offers expire, and who was
        where at 04:00 is written down."""
        self._permit("close")
        day = day or date.fromisoformat(self._day()) - timedelta(days=1)
        check_over(day, now=self._at(), ends=self._over_at(day), began=self._began())
        findings: list[Finding] = []
        for case, row in self.journal.rows("cases", state="offered").items():
            if row["offer"]["until"] < self._at():
                self._do("answer", lambda c=case: self._lapsed(c), None)  # type: ignore[misc]
                what = f"its offer lapsed at {row['offer']['until']} without an answer"
                do = "its fallback place is held; ask what they wish"
                findings.append(Finding(f"case {case}", what, do, "warning"))
        for case, row in self.journal.rows("cases", state="approved").items():
            if row["approved"]["day"] <= day.isoformat():
                self._do("reopen", lambda c=case: self._not_offered(c), None)  # type: ignore[misc]
                what = f"was approved for {row['approved']['day']} and never offered"
                findings.append(Finding(f"case {case}", what, "it is in the next plan", "warning"))
        done = self._do("close", lambda: self._closing(day), idem or OwnKey(day))
        return Done(done.entries, done.data, (*findings, *done.findings), done.assumptions)

    def _lapsed(self, case: str) -> Acts:
        return answer(case, self._case(case), "expire", at=self._at(), day=self._day())

    def _not_offered(self, case: str) -> Acts:
        return reopen(case, self._case(case), day=self._day())

    def _closing(self, day: date) -> Acts:
        zones = self._zones()
        first = min(closes_at(day, zone) for zone in zones.values())
        later = [e for e in self._since(first) if "moves" in e.body or e.verb == "count"]
        book = {a: int(row["persons"]) for a, row in self.journal.rows("book").items()}
        counted = {
            str(e.body["account"]): int(e.body["reported"])
            for e in self._since(closes_at(date.fromordinal(day.toordinal() - 1), zones[""]))
            if e.verb == "count" and e.body.get("night", e.day) == day.isoformat()
        }
        runs = self.journal.rows("matters", list="run/on-road")
        open_runs = {s.partition("/")[2]: r for s, r in runs.items() if r["day"] <= day.isoformat()}
        return close_day(
            day,
            book_at(book, later, zones, day),
            head=self.journal.head(),
            counted=counted,
            on_road=open_runs,
            ends=_ends(zones, day),
            version=self.journal.version(f"day/{day}"),
        )

    def nights(self, day: date) -> dict[str, int]:
        """Persons per account on the night of a closed day."""
        self._permit("survey")
        closed = list(self.journal.read(subject=f"day/{day}"))
        if not closed:
            raise NotFound(f"{day} is not closed.", "Close it with 'partage close'.")
        return dict(closed[0].body["nights"])

    def night(self, day: date) -> dict[str, Any]:
        """A closed night with what stands beside its book: every count of it, who was looked for then.

        ``findings`` says where a count differs; it changes neither number.
        """
        nights = self.nights(day)
        text, zones = day.isoformat(), self._zones()
        counted = (e for a in zones if a for e in self.journal.read(subject=f"count/{a}"))
        counts = counts_of(text, counted, nights)
        end = closes_at(day, zones[""])
        cases = {*self.journal.rows("cases", state="unknown"), *ended_since(self._since(end))}
        persons = [
            int((self.journal.row("cases", case) or {}).get("persons", 0))
            for case in sorted(cases)
            if was_looked_for(self.journal.read(subject=f"case/{case}"), end)
        ]
        looked_for = {"households": len(persons), "persons": sum(persons)}
        return {
            "night": text, "nights": nights, "counts": counts, "looked_for": looked_for,
            "findings": beside(text, counts, looked_for),
        }  # fmt: skip


def _ends(zones: Mapping[str, str], day: date) -> dict[str, list[str]]:
    ends: dict[str, list[str]] = {}
    for account, zone in zones.items():
        ends.setdefault(closes_at(day, zone), []).append(account)
    return ends
