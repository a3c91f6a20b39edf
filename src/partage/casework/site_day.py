"""A site on one day, for who is at its door: expected, arrived, kept for, looked for, and what is free."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from partage.casework.acts import Row
from partage.casework.count import MOST_NIGHTS

Rows = Mapping[str, Row]
SOON = timedelta(days=7)  # before the day on which a household means to leave


@dataclass(frozen=True, slots=True)
class Door:
    """A site and its day; ``codes``: whether cases are named, or counted alone."""

    site: str
    day: date
    codes: bool

    def expected(self, runs: Rows, travelling: Rows) -> list[dict[str, Any]]:
        """The vehicles that are loading for it or on the road, the next first, with who is on them."""
        listed = []
        for subject, row in runs.items():
            run = subject.partition("/")[2]
            if row["site"] != self.site or row["state"] not in ("boarding", "on-road"):
                continue
            cases = (
                list(row["cases"])
                if row["state"] == "boarding"
                else [c for c, one in travelling.items() if one["run"] == run]
            )
            persons = (
                int(row["persons"])
                if row["state"] == "boarding"
                else sum(int(travelling[c]["persons"]) for c in cases)
            )
            line = {
                "run": run, "state": row["state"], "day": row["day"],
                "leaves_at": row.get("leaves_at", ""), "households": len(cases), "persons": persons,
            }  # fmt: skip
            listed.append(line | ({"cases": sorted(cases)} if self.codes else {}))
        return sorted(listed, key=lambda line: (line["state"], str(line["leaves_at"]), line["run"]))

    def not_boarded(self, bound: Rows, boarding: Iterable[Row]) -> dict[str, Any]:
        """Who has accepted a place here and is on no vehicle yet."""
        listed = {case for row in boarding for case in row["cases"]}
        return self._who(
            {c: r for c, r in bound.items() if r["offer"]["site"] == self.site and c not in listed}
        )

    def kept(self, kept: Rows) -> dict[str, Any]:
        """Who said no elsewhere and may come to the place that is kept for it here."""
        return self._who({c: r for c, r in kept.items() if r["fallback"]["site"] == self.site})

    def arrived(self, here: Rows) -> dict[str, Any]:
        """Who came today."""
        today = self.day.isoformat()
        return self._who({c: r for c, r in here.items() if r["since"] == today})

    def living(self, here: Rows) -> dict[str, Any]:
        """How many live here, and how many of their households were not seen since they came."""
        return numbers_of(here)

    def looked_for(self, unknown: Rows) -> dict[str, Any]:
        """Who was here or was to come from here, and is not seen any more."""
        last = f"hosted@{self.site}"
        return self._who({c: r for c, r in unknown.items() if r.get("last_at") == last})

    def leaving(self, here: Rows) -> Any:
        """Who means to leave within a week, or meant to; a number where cases are not named."""
        last = (self.day + SOON).isoformat()
        plans = [
            {"case": case, "persons": row["persons"], **dict(row["exit_plan"])}
            for case, row in here.items()
            if row.get("exit_plan") and row["exit_plan"]["on"] <= last
        ]
        return sorted(plans, key=lambda p: (p["on"], p["case"])) if self.codes else len(plans)

    def _who(self, rows: Rows) -> dict[str, Any]:
        return numbers_of(rows) | ({"cases": sorted(rows)} if self.codes else {})


def numbers_of(rows: Rows) -> dict[str, Any]:
    """Households and persons; and, where there are any, how many of them were not seen since they came."""
    missing = sum(int(r.get("missing") or 0) for r in rows.values())
    persons = sum(int(r["persons"]) for r in rows.values())
    return {
        "households": len(rows),
        "persons": persons,
        **({"missing": missing} if missing else {}),
    }


def nights_to_count(counted: Iterable[str], lived: Mapping[str, int]) -> list[str]:
    """Nights that are over, had people here, and of which nobody has given a number."""
    return sorted(night for night, persons in lived.items() if persons and night not in {*counted})


def last_nights(today: date, began: str) -> list[date]:
    """The nights that are over and may still be counted."""
    nights = (today - timedelta(days=back) for back in range(MOST_NIGHTS, 0, -1))
    return [night for night in nights if night.isoformat() >= began]
