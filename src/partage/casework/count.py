"""``count``: what somebody outside counted is a fact that the book is checked against."""

from __future__ import annotations

from partage.casework.acts import Acts
from partage.core.errors import InputRefused, shown
from partage.core.findings import Finding
from partage.ledger.facts import Draft

BY = ("", "night-desk", "site", "city", "organization", "inspector", "border-agency", "other")


def count(account: str, reported: int, book: int, *, by: str, day: str) -> Acts:
    """The number of persons somebody counted at a site or entry point.

    The fact holds only what was counted: what the book said then follows from the entries before.
    ``book`` is for the answer.
    """
    if by not in BY:
        raise InputRefused(
            f"{shown(by)} is not a code for who counted.",
            f"Use one of: {', '.join(filter(None, BY))}.",
        )
    if reported < 0:
        raise InputRefused(f"{reported} persons cannot be counted.", "Give 0 or more.")
    findings = (
        ()
        if reported == book
        else (
            Finding(
                account,
                f"{by or 'somebody'} counted {reported} persons, the book says {book}",
                "find out who is where; neither number is changed by this",
                "warning",
            ),
        )
    )
    body = {"account": account, "reported": reported, "by": by}
    return Acts(
        (Draft("count", f"count/{account}", body, day),),
        findings=findings,
        data={"account": account, "reported": reported, "book": book},
    )
