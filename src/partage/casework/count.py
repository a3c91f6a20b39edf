"""``count``: what somebody outside counted is a fact that the book is checked against."""

from __future__ import annotations

from datetime import date, timedelta

from partage.casework.acts import Acts
from partage.casework.close import closes_at
from partage.core.errors import InputRefused, WrongState, shown
from partage.core.findings import Finding
from partage.ledger.facts import Draft

BY = ("", "night-desk", "site", "city", "organization", "inspector", "border-agency", "other")
RECOUNT = (
    "recount"  # of a closed night whose book is wrong: two lists compared, said by somebody else
)
NIGHTLY = ("", "night-desk", "site")  # whose count is the headcount of a night, if nothing is said
MOST_NIGHTS = 7  # as far back as a paper list of a night desk is still a headcount


def night_of(
    by: str, night: date | None, *, today: date, began: str, morning: bool
) -> tuple[str, tuple[Finding, ...]]:
    """The night that a count is of ("" = none, it is of the moment), by the rule of 04:00.

    ``today`` is the operational day there; a headcount typed in its ``morning`` without a night is
    perhaps of the night just over, and a remark says so. Refused: a night that has not begun, was
    before the office began (``began``), or is longer ago than ``MOST_NIGHTS``.
    """
    if by == RECOUNT and night is None:
        raise InputRefused("A recount is of a closed night.", "Say which with --night.")
    if night is None:
        if by not in NIGHTLY:
            return "", ()
        last = today - timedelta(days=1)
        if not morning or last.isoformat() < began:
            return today.isoformat(), ()
        what = f"this is recorded for the night of {today}, which began at 04:00 today"
        do = f"for the night just over, count again with --night {last}"
        return today.isoformat(), (Finding(f"night {today}", what, do, "warning"),)
    if night > today:
        raise InputRefused(f"The night of {night} has not begun.", f"Today is {today}.")
    if night.isoformat() < began:
        raise InputRefused(f"This office began on {began}; {night} was before.", "Correct --night.")
    if by != RECOUNT and night < today - timedelta(days=MOST_NIGHTS):
        raise InputRefused(
            f"{night} is longer ago than {MOST_NIGHTS} nights.",
            "Tell the auditor; 'partage verify' has what the book says of that night.",
        )
    return night.isoformat(), ()


def as_of(night: str, zone: str, now: str) -> str:
    """The instant as of which the book is compared, 04:00 after a night that is over; "" = now."""
    end = closes_at(date.fromisoformat(night), zone) if night else ""
    return end if end and end <= now else ""


def count(
    account: str,
    reported: int,
    book: int,
    *,
    by: str,
    day: str,
    night: str = "",
    at: str = "",
    closed: bool = False,
    remarks: tuple[Finding, ...] = (),
    rooms: int | None = None,
) -> Acts:
    """The number of persons somebody counted at a site or entry point, and of rooms slept in if they did.

    The fact holds only what was counted, of which ``night`` and, where that is over, as of which
    instant (``at``): what the book said then follows from the entries before. ``book`` is for the
    answer. Where the night is ``closed``, its nights stand, and the count is on record beside them.
    """
    if by == RECOUNT and not closed:
        raise WrongState(
            f"The night of {night} is not closed: its book can still be put right.",
            "Correct the book, or close the day first.",
        )
    if by not in (*BY, RECOUNT):
        raise InputRefused(
            f"{shown(by)} is not a code for who counted.",
            f"Use one of: {', '.join(filter(None, (*BY, RECOUNT)))}.",
        )
    if reported < 0:
        raise InputRefused(f"{reported} persons cannot be counted.", "Give 0 or more.")
    if rooms is not None and (not account.startswith("hosted@") or not 0 <= rooms <= reported):
        raise InputRefused(
            f"{rooms} rooms slept in by {reported} persons cannot be.",
            "Count the rooms of a site that somebody slept in; at an entry point leave them out.",
        )
    findings = list(remarks)
    if reported != book:
        what = f"{by or 'somebody'} counted {reported} persons, the book says {book}"
        what += f" for the night of {night}" if night else ""
        do = "find out who is where; neither number is changed by this"
        findings.append(Finding(account, what, do, "warning"))
    if closed:
        what = f"the night of {night} is closed: what was charged stands"
        do = (
            "statements take the recount, if somebody else did the headcount"
            if by == RECOUNT
            else "if the book was wrong, have somebody else say so with 'partage count … --by recount'"
        )
        findings.append(Finding(account, what, do, "note" if reported == book else "warning"))
    body = {"account": account, "reported": reported, "by": by, "night": night}
    if rooms is not None:
        body["rooms"] = rooms
    if at:
        body["as_of"] = at
    return Acts(
        (Draft("count", f"count/{account}", body, day),),
        findings=tuple(findings),
        data={"account": account, "reported": reported, "book": book, "night": night},
    )
