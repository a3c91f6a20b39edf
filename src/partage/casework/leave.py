"""``exit``: people leave, or say when they will; where they live afterwards is theirs to tell.

Nobody leaves for ``unknown`` in silence: whoever does is looked for until found, or until a person
closes the search with a reason.
"""

from __future__ import annotations

from typing import Any

from partage.casework.acts import Acts, Row, case_draft, free_stay, new_secret, past_of
from partage.casework.correct import freed
from partage.core.errors import InputRefused, WrongState
from partage.core.findings import Finding
from partage.core.streams import Stream
from partage.ledger.facts import Draft

WHERE = (
    "housing", "relatives", "other-province", "other-shelter", "abroad", "hospital", "custody",
    "died", "unknown",
)  # fmt: skip

WHY_CLOSED = ("police-told", "protection-told", "relatives-said", "claim-elsewhere", "mistake")


def leave(
    case: str,
    row: Row,
    to: str,
    *,
    address: str,
    consent: bool,
    why: str = "",
    day: str,
    stream: Stream,
) -> Acts:
    """A household leaves: what was held for it is free, and it is in the book as outside.

    ``address`` goes to the vault, and only by the household's consent. ``unknown`` is an alarm that
    stays until they are found; with ``why`` a person closes that search. Refused: a destination
    that is no code, an address without consent, a reason where nobody is looked for.
    """
    _check(to)
    fact = "exit"
    if to == "unknown":
        fact = _of_search(case, row, why)
    elif why:
        raise InputRefused("--why closes a search, and they left for a place.", "Leave it out.")
    if address and not consent:
        raise InputRefused(
            "An address is kept only if the household consents.",
            "Ask them, then add --consent; or leave the address out.",
        )
    account = f"outside:{to}"
    gone = {
        "account": account, "offer": None, "fallback": None, "approved": None, "stay": None,
        "exit_plan": None, "since": day, **past_of(row),
        **({"last_at": row["account"]} if fact == "exit:unknown" else {}),
    }  # fmt: skip
    moves = []
    if row.get("account") != account:
        moves = [{"from": row["account"], "to": account, "persons": int(row["persons"])}]
    secrets = [new_secret(stream, "address", f"case/{case}", address.encode())] if address else []
    first = case_draft(
        fact, case, row, day, gone, to=to, moves=moves, **({"why": why} if why else {}),
        vault={secret.kind: secret.commitment for secret in secrets},
    )  # fmt: skip
    drafts: list[Draft] = [first, *freed(row, day), *free_stay(row, day)]
    findings: tuple[Finding, ...] = ()
    if fact == "exit:unknown":
        do = "look for this household; 'partage arrive CASE --found' when it is seen"
        findings = (Finding(f"case {case}", "left and nobody knows where to", do, "fault"),)
    data = {
        "case": case, "to": to, "address_kept": bool(address), "looked_for": fact == "exit:unknown",
    }  # fmt: skip
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
    if to == "unknown":
        raise InputRefused("Nobody plans to leave for 'unknown'.", "Ask where they mean to go.")
    if on < day:
        raise InputRefused(f"{on} is over.", "Give the day on which they mean to leave.")
    plan = {"to": to, "on": on}
    draft = case_draft("exit:planned", case, row, day, {"exit_plan": plan})
    data: dict[str, Any] = {"case": case, "exit_plan": plan}
    return Acts((draft,), {f"case/{case}": row["version"]}, data=data)


def _of_search(case: str, row: Row, why: str) -> str:
    """Whether a search begins or ends; refused where it is neither."""
    looked_for = row.get("state") == "unknown"
    if why and why not in WHY_CLOSED:
        raise InputRefused(f"'{why}' is not a reason.", f"Use one of: {', '.join(WHY_CLOSED)}.")
    if looked_for and not why:
        raise WrongState(
            f"{case} is looked for already, since {row['since']}.",
            "To close the search say --why; if you know where they are, --to that.",
        )
    if why and not looked_for:
        raise WrongState(f"{case} is not looked for.", "Leave --why out.")
    return "exit:search-closed" if why else "exit:unknown"


def _check(to: str) -> None:
    if to not in WHERE:
        raise InputRefused(f"'{to}' is not a destination.", f"Use one of: {', '.join(WHERE)}.")
