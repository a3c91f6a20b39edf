"""``exit``: people leave, or say when they will; where they live afterwards is theirs to tell."""

from __future__ import annotations

from typing import Any

from partage.casework.acts import Acts, Row, case_draft, free_stay, new_secret, past_of
from partage.casework.correct import freed
from partage.core.errors import InputRefused, shown
from partage.core.findings import Finding
from partage.core.streams import Stream
from partage.ledger.facts import Draft

WHERE = (
    "housing", "relatives", "other-province", "other-shelter", "abroad", "hospital", "custody",
    "died", "unknown",
)  # fmt: skip


def leave(
    case: str, row: Row, to: str, *, address: str, consent: bool, day: str, stream: Stream
) -> Acts:
    """A household leaves: what was held for it is free, and it is in the book as outside.

    ``address`` goes to the vault, and only by the household's consent. ``unknown`` is an alarm, so
    that somebody looks. Refused: a destination that is no code, an address without consent.
    """
    _check(to)
    if address and not consent:
        raise InputRefused(
            "An address is kept only if the household consents.",
            "Ask them, then add --consent; or leave the address out.",
        )
    account = f"outside:{to}"
    gone = {
        "account": account, "offer": None, "fallback": None, "approved": None, "stay": None,
        "exit_plan": None, "since": day, **past_of(row),
    }  # fmt: skip
    moves = []
    if row.get("account") != account:
        moves = [{"from": row["account"], "to": account, "persons": int(row["persons"])}]
    secrets = [new_secret(stream, "address", f"case/{case}", address.encode())] if address else []
    first = case_draft(
        "exit", case, row, day, gone, to=to, moves=moves,
        vault={secret.kind: secret.commitment for secret in secrets},
    )  # fmt: skip
    drafts: list[Draft] = [first, *freed(row, day), *free_stay(row, day)]
    findings: tuple[Finding, ...] = ()
    if to == "unknown":
        do = "look for this household; 'partage exit' cannot be undone, a return is a new case"
        findings = (Finding(f"case {case}", "left and nobody knows where to", do, "fault"),)
    data = {"case": case, "to": to, "address_kept": bool(address)}
    return Acts(
        tuple(drafts),
        {f"case/{case}": row["version"]},
        tuple(secrets),
        findings=findings,
        data=data,
    )


def plan_to_leave(case: str, row: Row, to: str, on: str, *, day: str) -> Acts:
    """When a household means to leave, and where to; the next word replaces this one."""
    _check(to)
    if on < day:
        raise InputRefused(f"{on} is over.", "Give the day on which they mean to leave.")
    plan = {"to": to, "on": on}
    draft = case_draft("exit:planned", case, row, day, {"exit_plan": plan})
    data: dict[str, Any] = {"case": case, "exit_plan": plan}
    return Acts((draft,), {f"case/{case}": row["version"]}, data=data)


def _check(to: str) -> None:
    if to not in WHERE:
        raise InputRefused(f"{shown(to)} is not a destination.", f"Use one of: {', '.join(WHERE)}.")
