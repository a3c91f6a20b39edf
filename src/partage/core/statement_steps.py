"""The states of a statement of cost: each act is a row here, printed into ``docs/states.md``."""

from __future__ import annotations

from collections.abc import Mapping

STATES: dict[str, tuple[str, str]] = {
    "draft": ("Prepared, not certified", "Préparé, pas encore attesté"),
    "submitted": ("Certified and with the payer", "Attesté et remis au payeur"),
    "queried": ("The payer has a question", "Le payeur pose une question"),
    "accepted": ("Accepted, to be paid", "Accepté, à payer"),
    "paid": ("Paid in full", "Payé en entier"),
    "reversed": ("Taken back whole", "Repris en entier"),
}

STEPS: Mapping[str, tuple[tuple[str, ...], str]] = {  # act: in which states, and what it is then
    "submit": (("draft",), "submitted"),
    "query": (("submitted",), "queried"),
    "answer": (("queried",), "submitted"),
    "accept": (("submitted",), "accepted"),
    "pay": (("accepted",), "accepted"),  # "paid" once nothing is open
    "reverse": (("draft", "submitted", "queried", "accepted", "paid"), "reversed"),
}
PAID_BY = ("accept", "pay")  # the acts after which a statement with nothing open is paid


def as_lines() -> list[str]:
    """The part of ``docs/states.md`` on statements."""
    rows = [("prepare", "not on record", "`draft`")]
    for act, (before, after) in STEPS.items():
        then = f"`{after}`; `paid` if nothing is open" if act in PAID_BY else f"`{after}`"
        rows.append((act, ", ".join(f"`{state}`" for state in before), then))
    return [
        "",
        "# States of a statement of cost",
        "",
        "Printed from `src/partage/core/statement_steps.py`. Whoever prepared a statement does not",
        "certify it (`submit`); whoever did either does not query, accept or pay it.",
        "",
        "| state | on screen (EN) | à l'écran (FR) |",
        "|---|---|---|",
        *(f"| `{name}` | {en} | {fr} |" for name, (en, fr) in STATES.items()),
        "",
        "| act | from | to |",
        "|---|---|---|",
        *(f"| `{act}` | {before} | {after} |" for act, before, after in rows),
    ]
