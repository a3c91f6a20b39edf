"""What people look at together: the queues, the capacity board, the plans of a day, a plan line by line."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from partage.casework.approve import hands_of
from partage.casework.capacity import board
from partage.core.errors import InputRefused, shown
from partage.core.names import same_person
from partage.core.plan import Reason
from partage.core.steps import STATES
from partage.ledger.facts import Entry
from partage.office.standing import Document, StandingPlans

LISTS = (
    "plan/proposed", "review/open", "correction/open", "roof/open", "run/boarding", "run/on-road",
    "agreement/proposed", "ask/open", "ask/promised", "pair/open",
)  # fmt: skip
SHOW = ("all", "open", "flagged", "unplaced", "changed", "approved")
SORTS: Mapping[str, Callable[[Mapping[str, Any]], Any]] = {
    "plan": lambda line: 0,
    "persons": lambda line: -int(line["persons"]),
    "place": lambda line: (line["region"], line["site"]),
    "case": lambda line: line["case"],
}
FEW = 20  # lines of a plan that are looked up one by one
PLANS = ("proposed", "approved", "as-if", "overridden", "replanned")


class Looks(StandingPlans):
    """What people look at together; each look says how old it is, and decides nothing."""

    def queues(self) -> dict[str, Any]:
        """How much work waits: households and persons by state, and what is open, by list.

        A plan whose day is over waits for nobody.
        """
        self._permit("survey")
        tally = self.journal.rows("tally")
        today, lists = self._day(), {}
        for name in LISTS:
            if name == "plan/proposed":
                rows = self.journal.rows("matters", list=name).values()
                lists[name] = sum(row["day"] >= today for row in rows)
            else:
                lists[name] = self.journal.count("matters", list=name)
        return {
            "at": self._at(),
            "states": {state: dict(tally[state]) for state in STATES if state in tally},
            "lists": lists,
        }

    def capacity(self, day: date | None = None, nights: int = 30) -> dict[str, Any]:
        """The capacity board of a day: each site with each service that somebody stated."""
        self._permit("survey")
        hours = self._silent_hours()
        situation = self._situation(
            day or date.fromisoformat(self._day()), nights, silent_hours=hours
        )
        places = self._places()
        with self.seen.one_at_a_time:
            sites = board(places, situation, self.clock.now(), self.seen.board)
        return {
            "day": situation.day.isoformat(),
            "nights": situation.nights,
            "at": self._at(),
            "silent_hours": hours,
            "sites": sites,
        }

    def plans(self, day: date | None = None) -> list[dict[str, Any]]:
        """The plans for a day (none: every one that is for today or later), the newest first."""
        self._permit("survey")
        today, found = self._day(), []
        for state in PLANS:
            for subject, row in self.journal.rows("matters", list=f"plan/{state}").items():
                mine = row["day"] == day.isoformat() if day else row["day"] >= today
                if mine:
                    found.append(_listed(self._history(subject, subject), row))
        return sorted(found, key=lambda one: str(one["at"]), reverse=True)

    def read_plan(
        self,
        plan: str,
        *,
        show: str = "all",
        region: str = "",
        sort: str = "plan",
        first: int = 0,
        most: int | None = None,
        whole: bool = False,
    ) -> dict[str, Any]:
        """A kept plan line by line, with the reason, the second choice and the flags of each line.

        The look is logged with the plan. ``mine``: whoever looks proposed it or overrode a line of it, so
        somebody else approves it. ``now`` of a line is the state of its case; ``changed``: the case is no
        longer what the line was made for; ``status`` sums both up. ``lines`` are those that ``show``
        names (a status, or all), of one ``region`` if it is named, in the order of ``sort``, from number
        ``first``, at most ``most``; ``found`` says how many these are, ``counts`` and ``index`` (a line
        without its reason) are of all. A reason has the second choice and what decided; every other site
        too if it is asked for ``whole``: with hundreds of sites that is most of it.
        """
        ground = self._permit("explain", fields="reason")
        if show not in SHOW:
            raise InputRefused(f"{shown(show)} is no status of a line.", f"Use: {', '.join(SHOW)}.")
        if sort not in SORTS:
            raise InputRefused(f"{shown(sort)} is no order of lines.", f"Use: {', '.join(SORTS)}.")
        region = self.pack.region_id(region) if region else ""
        history = self._history(f"plan/{plan}", plan)
        document = self._document(plan)
        self._read("plan", [f"plan/{plan}"], ground)
        row = self.journal.row("matters", f"plan/{plan}") or {}
        body = history[0].body
        hands = hands_of(history[0])
        lines, index = document["lines"], self._index(document["lines"], plan)
        chosen = [
            n
            for n, line in enumerate(index)
            if show in ("all", line["status"]) and region in ("", line["region"])
        ]
        found = len(chosen)
        chosen = sorted(
            chosen, key=lambda n: SORTS[sort](index[n])
        )  # equals as they are in the plan
        chosen = chosen[first : None if most is None else first + most]
        return {
            **_listed(history, row),
            "at_now": self._at(),
            "mine": bool(hands & set(map(same_person, (self.actor.name, *self._stands_for())))),
            "key": document["key"],
            "tiers": document["tiers"],
            "price_bounds": list(body["price_bounds"]),
            "proven": body["proven"],
            "overrides": body.get("overrides"),
            "replan": body.get("replan"),
            "instead": row.get("by", ""),
            "regions": _regions(document, body),
            "counts": {"all": len(index), **Counter(str(line["status"]) for line in index)},
            "index": index,
            "found": found,
            "lines": [{**index[n], **self._reasoned(lines[n], whole=whole)} for n in chosen],
            "outside_cases": list(document["outside"]),
            "history": [
                {"at": e.at, "verb": e.verb, "role": e.role, "by": e.actor} for e in history
            ],
        }

    def _index(self, lines: Sequence[Mapping[str, Any]], plan: str) -> list[dict[str, Any]]:
        """Each line as it stands now, without its reason: quick for thousands of them."""
        known: dict[str, Any] = {}
        for state in ("waiting", "approved", "offered") if len(lines) > FEW else ():
            known |= self.journal.rows("cases", state=state)
        found = []
        for line in lines:
            case = str(line["case"])
            row = known.get(case) or self.journal.row("cases", case) or {}
            taken = (row.get("approved") or {}).get("plan") == plan
            one = {
                "case": case,
                "persons": line["persons"],
                "site": line["site"] or "",
                "region": line["region"] or "",
                "together": list(line["together"]),
                "look": line["look"],
                "now": str(row.get("state", "")),
                "approved": taken,
                "changed": not taken and row.get("version") != line["version"],
                "synthetic": bool(row.get("synthetic")),
            }
            found.append({**one, "status": _status(one)})
        return found

    def _reasoned(self, line: Mapping[str, Any], *, whole: bool) -> dict[str, Any]:
        """The reason of a line and its flags, from the vault; none where they were erased."""
        said: dict[str, Any] = {}
        for secret in self._secrets(f"case/{line['case']}", "reason"):
            if secret.commitment == line["reason"]:
                said = json.loads(secret.data)
        if said and not whole:
            said["elsewhere"] = ()
        return {
            "flags": list(said.get("flags", ())),
            "reason": Reason.from_dict(said) if said else None,
        }


def _status(line: Mapping[str, Any]) -> str:
    """What can be done with a line: approved, unplaced, changed, flagged (by name alone), or open."""
    if line["approved"]:
        return "approved"
    if not line["site"]:
        return "unplaced"
    if line["changed"] or line["now"] != "waiting":
        return "changed"
    return "flagged" if line["look"] else "open"


def _listed(history: list[Entry], row: Mapping[str, Any]) -> dict[str, Any]:
    """A plan in a list: what it is for, how much it places, who made it when, and how it stands."""
    first = history[0]
    body = first.body
    return {
        "plan": first.subject.removeprefix("plan/"),
        "state": row.get("state", ""),
        "day": body["plan_day"],
        "policy": body["policy"],
        "policy_version": body["policy_version"],
        "as_if": body["as_if"],
        "mechanism": body["mechanism"],
        "placed": body["placed"],
        "unplaced": body["unplaced"],
        "outside": body["outside"],
        "households": row.get("lines", 0),
        "value": body["value"],
        "bound": body["bound"],
        "at": first.at,
        "by": first.actor,
        "role": first.role,
    }


def _regions(document: Document, body: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Persons due to each region and placed there, and the difference."""
    due = dict(body["due"])
    placed: dict[str, int] = {}
    settled = document.get("replan", {}).get("settled", [])
    for line in (*document["lines"], *settled):
        if line.get("region"):
            placed[line["region"]] = placed.get(line["region"], 0) + int(line["persons"])
    return [
        {
            "region": region,
            "due": due.get(region, 0),
            "placed": placed.get(region, 0),
            "difference": placed.get(region, 0) - due.get(region, 0),
        }
        for region in sorted({*due, *placed})
    ]
