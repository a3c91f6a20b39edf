"""``duplicate``: two cases that look like one household; people say whether they are, no machine."""

from __future__ import annotations

from collections.abc import Sequence

from partage.casework.acts import Acts, Row, case_draft, free_stay, past_of
from partage.core.errors import InputRefused, shown
from partage.ledger.facts import Draft

OPEN = ("pair/open", "pair/cannot-tell")  # what somebody may still say
ANSWERS = ("same", "different", "cannot-tell")


def duplicate(
    kept: str, kept_row: Row, other: str, other_row: Row, answer: str, *, day: str
) -> Acts:
    """What an officer found: the same household, two households, or nobody can tell.

    ``same`` closes the other case: its people are counted once, in the case that is kept; its data
    stay in the vault. Both are served until then, and after any other answer. Refused: a case with
    itself, and closing a case that holds a place or lives at one.
    """
    if answer not in ANSWERS:
        raise InputRefused(f"{shown(answer)} is not an answer.", f"Use: {', '.join(ANSWERS)}.")
    if kept == other:
        raise InputRefused(f"{kept} is one case.", "Name the two that look alike.")
    expect = {f"case/{kept}": int(kept_row["version"]), f"case/{other}": int(other_row["version"])}
    data = {"kept": kept, "other": other, "answer": answer}
    body = {"answer": answer, "matter": {"state": answer, "cases": sorted((kept, other))}}
    said = Draft("duplicate", pair_of(kept, other), body, day)
    if answer != "same":
        return Acts((said,), expect, data=data)
    persons = int(other_row["persons"])
    moves = [{"from": other_row["account"], "to": "outside:entry", "persons": persons}]
    draft = case_draft(
        "duplicate:same", other, other_row, day,
        {**past_of(other_row), "stay": None, "same_as": kept, "account": "outside:entry", "since": day},
        moves=moves, answer=answer,
    )  # fmt: skip
    return Acts(
        (draft, said, *free_stay(other_row, day)), expect, data={**data, "persons": persons}
    )


def pair_of(one: str, other: str) -> str:
    """The subject of two cases that look alike, whichever is named first."""
    return f"pair/{'+'.join(sorted((one, other)))}"


def looks_like(other: str, own: str, signs: Sequence[str], day: str) -> Draft:
    """That two cases look alike, by which kinds of sign; it stays open until people say what they are."""
    matter = {"state": "open", "cases": sorted((other, own)), "signs": [*signs], "on": day}
    return Draft("register", pair_of(other, own), {"matter": matter}, day)
