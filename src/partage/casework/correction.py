"""A household says that something known of it is wrong: a request to the office, answered in time.

Nothing changes by being asked for. An officer corrects it, with what was known before kept as history, or
says why not.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from partage.casework.acts import Acts, Row, new_secret
from partage.casework.review import DAYS_TO_ANSWER
from partage.core.errors import InputRefused, WrongState, shown
from partage.core.streams import Stream
from partage.ledger.facts import Draft, Secret

ABOUT = ("people", "ages", "entry", "language", "needs", "wishes", "avoid", "together", "other")
OUTCOMES = ("corrected", "refused")
KIND = "correction"  # of the rows in the vault: what they wrote, and what was answered


def request_correction(
    case: str, row: Row, about: str, *, note: str, role: str, adult: int, day: str, stream: Stream
) -> Acts:
    """A request with its clock; what they wrote is in the vault.

    Refused: something that is none of the list, nothing written, a household that has left.
    """
    if about not in ABOUT:
        raise InputRefused(
            f"{shown(about)} is not in the list.", f"Use one of: {', '.join(ABOUT)}."
        )
    if not note.strip():
        raise InputRefused(
            "It is not said what is wrong.", "Write what is wrong, and what is right."
        )
    if row.get("state") == "left":
        raise WrongState(f"{case} has left.", "Ask for what is known of you, or for its disposal.")
    number = f"C-{stream.child('correction-id', case).token(10)}"
    by = (date.fromisoformat(day) + timedelta(days=DAYS_TO_ANSWER)).isoformat()
    secret = new_secret(stream, KIND, f"case/{case}", note.strip().encode())
    matter = {
        "state": "open", "case": case, "about": about, "asked_on": day, "answer_by": by, "by": role,
        **({"adult": adult} if adult else {}),
    }  # fmt: skip
    body = {"matter": matter, "vault": {KIND: secret.commitment}, "vault_of": f"case/{case}"}
    draft = Draft("review", f"correction/{number}", body, day)
    data = {"correction": number, "case": case, "answer_by": by}
    return Acts((draft,), {draft.subject: 0}, (secret,), data=data)


def answer_correction(
    number: str,
    matter: Row,
    outcome: str,
    *,
    why: str,
    corrected: Acts | None,
    day: str,
    stream: Stream,
) -> Acts:
    """Corrected, in one act with the correction itself, or refused with a reason they can read."""
    if outcome not in OUTCOMES:
        raise InputRefused(
            f"{shown(outcome)} is not an outcome.", f"Use one of: {', '.join(OUTCOMES)}."
        )
    if matter.get("state") != "open":
        raise WrongState(f"{number} is answered already.", "Nothing to do.")
    if outcome == "refused" and not why.strip():
        raise InputRefused("A refusal says why.", "Write it for them; it stays in the vault.")
    case, subject = str(matter["case"]), f"correction/{number}"
    late = day > str(matter["answer_by"])
    body: dict[str, Any] = {"matter": {"state": outcome, "answered_on": day, "late": late}}
    secrets: tuple[Secret, ...] = ()
    if why.strip():
        secret = new_secret(stream, KIND, f"case/{case}", why.strip().encode())
        body |= {"vault": {KIND: secret.commitment}, "vault_of": f"case/{case}"}
        secrets = (secret,)
    mine = Draft("correct", subject, body, day)
    expect = {subject: int(matter["version"])}
    data = {"correction": number, "case": case, "outcome": outcome, "late": late}
    if corrected is None:
        return Acts((mine,), expect, secrets, data=data)
    return replace(
        corrected,
        drafts=(*corrected.drafts, mine),
        expect={**corrected.expect, **expect},
        secrets=(*corrected.secrets, *secrets),
        data={**corrected.data, **data},
    )
