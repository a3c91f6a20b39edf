"""The left navigation: work queues with their counts, by role."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from partage.core.errors import NotPermitted
from partage.office.permits import PERMITS

if TYPE_CHECKING:
    from partage.faces.web.at import At

Count = Callable[[Mapping[str, Any]], int | None]


@dataclass(frozen=True, slots=True)
class Queue:
    """One line: where it leads, its words, the verb (and fields) without which it is not there."""

    path: str
    key: str
    verb: str
    count: Count = lambda _: None
    fields: str = ""
    scope: str = ""  # without a row of that scope it is not there: the page is of everybody's
    roles: frozenset[str] = frozenset()  # of those who may, whose work it is; empty: all of them


@dataclass(frozen=True, slots=True)
class Link:
    """A queue as it is shown."""

    path: str
    text: str
    count: int | None
    current: bool


def _state(name: str) -> Count:
    return lambda queues: int(queues["states"].get(name, {}).get("households", 0))


def _list(name: str) -> Count:
    return lambda queues: int(queues["lists"].get(name, 0))


def _asked(queues: Mapping[str, Any]) -> int:
    return sum(int(queues["lists"].get(f"{kind}/open", 0)) for kind in ("review", "correction"))


_CODES = "case codes"
QUEUES: tuple[Queue, ...] = (
    Queue("/today", "nav.today", "survey|board"),
    Queue("/arrivals", "nav.arrivals", "register"),
    Queue("/duplicates", "nav.duplicates", "duplicate", _list("pair/open")),
    Queue("/cases/waiting", "nav.waiting", "survey", _state("waiting"), _CODES),
    Queue("/cases/outside-engine", "nav.outside", "survey", _state("outside-engine"), _CODES),
    Queue("/plans", "nav.plans", "explain", _list("plan/proposed"), roles=frozenset(
        ("placement", "approver", "auditor", "intake"))),
    Queue("/cases/approved", "nav.approved", "survey", _state("approved"), _CODES),
    Queue("/offers", "nav.offered", "survey", _state("offered"), _CODES),
    Queue("/cases/kept", "nav.kept", "survey", _state("kept"), _CODES),
    Queue("/departures", "nav.bound", "depart", _state("bound"), roles=frozenset(("placement",))),
    Queue("/cases/travelling", "nav.travelling", "survey", _state("travelling"), _CODES),
    Queue("/cases/unknown", "nav.unknown", "survey", _state("unknown"), _CODES),
    Queue("/requests", "nav.requests", "review", _asked, "request"),
    Queue("/nights", "nav.nights", "close"),
    Queue("/roofs", "nav.roofs", "place|review", _list("roof/open"), roles=frozenset(
        ("intake", "placement", "approver"))),
    Queue("/board", "nav.board", "survey", scope="all"),
    Queue("/agreements", "nav.agreements", "survey", _list("agreement/proposed"), scope="all"),
    Queue("/ahead", "nav.ahead", "forecast"),
    Queue("/brief", "nav.brief", "brief"),
    Queue("/scenarios", "nav.scenarios", "forecast", scope="all", roles=frozenset(
        ("placement", "approver", "analyst", "minister"))),
    Queue("/exceptions", "nav.exceptions", "survey", scope="all"),
    Queue("/policies", "nav.policies", ""),
    Queue("/asks", "nav.asks", "survey", scope="all", roles=frozenset(
        ("placement", "approver", "region", "city", "minister", "auditor"))),
    Queue("/overrides", "nav.overrides", "survey", roles=frozenset(
        ("approver", "auditor", "analyst", "minister"))),
    Queue("/record", "nav.record", "verify"),
    Queue("/ledger", "nav.ledger", "verify"),
    Queue("/statements", "nav.statements", "settle"),
    Queue("/users", "nav.users", "user"),
    Queue("/webhooks", "nav.webhooks", "hook"),
    Queue("/vouch", "nav.vouch", "vouch"),
)  # fmt: skip


def navigation(at: At) -> list[Link]:
    """The queues of whoever is here; those without a row in the permits are not there."""
    role = at.actor.role
    if role == "household":  # one page of its own, and no queue
        return []
    mine = [q for q in QUEUES if _has_row(role, q) and (not q.roles or role in q.roles)]
    try:
        counts = at.office.queues()
    except NotPermitted:
        counts = {"states": {}, "lists": {}}
    here = at.request.url.path[3:]
    return [Link(q.path, at.t(q.key), q.count(counts), here == q.path) for q in mine]


def _has_row(role: str, queue: Queue) -> bool:
    verbs = queue.verb.split("|") if queue.verb else []
    return not verbs or any(
        row.verb in verbs
        and row.role == role
        and (not queue.fields or queue.fields in row.fields.split(", "))
        and queue.scope in ("", row.scope)
        for row in PERMITS
    )
