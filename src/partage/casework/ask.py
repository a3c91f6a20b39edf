"""``ask``: what governments asked of each other, what was answered, promised by when, kept or not."""

from __future__ import annotations

from datetime import date
from typing import Any

from partage.casework.acts import Acts, Row
from partage.core.errors import InputRefused, WrongState, shown
from partage.core.streams import Stream
from partage.ledger.facts import Draft

ANSWERS = ("yes", "partly", "no", "later")


def ask(
    by: str,
    to: str,
    what: str,
    *,
    text: str,
    source: str,
    on: str,
    day: str,
    stream: Stream,
    id_: str,
) -> Acts:
    """An ask, with the document it stands in; it is open until it is answered."""
    missing = [
        name for name, value in (("who asks", by), ("whom", to), ("what", text)) if not value
    ]
    if missing or not source.strip():
        raise InputRefused(
            f"It is not said {', '.join(missing) or 'where it stands written'}.",
            "Give --by, --to, --text and --source.",
        )
    if on > day:
        raise InputRefused(f"{on} is in the future.", "Give the day on which it was asked.")
    number = id_ or f"A-{stream.child('ask-id').token(10)}"
    matter = {
        "state": "open", "by": by, "to": to, "what": what, "text": text, "source": source.strip(),
        "asked_on": on, "answer": "", "answered_on": "", "promise": "", "promised_by": "", "kept": "",
    }  # fmt: skip
    draft = Draft("ask", f"ask/{number}", {"matter": matter}, day)
    return Acts((draft,), {f"ask/{number}": 0}, data={"ask": number, "state": "open"})


def answer_ask(
    number: str,
    row: Row,
    answer: str,
    *,
    promise: str,
    promised_by: str,
    source: str,
    on: str,
    day: str,
) -> Acts:
    """What was answered; a promise has a day, so that somebody can say whether it was kept."""
    if answer not in ANSWERS:
        raise InputRefused(
            f"{shown(answer)} is not an answer.", f"Use one of: {', '.join(ANSWERS)}."
        )
    _check_source(source)
    if promise and not promised_by:
        raise InputRefused("A promise has a day.", "Give --until DAY.")
    if not row["asked_on"] <= on <= day:
        raise InputRefused(f"{on} is before it was asked, or in the future.", "Correct it.")
    state = "promised" if promise else "answered"
    matter: dict[str, Any] = {
        "state": state, "answer": answer, "answered_on": on, "promise": promise,
        "promised_by": promised_by, "answer_source": source,
    }  # fmt: skip
    draft = Draft("ask", f"ask/{number}", {"matter": matter}, day)
    data = {"ask": number, "state": state}
    return Acts((draft,), {f"ask/{number}": int(row["version"])}, data=data)


def keep_ask(number: str, row: Row, kept: str, *, source: str, on: str, day: str) -> Acts:
    """Whether what was promised was done; ``kept`` is yes, partly or no."""
    if row.get("state") != "promised":
        raise WrongState(f"Nothing is promised under {number}.", "Record its answer first.")
    if kept not in ("yes", "partly", "no"):
        raise InputRefused(f"{shown(kept)} is not one of yes, partly, no.", "Use one of them.")
    _check_source(source)
    if not row["answered_on"] <= on <= day:
        raise InputRefused(f"{on} is before the promise, or in the future.", "Correct it.")
    state = {"yes": "kept", "partly": "partly-kept", "no": "not-kept"}[kept]
    matter = {"state": state, "kept": kept, "kept_on": on, "kept_source": source}
    draft = Draft("ask", f"ask/{number}", {"matter": matter}, day)
    return Acts(
        (draft,), {f"ask/{number}": int(row["version"])}, data={"ask": number, "state": state}
    )


def overdue(row: Row, today: date) -> bool:
    """Whether a promise is past its day and nobody has said that it was kept."""
    return row.get("state") == "promised" and str(row["promised_by"]) < today.isoformat()


def _check_source(source: str) -> None:
    if not source.strip():
        raise InputRefused("It is not said where that stands written.", "Give --source.")
