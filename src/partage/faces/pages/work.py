"""What waits for a role on its first page: a number that is not nought, and where its list is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from partage.office.office import Office

STATEMENTS = "settle"  # the verb of statements of cost
OVER = ("paid", "reversed")


@dataclass(frozen=True, slots=True)
class Work:
    """One kind of work: its words, its list, whose it is; counted from states and lists of the queues."""

    key: str
    path: str
    roles: frozenset[str]
    states: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()

    def count(self, queues: Mapping[str, Any]) -> int:
        """How many there are."""
        states, lists = queues["states"], queues["lists"]
        return sum(int(states.get(name, {}).get("households", 0)) for name in self.states) + sum(
            int(lists.get(name, 0)) for name in self.lists
        )


def _of(*roles: str) -> frozenset[str]:
    return frozenset(roles)


WORK = (
    Work("describe", "/arrivals", _of("intake"), states=("counted",)),
    Work("alike", "/duplicates", _of("intake"), lists=("pair/open",)),
    Work("asked", "/requests", _of("intake", "placement", "approver"),
         lists=("review/open", "correction/open")),
    Work("by-hand", "/cases/outside-engine", _of("placement"), states=("outside-engine",)),
    Work("roofs", "/roofs", _of("placement", "approver"), lists=("roof/open",)),
    Work("plans", "/plans", _of("approver"), lists=("plan/proposed",)),
    Work("to-offer", "/cases/approved", _of("placement"), states=("approved",)),
    Work("to-answer", "/offers", _of("intake", "placement"), states=("offered",)),
    Work("to-leave", "/departures", _of("placement"), states=("bound",)),
    Work("look-for", "/cases/unknown", _of("intake", "placement"), states=("unknown",)),
    Work("asks", "/asks", _of("minister", "region", "city"), lists=("ask/open",)),
    Work("promises", "/asks", _of("placement", "approver", "minister", "region", "city", "auditor"),
         lists=("ask/promised",)),
)  # fmt: skip


def work_of(role: str, queues: Mapping[str, Any]) -> list[tuple[str, int, str]]:
    """What waits for a role: words, how many, where; what is nought is left out."""
    mine = ((one.key, one.count(queues), one.path) for one in WORK if role in one.roles)
    return [one for one in mine if one[1]]


def has_work(role: str) -> bool:
    """Whether there is work of a kind that is counted for this role at all."""
    return any(role in one.roles for one in WORK)


def statements_of(office: Office) -> Sequence[Mapping[str, Any]] | None:
    """Statements of cost that are not over, for whoever works on them; None for everybody else."""
    if office.actor.role not in ("finance", "certifier"):
        return None
    return [one for one in office.statements() if one["state"] not in OVER]
