"""A closed night beside what people counted, and who was looked for when it was written down."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from partage.core.findings import Finding
from partage.ledger.facts import Entry

LOOKED_FOR = "outside:unknown"


def counts_of(
    night: str, entries: Iterable[Entry], nights: Mapping[str, int]
) -> list[dict[str, Any]]:
    """Every count of a night in the order they came, with what was written down for its account."""
    return [
        {
            "account": str(e.body["account"]), "by": str(e.body.get("by", "")),
            "counted": int(e.body["reported"]), "book": int(nights.get(str(e.body["account"]), 0)),
        }
        for e in entries
        if e.verb == "count" and str(e.body.get("night") or e.day) == night
    ]  # fmt: skip


def ended_since(entries: Iterable[Entry]) -> set[str]:
    """The cases whose search ended in these entries: found, gone somewhere, or closed by a person."""
    return {
        e.subject.partition("/")[2]
        for e in entries
        if e.subject.startswith("case/")
        and (
            e.body.get("step") == "exit:search-closed"
            or any(move["from"] == LOOKED_FOR for move in e.body.get("moves", ()))
        )
    }


def was_looked_for(history: Iterable[Entry], at: str) -> bool:
    """Whether a case was looked for at an instant, by the entries of it before."""
    state = ""
    for entry in history:
        if entry.at >= at:
            break
        state = str(entry.body.get("case", {}).get("state", state))
    return state == "unknown"


def beside(
    night: str, counts: Sequence[Mapping[str, Any]], looked_for: Mapping[str, int]
) -> list[Finding]:
    """What somebody should know who reads the book of a night: it is not the only word on it."""
    last = {
        (one["account"], one["by"]): one for one in counts
    }  # whoever counts twice means the last
    found = [
        Finding(
            account,
            f"{by or 'somebody'} counted {one['counted']} persons on the night of {night}, "
            f"the book says {one['book']}",
            "find out who is where; neither number is changed by this",
            "fault",
        )
        for (account, by), one in last.items()
        if one["counted"] != one["book"]
    ]
    if looked_for["households"]:
        found.append(
            Finding(
                f"night {night}",
                f"{looked_for['households']} household(s), {looked_for['persons']} person(s), were "
                "looked for at the close of the night",
                "they are in no site's number; 'partage survey --state unknown' lists who is looked "
                "for now",
                "fault",
            )
        )
    return found
