"""The road: who left, and who arrived where."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from partage.casework.acts import Acts, Row, by_period
from partage.casework.check_in import at_the_door, check_in
from partage.casework.travel import arrive, check_open, depart
from partage.casework.turn_up import arrive_at_fallback, arrive_elsewhere, arrive_late, found
from partage.core.errors import InputRefused, WrongState, named
from partage.core.situation import Site
from partage.office.desk import Done, rooms_in
from partage.office.manifests import Manifests
from partage.place.needs import units_needed


class Road(Manifests):
    """The road: who travels on which vehicle, who left, and who arrived where."""

    def depart(
        self,
        where: str,
        *,
        only: Sequence[str] = (),
        no_show: Sequence[str] = (),
        declined: Sequence[str] = (),
        counted: int | None = None,
        idem: str | None = None,
    ) -> Done:
        """A run leaves: with its manifest (``R-…``), or for a site with those bound there or named.

        ``declined``: who said no at the door. ``counted``: how many persons are on the vehicle; those
        leave who are marked aboard, and their number must be that.
        """
        self._may_at_all("depart")
        run = where if where.startswith("R-") else ""
        row = self.journal.row("matters", f"run/{run}") if run else {"site": where}
        self._permit_found("depart", self._of_site(str(row["site"])) if row else None, run=run)
        site = str(self._run(run)["site"]) if run else where
        place = self.pack.site(site)

        def act() -> Acts:
            bound = self._bound(site)
            manifest = (run, self._run(run)) if run else None
            if manifest:
                if manifest[1]["state"] != "boarding":
                    raise WrongState(f"Run {run} has left already.", "Nothing to do.")
                mine = {*manifest[1]["cases"]}
                if counted is not None:
                    return self._leave_counted(run, manifest[1], counted, no_show, declined)
                gone = sorted(mine - set(bound))
                if gone:
                    raise WrongState(
                        f"{', '.join(gone)} is on the manifest and not bound there any more.",
                        "Remove it: 'partage board RUN --remove CASE', a new version.",
                    )
            else:
                if counted is not None:
                    raise InputRefused(
                        "Only a run with a manifest is counted at the door.", "Name the run, R-…."
                    )
                listed = {case for _, row in self._boarding() for case in row["cases"]}
                mine = set(bound) - (listed - {*only})
            bound = {c: r for c, r in bound.items() if c in mine}
            if only:
                bound = {c: r for c, r in bound.items() if c in {*only, *no_show, *declined}}
            missing = sorted(set(only) - set(bound))
            if missing:
                raise WrongState(
                    f"{', '.join(map(named, missing))} is not bound to {site}.", "See its state."
                )
            if set(bound) - {*no_show, *declined}:
                check_open(place, self.journal.rows("places"), self._day())
            row, _ = self._place(f"site/{site}")
            return depart(
                site, bound, row, no_show=no_show, declined=declined, day=self._day(),
                stream=self._stream("depart"), manifest=manifest,
            )  # fmt: skip

        return self._do("depart", act, idem)

    def _leave_counted(
        self, run: str, row: Row, counted: int, no_show: Sequence[str], declined: Sequence[str]
    ) -> Acts:
        """A run leaves with who is marked aboard, once somebody has counted as many persons."""
        if no_show:
            raise InputRefused(
                "Who did not come is marked before the vehicle is counted.",
                "Mark them: 'partage board RUN --not-come CODE'.",
            )
        site = self.pack.site(str(row["site"]))
        bound = {c: r for c, r in self._bound(site.id).items() if c in {*row["cases"]}}
        door = at_the_door(run, row, bound, counted, declined)
        if door.aboard:
            check_open(site, self.journal.rows("places"), self._day())
        place, _ = self._place(f"site/{site.id}")
        whom = {c: bound[c] for c in (*door.aboard, *door.no_show, *door.declined)}
        return depart(
            site.id, whom, place, no_show=door.no_show, declined=door.declined, counted=counted,
            day=self._day(), stream=self._stream("depart"), manifest=(run, row),
        )  # fmt: skip

    def check_in(self, run: str, code: str, mark: str, *, idem: str | None = None) -> Done:
        """At the door of a vehicle: a household is aboard, did not come, said no, or is expected again."""
        self._may_at_all("depart")
        self._permitted_run("depart", run)
        return self._do(
            "board", lambda: check_in(run, self._run(run), code, mark, day=self._day()), idem
        )

    def arrive(
        self,
        run: str,
        *,
        seen_at_origin: Sequence[str] = (),
        not_seen: Sequence[str] = (),
        only: Sequence[str] = (),
        partly: Mapping[str, int] | None = None,
        site: str = "",
        idem: str | None = None,
    ) -> Done:
        """Those of a run who arrived are hosted; each who did not is accounted for.

        ``only``: these are there, the others are still on the road (a second vehicle, a delay).
        ``partly``: how many of a household were seen; it is never split. ``site``: where they really
        arrived, if it is not the site they were sent to.
        """
        self._may_at_all("arrive")
        row = self.journal.row("matters", f"run/{run}")
        there = site or (str(row["site"]) if row else "")
        self._permit_found("arrive", self._of_site(there) if there else None, run=run)
        body = self._history(f"run/{run}", run)[0].body
        planned = str(body["matter"]["site"])
        place = self.pack.site(site or planned)
        if place.id != planned and (seen_at_origin or not_seen or partly):
            raise InputRefused(
                "Who did not arrive is recorded apart from who arrived elsewhere.",
                "Name who is there with --only and --site; then record the others.",
            )

        def act() -> Acts:
            on_road = {
                case: row
                for case, row in self.journal.rows("cases", state="travelling").items()
                if row["run"] == run
            }
            day = self._day(place.zone)
            if place.id != planned:
                return self._elsewhere(run, on_road, place, only, day)
            return arrive(
                run,
                on_road,
                seen_at_origin=seen_at_origin,
                not_seen=not_seen,
                only=only,
                partly=partly,
                day=day,
            )

        return self._do("arrive", act, idem)

    def _elsewhere(
        self, run: str, on_road: Mapping[str, Row], place: Site, only: Sequence[str], day: str
    ) -> Acts:
        today = date.fromisoformat(day)
        units = {
            case: by_period(
                units_needed(self._household(case, row).need), self.pack.services, today
            )
            for case, row in on_road.items()
        }
        wanted: dict[str, int] = {}
        for case in only or units:
            for service, number in units.get(case, {}).get("night", {}).items():
                wanted[service] = wanted.get(service, 0) + number
        tonight = self._tonight(place.region, today)
        row, _ = self._place(f"site/{place.id}")
        return arrive_elsewhere(
            run, on_road, units, place.id, tonight.get(place.id, {}), row,
            others=rooms_in(tonight, wanted), only=only, day=day,
        )  # fmt: skip

    def arrive_at_fallback(self, case: str, *, idem: str | None = None) -> Done:
        """A household that declined moves into the place that was kept for it."""
        self._may_at_all("arrive")
        row = self.journal.row("cases", case)
        site = ((row or {}).get("fallback") or {}).get("site", "")
        self._permit_found("arrive", {"site": site}, case=case)
        return self._do(
            "arrive", lambda: arrive_at_fallback(case, self._case(case), day=self._day()), idem
        )

    def found(self, case: str, *, idem: str | None = None) -> Done:
        """A household that was not seen, or not all of it, is seen again."""
        self._may_at_all("arrive")
        row = self.journal.row("cases", case) or {}
        site = str((row.get("stay") or {}).get("site", "")) if row.get("missing") else ""
        if not site and self.actor.role == "site":
            raise InputRefused(
                f"It is not said where {named(case)} is seen again.",
                f"At your own door: 'partage arrive {named(case)} --found --site SITE', your own; it has "
                "its place there from then on.",
            )
        self._permit_found("arrive", {"site": site}, case=case)
        return self._do("arrive", lambda: found(case, self._case(case), day=self._day()), idem)

    def arrive_late(self, case: str, site: str, *, idem: str | None = None) -> Done:
        """A household that was not seen, or came by itself, stays at a site, if there is room."""
        where = self.pack.site(site)
        self._permit("arrive", region=where.region, site=site)

        def act() -> Acts:
            row = self._case(case)
            day = self._day(where.zone)
            today = date.fromisoformat(day)
            place, _ = self._place(f"site/{site}")
            need = self._household(case, row).need
            units = by_period(units_needed(need), self.pack.services, today)
            free = self._situation(today, 1).allocable.get(site, {})
            return arrive_late(case, row, units, site, free, place, day=day)

        return self._do("arrive", act, idem)
