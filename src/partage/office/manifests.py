"""Manifests: who travels on which vehicle, each version of it, and the runs there are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from partage.casework.aboard import codes_of, late_changes, needed, needs_of, now_of, origins
from partage.casework.acts import Acts, Row
from partage.casework.board import Vehicle, board, change_manifest, manifest_lines
from partage.core.errors import NotFound, WrongState, no_such
from partage.core.household import Need
from partage.office.consents import Consents
from partage.office.desk import Done
from partage.office.permits import Permit

RUN_SAYS = (
    "site", "state", "day", "leaves_at", "vehicle", "persons", "cases", "manifest",
)  # fmt: skip


class Manifests(Consents):
    """Who travels on which vehicle; each change is a version that supersedes the last."""

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
        row, ground = self._permitted_run("board", run)

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

    def manifest(self, run: str, version: int = 0, *, needs: bool = False) -> dict[str, Any]:
        """The manifest of a run as data: its version and mark, a line per household by its code.

        ``version``: an earlier one, which says by which it is superseded; 0 = the one that counts.
        ``needs``: with ages, rooms and care of each, for whoever receives them.
        """
        self._may_at_all("board")
        row, ground = self._permitted_run("board", run, fields="needs" if needs else "")
        made = {
            int(e.body["matter"]["manifest"]): e.body["matter"]
            for e in self._history(f"run/{run}", run)
            if e.verb == "board" and "manifest" in e.body["matter"]
        }
        last = max(made, default=0)
        if version and version not in made:
            raise NotFound(f"Run {run} has no version {version}.", f"Its last is {last}.")
        shown = made.get(version or last, {})
        cases = list(shown.get("cases", row.get("cases", ()))) or self._on_road(run)
        looked_at = [run, *cases]  # in each household's log too
        self._read(
            "manifest with needs" if needs else "manifest", looked_at, ground, site=row["site"]
        )
        people = self._people(cases)
        codes = codes_of(cases)
        lines = [
            line
            | {"code": codes[line["case"]], "now": now_of(run, row, line["case"], people)}
            | (needs_of(people[line["case"]][1]) if needs else {})
            for line in manifest_lines(cases, people, str(row["site"]))
        ]
        return {
            "run": run,
            **{k: row[k] for k in ("site", "state", "day")},
            "persons": shown.get("persons", row["persons"]),
            **{k: row.get(k) for k in ("leaves_at", "vehicle")},
            **{k: shown.get(k) for k in ("manifest", "supersedes")},
            "superseded_by": last if version and version < last else 0,
            "versions": [
                {"manifest": n, "persons": made[n]["persons"], "mark": made[n]["manifest_mark"]}
                for n in sorted(made, reverse=True)
            ],
            "origins": origins(row for row, _ in people.values()),
            "needed": needed([people[case][1] for case in cases]),
            "changed": self._changed(run, row),
            "mark": shown.get("manifest_mark", ""),
            "anchor": self.journal.head()[1],
            "lines": lines,
        }

    def _on_road(self, run: str) -> list[str]:
        """Who is on the road with a run that left without a manifest."""
        rows = self.journal.rows("cases", state="travelling")
        return sorted(case for case, row in rows.items() if row["run"] == run)

    def _changed(self, run: str, row: Row) -> list[dict[str, str]]:
        """What has changed since the manifest that counts was made, as findings."""
        if row["state"] != "boarding":
            return []
        listed = {case for _, other in self._boarding() for case in other["cases"]}
        beside = len(set(self._bound(str(row["site"]))) - listed)
        found = late_changes(run, row, self._people(row["cases"]), beside)
        return [finding.as_dict() for finding in found]

    def runs(self, site: str = "") -> list[dict[str, Any]]:
        """The runs that are loading or on the road, the next first; to one site, or all of them."""
        self._may_at_all("board")
        self._permit("board", site=self.pack.site(site).id if site else "")
        found = []
        for state in ("boarding", "on-road"):
            for subject, row in self.journal.rows("matters", list=f"run/{state}").items():
                if site in ("", row["site"]):
                    found.append(
                        {
                            "run": subject.partition("/")[2],
                            **{k: row.get(k) for k in RUN_SAYS},
                            "households": len(row.get("cases", ())),
                        }
                    )
        return sorted(found, key=lambda one: (one["state"], str(one["leaves_at"]), one["run"]))

    def _permitted_run(
        self, verb: str, run: str, fields: str = ""
    ) -> tuple[dict[str, Any], Permit]:
        """A run, for whoever may; another's is refused as one that is not there."""
        row = self.journal.row("matters", f"run/{run}")
        where = {"site": str(row["site"])} if row else None
        ground = self._permit_found(verb, where, fields=fields, run=run)
        return self._run(run), ground

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
