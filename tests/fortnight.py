"""A fortnight of an office, made up from one seed: arrivals, refusals, no-shows, closures, overrides."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from partage.casework.approve import load_document
from partage.casework.board import Vehicle
from partage.compose import open_office
from partage.core.errors import NotPermitted, Refusal
from partage.core.situation import Agreement, Capacity, Origin
from partage.core.streams import Stream
from partage.core.units import EntryPointId, RegionId, ServiceId, SiteId, instant
from partage.intake.synthetic import synthetic_arrivals
from partage.office.office import Office
from partage.packs.loader import Pack, load_pack

ENTRY = "ca-qc/roxham-road"
FIRST = date(2023, 2, 20)
REGIONS = ("CA-ON", "CA-QC", "CA-NB", "CA-NS")
POLICY = "redirect-all"


MORE = 5


def with_more_sites(pack: Pack) -> Pack:
    """The pack with made-up sites, so that there are twelve with places in these regions."""
    origin = Origin(assumption="a synthetic site for a test")
    last = pack.sites[0]
    sites = tuple(
        replace(
            last,
            id=SiteId(f"{region.lower()}/town-{n}/house"),
            region=RegionId(region),
            city=f"Town {n}",
            name_en=f"House of Town {n} (synthetic)",
            name_fr=f"Maison de Town {n} (synthétique)",
            origin=origin,
        )
        for n, region in zip(
            range(MORE), ("CA-ON", "CA-ON", "CA-NB", "CA-NS", "CA-ON"), strict=True
        )
    )
    km = {(EntryPointId(ENTRY), site.id): 500 + 50 * n for n, site in enumerate(sites)}
    return replace(
        pack,
        sites=(*pack.sites, *sites),
        distances={**pack.distances, **km},
        distance_origins={**pack.distance_origins, **dict.fromkeys(km, origin)},
    )


class Fortnight:
    """Fourteen days, each from nine in the morning to the close at four; ``count`` says what happened."""

    def __init__(
        self, url: str, seed: str = "fortnight", days: int = 14, persons: int = 95
    ) -> None:
        self.days, self.persons, self.seed = days, persons, seed
        start = datetime(2023, 2, 20, 14, tzinfo=UTC)
        pack = with_more_sites(load_pack())
        self.office: Office = open_office(url, "adam:admin", pack=pack, at=start, seed=seed)
        for region in REGIONS:
            self.office.acting(f"c{region}:region@{region}").agree_as_in_pack(region)
        for site in pack.sites[-MORE:]:
            agreement = Agreement(site.id, FIRST, FIRST, date(2024, 3, 31), 0, 40, site.origin)
            offered = [
                Capacity(site.id, ServiceId(service), units, FIRST, date(2024, 3, 31), site.origin)
                for service, units in (("person", 90), ("room", 25), ("room.family", 20))
            ]
            owner = self.office.acting(f"c:region@{site.region}")
            owner.agree(site.id, agreement, offered)
        self.luck = Stream(seed, "luck").generator()
        self.count: Counter[str] = Counter()
        self.pia, self.anna = self.office.acting("pia:placement"), self.office.acting("anna:intake")
        self.rosa, self.omar = (
            self.office.acting("rosa:approver"),
            self.office.acting("omar:placement"),
        )
        self.pia.adopt(POLICY, "16:00")
        self.rosa.adopt(POLICY, "16:00")

    def nights(self) -> Iterator[date]:
        """Live day after day; yields each day after its close, for whoever looks."""
        for number in range(self.days):
            day = FIRST + timedelta(days=number)
            self._day(number, day)
            self._to(day + timedelta(days=1), 10)
            for site in self._hosting():
                persons = (self.office.journal.row("book", f"hosted@{site}") or {"persons": 0})[
                    "persons"
                ]
                self._clerk(site).count(site, persons, by="night-desk", night=day)
                self.count["counts"] += 1
            self.pia.close(day)
            self.count["closed"] += 1
            yield day

    # -- one day -----------------------------------------------------------------------------

    def _day(self, number: int, day: date) -> None:
        self._to(day, 14)
        for site in sorted(self.office.journal.rows("places", kind="site")):
            self._clerk(site).update(site)  # each morning: nothing has changed
        self._arrivals(number, day)
        self._review_roofs()
        self._to(day, 15)
        plan = self._plan(number)
        if plan:
            self._answers(plan)
        self._to(day, 19)
        self._change_of_mind()
        self._buses(day)
        self._to(day, 23)
        self._reached()
        self._leaving(day)
        if number % 4 == 1:
            self._strangers()
        if number in (4, 9):
            self._closure(number)
        if number == 6:
            self._pause(day)

    def _arrivals(self, number: int, day: date) -> None:
        first = datetime(day.year, day.month, day.day, 5, tzinfo=UTC)
        data = synthetic_arrivals(
            Stream(self.seed, "people"), self.persons, entry_point=ENTRY, first=first, hours=8,
            prefix=f"{day:%m%d}",
        )  # fmt: skip
        if number % 5 == 3:  # a busload is counted first
            persons = sum(
                int(row[c]) for row in csv.DictReader(io.StringIO(data.decode()))
                for c in ("age_0_4", "age_5_17", "age_18_64", "age_65_plus")
            )  # fmt: skip
            group = self.anna.headcount(persons, ENTRY, synthetic=True).data["group"]
            done = self.anna.register(data, group=group)
            self.anna.close_group(group)
            self.count["headcounts"] += 1
        else:
            done = self.anna.register(data)
        assert (
            not self.anna.register(data).entries or self.anna.register(data).data["answered_before"]
        )
        self.count["households"] += done.data["households"]
        for case in done.data["registered"]:
            if self._happens(0.03):
                self._try(
                    "roofs",
                    lambda c=case: self.anna.emergency(c, self._quebec(), why="late-arrival"),
                )
            if self._happens(0.04):
                self._try(
                    "corrections",
                    lambda c=case: self.anna.correct(
                        c, {"age_0_4": "1", "guardian": "yes"}, why="birth"
                    ),
                )

    def _plan(self, number: int) -> str:
        plan, done = self.pia.propose()
        assert plan is not None
        name = str(done.data["plan"])
        self.count["unplaced"] += sum(line.persons for line in plan.unplaced)
        placed = [line for line in plan.placed if not line.together]
        if placed and number % 2:
            line = placed[self._pick(len(placed))]
            sites = sorted({other.site for other in placed if other.site != line.site})
            where = sites[self._pick(len(sites))] if sites else ""
            made = self._try(
                "overrides",
                lambda: self.omar.override(name, line.case, where or "", why="language"),
            )
            name = made.data["plan"] if made else name
        try:
            self.rosa.approve(name)
        except NotPermitted:
            raise
        except Refusal:
            self.count["nothing to approve"] += 1
        history = self.office._history(f"plan/{name}", name)
        document = load_document(self.office.journal.blob(history[0].body["document"]), name)
        for flagged in [line for line in document["lines"] if line["look"] and line["site"]]:
            group = [flagged["case"], *flagged["together"]]
            self._try("approved by name", lambda g=group: self.rosa.approve(name, only=g))
        return name

    def _answers(self, plan: str) -> None:
        made = self._try(
            "plans offered",
            lambda: self.pia.offer_plan(
                plan,
                until=instant(self.office.clock.now() + timedelta(hours=3)),
                contact="514 555 0100",
            ),
        )
        for offer in made.data["offers"] if made else ():
            luck = float(self.luck.random())
            answer = "accept" if luck < 0.8 else "decline" if luck < 0.92 else ""
            if answer:
                self.anna.answer(offer["case"], answer, language="fr")
                self.count[answer] += 1
            if answer == "decline" and self._happens(0.5):
                where = offer["fallback"]
                self._try(
                    "moved into fallback",
                    lambda c=offer["case"], w=where: self._clerk(w).arrive_at_fallback(c),
                )
            elif answer == "decline" and self._happens(0.5):
                self.anna.answer(offer["case"], "again")

    def _buses(self, day: date) -> None:
        bound = self.office.journal.rows("cases", state="bound")
        for site in sorted({row["offer"]["site"] for row in bound.values()}):
            made = self._try(
                "boardings",
                lambda s=site: self.pia.board(
                    s, [Vehicle(50, 8, 3), Vehicle(50, 8, 3)], instant(self.office.clock.now())
                ),
            )
            for run in made.data["runs"] if made else ():
                absent = [c for c in run["cases"] if self._happens(0.04)]
                self.count["no-shows"] += len(absent)
                self._try(
                    "departures", lambda r=run, a=absent: self.pia.depart(r["run"], no_show=a)
                )

    def _reached(self) -> None:
        for subject, row in self.office.journal.rows("matters", list="run/on-road").items():
            run = subject.partition("/")[2]
            if self._happens(0.15):
                continue  # it arrives the next day
            cases = [
                c
                for c, r in self.office.journal.rows("cases", state="travelling").items()
                if r["run"] == run
            ]
            if self._happens(0.1) and self._diverted(run, row["site"]):
                continue
            lost = [c for c in cases if self._happens(0.02)]
            back = [c for c in cases if c not in lost and self._happens(0.02)]
            some = {
                c: r["persons"] - 1
                for c, r in self.office.journal.rows("cases", state="travelling").items()
                if c in cases and c not in lost + back and r["persons"] > 1 and self._happens(0.05)
            }
            done = self._clerk(row["site"]).arrive(
                run, not_seen=lost, seen_at_origin=back, partly=some
            )
            self.count["arrived"] += done.data["persons"]
            self.count["lost"] += len(lost)
            self.count["not whole"] += len(some)

    def _diverted(self, run: str, planned: str) -> bool:
        """A bus is received at another site of the region, if that has room for all of it."""
        others = [s for s in self._hosting() if s != planned and s[:5] == planned[:5]]
        return any(
            self._try("diverted", lambda s=s: self._clerk(s).arrive(run, site=s)) for s in others
        )

    def _change_of_mind(self) -> None:
        for case in list(self.office.journal.rows("cases", state="bound")):
            if self._happens(0.1):
                self.anna.answer(case, "decline")
                self.count["withdrawn"] += 1
        for case in list(self.office.journal.rows("cases", state="unknown")):
            luck = float(self.luck.random())
            if luck < 0.4:
                self._try("found", lambda c=case: self.pia.found(c))
            elif luck < 0.5:
                self._try(
                    "searches closed",
                    lambda c=case: self.anna.exit(c, "unknown", why="police-told"),
                )
        for case, row in self.office.journal.rows("cases", state="hosted").items():
            if row.get("missing") and self._happens(0.7):
                self._try("whole again", lambda c=case: self.pia.found(c))

    def _strangers(self) -> None:
        """At night somebody stands at the door of a site; by day they are described and get a room."""
        site = sorted(self._hosting())[self._pick(len(self._hosting()))]
        made = self._try(
            "strangers", lambda: self._clerk(site).headcount(2, site=site, synthetic=True)
        )
        if made is None:
            return
        group = made.data["group"]
        data = synthetic_arrivals(
            Stream(self.seed, "strangers", group), 2, entry_point=ENTRY,
            first=self.office.clock.now() - timedelta(hours=9), hours=8, prefix=group,
        )  # fmt: skip
        done = self.anna.register(data, group=group)
        self.count["households"] += done.data["households"]
        for case in done.data["registered"]:
            self._try("walked in", lambda c=case: self._clerk(site).arrive_late(c, site))
        if self.office.journal.row("cases", group)["persons"]:  # type: ignore[index]
            self.anna.close_group(group)

    def _leaving(self, day: date) -> None:
        for case, row in self.office.journal.rows("cases", state="hosted").items():
            if self._happens(0.03):
                where = ("housing", "relatives", "other-province", "unknown")[self._pick(4)]
                self.count[f"left for {where}"] += 1
                site = row["stay"]["site"]
                self._try("exits", lambda c=case, w=where, s=site: self._clerk(s).exit(c, w))
        for case in list(self.office.journal.rows("cases", state="waiting"))[:40]:
            if self._happens(0.02):
                self._try("reviews", lambda c=case: self.anna.request_review(c, "language"))

    def _closure(self, number: int) -> None:
        """A site ends its agreement; who lives there gets a roof elsewhere in its region, if there is one."""
        site = sorted(s for s in self._hosting() if s.startswith("ca-on/"))[number % 2]
        region = "CA-ON"
        self.office.acting(f"c{region}:region@{region}")
        self._clerk(site).withdraw(site, why="emergency")
        self.count["closures"] += 1
        for case, row in self.office.journal.rows("cases", state="hosted").items():
            if row["stay"]["site"] == site and self._happens(0.5):
                for other in self._hosting():
                    if (
                        other != site
                        and other.startswith("ca-on/")
                        and self._try(
                            "moved in an emergency",
                            lambda c=case, o=other: self.anna.emergency(c, o, why="site-closed"),
                        )
                    ):
                        break

    def _pause(self, day: date) -> None:
        self.office.acting("cCA-NS:region@CA-NS").withdraw(
            "CA-NS", first=day, last=day + timedelta(days=2), why="staff"
        )
        self.count["pauses"] += 1

    def _review_roofs(self) -> None:
        for subject in self.office.journal.rows("matters", list="roof/open"):
            self._try(
                "roofs reviewed",
                lambda s=subject: self.rosa.review_roof(s.partition("/")[2], "upheld"),
            )

    # -- helpers -----------------------------------------------------------------------------

    def _clerk(self, site: str) -> Office:
        return self.office.acting(f"l{site}:site@{site}")

    def _hosting(self) -> list[str]:
        rows = self.office.journal.rows("places", kind="site")
        return sorted(site for site, row in rows.items() if row.get("occupied", {}).get("person"))

    def _quebec(self) -> str:
        free = self.office._tonight("CA-QC", date.fromisoformat(self.office._day()))
        return max(free, key=lambda s: (free[s].get("room", 0), s))

    def _happens(self, share: float) -> bool:
        return float(self.luck.random()) < share

    def _pick(self, among: int) -> int:
        return int(self.luck.integers(0, among))

    def _to(self, day: date, hour: int) -> None:
        self.office.clock.move_to(datetime(day.year, day.month, day.day, hour, tzinfo=UTC))  # type: ignore[attr-defined]

    def _try(self, name: str, act):  # type: ignore[no-untyped-def]
        """Do it; a refusal is counted beside it, and changes nothing."""
        try:
            done = act()
        except NotPermitted:
            raise
        except Refusal as refusal:
            assert refusal.what
            assert refusal.do
            self.count[f"{name}, refused"] += 1
            return None
        self.count[name] += 1
        return done
