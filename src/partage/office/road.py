"""The road: who travels on which vehicle, who left, and who arrived where."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from partage.casework.acts import Acts, Row, by_period
from partage.casework.board import Vehicle, board, change_manifest, manifest_lines
from partage.casework.travel import arrive, check_open, depart
from partage.casework.turn_up import arrive_at_fallback, arrive_elsewhere, arrive_late, found
from partage.core.errors import InputRefused, NotFound, WrongState, named, no_such
from partage.core.household import Need
from partage.core.situation import Site
from partage.office.consents import Consents
from partage.office.desk import Done, rooms_in
from partage.place.needs import units_needed


class Road(Consents):
    """The road: who travels on which vehicle, who left, and who arrived where."""

    def board(
        self,
        site: str,
        vehicles: Sequence[Vehicle],
        leaves_at: str,
        *,
        idem: str | None = None,
    ) -> Done:
        """Fill vehicles with those bound for a site, households and links together: a manifest each."""
        place = self.pack.site(site)
        self._permit("board", region=place.region, site=site)

        def act() -> Acts:
            listed = {case for _, row in self._boarding() for case in row["cases"]}
            bound = {
                case: (row, self._household(case, row).need)
                for case, row in self._bound(site).items()
                if case not in listed
            }
            return board(
                site, vehicles, bound,
                leaves_at=leaves_at, day=self._day(), stream=self._stream("board"),
            )  # fmt: skip

        return self._do("board", act, idem)

    def change_manifest(
        self,
        run: str,
        *,
        add: Sequence[str] = (),
        remove: Sequence[str] = (),
        idem: str | None = None,
    ) -> Done:
        """Add or remove households before a run leaves: a new version that supersedes the last."""
        self._may_at_all("board")
        row = self._run(run)
        ground = self._permit("board", site=row["site"], run=run)

        def act() -> Acts:
            now = self._run(run)
            listed = {c for other, r in self._boarding() if other != run for c in r["cases"]}
            twice = sorted(listed & {*add})
            if twice:
                raise WrongState(f"{twice[0]} is on another manifest.", "Remove it there first.")
            cases = [*now.get("cases", ()), *add]  # a run without a manifest has none
            people = self._people(cases)  # whom nobody took in is refused before any look
            with self._looking("change of a manifest", cases, ground, site=row["site"]):
                return change_manifest(
                    run, now, people,
                    add=add, remove=remove, version=now["version"], day=self._day(),
                )  # fmt: skip

        return self._do("board", act, idem)

    def manifest(self, run: str, version: int = 0) -> dict[str, Any]:
        """The manifest of a run as data: its version and mark, a line per household by its code.

        ``version``: an earlier one, which says by which it is superseded; 0 = the one that counts.
        """
        self._may_at_all("board")
        row = self._run(run)
        ground = self._permit("board", site=row["site"], run=run)
        made = {
            int(e.body["matter"]["manifest"]): e.body["matter"]
            for e in self._history(f"run/{run}", run)
            if e.verb == "board"
        }
        last = max(made, default=0)
        if version and version not in made:
            raise NotFound(f"Run {run} has no version {version}.", f"Its last is {last}.")
        shown = made.get(version or last, {})
        cases = list(shown.get("cases", row.get("cases", ())))
        looked_at = [run, *cases]  # in each household's log too
        self._read("manifest", looked_at, ground, site=row["site"])
        return {
            "run": run,
            **{k: row[k] for k in ("site", "state", "day")},
            "persons": shown.get("persons", row["persons"]),
            **{k: row.get(k) for k in ("leaves_at", "vehicle")},
            **{k: shown.get(k) for k in ("manifest", "supersedes")},
            "superseded_by": last if version and version < last else 0,
            "mark": shown.get("manifest_mark", ""),
            "anchor": self.journal.head()[1],
            "lines": manifest_lines(cases, self._people(cases), str(row["site"])),
        }

    def _run(self, run: str) -> dict[str, Any]:
        row = self.journal.row("matters", f"run/{run}")
        if row is None:
            raise NotFound(no_such("run", run), "Name the run, R-….")
        return row

    def _boarding(self) -> list[tuple[str, dict[str, Any]]]:
        rows = self.journal.rows("matters", list="run/boarding")
        return [(subject.partition("/")[2], row) for subject, row in rows.items()]

    def _bound(self, site: str) -> dict[str, dict[str, Any]]:
        rows = self.journal.rows("cases", state="bound")
        return {case: row for case, row in rows.items() if row["offer"]["site"] == site}

    def _people(self, cases: Sequence[str]) -> dict[str, tuple[dict[str, Any], Need]]:
        rows = {case: self._case(case) for case in cases}
        return {case: (row, self._household(case, row).need) for case, row in rows.items()}

    def depart(
        self,
        where: str,
        *,
        only: Sequence[str] = (),
        no_show: Sequence[str] = (),
        idem: str | None = None,
    ) -> Done:
        """A run leaves: with its manifest (``R-…``), or for a site with those bound there or named."""
        self._may_at_all("depart")
        run = where if where.startswith("R-") else ""
        site = str(self._run(run)["site"]) if run else where
        place = self.pack.site(site)
        self._permit("depart", region=place.region, site=place.id, run=run)

        def act() -> Acts:
            bound = self._bound(site)
            manifest = (run, self._run(run)) if run else None
            if manifest:
                if manifest[1]["state"] != "boarding":
                    raise WrongState(f"Run {run} has left already.", "Nothing to do.")
                mine = {*manifest[1]["cases"]}
                gone = sorted(mine - set(bound))
                if gone:
                    raise WrongState(
                        f"{', '.join(gone)} is on the manifest and not bound there any more.",
                        "Remove it: 'partage board RUN --remove CASE', a new version.",
                    )
            else:
                listed = {case for _, row in self._boarding() for case in row["cases"]}
                mine = set(bound) - (listed - {*only})
            bound = {c: r for c, r in bound.items() if c in mine}
            if only:
                bound = {c: r for c, r in bound.items() if c in {*only, *no_show}}
            missing = sorted(set(only) - set(bound))
            if missing:
                raise WrongState(
                    f"{', '.join(map(named, missing))} is not bound to {site}.", "See its state."
                )
            if set(bound) - {*no_show}:
                check_open(place, self.journal.rows("places"), self._day())
            row, _ = self._place(f"site/{site}")
            return depart(
                site, bound, row, no_show=no_show, day=self._day(),
                stream=self._stream("depart"), manifest=manifest,
            )  # fmt: skip

        return self._do("depart", act, idem)

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
        body = self._history(f"run/{run}", run)[0].body
        planned = str(body["matter"]["site"])
        place = self.pack.site(site or planned)
        self._permit("arrive", region=place.region, site=place.id, run=run)
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
        row = self._case(case)
        site = (row.get("fallback") or {}).get("site", "")
        self._permit("arrive", site=site, case=case)
        return self._do(
            "arrive", lambda: arrive_at_fallback(case, self._case(case), day=self._day()), idem
        )

    def found(self, case: str, *, idem: str | None = None) -> Done:
        """A household that was not seen, or not all of it, is seen again."""
        self._may_at_all("arrive")
        row = self._case(case)
        site = str((row.get("stay") or {}).get("site", "")) if row.get("missing") else ""
        if not site and self.actor.role == "site":
            raise InputRefused(
                f"It is not said where {case} is seen again.",
                f"At your own door: 'partage arrive {case} --found --site SITE', your own; it has its "
                "place there from then on.",
            )
        self._permit("arrive", case=case, site=site)
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
