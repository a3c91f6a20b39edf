"""``ask``: what governments asked of each other, what was answered, promised by when, kept or not.

Nothing said is replaced by what is said later: every answer stands, each promise has its own day and
its own end.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from partage.casework.acts import Acts, Row
from partage.core.errors import InputRefused, WrongState
from partage.core.streams import Stream
from partage.ledger.facts import Draft

ANSWERS = ("yes", "partly", "no", "later")
KEPT = {"yes": "kept", "partly": "partly-kept", "no": "not-kept"}


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
    text_fr: str = "",
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
        "state": "open", "by": by, "to": to, "what": what, "text": text, "text_fr": text_fr,
        "source": source.strip(), "asked_on": on, "answers": [],
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
    said: str = "",
    said_fr: str = "",
) -> Acts:
    """What was answered, beside what was answered before; a promise has a day, so that somebody can
    say whether it was kept."""
    if answer not in ANSWERS:
        raise InputRefused(f"'{answer}' is not an answer.", f"Use one of: {', '.join(ANSWERS)}.")
    _check_source(source)
    if promise and not promised_by:
        raise InputRefused("A promise has a day.", "Give --until DAY.")
    if not row["asked_on"] <= on <= day:
        raise InputRefused(f"{on} is before it was asked, or in the future.", "Correct it.")
    if promise and promised_by < on:
        raise InputRefused(f"{promised_by} is before the answer, of {on}.", "Correct --until.")
    one = {
        "answer": answer, "on": on, "said": said, "said_fr": said_fr, "promise": promise,
        "promised_by": promised_by if promise else "", "source": source.strip(),
        "kept": "", "kept_on": "", "kept_source": "",
    }  # fmt: skip
    return _with(number, row, [*answers_of(row), one], day)


def keep_ask(
    number: str, row: Row, kept: str, *, source: str, on: str, day: str, which: int = 0
) -> Acts:
    """Whether what was promised was done; ``kept`` is yes, partly or no.

    ``which`` is the number of the answer it was promised in; 0 = the open promise that is due first.
    """
    answers = answers_of(row)
    due = sorted(open_promises(row), key=lambda pair: (pair[1]["promised_by"], pair[0]))
    if not due:
        raise WrongState(f"Nothing is promised under {number}.", "Record its answer first.")
    if kept not in KEPT:
        raise InputRefused(f"'{kept}' is not one of {', '.join(KEPT)}.", "Use one of them.")
    _check_source(source)
    known = dict(due)
    index = which or due[0][0]
    if index not in known:
        raise InputRefused(
            f"{number} has no open promise {which}.", f"Open: {', '.join(map(str, sorted(known)))}."
        )
    if not known[index]["on"] <= on <= day:
        raise InputRefused(f"{on} is before the promise, or in the future.", "Correct it.")
    judged = {**known[index], "kept": kept, "kept_on": on, "kept_source": source.strip()}
    return _with(number, row, [*answers[: index - 1], judged, *answers[index:]], day)


def answers_of(row: Row) -> list[dict[str, Any]]:
    """Every answer to an ask, the first first."""
    return [dict(one) for one in row.get("answers", ())]


def open_promises(row: Row) -> list[tuple[int, dict[str, Any]]]:
    """Promises of which nobody has said whether they were kept, by the number of their answer."""
    return [
        (n, one) for n, one in enumerate(answers_of(row), 1) if one["promise"] and not one["kept"]
    ]


def overdue(row: Row, today: date) -> list[dict[str, Any]]:
    """Promises past their day of which nobody has said whether they were kept."""
    return [one for _, one in open_promises(row) if one["promised_by"] < today.isoformat()]


def _with(number: str, row: Row, answers: Sequence[dict[str, Any]], day: str) -> Acts:
    """The ask with these answers; its state is that of what is still open, else of the last word."""
    last = answers[-1]
    judged = [one for one in answers if one["kept"]]
    state = "answered"
    if any(one["promise"] and not one["kept"] for one in answers):
        state = "promised"
    elif judged:
        state = KEPT[max(judged, key=lambda one: str(one["kept_on"]))["kept"]]
    matter = {"state": state, "answer": last["answer"], "answers": list(answers)}
    draft = Draft("ask", f"ask/{number}", {"matter": matter}, day)
    data = {"ask": number, "state": state}
    return Acts((draft,), {f"ask/{number}": int(row["version"])}, data=data)


def _check_source(source: str) -> None:
    if not source.strip():
        raise InputRefused("It is not said where that stands written.", "Give --source.")
