"""An offer taken back by whoever made it: with a reason, before anybody leaves, and nobody loses a roof."""

from __future__ import annotations

from typing import Any

from partage.casework.acts import Acts, Row, case_draft
from partage.casework.correct import freed
from partage.core.errors import InputRefused, WrongState, shown
from partage.core.findings import Finding

WHY = ("place-unfit", "site-asked", "mistake", "other")


def take_back(case: str, row: Row, why: str, *, day: str) -> Acts:
    """The household keeps its roof and waits for the next plan; what was held for it is free.

    Not for whoever has said no: nothing is theirs to take back then.
    """
    if why not in WHY:
        raise InputRefused(f"{shown(why)} is not a reason.", f"Use one of: {', '.join(WHY)}.")
    if row.get("state") not in ("offered", "bound"):
        raise WrongState(f"{case} holds no offer.", "Look at it with 'partage explain'.")
    gone: dict[str, Any] = {
        "approved": None,
        "offer": None,
        "fallback": None,
        "since": day,
        "said_yes": [],
    }
    drafts = (case_draft("offer:withdrawn", case, row, day, gone, why=why), *freed(row, day))
    what = "had its offer taken back; it waits for the next plan and keeps its roof"
    finding = Finding(
        f"case {case}",
        what,
        "tell them today, and say that nothing is held against them",
        "warning",
    )
    data = {"case": case, "state": "waiting", "why": why}
    return Acts(drafts, {f"case/{case}": int(row["version"])}, findings=(finding,), data=data)
